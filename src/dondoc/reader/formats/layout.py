"""The order in which the rows of a page are read: columns beside each other, page numbers, footnotes, tables.

Official papers (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 05-HD/VPTW) begin and end in two columns: the issuer
and the number on the left, the national title, place and day on the right; recipients on the left, the signature on
the right. Each column is read whole, the left one first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from dondoc.reader.formats.ruled import RuledTable, find_tables
from dondoc.reader.formats.words import Line, PageWords, Row, rows_of

ItemKind = Literal["line", "gap", "table", "skip", "footnote", "tabbed"]
_PAGE_NUMBER = re.compile(r"\W*(?:Trang|Page|Tr\.)?\W*(?:\d{1,4}(?:\s*/\s*\d{1,4})?|[ivxl]{1,6})\W*$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[\[(]?(?:\d{1,3}|\*{1,3})[\])]?[.:]?\s*\S")
MARKER = re.compile(r"(?:[-–+*•●▪o]|\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ][.)]|[IVX]{1,5}[.)]?|\(\d{1,2}\))$")
_FOOT = re.compile(r"N[ơƠ][iI] NH[ẬậÂâ]N|Nơi nhận", re.IGNORECASE)
_TITLE = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12


@dataclass(slots=True)
class Item:
    """One thing of a page in reading order: a line, a wide gap, a table, a line that is not read, a footnote's line.

    ``edge`` is where the lines of its column end on the right; ``joins`` says that it may go on with the line before.
    """

    kind: ItemKind
    line: Line | None = None
    table: RuledTable | None = None
    row: Row | None = None
    left: float = 0.0
    edge: float = 0.0
    joins: bool = False


@dataclass(slots=True)
class PageRows:
    """A page before its order is known: its rows, its tables, and the rows at its margins that are not read."""

    page: PageWords
    rows: list[Row]
    tables: list[RuledTable]
    skipped: list[Row] = field(default_factory=list)

    def margin(self, *, top: bool) -> Row | None:
        """The first or last row, where it stands in the margin of the page."""
        if not self.rows:
            return None
        row = self.rows[0] if top else self.rows[-1]
        if any((table.top < row.top) if top else (table.bottom > row.bottom) for table in self.tables):
            return None
        limit = _MARGIN * self.page.height
        in_margin = row.bottom < limit if top else row.top > self.page.height - limit
        return row if in_margin else None


def page_rows(page: PageWords) -> PageRows:
    """Puts the words of a page into rows and tables, and sets its page number apart."""
    tables = find_tables(page)
    rows = PageRows(page, rows_of(page.words), tables)
    for top in (True, False):
        margin = rows.margin(top=top)
        if margin is not None and len(margin.lines) == 1 and _PAGE_NUMBER.match(margin.text):
            rows.rows.remove(margin)
            rows.skipped.append(margin)
    return rows


def skip_running_heads(page: PageRows, neighbours: Sequence[PageRows]) -> None:
    """Sets apart the head and foot lines that a page shares with the pages beside it."""
    for top in (True, False):
        for _ in range(3):
            margin = page.margin(top=top)
            if margin is None or len(margin.text) > 160 or _TITLE.search(margin.text):
                break
            same = _DIGITS.sub("#", margin.text)
            if not any(same in _margin_texts(other, top=top) for other in neighbours):
                break
            page.rows.remove(margin)
            page.skipped.append(margin)


def _margin_texts(page: PageRows, *, top: bool) -> list[str]:
    rows = [*page.skipped, *(page.rows[:3] if top else page.rows[-3:])]
    limit = _MARGIN * page.page.height
    if top:
        rows = [row for row in rows if row.bottom < limit]
    else:
        rows = [row for row in rows if row.top > page.page.height - limit]
    return [_DIGITS.sub("#", row.text) for row in rows]


def items_of(page: PageRows) -> list[Item]:
    """The page in the order in which it is read; footnotes come last."""
    items = [Item("skip", row=row) for row in page.skipped if row.top < page.page.height / 2]
    notes = _footnotes(page)
    rows = page.rows[: len(page.rows) - len(notes)]
    at = 0
    for table in page.tables:
        upper = [row for row in rows[at:] if (row.top + row.bottom) / 2 < table.top]
        items += _flow(upper)
        items.append(Item("table", table=table))
        at += len(upper)
    items += _flow(rows[at:])
    items += [Item("skip", row=row) for row in page.skipped if row.top >= page.page.height / 2]
    items += [Item("footnote", row=row) for row in notes]
    return items


def _footnotes(page: PageRows) -> list[Row]:
    """The rows at the foot of a page in smaller print, from the first that begins with a number."""
    rows = page.rows
    if len(rows) < 4:
        return []
    heights = sorted(row.height for row in rows)
    usual = heights[len(heights) // 2]
    first = len(rows)
    for i in range(len(rows) - 1, 0, -1):
        row = rows[i]
        if len(row.lines) > 1 or row.height > 0.88 * usual or row.bottom < page.page.height * 0.4:
            break
        if any(table.bottom > row.top for table in page.tables):
            break
        if _FOOTNOTE.match(row.text):
            first = i
    return rows[first:]


def _flow(rows: Sequence[Row]) -> list[Item]:
    """Rows of text outside tables: bands of two columns one column after the other, everything else line by line."""
    items: list[Item] = []
    sides = [(row.left, row.right) for row in rows]
    i = 0
    while i < len(rows):
        end = _band_end(rows, i)
        if end > i:
            items += _band(rows[i:end])
            i = end
            continue
        items += _single(rows, i, sides[max(0, i - 12) : i + 12])
        i += 1
    return items


def _is_split(row: Row) -> bool:
    return len(row.lines) == 2 and not MARKER.match(row.lines[0].text)


def _band_end(rows: Sequence[Row], first: int) -> int:
    """Where a band of two columns that begins at a row ends; the row itself where none begins."""
    start = first
    while start < min(first + 2, len(rows)) and not _is_split(rows[start]):
        start += 1
    if start == len(rows) or not _is_split(rows[start]):
        return first
    # The right column may begin a row or two higher; a row on the left above a band is read first anyway.
    if any(len(row.lines) > 1 or row.left < rows[start].lines[0].right for row in rows[first:start]):
        return first
    left_edge, right_edge = rows[start].lines[0].right, rows[start].lines[1].left
    end, splits = start + 1, 1
    foot = _FOOT.search(rows[start].text) is not None
    for i in range(start + 1, len(rows)):
        row = rows[i]
        if row.top - rows[i - 1].bottom > (8 if foot else 3) * row.height:
            break
        on_left, on_right = _is_split(row) or row.left < left_edge, _is_split(row) or row.left >= left_edge
        reach_left = row.lines[0].right if on_left else left_edge
        reach_right = row.lines[-1].left if on_right else right_edge
        if len(row.lines) > 2 or (len(row.lines) == 2 and not _is_split(row)):
            break
        if max(left_edge, reach_left) >= min(right_edge, reach_right):
            break
        foot = foot or _FOOT.search(row.text) is not None
        under = row.top - rows[i - 1].bottom < 0.8 * row.height and end == i
        if (on_left and on_right) or foot or (on_left and under):
            splits += on_left and on_right
            end = i + 1
            left_edge, right_edge = max(left_edge, reach_left), min(right_edge, reach_right)
    return end if splits > 1 or foot else first


def _band(rows: Sequence[Row]) -> list[Item]:
    """The left column of a band, then the right one."""
    gutter = max((row.lines[0].right for row in rows if _is_split(row)), default=0.0)
    items: list[Item] = []
    for side in (0, 1):
        column: list[Line] = []
        for row in rows:
            if len(row.lines) == 2:
                column.append(row.lines[side])
            elif (row.left < gutter) == (side == 0):
                column.append(row.lines[0])
        edge = max((line.right for line in column), default=0.0)
        left = min((line.left for line in column), default=0.0)
        items += [Item("line", line=line, left=left, edge=edge) for line in column]
        items.append(Item("gap"))
    return items


def _single(rows: Sequence[Row], i: int, near: Sequence[tuple[float, float]]) -> list[Item]:
    row = rows[i]
    items: list[Item] = []
    gap = row.top - rows[i - 1].bottom if i else 0.0
    if i and gap > 1.2 * row.height:
        items.append(Item("gap"))
    edge, left = max(right for _, right in near), min(left for left, _ in near)
    if len(row.lines) >= 3:
        items.append(Item("tabbed", row=row))
        return items
    line = Line([word for part in row.lines for word in part.words])
    items.append(Item("line", line=line, left=left, edge=edge, joins=gap <= 1.2 * row.height))
    return items
