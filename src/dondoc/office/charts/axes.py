"""What pictures with a ruler share: which days and numbers it names, and words beside a line that do not overlap."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dondoc.rules.text import vi_date, vi_number

MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
DAYS = (1, 2, 7, 14)


def day_ticks(first: date, last: date, *, most: int = 5) -> list[date]:
    """Choose at most so many days for the ruler: first days of months, or within two months days a week apart."""
    span = (last - first).days
    for step in DAYS:
        if span // step < most and span < 60:
            return [first + timedelta(days=n) for n in range(0, span + 1, step)]
    begin = first.year * 12 + first.month - (1 if first.day == 1 else 0)
    end = last.year * 12 + last.month - 1
    for step in MONTHS:
        found = [m for m in range(begin, end + 1) if m % step == 0]
        if len(found) <= most:
            break
    return [date(m // 12, m % 12 + 1, 1) for m in found] or [first]


def number_ticks(highest: int, *, most: int = 5) -> list[int]:
    """Choose round numbers from 0 up to the first that is not below the highest."""
    step, power = 1, 1
    while True:
        for factor in (1, 2, 5):
            step = factor * power
            if -(-highest // step) < most:
                return [n * step for n in range(max(1, -(-highest // step)) + 1)]
        power *= 10


def day_axis(ticks: Sequence[date], *, flush: bool | int = True) -> dict[str, Any]:
    """A ruler of days, written as 01/07/2023; `flush` pixels from its ends a day stands beside its tick, else under."""
    words = {each.toordinal(): vi_date(each) for each in ticks}
    return {**_axis(words), "grid": False, "labelFlush": flush, "labelOverlap": False, "tickSize": 4}


def number_axis(ticks: Sequence[int]) -> dict[str, Any]:
    """A ruler of numbers with thin lines across the picture, written as 1.000."""
    return {**_axis({each: vi_number(each) for each in ticks}), "grid": True, "domain": False, "ticks": False}


def _axis(words: Mapping[int, str]) -> dict[str, Any]:
    # The words by a chain of comparisons: plain enough for the interpreter, and the same in every time zone.
    said = '""'
    for value, text in reversed(list(words.items())):
        said = f"datum.value === {value} ? {json.dumps(text, ensure_ascii=False)} : {said}"
    return {"title": None, "values": list(words), "labelExpr": said, "labelPadding": 5}


def apart(places: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Move places (in pixels, in rising order) apart to a least gap within bounds, as little as that needs."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap) if found else max(place, low))
    over = found[-1] - high if found else 0
    if over > 0:
        found[-1] -= over
        for at in range(len(found) - 2, -1, -1):
            found[at] = min(found[at], found[at + 1] - gap)
    return found
