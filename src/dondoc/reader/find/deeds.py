"""Where what is to be done begins after those who are to do it."""

from __future__ import annotations

from dondoc.reader.find.agencies import Name, read_names, starts_name
from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.predicates import begins, predicate
from dondoc.reader.find.prefaces import past_number
from dondoc.reader.find.tokens import Tokens

_ADJUNCT = terms(
    "theo căn trên trong nhất đặc tùy với trước từ tại bằng sau hàng hằng ngay đến và phối chậm định đồng ở có để"
)
_DONE = frozenset({"đã", "đang", "vừa"})
# "cán bộ, đảng viên, nhất là người đứng đầu phải …": those named with stress are among those addressed.
_ABOVE_ALL = frozenset({("nhất", "là"), ("đặc", "biệt", "là"), ("trước", "hết", "là"), ("trước", "tiên", "là")})
# After "A:" these begin something told of A, or a list, and nothing A is to do.
_NO_DEED = terms(
    "đã đang chưa sẽ là có các những một hai ba số tổng nội gồm theo để vì do nếu khi như tại trong năm ngày tháng từ "
    "ông bà đồng việc về công không địa điện email thư tỷ mức kết"
)


def find_deed(tokens: Tokens, i: int, end: int) -> int | None:
    """After the addressee: the token where the deed begins, past "theo chức năng, nhiệm vụ" and the like."""
    low = tokens.low
    k = i
    if k + 3 < end and low[k] == "," and tuple(low[k + 1 : k + 4]) in _ABOVE_ALL:
        k = read_names(tokens, k + 4, end)[1]
    elif k + 2 < end and low[k] == "," and tuple(low[k + 1 : k + 3]) in _ABOVE_ALL:
        k = read_names(tokens, k + 3, end)[1]
    if k < end and low[k] == ":" and starts_name(tokens, k + 1, end):
        k = read_names(tokens, k + 1, end)[1]
    if k < end and low[k] == ":":
        k = past_places(tokens, k, end)
    while k < end and low[k] in (",", ":", "cũng", "đều", "(", "*", "-", "–", "nêu", "luôn", "phải"):
        if low[k] == "phải":
            return k
        k = max(k + 1, past_number(tokens, k, end))
    if k >= end:
        return None
    if low[k] == "được" and low[k + 1 : k + 2] in (["giao"], ["phân"], ["yêu"]):
        given = k + 2 + (low[k + 1] != "giao")
        return given if given < end and predicate(tokens, given, end) else None
    found = predicate(tokens, k, end) or (predicate(tokens, k, end, opening=True) if k == i else None)
    if found and low[k] != "căn":
        return None if found[0] == "announce" else k
    if low[k] not in _ADJUNCT:
        return None
    for m in range(k + 1, min(end, k + 70)):
        if low[m] in (".", ";") or low[m] in _DONE:
            return None
        if low[m] == ":" and k + 1 < m and low[k] != "nhất":
            return None
        found = begins(tokens, m, end)
        if found and found[0] != "announce" and low[m - 1] not in ("chức", "nhiệm", "chương", "kế", "cơ", "quy"):
            return m
    return k if low[k] == "căn" else None


def past_places(tokens: Tokens, i: int, end: int) -> int:
    """Past ": Hà Tĩnh, Quảng Trị, Huế" after a class of places, where a deed or a closing colon follows."""
    k = i + 1
    while k < end and (tokens.low[k] in (",", "và") or (tokens.low[k][0].isalpha() and tokens.capital(k))):
        k += 1
    return k if k > i + 2 and "," in tokens.low[i:k] else i


def after_colon(tokens: Tokens, names: list[Name], i: int, after: int, end: int) -> int | None:
    """ "3. Phòng Văn hóa: trang hoàng trụ sở, …": after names and a colon small letters begin a deed, known or not."""
    low = tokens.low
    if after + 3 > end or low[after] != ":" or names[0].first != i or low[after + 1] in _NO_DEED:
        return None
    word = tokens.text[tokens.start[after + 1] : tokens.end[after + 1]]
    plain = word.isalpha() and word.islower() and not starts_name(tokens, after + 1, end)
    thing = lexicon().things.at(low, after + 1, end)
    return after + 1 if plain and (thing is None or thing[1] < 2) else None
