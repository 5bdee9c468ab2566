"""How long something has been waited for, and which causes can be named."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules.obstacles import causes, days_waited

BEGAN = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("ended", "as_of", "days"),
    [
        (None, date(2024, 3, 11), 10),
        (None, BEGAN, 0),
        (None, date(2024, 2, 1), 0),
        (BEGAN, date(2024, 5, 1), 0),
        (date(2024, 3, 6), date(2024, 5, 1), 5),
        (date(2024, 3, 6), date(2024, 3, 3), 2),
    ],
)
def test_days_are_counted_from_the_first_until_before_the_last(ended, as_of, days):
    assert days_waited(began_on=BEGAN, ended_on=ended, as_of=as_of) == days


def test_every_cause_has_words_and_a_key_of_its_own():
    found = causes(on=date(2024, 1, 1))
    assert len({cause.key for cause in found}) == len(found) == 9
    assert causes(on=date(1999, 1, 1)) == ()
