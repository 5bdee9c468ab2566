"""Names of agencies, posts, persons and classes of agencies, and lists of them, as official prose has them."""

from __future__ import annotations

from dataclasses import dataclass

from dondoc.reader.find.heads import (
    PLURAL,
    capital_run,
    head_at,
    honorific,
    new_name,
    past_bracket,
    portfolio_at,
    skip_plural,
    starts_name,
)
from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.shared_heads import Name, shared_head, shared_in_post
from dondoc.reader.find.tokens import Tokens

__all__ = ["Name", "read_name", "read_names", "read_unknown", "starts_name"]

_HONOUR = frozenset({"đồng", "ông", "bà", "đ"})
_AND = frozenset({"và", "cùng", "với", "hoặc", "&"})
_STOP = terms(
    "theo căn trên trong để nhằm tại về khi do là đã đang sẽ được bị cũng đều vừa nhất đặc như đến "
    "vào qua bằng không chưa nếu mà thì này hàng hằng trước sau thực"
)
_RELATIVE = frozenset(
    {"liên", "thẩm", "chức", "trách", "nhu", "trụ", "dự", "nông", "người", "vốn", "đất", "tên", "rừng"}
)
# "phạm vi quản lý", "công tác kiểm tra": the second word names a field, it orders nothing.
_FIELD = terms("vi tác động vực việc")
# After a name that is complete ("Sở Y tế", "… có liên quan") only these words still belong to it.
_AFTER_CLOSED = terms(
    "tỉnh thành tp huyện quận xã phường thị trung việt các của thuộc trực ở tại trên nêu đến tới trong khác và cùng với"
    " được có cấp"
)
_GENERIC = frozenset({"organ", "firm", "company", "party", "force"})
_APPOSED = frozenset({"post", "organ", "named"})


@dataclass(slots=True)
class _Walk:
    """Where the reading of one name stands."""

    at: int
    last: int
    kind: str
    plural: bool
    relative: bool = False
    closed: bool = False


def _modal_ahead(tokens: Tokens, i: int, end: int, *, relative: bool) -> bool:
    """Whether an obliging word follows soon: what stands before it then belongs to the name.

    After "được giao …" (``relative``) a word of manner shows it too, and commas may stand between.
    """
    for k in range(i, min(end, i + (22 if relative else 12))):
        if tokens.low[k] in (".", ";", ":") or (tokens.low[k] == "," and not relative):
            return False
        found = lexicon().predicates.at(tokens.low, k, end)
        if found and found[0] == "modal" and tokens.low[k - 1] != "không":
            return True
        if (
            relative
            and found
            and tokens.low[k] in ("chủ", "khẩn")
            and found[1] == 2
            and tokens.low[k + 1] in ("động", "trương")
        ):
            return True
    return False


def _comma_goes_on(tokens: Tokens, walk: _Walk, i: int, end: int) -> int:
    """After a comma or "và" at ``i - 1``: how many tokens of a further noun of the same class belong to the name."""
    found = head_at(tokens, i, end)
    if found is None or found[0] != walk.kind:
        return 0
    kind, size = found
    bare = not tokens.capital(i)
    if kind == "organ" and not bare:
        follows = i + size
        bare = walk.plural and not (follows < end and tokens.capital(follows))
    if kind in ("firm", "company", "place", "committee"):
        bare = walk.plural or bare or kind == "place"
        if kind == "place" and tokens.capital(i) and i + size < end and tokens.capital(i + size):
            bare = False
    if kind == "force":
        bare = tokens.low[i] != "lực"
    return size if bare and (walk.plural or kind in ("place", "organ", "company")) else 0


def _places_go_on(tokens: Tokens, walk: _Walk, i: int, end: int) -> int:
    """ "các tỉnh Đắk Lắk, Gia Lai và Lâm Đồng": how many tokens of a further place name belong to the name."""
    if walk.kind != "place" or not walk.plural or i >= end or not tokens.capital(walk.last - 1):
        return 0
    if not tokens.capital(i) or new_name(tokens, i, end):
        return 0
    return capital_run(tokens, i, end)


def _tail(tokens: Tokens, walk: _Walk, end: int) -> None:
    """Walks to the end of a name whose head has been read."""
    low = tokens.low
    while walk.at < end:
        i = walk.at
        word = low[i]
        if word == "(":
            after = past_bracket(tokens, i, end)
            walk.at = after
            if after < end and low[after] in (",", ";", ":", ".", "và"):
                return
            continue
        if word in ("cùng", "với") and new_name(tokens, i + 1 + (low[i + 1 : i + 2] == ["với"]), end):
            return
        if word in (",", "và", "hoặc", "/"):
            size = _comma_goes_on(tokens, walk, i + 1, end) or _places_go_on(tokens, walk, i + 1, end)
            if not size and word == "và" and i + 1 < end and not new_name(tokens, i + 1, end):
                size = 1 if predicate(tokens, i + 1, end) is None or tokens.capital(i + 1) else 0
            if not size and word == "/" and i + 1 < end:
                size = 1
            if not size:
                return
            walk.at = walk.last = i + 1 + size
            continue
        if word in "-–":
            if i + 1 < end and (found := head_at(tokens, i + 1, end)) and found[0] == "post":
                walk.at = _to_separator(tokens, i + 1, end)
                return
            if i + 1 < end and (tokens.capital(i + 1) or low[i + 1].isalpha()) and low[i + 1] not in _STOP:
                if predicate(tokens, i + 1, end) and not tokens.capital(i + 1):
                    return
                walk.at = walk.last = i + 2
                continue
            return
        if not word[0].isalnum():
            return
        if not _word(tokens, walk, end):
            return


def _word(tokens: Tokens, walk: _Walk, end: int) -> bool:
    """Takes one more word into a name; False where the name ends."""
    low, i = tokens.low, walk.at
    word = low[i]
    if walk.closed and not tokens.capital(i) and word not in _AFTER_CLOSED:
        return False
    walk.closed = False
    passive = word in ("được", "do") and low[i + 1 : i + 2] in (
        ["giao"],
        ["phân"],
        ["hưởng"],
        ["cấp"],
        ["ủy"],
        ["lựa"],
    )
    if passive and (walk.plural or walk.kind in _GENERIC or walk.kind == "post"):
        walk.relative = True
        walk.at = walk.last = i + 2
        return True
    if word in PLURAL and i + 1 < end:
        return _inner_plural(tokens, walk, end)
    if low[i : i + 3] == ["có", "liên", "quan"] or low[i : i + 2] == ["liên", "quan"]:
        walk.at = walk.last = i + (3 if word == "có" else 2)
        walk.closed = True
        return True
    if word == "có" and i + 1 < end and low[i + 1] in _RELATIVE and low[i + 1 : i + 3] != ["trách", "nhiệm"]:
        walk.relative = True
        walk.at = walk.last = i + 2
        return True
    if word == "không" and low[i + 1 : i + 2] == ["chuyên"]:
        walk.at = walk.last = i + 1
        return True
    if tokens.capital(i) and (found := head_at(tokens, i, end)) and found[1] > 1:
        walk.kind = found[0]
        walk.at = walk.last = i + found[1]
        return True
    deed = predicate(tokens, i, end) if low[i - 1] not in _FIELD else None
    if deed and (not tokens.capital(i) or "\n" in tokens.text[tokens.end[i - 1] : tokens.start[i]]):
        kind, size = deed
        inside = (
            walk.relative
            or walk.kind == "force"
            or (walk.kind in _GENERIC and walk.last == i and i > 0 and _adjacent_head(tokens, i))
        )
        if (
            kind != "modal"
            and inside
            and _modal_ahead(tokens, i + size, end, relative=walk.relative or walk.kind == "force")
        ):
            walk.at = walk.last = i + size
            walk.relative = True
            return True
        if (
            word in ("chủ", "phối")
            and kind == "verb"
            and low[i - 1] in ("quan", "vị")
            and predicate(tokens, i + size, end)
        ):
            walk.at = walk.last = i + size
            return True
        if kind == "verb" and word == "quản" and _adjacent_head(tokens, i):
            walk.at = walk.last = i + size
            return True
        if not (walk.relative and kind == "verb" and word in ("làm", "chủ", "quản")):
            return False
        walk.at = walk.last = i + size
        return True
    if word == "đến" and i + 1 < end and tokens.capital(i + 1) and "từ" in low[i - 5 : i]:
        walk.at = walk.last = i + 2
        return True
    if word == "một" and low[i + 1 : i + 2] == ["số"]:
        return False
    if word == "trên" and low[i - 1] == "nêu":
        walk.at = walk.last = i + 1
        return True
    if walk.relative and word not in ("theo",):
        walk.at = walk.last = i + 1
        return True
    if (
        word == "theo"
        and walk.relative
        and low[i + 1 : i + 2] not in (["chức"], ["nhiệm"], ["thẩm"])
        and _modal_ahead(tokens, i, end, relative=True)
    ):
        walk.at = walk.last = i + 1
        return True
    if word in _STOP and not tokens.capital(i):
        return word == "trên" and _above(tokens, walk, end)
    if word == "có" and not tokens.capital(i):
        return False
    size = portfolio_at(tokens, i, end) or 1
    found = head_at(tokens, i, end)
    if found:
        size = max(size, found[1])
        walk.kind = found[0]
    walk.at = walk.last = i + size
    return True


def _above(tokens: Tokens, walk: _Walk, end: int) -> bool:
    """ "trên địa bàn …" narrows a name; "trên cơ sở …" does not."""
    i = walk.at
    if tokens.low[i + 1 : i + 3] != ["địa", "bàn"]:
        return False
    walk.at = walk.last = i + 3
    return True


def _adjacent_head(tokens: Tokens, i: int) -> bool:
    return any(
        i >= size and (found := lexicon().heads.at(tokens.low, i - size, i)) is not None and found[1] == size
        for size in (1, 2, 3)
    )


def _inner_plural(tokens: Tokens, walk: _Walk, end: int) -> bool:
    """ "Ủy ban nhân dân các tỉnh, thành phố": a plural inside a name opens a class of its own."""
    i = walk.at
    k = skip_plural(tokens, i, end)
    found = head_at(tokens, k, end)
    if found is None:
        return False
    walk.kind, size = found
    walk.plural = True
    size = max(size, 1)
    walk.at = walk.last = k + size
    if found[0] == "organ" and tokens.low[k] in ("bộ", "sở") and (more := portfolio_at(tokens, walk.at, end)):
        walk.at = walk.last = walk.at + more
    return True


def _to_separator(tokens: Tokens, i: int, end: int) -> int:
    """Past an apposition ("… - Phó Trưởng ban …"): to the next comma or word for a deed."""
    for k in range(i, end):
        if tokens.low[k] in (",", ";", ":", "."):
            return k
        if tokens.low[k] == "và" and new_name(tokens, k + 1, end):
            return k
        if not tokens.capital(k) and predicate(tokens, k, end):
            return k
    return end


def read_name(tokens: Tokens, i: int, end: int) -> tuple[list[Name], int]:
    """The name that begins at token ``i`` and the token after it; several where a head noun is shared."""
    honour = honorific(tokens, i, end)
    first = i + honour
    k = skip_plural(tokens, first, end)
    plural = k != first
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
    walk = _Walk(after, after, kind, plural or not tokens.capital(k))
    if tokens.low[k] in ("bộ", "sở", "phòng") and size == 1 and (more := portfolio_at(tokens, after, end)):
        walk.at = walk.last = after + more
        walk.kind = "named"
    _tail(tokens, walk, end)
    if inside := shared_in_post(tokens, first, walk.at, walk.last, end):
        return inside
    return [Name(first, walk.last, tokens.slice(first, walk.last), plural, bool(honour))], walk.at


def _after_apposition(tokens: Tokens, i: int, end: int) -> int:
    """After a person: past ", Phó Chủ tịch …" or "- Trưởng ban …"."""
    while i < end and tokens.low[i] in (",", "-", "–", "("):
        if tokens.low[i] == "(":
            i = past_bracket(tokens, i, end)
            continue
        found = head_at(tokens, i + 1, end)
        if found is None or found[0] not in _APPOSED:
            return i
        i = _to_separator(tokens, i + 1, end)
    return i


def read_unknown(tokens: Tokens, i: int, end: int) -> tuple[list[Name], int]:
    """A class of people or offices that no list knows ("Các chuyên gia tư vấn phải …"), before the words for a deed."""
    low = tokens.low
    if i + 2 >= end or low[i] not in ("các", "những", "mọi", "mỗi", "từng"):
        return [], i
    if lexicon().things.at(low, i + 1, end) or not low[i + 1].isalpha():
        return [], i
    for k in range(i + 2, min(i + 12, end)):
        if not low[k][0].isalnum() or low[k] in _STOP:
            return [], i
        found = predicate(tokens, k, end)
        if found and not tokens.capital(k) and low[k - 1] not in _FIELD:
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
