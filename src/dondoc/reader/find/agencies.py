"""Names of agencies, posts, persons and classes of agencies, and lists of them, as official prose writes them."""

from __future__ import annotations

from dataclasses import dataclass

from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.tokens import Tokens

_PLURAL = frozenset({"các", "những", "mọi", "mỗi", "từng", "toàn", "tất"})
_HONOUR = frozenset({"đồng", "ông", "bà", "đ"})
_AND = frozenset({"và", "cùng", "với", "hoặc", "&"})
_STOP = terms(
    "theo căn trên trong để nhằm tại về khi do là đã đang sẽ được bị cũng đều vừa nhất đặc như đến "
    "vào qua bằng không chưa nếu mà thì này hàng hằng trước sau thực"
)
_RELATIVE = frozenset(
    {"liên", "thẩm", "chức", "trách", "nhu", "trụ", "dự", "nông", "người", "vốn", "đất", "tên", "rừng"}
)
_AFTER_ORGANISATION = terms(", và ; . : chính đảng tín xã cá có liên thuộc kinh quốc trong hội khác")
# "phạm vi quản lý", "công tác kiểm tra": the second word names a field, it orders nothing.
_FIELD = terms("vi tác động vực việc")
# "cấp phép", "phòng chống", "vụ việc": the same syllable in words that name no agency.
_OTHER_WORD = {
    "cấp": terms("phát kinh vốn giấy phép trợ thiết bách bổ đổi cho lại mã bù"),
    "phòng": terms("chống ngừa tránh cháy vệ thủ bệnh khi họp"),
    "viện": terms("trợ phí dẫn"),
    "vụ": terms("việc án mùa lợi"),
    "cục": terms("bộ diện"),
    "quỹ": terms("đất lương nhà"),
    "trường": terms("hợp"),
    "hội": terms("nghị nhập họp trường đồng chợ thảo nhóm"),
}
# After a name that is complete ("Sở Y tế", "… có liên quan") only these words still belong to it.
_AFTER_CLOSED = terms(
    "tỉnh thành tp huyện quận xã phường thị trung việt các của thuộc trực ở tại trên nêu đến tới trong khác và cùng với"
    " được có cấp"
)
_GENERIC = frozenset({"organ", "firm", "company", "party", "force"})
_APPOSED = frozenset({"post", "organ", "named"})


@dataclass(frozen=True, slots=True)
class Name:
    """One agency in a list: tokens ``first`` to ``last`` (exclusive); ``text`` as it reads on its own."""

    first: int
    last: int
    text: str
    plural: bool = False
    person: bool = False


def _head(tokens: Tokens, i: int, end: int) -> tuple[str, int] | None:
    found = lexicon().heads.at(tokens.low, i, end)
    if found is None:
        return ("named", 1) if _short_form(tokens, i, end) else None
    size = found[1]
    if size == 2 and tokens.low[i] == "tổ" and tokens.low[i + 1] == "chức":
        before = tokens.low[i - 1] if i else ""
        after = tokens.low[i + 2] if i + 2 < end else ","
        if before not in _PLURAL and after not in _AFTER_ORGANISATION:
            return None
    if tokens.low[i] in ("ban", "báo", "thuế", "đội", "bộ", "hội") and size == 1 and not tokens.capital(i):
        after = tokens.low[i + 1] if i + 1 < end else ""
        if tokens.low[i] in ("báo", "thuế", "đội"):
            return None
        if tokens.low[i] == "ban" and after in ("hành", "đầu", "ngày"):
            return None
        if tokens.low[i] == "hội" and after in ("nghị", "nhập", "họp", "trường", "đồng", "chợ", "thảo", "nhóm"):
            return None
        if tokens.low[i] == "bộ" and after in ("máy", "đội", "tiêu", "chỉ", "sách", "luật", "thủ"):
            return None
    if tokens.low[i] == "báo" and size == 1 and tokens.low[i + 1 : i + 2] in (["cáo"], ["động"], ["hiệu"]):
        return None
    if size == 1 and tokens.low[i] in _OTHER_WORD:
        after = tokens.low[i + 1] if i + 1 < end else ""
        if after in _OTHER_WORD[tokens.low[i]]:
            return None
        if tokens.low[i] in ("vụ", "cục", "quỹ", "viện") and not tokens.capital(i):
            return None
    return found


def _short_form(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a word is the short form of a name ("EVN", "VNPT"): capitals among small letters."""
    word = tokens.text[tokens.start[i] : tokens.end[i]] if i < end else ""
    if not 3 <= len(word) <= 7 or not (word.isupper() and word.isalpha() and word.isascii()):
        return False
    if set(word) <= set("IVXLCDM") or i + 1 >= end or tokens.text[tokens.start[i + 1]].isupper():
        return False
    return tokens.low[i + 1][0].isalpha() and tokens.text[tokens.start[i] - 1 : tokens.start[i]] not in "/-&"


def starts_name(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a name, or a plural word and a name, begins at a token."""
    k = _skip_plural(tokens, i, end)
    if k >= end:
        return False
    return _head(tokens, k, end) is not None or _honour(tokens, i, end) > 0


def _skip_plural(tokens: Tokens, i: int, end: int) -> int:
    low = tokens.low
    if i >= end:
        return i
    if low[i] == "một" and i + 1 < end and low[i + 1] == "số":
        return i + 2
    if low[i] == "tất" and i + 2 < end and low[i + 1] == "cả":
        return i + 3 if low[i + 2] in _PLURAL else i + 2
    if low[i] == "toàn" and i + 1 < end and low[i + 1] in ("thể", "bộ"):
        return i + 2
    if low[i] in ("các", "những", "mọi", "mỗi", "từng"):
        return i + 1
    return i


def _honour(tokens: Tokens, i: int, end: int) -> int:
    """How many tokens of address ("đồng chí", "ông", "các đồng chí") stand before a person's name."""
    low, k = tokens.low, i
    if k < end and low[k] in ("các", "những"):
        k += 1
    if k + 1 < end and low[k] == "đồng" and low[k + 1] == "chí":
        k += 2
    elif k + 2 < end and low[k] == "đ" and low[k + 1] == "/" and low[k + 2] == "c":
        k += 3
    elif k + 1 < end and low[k] in ("ông", "bà", "anh", "chị") and tokens.capital(k + 1):
        k += 1
    else:
        return 0
    return k - i if k < end and (tokens.capital(k) or _head(tokens, k, end)) else 0


def _portfolio(tokens: Tokens, i: int, end: int) -> int:
    found = lexicon().portfolios.at(tokens.low, i, end) if i < end else None
    return found[1] if found and tokens.capital(i) else 0


def _bracket(tokens: Tokens, i: int, end: int) -> int:
    """The token after the bracket that opens at ``i``."""
    depth = 0
    for k in range(i, end):
        if tokens.low[k] == "(":
            depth += 1
        elif tokens.low[k] == ")":
            depth -= 1
            if depth == 0:
                return k + 1
    return i + 1


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
        if relative and found and tokens.low[k] in ("chủ", "khẩn") and found[1] == 2 and tokens.low[k + 1] in ("động", "trương"):
            return True
    return False


def _comma_goes_on(tokens: Tokens, walk: _Walk, i: int, end: int) -> int:
    """After a comma or "và" at ``i - 1``: how many tokens of a further noun of the same class belong to the name."""
    found = _head(tokens, i, end)
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
    if not tokens.capital(i) or _new_name(tokens, i, end):
        return 0
    return _capital_run(tokens, i, end)


def _capital_run(tokens: Tokens, i: int, end: int) -> int:
    k = i
    while k < end and tokens.low[k][0].isalpha() and tokens.capital(k):
        if k > i and predicate(tokens, k, end) and "\n" in tokens.text[tokens.end[k - 1] : tokens.start[k]]:
            break
        k += 1
    return k - i


def _tail(tokens: Tokens, walk: _Walk, end: int) -> None:
    """Walks to the end of a name whose head has been read."""
    low = tokens.low
    while walk.at < end:
        i = walk.at
        word = low[i]
        if word == "(":
            after = _bracket(tokens, i, end)
            walk.at = after
            if after < end and low[after] in (",", ";", ":", ".", "và"):
                return
            continue
        if word in ("cùng", "với") and _new_name(tokens, i + 1 + (low[i + 1 : i + 2] == ["với"]), end):
            return
        if word in (",", "và", "hoặc", "/"):
            size = _comma_goes_on(tokens, walk, i + 1, end) or _places_go_on(tokens, walk, i + 1, end)
            if not size and word == "và" and i + 1 < end and not _new_name(tokens, i + 1, end):
                size = 1 if predicate(tokens, i + 1, end) is None or tokens.capital(i + 1) else 0
            if not size and word == "/" and i + 1 < end:
                size = 1
            if not size:
                return
            walk.at = walk.last = i + 1 + size
            continue
        if word in "-–":
            if i + 1 < end and (found := _head(tokens, i + 1, end)) and found[0] == "post":
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


def _new_name(tokens: Tokens, i: int, end: int) -> bool:
    return _skip_plural(tokens, i, end) != i or _head(tokens, i, end) is not None or _honour(tokens, i, end) > 0


def _word(tokens: Tokens, walk: _Walk, end: int) -> bool:
    """Takes one more word into a name; False where the name ends."""
    low, i = tokens.low, walk.at
    word = low[i]
    if walk.closed and not tokens.capital(i) and word not in _AFTER_CLOSED:
        return False
    walk.closed = False
    passive = word in ("được", "do") and low[i + 1 : i + 2] in (["giao"], ["phân"], ["hưởng"], ["cấp"], ["ủy"], ["lựa"])
    if passive and (walk.plural or walk.kind in _GENERIC or walk.kind == "post"):
        walk.relative = True
        walk.at = walk.last = i + 2
        return True
    if word in _PLURAL and i + 1 < end:
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
    if tokens.capital(i) and (found := _head(tokens, i, end)) and found[1] > 1:
        walk.kind = found[0]
        walk.at = walk.last = i + found[1]
        return True
    deed = predicate(tokens, i, end) if low[i - 1] not in _FIELD else None
    if deed and (not tokens.capital(i) or "\n" in tokens.text[tokens.end[i - 1] : tokens.start[i]]):
        kind, size = deed
        inside = walk.relative or walk.kind == "force" or (walk.kind in _GENERIC and walk.last == i and i > 0 and _adjacent_head(tokens, i))
        if kind != "modal" and inside and _modal_ahead(tokens, i + size, end, relative=walk.relative or walk.kind == "force"):
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
    size = _portfolio(tokens, i, end) or 1
    found = _head(tokens, i, end)
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
    k = _skip_plural(tokens, i, end)
    found = _head(tokens, k, end)
    if found is None:
        return False
    walk.kind, size = found
    walk.plural = True
    size = max(size, 1)
    walk.at = walk.last = k + size
    if found[0] == "organ" and tokens.low[k] in ("bộ", "sở") and (more := _portfolio(tokens, walk.at, end)):
        walk.at = walk.last = walk.at + more
    return True


def _to_separator(tokens: Tokens, i: int, end: int) -> int:
    """Past an apposition ("… - Phó Trưởng ban …"): to the next comma or word for a deed."""
    for k in range(i, end):
        if tokens.low[k] in (",", ";", ":", "."):
            return k
        if tokens.low[k] == "và" and _new_name(tokens, k + 1, end):
            return k
        if not tokens.capital(k) and predicate(tokens, k, end):
            return k
    return end


def read_name(tokens: Tokens, i: int, end: int) -> tuple[list[Name], int]:
    """The name that begins at token ``i`` and the token after it; several where a head noun is shared."""
    honour = _honour(tokens, i, end)
    first = i + honour
    k = _skip_plural(tokens, first, end)
    plural = k != first
    if honour and not _head(tokens, k, end):
        while k < end and tokens.low[k][0].isalpha() and tokens.capital(k):
            k += 1
        name = Name(first, k, tokens.slice(first, k), person=True)
        return [name], _after_apposition(tokens, k, end)
    found = _head(tokens, k, end)
    if found is None:
        return [], i
    kind, size = found
    after = k + size
    if kind == "organ" and (shared := _shared(tokens, k, after, end, plural)):
        return shared
    walk = _Walk(after, after, kind, plural or not tokens.capital(k))
    if tokens.low[k] in ("bộ", "sở", "phòng") and size == 1 and (more := _portfolio(tokens, after, end)):
        walk.at = walk.last = after + more
        walk.kind = "named"
    _tail(tokens, walk, end)
    if inside := _shared_inside(tokens, first, walk, end):
        return inside
    return [Name(first, walk.last, tokens.slice(first, walk.last), plural, bool(honour))], walk.at


def _shared_inside(tokens: Tokens, first: int, walk: _Walk, end: int) -> tuple[list[Name], int] | None:
    """"Bộ trưởng các Bộ: Quốc phòng, Công an": the post and the head noun belong to each field."""
    low, i = tokens.low, walk.at
    if i >= end or i - first < 3:
        return None
    if low[i] == ":" and low[walk.last - 1] in ("bộ", "sở") and low[walk.last - 2] in _PLURAL:
        head = walk.last - 1
    elif low[i] in (",", "và"):
        head = next((k for k in range(walk.last - 2, first, -1) if low[k] in ("bộ", "sở")), first)
        if head == first or low[head - 1] not in _PLURAL or not _portfolio(tokens, head + 1, end):
            return None
        i = head
    else:
        return None
    title = f"{tokens.slice(first, head - 1)} {tokens.slice(head, head + 1).capitalize()}"
    names: list[Name] = []
    i += 1
    while i < end and (size := _portfolio(tokens, i, end)) and not _place_follows(tokens, i + size, end):
        names.append(Name(i, i + size, f"{title} {tokens.slice(i, i + size)}"))
        i += size
        if not (i < end and low[i] in (",", "và", ";") and _portfolio(tokens, i + 1, end)):
            break
        i += 1
    if len(names) < 2 and not (names and low[walk.at] == ":"):
        return None
    names[0] = Name(first, names[0].last, names[0].text)
    return names, i


def _after_apposition(tokens: Tokens, i: int, end: int) -> int:
    """After a person: past ", Phó Chủ tịch …" or "- Trưởng ban …"."""
    while i < end and tokens.low[i] in (",", "-", "–", "("):
        if tokens.low[i] == "(":
            i = _bracket(tokens, i, end)
            continue
        found = _head(tokens, i + 1, end)
        if found is None or found[0] not in _APPOSED:
            return i
        i = _to_separator(tokens, i + 1, end)
    return i


def _shared(tokens: Tokens, head: int, after: int, end: int, plural: bool) -> tuple[list[Name], int] | None:
    """ "Các Bộ: Quốc phòng, Công an", "Bộ Tài chính, Y tế": one head noun written once for several fields."""
    low = tokens.low
    if low[head] not in ("bộ", "sở", "cục", "vụ", "ban", "phòng", "viện", "trường", "tổng"):
        return None
    title = tokens.slice(head, head + 1)
    title = title[0].upper() + title[1:]
    i = after
    while i + 1 < end and low[i] == "," and low[i + 1] in ("cơ", "ngành", "ban", "địa", "đơn") and plural:
        found = _head(tokens, i + 1, end)
        if found is None:
            break
        i += 1 + found[1]
    colon = i < end and low[i] == ":"
    if not colon and i != after:
        return None
    i += colon
    names: list[Name] = []
    own = False
    while i < end:
        size = _portfolio(tokens, i, end)
        if colon and not size and tokens.capital(i) and not _head(tokens, i, end):
            size = _field_run(tokens, i, end)
        follows = i + size
        if size and not colon and follows < end and low[follows][0].isalpha() and tokens.capital(follows):
            break
        if size and (colon or not names or low[i - 1] in (",", "và")):
            if names and not colon and _place_follows(tokens, follows, end):
                break
            names.append(Name(i, follows, f"{title} {tokens.slice(i, follows)}"))
            i = follows
        elif colon and _head(tokens, i, end) and tokens.capital(i):
            more, i = read_name(tokens, i, end)
            own = True
            names += more
        else:
            break
        if (
            i < end
            and low[i] in (",", "và", ";")
            and (_portfolio(tokens, i + 1, end) or (colon and i + 1 < end and tokens.capital(i + 1)))
        ):
            i += 1
            continue
        break
    if len(names) < 2 and not (colon and names):
        return None
    if not colon and len([n for n in names if not own]) >= 2:
        names[0] = Name(head, names[0].last, names[0].text)
    return names, i


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
    return i < end and tokens.low[i] in ("tỉnh", "thành", "tp", "huyện", "xã", "quận", "phường", "nhân", "các")


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
