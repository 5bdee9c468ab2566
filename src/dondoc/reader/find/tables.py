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
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.tokens import Tokens

_COLUMNS = (
    ("number", re.compile(r"\W*(?:STT|TT|Số\s+TT|Số\s+thứ\s+tự|No\.?)\W*$", re.IGNORECASE)),
    ("coordinator", re.compile(r"phối\s+hợp|tham\s+gia", re.IGNORECASE)),
    (
        "term",
        re.compile(r"thời\s+(?:gian|hạn|điểm)|tiến\s+độ|\bhạn\b|hoàn\s+thành|kỳ\s+báo\s+cáo", re.IGNORECASE),
    ),
    (
        "product",
        re.compile(
            r"sản\s+phẩm|kết\s+quả|ghi\s+chú|căn\s+cứ|hình\s+thức|đơn\s+vị\s+tính|\bĐVT\b|kinh\s+phí|lĩnh\s+vực",
            re.IGNORECASE,
        ),
    ),
    (
        "lead",
        re.compile(
            r"chủ\s+trì|cơ\s+quan|đơn\s+vị|chịu\s+trách\s+nhiệm|trách\s+nhiệm|phụ\s+trách|đầu\s+mối|người\s+thực\s+hiện|bộ,?\s+ngành|phân\s+công",
            re.IGNORECASE,
        ),
    ),
    (
        "content",
        re.compile(
            r"nội\s+dung|nhiệm\s+vụ|công\s+việc|tên|chỉ\s+tiêu|mục\s+tiêu|giải\s+pháp|dự\s+án|đề\s+án|hoạt\s+động|văn\s+bản",
            re.IGNORECASE,
        ),
    ),
)
# A column of targets ("Năm 2030", "Mục tiêu đến 2030"): the year is the due year of what its cells hold.
_YEAR_COLUMN = re.compile(r"\b(20[2-9]\d)\b")
_ROW_NUMBER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[a-zđ])\s*[.)]?[\s|]*$")
_SEPARATOR = re.compile(r"[|\s:\-–+=_]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row; an empty cell has ``start == end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row: from its task to its due cell."""

    start: int
    end: int
    leads: list[tuple[str, int, int]]
    coordinators: list[tuple[str, int, int]]
    due: DueRead | None


@dataclass(slots=True)
class Table:
    """A table of tasks; ``first`` to ``last`` (exclusive) are its paragraphs."""

    first: int
    last: int
    rows: list[Row] = field(default_factory=list)


def column_kind(text: str) -> str:
    """What a column holds by its name: number, content, lead, coordinator, term, product, or ""."""
    text = " ".join(text.split())
    if not text or len(text) > 90:
        return ""
    years = _YEAR_COLUMN.findall(text)
    if years:
        return f"year {years[-1]}"
    return next((kind for kind, pattern in _COLUMNS if pattern.search(text)), "")


def read_tables(flat: str, tokens: Tokens, parts: list[Paragraph], on: date | None) -> list[Table]:
    """The tables of tasks among the paragraphs of a document."""
    if "|" not in flat and "\t" not in flat and not _STACKED.search(flat):
        return []
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


_STACKED = re.compile(r"(?:^|\n)\W*(?:STT|TT|Stt|Số TT)\W*(?:\n|$)")


def _cells(flat: str, start: int, end: int) -> list[Cell]:
    """The cells of a ruled line."""
    line = flat[start:end]
    mark = "|" if "|" in line else "\t"
    if line.count(mark) < 2:
        return []
    out: list[Cell] = []
    at = start
    for piece in line.split(mark):
        stripped = piece.strip(" *\t")
        lead = len(piece) - len(piece.lstrip(" *\t"))
        out.append(Cell(at + lead, at + lead + len(stripped)))
        at += len(piece) + 1
    if mark == "|" and line.lstrip().startswith("|"):
        out = out[1:]
    if mark == "|" and line.rstrip().endswith("|"):
        out = out[:-1]
    return out


def _ruled(flat: str, tokens: Tokens, parts: list[Paragraph], index: int, on: date | None) -> Table | None:
    head = _cells(flat, parts[index].start, parts[index].end)
    kinds = [column_kind(flat[c.start : c.end]) for c in head]
    if len(kinds) < 3 or "lead" not in kinds:
        return None
    for i, cell in enumerate(head):
        # "Đơn vị" beside a column of agencies is the unit of a number.
        if kinds.count("lead") > 1 and re.fullmatch(r"\W*đơn\s+vị\W*", flat[cell.start : cell.end], re.IGNORECASE):
            kinds[i] = "product"
    if "content" not in kinds:
        free = [i for i, kind in enumerate(kinds) if not kind]
        if not free:
            return None
        kinds[free[0]] = "content"
    table = Table(index, index + 1)
    leads: list[tuple[str, int, int]] = []
    caption = _caption_year(flat, parts, index, head)
    for i in range(index + 1, len(parts)):
        cells = _cells(flat, parts[i].start, parts[i].end)
        if not cells:
            if _SEPARATOR.match(flat, parts[i].start, parts[i].end) and flat[parts[i].start] == "|":
                table.last = i + 1
                continue
            break
        table.last = i + 1
        if _SEPARATOR.match(flat[parts[i].start : parts[i].end]) or len(cells) < len(kinds) - 1:
            continue
        if running := _running_year(flat, cells):
            caption = running
        row = _row(flat, tokens, list(zip(kinds, cells, strict=False)), on, leads)
        if row:
            leads = row.leads
            table.rows.append(row if row.due or "term" in kinds else replace(row, due=caption))
    return table


def _running_year(flat: str, cells: list[Cell]) -> DueRead | None:
    """The year of a row that only heads the rows under it ("I | Đến năm 2030 | | |")."""
    filled = [c for c in cells if c.end > c.start]
    if not filled or len(filled) > 2:
        return None
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
    before: list[tuple[str, int, int]],
) -> Row | None:
    """The assignment of a row; a row without an agency of its own takes the one above where cells are merged."""
    filled = [(kind, cell) for kind, cell in cells if cell.end > cell.start]
    content = [cell for kind, cell in filled if kind == "content"]
    lead_cells = [cell for kind, cell in filled if kind == "lead"]
    if not content:
        return None
    leads = [name for cell in lead_cells for name in cell_names(tokens, cell.start, cell.end)]
    if not leads:
        others = sum(kind in ("term", "coordinator", "product") for kind, _ in filled)
        if not others or not before:
            return None
        leads = before
    coordinators = [
        n for kind, cell in filled if kind == "coordinator" for n in cell_names(tokens, cell.start, cell.end)
    ]
    terms = [cell for kind, cell in filled if kind == "term"]
    due = read_term(flat, terms[-1].start, terms[-1].end, on) if terms else None
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
    return Row(start, max([content[0].end, *stands]), leads, coordinators, due)


def _target_year(flat: str, filled: list[tuple[str, Cell]]) -> DueRead | None:
    """The year that the cells of a row without a due column name last ("đạt 30% vào năm 2030")."""
    found = [
        (match, cell)
        for kind, cell in filled
        if kind in ("content", "product", "")
        for match in _TARGET_YEAR.finditer(flat, cell.start, cell.end)
    ]
    if not found:
        return None
    match = found[-1][0]
    return DueRead("year", match.start(), match.end(), on=match.group(1), rule="table-year")


_TARGET_YEAR = re.compile(r"(?:đến|vào|trong|hết|trước|cuối)\s+(?:năm\s+)?(20[2-9]\d)\b", re.IGNORECASE)


def cell_names(tokens: Tokens, start: int, end: int) -> list[tuple[str, int, int]]:
    """All names of a cell; what stands between marks and is no known name is taken as written."""
    i, last = tokens.index(start), tokens.index(end)
    out: list[tuple[str, int, int]] = []
    while i < last:
        if (found := predicate(tokens, i, last)) is not None and not starts_name(tokens, i, last):
            i += found[1]
            continue
        names, after = read_names(tokens, i, last)
        if names:
            out += [(n.text, tokens.start[n.first], tokens.end[n.last - 1]) for n in names]
        else:
            after = i
            while after < last and tokens.low[after] not in (",", ";", "-", "+", "<", "."):
                after += 1
            if after > i and tokens.capital(i):
                out.append((tokens.slice(i, after), tokens.start[i], tokens.end[after - 1]))
        i = max(after, i + 1)
        while i < last and not (starts_name(tokens, i, last) or tokens.capital(i)):
            i += 1
    return out


def _stacked(flat: str, tokens: Tokens, parts: list[Paragraph], index: int, on: date | None) -> Table | None:
    """A table with one cell a paragraph: the names of its columns, then rows that begin with a running number."""
    text = flat[parts[index].start : parts[index].end]
    if not _COLUMNS[0][1].match(text):
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
    if "lead" not in kinds or len(kinds) < 2:
        return None
    table = Table(index, at)
    leads: list[tuple[str, int, int]] = []
    for first, last in _stacked_rows(flat, parts, at):
        table.last = last
        row = _row(flat, tokens, _align(flat, tokens, parts, first, last, kinds), on, leads)
        if row:
            leads = row.leads
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
