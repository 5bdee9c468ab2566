"""What became of an agency, as of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reading import params
from dondoc.rules.succession import (
    SuccessionCycle,
    SuccessionFact,
    check_acyclic,
    stands,
    successors,
)

FIRST = date(2020, 1, 1)


def step(row):
    return SuccessionFact(**{"until_on": None, "replaces": None} | row)


@pytest.mark.parametrize("case", params("successions"))
def test_who_stands_for_an_agency(case):
    steps = [step(row) for row in case["facts"]]
    when = {"as_of": case["as_of"], "known_at": case["known_at"]}
    found = successors(case["agency"], steps, **when)
    assert list(found) == case["expect"]
    assert [stands(agency, steps, **when) for agency in found] == [True] * len(found)


@st.composite
def chains(draw):
    """Steps that lead only from lower to higher numbers, or from an agency to itself."""
    steps = []
    for id_ in range(1, draw(st.integers(0, 10)) + 1):
        before = draw(st.integers(1, 6))
        after = draw(st.none() | st.integers(before, 7))
        on = FIRST + timedelta(days=draw(st.integers(0, 5)))
        written = datetime(2020, 2, 1, tzinfo=UTC)
        steps.append(SuccessionFact(id_, before, after, "merge", on, None, written))
    return steps


@settings(deadline=None)
@given(chains(), st.integers(1, 7), st.integers(-1, 6), st.randoms(use_true_random=False))
def test_whoever_stands_for_an_agency_stands(steps, agency, day, random):
    when = {"as_of": FIRST + timedelta(days=day), "known_at": None}
    found = successors(agency, steps, **when)
    assert [heir for heir in found if not stands(heir, steps, **when)] == []
    assert (agency in found) == stands(agency, steps, **when)
    shuffled = list(steps)
    random.shuffle(shuffled)
    assert successors(agency, shuffled, **when) == found


PAIRS = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=12)


@settings(deadline=None, max_examples=300)
@given(PAIRS)
def test_a_cycle_is_refused_exactly_when_there_is_one(pairs):
    reach = {(a, b) for a, b in pairs if a != b}
    while longer := {(a, d) for a, b in reach for c, d in reach if b == c} - reach:
        reach |= longer
    cyclic = any(a == b for a, b in reach)
    written = datetime(2020, 2, 1, tzinfo=UTC)
    steps = [
        SuccessionFact(id_, before, after, "merge", FIRST, None, written) for id_, (before, after) in enumerate(pairs)
    ]
    if not cyclic:
        check_acyclic(steps)
        return
    with pytest.raises(SuccessionCycle) as caught:
        check_acyclic(steps)
    walked = caught.value.agencies
    assert walked[0] == walked[-1]
    assert {*pairwise(walked)} <= {*pairs}


def test_a_long_chain_is_followed_to_its_end():
    written = datetime(2020, 2, 1, tzinfo=UTC)
    steps = [SuccessionFact(n, n, n + 1, "rename", FIRST, None, written) for n in range(1, 3000)]
    assert successors(2000, steps, as_of=FIRST, known_at=None) == (3000,)


def test_a_cycle_says_where_it_runs_and_what_to_do():
    written = datetime(2020, 2, 1, tzinfo=UTC)
    steps = [
        SuccessionFact(1, 1, 2, "merge", FIRST, None, written),
        SuccessionFact(2, 2, 1, "split", FIRST + timedelta(days=9), None, written),
    ]
    with pytest.raises(SuccessionCycle, match=r"1 → 2 → 1.*hãy ghi thành một cơ quan mới"):
        successors(1, steps, as_of=date(2025, 1, 1), known_at=None)
    assert successors(1, steps, as_of=FIRST, known_at=None) == (2,)
