"""Files of every known kind, turned into text with blocks."""

from __future__ import annotations

from dondoc.reader.formats.limits import LARGEST_TEXT, check_size
from dondoc.reader.model import Document
from dondoc.reader.refusals import EmptyFile, EncryptedFile, TooLarge, UnknownFormat

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


def load(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a file into a document; refuses with one sentence what it cannot read.

    The first bytes decide what kind of file it is; the name only helps where they do not.
    """
    check_size(data)
    if not data.strip(b"\x00 \r\n\t"):
        raise EmptyFile("Tệp rỗng, không có nội dung để đọc.")
    document = _load(data, name)
    if len(document.text) > LARGEST_TEXT:
        raise TooLarge("Văn bản dài bất thường nên không được đọc.")
    if not document.text.strip("\ufeff \r\n\t"):
        raise EmptyFile("Văn bản không có chữ nào để đọc.")
    return document


def _load(data: bytes, name: str) -> Document:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data.startswith(b"PK"):
        from dondoc.reader.formats.docx import load_docx

        return load_docx(data, name=name)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFile("Tệp được đặt mật khẩu; đề nghị bỏ mật khẩu rồi đưa vào lại.")
        raise UnknownFormat("Tệp .doc hoặc .xls kiểu cũ chưa đọc được; đề nghị lưu lại thành .docx.")
    if head.startswith(b"%PDF"):
        raise UnknownFormat("Tệp PDF chưa đọc được; đề nghị đưa bản .docx hoặc dán nội dung văn bản.")
    if head.startswith(b"{\\rtf"):
        raise UnknownFormat("Tệp .rtf chưa đọc được; đề nghị lưu lại thành .docx.")
    if data.startswith(_PICTURES):
        raise UnknownFormat("Tệp là hình ảnh, chưa đọc được; đề nghị đưa bản .docx hoặc dán nội dung văn bản.")
    low = head[:600].lower()
    if low.startswith((b"<!doctype html", b"<html")) or (name.lower().endswith((".html", ".htm")) and b"<" in low):
        from dondoc.reader.formats.html import load_html

        return load_html(data, name=name)
    from dondoc.reader.formats.txt import load_txt

    return load_txt(data, name=name)
