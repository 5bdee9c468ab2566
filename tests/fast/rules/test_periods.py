"""Periods are read as offices write them and written so that they can be read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.periods import NotAPeriod, parse_period, period_words


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("năm 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2021-2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("giai đoạn 2021 – 2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("31/12/2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("30/6/2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("01/7/2025 - 31/12/2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("1/7/2025 đến 31/12/2025", date(2025, 7, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_is_read(text: str, begins: date, ends: date):
    assert parse_period(text) == (begins, ends)


@pytest.mark.parametrize("text", ["", "25", "2025-2021", "31/2/2025", "quý sau", "1/1/2025 - 2/1/2025 - 3/1/2025"])
def test_what_is_no_period_is_refused_with_how_to_write_it(text: str):
    with pytest.raises(NotAPeriod, match="Hãy viết như 2025"):
        parse_period(text)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_what_is_written_can_be_read_again(one: date, other: date):
    begins, ends = sorted((one, other))
    assert parse_period(period_words(begins, ends)) == (begins, ends)
