"""Two texts of a report beside each other: which lines are others, which came, which are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

# The number of a note (8[3]) is another one as soon as an earlier number is added; that is no difference in words. The
# marks of headings and remarks and the keys of figures say nothing to who reads the two texts beside each other.
_NOTE = re.compile(r"^\[\d+\] \S+ |\[\d+\]|^(?:#+|>) ")
_WORDS = re.compile(r"(\s+)")
_NEAR = 1  # lines that are the same are shown next to what differs, so that its place is found


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line, and whether the other line has them in this place as well."""

    text: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of both texts; `mark` says whether it is the same, another one, new ("came") or left out ("gone")."""

    mark: Literal["same", "changed", "came", "gone"]
    then: str
    now: str

    @property
    def then_pieces(self) -> list[Piece]:
        """Cut the first line into pieces, each with whether the other line has it."""
        return _pieces(self.then, self.now)

    @property
    def now_pieces(self) -> list[Piece]:
        """Cut the second line into pieces, each with whether the other line has it."""
        return _pieces(self.now, self.then)


def differences(then: str, now: str) -> tuple[TextLine, ...]:
    """List the lines in which two texts of a report (`snapshot.as_text`) differ, each with the line before it.

    The numbers of notes are left out; empty lines do not count.
    """
    return tuple(_lines(_plain(then), _plain(now)))


def _plain(text: str) -> list[str]:
    return [line for line in (_NOTE.sub("", line).strip() for line in text.splitlines()) if line]


def _lines(then: list[str], now: list[str]) -> Iterator[TextLine]:
    for kind, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        yield from (TextLine("same", line, line) for line in then[max(a - _NEAR, 0) : a])
        for before, after in zip_longest(then[a:b], now[c:d]):
            if after is None:
                yield TextLine("gone", before, "")
            elif before is None:
                yield TextLine("came", "", after)
            else:
                yield TextLine("changed", before, after)


def _pieces(line: str, other: str) -> list[Piece]:
    words, others = _WORDS.split(line), _WORDS.split(other)
    found = []
    for kind, a, b, _c, _d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if a < b:
            found.append(Piece("".join(words[a:b]), kind == "equal"))
    return found
