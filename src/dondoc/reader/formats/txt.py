"""Plain text files."""

from __future__ import annotations

from dondoc.reader.model import Block, Document, Span
from dondoc.reader.refusals import BrokenFile

_STRANGE = frozenset(chr(c) for c in range(32)) - frozenset("\t\n\r\x0b\x0c")


def load_txt(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a text file into a document, keeping every character where it stands."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BrokenFile(
            "Tệp không phải văn bản Unicode (UTF-8) hoặc đã bị hỏng; đề nghị lưu lại dưới dạng UTF-8."
        ) from error
    if sum(c in _STRANGE for c in text[:4000]) > 4:
        raise BrokenFile("Tệp không phải là văn bản: nội dung là dữ liệu máy hoặc đã bị hỏng.")
    return Document(text=text, name=name, blocks=text_blocks(text))


def text_blocks(text: str) -> tuple[Block, ...]:
    """One block for each line that holds something."""
    blocks = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(Span(start, start + len(line.rstrip("\r\n")))))
        start += len(line)
    return tuple(blocks)
