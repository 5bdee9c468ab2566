"""Secrecy marks: a document that bears one must not be kept on this machine.

The three grades are MẬT, TỐI MẬT and TUYỆT MẬT (Luật Bảo vệ bí mật nhà nước 117/2025/QH15, Điều 3; before it
29/2018/QH14, Điều 8). The mark is a stamp: it stands alone in capitals, not inside a sentence, and its place is the
head of the document (or, copied from a scan, alone on any line). Prose about secrets ("bí mật nhà nước", "bảo mật",
"tài liệu mật") is no mark.
"""

from __future__ import annotations

import re
import unicodedata

_GRADES = {"MẬT": "MẬT", "TỐI MẬT": "TỐI MẬT", "TUYỆT MẬT": "TUYỆT MẬT"}
_STAMP = re.compile(
    r"^[\W_]*(?:(?:ĐỘ|MỨC ĐỘ)\s+MẬT\s*[:\-]?\s*|DẤU\s+MẬT\s*[:\-]?\s*)?(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT|A|B|C)?[\W_]*$"
)
_WITH_NUMBER = re.compile(
    r"^[\W_]*(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)[\W_]*(?:BẢN\s+SỐ|SỐ|SAO\s+SỐ|HỎA TỐC|THƯỢNG KHẨN|KHẨN)\b.{0,40}$"
)
_IN_HEAD = re.compile(r"(?<!BẢO )(?<!BÍ )(?<!GIỮ )(?:^|[|\t]|\s\s)[\W_]*(TUYỆT MẬT|TỐI MẬT|MẬT)[\W_]*(?=$|[|\t]|\s\s)")
_LABELLED = re.compile(r"(?:ĐỘ MẬT|MỨC ĐỘ MẬT|DẤU ĐỘ MẬT|DẤU MẬT)\s*[:\-]\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\b", re.IGNORECASE)
HEAD_LINES = 40


def secret_marking(text: str) -> str | None:
    """Says which secrecy mark (MẬT, TỐI MẬT, TUYỆT MẬT) a document bears, or None."""
    plain = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    if "M" not in plain and "m" not in plain:
        return None
    before = ""
    for number, line in enumerate(plain.splitlines()):
        wrapped, before = before.upper().endswith(("BÍ", "BẢO", "GIỮ", "THAM", "BÍ ")), line.rstrip()
        if wrapped:
            continue
        if len(line) > 400:
            continue
        upper = line.strip()
        if number < HEAD_LINES and (found := _LABELLED.search(upper)):
            return _grade(found.group(1))
        if "MẬT" not in upper:
            continue
        match = _STAMP.match(upper)
        if match and match.group(1) in (None, "A", "B", "C"):
            match = None
        match = match or _WITH_NUMBER.match(upper)
        if match is None and number < HEAD_LINES:
            match = _IN_HEAD.search(upper)
        if match:
            return _grade(match.group(1))
    return None


def _grade(text: str) -> str:
    return _GRADES[" ".join(text.upper().split())]
