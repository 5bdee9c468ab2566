"""How large a file may be, and what kind of file its first bytes say it is."""

from __future__ import annotations

import io
import zipfile

from dondoc.reader.refusals import BrokenFile, EncryptedFile, MacroFile, TooLarge

LARGEST_FILE = 60 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_TEXT = 20_000_000
MOST_ENTRIES = 5_000


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
        raise BrokenFile("Tệp bị hỏng hoặc tải lên chưa đủ: không mở được gói tài liệu.") from error
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise TooLarge("Tệp khi giải nén lớn bất thường nên không được mở.")
    if any(e.flag_bits & 1 for e in entries):
        raise EncryptedFile("Tệp được đặt mật khẩu; đề nghị bỏ mật khẩu rồi đưa vào lại.")
    if any(e.filename.lower().endswith("vbaproject.bin") for e in entries):
        raise MacroFile("Tệp có chứa macro nên không được mở; đề nghị lưu lại thành .docx không có macro.")
    return package


def read_entry(package: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of one entry, never more than the package said; None where there is no such entry."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    try:
        with package.open(info) as stream:
            data = stream.read(LARGEST_UNPACKED + 1)
    except RuntimeError as error:
        raise EncryptedFile("Tệp được đặt mật khẩu; đề nghị bỏ mật khẩu rồi đưa vào lại.") from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise BrokenFile("Tệp bị hỏng: một phần của tài liệu không đọc được.") from error
    except Exception as error:  # any error: a stranger's file (zlib.error and lzma.LZMAError share no base)
        raise BrokenFile("Tệp bị hỏng: một phần của tài liệu không giải nén được.") from error
    if len(data) > LARGEST_UNPACKED:
        raise TooLarge("Tệp khi giải nén lớn bất thường nên không được mở.")
    return data
