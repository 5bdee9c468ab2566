"""The words that order: "yêu cầu", "đề nghị", "giao", and where the addressee after them begins."""

from __future__ import annotations

from dondoc.reader.find.heads import starts_name
from dondoc.reader.find.lexicon import lexicon
from dondoc.reader.find.tokens import Tokens

# "yêu cầu", "đề nghị" … order the agency that follows, unless they are nouns ("theo yêu cầu của").
_TRIGGERS = {
    ("yêu", "cầu"): "yêu cầu",
    ("đề", "nghị"): "đề nghị",
    ("giao",): "giao",
    ("phân", "công"): "phân công",
    ("khuyến", "nghị"): "khuyến nghị",
    ("nhắc", "nhở"): "nhắc nhở",
    ("lưu", "ý"): "lưu ý",
    ("chỉ", "thị"): "chỉ thị",
    ("ủy", "quyền"): "ủy quyền",
    ("kêu", "gọi"): "kêu gọi",
}
ORDER_WORDS = frozenset(_TRIGGERS.values())
TRIGGER_FIRST = frozenset(key[0] for key in _TRIGGERS)


def trigger(tokens: Tokens, i: int, end: int) -> tuple[str, int] | None:
    """The ordering word at token ``i`` and its length, or None."""
    low = tokens.low
    if i >= end or low[i] not in TRIGGER_FIRST or _is_noun(tokens, i, end):
        return None
    for size in (2, 1):
        name = _TRIGGERS.get(tuple(low[i : i + size]))
        if name and i + size <= end:
            return name, size
    return None


def trigger_size(tokens: Tokens, i: int, end: int) -> int:
    """How many tokens the ordering word at token ``i`` has, with "cho" or "đối với" after it; 0 where none stands."""
    found = trigger(tokens, i, end)
    return after_trigger(tokens, i + found[1], end) - i if found else 0


def _is_noun(tokens: Tokens, i: int, end: int) -> bool:
    """Whether an ordering word is the first half of a noun: "giao ban", but not "giao Thông tấn xã"."""
    found = lexicon().predicates.at(tokens.low, i, end)
    return found is not None and found[0] == "noun" and not (tokens.capital(i + 1) and starts_name(tokens, i + 1, end))


def after_trigger(tokens: Tokens, i: int, end: int) -> int:
    """Past "cho", "đối với", "trong thời gian tới," between the ordering word and the addressee."""
    low = tokens.low
    if i < end and low[i] in ("cho", "đến", "tới", ":"):
        i += 1
    if low[i : i + 2] == ["đối", "với"]:
        i += 2
    if not starts_name(tokens, i, end) and i < end and low[i] in ("thời", "trong", "từ", "năm", "tại", "ngay"):
        for k in range(i, min(end, i + 14)):
            if low[k] == "," and starts_name(tokens, k + 1, end):
                return k + 1
    return i
