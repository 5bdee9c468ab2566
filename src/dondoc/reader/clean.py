"""The text that the finders look at, with the way back to the original.

Official texts mix composed and decomposed letters, the Latin eth "Ð" for "Đ", no-break spaces and invisible
marks. The finders see none of that: they see NFC, "Đ", plain spaces and line feeds. They do not see either what
a format set apart as no part of the reading (``Document.skips``: page numbers, hyphens at a line's end). Places
found there are brought back to places of the untouched text by :meth:`Clean.span`. Characters of TCVN3 and VNI are
turned into Unicode before, when the file is opened (:mod:`dondoc.reader.formats.legacy`): no person can read them.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from dondoc.reader.model import Span

# One character for one character: the places stay.
_SAME_LENGTH = str.maketrans(
    {
        "\u00d0": "\u0110",  # Latin eth, typed for Đ
        "\u0189": "\u0110",  # African D
        "\u00f0": "\u0111",
        "\u0256": "\u0111",
        "\u00a0": " ",
        "\u1680": " ",
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        "\u202f": " ",
        "\u205f": " ",
        "\u3000": " ",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u2011": "-",
        "\u2010": "-",
    }
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_HAS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
# A character and what may combine with it: everything that is not surely a letter, sign or space of its own.
_CLUSTER = re.compile(r".[^\x00-\u02ff\u0370-\u0482\u1e00-\u20cf\u2100-\u2fff]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Clean:
    """A text made plain for reading; ``starts`` and ``ends`` are None where every character kept its place.

    Tabs stay: they part the cells of a table row.
    """

    text: str
    original_length: int
    starts: array[int] | None = None
    ends: array[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The place in the original of a run of the plain text."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else self.original_length
            return Span(place, place)
        return Span(self.starts[start], self.ends[end - 1])


def clean(text: str, skips: Sequence[Span] = ()) -> Clean:
    """Makes a text plain for reading and remembers where every character came from.

    ``skips`` are runs that are left out, in order and apart from each other.
    """
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    for code, same in _SAME_LENGTH.items():
        if (mark := chr(code)) in plain:
            plain = plain.replace(mark, same)
    if not skips and unicodedata.is_normalized("NFC", plain) and not _HAS_INVISIBLE.search(plain):
        return Clean(plain, len(text))
    made = _Composer()
    at = 0
    for skip in skips:
        made.add(plain, at, skip.start)
        at = max(at, skip.end)
    made.add(plain, at, len(plain))
    return Clean("".join(made.pieces), len(text), made.starts, made.ends)


@dataclass(slots=True)
class _Composer:
    """Collects runs of a text, composed and without invisible marks, with the place of each character."""

    pieces: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("l"))
    ends: array[int] = field(default_factory=lambda: array("l"))

    def add(self, plain: str, first: int, last: int) -> None:
        run = plain[first:last]
        if unicodedata.is_normalized("NFC", run) and not _HAS_INVISIBLE.search(run):
            self._keep(run, first)
            return
        for match in _CLUSTER.finditer(run):
            cluster, start = match.group(), first + match.start()
            composed = unicodedata.normalize("NFC", cluster)
            if composed == cluster and not _HAS_INVISIBLE.search(cluster):
                self._keep(cluster, start)
                continue
            kept = composed == cluster
            for offset, char in enumerate(composed):
                if char not in _INVISIBLE:
                    self.pieces.append(char)
                    self.starts.append(start + offset if kept else start)
                    self.ends.append(start + offset + 1 if kept else first + match.end())

    def _keep(self, run: str, first: int) -> None:
        self.pieces.append(run)
        self.starts.extend(range(first, first + len(run)))
        self.ends.extend(range(first + 1, first + len(run) + 1))
