"""What PDFium finds in a PDF file: words, drawn lines and notes of each page, and pictures of pages.

This runs in a process of its own (:mod:`dondoc.reader.formats.apart`) and gives plain objects for JSON. No script in
a PDF is run, nothing is fetched.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from dondoc.reader.formats.drawn import ruled_lines
from dondoc.reader.formats.legacy import without_marks
from dondoc.reader.formats.limits import BOMB, LARGEST_TEXT, LOCKED
from dondoc.reader.formats.scan import RESOLUTION, grey_png
from dondoc.reader.formats.traced import RESOLUTION as TRACED
from dondoc.reader.formats.traced import Rules, lines_in_picture
from dondoc.reader.formats.words import PageWords, Word
from dondoc.reader.refusals import BrokenFile, EncryptedFile, TooLarge

MOST_PAGES = 3_000
_MOST_NOTES = 300
_LARGEST_STREAM = 150 * 1024 * 1024
_SUSPECT_STREAM = 150 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_BROKEN = "Tệp PDF bị hỏng hoặc tải lên chưa đủ; đề nghị xuất lại PDF hoặc đưa bản .docx."
# A page whose text layer holds no more than this is a picture with at most a stamp on it.
_FEW_WORDS = 4
_LARGEST_SIDE = 4_500
Place = Callable[[float, float], tuple[float, float]]
Answer = dict[str, Any]


def pages(data: bytes, options: Answer) -> Iterator[Answer]:
    """The pages of a file; with the option ``recognise`` a page that is a picture comes with its picture and lines."""
    _refuse_bombs(data)
    book = _open(data)
    if len(book) > MOST_PAGES:
        raise TooLarge(f"Tệp PDF có {len(book)} trang, vượt giới hạn {MOST_PAGES}; đề nghị tách tệp.")
    letters = 0
    for index in range(len(book)):
        try:
            page = book[index]
            words = _words(page, index + 1)
            is_picture = _is_picture(page, words)
            page.close()
        except pdfium.PdfiumError as error:
            raise BrokenFile(_BROKEN) from error
        letters += sum(len(word.text) + 1 for word in words.words)
        if letters > LARGEST_TEXT:
            raise TooLarge("Văn bản dài bất thường nên không được đọc; đề nghị tách tệp.")
        answer = _as_answer(words) | {"is_picture": is_picture}
        if is_picture and options.get("recognise"):
            answer["picture"] = b64encode(_draw(book, index, RESOLUTION)).decode()
            answer["across"], answer["down"] = _lines(book, index)
        yield answer


def _as_answer(page: PageWords) -> Answer:
    return {
        "number": page.number,
        "size": [page.width, page.height],
        "words": [
            [w.text, round(w.left, 2), round(w.top, 2), round(w.right, 2), round(w.bottom, 2), w.raised]
            for w in page.words
        ],
        "across": page.across,
        "down": page.down,
        "notes": page.notes,
    }


def picture(data: bytes, options: Answer) -> Iterator[Answer]:
    """The page ``number`` as a PNG picture of ``dpi`` dots an inch."""
    book = _open(data)
    if not 1 <= options["number"] <= len(book):
        raise BrokenFile("Tệp PDF không có trang này; đề nghị chọn trang khác.")
    yield {"picture": b64encode(_draw(book, options["number"] - 1, options["dpi"])).decode()}


def lines(data: bytes, _options: Answer) -> Iterator[Answer]:
    """The lines in the picture that the first page of a file is."""
    book = _open(data)
    across, down = _lines(book, 0) if len(book) else ([], [])
    yield {"across": across, "down": down}


def _lines(book: pdfium.PdfDocument, index: int) -> tuple[Rules, Rules]:
    pixels, width, height, stride = _pixels(book, index, TRACED)
    # A larger page was drawn smaller: its lines would not be where they are.
    return lines_in_picture(pixels, width, height, stride) if max(width, height) < _LARGEST_SIDE else ([], [])


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise EncryptedFile(LOCKED) from error
        if getattr(error, "err_code", None) == raw.FPDF_ERR_SECURITY:
            raise EncryptedFile("Tệp PDF được khóa bằng cách không đọc được; đề nghị bỏ khóa rồi đưa lại.") from error
        raise BrokenFile(_BROKEN) from error


def _refuse_bombs(data: bytes) -> None:
    """Looks at what each large stream of text or drawing would unpack to; pictures are not unpacked for reading."""
    at = 0
    while found := _STREAM.search(data, at):
        start = found.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        about = data[max(0, found.start() - 600) : found.start()].rpartition(b" obj")[2]
        if about.count(b"FlateDecode") > 1 or about.count(b"/Fl ") > 1:
            raise TooLarge(BOMB)
        if end - start > _SUSPECT_STREAM and b"/Image" not in about and _unpacks_beyond(data[start:end]):
            raise TooLarge(BOMB)
        at = max(end, start)


def _unpacks_beyond(content: bytes) -> bool:
    unpacker = zlib.decompressobj()
    total = 0
    try:
        piece = unpacker.decompress(content, 1 << 20)
        while piece and total <= _LARGEST_STREAM:
            total += len(piece)
            piece = unpacker.decompress(unpacker.unconsumed_tail, 1 << 20)
    except zlib.error:
        return False
    return total > _LARGEST_STREAM


def _is_picture(page: Any, words: PageWords) -> bool:
    """Whether a page has no text worth the name but holds a picture; or text whose letters have no meaning."""
    text = "".join(word.text for word in words.words[:2000])
    if len(words.words) > _FEW_WORDS:
        meaningless = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in text)
        return meaningless > 0.3 * len(text)
    return any(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, i)) in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
        for i in range(min(raw.FPDFPage_CountObjects(page), 2000))
    )


def _draw(book: pdfium.PdfDocument, index: int, dpi: int) -> bytes:
    """A page as a grey PNG; a page larger than A2 is drawn smaller."""
    return grey_png(*_pixels(book, index, dpi))


def _pixels(book: pdfium.PdfDocument, index: int, dpi: int) -> tuple[bytes, int, int, int]:
    """The grey pixels of a page, their width and height, and how many bytes a row takes."""
    try:
        page = book[index]
        try:
            scale = min(dpi / 72, _LARGEST_SIDE / max(*page.get_size(), 1.0))
            bitmap = page.render(scale=scale, grayscale=True)
            return bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
        finally:
            page.close()
    except (pdfium.PdfiumError, ValueError, MemoryError) as error:
        raise BrokenFile(_BROKEN) from error


def _to_paper(page: Any) -> tuple[Place, float, float]:
    """How a place in the page's own measure is brought to points from the top left of the page as it is seen."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    turn = page.get_rotation()
    if turn == 90:
        return (lambda x, y: (y - bottom, x - left)), height, width
    if turn == 180:
        return (lambda x, y: (right - x, y - bottom)), width, height
    if turn == 270:
        return (lambda x, y: (top - y, right - x)), height, width
    return (lambda x, y: (x - left, top - y)), width, height


def _words(page: Any, number: int) -> PageWords:
    place, width, height = _to_paper(page)
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text)
        if count > LARGEST_TEXT:
            raise TooLarge("Văn bản dài bất thường nên không được đọc; đề nghị tách tệp.")
        words = [word for word in _read_words(text.raw, count, place) if _is_on_paper(word, width, height)]
    finally:
        text.close()
    across, down = ruled_lines(page, place)
    return PageWords(number, width, height, words, across, down, notes=list(_notes(page)))


def _notes(page: Any) -> Iterator[str]:
    """The words of stamps, text boxes and comments that lie over a page."""
    for i in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, i)
        if not note:
            continue
        try:
            length = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            if 2 < length < 20_000:
                buffer = (raw.FPDF_WCHAR * (length // 2))()
                raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, length)
                text = bytes(buffer).decode("utf-16-le", "replace").replace("\0", " ")
                if text := " ".join(without_marks(text).split()):
                    yield text
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _is_on_paper(word: Word, width: float, height: float) -> bool:
    x = (word.left + word.right) / 2
    return 0 <= x <= width and 0 <= word.centre <= height and word.height > 0


def _read_words(text: Any, count: int, place: Place) -> Iterator[Word]:
    """The words between the spaces; a gap, another height of print or a raised number ends a word too."""
    code_at = raw.FPDFText_GetUnicode
    codes = [code_at(text, i) for i in range(count)]
    box_at = _boxes(text, place)
    first = -1
    for i, code in enumerate([*codes, 32]):
        is_space = code in _SPACES or (code > 0x7F and (chr(code).isspace() or 0xFDD0 <= code <= 0xFDDF))
        if not is_space:
            first = i if first < 0 else first
            continue
        if first >= 0:
            letters = [_letter(code) for code in codes[first:i]]
            yield from _token(letters, first, box_at)
            first = -1


# PDFium puts these for a hyphen at the end of a line.
_LINE_END_HYPHENS = (0x02, 0xFFFE)
_SPACES = frozenset((0, 9, 10, 11, 12, 13, 32, 0xA0))


def _letter(code: int) -> str:
    if code in _LINE_END_HYPHENS:
        return "-"
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


Edges = tuple[float, float, float, float]


def _boxes(text: Any, place: Place) -> Callable[[int], Edges | None]:
    """Where a character stands on the page: left, top, right, bottom.

    Above and below it reaches as far as every letter of its print, so that words on one line are equally tall.
    """
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    at_box, at_matrix, at_x, at_y = map(ctypes.byref, (box, matrix, x, y))
    get_box, get_origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    get_matrix, get_size = raw.FPDFText_GetMatrix, raw.FPDFText_GetFontSize

    def box_at(i: int) -> Edges | None:
        if not (get_box(text, i, at_box) and get_origin(text, i, at_x, at_y) and get_matrix(text, i, at_matrix)):
            return None
        x1, y1 = place(box.left, box.top)
        x2, y2 = place(box.right, box.bottom)
        size = get_size(text, i)
        up_x, up_y = matrix.c * size, matrix.d * size
        top = place(x.value + _ABOVE * up_x, y.value + _ABOVE * up_y)[1]
        bottom = place(x.value - _BELOW * up_x, y.value - _BELOW * up_y)[1]
        if bottom - top < 1:
            top, bottom = min(y1, y2), max(y1, y2)
        return min(x1, x2), top, max(x1, x2), bottom

    return box_at


# How far print reaches above and below the line it stands on, in sizes of the font.
_ABOVE, _BELOW = 0.8, 0.22


def _token(letters: list[str], first: int, box_at: Callable[[int], Edges | None]) -> Iterator[Word]:
    """What stands between two spaces: one word, where its first and last letter stand as close as they should."""
    last = first + len(letters) - 1
    start = box_at(first)
    end = box_at(last) if last > first else start
    if start and end:
        height = start[3] - start[1]
        level = abs(end[3] - start[3]) < 0.08 * height and abs(end[1] - start[1]) < 0.08 * height
        if level and 0 <= end[2] - start[0] <= (len(letters) + 1) * height:
            yield Word("".join(letters), start[0], start[1], end[2], start[3])
            return
    yield from _by_letters(letters, first, box_at)


def _by_letters(letters: list[str], first: int, box_at: Callable[[int], Edges | None]) -> Iterator[Word]:
    word: Word | None = None
    for i, char in enumerate(letters):
        box = box_at(first + i)
        if box is None:
            continue
        x1, top, x2, bottom = box
        raised = False
        if word is not None:
            height = word.bottom - word.top
            apart = (
                x1 - word.right > 0.35 * height or x1 < word.left - height or abs(bottom - word.bottom) > 0.5 * height
            )
            smaller = bottom - top < 0.8 * height and bottom < word.bottom - 0.08 * height and char.isdigit()
            if not apart and (not smaller or word.raised):
                word.text += char
                word.left, word.right = min(word.left, x1), max(word.right, x2)
                if not smaller:
                    word.top, word.bottom = min(word.top, top), max(word.bottom, bottom)
                continue
            raised = smaller and not apart and word.text[-1:].isalpha()
            yield word
        word = Word(char, x1, top, x2, bottom, raised)
    if word is not None:
        yield word
