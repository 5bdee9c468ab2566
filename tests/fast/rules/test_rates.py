"""Shares, percents, and whether a target is met."""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reading import params
from dondoc.rules.rates import PlanIncomplete, met, percent, rounded, share


def number(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("case", params("shares"))
def test_a_share_in_percent(case):
    found = percent(share(number(case["numerator"]), number(case["denominator"])), case["places"])
    assert (None if found is None else str(found)) == case["expect"]


@pytest.mark.parametrize("case", params("met"))
def test_whether_a_target_is_met(case):
    found = met(
        number(case["plan"]),
        number(case["actual"]),
        case["direction"],
        plan_high=number(case.get("plan_high")),
    )
    assert found == case["expect"]


@pytest.mark.parametrize("plan_high", [None, Decimal(7)])
def test_a_range_needs_both_ends_in_order(plan_high):
    with pytest.raises(PlanIncomplete, match="mức thấp nhất và mức cao nhất"):
        met(Decimal(8), Decimal(9), "range", plan_high=plan_high)


def test_a_percent_has_one_decimal_unless_asked_otherwise():
    assert str(percent(Decimal("0.425"))) == "42.5"


def test_the_precision_of_the_caller_changes_nothing():
    exact = share(1, 3)
    with localcontext() as context:
        context.prec = 3
        assert share(1, 3) == exact
        assert rounded(Decimal("123456.125"), 2) == Decimal("123456.13")
    assert getcontext().prec != 3


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_rounding_is_the_same_on_both_sides_of_zero(value):
    assert rounded(-value, 1) == -rounded(value, 1)
    assert abs(rounded(value, 1) - value) <= Decimal("0.05")


@settings(deadline=None)
@given(st.integers(-100, 100), st.integers(-100, 100))
def test_better_one_way_is_worse_the_other(plan, actual):
    turned = {"met": "met", "exceeded": "unmet", "unmet": "exceeded"}
    assert met(plan, actual, "lower") == turned[met(plan, actual, "higher")]
