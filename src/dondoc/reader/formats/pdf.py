"""PDF files: the words of each page with their places; pages that are pictures are recognised."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from dondoc.reader.formats.apart import ask, first
from dondoc.reader.formats.legacy import guess
from dondoc.reader.formats.paper import document_of
from dondoc.reader.formats.programs import tesseract
from dondoc.reader.formats.scan import recognise
from dondoc.reader.formats.words import PageWords, Word
from dondoc.reader.model import Document
from dondoc.reader.refusals import TooLarge

MOST_SCANNED = 150


def load_pdf(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a PDF file into a document."""
    unread: list[int] = []
    document = document_of(_pages(data, unread), name)
    if guess(document.text) is None:
        # Fonts that draw the hyphen and the soft hyphen alike give back the wrong one; in TCVN3 it stands for "ư".
        document = replace(document, text=document.text.replace("\u00ad", "-"))
    if not unread:
        return document
    numbers = ", ".join(map(str, unread))
    return replace(
        document,
        notes=(f"Trang {numbers} là ảnh chụp, chưa đọc được chữ; cần cài gói tesseract-ocr-vie trên máy chủ.",),
    )


def page_picture(data: bytes, number: int, *, dpi: int = 100) -> bytes:
    """A page of a PDF file as a PNG picture, drawn anew from the file each time."""
    return b64decode(first("picture", data, {"number": number, "dpi": dpi})["picture"])


def _pages(data: bytes, unread: list[int]) -> Iterator[PageWords]:
    """The pages with their words; a page that is a picture is recognised, or its number is put down as unread."""
    scanned = 0
    with closing(ask("pages", data, {"recognise": tesseract() is not None})) as answers:
        for answer in answers:
            page = _page(answer)
            if answer["is_picture"]:
                scanned += 1
                if scanned > MOST_SCANNED:
                    raise TooLarge(f"Tệp có hơn {MOST_SCANNED} trang ảnh chụp; đề nghị tách tệp hoặc đưa bản có chữ.")
                # A picture at the end may be a signed page or a map; the first page bears the secrecy mark.
                if "picture" in answer or page.number == 1:
                    _recognise(page, answer)
                else:
                    unread.append(page.number)
            yield page


def _page(answer: dict[str, Any]) -> PageWords:
    width, height = answer["size"]
    words = [Word(*fields) for fields in answer["words"]]
    across, down = ([(at, start, end) for at, start, end in answer[key]] for key in ("across", "down"))
    return PageWords(answer["number"], width, height, words, across, down, notes=answer["notes"])


def _recognise(page: PageWords, answer: dict[str, Any]) -> None:
    picture = b64decode(answer.get("picture", ""))
    found = recognise(picture, number=page.number, size=(page.width, page.height))
    page.words, page.scanned = found.words, True
