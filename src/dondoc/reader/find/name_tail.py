"""How far a name of an agency runs: from its head noun to where the words for a deed begin."""

from __future__ import annotations

from dondoc.reader.find.heads import PLURAL, head_at, new_name, past_bracket, portfolio_at, skip_plural
from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.name_lists import (
    JOINED,
    NameWalk,
    class_goes_on,
    comma_goes_on,
    field_goes_on,
    named_so,
    places_go_on,
)
from dondoc.reader.find.predicates import begins, predicate
from dondoc.reader.find.tokens import Tokens

STOP = terms(
    "theo căn trên trong để nhằm tại về khi do là đã đang sẽ được bị cũng đều vừa nhất đặc như đến "
    "vào qua bằng không chưa nếu mà thì này hàng hằng trước sau"
)
_RELATIVE = frozenset(
    {"liên", "thẩm", "chức", "trách", "nhu", "trụ", "dự", "nông", "người", "vốn", "đất", "tên", "rừng"}
)
# "phạm vi quản lý", "công tác kiểm tra": the second word names a field, it orders nothing.
FIELD = terms("vi tác động vực việc chủ lệ")
# After a name that is complete ("Sở Y tế", "… có liên quan") only these words still belong to it.
_AFTER_CLOSED = terms(
    "tỉnh thành tp huyện quận xã phường thị trung việt các của thuộc trực ở tại trên nêu đến tới trong khác và cùng với"
    " được có cấp"
)
_GIVEN = (["giao"], ["phân"], ["hưởng"], ["cấp"], ["ủy"], ["lựa"])
_GENERIC = frozenset({"organ", "firm", "company", "party", "force", "people"})
# What does a trade: "các công ty khai thác …", "đơn vị tư vấn …", "cơ sở kinh doanh …".
_TRADING = terms("nghiệp ty sở chức quan vị lượng thầu xã nhân hộ gia đình")
# Trades that are rather what is ordered, where no object stands between them and the next verb.
_WITH_OBJECT = terms("đầu xây sử tuyển bán thu vận quản cung đào")


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
            and found[1] > 1
            and tokens.low[k + 1] in ("động", "trương")
        ):
            return True
    return False


def read_tail(tokens: Tokens, walk: NameWalk, end: int) -> None:
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
            size = comma_goes_on(tokens, walk, i + 1, end) or places_go_on(tokens, walk, i + 1, end)
            if not size and word == "và" and i + 1 < end and not new_name(tokens, i + 1, end):
                size = 1 if predicate(tokens, i + 1, end) is None or tokens.capital(i + 1) else 0
            if not size and word == "và" and low[i + 1 : i + 2] == ["các"] and walk.kind == "named":
                size = 2 if head_at(tokens, i + 2, end) is None and named_so(tokens, i + 2, end) else 0
            if not size and word == "," and (low[i - 1], *low[i + 1 : i + 2]) in JOINED:
                size = 1
            if not size and word == ",":
                size = class_goes_on(tokens, walk, i + 1, end) or field_goes_on(tokens, i + 1, end)
            if not size and word == "/" and i + 1 < end:
                size = 1
            if not size:
                return
            walk.at = walk.last = i + 1 + size
            continue
        if word in "-–":
            if i + 1 < end and (found := head_at(tokens, i + 1, end)) and found[0] == "post":
                walk.at = to_separator(tokens, i + 1, end)
                return
            if i + 1 < end and (tokens.capital(i + 1) or low[i + 1].isalpha()) and low[i + 1] not in STOP:
                if predicate(tokens, i + 1, end) and not tokens.capital(i + 1):
                    return
                walk.at = walk.last = i + 2
                continue
            return
        if not word[0].isalnum():
            return
        if not _word(tokens, walk, end):
            return


def _word(tokens: Tokens, walk: NameWalk, end: int) -> bool:
    """Takes one more word into a name; False where the name ends."""
    i = walk.at
    word = tokens.low[i]
    if walk.closed and not tokens.capital(i) and word not in _AFTER_CLOSED:
        return False
    walk.closed = False
    if word in PLURAL and i + 1 < end and not _given(tokens, walk):
        return _inner_plural(tokens, walk, end)
    if size := _given(tokens, walk) or _narrowing(tokens, walk, end):
        return walk.take(size)
    deed = _deed(tokens, walk, end)
    if deed and (not tokens.capital(i) or "\n" in tokens.text[tokens.end[i - 1] : tokens.start[i]]):
        return _belongs(tokens, walk, end, *deed)
    return _plain(tokens, walk, end)


def _given(tokens: Tokens, walk: NameWalk) -> int:
    """The length of "được giao", "do … cấp" where they narrow a class ("các đơn vị được giao …"), else 0."""
    low, i = tokens.low, walk.at
    if low[i] == "được" and walk.plural and i + 1 < len(low) and predicate(tokens, i + 1, len(low)):
        walk.relative = True
        return 2
    if low[i] not in ("được", "do") or low[i + 1 : i + 2] not in _GIVEN:
        return 0
    if walk.plural or (walk.kind in _GENERIC | {"post"} and _adjacent_head(tokens, i)):
        walk.relative = True
        return 2
    return 0


def _narrowing(tokens: Tokens, walk: NameWalk, end: int) -> int:
    """The length of words that narrow a name or go on with it ("có liên quan", "không chuyên …"), else 0."""
    low, i = tokens.low, walk.at
    word = low[i]
    if low[i : i + 3] == ["có", "liên", "quan"] or low[i : i + 2] == ["liên", "quan"]:
        walk.closed = True
        return 3 if word == "có" else 2
    if word == "có" and i + 1 < end and low[i + 1] in _RELATIVE and low[i + 1 : i + 3] != ["trách", "nhiệm"]:
        walk.relative = True
        return 2
    if word == "không" and low[i + 1 : i + 2] == ["chuyên"]:
        return 1
    if tokens.capital(i) and (found := head_at(tokens, i, end)) and found[1] > 1:
        walk.kind = found[0]
        return found[1]
    if walk.kind in _GENERIC and (after := _trade(tokens, i, end)):
        walk.closed = True
        return after - i
    return 0


def _belongs(tokens: Tokens, walk: NameWalk, end: int, kind: str, size: int) -> bool:
    """Whether a verb inside a name belongs to it ("cơ quan chủ trì …", "lực lượng tham gia … phải")."""
    low, i = tokens.low, walk.at
    word = low[i]
    adjacent = i > 0 and _adjacent_head(tokens, i)
    inside = walk.relative or walk.kind == "force" or (walk.kind in _GENERIC and walk.last == i and adjacent)
    far = walk.relative or walk.kind == "force"
    if kind != "modal" and inside and _modal_ahead(tokens, i + size, end, relative=far):
        walk.relative = True
        return walk.take(size)
    if kind != "verb":
        return False
    if (
        walk.relative
        and low[i - 1] in ("giao", "công")
        and any(begins(tokens, k, end) for k in _ahead(tokens, i + size, end))
    ):
        return walk.take(size)
    led = word in ("chủ", "phối") and low[i - 1] in ("quan", "vị") and predicate(tokens, i + size, end) is not None
    run = word == "quản" and adjacent and (walk.plural or walk.kind != "place")
    if led or run or (walk.relative and word in ("làm", "chủ", "quản") and low[i + 1 : i + 2] != ["động"]):
        return walk.take(size)
    return False


_URGED = terms("khẩn phải cần tập chủ nghiêm")


def _narrows(tokens: Tokens, walk: NameWalk, end: int) -> bool:
    """ "các đơn vị có tỷ lệ giải ngân thấp rà soát", "các xã chưa gửi báo cáo phải …": which of a class are told."""
    i = walk.at
    if not (walk.plural and i + 2 < end and tokens.low[i + 1] not in ("trách", "nhiệm", "nghĩa")):
        return False
    ahead = [k for k in _ahead(tokens, i + 1, end) if begins(tokens, k, end) and tokens.low[k - 1] not in FIELD]
    if tokens.low[i] == "có" and ahead and ahead[0] > i + 2:
        walk.closed = True
        walk.take(ahead[0] - i)
        return True
    urged = next((k for k in ahead[1:] if tokens.low[k] in _URGED), 0)
    if tokens.low[i] == "chưa" and ahead and urged:
        walk.closed = True
        return walk.take(urged - i)
    return False


def _ahead(tokens: Tokens, i: int, end: int) -> range:
    """The next tokens of the same clause."""
    last = next((k for k in range(i, min(end, i + 12)) if tokens.low[k] in ",;.:("), min(end, i + 12))
    return range(i, last)


def _plain(tokens: Tokens, walk: NameWalk, end: int) -> bool:
    """Takes a word that is neither a verb nor the head of a further name."""
    low, i = tokens.low, walk.at
    word = low[i]
    if word == "đến" and i + 1 < end and tokens.capital(i + 1) and "từ" in low[i - 5 : i]:
        return walk.take(2)
    if word == "một" and low[i + 1 : i + 2] == ["số"]:
        return False
    if (word == "trên" and low[i - 1] == "nêu") or (walk.relative and word != "theo"):
        return walk.take(1)
    own_rule = low[i + 1 : i + 2] not in (["chức"], ["nhiệm"], ["thẩm"])
    if word == "theo" and walk.relative and own_rule and _modal_ahead(tokens, i, end, relative=True):
        return walk.take(1)
    if word in STOP and word != "chưa" and not tokens.capital(i):
        return word == "trên" and _above(tokens, walk, end)
    if word in ("có", "chưa") and not tokens.capital(i):
        return _narrows(tokens, walk, end)
    size = portfolio_at(tokens, i, end) or 1
    if (noun := lexicon().predicates.at(low, i, end)) and noun[0] == "noun":
        size = max(size, noun[1])
    if found := head_at(tokens, i, end):
        size = max(size, found[1])
        walk.kind = found[0]
    return walk.take(size)


def _deed(tokens: Tokens, walk: NameWalk, end: int) -> tuple[str, int] | None:
    """The words for a deed at the next token of a name; after a name that may be complete also a rarer verb."""
    i = walk.at
    thing = lexicon().things.at(tokens.low, i - 1, end)
    field = tokens.low[i - 2 : i] == ["dự", "án"] or (
        tokens.low[i - 1] in FIELD and tokens.low[i - 2 : i] != ["khu", "vực"]
    )
    found = predicate(tokens, i, end)
    whole = i == walk.head and (tokens.low[i - 2 : i] == ["giúp", "việc"] or (found and found[0] != "verb"))
    if field and found and whole:
        return found  # "Tổ công tác phải …", "Tổ giúp việc lập …": the head is all of the name
    if field or (thing and thing[1] > 1):
        return None
    if found is None and walk.complete(tokens):
        found = predicate(tokens, i, end, opening=True)
        return found if found and found[1] > 1 else None
    return found


def _above(tokens: Tokens, walk: NameWalk, end: int) -> bool:
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


def _inner_plural(tokens: Tokens, walk: NameWalk, end: int) -> bool:
    """ "Ủy ban nhân dân các tỉnh, thành phố": a plural inside a name opens a class of its own."""
    i = walk.at
    k = skip_plural(tokens, i, end)
    found = head_at(tokens, k, end)
    if found is None:
        # "Ban Quản lý các công trình thủy lợi": the plural is what a named body deals with.
        if tokens.low[i] != "các" or low_verb(tokens, i) is None:
            return False
        walk.at = walk.last = k + 1
        return k < end
    walk.kind, size = found
    walk.plural = True
    size = max(size, 1)
    walk.at = walk.last = k + size
    if found[0] == "organ" and tokens.low[k] in ("bộ", "sở") and (more := portfolio_at(tokens, walk.at, end)):
        walk.at = walk.last = walk.at + more
    return True


def _trade(tokens: Tokens, i: int, end: int) -> int:
    """Past what a class of bodies does for a living, where the words for a deed follow; 0 where they do not."""
    low = tokens.low
    if low[i - 1] not in _TRADING or tokens.capital(i) or not (found := lexicon().trades.at(low, i, end)):
        return 0
    last, k = i, i + found[1]
    while k + 1 < end and low[k] in (",", "và") and (found := lexicon().trades.at(low, k + 1, end)):
        last, k = k + 1, k + 1 + found[1]
    for m in range(k, min(end, k + 12)):
        if low[m] in ",.;:(":
            return 0
        if begins(tokens, m, end):
            return 0 if m == k and low[last] in _WITH_OBJECT else m
    return 0


def low_verb(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """The verb of a name ("Quản lý", "xây dựng") that ends before token ``i``, or None."""
    for size in (2, 1):
        if i >= size and (found := lexicon().predicates.at(tokens.low, i - size, i)) and found[1] == size:
            return found
    return None


def to_separator(tokens: Tokens, i: int, end: int) -> int:
    """Past an apposition ("… - Phó Trưởng ban …"): to the next comma or word for a deed."""
    for k in range(i, end):
        if tokens.low[k] in (",", ";", ":", "."):
            return k
        if tokens.low[k] == "và" and new_name(tokens, k + 1, end):
            return k
        if not tokens.capital(k) and predicate(tokens, k, end):
            return k
    return end
