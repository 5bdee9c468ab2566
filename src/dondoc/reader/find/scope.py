"""What headings and opening lines hand down to the parts under them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.reader.find.agencies import Name, read_names
from dondoc.reader.find.coordinators import find_coordinators
from dondoc.reader.find.deeds import past_places
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.find.orders import Order
from dondoc.reader.find.predicates import begins, predicate
from dondoc.reader.find.tokens import Tokens

_OPENING = re.compile(
    r"(?:như\s+sau|sau\s+đây|dưới\s+đây|\bsau|(?:chỉ\s+thị|yêu\s+cầu|kết\s+luận|chỉ\s+đạo|quyết\s+nghị|QUYẾT\s+NGHỊ|đề\s+nghị|cần\s+làm\s+ngay|nhiệm\s+vụ|"
    r"điện|nội\s+dung))\s*:\s*$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[,;]\s*(?=(?:trong\s+đó|trước\s+mắt|cụ\s+thể|tập\s+trung|trọng\s+tâm)[^;:]{0,160}:\s*$)", re.IGNORECASE
)
_ASSESS = re.compile(
    r"đánh\s+giá\s+(?:chung|tình|kết)|tình\s+hình|kết\s+quả(?!\s+phải)|mục\s+đích|mục\s+tiêu|quan\s+điểm|bối\s+cảnh|hạn\s+chế|nguyên\s+nhân|ưu\s+điểm|"
    r"căn\s+cứ|sự\s+cần\s+thiết|bài\s+học",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|trách\s+nhiệm|phân\s+công|nội\s+dung|kiến\s+nghị|thời\s+gian\s+tới|yêu\s+cầu\s+chung",
    re.IGNORECASE,
)
# "Kết quả thực hiện nhiệm vụ quý I": the duties have been done.
_PAST_WORK = re.compile(
    r"\W*(?:đánh\s+giá\s+)?(?:tình\s+hình|kết\s+quả)\s(?:[^,;\s]+\s){0,4}?(?:thực\s+hiện|triển\s+khai|công\s+tác|phát\s+triển)(?!.*\b(?:thời\s+gian\s+tới|phương\s+hướng))",
    re.IGNORECASE,
)
_OWNERS: tuple[tuple[str, ...], ...] = (
    ("trách", "nhiệm", "của"),
    ("trách", "nhiệm"),
    ("đối", "với"),
    ("đề", "nghị"),
    ("giao", "nhiệm", "vụ", "cho"),
    ("giao", "cho"),
    ("giao",),
    ("phân", "công"),
    ("yêu", "cầu"),
    ("nhiệm", "vụ", "của"),
    ("về", "phía"),
    ("riêng",),
    ("giao", "trách", "nhiệm", "cho"),
    ("giao", "nhiệm", "vụ"),
)


_OWNERS = tuple(sorted(_OWNERS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Scope:
    """Names handed down, each with its place in the plain text."""

    leads: list[tuple[str, int, int]]
    coordinators: list[tuple[str, int, int]]

    @classmethod
    def of(cls, tokens: Tokens, order: Order, coordinators: list[tuple[str, int, int]]) -> Scope:
        """The scope that an order with named addressees sets up."""
        return cls(places(tokens, list(order.names)), coordinators)


def places(tokens: Tokens, names: list[Name]) -> list[tuple[str, int, int]]:
    """Names with their places in the plain text."""
    return [(n.text, tokens.start[n.first], tokens.end[n.last - 1]) for n in names]


def opens(flat: str, part: Paragraph) -> bool:
    """Whether a paragraph ends as an opening line ("… như sau:")."""
    if part.foot or ":" not in flat[max(part.end - 3, part.body) : part.end]:
        return False
    return _OPENING.search(flat, max(part.body, part.end - 60), part.end) is not None


def opening_cut(flat: str, start: int, end: int) -> int | None:
    """Where the tail "…, trong đó tập trung các nhiệm vụ sau:" of an order begins, or None."""
    match = _CUT.search(flat, start, end)
    return match.start() if match else None


def tone_of(line: str) -> str:
    """ "assess" for headings that tell how things stand, "duty" for those that tell what to do, else ""."""
    if _PAST_WORK.match(line):
        return "assess"
    if _DUTY.search(line) or re.fullmatch(r"\W*yêu\s+cầu\W*", line, re.IGNORECASE):
        return "duty"
    return "assess" if _ASSESS.search(line) else ""


def _with_rest(tokens: Tokens, names: list[Name], i: int, last: int) -> list[tuple[str, int, int]]:
    """The names of a heading that is nothing but names, whatever words the last ones are made of."""
    out = places(tokens, names)
    first = names[-1].first
    for k in range(i, last + 1):
        if k == last or tokens.low[k] in (",", ";"):
            if first < k:
                piece = (tokens.slice(first, k), tokens.start[first], tokens.end[k - 1])
                out = [*out[:-1], piece] if first == names[-1].first else [*out, piece]
            first = k + 1
    return out


def _up_to(tokens: Tokens, names: list[Name], end: int) -> list[tuple[str, int, int]]:
    """The names, the last of them taken up to a token: its own words narrow it ("các xã bị ngập")."""
    out = places(tokens, names)
    first = names[-1].first
    out[-1] = (tokens.slice(first, end), tokens.start[first], tokens.end[end - 1])
    return out


def read_heading(tokens: Tokens, start: int, end: int, *, bare: bool = True) -> Scope | None:
    """The scope of a heading that holds names and nothing to do ("2. Bộ Tài chính:"), or None.

    ``bare`` asks that all of it is known names; without it a heading over ordering points needs only to begin with
    one. "Bộ Tài chính chủ trì, phối hợp với các Bộ:" hands down its coordinators too.
    """
    i, last = tokens.index(start), tokens.index(end)
    for phrase in _OWNERS:
        if tuple(tokens.low[i : i + len(phrase)]) == phrase:
            i += len(phrase)
            break
    while i < last and tokens.low[i] in ("cho", ":"):
        i += 1
    names, after = read_names(tokens, i, last)
    if not names:
        return None
    if after < last and tokens.low[after] == ":":
        after = past_places(tokens, after, last)
    colon = tokens.low[last - 1] == ":"
    adjunct = after < last and tokens.low[after] in ("theo", "căn", "trong", "trên")
    if adjunct and colon and not any(begins(tokens, k, last) for k in range(after + 1, last)):
        return Scope(places(tokens, names), [])
    if all(mark in ":.;-–*" for mark in tokens.low[after:last]):
        return Scope(places(tokens, names), [])
    if (
        after < last
        and colon
        and not any(begins(tokens, k, last) or tokens.low[k] == ":" for k in range(after, last - 1))
    ):
        return Scope(_up_to(tokens, names, last - 1), [])
    if after < last and tokens.low[names[-1].first] in ("các", "những") and tokens.low[last - 1] not in ".;":
        rest = last - colon
        given = "được" in tokens.low[names[-1].first : after] and rest - after < 8
        if (not colon or given) and "," not in tokens.low[after:rest]:
            return Scope(_up_to(tokens, names, rest), [])
    if (
        after < last
        and not bare
        and tokens.low[last - 1] not in ".:;"
        and not any((found := predicate(tokens, k, last)) and found[0] != "verb" for k in range(after, last))
    ):
        return Scope(_with_rest(tokens, names, after, last), [])
    if tokens.low[last - 1] == ":":
        k = after
        while k < last and tokens.low[k] != "chủ" and predicate(tokens, k, last) is None:
            k += 1
        if tokens.low[k : k + 2] == ["chủ", "trì"] and k - after < 14:
            coordinators = find_coordinators(tokens, k, last)
            rest = tokens.index(coordinators[-1][2]) if coordinators else k + 2
            if last - rest <= 2:
                return Scope(places(tokens, names), coordinators)
    return None
