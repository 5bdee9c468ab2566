"""How the lines of a text would stand on paper: heads in the middle, headings, points of a list, rows of a table.

It looks at the text alone, whatever file it came from, so that a document can be laid out from what was kept of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

LineKind = Literal["", "centre", "middle", "heading", "point", "subpoint", "dash", "row"]

_LETTERHEAD = 14  # lines of the top of a document among which its letterhead stands
_SHORT = 90
_HEADING = re.compile(
    r"\s*(?:(?:Phần(?: thứ)?|Chương|Mục|Điều)\s+(?:[IVXLC]+|\d+|[Tt]hứ|[Nn]hất|[Hh]ai|[Bb]a)\b|[IVXLC]{1,6}\s*[.\-–/])"
)
_POINT = re.compile(r"\s*\d{1,2}(?:\s*[.)/]|\s*[-–]\s|\s*\.-)(?!\d)")
_SUBPOINT = re.compile(r"\s*(?:[a-zđ]\s*[.)/]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s)")
_DASH = re.compile(r"\s*[-–—+•*]\s+\S")
_STARS = re.compile(r"\s*(?:\*+|-{3,}|_{3,}|—+|o0o)\s*")
_NUMBER = re.compile(r"\s*Số\s*:?\s*\S{0,24}\s*\S{0,16}\s*$")
_PLACE_AND_DAY = re.compile(r"[^.;]{0,40},\s*ngày\b.{0,30}\bnăm\b.{0,8}\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text with what ends it: its kind, and the edges of its cells (two edges: it is no row)."""

    kind: LineKind
    edges: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where the line begins in the text."""
        return self.edges[0]


def lines_of(text: str) -> list[Line]:
    """Cut a text into its lines, none left out: together they are the text."""
    found: list[Line] = []
    start = 0
    shown = 0
    for piece in _lines(text):
        if piece.strip():
            shown += 1
        end = start + len(piece)
        kind = _kind(piece, shown)
        if kind == "row":
            found.append(Line(kind, tuple(accumulate((len(cell) for cell in _cells(piece)), initial=start))))
        else:
            found.append(Line(kind, (start, end)))
        start = end
    return found


def _lines(text: str) -> Iterator[str]:
    """Cut behind every line feed only: other signs that end lines are the business of whoever wrote the file."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _cells(line: str) -> list[str]:
    cells = line.split("\t")
    return [*(f"{cell}\t" for cell in cells[:-1]), cells[-1]]


def _kind(line: str, shown: int) -> LineKind:
    words = line.strip()
    if not words:
        return ""
    if line.rstrip("\r\n").count("\t") > 1:
        return "row"
    if _HEADING.match(words):
        return "heading"
    if _STARS.fullmatch(words) or (shown <= _LETTERHEAD and (_NUMBER.match(words) or _PLACE_AND_DAY.match(words))):
        return "middle"
    return "centre" if _is_head(words) else _listed(words)


def _is_head(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(words) <= _SHORT and len(letters) > 2 and all(char.isupper() for char in letters)


def _listed(words: str) -> LineKind:
    if _SUBPOINT.match(words):
        return "subpoint"
    if _POINT.match(words):
        return "point"
    return "dash" if _DASH.match(words) else ""
