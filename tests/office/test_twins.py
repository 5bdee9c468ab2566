"""SQL answers what the rules define: the same cases, and histories drawn at random, through both.

The tables of cases are those of the rules' own tests. Each way in which the SQL could go wrong has been seen to
differ on the random histories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, reduce
from typing import Any

import pytest
from django.db import connection
from hypothesis import Phase, given, seed, settings

from cases.histories import FIRST_DAY, days, histories, instants
from cases.reading import params
from dondoc.office.actions import spans
from dondoc.office.models import Agency, Change, Duty, DutyBearer, DutyDue, DutySpan
from dondoc.office.models.facts import in_force, known, latest
from dondoc.office.queries import duties, standing, tasks
from dondoc.office.queries import spans as queries
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules.deadlines import due_soon_days, timeliness
from dondoc.rules.states import ChangeFact, fact_as_of, facts_as_of, facts_known, state_as_of
from office.registers import APART, Register, register
from office.truth import span_rows

CLASSES = {
    "assigned": ("waiting", 10),
    "doing": ("active", 20),
    "paused": ("active", 25),
    "reported": ("active", 30),
    "deferred": ("deferred", 70),
    "done": ("done", 80),
    "dropped": ("dropped", 90),
}
BASE = 1_000_000
# How a duty is counted in SQL, and what the rules call it.
BUCKETS = {
    "late": "late",
    "due_soon": "due_soon",
    "open": "in_time",
    "no_due": "no_due",
    "done_in_time": "done_in_time",
    "done_with_due": "done_late",
    "done": "no_due",
}


def change(row: dict[str, Any]) -> ChangeFact:
    return ChangeFact(**{"until_on": None, "replaces": None} | row)


def key(number: int | None, which: int = 0) -> int | None:
    return None if number is None else BASE + which * APART + number


def dated(fact: ChangeFact, which: int) -> dict[str, Any]:
    """Give a fact's key, period and what it replaces, as columns."""
    return {
        "pk": key(fact.id, which),
        "effective_on": fact.effective_on,
        "until_on": fact.until_on,
        "replaces_id": key(fact.replaces, which),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("case", params("states"))
def test_the_state_of_a_duty(case):
    """Through the one SQL of how duties stand, through the facts alone, and through what an import checks."""
    book = register(CLASSES)
    facts = [change(row) for row in case["facts"]]
    [duty] = book.duties(1)
    book.borne(duty, book.agency("so"))
    book.enter_all((f.recorded_at, Change(duty=duty, to_state=f.state, **dated(f, 0))) for f in facts)
    asked = {"as_of": case["as_of"], "known_at": case["known_at"]}
    rows = duties_standing("true", viewer=book.viewer, **asked)
    assert [row.state for row in rows] == ([case["expect"]] if case["expect"] else [])
    strongest = list(latest(Change.objects.filter(duty=duty), **asked))
    assert [row.pk for row in strongest] == [key(fact.id) for fact in facts_as_of(facts, **asked)]
    if case["known_at"] is None:
        course = duties.courses([duty.pk], office_id=book.office.pk)[duty.pk]
        assert course.state_on(case["as_of"]) == case["expect"]


@pytest.mark.django_db
@pytest.mark.parametrize("case", params("task_states"))
def test_the_state_of_a_task(case):
    book = register({code: ("active", rank) for code, rank in case["rank"].items()})
    [task], agency = book.tasks(1), book.agency("so")
    for place, lead in enumerate(case["duties"]):
        duty = book.duty(task, order=place, pk=BASE + lead["id"])
        book.borne(duty, agency)
        if lead["state"] is not None:
            book.changed(duty, lead["state"], FIRST_DAY)
    rows = tasks.tasks(tasks.Wanted(), viewer=book.viewer, as_of=FIRST_DAY, known_at=None)
    assert [row.state for row in rows] == ([case["expect"]] if case["expect"] else [])


@pytest.mark.django_db
@pytest.mark.parametrize("case", params("timeliness"))
def test_how_a_duty_stands_against_its_last_day(case):
    book = register(CLASSES)
    [duty] = book.duties(1)
    book.borne(duty, book.agency("so"))
    book.due(duty, case["last_day"])
    book.changed(duty, "doing", date(2020, 1, 1))
    if case["done_on"] is not None:
        book.changed(duty, "done", case["done_on"])
    asked = {"viewer": book.viewer, "as_of": case["as_of"], "known_at": None}
    [(bucket,)] = standing.ask("select bucket from duty", soon_days=case["soon_days"], **asked)
    assert BUCKETS[bucket] == case["expect"]
    [row] = duties.rows_of(duties_standing("true", **asked), as_of=case["as_of"], known_at=None)
    assert row.days_late == case["days_late"]


# Histories drawn at random.


@dataclass(frozen=True)
class Drawn:
    """What was recorded of one duty: its states, its bearers, its due days."""

    states: tuple[ChangeFact, ...]
    bearers: tuple[ChangeFact, ...]
    dues: tuple[ChangeFact, ...]


@cache
def drawn() -> tuple[list[Drawn], list[tuple[date, datetime]]]:
    """Draw three hundred duties and as many questions, the same each time."""
    found: list[Drawn] = []
    asked: list[tuple[date, datetime]] = []

    @seed(2023)
    @settings(max_examples=300, database=None, phases=[Phase.generate])
    @given(histories(), histories(), histories(), days, instants)
    def draw(states, bearers, dues, as_of, known_at):
        found.append(Drawn(states, bearers, dues))
        asked.append((as_of, known_at))

    draw()
    return found, asked


# The facts of `histories` hold one of five words; for bearers and due days each word stands for one of those.
WORDS = ("assigned", "doing", "reported", "done", "deferred")
LAST_DAYS = dict(zip(WORDS, (None, *(FIRST_DAY + timedelta(days=n) for n in (3, 8, 13, 30))), strict=True))


@dataclass(frozen=True)
class Filled:
    """A register with the drawn duties in it."""

    book: Register
    duties: list[Duty]
    agencies: dict[str, Agency]


@pytest.fixture
def filled(db: None) -> Filled:
    book = register(CLASSES)
    agencies = {word: book.agency(word) for word in WORDS}
    owed = book.duties(len(drawn()[0]))
    facts = []
    for which, (duty, one) in enumerate(zip(owed, drawn()[0], strict=True)):
        facts += [(f.recorded_at, Change(duty=duty, to_state=f.state, **dated(f, which))) for f in one.states]
        facts += [
            (f.recorded_at, DutyBearer(duty=duty, agency=agencies[f.state], **dated(f, which))) for f in one.bearers
        ]
        facts += [
            (f.recorded_at, DutyDue(duty=duty, kind="day", last_day=LAST_DAYS[f.state], **dated(f, which)))
            for f in one.dues
        ]
    book.enter_all(facts)
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as the server does by itself after a while
    return Filled(book, owed, agencies)


def by_the_rules(
    one: Drawn, agencies: dict[str, Agency], *, as_of: date, known_at: datetime | None
) -> dict[str, Any] | None:
    """Say how a duty stands, by the rules alone; None where its state or its bearer is not recorded."""
    state = fact_as_of(one.states, as_of=as_of, known_at=known_at)
    bearer = fact_as_of(one.bearers, as_of=as_of, known_at=known_at)
    if state is None or bearer is None:
        return None
    due = fact_as_of(one.dues, as_of=as_of, known_at=known_at)
    first = sorted(
        (fact for fact in facts_known(one.dues, known_at=known_at) if LAST_DAYS[fact.state]),
        key=lambda fact: (fact.effective_on, fact.recorded_at, fact.id),
    )
    last_day = LAST_DAYS[due.state] if due else None
    group = CLASSES[state.state][0]
    counts = group in {"waiting", "active", "done"}
    done_on = state.effective_on if group == "done" else None
    soon = due_soon_days(on=as_of)
    return {
        "state": state.state,
        "since": state.effective_on,
        "bearer_id": agencies[bearer.state].pk,
        "due_on": last_day,
        "first_due_on": LAST_DAYS[first[0].state] if first else None,
        "stands": timeliness(last_day=last_day, done_on=done_on, as_of=as_of, soon_days=soon) if counts else "",
    }


def in_sql(row: StandingDuty) -> dict[str, Any]:
    return {
        "state": row.state,
        "since": row.since,
        "bearer_id": row.bearer_id,
        "due_on": row.due_on,
        "first_due_on": row.first_due_on,
        "stands": BUCKETS.get(row.bucket, ""),
    }


def questions(size: int) -> list[tuple[date, datetime | None]]:
    """Give the first questions drawn, and one about all that is recorded."""
    return [*drawn()[1][:size], (FIRST_DAY + timedelta(days=12), None)]


def differences(filled: Filled, size: int) -> list[tuple[int, date, datetime | None]]:
    """List the duties, days and instants at which SQL and rules do not say the same."""
    found = []
    for as_of, known_at in questions(size):
        rows = duties_standing("true", viewer=filled.book.viewer, as_of=as_of, known_at=known_at)
        said = {row.id: in_sql(row) for row in rows}
        for duty, one in zip(filled.duties, drawn()[0], strict=True):
            if said.get(duty.pk) != by_the_rules(one, filled.agencies, as_of=as_of, known_at=known_at):
                found.append((duty.pk, as_of, known_at))
    return found


def test_three_hundred_histories_stand_as_the_rules_say(filled):
    assert len(drawn()[0]) == 300
    assert sum(bool(row) for row in drawn()[0][0:300] for row in row.states) > 500
    assert differences(filled, 60) == []


# Ways in which the spans of a duty could be made wrongly out of its facts, and be asked wrongly.
MADE_WRONG = {
    "ends a day late": ("o.until_on > part.day", "o.until_on >= part.day"),
    "never ends": ("o.until_on > part.day", "true"),
    "ends at the next fact only": ("where o.until_on > o.day", "where false"),
    "knows a moment late": ("f.recorded_at <= a.known_at", "f.recorded_at < a.known_at"),
    "knows the future": ("f.recorded_at <= a.known_at", "true"),
    "corrects before it is known": ("later.recorded_at <= a.known_at", "true"),
    "never corrects": ("later.replaces_id = f.id", "false"),
    "takes the first": ("max(n) filter", "min(n) filter"),
    "takes the first of those that end": ("order by o.n desc", "order by o.n"),
    "takes the last written": ("turn order by effective_on, recorded_at", "turn order by recorded_at"),
    "breaks ties the other way": (
        "(turn order by effective_on, recorded_at, id)",
        "(turn order by effective_on, recorded_at, id desc)",
    ),
    "is first due when last said": ("is null, effective_on, recorded_at, id)", "is null, id desc)"),
    "knows for ever": ("then max(next_at) end", "then null::timestamptz end"),
}
ASKED_WRONG = {
    "begins a day late": {"valid_from <= %(as_of)s": "valid_from < %(as_of)s"},
    "ends a day late": {
        "valid_until > %(as_of)s": "valid_until >= %(as_of)s",
        "daterange(s.valid_from, s.valid_until)": "daterange(s.valid_from, s.valid_until, '[]')",
    },
    "knows a moment late": {"known_from <= %(known_at)s": "known_from < %(known_at)s"},
    "knows the future": {"s.known_from <= %(known_at)s": "true"},
    "believes a moment too long": {
        "known_until > %(known_at)s": "known_until >= %(known_at)s",
        "tstzrange(s.known_from, s.known_until)": "tstzrange(s.known_from, s.known_until, '[]')",
    },
    "late on its day": {"due_on < %(as_of)s": "due_on <= %(as_of)s"},
    "soon one day less": {"due_on <= (select until_on": "due_on < (select until_on"},
    "done too late on its day": {"since <= s.due_on": "since < s.due_on"},
}


def test_the_histories_tell_wrong_spans_from_right(filled, monkeypatch):
    unseen = []
    for name, (right, wrong) in MADE_WRONG.items():
        assert right in queries.REBUILD, name
        with monkeypatch.context() as changed:
            changed.setattr(queries, "REBUILD", queries.REBUILD.replace(right, wrong))
            spans.rebuild(filled.book.office.pk)
        if not differences(filled, 60):
            unseen.append(name)
    assert unseen == []


def test_the_histories_tell_wrong_questions_from_right(filled, monkeypatch):
    write = standing.standing
    unseen = []
    for name, changes in ASKED_WRONG.items():
        assert [right for right in changes if right not in write("select 1 from duty", as_known_then=True)] == [], name

        def mistaken(tail: str, changes: dict[str, str] = changes, **asked: bool) -> str:
            return reduce(lambda sql, change: sql.replace(*change), changes.items(), write(tail, **asked))

        with monkeypatch.context() as changed:
            changed.setattr(standing, "standing", mistaken)
            if not differences(filled, 60):
                unseen.append(name)
    assert unseen == []


def test_spans_kept_fact_by_fact_are_those_made_anew(filled):
    """Each fact came in by itself, at its own instant; what was kept then is what all of them give at once."""
    kept = span_rows(filled.book.office.pk)
    assert len(kept) > 1000
    DutySpan.objects.all().delete()
    assert duties_standing("true", viewer=filled.book.viewer, as_of=FIRST_DAY, known_at=None) == []
    assert spans.rebuild(filled.book.office.pk) == len(kept)
    assert span_rows(filled.book.office.pk) == kept


def test_facts_that_are_known_and_in_force_are_those_of_the_rules(filled):
    for duty, one, (as_of, known_at) in zip(filled.duties, *drawn(), strict=True):
        which = filled.duties.index(duty)
        rows = Change.objects.filter(duty=duty)
        asked = {"as_of": as_of, "known_at": known_at}
        expected = [key(fact.id, which) for fact in facts_as_of(one.states, **asked)]
        assert [row.pk for row in latest(rows, **asked)] == expected
        assert set(in_force(rows, **asked).values_list("pk", flat=True)) == set(expected)
        held = {key(fact.id, which) for fact in facts_known(one.states, known_at=known_at)}
        assert set(known(rows, known_at=known_at).values_list("pk", flat=True)) == held
        assert {row.pk for row in rows if row.holds_on(as_of)} >= set(expected)


def test_an_import_starts_from_the_states_of_the_rules(filled):
    courses = duties.courses([duty.pk for duty in filled.duties], office_id=filled.book.office.pk)
    for duty, one, (as_of, _known_at) in zip(filled.duties, *drawn(), strict=True):
        assert courses[duty.pk].state_on(as_of) == state_as_of(one.states, as_of=as_of, known_at=None)


def counted(rows: Sequence[dict[str, Any]], *, as_of: date) -> duties.DutyCounts:
    """Count duties by what the rules say of each."""

    def stands(*names: str) -> int:
        return sum(row["stands"] in names and CLASSES[row["state"]][0] != "done" for row in rows)

    done = [row for row in rows if CLASSES[row["state"]][0] == "done"]
    running = [row for row in rows if CLASSES[row["state"]][0] in duties.OPEN]
    return duties.DutyCounts(
        owed=len(rows),
        open=len(running),
        done=len(done),
        late=stands("late"),
        due_soon=stands("due_soon"),
        no_due=stands("no_due"),
        done_with_due=sum(row["due_on"] is not None for row in done),
        done_in_time=sum(row["stands"] == "done_in_time" for row in done),
        late_first=sum(row["first_due_on"] is not None and row["first_due_on"] < as_of for row in running),
    )


def test_counts_are_of_the_duties_that_the_rules_count_and_open_to_their_rows(filled):
    for as_of, known_at in questions(20):
        asked = {"viewer": filled.book.viewer, "as_of": as_of, "known_at": known_at}
        said = [
            row
            for one in drawn()[0]
            if (row := by_the_rules(one, filled.agencies, as_of=as_of, known_at=known_at)) is not None
        ]
        tallies = duties.tallies(**asked)
        assert tallies.whole == counted(said, as_of=as_of)
        for agency in filled.agencies.values():
            mine = [row for row in said if row["bearer_id"] == agency.pk]
            assert tallies.by_agency.get(str(agency.pk), duties.DutyCounts()) == counted(mine, as_of=as_of)
        for which in (
            "owed",
            "open",
            "done",
            "late",
            "due_soon",
            "no_due",
            "done_with_due",
            "done_in_time",
            "late_first",
        ):
            assert len(duties.listed(which, **asked)) == getattr(tallies.whole, which)
