"""Makes files for the tests: PDF pages with words and ruled lines, pictures of them, Word and Excel files."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Sequence
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

    def text(self, text: str, x: float, y: float, size: float = 13) -> float:
        """Draws one line with its foot at y; gives where it ends."""
        item = raw.FPDFPageObj_CreateTextObj(self.book, self.font, size)
        encoded = text.encode("utf-16-le") + b"\0\0"
        buffer = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
        raw.FPDFText_SetText(item, buffer)
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
    """A package with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in extra:
                new.writestr(name, old.read(name))
        for name, content in extra.items():
            new.writestr(name, content)
    return stream.getvalue()
