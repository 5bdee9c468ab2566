"""Names of agencies, posts, persons and classes of agencies, and lists of them, as official prose has them."""

from __future__ import annotations

from dondoc.reader.find.heads import (
    PLURAL,
    head_at,
    honorific,
    past_bracket,
    portfolio_at,
    skip_plural,
    starts_name,
)
from dondoc.reader.find.lexicon import lexicon
from dondoc.reader.find.name_lists import NameWalk
from dondoc.reader.find.name_tail import FIELD, STOP, read_tail, to_separator
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.shared_heads import Name, listed_places, shared_head, shared_in_post
from dondoc.reader.find.tokens import Tokens

__all__ = ["Name", "read_name", "read_names", "read_unknown", "starts_name"]
_AND = frozenset({"và", "cùng", "với", "hoặc", "&"})
_APPOSED = frozenset({"post", "organ", "named"})


def read_name(tokens: Tokens, i: int, end: int) -> tuple[list[Name], int]:
    """The name that begins at token ``i`` and the token after it; several where a head noun is shared."""
    known: tuple[list[Name], int] | None = tokens.memory.get((i, end))
    if known is None:
        known = tokens.memory[i, end] = _read_name(tokens, i, end)
    return known


def _read_name(tokens: Tokens, i: int, end: int) -> tuple[list[Name], int]:
    honour = honorific(tokens, i, end)
    first = i + honour
    k = skip_plural(tokens, first, end)
    plural = k != first or (honour > 0 and tokens.low[i] in PLURAL)
    if honour and not head_at(tokens, k, end):
        while k < end and tokens.low[k][0].isalpha() and tokens.capital(k):
            k += 1
        name = Name(first, k, tokens.slice(first, k), person=True)
        return [name], _after_apposition(tokens, k, end)
    found = head_at(tokens, k, end)
    if found is None:
        return [], i
    kind, size = found
    after = k + size
    if kind == "organ" and (shared := shared_head(tokens, k, after, end, plural=plural, read=read_name)):
        return shared
    walk = NameWalk(after, after, kind, plural or not tokens.capital(k), after, post=kind == "post")
    if tokens.low[k] in ("bộ", "sở", "phòng") and size == 1 and (more := portfolio_at(tokens, after, end)):
        walk.at = walk.last = walk.whole = after + more
        walk.kind = "named"
    read_tail(tokens, walk, end)
    if listed := listed_places(tokens, first, walk.at, end):
        return listed
    if inside := shared_in_post(tokens, first, walk.at, walk.last, end):
        return inside
    return [Name(first, walk.last, tokens.slice(first, walk.last), plural, bool(honour))], walk.at


def is_post(tokens: Tokens, name: Name) -> bool:
    """Whether a name is that of a post ("Chủ tịch UBND tỉnh")."""
    found = head_at(tokens, skip_plural(tokens, name.first, name.last), name.last)
    return found is not None and found[0] == "post"


def of_people(tokens: Tokens, name: Name) -> bool:
    """Whether a name stands for those who live and work somewhere ("cán bộ, đảng viên", "người dân")."""
    found = head_at(tokens, skip_plural(tokens, name.first, name.last), name.last)
    return found is not None and found[0] == "people"


def _after_apposition(tokens: Tokens, i: int, end: int) -> int:
    """After a person: past ", Phó Chủ tịch …" or "- Trưởng ban …"."""
    while i < end and tokens.low[i] in (",", "-", "–", "("):
        if tokens.low[i] == "(":
            i = past_bracket(tokens, i, end)
            continue
        found = head_at(tokens, i + 1, end)
        if found is None or found[0] not in _APPOSED:
            return i
        i = to_separator(tokens, i + 1, end)
    return i


def read_unknown(tokens: Tokens, i: int, end: int) -> tuple[list[Name], int]:
    """A class of people or offices that no list knows ("Các chuyên gia tư vấn phải …"), before the words for a deed."""
    low = tokens.low
    if i + 2 >= end or low[i] not in ("các", "những", "mọi", "mỗi", "từng"):
        return [], i
    if lexicon().things.at(low, i + 1, end) or not low[i + 1].isalpha():
        return [], i
    for k in range(i + 2, min(i + 12, end)):
        if not low[k][0].isalnum() or low[k] in STOP:
            return [], i
        found = predicate(tokens, k, end)
        if found and not tokens.capital(k) and low[k - 1] not in FIELD:
            return [Name(i, k, tokens.slice(i, k), plural=True)], k
    return [], i


def read_names(tokens: Tokens, i: int, end: int) -> tuple[list[Name], int]:
    """The list of names that begins at token ``i`` and the token after it; ([], i) where none begins."""
    names: list[Name] = []
    at = i
    while at < end:
        more, after = read_name(tokens, at, end)
        if not more:
            break
        names += more
        at = after
        k = at
        if k < end and tokens.low[k] in (",", ";"):
            k += 1
        if k < end and tokens.low[k] in _AND:
            k += 1
            if k < end and tokens.low[k] == "với" and tokens.low[k - 1] == "cùng":
                k += 1
        if k == at or k >= end or not starts_name(tokens, k, end):
            break
        at = k
    return names, at
