"""What stands before the main clause of an order: connectives, numbers, prefaces, somebody who says it."""

from __future__ import annotations

from dondoc.reader.find.agencies import read_names
from dondoc.reader.find.lexicon import lexicon, terms
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.tokens import Tokens

_CONNECTIVES = (
    ("đồng", "thời"),
    ("trong", "đó"),
    ("ngoài", "ra"),
    ("bên", "cạnh", "đó"),
    ("theo", "đó"),
    ("từ", "đó"),
    ("trên", "cơ", "sở", "đó"),
    ("cụ", "thể"),
    ("cùng", "với", "đó"),
    ("mặt", "khác"),
    ("trước", "mắt"),
    ("và",),
    ("song", "song", "đó"),
    ("tiếp", "theo"),
    ("do", "đó"),
    ("vì", "vậy"),
    ("đặc", "biệt"),
)
# A sentence that begins so has its subject later, after a comma or colon.
_PREFACE = terms(
    "căn theo trên để nhằm qua sau trong đối về từ tại với khi trường nếu trước hàng hằng định ngay riêng "
    "bên tuy xét do năm đến vì hiện thời"
)
_PREFACE_PAIRS = frozenset({("phát", "biểu"), ("kết", "luận"), ("nội", "dung"), ("tiếp", "theo")})
# "Kết thúc đợt tuyên truyền, các xã gửi báo cáo": a span of time is over, nothing is to be ended.
_SPANS = terms("đợt năm quý tháng kỳ hội đại giai thời chiến phiên tuần nhiệm học cuộc")
# "Thực hiện Nghị quyết số …, Ủy ban … yêu cầu": a document after the verb makes it a preface.
_CARRIED_OUT = terms("nghị quyết chỉ kế công văn ý kết luận thông nhiệm chương luật")
_DETERMINERS = terms("các những mỗi từng mọi")


_LEADING = frozenset(',:-–*+"“')
_CONNECTIVE_FIRST = frozenset({phrase[0] for phrase in _CONNECTIVES} | {"("})


def skip_connectives(tokens: Tokens, i: int, end: int) -> int:
    """Past "đồng thời", "trong đó" and the like."""
    low = tokens.low
    moved = True
    while moved and i < end:
        moved = False
        if low[i] in _LEADING:
            i += 1
            moved = True
            continue
        if low[i] not in _CONNECTIVE_FIRST:
            return i
        if (after := past_number(tokens, i, end)) != i:
            i = after
            moved = True
            continue
        for phrase in _CONNECTIVES:
            size = len(phrase)
            if tuple(low[i : i + size]) == phrase and i + size < end:
                if phrase[0] == "đặc" and low[i + 2 : i + 3] == ["là"]:
                    continue
                i += size
                moved = True
                break
    return i


def past_number(tokens: Tokens, i: int, end: int) -> int:
    """Past a number inside a sentence: "(1)", "(ii)"."""
    low = tokens.low
    if i + 3 < end and low[i] == "(" and low[i + 2] == ")" and (low[i + 1].isdigit() or set(low[i + 1]) <= set("ivx")):
        return i + 3
    return i


def starts_preface(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a run begins with a phrase that only leads up to its subject."""
    if i >= end:
        return False
    low = tokens.low
    pair = tuple(low[i : i + 2])
    if low[i] not in _PREFACE and _says(tokens, i, end):
        return True
    if pair == ("thực", "hiện"):
        return i + 2 < end and low[i + 2] in _CARRIED_OUT
    if pair == ("kết", "thúc") and i + 2 < end and low[i + 2] in _SPANS:
        return True
    if predicate(tokens, i, end) and low[i] not in ("căn", "hàng", "hằng", "định"):
        return pair in _PREFACE_PAIRS
    return low[i] in _PREFACE or pair in _PREFACE_PAIRS


_SAYING = frozenset(
    {
        ("nhấn", "mạnh"),
        ("khẳng", "định"),
        ("nhắc", "nhở"),
        ("lưu", "ý"),
        ("cho", "rằng"),
        ("chỉ", "rõ"),
        ("nêu", "rõ"),
        ("đề", "nghị"),
        ("yêu", "cầu"),
        ("thống", "nhất"),
        ("phát", "biểu"),
        ("quán", "triệt"),
        ("cho", "biết"),
    }
)


def _says(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a run begins with somebody who says something ("Đồng chí A nhấn mạnh, …")."""
    names, after = read_names(tokens, i, end)
    return bool(names) and any(tuple(tokens.low[k : k + 2]) in _SAYING for k in range(after, min(after + 5, end)))


_MARKS = frozenset('"“”(),:')


def boundaries(tokens: Tokens, i: int, end: int) -> list[int]:
    """The places after a comma or colon, outside brackets, where a main clause may begin."""
    out: list[int] = []
    depth = 0
    quoted = False
    low = tokens.low
    for k in [k for k in range(i, end - 1) if low[k] in _MARKS]:
        mark = low[k]
        if mark == '"' or (mark == "“" and not quoted) or mark == "”":
            quoted = not quoted
        if quoted:
            continue
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(depth - 1, 0)
        elif not depth and mark in ",:":
            out.append(k + 1)
    return out


def in_series(tokens: Tokens, start: int, b: int, end: int) -> bool:
    """Whether a comma only parts verbs of the preface itself ("để rà soát, đánh giá …")."""
    if tokens.low[start] in ("để", "nhằm") and b - start < 6:
        return True
    return any(
        (found := predicate(tokens, b - 1 - size, end))
        and found[1] == size
        and tokens.low[b - 1 - size] not in _OFTEN
        and tokens.low[b - 2 - size] not in ("trong", "tại", "theo", "của")
        for size in (1, 2)
    )


# "Trước ngày 15 hằng tháng, gửi …": the words for how often are no verb.
_OFTEN = frozenset({"hằng", "hàng", "định", "thường"})


def inside_list(tokens: Tokens, b: int, at: int, end: int) -> bool:
    """Whether a comma stands inside a list of names ("các bộ, cơ quan"): no main clause begins there."""
    if at >= end or tokens.capital(at) or tokens.low[at] in _DETERMINERS:
        return False
    if tokens.low[at : at + 2] in (["tổ", "chức"], ["cá", "nhân"], ["cơ", "sở"]):
        return True
    if tokens.low[b - 1] != ",":
        return False
    return any(
        b - 1 - size >= 0 and (found := lexicon().heads.at(tokens.low, b - 1 - size, b - 1)) and found[1] == size
        for size in (1, 2, 3)
    )
