"""Points of agencies by their rates: bands without gap and overlap, grades, places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules import measures
from dondoc.rules.scales import (
    Band,
    Criterion,
    Scale,
    ScaleRefused,
    check,
    check_bands,
    points_of,
    ranks,
    score,
    shipped,
    shipped_on,
)

MEASURES = {"x", "y", "z"}


def band(start, below=None, points=None, per_value=None, label=""):
    numbers = (None if n is None else Decimal(str(n)) for n in (start, below, points, per_value))
    return Band(*numbers, label)


# From 85% on 10 points, from 60% in proportion, below nothing.
PAID = Criterion("x", Decimal(10), (band(0, 60, 0), band(60, 85, 10, 85), band(85, points=10)))
FEW = Criterion("y", Decimal(5), (band(0, 10, 5), band(10, points=0)))
GRADES = (band(0, 50, label="kém"), band(50, 90, label="đạt"), band(90, label="tốt"))
SCALE = Scale("s", "Thang", "Câu.", (PAID, FEW), GRADES)


@pytest.mark.parametrize(
    ("rate", "points"),
    [("0", "0.00"), ("59.99", "0.00"), ("60", "7.06"), ("84.9", "9.99"), ("85", "10.00"), ("100", "10.00")],
)
def test_the_points_of_a_rate(rate, points):
    assert str(points_of(PAID, Fraction(rate))) == points


def test_a_half_of_a_hundredth_is_rounded_up_from_the_exact_rate():
    third = Criterion("x", Decimal("37.035"), (band(0, points="37.035", per_value=100),))
    with localcontext(prec=5):  # whatever the caller's own precision
        assert str(points_of(third, Fraction(100, 3))) == "12.35"


def test_a_criterion_with_nothing_to_count_is_left_out_of_the_most_that_can_be_reached():
    both = score(SCALE, {"x": Fraction(85), "y": Fraction(20)})
    assert (str(both.total), str(both.attainable), str(both.shown), both.grade) == ("10.00", "15.00", "66.67", "đạt")
    one = score(SCALE, {"x": Fraction(85), "y": None})
    assert (one.points, str(one.attainable), one.percent, one.grade) == ((Decimal(10), None), "10.00", 100, "tốt")
    none = score(SCALE, {})
    assert (none.points, none.total, none.percent, none.shown, none.grade) == ((None, None), None, None, None, "")


@pytest.mark.parametrize(("least", "ranked"), [("0", True), ("66.66", True), ("66.67", False), ("100", False)])
def test_an_agency_to_which_too_few_points_apply_has_points_but_neither_place_nor_grade(least, ranked):
    scale = replace(SCALE, least_share=Decimal(least))
    one = score(scale, {"x": Fraction(85)})  # 10 of the 15 points apply: 66.666...%
    assert (str(one.total), str(one.attainable), one.percent, one.share) == ("10.00", "10.00", 100, Fraction(200, 3))
    assert (one.is_ranked, one.grade) == (ranked, "tốt" if ranked else "")
    assert (score(scale, {}).is_ranked, score(scale, {"x": Fraction(0), "y": Fraction(0)}).is_ranked) == (False, True)


def test_the_grade_is_of_the_exact_percent_not_of_the_printed():
    close = Scale("s", "s", "s", (Criterion("x", Decimal(30000), (band(0, points="26999"),)),), GRADES)
    found = score(close, {"x": Fraction(1)})
    assert (str(found.shown), found.grade) == ("90.00", "đạt")


def test_equal_ones_share_a_place_and_the_next_leaves_as_many_out():
    assert ranks([Fraction(80), None, Fraction(90), Fraction(80), Fraction(70)]) == [2, None, 1, 2, 4]


@pytest.mark.parametrize(
    ("bands", "says"),
    [
        ([], "từ 1 đến 12 khoảng"),
        ([band(5)], "thiếu khoảng từ 0 đến dưới 5"),
        ([band(0, 60), band(85)], "thiếu khoảng từ 60 đến dưới 85"),
        ([band(0, 70), band(60)], "khoảng từ 60 đến dưới 70 nằm trong hai mức"),
        ([band(0), band(60)], "khoảng từ 60 đến hết nằm trong hai mức"),
        ([band(0, 50), band(0, 40), band(50)], "khoảng từ 0 đến dưới 40 nằm trong hai mức"),
        ([band(0, 60), band(60, 100)], "thiếu giá trị 100"),
        ([band(0, 60), band(60, "99.5")], "thiếu khoảng từ 99,5 đến 100"),
        ([band(-1)], "không đi lên từ 0"),
        ([band(0, 60), band(60, 60)], "không đi lên từ 0"),
    ],
)
def test_a_gap_or_an_overlap_is_named(bands, says):
    with pytest.raises(ScaleRefused, match=says):
        check_bands(bands, where="Tiêu chí 1")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "phải có tên"),
        ({"least_share": Decimal("-0.01")}, "phải từ 0 đến 100"),
        ({"least_share": Decimal("100.01")}, "phải từ 0 đến 100"),
        ({"criteria": ()}, "từ 1 đến 12 tiêu chí"),
        ({"criteria": (replace(PAID, measure="w"),)}, "không có cách tính “w”"),
        ({"criteria": (PAID, replace(FEW, measure="x"))}, "Tiêu chí 2: cách tính này đã có"),
        ({"criteria": (replace(PAID, points=Decimal(0)),)}, "điểm tối đa phải lớn hơn 0"),
        ({"criteria": (replace(FEW, bands=(band(0, points=6),)),)}, "nhiều hơn điểm tối đa 5"),
        ({"criteria": (replace(FEW, bands=(band(0, points=5, per_value=99),)),)}, "nhiều hơn điểm tối đa 5"),
        ({"criteria": (replace(FEW, bands=(band(0, points=5, per_value=0),)),)}, "phải lớn hơn 0"),
        ({"criteria": (replace(FEW, bands=(band(0),)),)}, "chưa có điểm"),
        ({"criteria": (replace(FEW, bands=(band(0, points=-1),)),)}, "nhỏ hơn 0"),
        ({"grades": (band(0, 50, label="a"), band(50, label="a"))}, "hai mức cùng tên"),
        ({"grades": (band(0, label=" "),)}, "chưa có tên"),
        ({"grades": (band(10, label="a"),)}, "Xếp loại: thiếu khoảng từ 0 đến dưới 10"),
    ],
)
def test_a_scale_that_does_not_hold_together_is_refused_in_words(change, says):
    check(SCALE, measures=MEASURES)
    with pytest.raises(ScaleRefused, match=says):
        check(replace(SCALE, **change), measures=MEASURES)


numbers = st.decimals(0, 130, places=2)


@given(st.lists(st.tuples(numbers, st.none() | numbers), max_size=6))
def test_bands_pass_if_and_only_if_every_rate_lies_in_exactly_one(drawn):
    bands = [Band(start, below, Decimal(1)) for start, below in drawn]
    ends = {Fraction(end) for pair in drawn for end in pair if end is not None and end <= 100} | {Fraction(0)}
    between = {(one + other) / 2 for one, other in pairwise(sorted(ends | {Fraction(100)}))}
    held = {sum(one.holds(rate) for one in bands) for rate in ends | between | {Fraction(100)}}
    try:
        check_bands(bands, where="x")
    except ScaleRefused:
        upward = all(one.below is None or one.from_value < one.below for one in bands)
        assert held != {1} or not upward or any(one.from_value > 100 for one in bands)
    else:
        assert held == {1}


@given(st.lists(st.integers(1, 99), unique=True, max_size=5), st.fractions(0, 100))
def test_whatever_cuts_are_made_every_rate_has_its_band(cuts, rate):
    edges = [0, *sorted(cuts)]
    bands = [band(start, below) for start, below in zip(edges, [*edges[1:], None], strict=True)]
    check_bands(bands, where="x")
    assert sum(one.holds(rate) for one in bands) == 1


@given(st.lists(st.none() | st.fractions(0, 100), max_size=8))
def test_a_place_is_one_more_than_those_that_are_better(percents):
    for percent, place in zip(percents, ranks(percents), strict=True):
        better = sum(other is not None and percent is not None and other > percent for other in percents)
        assert place == (None if percent is None else better + 1)


@given(st.dictionaries(st.sampled_from(["done-of-due", "in-time-of-done", "late-of-open"]), st.fractions(0, 100)))
def test_the_scale_of_the_program_gives_every_agency_at_most_all_points(rates):
    [scale] = shipped_on(date(2024, 6, 18)).values()
    found = score(scale, rates)
    assert (found.percent is None) == (not rates)
    assert found.percent is None or 0 <= found.percent <= 100


def test_every_scale_of_the_program_holds_together_and_says_where_it_comes_from():
    for scale in shipped():
        check(scale, measures={row.key for row in measures.shipped()})
        assert scale.source
    assert shipped_on(date(1989, 12, 31)) == {}
    # The sample asks for a least share from a new year on; rankings of the years before stay as they were.
    least = [shipped_on(day)["xep-hang"].least_share for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert least == [0, 50]
