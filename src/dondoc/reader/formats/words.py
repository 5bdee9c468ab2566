"""Words with their places on a page, put into rows: what PDF and pictures have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median


@dataclass(slots=True)
class Word:
    """A word on a page: points from the top left corner; ``height`` is the height of its line of print.

    ``raised`` is the number of a footnote behind a word. ``confidence`` is 1 where nothing was recognised.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    raised: bool = False
    confidence: float = 1.0

    @property
    def height(self) -> float:
        """How tall the line of print is."""
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        """The middle between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Words beside each other without a wide gap."""

    words: list[Word]

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        """The top of its first full-sized word."""
        return min(word.top for word in self.words if not word.raised) if self.is_plain else self.words[0].top

    @property
    def bottom(self) -> float:
        """The bottom of its lowest full-sized word."""
        return max(word.bottom for word in self.words if not word.raised) if self.is_plain else self.words[0].bottom

    @property
    def is_plain(self) -> bool:
        """Whether any word is of full size."""
        return any(not word.raised for word in self.words)

    @property
    def height(self) -> float:
        """How tall most of its print is."""
        return median(word.height for word in self.words)


@dataclass(slots=True)
class Row:
    """What stands on one height of a page: one line, or several with wide gaps between them."""

    lines: list[Line]

    @property
    def text(self) -> str:
        """All words of the row."""
        return "   ".join(line.text for line in self.lines)

    @property
    def top(self) -> float:
        """The top of the row."""
        return min(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        """The bottom of the row."""
        return max(line.bottom for line in self.lines)

    @property
    def left(self) -> float:
        """Where the row begins."""
        return self.lines[0].left

    @property
    def right(self) -> float:
        """Where the row ends."""
        return self.lines[-1].right

    @property
    def height(self) -> float:
        """How tall most of its print is."""
        return max(line.height for line in self.lines)


@dataclass(slots=True)
class PageWords:
    """The words of one page, its size in points, and the ruled lines of its tables.

    ``across`` are (y, from x, to x), ``down`` are (x, from y, to y). ``notes`` are written over the page, not on it.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    scanned: bool = False
    notes: list[str] = field(default_factory=list)


# These stand on the right of a letterhead, however near the left column comes.
_RIGHT_SIDE = (("CỘNG", "HÒA"), ("CỘNG", "HOÀ"), ("ĐẢNG", "CỘNG"))


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Puts words into rows from top to bottom, and parts the rows at wide gaps."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.centre):
        if rows:
            row = rows[-1]
            tall = max(row[0].height, word.height)
            if word.centre - _centre(row) < 0.5 * tall:
                row.append(word)
                continue
        rows.append([word])
    return [Row(_parted(sorted(row, key=lambda w: w.left))) for row in rows]


def _centre(row: list[Word]) -> float:
    tallest = max(row[-6:], key=lambda w: w.height)
    return tallest.centre


def _parted(words: list[Word]) -> list[Line]:
    gaps = [after.left - before.right for before, after in pairwise(words)]
    usual = median(gaps) if gaps else 0.0
    lines = [Line([words[0]])]
    for i, gap in enumerate(gaps):
        word = words[i + 1]
        height = max(words[i].height, word.height)
        following = words[i + 2].text if i + 2 < len(words) else ""
        beside = gap > 0.35 * height and (word.text, following) in _RIGHT_SIDE
        if beside or gap > 2.2 * height or (gap > 0.7 * height and gap > 2.2 * max(usual, 1.0)):
            lines.append(Line([word]))
        else:
            lines[-1].words.append(word)
    return lines
