"""One head noun written once for several names: "Các Bộ: Quốc phòng, Công an", "Bộ trưởng các Bộ Y tế, Xây dựng"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dondoc.reader.find.heads import PLURAL, head_at, portfolio_at
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Name:
    """One agency in a list: tokens ``first`` to ``last`` (exclusive); ``text`` as it reads on its own."""

    first: int
    last: int
    text: str
    plural: bool = False
    person: bool = False


def shared_in_post(tokens: Tokens, first: int, at: int, last: int, end: int) -> tuple[list[Name], int] | None:
    """ "Bộ trưởng các Bộ: Quốc phòng, Công an": the post and the head noun belong to each field."""
    low, i = tokens.low, at
    if i >= end or i - first < 3:
        return None
    if low[i] == ":" and low[last - 1] in ("bộ", "sở") and low[last - 2] in PLURAL:
        head = last - 1
    elif low[i] in (",", "và"):
        head = next((k for k in range(last - 2, first, -1) if low[k] in ("bộ", "sở")), first)
        if head == first or low[head - 1] not in PLURAL or not portfolio_at(tokens, head + 1, end):
            return None
        i = head
    else:
        return None
    title = f"{tokens.slice(first, head - 1)} {tokens.slice(head, head + 1).capitalize()}"
    names: list[Name] = []
    i += 1
    while i < end and (size := portfolio_at(tokens, i, end)) and not _place_follows(tokens, i + size, end):
        names.append(Name(i, i + size, f"{title} {tokens.slice(i, i + size)}"))
        i += size
        if not (i < end and low[i] in (",", "và", ";") and portfolio_at(tokens, i + 1, end)):
            break
        i += 1
    if len(names) < 2 and not (names and low[at] == ":"):
        return None
    names[0] = Name(first, names[0].last, names[0].text)
    return names, i


def listed_places(tokens: Tokens, first: int, at: int, end: int) -> tuple[list[Name], int] | None:
    """ "UBND các tỉnh: Hà Tĩnh, Quảng Trị": each place apart; one name where kinds of places are mixed."""
    low = tokens.low
    if at + 1 >= end or low[at] != ":" or low[at - 1] not in _PLACE_ENDS or not tokens.capital(at + 1):
        return None
    if head_at(tokens, at + 1, end):
        return None
    runs: list[tuple[int, int]] = []
    k = at + 1
    while k < end and (size := _capitals(tokens, k, end)):
        runs.append((k, k + size))
        k += size
        if not (k + 1 < end and low[k] in (",", "và") and tokens.capital(k + 1) and not head_at(tokens, k + 1, end)):
            break
        k += 1
    if len(runs) < 2:
        return None
    plural = next((p for p in range(at - 1, first - 1, -1) if low[p] in PLURAL), -1)
    if plural < 0 or "," in low[plural:at]:
        return [Name(first, runs[-1][1], tokens.slice(first, runs[-1][1]), plural=True)], k
    before = [tokens.slice(first, plural)] if plural > first else []
    title = " ".join([*before, tokens.slice(plural + 1, at)])
    title = title[0].upper() + title[1:]
    names = [Name(a, b, f"{title} {tokens.slice(a, b)}") for a, b in runs]
    names[0] = Name(first, names[0].last, names[0].text)
    return names, k


def _own_place(tokens: Tokens, i: int) -> bool:
    """Whether "tỉnh", "thành phố", "huyện" … stands at a token: the level that the last field names for all."""
    word = tokens.low[i]
    whole = word != "thành" or tokens.low[i + 1 : i + 2] == ["phố"]
    return word in ("tỉnh", "thành", "phố", "huyện", "quận", "xã", "phường") and whole and not tokens.capital(i)


_PLACE_ENDS = frozenset({"tỉnh", "phố", "huyện", "quận", "xã", "phường", "khu", "trấn", "ương"})


def _capitals(tokens: Tokens, i: int, end: int) -> int:
    """The tokens of a name of a place: words with capitals, joined by "-"."""
    k = i
    while k < end and (tokens.capital(k) or (k > i and tokens.low[k] == "-" and k + 1 < end and tokens.capital(k + 1))):
        k += 1
    return k - i


def shared_head(
    tokens: Tokens,
    head: int,
    after: int,
    end: int,
    *,
    plural: bool,
    read: Callable[[Tokens, int, int], tuple[list[Name], int]],
) -> tuple[list[Name], int] | None:
    """ "Các Bộ: Quốc phòng, Công an", "Bộ Tài chính, Y tế": one head noun written once for several fields."""
    low = tokens.low
    if low[head] not in ("bộ", "sở", "cục", "vụ", "ban", "phòng", "viện", "trường", "tổng"):
        return None
    title = tokens.slice(head, head + 1)
    title = title[0].upper() + title[1:]
    i = _past_others(tokens, after, end) if plural else after
    colon = i < end and low[i] == ":"
    if not colon and i != after:
        return None
    i += colon
    names: list[Name] = []
    while i < end:
        size = _field_listed(tokens, i, end) if colon else portfolio_at(tokens, i, end)
        follows = i + size
        if size and not colon and follows < end and low[follows][0].isalpha() and tokens.capital(follows):
            break
        if size and (colon or not names or low[i - 1] in (",", "và")):
            if names and not colon and _place_follows(tokens, follows, end):
                break
            names.append(Name(i, follows, f"{title} {tokens.slice(i, follows)}"))
            i = follows
        elif colon and not size and head_at(tokens, i, end) and tokens.capital(i):
            more, i = read(tokens, i, end)
            names += more
        else:
            break
        if not _another_follows(tokens, i, end, colon=colon):
            break
        i += 1
    if len(names) < 2 and not (colon and names):
        return None
    if not colon:
        names[0] = Name(head, names[0].last, names[0].text)
    return names, i


def _past_others(tokens: Tokens, i: int, end: int) -> int:
    """The place behind ", cơ quan ngang bộ, ban, ngành", which may stand between "Các Bộ" and its colon."""
    while i + 1 < end and tokens.low[i] == "," and tokens.low[i + 1] in ("cơ", "ngành", "ban", "địa", "đơn"):
        found = head_at(tokens, i + 1, end)
        if found is None:
            break
        i += 1 + found[1]
    return i


def _field_listed(tokens: Tokens, i: int, end: int) -> int:
    """The size of a field behind a colon, where one that is in no list of ours is believed, too."""
    size = portfolio_at(tokens, i, end)
    if not size and tokens.capital(i) and not head_at(tokens, i, end):
        size = _field_run(tokens, i, end)
    while size and i + size < end and _own_place(tokens, i + size):
        size += 1
    if size and tokens.low[i + size + 1 : i + size + 2] in (["ủy"], ["ương"]):
        size += 2
    return size


def _another_follows(tokens: Tokens, i: int, end: int, *, colon: bool) -> bool:
    """Whether a comma, a semicolon or "và" at a place leads to a further field of the same head noun."""
    if i >= end or tokens.low[i] not in (",", "và", ";"):
        return False
    return bool(portfolio_at(tokens, i + 1, end)) or (colon and i + 1 < end and tokens.capital(i + 1))


def _field_run(tokens: Tokens, i: int, end: int) -> int:
    """The tokens of an unknown field after "Các Cục:", up to the next mark, "và" or word for a deed."""
    k = i
    while k < end and tokens.low[k][0].isalnum():
        if tokens.low[k] in ("và", "theo", "căn", "trong") and not (k + 1 < end and tokens.low[k + 1] == "Đ"):
            break
        if k > i and not tokens.capital(k) and predicate(tokens, k, end):
            break
        k += 1
    return k - i


def _place_follows(tokens: Tokens, i: int, end: int) -> bool:
    return i < end and tokens.low[i] in (
        "tỉnh",
        "thành",
        "tp",
        "huyện",
        "xã",
        "quận",
        "phường",
        "nhân",
        "các",
    )
