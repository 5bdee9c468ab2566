"""Working days of offices: weekends, holidays, days off in lieu, exchanged days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dondoc.rules.calendar import (
    DayNotCovered,
    add_working_days,
    is_working_day,
    next_working_day,
    special_day,
    vietnam,
)

DAYS = st.dates(date(2020, 3, 1), date(2027, 9, 1))


def days_off(start, end):
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return [day for day in days if not is_working_day(day)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2020-01-23", "2020-01-29"),
        ("2021-02-10", "2021-02-16"),
        ("2022-01-29", "2022-02-06"),
        ("2023-01-20", "2023-01-26"),
        ("2024-02-08", "2024-02-14"),
        ("2025-01-25", "2025-02-02"),
        ("2026-02-14", "2026-02-22"),
        ("2022-04-30", "2022-05-03"),
        ("2023-04-29", "2023-05-03"),
        ("2024-04-27", "2024-05-01"),
        ("2025-04-30", "2025-05-04"),
        ("2021-09-02", "2021-09-05"),
        ("2022-09-01", "2022-09-04"),
        ("2023-09-01", "2023-09-04"),
        ("2024-08-31", "2024-09-03"),
        ("2025-08-30", "2025-09-02"),
        ("2026-01-01", "2026-01-04"),
        ("2026-08-29", "2026-09-02"),
    ],
)
def test_the_announced_days_off_and_not_one_more(first, last):
    start, end = date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1)
    one = timedelta(days=1)
    assert days_off(start - one, end + one) == [start + n * one for n in range((end - start).days)]


@pytest.mark.parametrize("day", ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"])
def test_a_saturday_worked_in_exchange_is_a_working_day(day):
    assert date.fromisoformat(day).weekday() == 5
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("year", range(2020, 2028))
def test_each_year_has_the_days_of_the_labour_code(year):
    holidays = [d for d in vietnam().special_days.values() if d.on.year == year and d.kind == "holiday"]
    culture_day = [d for d in holidays if d.name == "Ngày Văn hóa Việt Nam"]
    assert len(holidays) - len(culture_day) == (10 if year == 2020 else 11)


@pytest.mark.parametrize("year", range(2020, 2028))
def test_each_holiday_on_a_weekend_is_given_back_once(year):
    days = [d for d in vietnam().special_days.values() if d.on.year == year]
    lost = [d for d in days if d.kind == "holiday" and d.on.weekday() >= 5]
    assert len([d for d in days if d.kind == "compensated"]) == len(lost)


def test_each_exchanged_day_is_worked_on_another():
    kinds = [day.kind for day in vietnam().special_days.values()]
    assert kinds.count("swapped_off") == kinds.count("swapped_work") == 4


def test_days_foreseen_but_not_announced_say_so():
    unsure = sorted(d.on.isoformat() for d in vietnam().special_days.values() if not d.sure)
    tet = [f"2027-02-{day:02d}" for day in range(4, 11)]
    assert unsure == sorted(["2026-11-24", *tet, "2027-09-03", "2027-11-24"])


def test_a_day_off_says_why():
    day = special_day(date(2023, 5, 3))
    assert (day.name, day.kind) == ("Nghỉ bù Ngày Chiến thắng", "compensated")
    assert "Điều 111" in day.source
    assert special_day(date(2023, 5, 4)) is None


def test_a_term_does_not_count_its_first_day_and_leaps_over_days_off():
    assert add_working_days(date(2024, 4, 26), 1) == date(2024, 5, 2)
    assert add_working_days(date(2024, 4, 26), 3) == date(2024, 5, 4)
    assert add_working_days(date(2024, 5, 2), -1) == date(2024, 4, 26)
    assert add_working_days(date(2024, 4, 27), 0) == date(2024, 4, 27)


@settings(deadline=None)
@given(DAYS, st.integers(-40, 40))
def test_so_many_working_days_lie_behind_a_day_and_the_last_of_them_is_given(day, count):
    found = add_working_days(day, count)
    step = timedelta(days=1 if count > 0 else -1)
    passed = [day + step * n for n in range(1, abs((found - day).days) + 1)]
    assert sum(map(is_working_day, passed)) == abs(count)
    assert not passed or (passed[-1], is_working_day(found)) == (found, True)


@settings(deadline=None)
@given(DAYS)
def test_the_next_working_day_is_the_first_one_not_before(day):
    found = next_working_day(day)
    assume(found != day)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert [is_working_day(found), *map(is_working_day, between)] == [True, *(False for _ in between)]


def test_the_first_and_the_last_recorded_day_are_known():
    assert [is_working_day(date(2020, 1, 1)), is_working_day(date(2027, 12, 31))] == [False, True]


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2028, 1, 1)])
def test_years_without_a_record_are_refused_not_guessed(day):
    with pytest.raises(DayNotCovered, match=r"đến 31/12/2027\. Hãy bổ sung lịch nghỉ của năm"):
        is_working_day(day)
