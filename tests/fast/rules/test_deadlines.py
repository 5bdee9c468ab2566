"""When a duty is due, and how it stands against its last day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reading import params
from dondoc.rules.deadlines import (
    SETTING,
    DueDaySetting,
    DueRule,
    DueRuleRefused,
    counted_on,
    days_late,
    due_soon_days,
    last_day,
    occurrences,
    setting_of,
    timeliness,
)
from dondoc.rules.parameters import parameter

OFFICE_TIME = timezone(timedelta(hours=7))
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 1))


@pytest.mark.parametrize("case", params("due_rules"))
def test_the_last_day_of_a_due_rule(case):
    setting = DueDaySetting(**case.get("setting", {}))
    assert last_day(DueRule(**case["rule"]), setting=setting) == case["expect"]


@pytest.mark.parametrize("case", params("timeliness"))
def test_how_a_duty_stands_against_its_last_day(case):
    asked = {"last_day": case["last_day"], "done_on": case["done_on"], "as_of": case["as_of"]}
    assert timeliness(**asked, soon_days=case["soon_days"]) == case["expect"]
    assert days_late(**asked) == case["days_late"]


@settings(deadline=None)
@given(st.none() | DAYS, st.none() | DAYS, DAYS, st.integers(0, 30))
def test_late_and_days_late_never_contradict_each_other(last, done_on, as_of, soon_days):
    stands = timeliness(last_day=last, done_on=done_on, as_of=as_of, soon_days=soon_days)
    late = days_late(last_day=last, done_on=done_on, as_of=as_of)
    assert (late > 0) == (stands in {"late", "done_late"})


@settings(deadline=None)
@given(DAYS, DAYS, st.integers(0, 30))
def test_what_is_done_later_says_nothing_of_an_earlier_day(last, as_of, after):
    done_on = as_of + timedelta(days=1 + after)
    open_then = timeliness(last_day=last, done_on=None, as_of=as_of, soon_days=7)
    assert timeliness(last_day=last, done_on=done_on, as_of=as_of, soon_days=7) == open_then


def test_the_31st_of_each_month_is_the_last_day_of_short_months():
    rule = DueRule("recurring", date(2024, 1, 31), "month")
    assert occurrences(rule, from_on=date(2024, 1, 1), until_on=date(2024, 7, 31)) == (
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
        date(2024, 5, 31),
        date(2024, 6, 30),
    )


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("week", ["2024-06-13", "2024-06-20", "2024-06-27"]),
        ("quarter", ["2024-06-20"]),
        ("half", []),
        ("year", []),
    ],
)
def test_each_round_of_a_recurring_rule_is_due_on_its_own_day(every, expected):
    rule = DueRule("recurring", date(2023, 9, 20) if every != "week" else date(2024, 6, 6), every)
    found = occurrences(rule, from_on=date(2024, 6, 10), until_on=date(2024, 7, 1))
    assert [day.isoformat() for day in found] == expected


def test_no_round_comes_before_the_first():
    rule = DueRule("recurring", date(2024, 5, 20), "month")
    assert occurrences(rule, from_on=date(2024, 1, 1), until_on=date(2024, 6, 1)) == (date(2024, 5, 20),)


def test_the_end_of_the_asked_days_is_not_among_them_and_its_eve_is():
    rule = DueRule("recurring", date(2024, 5, 20), "month", before=True)
    setting = DueDaySetting(before_counts=False)
    asked = {"from_on": date(2024, 5, 1), "setting": setting}
    assert occurrences(rule, until_on=date(2024, 5, 20), **asked) == (date(2024, 5, 19),)
    assert occurrences(rule, until_on=date(2024, 5, 19), **asked) == ()


def test_the_first_of_the_asked_days_is_among_them():
    rule = DueRule("recurring", date(2024, 5, 20), "month")
    assert occurrences(rule, from_on=date(2024, 5, 20), until_on=date(2024, 6, 20)) == (date(2024, 5, 20),)


def test_a_rule_that_does_not_recur_has_its_one_day():
    rule = DueRule("quarter", date(2024, 5, 1))
    assert occurrences(rule, from_on=date(2024, 6, 30), until_on=date(2024, 7, 1)) == (date(2024, 6, 30),)
    assert occurrences(rule, from_on=date(2024, 7, 1), until_on=date(2025, 1, 1)) == ()
    assert occurrences(rule, from_on=date(2024, 1, 1), until_on=date(2024, 6, 30)) == ()
    assert occurrences(DueRule("event"), from_on=date(2024, 1, 1), until_on=date(2025, 1, 1)) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "day"},
        {"kind": "quarter"},
        {"kind": "recurring", "every": "month"},
        {"kind": "recurring", "on": date(2024, 1, 1)},
        {"kind": "day", "on": date(2024, 1, 1), "every": "month"},
        {"kind": "none", "on": date(2024, 1, 1)},
    ],
    ids=str,
)
def test_a_rule_that_does_not_hold_together_is_refused(wrong):
    with pytest.raises(DueRuleRefused, match="Hãy "):
        DueRule(**wrong)


def test_a_due_day_ends_at_midnight_unless_the_office_says_otherwise():
    setting = setting_of({key: parameter(key, on=date(2024, 6, 18)).value for key in SETTING})
    assert setting == DueDaySetting(before_counts=True, moves_to_working_day=False, ends_at=None)
    assert counted_on(datetime(2024, 6, 18, 23, 59, tzinfo=OFFICE_TIME), setting=setting) == date(2024, 6, 18)


def test_where_the_day_ends_at_five_a_filing_at_six_counts_for_the_next():
    setting = DueDaySetting(ends_at=time(17))
    assert counted_on(datetime(2024, 6, 18, 17, 0, tzinfo=OFFICE_TIME), setting=setting) == date(2024, 6, 18)
    assert counted_on(datetime(2024, 6, 18, 17, 1, tzinfo=OFFICE_TIME), setting=setting) == date(2024, 6, 19)


def test_the_warning_before_a_due_day_is_a_dated_parameter():
    assert due_soon_days(on=date(2024, 6, 18)) == 7
