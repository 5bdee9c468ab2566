"""A delay is parted between an agency and those for whom it waited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reading import params
from dondoc.rules.deadlines import days_late
from dondoc.rules.waiting import Wait, wait_for_late, waiting


def wait(kind: str, whom: str, since: date, until: date | None) -> Wait:
    return wait_for_late(whom, last_day=since, done_on=until) if kind == "coordinator" else Wait(whom, since, until)


@pytest.mark.parametrize("case", params("waiting"))
def test_the_cases(case):
    asked = {name: case[name] for name in ("last_day", "done_on", "as_of")}
    found = waiting(**asked, waits=[wait(*row) for row in case["waits"]])
    expect = case["expect"]
    assert (found.late, found.waited, found.own) == (expect["late"], expect["waited"], expect["own"])
    assert list(found.on_whom) == expect["on_whom"]
    assert [one.whom for one in found.holding] == expect["now"]
    assert found.holds_now == bool(expect["now"])


DAYS = st.integers(0, 30).map(lambda n: date(2024, 6, 1) + timedelta(days=n))


@given(DAYS, st.none() | DAYS, DAYS, st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=4))
def test_every_day_late_is_somebodys_and_is_counted_once(last_day, done_on, as_of, spans):
    """Counted here evening by evening, the slow way."""
    found = waiting(last_day=last_day, done_on=done_on, as_of=as_of, waits=[Wait("A", *span) for span in spans])
    end = min(done_on or as_of, as_of)
    evenings = [date(2024, 6, 1) + timedelta(days=n) for n in range(31)]
    held = {day for day in evenings for since, until in spans if since <= day < min(until or end, end)}
    late = {day for day in evenings if last_day <= day < end}
    assert found.late == len(late) == days_late(last_day=last_day, done_on=done_on, as_of=as_of)
    assert (found.own, found.late_of_others, found.waited) == (len(late - held), len(late & held), len(held))
