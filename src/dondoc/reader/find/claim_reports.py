"""Which sentences report: not what is aimed at, ordered, allowed, foretold or mourned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from dondoc.reader.find.numerals import Quantity, claim_words
from dondoc.reader.model import Header

_ORDERS_BEGIN = re.compile(
    r"(?:yêu cầu|chỉ thị|giao|cần|lưu ý|đề nghị)[^.\n]{0,200}:[ ]*\n"
    r"|\n[ ]*(?:[IVX]+|\d)\.[^\n]{0,40}(?i:nhiệm vụ|giải pháp)"
)
# "… tham mưu; Sở đã kiểm tra và báo cáo như sau:": what follows is told, not ordered.
_REPORTS_BELOW = re.compile(r"báo cáo[^:.;]{0,60}như sau[ ]*:[ ]*\n\Z")
_HEADING = re.compile(r"(?<=\n)[ ]{0,8}(?P<number>[IVX]{1,5}|\d{1,2})[ ]?[.)/–-][ ]*(?P<title>[^\n.;]{3,90})(?=\n)")
_SAYS = re.compile(
    r"(?P<reports>tình hình|kết quả|thực trạng|đánh giá|hạn chế|tồn tại|ưu điểm|bối cảnh)"
    r"|mục tiêu|mục đích|phương hướng|nhiệm vụ[, ]+giải pháp|thời gian tới|đề xuất|kiến nghị",
    re.IGNORECASE,
)
_LAYS_DOWN_LAW = frozenset(
    ("nghị quyết", "quyết định", "luật", "nghị định", "thông tư", "quy chế", "quy định", "pháp lệnh")
)
# "UBND 11 phường", "khoản 2", "tại 46 tỉnh": the number belongs to a name or a place.
_MODIFIES_A_BODY = re.compile(
    r"(?:nhân dân|bộ, ngành|lãnh đạo|cấp ủy|Ban Chỉ đạo|bão số|(?<![Tt]ổng )(?<![Tt]rong )số|Điều|khoản|điểm|"
    r"lần thứ|thứ|tại|của|ở|thuộc|giữa|từ)\s+$"
)
_LISTED_PLACES = re.compile(r"xảy ra tại\s+$|\d+ \w+ của\s+$")
_NAME_BEFORE = re.compile(r"\w[ ]+[A-ZĐÂÊÔƯƠĂ]\w*[ ]$")
# "64 trường bị tốc mái; trong đó 22 trường đã được sửa": the loss is the whole of what was worked off.
_DONE_ABOUT_IT = re.compile(r"(?:trong (?:đó|số (?:đó|này))|đến nay)[^.;]{0,30}?\d[^.;]{0,20}(?<!\w)(?:đã|được)(?!\w)")
_YET_TO_COME = re.compile(r"(?<!\w)(?:sẽ|trở lên)(?!\w)")


def _words(*keys: str) -> str:
    return "|".join(word for key in keys for word in claim_words()[key])


@cache
def _aims(reach: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words(reach)})(?!\w)", re.IGNORECASE)


@cache
def _losses() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words('losses')})(?!\w)", re.IGNORECASE)


@cache
def _sizes() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words('sizes')})(?:\s+(?:là|khoảng|trên|hơn|gần))*[\s–-]+$", re.IGNORECASE)


@cache
def _imperatives() -> re.Pattern[str]:
    return re.compile(rf"[\W\d]*(?:[a-z]\)\s*)?(?:{_words('imperatives')})(?!\w)")


def ordered_places(plain: str, header: Header) -> Callable[[int], bool]:
    """Says of a place whether it stands among orders and aims: there only what is said to be past is a report.

    A heading decides for what stands below it ("I. TÌNH HÌNH", "II. MỤC TIÊU"); elsewhere the kind of the document
    and the first line that orders.
    """
    orders = orders_from(plain, header)
    sections = _sections(plain)
    starts = [section.start for section in sections]

    def ordered(place: int) -> bool:
        number = bisect_right(starts, place) - 1
        if number >= 0 and place < sections[number].end:
            return not sections[number].reports
        return place >= orders

    return ordered


class _Section(NamedTuple):
    start: int
    end: int
    reports: bool


def _sections(plain: str) -> list[_Section]:
    """The parts whose heading says what they are, one after the other; each ends where a heading of its rank begins."""
    found: list[_Section] = []
    rank, reporting, start = 0, False, -1
    for match in _HEADING.finditer(plain):
        own_rank = 0 if match["number"][0] in "IVX" else 1
        says = _SAYS.search(match["title"][:50])
        turns = says is not None and bool(says["reports"]) != reporting
        if start >= 0 and (own_rank <= rank or turns):
            found.append(_until_ordered(plain, start, match.start(), reports=reporting))
            start = -1
        if start < 0 and says:
            rank, reporting, start = own_rank, bool(says["reports"]), match.end()
    if start >= 0:
        found.append(_until_ordered(plain, start, len(plain), reports=reporting))
    return found


def _until_ordered(plain: str, start: int, end: int, *, reports: bool) -> _Section:
    """A part that reports does so up to the first line in it that orders."""
    order = _ORDERS_BEGIN.search(plain, start, end) if reports else None
    return _Section(start, order.end() if order else end, reports)


def orders_from(plain: str, header: Header) -> int:
    """Where the orders of a document begin: from there on only what is said to be past is a report."""
    if header.kind in (None, "tin", "báo cáo"):
        return len(plain)
    if header.kind in _LAYS_DOWN_LAW:
        return 0
    found = (m for m in _ORDERS_BEGIN.finditer(plain) if not _REPORTS_BELOW.search(m.group()))
    return next((m.end() for m in found), len(plain))


def begins_with_an_order(plain: str, start: int, end: int) -> bool:
    """Whether a sentence begins with the verb of an order: "Rà soát 15 dự án …"."""
    return _imperatives().match(plain, start, min(end, start + 60)) is not None


def reports(before: str, after: str, quantity: Quantity, *, ordered: bool) -> bool:
    """Whether the sentence up to the number reports it; ``ordered`` asks for a word of the past besides."""
    if _belongs_to_a_name(before, quantity) or _sizes().search(before[-60:]) or _mourns(before, after):
        return False
    past = _last(_aims("past"), before)
    if (ordered and past < 0) or _YET_TO_COME.search(_clause_after(after)):
        return False
    aim = _last(_aims("aims"), before)
    clause_start = max(before.rfind(mark) for mark in ",;(") + 1
    if past < clause_start:
        aim = max(aim, _last(_aims("clause_aims"), before, clause_start))
    # "đã hỗ trợ", "đã kịp thời đề nghị": what is past is no aim, whatever the verb.
    return aim < 0 or past > aim or (past >= 0 and len(before[past:aim].split()) <= 3)


def _belongs_to_a_name(before: str, quantity: Quantity) -> bool:
    if quantity.unit_class not in ("work", "other", "thing"):
        return False
    listed = quantity.unit_class == "other" and _LISTED_PLACES.search(before)
    if _MODIFIES_A_BODY.search(before) and not listed:
        return True
    return quantity.unit_class != "work" and _NAME_BEFORE.search(before) is not None


def _mourns(before: str, after: str) -> bool:
    if _DONE_ABOUT_IT.search(after[:160]):
        return False
    clause_before = re.split(r"[;.]", before)[-1]
    return bool(_losses().search(_clause_after(after)) or _losses().search(clause_before))


def _clause_after(after: str) -> str:
    return re.split(r"[,;.]", after, maxsplit=1)[0]


def _last(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    last = -1
    for match in pattern.finditer(text, start):
        last = match.start()
    return last
