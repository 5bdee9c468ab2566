"""Which sentences report: not what is aimed at, ordered, allowed, foretold or mourned."""

from __future__ import annotations

import re
from functools import cache

from dondoc.reader.find.numerals import Quantity, claim_words
from dondoc.reader.model import Header

_ORDERS_BEGIN = re.compile(
    r"(?:yêu cầu|chỉ thị|giao|cần|lưu ý|đề nghị)[^.\n]{0,200}:[ ]*\n"
    r"|\n[ ]*(?:[IVX]+|\d)\.[^\n]{0,40}(?i:nhiệm vụ|giải pháp)"
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


def orders_from(plain: str, header: Header) -> int:
    """Where the orders of a document begin: from there on only what is said to be past is a report."""
    if header.kind in (None, "tin", "báo cáo"):
        return len(plain)
    if header.kind in _LAYS_DOWN_LAW:
        return 0
    match = _ORDERS_BEGIN.search(plain)
    return match.end() if match else len(plain)


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
    clause_before = re.split(r"[;.]", before)[-1]
    return bool(_losses().search(_clause_after(after)) or _losses().search(clause_before))


def _clause_after(after: str) -> str:
    return re.split(r"[,;.]", after, maxsplit=1)[0]


def _last(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    last = -1
    for match in pattern.finditer(text, start):
        last = match.start()
    return last
