"""How large a file may be, and what a package of files may hold before it is opened."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from dondoc.reader.refusals import BrokenFile, EncryptedFile, MacroFile, TooLarge

LARGEST_FILE = 60 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_PART = 120 * 1024 * 1024
LARGEST_TEXT = 20_000_000
MOST_ENTRIES = 5_000

LOCKED = "Tệp được đặt mật khẩu nên không đọc được; đề nghị bỏ mật khẩu rồi đưa vào lại."
MACRO = "Tệp có chứa macro nên không được mở; đề nghị lưu lại thành .docx hoặc .xlsx không có macro."
BOMB = "Tệp khi giải nén lớn bất thường nên không được mở; đề nghị bỏ bớt hình ảnh hoặc tách tệp."


def check_size(data: bytes) -> None:
    """Refuses a file larger than the reader takes."""
    if len(data) > LARGEST_FILE:
        raise TooLarge(
            f"Tệp lớn {len(data) // 1048576} MB, vượt giới hạn {LARGEST_FILE // 1048576} MB; "
            "đề nghị tách tệp hoặc bỏ bớt hình ảnh."
        )


def open_package(data: bytes) -> zipfile.ZipFile:
    """Opens an Office package after looking at what it would unpack to; refuses bombs, locks and macros."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenFile(
            "Tệp bị hỏng hoặc tải lên chưa đủ: không mở được gói tài liệu; đề nghị đưa lại bản gốc."
        ) from error
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise TooLarge(BOMB)
    if any(e.flag_bits & 1 for e in entries):
        raise EncryptedFile(LOCKED)
    names = [e.filename.lower() for e in entries]
    # ODF keeps its macros in folders of their own; an empty library list is always there.
    if any(n.endswith(("vbaproject.bin", ".xba")) or n.startswith("scripts/python/") for n in names):
        raise MacroFile(MACRO)
    return package


def read_entry(package: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of one entry, never more than a part may hold; None where there is no such entry."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    try:
        with package.open(info) as stream:
            data = stream.read(LARGEST_PART + 1)
    except RuntimeError as error:
        raise EncryptedFile(LOCKED) from error
    except Exception as error:  # any error: a stranger's file (zlib.error and lzma.LZMAError share no base)
        raise BrokenFile("Tệp bị hỏng: một phần của tài liệu không đọc được; đề nghị đưa lại bản gốc.") from error
    if len(data) > LARGEST_PART:
        raise TooLarge(BOMB)
    return data


def parse_xml(data: bytes) -> Any:
    """An XML tree without entities, network or huge nodes; refuses what is not well formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFile("Tệp bị hỏng: nội dung bên trong không đúng định dạng; đề nghị đưa lại bản gốc.") from error


_OFFICE_DOCUMENT = "/officeDocument"


def main_part(package: zipfile.ZipFile) -> str | None:
    """The name of the part in which the document itself stands, by the list of relations; None where none is named."""
    relations = read_entry(package, "_rels/.rels")
    for relation in parse_xml(relations) if relations else ():
        if str(relation.get("Type")).endswith(_OFFICE_DOCUMENT):
            return posixpath.normpath(str(relation.get("Target")).lstrip("/"))
    return None
