"""The grid of a table: merged cells brought to their rows and columns, heads and running headings told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.reader.model import RowPart
from dondoc.reader.refusals import TooLarge

MOST_COLUMNS = 400
MOST_CELLS = 2_000_000


@dataclass(slots=True)
class Cell:
    """One cell as a file gives it: its lines, how many rows and columns it covers, whether it names a column."""

    lines: list[str]
    rows: int = 1
    columns: int = 1
    head: bool = False

    @property
    def filled(self) -> bool:
        """Whether anything stands in the cell."""
        return any(line.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at one place of the grid; ``repeated`` where it stands a row further down than it begins."""

    cell: Cell
    repeated: bool


GridRow = list[Placed | None]
_TITLE = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_RECIPIENTS = re.compile(r"\W*(?:Nơi nhận|NƠI NHẬN|Nơi Nhận)\b")


def placed(rows: Sequence[Sequence[Cell]]) -> list[GridRow]:
    """The cells of a table at their places; a place that a wide cell covers besides its first is None."""
    grid: list[GridRow] = []
    running: dict[int, tuple[Cell, int]] = {}
    total = 0
    for cells in rows:
        row: GridRow = []
        waiting = list(cells)[::-1]
        while waiting or len(row) in running:
            column = len(row)
            if column >= MOST_COLUMNS:
                break
            if column in running:
                cell, left = running.pop(column)
                repeated = True
            else:
                cell, left, repeated = waiting.pop(), 0, False
                left = cell.rows
            width = max(1, min(cell.columns, MOST_COLUMNS - column))
            if left > 1:
                running[column] = (cell, left - 1)
            row.append(Placed(cell, repeated))
            row.extend([None] * (width - 1))
        total += len(row)
        if total > MOST_CELLS:
            raise TooLarge("Bảng trong tệp có quá nhiều ô nên không được đọc; đề nghị tách tệp.")
        grid.append(row)
    return grid


def is_ruled(grid: Sequence[GridRow]) -> bool:
    """Whether a table is one of rows and columns, and not a frame for a letterhead or a signature."""
    if len(grid) < 2:
        return False
    filled = {c for row in grid for c, place in enumerate(row) if place is not None and place.cell.filled}
    return len(filled) >= 3


def head_rows(grid: Sequence[GridRow]) -> int:
    """How many rows at the top name the columns: those marked so, or those that the first row's cells reach over."""
    marked = 0
    while marked < len(grid) and any(p is not None and p.cell.head for p in grid[marked]):
        marked += 1
    first = [place for place in grid[0] if place is not None]
    reach = max((place.cell.rows for place in first), default=1)
    parted = any(place.cell.columns > 1 and place.cell.rows < reach for place in first)
    if parted and 1 < reach <= 4 and reach < len(grid):
        marked = max(marked, reach)
    while marked > 1 and _only_counts(grid[marked - 1]):
        marked -= 1
    return min(max(marked, 1), len(grid))


def _only_counts(row: GridRow) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    texts = ["".join(place.cell.lines).strip(" ().") for place in row if place is not None]
    return all(len(text) <= 2 and not text.isalpha() for text in texts)


def last_head_names_all(grid: Sequence[GridRow], heads: int) -> bool:
    """Whether the last row of a head names every column, so that the rows above it need not be read."""
    last = grid[heads - 1]
    named = {c for c, place in enumerate(last) if place is not None and place.cell.filled}
    return all(
        place is None or not place.cell.filled or c in named for row in grid[: heads - 1] for c, place in enumerate(row)
    )


def part_of(row: GridRow, index: int, heads: int) -> RowPart:
    """What a row is for: it names columns, it heads the rows under it, or it is one of the rows."""
    if index < heads:
        return "head"
    filled = [place for place in row if place is not None and place.cell.filled]
    if not filled or any(place.repeated for place in filled) or len(row) < 3:
        return ""
    texts = [" ".join(place.cell.lines).split() for place in filled]
    wide = filled[-1].cell.columns >= max(2, len(row) - 2)
    if len(filled) == 1 and (wide or len(texts[0]) > 1):
        return "section"
    if len(filled) == 2 and len(texts[0]) == 1 and len(texts[0][0]) <= 6:
        return "section"
    return ""


def ruled_part(grid: Sequence[GridRow]) -> tuple[int, int]:
    """From which row to which (exclusive) a table is one of tasks; a letterhead or a signature may be tied to it."""
    first, last = 0, len(grid)
    if any(_TITLE.search(" ".join(cell.lines)) for cell in _filled(grid[0])):
        while first < last and len(_filled(grid[first])) <= 2:
            first += 1
    for i in range(first + 1, last):
        cells = _filled(grid[i])
        if len(cells) <= 2 and any(_RECIPIENTS.match(cell.lines[0]) for cell in cells if cell.lines):
            last = i
            break
    return first, last


def _filled(row: GridRow) -> list[Cell]:
    return [place.cell for place in row if place is not None and not place.repeated and place.cell.filled]


def used_columns(grid: Sequence[GridRow]) -> list[int]:
    """The columns in which some cell with words begins; borders drawn apart leave empty ones."""
    return sorted({c for row in grid for c, place in enumerate(row) if place is not None and place.cell.filled})
