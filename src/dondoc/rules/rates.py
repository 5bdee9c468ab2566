"""Shares, percents and whether a target is met: decided once for every page, chart and report."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

# A fixed context: the caller's thread may have another precision, and a figure must not depend on it.
_EXACT = Context(prec=50, rounding=ROUND_HALF_UP)

Direction = Literal["higher", "lower", "range"]
Attainment = Literal["met", "exceeded", "unmet"]


def rounded(value: Decimal | int, places: int) -> Decimal:
    """Round a number to so many decimals, a half away from zero: 0,125 → 0,13 and −0,125 → −0,13.

    Half away from zero, not half to even, because that is what the office's own tools do with the same
    numbers (ROUND in a spreadsheet, round(numeric) in PostgreSQL): a clerk who checks a figure by hand must
    find it.
    """
    return _EXACT.quantize(Decimal(value), Decimal(1).scaleb(-places))


def share(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """Divide a part by its whole; None when either is not recorded or the whole is not above zero.

    A share of nothing is neither 0 nor 100 percent: it is shown as "chưa có số liệu". Not rounded; 1 is the
    whole.
    """
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return _EXACT.divide(Decimal(numerator), Decimal(denominator))


def percent(part: Decimal | None, places: int = 1) -> Decimal | None:
    """Show a share in percent, rounded once and last: 0,425 → 42,5. None stays None."""
    return None if part is None else rounded(_EXACT.multiply(part, Decimal(100)), places)


class PlanIncomplete(ValueError):
    """A range target without both of its ends, or with the ends in the wrong order."""

    def __init__(self) -> None:
        super().__init__(
            "Chỉ tiêu dạng khoảng phải có cả mức thấp nhất và mức cao nhất, mức thấp không lớn hơn mức cao. "
            "Hãy nhập lại hai mức của chỉ tiêu."
        )


def met(
    plan: Decimal | int | None,
    actual: Decimal | int | None,
    direction: Direction,
    *,
    plan_high: Decimal | int | None = None,
) -> Attainment | None:
    """Tell whether a target is met (đạt), exceeded (vượt) or unmet (không đạt); None while a side is not
    recorded.

    `higher`: met at the plan, exceeded above it (1.635 of 1.603 new members is exceeded). `lower`, where less
    is better (poverty, accidents): met at the plan, exceeded below it. `range`: met from `plan` to
    `plan_high`, both included, never exceeded. Compared exactly, before any rounding. The custom of party and
    state reports ("đạt và vượt 15/19"); no regulation defines it. Raises PlanIncomplete for a range without
    its upper end.
    """
    if plan is None or actual is None:
        return None
    if direction == "range":
        if plan_high is None or plan_high < plan:
            raise PlanIncomplete
        return "met" if plan <= actual <= plan_high else "unmet"
    if actual == plan:
        return "met"
    return "exceeded" if (actual > plan) == (direction == "higher") else "unmet"
