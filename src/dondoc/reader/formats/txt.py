"""Plain text files."""

from __future__ import annotations

import re
import unicodedata

from dondoc.reader.formats.legacy import from_single_bytes, guess
from dondoc.reader.formats.syllables import share_of_syllables
from dondoc.reader.model import Block, Document, Span
from dondoc.reader.refusals import BrokenFile

_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f]")  # signs that steer machines, which no text holds

_NO_TEXT = "Tệp không phải là văn bản: nội dung là dữ liệu máy hoặc đã bị hỏng; đề nghị đưa bản gốc."
# Bytes that no text has in any encoding of one byte a letter.
_MACHINE = frozenset(range(32)) - frozenset(b"\t\n\r\f\v")


def load_txt(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a text file into a document, keeping every character where it stands.

    UTF-8, UTF-16 with its mark, and files of before Unicode (TCVN3, VNI, Windows 1258) are read.
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        old = _before_unicode(data)
        if old is None and sum(byte in _MACHINE for byte in data[:4000]) > 4:
            raise BrokenFile(_NO_TEXT) from error
        if old is None:
            raise BrokenFile(
                "Tệp không phải văn bản Unicode (UTF-8), TCVN3 hay VNI, hoặc đã bị hỏng; "
                "đề nghị lưu lại dưới dạng UTF-8."
            ) from error
        text = old
    if "\x00" in text or len(_STRANGE.findall(text, 0, 4000)) > 4:
        raise BrokenFile(_NO_TEXT)
    return Document(text=text, name=name, blocks=text_blocks(text))


def _before_unicode(data: bytes) -> str | None:
    """The text of a file with one byte a letter, where its words turn out to be Vietnamese."""
    text = from_single_bytes(data)
    if guess(text) is not None:
        return text
    windows = data.decode("cp1258", "replace")
    count, share = share_of_syllables(unicodedata.normalize("NFC", windows[:200_000]))
    return windows if count >= 3 and share >= 0.75 else None


def text_blocks(text: str) -> tuple[Block, ...]:
    """One block for each line that holds something."""
    blocks = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(Span(start, start + len(line.rstrip("\r\n")))))
        start += len(line)
    return tuple(blocks)
