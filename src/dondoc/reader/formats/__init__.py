"""Files of every known kind, turned into text with blocks.

The content of a file decides what kind it is, never its name. Each kind has its own module, imported when needed.
"""

from __future__ import annotations

import re

from dondoc.reader.formats.legacy import to_unicode
from dondoc.reader.formats.limits import LARGEST_TEXT, LOCKED, MACRO, check_size, main_part, open_package
from dondoc.reader.formats.ole import MAGIC as OLE
from dondoc.reader.model import Document
from dondoc.reader.refusals import EmptyFile, EncryptedFile, MacroFile, TooLarge, UnknownFormat

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OTHER_PICTURES = (b"GIF8", b"BM", b"RIFF")
_WORD_XML = re.compile(rb"<\?mso-application progid=.Word|http://schemas\.microsoft\.com/office/word/2003/wordml")
_HTML = re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE)
_KNOWN = ".docx, .doc, .rtf, .odt, .pdf, .xlsx, .xls, .html, .txt, .png, .jpg, .tif"


def load(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a file into a document; refuses with one sentence what it cannot read."""
    check_size(data)
    if not data.strip(b"\x00 \r\n\t"):
        raise EmptyFile("Tệp rỗng, không có nội dung để đọc; đề nghị kiểm tra rồi đưa lại tệp.")
    document = _load(data, name)
    if len(document.text) > LARGEST_TEXT:
        raise TooLarge("Văn bản dài bất thường nên không được đọc; đề nghị tách tệp.")
    if not document.text.strip("\ufeff \r\n\t"):
        raise EmptyFile("Văn bản không có chữ nào để đọc; đề nghị kiểm tra rồi đưa lại tệp.")
    return document


def page_picture(data: bytes, number: int) -> tuple[bytes, str]:
    """A page of a PDF file or picture, counted from 1, to lay the boxes of its words over: the picture and its kind.

    The picture is made anew from the file each time, so that nothing of it has to be kept. A TIFF file is refused:
    browsers cannot show one.
    """
    if data.startswith(_PICTURES[:2]) and number == 1:
        return data, "image/png" if data.startswith(_PICTURES[0]) else "image/jpeg"
    if b"%PDF-" not in data[:1024]:
        raise UnknownFormat("Tệp này không có hình trang để xem; đề nghị tải tệp gốc về để xem.")
    from dondoc.reader.formats import pdf

    return pdf.page_picture(data, number), "image/png"


def _load(data: bytes, name: str) -> Document:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t\x00")
    if data.startswith(b"PK"):
        return _load_package(data, name)
    if data.startswith(OLE):
        return _load_old_office(data, name)
    if head.startswith(b"{\\rt"):
        return _load_converted(data, ".rtf", name)
    if _WORD_XML.search(data[:4096]):
        return _load_converted(data, ".xml", name)
    if data.startswith(_OTHER_PICTURES):
        raise UnknownFormat("Ảnh loại này không đọc được; đề nghị lưu lại thành .png, .jpg, .tif hoặc .pdf.")
    if head[:13].lower() == b"mime-version:":
        raise UnknownFormat("Tệp là trang web gói (.mht); đề nghị mở bằng Word rồi lưu lại thành .docx.")
    return to_unicode(_load_plain(data, head, name), fonts=False)


def _load_plain(data: bytes, head: bytes, name: str) -> Document:
    """Kinds that are one stream of their own: PDF, pictures, web pages, text."""
    if head.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b" obj" in data[:4096]):
        from dondoc.reader.formats.pdf import load_pdf

        return load_pdf(data, name=name)
    if data.startswith(_PICTURES):
        from dondoc.reader.formats.scan import load_picture

        return load_picture(data, name=name)
    if _HTML.search(head) or (name.lower().endswith((".html", ".htm")) and b"<" in head):
        from dondoc.reader.formats.html import load_html

        return load_html(data, name=name)
    from dondoc.reader.formats.txt import load_txt

    return load_txt(data, name=name)


def _load_package(data: bytes, name: str) -> Document:
    """Office files of today are packages; their list of parts says of which kind."""
    with open_package(data) as package:
        names = set(package.namelist())
        main = main_part(package) or "word/document.xml"
        if main in names and main.startswith("word/"):
            from dondoc.reader.formats.docx import load_docx

            return to_unicode(load_docx(package, main, name=name), fonts=True)
        if "xl/workbook.bin" in names:
            raise UnknownFormat("Tệp .xlsb chưa đọc được; đề nghị mở bằng Excel rồi lưu lại thành .xlsx.")
        if any(n.startswith("xl/") for n in names):
            from dondoc.reader.formats.sheets import load_xlsx

            return to_unicode(load_xlsx(data, package, name=name), fonts=False)
        kind = (
            package.read("mimetype")[:80]
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200
            else b""
        )
    if kind == b"application/vnd.oasis.opendocument.text":
        return _load_converted(data, ".odt", name)
    raise UnknownFormat(f"Tệp nén không phải văn bản đọc được; đề nghị đưa từng tệp thuộc loại {_KNOWN}.")


def _load_old_office(data: bytes, name: str) -> Document:
    from dondoc.reader.formats.ole import is_locked, open_container

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile(LOCKED)
    container = open_container(data)
    if is_locked(container):
        raise EncryptedFile(LOCKED)
    if container.has_macros:
        raise MacroFile(MACRO)
    if "WordDocument" in container.streams:
        return _load_converted(data, ".doc", name)
    if "Workbook" in container.streams or "Book" in container.streams:
        from dondoc.reader.formats.sheets import load_xls

        return to_unicode(load_xls(data, name=name), fonts=False)
    raise UnknownFormat(f"Tệp không thuộc loại đọc được; đề nghị đưa tệp {_KNOWN}.")


def _load_converted(data: bytes, suffix: str, name: str) -> Document:
    """Older kinds of Word files, by way of LibreOffice."""
    from dondoc.reader.formats.docx import load_docx
    from dondoc.reader.formats.programs import to_docx

    with open_package(to_docx(data, suffix)) as package:
        return to_unicode(load_docx(package, main_part(package) or "word/document.xml", name=name), fonts=True)
