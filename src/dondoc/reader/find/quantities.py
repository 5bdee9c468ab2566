"""Numbers that a document states about how things stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.reader.clean import Clean
from dondoc.reader.find.claim_lists import set_against_plans, share_states
from dondoc.reader.find.claim_rates import money_state, percent_state
from dondoc.reader.find.claim_reports import begins_with_an_order, ordered_places, reports
from dondoc.reader.find.claim_sets import Counted, names_a_set, resolve_sets
from dondoc.reader.find.claim_states import count_state, total_words
from dondoc.reader.find.numerals import Quantity, find_quantities, sentence_bounds
from dondoc.reader.model import Claim, ClaimState, Header, Span

# How far around a number its words are looked for, in code points: a sentence that has no end stays cheap.
_WINDOW = 500
# A rate is printed with a digit or none behind the comma.
_ROUNDING = 0.6
_CLAUSE_END = re.compile(r"[,;.(]|\n\s*\n")
_LIST_GLUE = re.compile(r"^(?:\[\d+\])?(?:[ \n]+\w+){0,4}[\s,]*(?:và|cùng|cùng với|với|của)?\s*$")
_LIST_STEP = re.compile(r"(?:[,;]|(?<!\w)và)\s+$")
_PLAN_IN_BRACKETS = re.compile(r"(?:k[ếể] hoạch|dự toán|mục tiêu|chỉ tiêu)[^(),;]{0,40}\(\s*$", re.IGNORECASE)
_PARTS_FOLLOW = re.compile(r"(?:trong đó|bao gồm|cụ thể|gồm)\s*:\s*$", re.IGNORECASE)
_SHARE_IN_BRACKETS = re.compile(r"\s*\(\s*(?:(?:đạt|chiếm|bằng|tương đương|đạt tỷ lệ|tỷ lệ)\s+)?")
_REACHES_SHARE = re.compile(r"(?:^\s*|,\s+)(?:đạt|bằng|chiếm|tương đương)\s+(?:tỷ lệ\s+)?$")
# "9 đơn vị đạt trên 70%": what the units were told apart by, no rate of its own.
_THRESHOLD = re.compile(
    r"^[^,;:]{0,80}(?<!\w)(?:đạt|từ|hơn|tỷ lệ|ở mức|thanh toán|giải ngân)\s+(?:(?:tỷ lệ|đạt|là)\s+)?"
    r"(?:trên|dưới|từ|hơn|ít nhất)\s+$",
    re.IGNORECASE,
)
_SHORT_STEP = re.compile(r"\s*(?:[,;]|và)?\s*(?:[^\s,;()]+\s+){0,9}")
_SET_WORDS_END = re.compile(
    r"[;.(:]|(?<!thực),? (?:trong đó|đến nay|hiện|tính đến|có \d|đã có)|, (?:có|thành phố|tỉnh|huyện|đã|\d)|\n\s*\n",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(r"(?:^|(?<!thực)\s)(?:và|có|hiện|đến nay)$")
_EXISTS = re.compile(
    r"(?<!\w)(?:có|còn|là|được|đạt|tổng số|tổng cộng|kết nạp|xảy ra tại|ghi nhận|gồm|tăng|với)\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_COUNT_FOLLOWS = re.compile(r"[^.;:\d]{0,50}(?:có|còn|đã|,)\s+\d", re.IGNORECASE)
_DIRECTLY = re.compile(
    r"(?<!\w)(?:có|gồm|tổng số|tổng cộng|hoàn thành|xây dựng được|thành lập|tổ chức|ban hành|được)"
    r"(?:\s+(?:trên|hơn|gần|khoảng|thêm|mới))?\s+$"
)


def find_claims(text: Clean, header: Header) -> list[Claim]:
    """Lists the counts and rates of implementation that the text reports, in the order of the text.

    What is aimed at, ordered, allowed or foretold is no claim; neither are norms, ranks, ranges and losses.
    """
    plain = text.text
    quantities = find_quantities(plain)
    ordered = ordered_places(plain, header)
    counted: list[Counted] = []
    place, earlier = 0, ""
    for number, (start, end) in enumerate(sentence_bounds(plain)):
        inside: list[Quantity] = []
        while place < len(quantities) and quantities[place].start < end:
            inside.append(quantities[place])
            place += 1
        if inside:
            counted += _in_sentence(plain, Span(start, end), inside, number, earlier, ordered=ordered(inside[0].start))
        earlier = plain[start:end]
    resolved = [item for item in resolve_sets(counted) if not _is_mere_place(item)]
    return [_claim(text, item) for item in set_against_plans(resolved)]


def _in_sentence(
    plain: str, sentence: Span, inside: Sequence[Quantity], number: int, earlier: str, *, ordered: bool
) -> list[Counted]:
    found: list[Counted] = []
    told = ordered or begins_with_an_order(plain, sentence.start, sentence.end)
    for index, quantity in enumerate(inside):
        previous = inside[index - 1].end if index else sentence.start
        following = inside[index + 1].start if index + 1 < len(inside) else sentence.end
        before = plain[max(sentence.start, quantity.start - _WINDOW) : quantity.start]
        after = plain[quantity.end : min(sentence.end, quantity.end + _WINDOW)]
        if not reports(before, after, quantity, ordered=told):
            continue
        near = plain[max(sentence.start, previous) : quantity.start].rpartition(";")[2]
        if index == 0 and _PARTS_FOLLOW.search(earlier):
            near = f"{near.rstrip()} trong đó "
        step = after[: following - quantity.end]
        former = found[-1] if found and found[-1].quantity is inside[index - 1] else None
        item = _counted(_Around(quantity, near, before, after, step, number, earlier, former))
        if item:
            found.append(item)
    shared = share_states(plain, found)
    admitted: list[Counted] = []
    for place, item in enumerate(shared):
        beside = bool(admitted) and place > 0 and admitted[-1] is shared[place - 1]
        if _admitted(item) or (beside and _continues(admitted[-1], item)):
            admitted.append(item)
    return admitted


@dataclass(frozen=True, slots=True)
class _Around:
    """A quantity and the words around it: ``near`` since the one before, ``step`` up to the next one."""

    quantity: Quantity
    near: str
    before: str
    after: str
    step: str
    sentence: int
    earlier: str
    former: Counted | None

    def counted(self, state: ClaimState | None, scope: str, rule: str) -> Counted:
        return Counted(self.quantity, state, self.sentence, self.near, self.after[:60], scope, rule)


def _counted(around: _Around) -> Counted | None:
    if around.quantity.unit_class == "percent":
        return _percentage(around)
    if around.quantity.unit_class == "money":
        return _money(around)
    return _count(around)


def _percentage(around: _Around) -> Counted | None:
    brackets = around.before.count("(") > around.before.count(")")
    if around.former and around.former.rule == "count" and _THRESHOLD.search(around.near):
        return None
    state = percent_state(around.before, around.after, around.earlier, in_brackets=brackets)
    former = around.former
    if state is None and former and former.rule == "percent" and _SHORT_STEP.fullmatch(around.near):
        state = former.state
    if former and _is_its_share(around.quantity, former.quantity):
        state = "rate"
    counted = former is not None and (former.rule == "count" or former.quantity.of is not None)
    beside = state is None and _SHARE_IN_BRACKETS.fullmatch(around.near)
    if beside or (counted and _REACHES_SHARE.search(around.near)):
        state = "rate"
    if state is None or (brackets and _PLAN_IN_BRACKETS.search(around.before)):
        return None
    return around.counted(state, re.split(r"[,;.()\n]| và \d", around.after, maxsplit=1)[0].strip(), "percent")


def _is_its_share(percent: Quantity, counted: Quantity) -> bool:
    """ "11/14 xã đạt chuẩn (78,6%)": the rate is what the count comes to."""
    return counted.of is not None and abs(percent.value - 100 * counted.value / counted.of) < _ROUNDING


def _money(around: _Around) -> Counted | None:
    brackets = around.before.count("(") > around.before.count(")")
    state = money_state(around.before, around.after, around.earlier, in_brackets=brackets)
    if state is None and around.quantity.of is not None:
        state = "done"
    if state is None and "trong đó" not in (around.before + around.earlier[-12:]).lower():
        return None
    lead = re.split(r"[,;()]", around.before)[-1].strip()
    return around.counted(state, lead[-120:], "money")


def _count(around: _Around) -> Counted:
    quantity = around.quantity
    after = _CLAUSE_END.split(around.step, maxsplit=1)[0]
    if quantity.unit_class != "work" and total_words(around.near.rpartition(",")[2]):
        return around.counted("total", after.strip(), "total")
    label = count_state(quantity, around.near, after, sentence=around.before)
    if label.state is None and around.step == around.after and quantity.unit_class == "work":
        label = count_state(quantity, around.near, around.step, sentence=around.before)
    scope = label.words or _SET_WORDS_END.split(around.after[:200], maxsplit=1)[0]
    scope = _LOOSE_END.sub("", " ".join(scope.split()).strip(" ,;.\n"))
    return around.counted(label.state, scope[:160], "count")


def _continues(former: Counted, item: Counted) -> bool:
    """Whether a count goes on a list: "34 địa phương thành lập Ban Chỉ đạo, 20 bộ ban hành kế hoạch"."""
    if _LIST_GLUE.match(item.before):
        return True
    same = former.quantity.unit_class == item.quantity.unit_class == "other"
    return same and len(item.before) <= 60 and _LIST_STEP.search(item.before) is not None


def _admitted(item: Counted) -> bool:
    """Counts of people, places and measures are claims only where the sentence says that they are so."""
    quantity = item.quantity
    if quantity.unit_class == "thing":
        return quantity.of is not None or _DIRECTLY.search(item.before) is not None
    if quantity.unit_class not in ("other", "measure") or item.state in ("done", "active", "waiting", "total"):
        return True
    if quantity.of is not None or _EXISTS.search(item.before):
        return True
    return names_a_set(item.before) and _COUNT_FOLLOWS.match(item.after) is not None


def _is_mere_place(item: Counted) -> bool:
    """ "Trong 12 xã ven biển, …" that no part was counted of says where, not how many."""
    return item.quantity.unit_class == "other" and item.state == "other" and names_a_set(item.before)


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
