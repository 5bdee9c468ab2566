"""The parts of a sentence that stand for one order each, and the kinds of sentence that order nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dondoc.reader.find.agencies import Name, of_people, read_names, starts_name
from dondoc.reader.find.dates import DAY, MONTH, read_day
from dondoc.reader.find.deeds import find_deed
from dondoc.reader.find.labels import read_label
from dondoc.reader.find.lexicon import terms
from dondoc.reader.find.predicates import begins, predicate
from dondoc.reader.find.prefaces import skip_connectives
from dondoc.reader.find.sentences import sentences
from dondoc.reader.find.tokens import Tokens
from dondoc.reader.find.triggers import trigger, trigger_size

_CLOSING = re.compile(
    r"chịu\s+trách\s+nhiệm\s+(?:thi\s+hành|thực\s+hiện)\s+(?:Quyết\s+định|Nghị\s+quyết|Nghị\s+định|Thông\s+tư|Quy\s+chế|Quy\s+định|Chỉ\s+thị|Kế\s+hoạch)\s+này"
    r"|thông\s+báo\s+(?:để|đến|tới|cho)\s"
    r"|(?:khẩn\s+trương|nghiêm\s+túc)(?:,\s*(?:nghiêm\s+túc|khẩn\s+trương))?,?\s+(?:tổ\s+chức\s+|chỉ\s+đạo\s+)?(?:triển\s+khai(?:,?\s+(?:tổ\s+chức\s+)?thực\s+hiện)?|thực\s+hiện)"
    r"(?:\s+nghiêm\s+túc)?(?:\s+đầy\s+đủ)?(?:\s+(?:các\s+)?(?:nội\s+dung|nhiệm\s+vụ|ý\s+kiến)[^.;]{0,60}?(?:nêu\s+trên|trên|này))?"
    r"(?:\s+(?:Kế\s+hoạch|Chỉ\s+thị|Công\s+văn|Công\s+điện|Nghị\s+quyết|Thông\s+báo|công\s+văn|chỉ\s+thị|kế\s+hoạch)\s+này)?"
    r"(?:\s+theo\s+(?:thẩm\s+quyền|quy\s+định)[^.;]{0,40})?[\s./]*$"
    r"|(?:triển\s+khai|tổ\s+chức)\s+thực\s+hiện\s+nghiêm\s+túc\s+\S+\s+\S+\s+này[\s./]*$"
    r"|có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ",
    re.IGNORECASE,
)
# One of these stands in every closing; they are looked for first.
_CLOSING_WORDS = ("hực", "hành", "hông", "lực", "riển")
# Tells how things stand or what has been done.
_NARRATIVE = re.compile(
    r"\W*(?:(?:Thay\s+mặt|Biểu\s+dương|Ghi\s+nhận|Cùng\s+dự|Tham\s+dự|Tham\s+gia\s+đoàn|Qua\s+(?:kiểm|theo|tổng)|"
    r"Thời\s+gian\s+(?:vừa\s+)?qua|Vừa\s+qua|Trong\s+thời\s+gian\s+qua)\b)"
)
_LIST_OPEN = re.compile(r"(?:\bnhư|\bgồm|\blà|bao\s+gồm|cụ\s+thể|nội\s+dung|sau\s+đây|\bsau)\s*:[^:]*$", re.IGNORECASE)
_MANNER_TAIL = re.compile(
    r"\W*(?:và\s+)?(?:(?:bảo|đảm)\s+(?:đảm|bảo)\s+(?:thống\s+nhất|đồng\s+bộ|chính\s+xác|kịp\s+thời|hiệu\s+quả|đúng|tiến\s+độ|chất\s+lượng|công\s+khai|"
    r"khả\s+thi|an\s+toàn,|đầy\s+đủ|khách\s+quan)|đặc\s+biệt|nhất\s+là|trong\s+đó\s+có|kể\s+cả|bao\s+gồm|gồm|"
    r"(?:hoàn\s+thành|xong|thực\s+hiện\s+xong)\s+(?:trước|trong|vào|chậm|ngày|tháng|quý|năm))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One run of a sentence; ``first`` and ``last`` are tokens, ``term`` marks "Thời gian hoàn thành …"."""

    start: int
    end: int
    first: int
    last: int
    term: bool = False
    tail: bool = True


def is_closing(flat: str, start: int, end: int) -> bool:
    """Whether a run only closes the document ("… nghiêm túc triển khai thực hiện")."""
    if all(flat.find(word, start, end) < 0 for word in _CLOSING_WORDS):
        return False
    return _CLOSING.search(flat, start, end) is not None


def is_empty_deed(flat: str, tokens: Tokens, deed: int, piece: Part) -> bool:
    """Whether all that is to be done is to carry the document out ("đề nghị các đơn vị triển khai thực hiện")."""
    return deed < piece.last and _EMPTY_DEED.match(flat, tokens.start[deed], piece.end) is not None


_EMPTY_DEED = re.compile(
    r"(?:(?:khẩn\s+trương|nghiêm\s+túc|kịp\s+thời|phối\s+hợp|tích\s+cực|chủ\s+động)[\s,]+)*"
    r"(?:triển\s+khai(?:,?\s+(?:tổ\s+chức\s+)?thực\s+hiện)?|tổ\s+chức\s+(?:triển\s+khai\s+)?thực\s+hiện|thực\s+hiện)"
    r"(?:\s+(?:tốt|nghiêm\s+túc|đầy\s+đủ))?(?:\s+các\s+nội\s+dung\s+(?:nêu\s+)?trên)?[\s./;]*$"
)


def is_narrative(flat: str, start: int, end: int) -> bool:
    """Whether a run tells what has been done."""
    return _NARRATIVE.match(flat, start, end) is not None


# "Giải ngân đến ngày 31/5/2024 đạt 21,4%": up to a day that is over, a number was reached.
_UP_TO = re.compile(rf"\bđến\s+(?:(?:hết|cuối)\s+)?(?:(?:ngày\s+)?{DAY}|tháng\s+{MONTH})", re.IGNORECASE)
_REACHED = re.compile(r"\bđạt\s+(?:(?:được|tỷ\s+lệ|khoảng|gần|trên|hơn)\s+)*\d")
_STILL_ASKED = re.compile(
    r"\b(?:phải|cần|phấn\s+đấu|(?:bảo|đảm)\s+(?:đảm|bảo)|yêu\s+cầu|đề\s+nghị|khẩn\s+trương|đẩy\s+(?:nhanh|mạnh)|tập\s+trung|"
    r"chỉ\s+đạo|quyết\s+tâm|tiếp\s+tục)\b",
    re.IGNORECASE,
)


def tells_result(flat: str, start: int, end: int, on: date | None) -> bool:
    """Whether a run only tells what was reached up to a day that is not after the document's own day.

    Nothing may part the day from what begins the run, and no word in it may oblige or order: "Rà soát các dự án, đến
    ngày 31/5/2024 mới đạt 21,4%" still asks for something.
    """
    if on is None or flat.find("đạt", start, end) < 0:
        return False
    day = _UP_TO.search(flat, start, end)
    if day is None or not _over(day, on):
        return False
    head = flat[start : day.start()].rstrip(" (")
    if any(mark in head for mark in ",;()") or _ORDERS.match(head):
        return False
    reached = _REACHED.search(flat, day.end(), end)
    return reached is not None and not _STILL_ASKED.search(flat, start, end)


_ORDERS = re.compile(r"\W*(?:Giao|Phân\s+công)\b", re.IGNORECASE)


def _over(day: re.Match[str], on: date) -> bool:
    """Whether a day or month has come by a document's own day."""
    read = read_day(day)
    if read:
        return read.has_come(on)
    month = day["m"] or day["mx"]
    return month is not None and (int(day["y"] or on.year), int(month)) <= (on.year, on.month)


def parts_of(flat: str, tokens: Tokens, start: int, end: int) -> list[list[Part]]:
    """The sentences of a paragraph, each as the parts that order something by themselves."""
    out = []
    for runs in sentences(flat, start, end):
        merged = _merge(flat, tokens, runs)
        cut = [
            piece
            for run in merged
            for whole in _cut_subjects(tokens, *run)
            for piece in _cut_dues(flat, tokens, *whole)
        ]
        out.append([_part(flat, tokens, a, b) for a, b in cut])
    return out


# "Hoàn thành trong tháng 6/2024." as a sentence of its own only dates what stands before it.
_BARE_TERM = re.compile(
    r"\W*(?:Hoàn\s+thành|Xong|Thực\s+hiện\s+xong)\s+(?:trước|trong|vào|chậm|ngày|xong)\b.{4,45}$", re.DOTALL
)


def _part(flat: str, tokens: Tokens, start: int, end: int) -> Part:
    label = read_label(flat, start, end)
    term = bool(label and label.kind == "term") or _BARE_TERM.match(flat[start:end].rstrip(" .;")) is not None
    return Part(start, end, tokens.index(start), tokens.index(end), term)


def _merge(flat: str, tokens: Tokens, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins runs that are no orders of their own to the one before: object lists, manner, closing dates."""
    out: list[tuple[int, int]] = []
    for start, end in runs:
        if (out and not _stands_alone(flat, tokens, out[-1], start, end)) or (
            out and tokens.index(out[-1][1]) - tokens.index(out[-1][0]) <= 3
        ):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _stands_alone(flat: str, tokens: Tokens, before: tuple[int, int], start: int, end: int) -> bool:
    # Only the words just before the last colon count: a long list is not searched again for each of its parts.
    colon = flat.rfind(":", *before)
    if _MANNER_TAIL.match(flat, start, end) or (
        colon >= 0 and _LIST_OPEN.search(flat, max(before[0], colon - 40), before[1])
    ):
        return False
    i, last = tokens.index(start), tokens.index(end)
    i = skip_connectives(tokens, i, last)
    if i >= last:
        return False
    if starts_name(tokens, i, last):
        if _only_names(tokens, *before):
            return False
        names, after = read_names(tokens, i, last)
        return bool(names) and find_deed(tokens, after, last) is not None
    found = predicate(tokens, i, last, opening=True)
    if found is None and tokens.low[i] in ("trước", "chậm", "đến", "trong"):
        return any(begins(tokens, k, last) for k in range(i + 2, min(i + 14, last)))
    if found is None:
        return tokens.low[i] in (
            "trên",
            "giao",
            "sau",
            "đối",
            "căn",
            "việc",
            "trường",
            "nhà",
            "cần",
            "hàng",
            "nếu",
        )
    return not (i + found[1] < last and tokens.low[i + found[1]] == "được")


def _only_names(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a run lists addressees and nothing to do: the list goes on after its ";"."""
    i, last = tokens.index(start), tokens.index(end)
    if found := trigger(tokens, i, last):
        i += found[1] + (tokens.low[i + found[1] : i + found[1] + 1] == ["cho"])
    names, after = read_names(tokens, i, last)
    return bool(names) and after >= last


def _cut_dues(flat: str, tokens: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts "làm X trước ngày A và làm Y trước ngày B" where the second deed begins: each has a day of its own."""
    if not _TWO_NUMBERS.search(flat, start, end):
        return [(start, end)]
    dated = list(_DATED.finditer(flat, start, end))
    if len(dated) < 2 or "(" in flat[start:end]:
        return [(start, end)]
    out: list[tuple[int, int]] = []
    at = start
    for before, following in pairwise(dated):
        for k in range(tokens.index(before.end()), tokens.index(following.start())):
            if tokens.low[k] not in (",", "và", "thời") or tokens.low[k + 1] in _SAME_DEED:
                continue
            found = predicate(tokens, skip_connectives(tokens, k + 1, len(tokens.low)), len(tokens.low))
            if found and found[0] in ("verb", "manner"):
                cut = tokens.start[k - (tokens.low[k] == "thời")]
                out.append((at, cut))
                at = tokens.start[k + 1]
                break
    return [*out, (at, end)]


_TWO_NUMBERS = re.compile(r"\d[^\d/.]+\d")
_SAME_DEED = terms("hoàn xong để bảo đảm phấn")
_DATED = re.compile(
    r"(?:trước|chậm\s+nhất|muộn\s+nhất|xong|trong)\s[^,;.]{0,22}?(?:\d{1,2}\s?[/.\-]\s?\d{1,4}|\d{1,2}\s+tháng\s+\d|tháng\s+\d|[Qq]uý\s+[IV1-4])"
    r"(?:\s?[/.\-]\s?\d{4}|\s+năm\s+\d{4})?",
    re.IGNORECASE,
)


_CUT_MARKS = frozenset({"(", ")", ",", "và", "thời"})


def _cut_subjects(tokens: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts "A phải làm, B phải làm" before each further addressee that an obliging word follows."""
    first, last = tokens.index(start), tokens.index(end)
    out: list[tuple[int, int]] = []
    at = start
    depth = 0
    low = tokens.low
    for k in [k for k in range(first, last - 2) if low[k] in _CUT_MARKS]:
        mark = low[k]
        depth += (mark == "(") - (mark == ")")
        if depth > 0 or k - first < 4:
            continue
        if mark in ("và", "thời") and (orders := trigger(tokens, k + 1, last)):
            if tokens.low[first] not in ("căn", "theo") and starts_name(tokens, k + 1 + orders[1], last):
                out.append((at, tokens.start[k - (mark == "thời")]))
                at = tokens.start[k + 1]
            continue
        if mark != ",":
            continue
        if not starts_name(tokens, k + 1, last):
            continue
        names, after = read_names(tokens, k + 1, last)
        further = _obliged(tokens, after, last) and _ordered_before(tokens, first, k)
        if names and (further or _told_too(tokens, tokens.index(at), k, names, after, last)):
            out.append((at, tokens.start[k]))
            at = tokens.start[k + 1]
    out.append((at, end))
    return out


def _told_too(tokens: Tokens, first: int, k: int, names: list[Name], after: int, last: int) -> bool:
    """ "đề nghị A chuẩn bị nội dung, các cơ quan báo chí thông tin …": a further body under the same ordering word.

    Before the comma stands no name that the list could go on from, and what follows the names is a verb.
    """
    asked = next((t for t in range(first, k) if trigger(tokens, t, k)), -1)
    found = predicate(tokens, after, last) if after < last else None
    if asked < 0 or found is None or found[0] not in ("verb", "manner") or of_people(tokens, names[0]):
        return False
    told, deed = read_names(tokens, asked + trigger_size(tokens, asked, k), k)
    if not told or deed >= k or predicate(tokens, deed, k) is None:
        return False
    return not any(
        starts_name(tokens, n, k) and read_names(tokens, n, last)[1] > k for n in range(max(deed, k - 14), k)
    )


def _obliged(tokens: Tokens, i: int, end: int) -> bool:
    if i < end and tokens.low[i] in ("cũng", "đều"):
        i += 1
    found = predicate(tokens, i, end) if i < end else None
    return found is not None and found[0] == "modal"


def _ordered_before(tokens: Tokens, first: int, k: int) -> bool:
    """Whether an addressee with an obliging word stands before, so that the sentence is a row of such clauses."""
    i = skip_connectives(tokens, first, k)
    names, after = read_names(tokens, i, k)
    return bool(names) and _obliged(tokens, after, k)
