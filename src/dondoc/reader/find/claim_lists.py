"""Counts that stand in one list or against one plan, and so share a verb or a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dondoc.reader.find.claim_sets import Counted, names_a_set
from dondoc.reader.find.claim_states import Label, count_state

_BETWEEN = re.compile(r"(?:\[\d+\])?\s*(?:,|và|, và)\s*")
_JOINED = re.compile(r"(?:,|(?<!\w)và|(?<!\w)với)\s*$")
_REMAINS = re.compile(r"(?<!\w)còn(?: lại)?\s+$")
_REMAINDER = re.compile(r"\s*còn lại")


def share_states(plain: str, found: Sequence[Counted]) -> list[Counted]:
    """In a list of counts ("15 bộ, 25 địa phương … gửi báo cáo") the one verb stands for all of them."""
    out = list(found)
    for first, last in _runs(plain, found):
        run = out[first : last + 1]
        if any(item.state is not None for item in run[:-1]) or run[-1].quantity.unit_class == "percent":
            continue
        label = Label(run[-1].state, run[-1].scope)
        if label.state is None:
            label = count_state(run[0].quantity, run[0].before, re.split(r"[,;.(]", run[-1].after, maxsplit=1)[0])
        for place in range(first, last + 1):
            out[place] = replace(out[place], state=label.state, scope=label.words or out[place].scope)
    for index in range(1, len(out)):
        former = _verb_before(out, index)
        if former:
            out[index] = replace(out[index], state=former.state, scope=former.scope)
    return out


def _verb_before(found: Sequence[Counted], index: int) -> Counted | None:
    """ "đã trình 39 dự án … và 7 dự án BOT": the count that lends its verb to the one joined to it."""
    item = found[index]
    if item.state is not None or not _JOINED.search(item.before):
        return None
    counts = [c for c in found[max(0, index - 4) : index] if c.rule == "count"]
    return counts[-1] if counts and item.rule == "count" and counts[-1].state in ("done", "active") else None


def _runs(plain: str, found: Sequence[Counted]) -> list[tuple[int, int]]:
    """First and last of each list of counts that only commas and "và" part."""
    runs: list[tuple[int, int]] = []
    for index in range(1, len(found)):
        left, right = found[index - 1], found[index]
        between = plain[left.quantity.end : right.quantity.start]
        if names_a_set(left.before) or left.rule != "count" or right.rule != "count" or not _BETWEEN.fullmatch(between):
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index - 1, index))
    return runs


def set_against_plans(counted: Sequence[Counted]) -> list[Counted]:
    """Gives money its plan and a remainder its whole.

    "516 tỷ đồng, đạt 56% kế hoạch giao (913 tỷ đồng)" is 516 of 913; "9/11 dự án … hai dự án còn lại" is 2 of 11.
    """
    out = list(counted)
    for index, item in enumerate(out):
        if index >= 2 and _is_plan_of(item, out[index - 2], out[index - 1]):
            out[index - 2] = replace(out[index - 2], of=item.quantity.value)
        if item.of is None and (_REMAINDER.match(item.after) or _REMAINS.search(item.before)):
            for former in out[max(0, index - 6) : index]:
                whole = former.quantity.of
                if whole is not None and abs(whole - former.quantity.value - item.quantity.value) < 1e-6:
                    out[index] = replace(item, of=whole)
    return out


def _is_plan_of(plan: Counted, paid: Counted, rate: Counted) -> bool:
    return (
        plan.state == "total"
        and rate.state == "rate"
        and plan.quantity.unit_class == "money"
        and plan.sentence == paid.sentence
        and plan.quantity.unit == paid.quantity.unit
        and paid.of is None
        and paid.quantity.value <= plan.quantity.value
    )
