"""Who stands for an agency that ended, and which step would lead in a circle."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.succession import circle, follower

PAIRS = st.lists(st.tuples(st.integers(1, 6), st.none() | st.integers(1, 6)), max_size=10)


def onward(pairs):
    found = {}
    for before, after in pairs:
        found.setdefault(before, []).append(after)
    return found


@pytest.mark.parametrize(
    ("pairs", "stands"),
    [
        ([], 1),  # nothing followed it
        ([(1, 2)], 2),
        ([(1, 2), (2, 3)], 3),
        ([(1, 2), (1, 2), (2, 3)], 3),  # the same step entered twice
        ([(1, None)], 1),  # dissolved
        ([(1, 2), (2, None)], 2),
        ([(1, 2), (1, 3)], 1),  # split
        ([(1, 2), (2, 3), (2, 4)], 2),
        ([(1, 2), (2, 1)], 1),  # a circle, as only a mistake can make it
        ([(1, 2), (2, 3), (3, 2)], 1),
        ([(n, n + 1) for n in range(1, 3000)], 3000),
    ],
)
def test_who_stands_for_an_agency(pairs, stands):
    assert follower(1, onward(pairs)) == stands


@given(PAIRS, st.integers(1, 6))
def test_following_ends_whatever_is_on_record(pairs, agency):
    steps = onward(pairs)
    stands = follower(agency, steps)
    assert stands == agency or circle(stands, agency, steps)


@given(PAIRS, st.integers(1, 6), st.integers(1, 6))
def test_a_step_leads_in_a_circle_exactly_when_its_end_leads_to_its_beginning(pairs, predecessor, successor):
    reach = {(n, n) for n in range(1, 7)} | {(a, b) for a, b in pairs if b is not None}
    while longer := {(a, d) for a, b in reach for c, d in reach if b == c} - reach:
        reach |= longer
    chain = circle(predecessor, successor, onward(pairs))
    assert bool(chain) == ((successor, predecessor) in reach)
    if chain:
        assert (chain[0], chain[-1]) == (successor, predecessor)
        assert {*pairwise(chain)} <= {*pairs}
