"""The grammar of one order: who is addressed, by which words, and where the words for the deed begin."""

from __future__ import annotations

from dataclasses import dataclass

from dondoc.reader.find.agencies import Name, is_post, of_people, read_names, read_unknown, starts_name
from dondoc.reader.find.deeds import after_colon, find_deed
from dondoc.reader.find.levels import asks_above
from dondoc.reader.find.lexicon import terms
from dondoc.reader.find.predicates import begins, predicate
from dondoc.reader.find.prefaces import (
    boundaries,
    in_series,
    inside_list,
    skip_connectives,
    starts_preface,
)
from dondoc.reader.find.tokens import Tokens
from dondoc.reader.find.triggers import TRIGGER_FIRST, after_trigger, trigger

_NOT_TRIGGER_AFTER = terms(
    "của theo được các những về để việc có nội một khi đáp nhu tại phù với xét không bàn mục và số "
    "đã nhằm từ qua hoặc sự kiến ứng văn đúng"
)
_BARE = frozenset({"cơ quan", "đơn vị", "tổ chức", "cá nhân", "cơ sở", "bộ phận", "doanh nghiệp"})
# Those above everyone else are told nothing without an ordering word.
_HIGHEST = frozenset({"chính phủ", "thủ tướng chính phủ", "thủ tướng", "bộ chính trị", "ban bí thư", "quốc hội"})
_PASSIVE = frozenset({"được", "bị"})


@dataclass(frozen=True, slots=True)
class Order:
    """One order in a run of tokens; ``names`` is empty where the addressee is left out.

    ``first`` is the first token of the addressee (of the deed, where it is left out), ``deed`` the first token of
    the deed (the end of the run, where only the addressee stands).
    """

    names: tuple[Name, ...]
    first: int
    deed: int
    rule: str
    modal: bool = False
    prefaced: bool = False


def _is_modal(tokens: Tokens, deed: int, end: int) -> bool:
    found = predicate(tokens, deed, end)
    return found is not None and found[0] == "modal"


def by_order_word(tokens: Tokens, i: int, end: int, *, leads: bool = False) -> Order | None:
    """ "… yêu cầu A, B làm …": an ordering word, then the addressee.

    With ``leads`` (a press text) "Phó Thủ tướng chỉ đạo A …" orders too; elsewhere whoever leads is told to lead.
    """
    low = tokens.low
    for t in [t for t in range(i, end) if low[t] in TRIGGER_FIRST or (leads and low[t] == "chỉ")]:
        if leads and tokens.low[t : t + 2] == ["chỉ", "đạo"] and (order := _led(tokens, i, t, end)):
            return order
        if tokens.low[t] not in TRIGGER_FIRST or (t > i and tokens.low[t - 1] in _NOT_TRIGGER_AFTER):
            continue
        found = trigger(tokens, t, end)
        if found is None or not _may_order(tokens, i, t, found[0]):
            continue
        at = after_trigger(tokens, t + found[1], end)
        names, after = read_names(tokens, at, end)
        if not names:
            names, after = read_unknown(tokens, at, end)
        if not names or (len(names) == 1 and not names[0].plural and names[0].text.lower() in _BARE):
            continue
        if found[0] == "đề nghị" and asks_above(tokens, i, t, names[0]):
            continue
        names, after = _ordered_too(tokens, names, after, end)
        deed = find_deed(tokens, after, end)
        if deed is None:
            if after >= end or (tokens.low[after] == ":" and after + 1 >= end):
                return Order(tuple(names), at, end, found[0], prefaced=t > i)
            continue
        return Order(tuple(names), at, deed, found[0], _is_modal(tokens, deed, end), prefaced=t > i)
    return None


def _led(tokens: Tokens, i: int, t: int, end: int) -> Order | None:
    """ "Thủ tướng chỉ đạo Bộ A …" in a press text."""
    first = next((k + 1 for k in range(t - 1, i, -1) if tokens.low[k] in (",", ":")), i)
    names, after = read_names(tokens, first, t)
    also = tokens.low[t - 1] == "cũng"
    if not names or after != t - also:
        return None
    if not names[0].person and (
        tokens.low[names[0].first] not in _LEADERS or (first > i and not is_post(tokens, names[0]))
    ):
        return None
    told, after = read_names(tokens, t + 2, end)
    deed = find_deed(tokens, after, end) if told else None
    return Order(tuple(told), t + 2, deed, "chỉ đạo", prefaced=True) if deed is not None else None


_LEADERS = frozenset({"thủ", "phó", "bí", "chủ", "bộ", "ông", "bà", "tổng", "thường"})


def _ordered_too(tokens: Tokens, names: list[Name], i: int, end: int) -> tuple[list[Name], int]:
    """ "Đề nghị A, yêu cầu B …": the names after a second ordering word with the same deed."""
    while i < end and tokens.low[i] in (",", "và", ";") and (found := trigger(tokens, i + 1, end)):
        more, after = read_names(tokens, after_trigger(tokens, i + 1 + found[1], end), end)
        if not more:
            break
        names, i = [*names, *more], after
    return names, i


def _may_order(tokens: Tokens, i: int, t: int, word: str) -> bool:
    """Whether an ordering word stands where a main clause puts it: first, after a mark, or after its subject."""
    if t == i or tokens.low[t - 1] in (",", ":", ";", '"', "“", "–", "-", "trọng", "cũng", "nhất"):
        return True
    if word == "phân công":
        return False
    if tokens.low[i : i + 2] == ["đồng", "chí"] and t - i <= 8 and "," not in tokens.low[i:t]:
        return True
    for k in range(t - 1, max(i - 1, t - 40), -1):
        if k == i or tokens.low[k - 1] in (",", ":", "“", '"'):
            names, after = read_names(tokens, k, t)
            if names and (after == t or tokens.low[t - 1] in ("thường", "đã")):
                return True
            if k == i or tokens.low[k] in ("ông", "bà"):
                return tokens.low[k] in ("ông", "bà", "hội") or _speaks(tokens, k, t)
    return False


def _speaks(tokens: Tokens, k: int, t: int) -> bool:
    names, after = read_names(tokens, k, t)
    return bool(names) and t - after <= 6


def by_subject(tokens: Tokens, i: int, end: int, *, strict: bool, manner: bool = False) -> Order | None:
    """ "A chủ trì …": the addressee first, then the deed; with ``strict`` only where an obliging word stands."""
    names, after = read_names(tokens, i, end)
    if not names:
        names, after = read_unknown(tokens, i, end)
    if not names:
        return None
    deed = find_deed(tokens, after, end)
    if deed is None and not strict:
        deed = after_colon(tokens, names, i, after, end)
    if deed is None or _is_verb_itself(tokens, names, deed):
        return None
    found = predicate(tokens, deed, end)
    # "A được giao làm …" tells A to do it, as "A phải làm …" does.
    modal = (found is not None and found[0] == "modal") or tokens.low[after : after + 1] == ["được"]
    if manner and after < end and tokens.low[after] == ":":
        strict = False
    urged = manner and found is not None and found[0] == "manner" and tokens.low[deed] != "phấn"
    if strict and not (modal or urged):
        return None
    if trigger(tokens, deed, end) and tokens.low[deed] != "phân":
        return None
    if not modal and all(of_people(tokens, n) for n in names):
        return None
    if names[0].text.lower() in _HIGHEST:
        return None
    return Order(tuple(names), i, deed, "subject", modal)


def _is_verb_itself(tokens: Tokens, names: list[Name], deed: int) -> bool:
    """ "- Lãnh đạo nắm chắc tình hình": before a verb the bare word is what is to be done, not who leads."""
    only = names[0]
    return len(names) == 1 and only.last == deed and tokens.low[only.first : only.last] == ["lãnh", "đạo"]


def by_regard(tokens: Tokens, i: int, end: int, *, strict: bool) -> Order | None:
    """ "Đối với A, cần …": the addressee as what is spoken of, the deed after the comma or colon."""
    if tokens.low[i : i + 2] != ["đối", "với"]:
        return None
    names, after = read_names(tokens, i + 2, end)
    names, after = _up_to_comma(tokens, names, after, end)
    if not names or after + 1 >= end or tokens.low[after] not in ",:" or starts_name(tokens, after + 1, end):
        return None
    asked = trigger(tokens, after + 1, end)
    if asked and predicate(tokens, after + 1 + asked[1], end):
        deed = after + 1 + asked[1]
        return Order(tuple(names), i + 2, deed, "subject", _is_modal(tokens, deed, end))
    found = predicate(tokens, after + 1, end) or (None if strict else predicate(tokens, after + 1, end, opening=True))
    if found is None or found[0] == "announce" or trigger(tokens, after + 1, end):
        return None
    if strict and found[0] == "verb":
        return None
    return Order(tuple(names), i + 2, after + 1, "subject", found[0] == "modal")


def _up_to_comma(tokens: Tokens, names: list[Name], after: int, end: int) -> tuple[list[Name], int]:
    """ "Đối với các xã chưa hoàn thành khảo sát, …": a class that is spoken of goes on to the comma."""
    if not names or not names[-1].plural or after >= end or not tokens.low[after][0].isalpha():
        return names, after
    comma = next((k for k in range(after, min(end, after + 16)) if not tokens.low[k][0].isalnum()), end)
    if comma >= end or tokens.low[comma] != ",":
        return names, after
    last = names[-1]
    return [*names[:-1], Name(last.first, comma, tokens.slice(last.first, comma), plural=True)], comma


def by_verb(tokens: Tokens, i: int, end: int) -> Order | None:
    """ "Rà soát …": the deed first, the addressee left out."""
    found = predicate(tokens, i, end, opening=True)
    if found is None or found[0] == "announce":
        return None
    kind, size = found
    if tokens.low[i] == "căn" or (tokens.low[i] == "cùng" and not starts_name(tokens, i + 2, end)):
        return None
    if kind == "verb" and tokens.low[i] in ("lãnh", "đầu", "thông") and _noun_after(tokens, i + size, end):
        return None
    if i + size < end and tokens.low[i + size] in _PASSIVE:
        return None
    if i + size < end and tokens.low[i + size] in ("số", "này", "của") and kind == "verb":
        return None
    return Order((), i, i, "verb", kind == "modal")


def _noun_after(tokens: Tokens, i: int, end: int) -> bool:
    """Whether "lãnh đạo", "đầu tư", "thông tin" is a noun here ("Lãnh đạo Chính phủ", "đầu tư công")."""
    return i < end and (tokens.capital(i) or tokens.low[i] in ("công", "của", "các", "từ", "tỉnh", "thành"))


def read_order(tokens: Tokens, i: int, end: int, *, strict: bool, elided: bool, manner: bool = False) -> Order | None:
    """The order in a run of tokens, or None.

    ``strict`` asks for an ordering or obliging word (with ``manner`` also "khẩn trương", "tiếp tục" …);
    ``elided`` allows the addressee to be left out.
    """
    start = skip_connectives(tokens, i, end)
    if start >= end:
        return None
    order = by_order_word(tokens, start, end, leads=strict)
    if order and (order.deed < end or order.first == start or tokens.low[end - 1] == ":"):
        return order
    order = by_subject(tokens, start, end, strict=strict, manner=manner) or by_regard(tokens, start, end, strict=strict)
    if order:
        return order
    if elided and (found := trigger(tokens, start, end)) and predicate(tokens, start + found[1], end):
        return Order((), start + found[1], start + found[1], "verb")
    if elided and (order := _by_condition(tokens, start, end, strict=strict)):
        return order
    colon = next((b for b in boundaries(tokens, start, end) if tokens.low[b - 1] == ":"), None)
    preface = starts_preface(tokens, start, end)
    if colon and not preface and colon - start < 16 and colon < end - 3:
        order = by_subject(tokens, skip_connectives(tokens, colon, end), end, strict=strict, manner=manner)
        if order:
            return Order(order.names, order.first, order.deed, "preface", order.modal, prefaced=True)
    if not preface and elided and (order := by_verb(tokens, start, end)):
        return order
    if preface or colon:
        for b in boundaries(tokens, start, end):
            if not preface and tokens.low[b - 1] != ":":
                continue
            at = skip_connectives(tokens, b, end)
            if inside_list(tokens, b, at, end):
                continue
            order = by_subject(tokens, at, end, strict=strict, manner=manner)
            if order:
                return Order(order.names, order.first, order.deed, "preface", order.modal, prefaced=True)
        if elided:
            if tokens.low[start] in ("hàng", "hằng", "định") and (order := by_verb(tokens, start, end)):
                return order
            return _verb_after_preface(tokens, start, end, preface)
    return None


_CONDITIONS = frozenset({"trường", "nếu", "khi", "có", "nơi"})


def _by_condition(tokens: Tokens, start: int, end: int, *, strict: bool) -> Order | None:
    """ "Trường hợp không chấp hành thì cưỡng chế", "có vướng mắc thì báo cáo …": the deed after "thì"."""
    if tokens.low[start] not in _CONDITIONS:
        return None
    then = next((k for k in range(start + 2, min(end - 1, start + 40)) if tokens.low[k] in ("thì", ":", ";")), 0)
    if not then or tokens.low[then] != "thì":
        return None
    order = by_subject(tokens, then + 1, end, strict=strict)
    if order:
        return order
    found = by_verb(tokens, then + 1, end)
    return Order((), start, then + 1, "preface-verb", found.modal, prefaced=True) if found else None


def _after_day(tokens: Tokens, start: int, end: int) -> int:
    """The verb right after a day or period at the head of a run ("Trước ngày 20 hằng tháng gửi …"), or 0."""
    for k in range(start + 1, min(end, start + 14)):
        if tokens.low[k] in ",:;":
            return 0
        if begins(tokens, k, end) and tokens.low[k] not in ("hằng", "hàng", "định"):
            return k if any(word[0].isdigit() for word in tokens.low[start:k]) else 0
    return 0


def _verb_after_preface(tokens: Tokens, start: int, end: int, preface: bool) -> Order | None:
    """ "Trong bối cảnh mới, thực hiện …": the deed after the first mark where a verb begins."""
    if tokens.low[start] in ("trước", "chậm", "đến", "trong") and (at := _after_day(tokens, start, end)):
        return Order((), at, at, "preface-verb", prefaced=True)
    for b in boundaries(tokens, start, end):
        if not preface and tokens.low[b - 1] != ":":
            continue
        at = skip_connectives(tokens, b, end)
        if starts_name(tokens, at, end) or (tokens.low[b - 1] == "," and in_series(tokens, start, b, end)):
            continue
        order = by_verb(tokens, at, end)
        if order:
            return Order((), at, at, "preface-verb", order.modal, prefaced=True)
    return None
