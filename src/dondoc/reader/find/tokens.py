"""A text as words and marks, for finders that look at language and not at characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from dondoc.reader.find.lexicon import fold

WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of a text: ``low`` folded, ``start`` and ``end`` places in ``text``."""

    text: str
    low: list[str]
    start: list[int]
    end: list[int]
    # What has been read at a token up to another; the same runs are looked at from several sides.
    memory: dict[tuple[int, int], Any] = field(default_factory=dict, compare=False, repr=False)

    def capital(self, i: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.text[self.start[i]].isupper()

    def index(self, place: int) -> int:
        """The first token that starts at or after a place of the text."""
        return bisect_left(self.start, place)

    def slice(self, i: int, j: int) -> str:
        """The text of tokens ``i`` to ``j`` (exclusive), spaces made single."""
        return " ".join(self.text[self.start[i] : self.end[j - 1]].split()) if j > i else ""


def tokenize(text: str) -> Tokens:
    """Cuts a text into words and marks."""
    folded = fold(text)
    spans = [m.span() for m in WORD.finditer(folded)]
    return Tokens(text, [folded[s:e] for s, e in spans], [s for s, _ in spans], [e for _, e in spans])
