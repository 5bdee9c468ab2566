"""Makes files for the tests: PDF pages with words and ruled lines, pictures of them, Word and Excel files."""

from __future__ import annotations

import ctypes
import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dondoc.reader.formats.scan import grey_png

FONT = Path(__file__).parents[3] / "src/dondoc/office/static/vendor/fonts/Tinos-Regular.ttf"
A4 = (595.0, 842.0)


class Paper:
    """A PDF file drawn word by word; places are points from the top left corner."""

    def __init__(self) -> None:
        self.book = pdfium.PdfDocument.new()
        content = FONT.read_bytes()
        self._bytes = (ctypes.c_uint8 * len(content)).from_buffer_copy(content)
        self.font = raw.FPDFText_LoadFont(self.book, self._bytes, len(content), raw.FPDF_FONT_TRUETYPE, 1)
        self.page = None

    def add_page(self, size: tuple[float, float] = A4) -> None:
        self._finish()
        self.page, self.height = self.book.new_page(*size), size[1]

    def text(self, text: str, x: float, y: float, size: float = 13, *, turned: bool = False) -> float:
        """Draws one line with its foot at y; gives where it ends. ``turned`` suits a page shown turned."""
        item = raw.FPDFPageObj_CreateTextObj(self.book, self.font, size)
        encoded = text.encode("utf-16-le") + b"\0\0"
        buffer = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
        raw.FPDFText_SetText(item, buffer)
        if turned:
            raw.FPDFPageObj_Transform(item, 0, 1, -1, 0, y, x)
        else:
            raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, self.height - y)
        edges = [ctypes.c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges))
        raw.FPDFPage_InsertObject(self.page, item)
        return edges[2].value

    def width(self, text: str, size: float) -> float:
        """How wide a line would be."""
        return sum(self._advance(char, size) for char in text)

    def _advance(self, char: str, size: float) -> float:
        known = self.__dict__.setdefault("advances", {})
        if (char, size) not in known:
            item = raw.FPDFPageObj_CreateTextObj(self.book, self.font, size)
            twice = []
            for text in ("x" + char + "x", "xx"):
                encoded = text.encode("utf-16-le") + b"\0\0"
                raw.FPDFText_SetText(item, (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded))
                edges = [ctypes.c_float() for _ in range(4)]
                raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges))
                twice.append(edges[2].value)
            known[char, size] = twice[0] - twice[1]
            raw.FPDFPageObj_Destroy(item)
        return known[char, size]

    def flow(self, text: str, x: float, y: float, right: float, *, size: float = 13, indent: float = 0) -> float:
        """Sets a paragraph between two edges; gives where the next line would stand."""
        at, line = x + indent, ""
        for word in text.split(" "):
            tried = f"{line} {word}" if line else word
            if line and at + self.width(tried, size) > right:
                self.text(line, at, y, size)
                y, at, line = y + size * 1.3, x, word
            else:
                line = tried
        self.text(line, at, y, size)
        return y + size * 1.3

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        path = raw.FPDFPageObj_CreateNewPath(x1, self.height - y1)
        raw.FPDFPath_LineTo(path, x2, self.height - y2)
        raw.FPDFPageObj_SetStrokeWidth(path, 0.5)
        raw.FPDFPath_SetDrawMode(path, 0, 1)
        raw.FPDFPage_InsertObject(self.page, path)

    def table(self, rows: Sequence[Sequence[str]], xs: Sequence[float], y: float, *, size: float = 11) -> float:
        """Draws a table with all its lines; a text may hold line feeds. Gives where it ends."""
        top, ys = y, [y]
        for row in rows:
            lines = max(cell.count("\n") + 1 for cell in row)
            for x, cell in zip(xs, row, strict=False):
                for k, line in enumerate(cell.split("\n")):
                    if line:
                        self.text(line, x + 3, y + (k + 1) * size * 1.25, size)
            y += lines * size * 1.25 + 6
            ys.append(y)
        for level in ys:
            self.rule(xs[0], level, xs[-1], level)
        for x in xs:
            self.rule(x, top, x, y)
        return y

    def _finish(self) -> None:
        if self.page is not None:
            raw.FPDFPage_GenerateContent(self.page)
            self.page.close()
            self.page = None

    def repeated(self, times: int) -> bytes:
        """The file with its pages many times."""
        old = pdfium.PdfDocument(self.saved())
        many = pdfium.PdfDocument.new()
        many.import_pages(old, [0] * times)
        stream = io.BytesIO()
        many.save(stream)
        return stream.getvalue()

    def saved(self) -> bytes:
        self._finish()
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def picture_of(pdf: bytes, *, dpi: int = 200, page: int = 0) -> bytes:
    """A page of a PDF file as a grey PNG."""
    bitmap = pdfium.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True)
    return grey_png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def scanned(pdf: bytes, *, dpi: int = 200) -> bytes:
    """The same PDF with each page as a picture, as a scanner makes it."""
    old, new = pdfium.PdfDocument(pdf), pdfium.PdfDocument.new()
    for page in old:
        width, height = page.get_size()
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        image = pdfium.PdfImage.new(new)
        image.set_bitmap(bitmap)
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        made = new.new_page(width, height)
        made.insert_obj(image)
        made.gen_content()
    stream = io.BytesIO()
    new.save(stream)
    return stream.getvalue()


def saved(document) -> bytes:
    """The bytes of a python-docx document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, extra: dict[str, bytes]) -> bytes:
    """A package with some of its parts replaced or added; only large parts are packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()} | extra
        for name, content in parts.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED if len(content) > 1 << 20 else zipfile.ZIP_STORED)
    return stream.getvalue()


def excel(
    sheets: dict[str, Sequence[Sequence[str | float | date]]], merged: Sequence[str] = (), hidden: str = ""
) -> bytes:
    """An .xlsx file; every merged range holds for the first sheet."""
    from xml.sax.saxutils import escape

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    listed = linked = ""
    for number, (title, rows) in enumerate(sheets.items(), start=1):
        cells = ""
        for r, row in enumerate(rows, start=1):
            cells += f'<row r="{r}">'
            for c, value in enumerate(row):
                place = f"{chr(65 + c)}{r}"
                if isinstance(value, date):
                    cells += f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
                elif isinstance(value, str) and value:
                    cells += f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
                elif value != "":
                    cells += f'<c r="{place}"><v>{value}</v></c>'
            cells += "</row>"
        ranges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged) if number == 1 else ""
        ranges = f"<mergeCells>{ranges}</mergeCells>" if ranges else ""
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>{ranges}</worksheet>'
        )
        state = ' state="hidden"' if title == hidden else ""
        listed += f'<sheet name="{title}" sheetId="{number}" r:id="r{number}"{state}/>'
        linked += f'<Relationship Id="r{number}" Type="{relations}/worksheet" Target="worksheets/sheet{number}.xml"/>'
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    linked += f'<Relationship Id="style" Type="{relations}/styles" Target="styles.xml"/>'
    parts["xl/workbook.xml"] = f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{package}/relationships">{linked}</Relationships>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE file ([MS-CFB]) with these streams, each as long as at least eight sectors."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    bodies = {name: body + b"\0" * (-len(body) % sector) for name, body in bodies.items()}
    entries, table, content = [], [0xFFFFFFFD], b""
    directory_sectors = (len(bodies) + 1 + 3) // 4
    table += [2 + i for i in range(directory_sectors - 1)] + [end]
    for name, body in bodies.items():
        first, count = len(table), len(body) // sector
        table += [first + 1 + i for i in range(count - 1)] + [end]
        entries.append((name, 2, first, len(body)))
        content += body
    assert len(table) <= 128
    table += [free] * (128 - len(table))
    directory = b""
    links = [(free, free, 1 if entries else free)] + [
        (free, i + 2 if i + 1 < len(entries) else free, free) for i in range(len(entries))
    ]
    for (name, kind, start, size), (left, right, child) in zip(
        [("Root Entry", 5, end, 0), *entries], links, strict=True
    ):
        title = name.encode("utf-16-le") + b"\0\0"
        directory += title.ljust(64, b"\0") + struct.pack("<HBB", len(title), kind, 1)
        directory += struct.pack("<III", left, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
    directory = directory.ljust(directory_sectors * sector, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    return head + struct.pack("<128I", *table) + directory + content


def old_excel(
    rows: Sequence[Sequence[str]],
    *,
    locked: bool = False,
    claimed: tuple[int, int] | None = None,
) -> bytes:
    """An .xls file (BIFF8); ``claimed`` rows and columns need not be there."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    lock = record(0x002F, b"\0" * 6) if locked else b""
    title = "Bảng"
    offset = len(begin) + len(lock) + 4 + 8 + 2 * len(title) + 4
    listed = record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(title), 1) + title.encode("utf-16-le"))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    if claimed:
        sheet += record(0x0200, struct.pack("<IIHHH", 0, claimed[0], 0, claimed[1], 0))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                sheet += record(0x0204, struct.pack("<HHHHB", r, c, 0, len(text), 1) + text.encode("utf-16-le"))
    return container({"Workbook": begin + lock + listed + record(0x000A) + sheet + record(0x000A)})
