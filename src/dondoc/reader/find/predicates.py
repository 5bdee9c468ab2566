"""Where the words for a deed begin: obliging words, words of manner and verbs of official prose."""

from __future__ import annotations

from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.tokens import Tokens

# A verb that stands after one of these is part of a noun or of a past or passive clause, not an order.
_NOT_AFTER = terms(
    "được bị việc công đã đang vừa của để nhằm về từ sẽ chưa đã cách kế sự cuộc sau trước khi có các những một như"
)
_NOUN_AFTER = terms("số của này đó trên tại nêu ngày lần")
_NOUNS = frozenset({"báo", "quyết", "thông", "kế", "dự", "quy"})


def predicate(tokens: Tokens, i: int, end: int, *, opening: bool = False) -> tuple[str, int] | None:
    """The class (modal, manner, verb, announce) and length of the words for a deed at token ``i``, or None.

    ``opening`` also takes words that are verbs only at the head of a run.
    """
    found = lexicon().predicates.at(tokens.low, i, end)
    if found is None and opening:
        found = lexicon().openings.at(tokens.low, i, end)
    if found is None and opening and i + 1 < end and tokens.low[i] == "không":
        # "Không đăng lại …": what must not be done is told like what must.
        deed = lexicon().predicates.at(tokens.low, i + 1, end)
        found = ("verb", deed[1] + 1) if deed and deed[0] == "verb" else None
    if found is None:
        return None
    kind, size = found
    if kind == "noun":
        return None
    if (
        i > 1
        and tokens.low[i : i + 2] == ["tổ", "chức"]
        and tokens.low[i - 1] == ","
        and tokens.low[i - 2] in ("quan", "nhân", "vị", "ngành")
    ):
        return None
    after = tokens.low[i + size] if i + size < end else ""
    if (
        kind == "verb"
        and tokens.low[i] in _NOUNS
        and after in _NOUN_AFTER
        and (after != "số" or (i + size + 1 < end and tokens.low[i + size + 1][0].isdigit()))
    ):
        return None
    return found


def begins(tokens: Tokens, i: int, end: int) -> tuple[str, int] | None:
    """Like :func:`predicate`, but not inside a noun phrase or a passive ("được giao", "việc thực hiện")."""
    if i > 0 and tokens.low[i - 1] in _NOT_AFTER and tokens.low[i - 2 : i] != ["phân", "công"]:
        return None
    return predicate(tokens, i, end)
