"""Pictures of pages (PNG, JPEG, TIFF): their words are recognised by tesseract, with places and confidence."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from dondoc.reader.formats.apart import first
from dondoc.reader.formats.paper import document_of
from dondoc.reader.formats.programs import MISSING_TESSERACT, recognised, tesseract
from dondoc.reader.formats.words import PageWords, Word
from dondoc.reader.model import Document
from dondoc.reader.refusals import BrokenFile, ProgramMissing, TooLarge

RESOLUTION = 300
MOST_PIXELS = 60_000_000
MOST_FRAMES = 150
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_BROKEN = "Tệp ảnh bị hỏng hoặc tải lên chưa đủ; đề nghị quét lại hoặc đưa bản .docx."
_BOTH = ("across", "down")
_WORTH = re.compile(r"\w")


def load_picture(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a picture into a document; a TIFF file may hold several pages."""
    sizes = list(frame_sizes(data))
    if not sizes:
        raise BrokenFile(_BROKEN)
    if len(sizes) > MOST_FRAMES:
        raise TooLarge(f"Tệp ảnh có {len(sizes)} trang, vượt giới hạn {MOST_FRAMES}; đề nghị tách tệp.")
    if any(width * height > MOST_PIXELS for width, height in sizes):
        raise TooLarge("Ảnh lớn bất thường nên không được mở; đề nghị quét lại ở 300 dpi, khổ A4.")
    if any(width * height == 0 for width, height in sizes):
        raise BrokenFile(_BROKEN)

    def pages() -> Iterator[PageWords]:
        for number, (width, height) in enumerate(sizes, start=1):
            # The longer side of a page is taken as that of A4: only proportions matter for the reading.
            size = (width * 842 / max(width, height), height * 842 / max(width, height))
            page = recognise(data, number=number, size=size, pixels=(width, height))
            if not data.startswith(PICTURES[2:]):
                lines = first("lines", one_page(data, size))
                page.across, page.down = ([(at, start, end) for at, start, end in lines[key]] for key in _BOTH)
            yield page

    return document_of(pages(), name)


def recognise(
    picture: bytes, *, number: int, size: tuple[float, float], pixels: tuple[int, int] | None = None
) -> PageWords:
    """The words of one page; ``size`` is in points, ``pixels`` is read from a PNG where it is not given."""
    if tesseract() is None:
        raise ProgramMissing(MISSING_TESSERACT)
    is_frame = pixels is not None and picture.startswith((b"II", b"MM"))
    wide, tall = pixels or next(frame_sizes(picture))
    dpi = round(72 * max(wide, tall) / max(size))
    answer = recognised(picture, page=number - 1 if is_frame else 0, dpi=min(max(dpi, 70), 600))
    if answer is None:
        raise BrokenFile(_BROKEN)
    across, upright = size[0] / wide, size[1] / tall
    words: list[Word] = []
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in answer.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        # A line of a table beside a word is taken for a letter.
        text = "".join(cells[11].split()).strip("|¦")
        if not text:
            continue
        confidence = max(0.0, min(1.0, float(cells[10]) / 100))
        if confidence < 0.3 and not _WORTH.search(text):
            continue
        word = Word(
            text, left * across, top * upright, (left + width) * across, (top + height) * upright, False, confidence
        )
        words.append(word)
        lines.setdefault(tuple(cells[2:5]), []).append(word)
    for line in lines.values():
        _level(line)
    return PageWords(number, size[0], size[1], words, scanned=True)


def _level(line: list[Word]) -> None:
    """Gives the words of a line one height: a recognised box is as tall as the letters in it."""
    top, bottom = min(word.top for word in line), max(word.bottom for word in line)
    usual = sorted(word.height for word in line)[len(line) // 2]
    if bottom - top < 2 * usual:
        for word in line:
            word.top, word.bottom = top, bottom


def frame_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """The width and height in pixels of each page of a picture, read from its head alone."""
    try:
        if data.startswith(PICTURES[0]):
            yield struct.unpack_from(">II", data, 16)
        elif data.startswith(PICTURES[1]):
            yield from _jpeg_size(data)
        else:
            yield from _tiff_sizes(data)
    except struct.error as error:
        raise BrokenFile(_BROKEN) from error


def _jpeg_size(data: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return
        kind = data[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            yield width, height
            return
        at += 1 if kind == 0xFF else 2 + struct.unpack_from(">H", data, at + 2)[0]


def _tiff_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if data.startswith(b"II") else ">"
    place = struct.unpack_from(order + "I", data, 4)[0]
    seen: set[int] = set()
    while place and place not in seen and len(seen) <= MOST_FRAMES:
        seen.add(place)
        count = struct.unpack_from(order + "H", data, place)[0]
        tags = {}
        for i in range(count):
            tag, kind = struct.unpack_from(order + "HH", data, place + 2 + 12 * i)
            if tag in (256, 257):
                tags[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, place + 10 + 12 * i)[0]
        yield tags.get(256, 0), tags.get(257, 0)
        place = struct.unpack_from(order + "I", data, place + 2 + 12 * count)[0]


def grey_png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """A grey picture, one byte a pixel, as PNG."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b"\x00" + pixels[y * stride : y * stride + width]) for y in range(height))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PICTURES[0] + chunk(b"IHDR", head) + chunk(b"IDAT", packed + packer.flush()) + chunk(b"IEND", b"")


def one_page(picture: bytes, size: tuple[float, float]) -> bytes:
    """A JPEG or PNG picture as a PDF file of one page, its pixels packed as they came; empty where that cannot be."""
    content, about = (picture, "/Filter/DCTDecode") if picture.startswith(PICTURES[1]) else _png_content(picture)
    width, height = next(frame_sizes(picture))
    if picture.startswith(PICTURES[1]):
        about += f"/BitsPerComponent 8/ColorSpace/Device{_jpeg_colours(picture)}"
    if not about:
        return b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + (
            b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF"
        )
    across, upright = size
    drawing = f"{across:.2f} 0 0 {upright:.2f} 0 0 cm /X Do"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across:.2f} {upright:.2f}]/Contents 4 0 R"
        "/Resources<</XObject<</X 5 0 R>>>>>>",
        f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream",
    ]
    out = b"%PDF-1.4\n" + b"".join(f"{i} 0 obj{part}\nendobj\n".encode() for i, part in enumerate(parts, start=1))
    head = f"5 0 obj<</Type/XObject/Subtype/Image/Width {width}/Height {height}{about}/Length {len(content)}>>stream\n"
    return out + head.encode() + content + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF"


def _jpeg_colours(picture: bytes) -> str:
    at = next((m.start() for m in re.finditer(rb"\xff[\xc0-\xc3]\x00", picture)), -1)
    return {1: "Gray", 3: "RGB", 4: "CMYK"}.get(picture[at + 9] if 0 <= at < len(picture) - 9 else 3, "RGB")


def _png_content(picture: bytes) -> tuple[bytes, str]:
    """The packed pixels of a PNG and what PDF must be told of them; nothing for interlaced or see-through ones."""
    depth, colours, _, _, interlaced = struct.unpack_from(">BBBBB", picture, 24)
    wide = struct.unpack_from(">I", picture, 16)[0]
    space = {0: "/DeviceGray", 2: "/DeviceRGB"}.get(colours)
    content, at = b"", 8
    pieces: list[bytes] = []
    while at + 12 <= len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        if kind == b"IDAT":
            pieces.append(picture[at + 8 : at + 8 + length])
        elif kind == b"PLTE" and colours == 3:
            palette = picture[at + 8 : at + 8 + length]
            space = f"[/Indexed/DeviceRGB {len(palette) // 3 - 1}<{palette.hex()}>]"
        at += 12 + length
    content = b"".join(pieces)
    if space is None or interlaced or not content:
        return b"", ""
    channels = 3 if colours == 2 else 1
    return content, (
        f"/ColorSpace{space}/BitsPerComponent {depth}/Filter/FlateDecode"
        f"/DecodeParms<</Predictor 15/Colors {channels}/BitsPerComponent {depth}/Columns {wide}>>"
    )
