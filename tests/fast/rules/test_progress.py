"""Progress by period: the windows of the regulation, what is proposed, and how a report stands."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from cases.reading import params
from dondoc.rules.progress import Step, UnknownKind, is_due, kind_of, kinds, offered, standing, window

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "day", "name", "begins", "last"),
    [
        ("month", "2024-06-14", "tháng 6/2024", "2024-05-15", "2024-06-14"),
        ("month", "2024-06-15", "tháng 7/2024", "2024-06-15", "2024-07-14"),
        ("month", "2024-12-31", "tháng 1/2025", "2024-12-15", "2025-01-14"),
        ("month", "2024-12-14", "tháng 12/2024", "2024-11-15", "2024-12-14"),
        ("quarter", "2024-06-14", "quý II/2024", "2024-03-15", "2024-06-14"),
        ("quarter", "2024-03-15", "quý II/2024", "2024-03-15", "2024-06-14"),
        ("quarter", "2024-12-15", "quý I/2025", "2024-12-15", "2025-03-14"),
        ("half", "2024-06-14", "6 tháng đầu năm 2024", "2023-12-15", "2024-06-14"),
        ("half", "2024-06-15", "6 tháng cuối năm 2024", "2024-06-15", "2024-12-14"),
        ("year", "2024-12-14", "năm 2024", "2023-12-15", "2024-12-14"),
        ("year", "2024-12-15", "năm 2025", "2024-12-15", "2025-12-14"),
    ],
)
def test_any_day_lies_in_one_window_of_each_sort(kind: str, day: str, name: str, begins: str, last: str) -> None:
    found = window(kind, date.fromisoformat(day))
    assert (found.name, found.begins_on.isoformat(), found.last_on.isoformat()) == (name, begins, last)


def test_the_windows_of_a_sort_follow_each_other_without_a_gap() -> None:
    for kind in kinds(on=date(2024, 1, 1)):
        days = [date(2020, 1, 1) + n * DAY for n in range(1500)]
        found = list(dict.fromkeys(window(kind.key, day) for day in days))
        assert all(a.until_on == b.begins_on for a, b in pairwise(found))
        assert all(w.begins_on <= day < w.until_on for day in days for w in [window(kind.key, day)])


def test_the_days_of_handing_in_are_proposed_in_working_days() -> None:
    june = window("month", date(2024, 6, 1))  # ends on a Friday
    assert (june.due_on, june.cut_off_on) == (date(2024, 6, 19), date(2024, 6, 21))
    beyond = window("month", date(2190, 6, 1))  # nobody knows its holidays
    assert beyond.due_on == date(2190, 6, 17)


def test_before_the_regulation_there_is_no_window() -> None:
    with pytest.raises(UnknownKind, match="Không có kỳ báo cáo"):
        window("month", date(2019, 3, 11))
    with pytest.raises(UnknownKind):
        window("week", date(2024, 6, 1))
    assert [row.key for row in kinds(on=date(2019, 3, 12)) if row.sure and row.source] == [
        *("month", "quarter", "half", "year")
    ]


def test_the_next_period_is_offered_until_it_is_open() -> None:
    on = date(2024, 6, 18)
    names = [found.name for found in offered((), on=on)]
    assert names == ["tháng 6/2024", "quý II/2024", "6 tháng đầu năm 2024", "năm 2024"]
    opened = {(found.begins_on, found.until_on) for found in offered((), on=on)}
    assert [found.name for found in offered(opened, on=on)] == ["tháng 7/2024", "quý III/2024", "6 tháng cuối năm 2024"]
    assert [found.name for found in offered((), on=date(2024, 6, 28))][:2] == ["tháng 7/2024", "quý III/2024"]
    assert next(iter(offered((), on=date(2019, 3, 14)))).name == "tháng 3/2019"


def test_days_that_no_sort_has_are_free() -> None:
    until = date(2024, 6, 15)
    starts = (date(2024, 5, 15), date(2024, 3, 15), date(2023, 12, 15), date(2024, 5, 16), date(2018, 12, 15))
    assert [kind_of(start, until) for start in starts] == ["month", "quarter", "half", "free", "free"]
    assert kind_of(date(2023, 12, 15), date(2024, 12, 15)) == "year"


@pytest.mark.parametrize("case", params("progress"))
def test_how_a_report_stands(case) -> None:
    steps = [Step(*step) for step in reversed(case["steps"])]
    found = standing(steps, due_on=case["due_on"], as_of=case["as_of"])
    assert (found.state, found.days_late, found.is_late) == (case["state"], case["days_late"], case["days_late"] > 0)
    taken = [step for step in steps if step.on <= case["as_of"]]
    owes = is_due(has_steps=bool(taken), state_class=case["class"], since=case["since"], until_on=date(2024, 6, 15))
    assert owes == case["is_due"]
