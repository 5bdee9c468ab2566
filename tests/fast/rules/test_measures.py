"""What a rate counts and out of what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reading import params
from dondoc.rules.measures import (
    BUCKETS,
    Measure,
    MeasureRefused,
    Ratio,
    bucket,
    check,
    has_come,
    ratio,
    shipped,
    shipped_on,
    together,
)

GOOD = Measure("x", "Tỷ lệ", "Tính gì trên gì.", frozenset({"done"}), frozenset({"done", "no_due"}))


@pytest.mark.parametrize("case", params("measures"))
def test_what_a_measure_counts(case):
    measure = Measure("x", "x", "x", frozenset(case["counts"]), frozenset(case["out_of"]), case.get("only_due", False))
    cells = Counter()
    for duty in case["duties"]:
        stands = bucket(
            state_class=duty["state_class"],
            last_day=duty["last_day"],
            done_on=duty.get("done_on"),
            as_of=case["as_of"],
            soon_days=7,
        )
        assert stands == duty["bucket"]
        cells[stands, has_come(duty["last_day"], as_of=case["as_of"])] += 1
    found = ratio(measure, cells)
    shown = None if found.shown is None else str(found.shown)
    assert {"counted": found.counted, "out_of": found.out_of, "shown": shown} == case["expect"]


cells = st.dictionaries(st.tuples(st.sampled_from(BUCKETS), st.booleans()), st.integers(0, 50))


@given(st.lists(cells, max_size=5), st.sampled_from(shipped()))
def test_the_rate_of_a_whole_is_that_of_its_parts_together_and_lies_between_0_and_100(parts, measure):
    whole = Counter()
    for part in parts:
        whole.update(part)
    found = ratio(measure, whole)
    assert found == together(ratio(measure, part) for part in parts)
    assert found.rate is None or 0 <= found.rate <= 100


def test_a_rate_is_never_the_mean_of_rates():
    assert str(together([Ratio(9, 10), Ratio(10, 90)]).shown) == "19.0"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": " "}, "phải có tên và một câu"),
        ({"sentence": ""}, "phải có tên và một câu"),
        ({"counts": frozenset({"xong"}), "out_of": frozenset({"xong", "done"})}, "Không có nhóm việc “xong”"),
        ({"counts": frozenset()}, "ít nhất một nhóm việc"),
        ({"counts": frozenset(), "out_of": frozenset()}, "ít nhất một nhóm việc"),
        ({"counts": frozenset({"late"})}, "có thể vượt 100%"),
        ({"counts": frozenset({"done", "no_due"})}, "luôn là 100%"),
        ({"only_due": True}, "không bao giờ được tính"),
    ],
)
def test_a_measure_that_does_not_hold_together_is_refused_in_words(change, says):
    check(GOOD)
    with pytest.raises(MeasureRefused, match=says):
        check(replace(GOOD, **change))


def test_every_measure_of_the_program_holds_together_and_says_where_it_comes_from():
    for measure in shipped():
        check(measure)
        assert measure.source
    keys = [(row.key, row.from_on) for row in shipped()]
    assert len(keys) == len(set(keys))


def test_a_measure_holds_from_its_day_on_and_names_it():
    assert shipped_on(date(1989, 12, 31)) == {}
    found = shipped_on(date(1990, 1, 1))
    assert list(found) == ["done-of-assigned", "done-of-due", "in-time-of-done", "late-of-open", "late-of-assigned"]
    assert found["done-of-due"].version == "Tỷ lệ hoàn thành trên số đã đến hạn, từ 01/01/1990"
