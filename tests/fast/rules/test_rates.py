"""Shares and percents."""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reading import params
from dondoc.rules.rates import percent, rounded, share


def number(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("case", params("shares"))
def test_a_share_in_percent(case):
    found = percent(share(number(case["numerator"]), number(case["denominator"])), case["places"])
    assert (None if found is None else str(found)) == case["expect"]


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
