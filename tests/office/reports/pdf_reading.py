"""Opens a PDF again and measures what stands on its pages, without the program that set it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

_MM = 25.4 / 72


@dataclass(frozen=True)
class Letter:
    """One sign on a page: millimetres from the left and upper edge of the paper to its origin, size in points."""

    page: int
    sign: str
    left: float
    down: float
    size: float
    face: str


def letters(content: bytes) -> list[Letter]:
    """Every visible sign of the file in reading order."""
    return list(_letters(content))


def _letters(content: bytes) -> Iterator[Letter]:
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, start=1):
            height, text = page.get_height(), page.get_textpage()
            for index in range(text.count_chars()):
                sign = chr(raw.FPDFText_GetUnicode(text, index))
                if raw.FPDFText_IsGenerated(text, index) or sign.isspace():
                    continue
                x, y = ctypes.c_double(), ctypes.c_double()
                raw.FPDFText_GetCharOrigin(text, index, x, y)
                name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
                raw.FPDFText_GetFontInfo(text, index, name, 100, flags)
                size = raw.FPDFText_GetFontSize(text, index)
                face = name.value.decode().rpartition("+")[2]
                yield Letter(number, sign, x.value * _MM, (height - y.value) * _MM, round(size, 2), face)


def found(every: list[Letter], words: str, *, nth: int = 0) -> list[Letter]:
    """The signs of some words (spaces do not count), at their first mention or a later one."""
    wanted, line = "".join(words.split()), "".join(letter.sign for letter in every)
    at = -1
    for _ in range(nth + 1):
        at = line.index(wanted, at + 1)
    return every[at : at + len(wanted)]


def text(content: bytes) -> str:
    """All signs of the file in one line, without spaces."""
    return "".join(letter.sign for letter in letters(content))


def attached(content: bytes) -> dict[str, bytes]:
    """The files that travel inside the PDF."""
    with pypdfium2.PdfDocument(content) as document:
        files = [document.get_attachment(index) for index in range(document.count_attachments())]
        return {file.get_name(): bytes(file.get_data()) for file in files}


def rulings(content: bytes, page: int) -> list[tuple[float, float, float]]:
    """The lines drawn on a page that lie flat: left end, right end, distance from the upper edge, in millimetres."""
    with pypdfium2.PdfDocument(content) as document:
        one = document[page - 1]
        flat = []
        for item in one.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            if top - bottom < 2 < right - left:
                flat.append((left * _MM, right * _MM, (one.get_height() - (top + bottom) / 2) * _MM))
        return flat
