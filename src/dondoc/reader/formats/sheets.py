"""Excel files (.xlsx, .xls): each visible sheet as its title, its table of rows and what is signed under it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from html import unescape

from dondoc.reader.formats.apart import ask
from dondoc.reader.formats.grid import MOST_CELLS, Cell
from dondoc.reader.formats.legacy import without_marks
from dondoc.reader.formats.limits import MACRO, parse_xml, read_entry
from dondoc.reader.formats.ole import cells_reach, open_container
from dondoc.reader.formats.writer import TextWriter
from dondoc.reader.model import Document
from dondoc.reader.refusals import BrokenFile, MacroFile, TooLarge

_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br=[\"']([A-Z]{0,3})(\d{1,9})[\"']")
_PRINTED = [f"{page}{place}".encode() for page in ("odd", "even", "first") for place in ("Header", "Footer")]
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PRINT_MARKS = re.compile(r'&(?:"[^"]*"|[LCRBIUESXYPNDTZFAGH]|\d+|K[0-9A-F]{6})')
_COUNTER = re.compile(r"\W*(?:STT|TT|Số\s+TT|Số\s+thứ\s+tự)\W*$", re.IGNORECASE)
_BROKEN = "Tệp Excel bị hỏng hoặc tải lên chưa đủ; đề nghị mở bằng Excel rồi lưu lại."
_TOO_WIDE = "Bảng tính trải trên quá nhiều ô nên không được đọc; đề nghị chỉ giữ phần có nội dung hoặc tách tệp."

Row = list[Cell]


def load_xlsx(data: bytes, package: zipfile.ZipFile, *, name: str) -> Document:
    """Turns the bytes of an .xlsx file into a document; ``package`` is the same file opened."""
    around: list[str] = []
    for entry in package.infolist():
        if not entry.filename.lower().startswith("xl/") or not entry.filename.lower().endswith(".xml"):
            continue
        content = read_entry(package, entry.filename) or b""
        if "/worksheets/" in entry.filename:
            around += _printed(content)
        elif "/drawings/drawing" in entry.filename:
            around += _drawn(content)
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise BrokenFile(_BROKEN)
        if "/worksheets/" in entry.filename and _reach(content) > MOST_CELLS:
            raise TooLarge(_TOO_WIDE)
    return _load(data, name, around)


def load_xls(data: bytes, *, name: str) -> Document:
    """Turns the bytes of an .xls file into a document."""
    container = open_container(data)
    if container.has_macros:
        raise MacroFile(MACRO)
    if cells_reach(container) > MOST_CELLS:
        raise TooLarge(_TOO_WIDE)
    return _load(data, name)


def _reach(content: bytes) -> int:
    """How many cells the rectangle holds that the cells of a sheet span, from the first of the sheet."""
    rows = columns = 1
    counted = 0
    for match in _PLACE.finditer(content):
        column = 0
        for char in match.group(1):
            column = column * 26 + char - 64
        rows, columns = max(rows, int(match.group(2))), max(columns, column)
        counted += 1
    # A cell may leave its place unsaid: it then follows the one before it.
    return rows * columns if counted else len(content)


def _printed(content: bytes) -> Iterator[str]:
    """The words that are printed above and below each page of a sheet, without the marks that place them."""
    for tag in _PRINTED:
        start = content.find(b"<" + tag + b">")
        end = content.find(b"</" + tag + b">", start)
        if 0 <= start < end:
            text = unescape(content[start + len(tag) + 2 : end].decode("utf-8", "replace"))
            yield " ".join(without_marks(_PRINT_MARKS.sub(" ", text)).split())


def _drawn(content: bytes) -> Iterator[str]:
    """The words of the text boxes that lie over a sheet."""
    for paragraph in parse_xml(content).iter(_DRAWING + "p"):
        text = "".join(part.text or "" for part in paragraph.iter(_DRAWING + "t"))
        yield " ".join(without_marks(text).split())


def _load(data: bytes, name: str, around: Sequence[str] = ()) -> Document:
    writer = TextWriter()
    for text in around:
        # No part of the reading, but a secrecy mark in a text box must be seen by whoever takes the file in.
        if text:
            writer.paragraph(text, "box", skip=True)
    with closing(ask("excel", data)) as answers:
        for sheet in answers:
            _write(writer, [[Cell(*fields) for fields in row] for row in sheet["rows"]])
    return writer.document(name)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.filled]


def _write(writer: TextWriter, rows: list[Row]) -> None:
    """Writes a sheet: rows of one or two filled cells before and after the table are its title and signature."""
    tables = [i for i, row in enumerate(rows) if len(_filled(row)) >= 3]
    if not tables:
        _write_around(writer, rows)
        return
    first, last = tables[0], tables[-1] + 1
    last = max(last, *(i + max(cell.rows for cell in rows[i]) for i in tables[-3:]))
    _write_around(writer, rows[:first])
    for part in _tables(rows[first:last]):
        writer.table(part)
    _write_around(writer, rows[last:])


def _tables(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The tables that stand under each other: a row that names the counting column again begins another."""
    part: list[Row] = []
    named = False
    for row in rows:
        begins = any(len(cell.lines) == 1 and _COUNTER.match(cell.lines[0]) for cell in row)
        if begins and named:
            yield part
            part = []
        named = named or begins
        if _filled(row) or _is_covered(part):
            part.append(row)
    if part:
        yield part


def _is_covered(rows: Sequence[Row]) -> bool:
    """Whether a cell of the rows so far reaches down into the next one."""
    return any(cell.rows > len(rows) - i for i, row in enumerate(rows[-50:], max(0, len(rows) - 50)) for cell in row)


def _write_around(writer: TextWriter, rows: Sequence[Row]) -> None:
    """Writes a title or a signature: two cells beside each other are two columns, the left one first."""
    band: list[list[Cell]] = []
    for row in [*rows, []]:
        filled = _filled(row)
        if len(filled) == 2:
            band.append(filled)
            continue
        for side in (0, 1) if band else ():
            for pair in band:
                for line in pair[side].lines:
                    writer.paragraph(line)
            writer.paragraph("")
        band = []
        for cell in filled:
            for line in cell.lines:
                writer.paragraph(line)
