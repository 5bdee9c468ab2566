"""The foot of a document, and whom it goes to: signer, post, Kính gửi and Nơi nhận."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.reader.find.lines import Line, lines_of

_FOR = re.compile(r"(?<![\w/])(?:(?:T/M|K/T|T/L|T/UQ)\.?|(?:TM|KT|TL|TUQ|Q)\.|(?:TM|KT|TL|TUQ)(?=\s))\s*(?=[A-ZĐỦƯ])")
_POST = re.compile(
    r"(?:PHÓ |THỨ |QUYỀN |Q\. ?)?(?:TỔNG BÍ THƯ|BÍ THƯ|CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG|CHỦ NHIỆM|GIÁM ĐỐC|"
    r"TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH ÁN|CHÁNH THANH TRA|TỔNG THANH TRA|"
    r"THỐNG ĐỐC|TỔNG KIỂM TOÁN NHÀ NƯỚC|HIỆU TRƯỞNG|TỔNG CỤC TRƯỞNG|THƯỜNG TRỰC BAN BÍ THƯ|ỦY VIÊN|UỶ VIÊN|"
    r"CHỈ HUY TRƯỞNG|TỔNG BIÊN TẬP|TƯ LỆNH|CHÍNH ỦY)(?!\w)"
)
_COLLECTIVE = re.compile(r"(?:ỦY BAN|UỶ BAN|BAN |BỘ CHÍNH TRỊ|HỘI ĐỒNG|CHÍNH PHỦ|QUỐC HỘI|ĐẢNG ỦY|TỈNH ỦY|THÀNH ỦY)")
_SIGNED = re.compile(r"[(\[]?\s*(?:đã ký|ký tên|đã kí|ký|signed)\b[^)\]]{0,30}[)\]]?\W*$", re.IGNORECASE)
_UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_NAME = re.compile(rf"[{_UPPER}][\w'’]*(?:[ -][{_UPPER}][\w'’]*){{1,5}}")
_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|GS\.?|PGS\.?|TS\.?|ThS\.?|BS\.?|KS\.?|CN\.?|Ths\.?)[ .,]*"
)
_TO = re.compile(r"(?:Đồng )?[Kk]ính (?:gửi|trình)\s*:?")
_WIRES = re.compile(r"\bđiện\s*:\s*$|\bđiện\s*:(?=\s*\n)")
_COPIES = re.compile(r"(?<!\w)N[ơƠ][iI] (?:nhận|NHẬN)\s*:?")
# One of these stands in every post; they are looked for first.
_POST_WORDS = (
    "THƯ",
    "CHỦ",
    "TƯỚNG",
    "TRƯỞNG",
    "GIÁM ĐỐC",
    "CHÁNH",
    "TRA",
    "THỐNG ĐỐC",
    "KIỂM TOÁN",
    "VIÊN",
    "BIÊN TẬP",
    "TƯ LỆNH",
    "CHÍNH ỦY",
    "THƯỜNG TRỰC",
)
_COPIES_WORDS = [f"N{o}{i} {words}" for o in "ơƠ" for i in "iI" for words in ("nhận", "NHẬN")]
_ITEM = re.compile(r"(?:^|(?<=[;,.:])\s*)[-–+•]\s*")
_AIM = re.compile(r"\s*\((?:để|thay|b/c|p/h|báo cáo|qua|thực hiện)[^)]*\)?", re.IGNORECASE)
_NO_RECIPIENT = re.compile(r"(?:Như (?:trên|điều|kính)|Lưu\b|Gửi\s*:|Báo cáo$)", re.IGNORECASE)
_TEXT_OPENS = re.compile(r"(?:Căn cứ|Thực hiện|Xét|Theo|Ngày|Để|Trong|Sau|Qua|Từ|Tại|Triển khai|Tiếp|Vừa|Hiện)\b")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and in which post; ``post`` is None where a collective body signs with no post named."""

    name: str
    post: str | None
    start: int
    end: int
    for_body: str | None


def copies_place(plain: str) -> re.Match[str] | None:
    """The last "Nơi nhận" of the text: the foot of the document begins about there."""
    reach = len(plain)
    while reach > 0:
        place = max(plain.rfind(words, 0, reach) for words in _COPIES_WORDS)
        if place < 0:
            return None
        if match := _COPIES.match(plain, place):
            return match
        reach = place + 1
    return None


def find_signature(plain: str) -> Signature | None:
    """Who signed: the name under the last post in capitals, beside or after "Nơi nhận"."""
    copies = copies_place(plain)
    start = copies.start() if copies else max(0, len(plain) - 6000)
    posts = any(plain.find(word, start) >= 0 for word in _POST_WORDS)
    if not ((posts and _POST.search(plain, start)) or _FOR.search(plain, start)) and not copies:
        return None
    found = _signatures(lines_of(plain, start))
    if found:
        return found[0] if copies else found[-1]
    if copies:
        before = _signatures(lines_of(plain, max(0, copies.start() - 1200), copies.start()))
        return before[-1] if before else None
    return None


def _signatures(lines: Sequence[Line]) -> list[Signature]:
    found: list[Signature] = []
    capitals: list[Line] = []
    for line in lines:
        name = _person(line.text)
        together = None if capitals or line.is_upper else _inline(line)
        if together:
            found.append(together)
        elif capitals and name and not (line.is_capitals and (_POST.search(line.text) or _FOR.match(line.text))):
            found.append(_signature(" ".join(c.text for c in capitals), name, capitals[0].start, line.end))
            capitals = []
        elif line.is_capitals and (capitals or opens_signature(line.text)):
            capitals.append(line)
        elif _SIGNED.match(line.text) or (capitals and line.text.startswith(("[", "("))):
            continue
        else:
            capitals = []
            tail = _FOR.search(line.text)
            if tail and Line(line.text[tail.start() :], 0, 0, False).is_capitals:
                capitals = [Line(line.text[tail.start() :], line.start + tail.start(), line.end, False)]
    return found


def opens_signature(text: str) -> bool:
    """Whether a line begins with "TM." or the like, or with a post in capitals."""
    return bool(_FOR.match(text) or _POST.match(text))


def _inline(line: Line) -> Signature | None:
    """Post and name in one cell: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn A"."""
    words = line.text.split()
    first_small = next((i for i, w in enumerate(words) if any(c.islower() for c in w)), len(words))
    if first_small < 1 or first_small >= len(words):
        return None
    post, name = " ".join(words[:first_small]), _person(" ".join(words[first_small:]))
    return _signature(post, name, line.start, line.end) if name and opens_signature(post) else None


def _person(text: str) -> str | None:
    plain = _RANK.sub("", text.strip(" *.")).strip()
    match = _NAME.fullmatch(plain)
    if not match or len(plain) > 45 or any(char.isdigit() for char in plain):
        return None
    if plain.isupper():
        if _POST.search(plain) or _COLLECTIVE.search(plain) or _FOR.match(plain):
            return None
        return " ".join(word.capitalize() for word in plain.split())
    return plain


def _signature(capitals: str, name: str, start: int, end: int) -> Signature:
    posts = list(_POST.finditer(capitals))
    body = re.match(r"T/?M\s*\.?\s*(.+?)(?=\s*(?:K/?T\.?\s|$))", capitals)
    for_body = body[1] if body else None
    post = capitals[posts[-1].start() :] if posts else None
    if for_body and post and for_body.endswith(post):
        for_body = for_body[: -len(post)].strip() or None
    return Signature(name, _post_name(post) if post else None, start, end, for_body)


def _post_name(post: str) -> str:
    small = " ".join(post.replace("*", " ").split()).lower().strip(" ,.-")
    for opening in ("phó ", "quyền ", "q. "):
        if small.startswith(opening):
            rest = small[len(opening) :]
            return f"{opening.strip().capitalize()} {rest[0].upper()}{rest[1:]}"
    return small[0].upper() + small[1:]


def find_recipients(plain: str) -> list[str]:
    """To whom the document goes: after "Kính gửi" (or "điện:") and after "Nơi nhận", without "Như trên" and "Lưu"."""
    found: list[str] = []
    head = plain[:4000]
    for match in [*_TO.finditer(head), *list(_WIRES.finditer(head))[:1]]:
        found += _items(plain, match.end(), copies=False)
    copies = copies_place(plain)
    if copies:
        found += _items(plain, copies.end(), copies=True)
    return list(dict.fromkeys(found))


def _items(plain: str, place: int, *, copies: bool) -> list[str]:
    items: list[str] = []
    open_item, dashed = False, False
    for line in lines_of(plain, place, min(len(plain), place + 4000)):
        has_dash = line.text.startswith(("-", "–", "+", "•"))
        if not items and not has_dash:
            items, open_item = [line.text], True
        elif has_dash:
            items.append(line.text)
            dashed = open_item = True
        elif open_item and _continues(line, items[-1], dashed=dashed, copies=copies):
            items[-1] += " " + line.text
        else:
            break
        if len(items) > 60:
            break
    return [name for item in items for part in _ITEM.split(item) if (name := _recipient(part))]


def _continues(line: Line, item: str, *, dashed: bool, copies: bool) -> bool:
    if line.is_capitals and item.endswith(",") and not opens_signature(line.text):
        return True
    if line.is_capitals or _TEXT_OPENS.match(line.text) or _TO.match(line.text) or _COPIES.match(line.text):
        return False
    if line.text[0].islower() or item.endswith(":"):
        return not item.endswith(".")
    if item.endswith((";", ".")):
        return False
    return dashed and (copies or item.endswith(",") or not line.blank_before)


def _recipient(part: str) -> str | None:
    name = " ".join(_AIM.sub("", part).split()).strip(" ;,.:-–*")
    if len(name) < 2 or len(name) > 400 or _NO_RECIPIENT.match(name):
        return None
    return name
