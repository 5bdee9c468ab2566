"""Tables of tasks: a row with a responsible agency is one assignment, from its task to its due cell.

Tables come as rows of cells between "|" or tabs, or, where a page was copied as text, as one cell a paragraph:
the names of the columns first, then each row after its running number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from dondoc.reader.find.agencies import read_names, starts_name
from dondoc.reader.find.deadlines import DueRead, read_term
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.find.scope import read_heading
from dondoc.reader.find.table_cells import (
    Cell,
    cell_names,
    cell_roles,
    cells_of,
    column_kind,
    is_ditto,
    settle_columns,
)
from dondoc.reader.find.tokens import Tokens

_ROW_NUMBER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[a-zđ])\s*[.)]?[\s|]*$")
_NUMBER_COLUMN = re.compile(r"\W*(?:STT|TT|Số\s+TT|Số\s+thứ\s+tự|No\.?)\W*$", re.IGNORECASE)
_SEPARATOR = re.compile(r"[|\s:\-–+=_]*$")
_SUM = re.compile(r"\W*(?:tổng\s+(?:cộng|số)|cộng)\b", re.IGNORECASE)
# A running heading may stand on a line of its own between the rows.
_GAP = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row: from its task to its due cell."""

    start: int
    end: int
    leads: list[tuple[str, int, int]]
    coordinators: list[tuple[str, int, int]]
    due: DueRead | None
    product: tuple[int, int] | None = None


@dataclass(slots=True)
class Above:
    """What the rows above hand down: whom a heading or a merged cell names, the year, the last row."""

    leads: list[tuple[str, int, int]] = field(default_factory=list)
    coordinators: list[tuple[str, int, int]] = field(default_factory=list)
    due: DueRead | None = None
    year: DueRead | None = None


@dataclass(slots=True)
class Table:
    """A table of tasks; ``first`` to ``last`` (exclusive) are its paragraphs."""

    first: int
    last: int
    rows: list[Row] = field(default_factory=list)


def read_tables(flat: str, tokens: Tokens, parts: list[Paragraph], on: date | None) -> list[Table]:
    """The tables of tasks among the paragraphs of a document."""
    if "|" not in flat and "\t" not in flat and not _STACKED.search(flat):
        return []
    on = _year_planned(flat, parts, on)
    out: list[Table] = []
    index = 0
    while index < len(parts):
        table = _ruled(flat, tokens, parts, index, on) or _stacked(flat, tokens, parts, index, on)
        if table and table.rows:
            out.append(table)
            index = table.last
        else:
            index += 1
    return out


def _year_planned(flat: str, parts: list[Paragraph], on: date | None) -> date | None:
    """A day of the year that a plan is for: it gives bare quarters their year, whenever the plan was signed."""
    for part in parts[:10]:
        if part.end - part.start > 240 or part.marked:
            continue
        years = {int(match[1]) for match in _PLANNED.finditer(flat, part.start, part.end)}
        if len(years) == 1 and (on is None or years == {on.year + 1}):
            return date(years.pop(), 1, 1)
    return on


_PLANNED = re.compile(r"(?<!\d\s)\bnăm\s+(20\d{2})\b(?!\s*[-–]\s*\d)")
_STACKED = re.compile(r"(?:^|\n)[^\w\n]*(?:STT|TT|Stt|Số TT)[^\w\n]*(?:\n|$)")


def _line(flat: str, part: Paragraph) -> int:
    """Where the line of a paragraph ends, its empty last cells included."""
    end = flat.find("\n", part.end)
    return len(flat) if end < 0 else end


def _ruled(flat: str, tokens: Tokens, parts: list[Paragraph], index: int, on: date | None) -> Table | None:
    head = cells_of(flat, parts[index].start, _line(flat, parts[index]))
    if len(head) < 3:
        return None
    texts = [flat[c.start : c.end] for c in head]
    kinds = settle_columns([column_kind(text) for text in texts], texts)
    if kinds is None:
        return None
    table = Table(index, index + 1)
    above = Above(year=_caption_year(flat, parts, index, head))
    i = index + 1
    while i < len(parts):
        cells = cells_of(flat, parts[i].start, _line(flat, parts[i]), least=1)
        if not cells:
            ruled = _SEPARATOR.match(flat, parts[i].start, parts[i].end) and flat[parts[i].start] == "|"
            if not ruled and not _goes_on(flat, parts, i, len(kinds)):
                break
            cells = [Cell(parts[i].start, parts[i].end)]
        table.last = i + 1
        _read_row(flat, tokens, table, kinds, cells, above, on)
        i += 1
    return table


def _goes_on(flat: str, parts: list[Paragraph], index: int, columns: int) -> bool:
    """Whether rows of the same table follow a line without cells: a running heading over all its columns."""
    for part in parts[index + 1 : index + 1 + _GAP]:
        if len(cells_of(flat, part.start, _line(flat, part))) >= columns - 1:
            return not parts[index].foot and parts[index].end - parts[index].start < 200
    return False


def _read_row(
    flat: str,
    tokens: Tokens,
    table: Table,
    kinds: list[str],
    cells: list[Cell],
    above: Above,
    on: date | None,
) -> None:
    """Adds the assignment of a row to its table, or takes what a running heading hands down."""
    filled = [c for c in cells if c.end > c.start]
    if not filled or _SEPARATOR.match(flat, cells[0].start, cells[-1].end) or _SUM.match(flat, filled[0].start):
        return
    if len(filled) <= 2 and (len(cells) < len(kinds) - 1 or filled[-1].start <= cells[1].start):
        above.year = _running_year(flat, filled) or above.year
        scope = read_heading(tokens, *_unnumbered(flat, filled[-1]), bare=True)
        above.leads = scope.leads if scope else []
        return
    if len(cells) < len(kinds) - 1:
        return
    row = _row(flat, tokens, list(zip(kinds, cells, strict=False)), on, above)
    if row:
        above.leads, above.coordinators, above.due = row.leads, row.coordinators, row.due
        due = row.due if row.due or "term" in kinds else above.year
        table.rows.append(replace(row, due=due))


def _unnumbered(flat: str, cell: Cell) -> tuple[int, int]:
    """A cell without the number it may begin with ("I. Sở Tài chính")."""
    match = re.match(r"\W*(?:[IVX]+|\d+|[A-Z])[.)]\s+", flat[cell.start : cell.end])
    return cell.start + (match.end() if match else 0), cell.end


def _running_year(flat: str, cells: list[Cell]) -> DueRead | None:
    """The year of a row that only heads the rows under it ("I | Đến năm 2030 | | |")."""
    filled = [c for c in cells if c.end > c.start]
    match = _TARGET_YEAR.search(flat, filled[-1].start, filled[-1].end)
    return DueRead("year", match.start(), match.end(), on=match.group(1), rule="table-heading") if match else None


def _caption_year(flat: str, parts: list[Paragraph], index: int, head: list[Cell]) -> DueRead | None:
    """The year up to which the table as a whole sets its targets ("… đến năm 2030"), said in its head or title."""
    runs = [(c.start, c.end) for c in head] + [(p.start, p.end) for p in reversed(parts[max(index - 4, 0) : index])]
    for start, end in runs:
        if match := _TARGET_YEAR.search(flat, start, end):
            return DueRead("year", match.start(), match.end(), on=match.group(1), rule="table-caption")
    return None


def _row(
    flat: str,
    tokens: Tokens,
    cells: list[tuple[str, Cell]],
    on: date | None,
    above: Above,
) -> Row | None:
    """The assignment of a row; a row without an agency of its own takes the one above where cells are merged."""
    filled = [(kind, cell) for kind, cell in cells if cell.end > cell.start]
    content = [cell for kind, cell in filled if kind == "content"]
    if not content or not any(char.isalpha() for char in flat[content[0].start : content[0].end]):
        return None
    leads, coordinators = _roles(flat, tokens, filled, above)
    if not leads:
        others = sum(kind in ("term", "coordinator", "product", "note") for kind, _ in filled)
        if not others or not above.leads:
            return None
        leads = above.leads
    terms = [cell for kind, cell in filled if kind == "term"]
    due = read_term(flat, terms[-1].start, terms[-1].end, on) if terms else None
    if terms and is_ditto(flat, terms[-1]):
        due = above.due
    years = [(kind[5:], cell) for kind, cell in filled if kind.startswith("year ")]
    if due is None and not terms and years:
        due = DueRead("year", years[-1][1].start, years[-1][1].end, on=years[-1][0], rule="table-year")
    if due is None and not terms:
        due = _target_year(flat, filled)
    start = content[0].start
    stands = [
        cell.end
        for kind, cell in filled
        if (kind in ("lead", "coordinator", "term") or kind[:4] == "year") and cell.start > start
    ]
    made = next(((cell.start, cell.end) for kind, cell in filled if kind == "product"), None)
    return Row(start, max([content[0].end, *stands]), leads, coordinators, due, made)


def _roles(
    flat: str, tokens: Tokens, filled: list[tuple[str, Cell]], above: Above
) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
    """Those who lead and those who take part, a ditto mark read as the cell above it."""
    leads: list[tuple[str, int, int]] = []
    coordinators: list[tuple[str, int, int]] = []
    for kind, cell in filled:
        if kind == "lead":
            first, with_them = (above.leads, []) if is_ditto(flat, cell) else cell_roles(flat, tokens, cell)
            leads += first
            coordinators += with_them
        elif kind == "coordinator":
            coordinators += above.coordinators if is_ditto(flat, cell) else cell_names(tokens, cell.start, cell.end)
    return leads, coordinators


def _target_year(flat: str, filled: list[tuple[str, Cell]]) -> DueRead | None:
    """The year that the cells of a row without a due column name last ("đạt 30% vào năm 2030")."""
    found = [
        match
        for kind, cell in filled
        if kind in ("content", "product", "note", "")
        for match in _TARGET_YEAR.finditer(flat, cell.start, cell.end)
    ]
    if not found:
        return None
    match = found[-1]
    return DueRead("year", match.start(), match.end(), on=match.group(1), rule="table-year")


_TARGET_YEAR = re.compile(r"(?:đến|vào|trong|hết|trước|cuối)\s+(?:năm\s+)?(20[2-9]\d)\b", re.IGNORECASE)


def _stacked(flat: str, tokens: Tokens, parts: list[Paragraph], index: int, on: date | None) -> Table | None:
    """A table with one cell a paragraph: the names of its columns, then rows that begin with a running number."""
    text = flat[parts[index].start : parts[index].end]
    if not _NUMBER_COLUMN.match(text):
        return None
    kinds: list[str] = []
    at = index + 1
    while at < len(parts) and at - index < 16:
        line = flat[parts[at].start : parts[at].end]
        if _ROW_NUMBER.match(line) or parts[at].kind in ("number", "roman") or len(line) > 90:
            break
        kind = column_kind(line)
        if kind and (not kinds or not line.strip()[0].islower()):
            kinds.append(kind)
        at += 1
    kinds = ["lead" if kind == "body" and "lead" not in kinds else kind for kind in kinds]
    if "lead" not in kinds or len(kinds) < 2:
        return None
    table = Table(index, at)
    above = Above()
    for first, last in _stacked_rows(flat, parts, at):
        table.last = last
        row = _row(flat, tokens, _align(flat, tokens, parts, first, last, kinds), on, above)
        if row:
            above.leads = row.leads
            table.rows.append(row)
    return table


def _stacked_rows(flat: str, parts: list[Paragraph], at: int) -> Iterator[tuple[int, int]]:
    """The runs of paragraphs from one running number to the next."""
    start = -1
    for i in range(at, len(parts)):
        line = flat[parts[i].start : parts[i].end]
        ends = parts[i].foot or parts[i].kind == "article" or len(line) > 1500
        numbered = _ROW_NUMBER.match(line) is not None or parts[i].kind in ("number", "dotted")
        if (ends or numbered) and start >= 0:
            yield start, i
            start = -1
        if ends:
            return
        if numbered:
            start = i
        elif start < 0:
            return
    if start >= 0:
        yield start, len(parts)


def _align(
    flat: str, tokens: Tokens, parts: list[Paragraph], first: int, last: int, kinds: list[str]
) -> list[tuple[str, Cell]]:
    """Gives each paragraph of a row its column: by their order, or by what they look like where cells are missing."""
    cells = [Cell(parts[i].body, parts[i].end) for i in range(first, last)]
    if cells and _ROW_NUMBER.match(flat[parts[first].start : parts[first].end]):
        cells = cells[1:]
    cells = _join_split_names(flat, tokens, cells)
    if len(cells) == len(kinds):
        return list(zip(kinds, cells, strict=True))
    out: list[tuple[str, Cell]] = []
    names = [k for k in kinds if k in ("lead", "coordinator")]
    for n, cell in enumerate(cells):
        if n and _looks_like_term(flat, cell) and "term" in kinds:
            out.append(("term", cell))
        elif n and names and _looks_like_names(tokens, cell):
            out.append((names.pop(0), cell))
        elif not any(kind in ("lead", "coordinator", "term") for kind, _ in out):
            out.append(("content", cell))
        else:
            out.append(("product", cell))
    return out


def _join_split_names(flat: str, tokens: Tokens, cells: list[Cell]) -> list[Cell]:
    """Joins a head noun that stands alone ("Ủy ban") with the paragraph that finishes the name."""
    out: list[Cell] = []
    for cell in cells:
        alone = out and len(flat[out[-1].start : out[-1].end].split()) <= 2 and _looks_like_names(tokens, out[-1])
        named = starts_name(tokens, tokens.index(cell.start), tokens.index(cell.end))
        if alone and not named and not _looks_like_term(flat, cell):
            out[-1] = Cell(out[-1].start, cell.end)
            continue
        out.append(cell)
    return out


def _looks_like_term(flat: str, cell: Cell) -> bool:
    return cell.end - cell.start < 90 and _TERM_CELL.match(flat, cell.start, cell.end) is not None


_TERM_CELL = re.compile(
    r"\W*(?:\d{1,2}/|\d{4}\b|Quý|Tháng|Năm|Trong|Trước|Thường\s+xuyên|Hàng|Hằng|Định\s+kỳ|Ngay|Sau|Phiên\s+họp|Kỳ\s+họp|Đến|Từ|Theo|Giai\s+đoạn|Chậm|Hoàn\s+thành|Ngày|Cuối|Đầu|6\s+tháng)",
    re.IGNORECASE,
)


def _looks_like_names(tokens: Tokens, cell: Cell) -> bool:
    i, last = tokens.index(cell.start), tokens.index(cell.end)
    if not starts_name(tokens, i, last):
        return False
    names, after = read_names(tokens, i, last)
    return bool(names) and (after >= last - 1 or tokens.low[after] in (",", ";", ".", "(", "và", "theo"))
