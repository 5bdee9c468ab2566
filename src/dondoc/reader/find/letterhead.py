"""The head of a document: whose paper it is, its number, its kind, its day and its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.reader.find.document_numbers import NUMBER, Number, kind_names, number_of
from dondoc.reader.find.lines import Line

_NATIONAL = re.compile(
    r"CỘNG (?:HÒA|HOÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc",
    re.IGNORECASE,
)
_KINDS = sorted((name for name, _ in kind_names() if name not in ("văn bản", "bản án")), key=len, reverse=True)
_KIND_TITLE = re.compile(rf"({'|'.join(_KINDS)})(?!\w)[ :]*", re.IGNORECASE)
_NUMBER_LINE = re.compile(rf"(?:(?:{'|'.join(_KINDS)})\s+)?(?P<no>số)\b\s*(?P<colon>:?)\s*", re.IGNORECASE)
_PLACE_DAY = re.compile(
    r"(?:(?P<place>[A-ZĐÂÊÔƯƠĂÁÀÝÍÓÚ][^,;:()\n]{1,40}?)\s*,\s*ngày|^Ngày|^(?:[A-ZĐ]\w+\s){1,4}ngày(?= \d+ tháng))\s*"
    r"(?:(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})|(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}))\s*$"
)
_PRESS_DAY = re.compile(
    r"[^\d,;.]{0,25}(?:,\s*)?(?:\d{1,2}[:hg]\d{2}\W*(?:ngày\s+)?)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
    r"(?:\W{0,4}\d{1,2}[:hg]\d{2}.{0,20})?",
    re.IGNORECASE,
)
_WORDED_DAY = re.compile(
    r"[^\d;.]{0,30}?[Nn]gày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?:\W{0,4}\d{1,2}[:hg]\d{2}.{0,20})?"
)
_ABOUT = re.compile(r"(?:V/v|v/v|V/V|Về việc|VỀ VIỆC|Về|VỀ|về việc|về)\s*:?\s+", re.UNICODE)
_ORDERING = (
    "chỉ thị|công điện|kế hoạch|thông báo|công văn|kết luận|quyết định|nghị quyết|chương trình|"
    "hướng dẫn|quy chế|phương án"
)
_PLAIN_TITLE = re.compile(
    rf"(?P<kind>{_ORDERING})(?!\w)(?: số [\w/-]+)?(?:,? ngày [\d/.-]+)?(?: của (?P<by>[^.:,]{{3,60}}?))?"
    r"(?P<rest>$|[,:]? (?:về|v/v)(?!\w)|"
    r" (?:phiên họp|triển khai|thực hiện|hành động|tổ chức|kết luận|ý kiến|tại|công tác|tăng cường))",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(rf"(?<!\w)({_ORDERING}) này(?!\w)", re.IGNORECASE)
_CARRIES_OUT = re.compile(r"(?:thực hiện|thi hành)(?: \w+){0,3}? $", re.IGNORECASE)
_POINT = re.compile(r"\n[ ]*(?:\d{1,2}[.)-]|[a-zđ][.)]|[IVX]{1,4}[.])[ ]?\s*\w")
_ORGANISATION = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|BỘ|SỞ|CỤC|TỔNG CỤC|CHI CỤC|BAN|VĂN PHÒNG|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|"
    r"CHỦ TỊCH|TỈNH (?:ỦY|UỶ)|THÀNH (?:ỦY|UỶ)|HUYỆN (?:ỦY|UỶ)|QUẬN (?:ỦY|UỶ)|THỊ (?:ỦY|UỶ)|ĐẢNG|THANH TRA|VIỆN|"
    r"TRƯỜNG|TÒA ÁN|TOÀ ÁN|CÔNG|TẬP ĐOÀN|TỔNG|NGÂN HÀNG|PHÒNG|TRUNG TÂM|HỘI|MẶT TRẬN|ĐOÀN|BẢO HIỂM|KHO BẠC|"
    r"KIỂM TOÁN|LIÊN|TỔ|ĐÀI|BCĐ|BỘ TƯ LỆNH|HỌC VIỆN|ĐẠI HỌC|BÁO|CƠ QUAN|THƯỜNG TRỰC)(?!\w)"
)
_OPEN_END = re.compile(r"(?:,|-|–|(?<!\w)(?:VÀ|CỦA|VỀ|CÁC))$")
_BODY = re.compile(r"(?:Căn cứ|Kính gửi|Thực hiện|Xét|Theo|Ngày|Ngay|Để|Trong|Sau khi|Tại|Chiều|Sáng|Điều \d)\b")
HEAD_LINES = 45


@dataclass(frozen=True, slots=True)
class Found:
    """A field of the head with the run of plain text it stands in."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Title:
    """The printed name of the kind, and the line that the subject begins on."""

    kind: Found
    rest: str
    line: int


@dataclass(frozen=True, slots=True)
class PlainTitle:
    """What a first line such as "Chỉ thị của Chủ tịch UBND tỉnh về tiết kiệm điện" states."""

    kind: Found
    subject: Found | None
    issuer: Found | None


def find_number(head: Sequence[Line]) -> tuple[Number, Found, int] | None:
    """The document's own number: on a line that begins with "Số", and the line's place in the head."""
    for index, line in enumerate(head):
        opening = _NUMBER_LINE.match(line.text)
        if not opening or (not opening["no"][0].isupper() and opening.start("no") == 0):
            continue
        match = NUMBER.match(line.text, opening.end())
        number = number_of(match) if match else None
        if match is None or number is None:
            continue
        rest = line.text[match.end() :].strip()
        if rest and not opening["colon"] and not (_ABOUT.match(rest) or _PLACE_DAY.search(rest)):
            continue
        return number, Found(number.text, line.start + match.start(), line.start + match.end()), index
    return None


def find_issue_day(head: Sequence[Line]) -> tuple[date, Found] | None:
    """The day on the line of place and date, "Cần Thơ, ngày 18 tháng 6 năm 2024"; a blank day is unknown."""
    for line, following in zip(head, [*head[1:], None], strict=True):
        match = _PLACE_DAY.search(line.text)
        if not match and following and re.match(r"(?:tháng|năm) ", following.text):
            match = _PLACE_DAY.search(f"{line.text} {following.text}")
        if match and len((match["place"] or "").split()) <= 7:
            day = _date(match.groups()[1:])
            if day:
                return day, Found(match.group(), line.start + match.start(), line.start + match.end())
    return None


def find_press_day(head: Sequence[Line], foot: Sequence[Line] = ()) -> tuple[date, Found] | None:
    """The day of a news text, where a line near its top holds a date with its year and nothing else."""
    for line in [*head[:8], *foot]:
        match = _PRESS_DAY.fullmatch(line.text.strip(" ()"))
        match = match or _WORDED_DAY.fullmatch(line.text)
        day = _date(match.groups()) if match else None
        if day:
            return day, Found(line.text, line.start, line.end)
    return None


def _date(parts: Sequence[str | None]) -> date | None:
    numbers = [int(part) for part in parts if part]
    try:
        return date(numbers[2], numbers[1], numbers[0])
    except (ValueError, IndexError):
        return None


def find_title(head: Sequence[Line]) -> Title | None:
    """The line in capitals that names the kind: "KẾ HOẠCH", "THÔNG BÁO", also with the subject after it."""
    titles = []
    for index, line in enumerate(head):
        match = _KIND_TITLE.match(line.text)
        if not match or not line.is_capitals or not match.group().strip(" :").isupper():
            continue
        name = match[1].lower()
        kind = Found(name, line.start, line.start + len(match[1]))
        title = Title(kind, line.text[match.end() :].strip(), index)
        if not title.rest:
            return title
        titles.append(title)
    return titles[0] if titles else None


def find_plain_title(head: Sequence[Line], plain: str) -> PlainTitle | None:
    """The kind and subject of a text whose head was lost, but which still opens with "Chỉ thị về việc …".

    An opening that a headline could have too ("Kế hoạch triển khai …") counts only where numbered points follow.
    """
    for line in head[:3]:
        match = _PLAIN_TITLE.match(line.text)
        if not match:
            continue
        about = re.match(r"[,:]? (?:về(?: việc)?|v/v)[: ]+", line.text[match.start("rest") :], re.IGNORECASE)
        if not about and len(_POINT.findall(plain[:8000])) < 2:
            continue
        kind = Found(match["kind"].lower(), line.start, line.start + len(match["kind"]))
        start = match.start("rest") + (about.end() if about else 0)
        text = line.text[start:].strip(" .")
        place = line.start + line.text.index(text, start)
        by = match["by"]
        return PlainTitle(
            kind,
            Found(text, place, place + len(text)) if text else None,
            Found(by, line.start + match.start("by"), line.start + match.end("by")) if by else None,
        )
    return None


def find_letterhead(head: Sequence[Line], stop: int) -> Found | None:
    """Whose paper it is: of the bodies printed above the number, the lowest one, in the capitals it stands in."""
    bodies: list[Found] = []
    for line in head[:stop]:
        text = _NATIONAL.sub("", line.text).strip(" *|-–")
        if not text or not line.is_capitals:
            if text and len(text) > 60:
                break
            continue
        joins = bodies and (not _ORGANISATION.match(text) or _OPEN_END.search(bodies[-1].text))
        if joins:
            bodies[-1] = Found(f"{bodies[-1].text} {text}", bodies[-1].start, line.end)
        elif _ORGANISATION.match(text):
            bodies.append(Found(text, line.start, line.end))
    return bodies[-1] if bodies else None


def find_subject(head: Sequence[Line], title: Title | None, number_line: int | None) -> Found | None:
    """What the document is about: after its kind, or after "V/v" under the number of a công văn."""
    if title:
        if title.rest:
            return _run_on(head, title.line, head[title.line].text.index(title.rest))
        if title.line + 1 < len(head) and not _BODY.match(head[title.line + 1].text):
            return _run_on(head, title.line + 1, 0)
        return None
    for index in range(number_line or 0, min(len(head), (number_line or 0) + 6)):
        match = _ABOUT.search(head[index].text, (re.search(r"số", head[index].text, re.I) is not None and 4) or 0)
        if match and (match.start() == 0 or index == number_line):
            return _run_on(head, index, match.start())
    return None


_BY = re.compile(r"(?:của|CỦA) [^.:;]{3,70}? (?:về|VỀ)(?: việc| VIỆC)? (?=\w)")


def _run_on(head: Sequence[Line], first: int, offset: int) -> Found | None:
    """The subject from one line on, over the lines it is broken into."""
    line = head[first]
    about = _ABOUT.match(line.text, offset)
    start = about.end() if about else offset
    parts, last = [line.text[start:]], line
    in_capitals = line.is_capitals
    for following in head[first + 1 : first + 12]:
        broken_word = in_capitals and following.is_capitals
        if _stops_subject(following) or (in_capitals and not following.is_capitals):
            break
        if following.blank_before and not broken_word and not following.text[0].islower():
            break
        if not in_capitals and following.is_capitals:
            break
        if len(last.text) > 95 and not broken_word and not following.text[0].islower():
            break
        parts.append(following.text)
        last = following
    text = " ".join(" ".join(parts).split()).strip(' .,;:-–*“”"') if parts[0].strip() else ""
    text = _BY.sub("", text, count=1) if _BY.match(text) else text
    return Found(text, line.start + start, last.end) if text else None


def _stops_subject(line: Line) -> bool:
    return bool(
        _PLACE_DAY.search(line.text)
        or _BODY.match(line.text)
        or _NATIONAL.search(line.text)
        or re.search(r"\bđiện\s*:", line.text)
        or line.text.startswith(("-", "–", "Kính"))
        or re.match(r"(?:I|1|A)\s*[.)/-]", line.text)
    )


def find_own_name(plain: str) -> str | None:
    """What the document calls itself: "… thực hiện nghiêm túc Chỉ thị này" at its end, or in its numbered points."""
    names = []
    place = plain.find(" này")
    while place >= 0:
        if match := _OWN_NAME.search(plain, max(0, place - 30), place + 5):
            names.append(match)
        place = plain.find(" này", place + 1)
    foot = max(0, len(plain) - 1500)
    has_points = bool(names) and len(_POINT.findall(plain)) >= 2
    last = None
    for match in names:
        closes = match.start() >= foot and _CARRIES_OUT.search(plain[max(0, match.start() - 40) : match.start()])
        if closes or has_points:
            last = match[1].lower()
    return last
