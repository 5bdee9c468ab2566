"""Numbers that a document states about how things stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from dondoc.reader.clean import Clean
from dondoc.reader.find.claim_sets import Counted, resolve_sets
from dondoc.reader.find.claim_rates import money_state, percent_state
from dondoc.reader.find.claim_states import Label, count_state, total_words
from dondoc.reader.find.numerals import Quantity, claim_words, find_quantities, sentence_bounds
from dondoc.reader.model import Claim, ClaimState, Header

# How far around a number its words are looked for, in code points: a sentence that has no end stays cheap.
_WINDOW = 500
_CLAUSE_END = re.compile(r"[,;.(]|\n\s*\n")
_ORDERS_BEGIN = re.compile(
    r"(?:yêu cầu|chỉ thị|giao|cần|lưu ý|đề nghị)[^.\n]{0,200}:[ ]*\n|\n[ ]*(?:[IVX]+|\d)\.[^\n]{0,40}(?i:nhiệm vụ|giải pháp)"
)
_LAYS_DOWN_LAW = (
    "nghị quyết",
    "quyết định",
    "luật",
    "nghị định",
    "thông tư",
    "quy chế",
    "quy định",
    "pháp lệnh",
)
_LIST_GLUE = re.compile(r"^(?:\[\d+\])?(?:[ \n]+\w+){0,4}[\s,]*(?:và|cùng|cùng với|với|của)?\s*$")
_JOINED = re.compile(r"(?:,|(?<!\w)và|(?<!\w)với)\s*$")
_MODIFIES_A_BODY = re.compile(
    r"(?:nhân dân|bộ, ngành|lãnh đạo|cấp ủy|Ban Chỉ đạo|cơn bão số|bão số|(?<!tổng )(?<!trong )số|Điều|khoản|điểm|lần thứ|thứ|tại|của|ở|thuộc|giữa|từ)\s+$"
)
_NAME_BEFORE = re.compile(r"\w[ ]+[A-ZĐÂÊÔƯƠĂ]\w*[ ]$")
_PLAN_IN_BRACKETS = re.compile(r"(?:k[ếể] hoạch|dự toán|mục tiêu|chỉ tiêu)[^(),;]{0,40}\(\s*$", re.IGNORECASE)
_SHARE_IN_BRACKETS = re.compile(r"\s*\(\s*(?:(?:đạt|chiếm|bằng|tương đương|đạt tỷ lệ|tỷ lệ)\s+)?")
_REACHES_SHARE = re.compile(r"\s*,?\s*(?:đạt|bằng|chiếm|tương đương)\s+(?:tỷ lệ\s+)?")
_SHORT_STEP = re.compile(r"\s*(?:[,;]|và)?\s*(?:[^\s,;()]+\s+){0,9}")
_SET_WORDS_END = re.compile(
    r"[;.(:]|,? (?:trong đó|đến nay|hiện|tính đến|có \d|đã có)|, (?:có|thành phố|tỉnh|huyện|đã|\d)|\n\s*\n|$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:\[\d+\])?\s*(?:,|và|, và)\s*")
_PARTS_FOLLOW = re.compile(r"(?:trong đó|bao gồm|cụ thể|gồm)\s*:\s*$", re.IGNORECASE)
_REMAINS = re.compile(r"(?<!\w)còn(?: lại)?\s+$")
_REMAINDER = re.compile(r"\s*(?:còn lại)")
_EXISTS = re.compile(
    r"(?<!\w)(?:có|còn|là|được|đạt|tổng số|tổng cộng|kết nạp|xảy ra tại|gồm|tăng|với)\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


_DIRECTLY = re.compile(
    r"(?<!\w)(?:có|gồm|tổng số|tổng cộng|hoàn thành|xây dựng được|thành lập|tổ chức|ban hành|được)(?:\s+(?:trên|hơn|gần|khoảng|thêm|mới))?\s+$"
)


@cache
def _aims(reach: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(claim_words()[reach])})(?!\w)", re.IGNORECASE)


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(claim_words()['past'])})(?!\w)", re.IGNORECASE)


@cache
def _losses() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(claim_words()['losses'])})(?!\w)", re.IGNORECASE)


@cache
def _sizes() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(claim_words()['sizes'])})(?:\s+(?:là|khoảng|trên|hơn|gần))*[\s–-]+$",
        re.IGNORECASE,
    )


@cache
def _imperatives() -> re.Pattern[str]:
    return re.compile(rf"[\W\d]*(?:[a-z]\)\s*)?(?:{'|'.join(claim_words()['imperatives'])})(?!\w)")


def find_claims(text: Clean, header: Header) -> list[Claim]:
    """Lists the counts and rates of implementation that the text reports, in the order of the text.

    What is aimed at, ordered, allowed or foretold is no claim; neither are norms, ranks, ranges and losses.
    """
    plain = text.text
    quantities = find_quantities(plain)
    orders_from = _orders_from(plain, header)
    counted: list[Counted] = []
    place, earlier = 0, ""
    for number, (start, end) in enumerate(sentence_bounds(plain)):
        inside: list[Quantity] = []
        while place < len(quantities) and quantities[place].start < end:
            inside.append(quantities[place])
            place += 1
        if inside:
            counted += _in_sentence(plain, start, end, inside, number, earlier, ordered=start >= orders_from)
        earlier = plain[start:end]
    return [_claim(text, item) for item in _plans(resolve_sets(counted))]


def _orders_from(plain: str, header: Header) -> int:
    """Where the orders of a document begin: from there on only what is said to be past is a report."""
    if header.kind in (None, "tin", "báo cáo"):
        return len(plain)
    if header.kind in _LAYS_DOWN_LAW:
        return 0
    match = _ORDERS_BEGIN.search(plain)
    return match.end() if match else len(plain)


def _in_sentence(
    plain: str, start: int, end: int, inside: Sequence[Quantity], number: int, earlier: str, *, ordered: bool
) -> list[Counted]:
    found: list[Counted] = []
    told = _imperatives().match(plain, start, min(end, start + 60)) is not None
    for index, quantity in enumerate(inside):
        previous = inside[index - 1].end if index else start
        following = inside[index + 1].start if index + 1 < len(inside) else end
        before = plain[max(start, quantity.start - _WINDOW) : quantity.start]
        rest = plain[quantity.end : min(end, quantity.end + _WINDOW)]
        if not _reports(before, rest, quantity, ordered=ordered or told):
            continue
        near = re.split(r";", plain[max(start, previous) : quantity.start])[-1]
        if index == 0 and _PARTS_FOLLOW.search(earlier):
            near = f"{near.rstrip()} trong đó "
        former = found[-1] if found and found[-1].quantity is inside[index - 1] else None
        item = _counted(plain, quantity, near, before, (following, end), number, earlier, former)
        if item:
            found.append(item)
    shared = _share_states(plain, found)
    admitted: list[Counted] = []
    for place, item in enumerate(shared):
        beside = bool(admitted) and place > 0 and admitted[-1] is shared[place - 1]
        if _admitted(item) or (beside and _continues(admitted[-1], item)):
            admitted.append(item)
    return admitted


def _counted(
    plain: str,
    quantity: Quantity,
    near: str,
    before: str,
    ends: tuple[int, int],
    number: int,
    earlier: str,
    former: Counted | None,
) -> Counted | None:
    following, end = ends
    following = min(following, quantity.end + _WINDOW)
    rest = plain[quantity.end : min(end, quantity.end + _WINDOW)]
    brackets = before.count("(") > before.count(")")
    state: ClaimState | None
    if quantity.unit_class == "percent":
        state = percent_state(before, rest, earlier, in_brackets=brackets)
        if state is None and former and former.quantity.unit_class == "percent" and _SHORT_STEP.fullmatch(near):
            state = former.state
        fraction = former is not None and former.quantity.of is not None
        if (state is None and _SHARE_IN_BRACKETS.fullmatch(near)) or (fraction and _REACHES_SHARE.fullmatch(near)):
            state = "rate"
        if state is None or (brackets and _PLAN_IN_BRACKETS.search(before)):
            return None
        scope = re.split(r"[,;.()\n]| và \d", rest)[0].strip()
        return Counted(quantity, state, number, near, rest[:60], scope, "percent")
    if quantity.unit_class == "money":
        state = money_state(before, rest, in_brackets=brackets)
        if state is None and quantity.of is None and not re.search(r"trong đó", before + earlier[-12:], re.IGNORECASE):
            return None
        state = state or ("done" if quantity.of is not None else None)
        lead = re.split(r"[,;()]", before)[-1].strip()
        return Counted(quantity, state, number, near, rest[:60], lead[-120:], "money")
    clause = plain[quantity.end : following]
    cut = _CLAUSE_END.search(clause)
    after = clause[: cut.start()] if cut else clause
    label = count_state(quantity, near, after, sentence=before)
    if label.state is None and following == end and quantity.unit_class == "work":
        label = count_state(quantity, near, clause, sentence=before)
    if quantity.unit_class != "work" and total_words(near.split(",")[-1]):
        return Counted(quantity, "total", number, near, rest[:60], after.strip(), "total")
    scope = label.words or _SET_WORDS_END.split(rest[:200])[0]
    scope = re.sub(r"(?:^|\s)(?:và|có|hiện|đến nay)$", "", " ".join(scope.split()).strip(" ,;.\n"))
    return Counted(quantity, label.state, number, near, rest[:60], scope[:160], "count")


def _reports(before: str, after: str, quantity: Quantity, *, ordered: bool) -> bool:
    """Whether the sentence up to the number reports, rather than aims, orders, allows or mourns."""
    if quantity.unit_class in ("work", "other", "thing"):
        listed = quantity.unit_class == "other" and re.search(r"xảy ra tại\s+$|\d+ \w+ của\s+$", before)
        if _MODIFIES_A_BODY.search(before) and not listed:
            return False
        if quantity.unit_class != "work" and _NAME_BEFORE.search(before):
            return False
    if _sizes().search(before[-60:]):
        return False
    clause_after = re.split(r"[,;.]", after)[0]
    clause_before = re.split(r"[;.]", before)[-1]
    if _losses().search(clause_after) or _losses().search(clause_before):
        return False
    if re.search(r"(?<!\w)(?:sẽ|trở lên)(?!\w)", clause_after):
        return False
    past = _last(_past(), before)
    if ordered and past < 0:
        return False
    aim = _last(_aims("aims"), before)
    clause_start = max(before.rfind(","), before.rfind(";"), before.rfind("(")) + 1
    if past < clause_start:
        aim = max(aim, _last(_aims("clause_aims"), before, clause_start))
    # "đã hỗ trợ", "đã kịp thời đề nghị": what is past is no aim, whatever the verb.
    return aim < 0 or past > aim or (past >= 0 and len(before[past:aim].split()) <= 3)


def _last(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    last = -1
    for match in pattern.finditer(text, start):
        last = match.start()
    return last


def _continues(former: Counted, item: Counted) -> bool:
    """Whether a count goes on a list: "34 địa phương thành lập Ban Chỉ đạo, 20 bộ ban hành kế hoạch"."""
    if _LIST_GLUE.match(item.before):
        return True
    same = former.quantity.unit_class == item.quantity.unit_class == "other"
    return same and len(item.before) <= 60 and re.search(r"(?:[,;]|(?<!\w)và)\s+$", item.before) is not None


def _admitted(item: Counted) -> bool:
    """Counts of people, places and measures are claims only where the sentence says that they are so."""
    quantity = item.quantity
    if quantity.unit_class == "thing":
        return _DIRECTLY.search(item.before) is not None
    if quantity.unit_class not in ("other", "measure") or item.state in ("done", "waiting", "total"):
        return True
    return quantity.of is not None or _EXISTS.search(item.before) is not None


def _share_states(plain: str, found: list[Counted]) -> list[Counted]:
    """In a list of counts ("15 bộ, 25 địa phương … gửi báo cáo") the one verb stands for all of them."""
    out = list(found)
    for first, last in _runs(plain, found):
        run = out[first : last + 1]
        if any(item.state is not None for item in run[:-1]) or run[-1].quantity.unit_class == "percent":
            continue
        label = Label(run[-1].state, run[-1].scope)
        if label.state is None:
            label = count_state(run[0].quantity, run[0].before, re.split(r"[,;.(]", run[-1].after)[0])
        for place in range(first, last + 1):
            out[place] = replace(out[place], state=label.state, scope=label.words or out[place].scope)
    for index in range(1, len(out)):
        item = out[index]
        if item.state is not None or not _JOINED.search(item.before):
            continue
        for former in reversed(out[max(0, index - 4) : index]):
            if former.quantity.unit_class == item.quantity.unit_class and former.rule == "count":
                if former.state in ("done", "active"):
                    out[index] = replace(item, state=former.state, scope=former.scope)
                break
    return out


def _runs(plain: str, found: Sequence[Counted]) -> list[tuple[int, int]]:
    """First and last of each list of counts that only commas and "và" part."""
    runs: list[tuple[int, int]] = []
    for index in range(1, len(found)):
        left, right = found[index - 1], found[index]
        between = plain[left.quantity.end : right.quantity.start]
        if left.rule != "count" or right.rule != "count" or not _BETWEEN.fullmatch(between):
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index - 1, index))
    return runs


def _plans(counted: Sequence[Counted]) -> list[Counted]:
    """Money set against its plan: "516 tỷ đồng, đạt 56% kế hoạch giao (913 tỷ đồng)"; and the rest of "9/11"."""
    out = list(counted)
    for index, item in enumerate(out):
        before = out[max(0, index - 2) : index]
        if item.state == "total" and len(before) == 2 and item.quantity.unit_class == "money":
            paid, rate = before
            if rate.state == "rate" and paid.quantity.unit == item.quantity.unit and paid.sentence == item.sentence:
                if paid.of is None and paid.quantity.value <= item.quantity.value:
                    out[index - 2] = replace(paid, of=item.quantity.value)
        if item.of is None and (_REMAINDER.match(item.after) or _REMAINS.search(item.before)):
            for former in out[max(0, index - 6) : index]:
                whole = former.quantity.of
                if whole is not None and abs(whole - former.quantity.value - item.quantity.value) < 1e-6:
                    out[index] = replace(item, of=whole)
    return out


def _claim(text: Clean, item: Counted) -> Claim:
    quantity = item.quantity
    of = quantity.of if quantity.of is not None else item.of
    return Claim(
        span=text.span(quantity.start, quantity.end),
        value=quantity.value,
        of=of,
        unit=quantity.unit,
        state=item.state or "other",
        approximate=quantity.approximate,
        scope=item.scope,
        rule=item.rule,
        confidence=_confidence(item),
    )


def _confidence(item: Counted) -> float:
    if item.state in ("other", None):
        return 0.6
    if item.of is not None or item.quantity.of is not None:
        return 0.95
    return 0.85 if item.quantity.unit_class in ("work", "percent") else 0.7
