"""The text that the finders look at, with the way back to the original.

Official texts mix composed and decomposed letters, the Latin eth "Ð" for "Đ", no-break spaces and invisible
marks. The finders see none of that: they see NFC, "Đ", plain spaces and line feeds. Places found there are
brought back to places of the untouched original by :meth:`Clean.span`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

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


def clean(text: str) -> Clean:
    """Makes a text plain for reading and remembers where every character came from."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n").translate(_SAME_LENGTH)
    if unicodedata.is_normalized("NFC", plain) and not _HAS_INVISIBLE.search(plain):
        return Clean(plain, len(text))
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    for match in _CLUSTER.finditer(plain):
        cluster, start, end = match.group(), match.start(), match.end()
        composed = cluster
        if len(cluster) > 1:
            composed = unicodedata.normalize("NFC", cluster)
        elif cluster in _INVISIBLE:
            continue
        elif not unicodedata.is_normalized("NFC", cluster):
            composed = unicodedata.normalize("NFC", cluster)
        if composed == cluster:
            for offset, char in enumerate(cluster):
                if char in _INVISIBLE:
                    continue
                pieces.append(char)
                starts.append(start + offset)
                ends.append(start + offset + 1)
        else:
            for char in composed:
                if char in _INVISIBLE:
                    continue
                pieces.append(char)
                starts.append(start)
                ends.append(end)
    return Clean("".join(pieces), len(text), starts, ends)
