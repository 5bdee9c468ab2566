"""A later due day: what speaks against it, and from which request on it is marked."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules.extensions import hindrance, is_flagged

JUNE, JULY, AUGUST = date(2024, 6, 30), date(2024, 7, 31), date(2024, 8, 31)


@pytest.mark.parametrize(
    ("present", "wanted", "parent", "said"),
    [
        (JUNE, JULY, None, None),
        (JUNE, JULY, JULY, None),
        (JUNE, AUGUST, JULY, "beyond_parent"),
        (JUNE, JUNE, None, "not_later"),
        (JULY, JUNE, None, "not_later"),
        (None, JULY, None, "no_due_day"),
        (JULY, JUNE, date(2024, 5, 31), "not_later"),
    ],
)
def test_what_speaks_against_a_later_due_day(present, wanted, parent, said):
    assert hindrance(present=present, wanted=wanted, parent=parent) == said


def test_the_third_request_is_marked():
    assert [is_flagged(n, flagged=3) for n in (1, 2, 3, 4)] == [False, False, True, True]
