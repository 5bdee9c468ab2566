"""The two clocks: what was known at an instant stays known, whoever writes meanwhile; facts are only added."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.duties import (
    ChangedMeanwhile,
    DutyRefused,
    Evidence,
    Move,
    correct_change,
    move_duties,
    move_duty,
    withdraw_change,
)
from dondoc.office.actions.history import ClockRefused, Writing, writing
from dondoc.office.actions.intake import READ_JOB
from dondoc.office.actions.offices import found_office
from dondoc.office.models import Change, Duty, LogEntry, Office, Original
from dondoc.office.queries import duties, history
from dondoc.office.queries.documents import NoSuchDocument
from dondoc.office.queries.standing import duties_standing
from office.conftest import START, World

DAY = date(2022, 3, 1)
PATIENCE = 300  # no promise, only an end to what would never come


def server_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def owed(world: World) -> list[int]:
    return list(Duty.objects.filter(task__office=world.office).order_by("pk").values_list("pk", flat=True))


def states(world: World, *, known_at: datetime | None, as_of: date = DAY) -> list[str]:
    """Say in which state each duty of the office is on a day, as it was known at an instant."""
    rows = duties_standing("true order by id", viewer=world.viewer(), as_of=as_of, known_at=known_at)
    return [row.state for row in rows]


def state(world: World, duty_id: int, *, as_of: date, known_at: datetime | None = None) -> str:
    return states(world, as_of=as_of, known_at=known_at)[owed(world).index(duty_id)]


# Two writers and a reader, each on a connection of its own.


class Elsewhere:
    """Does things in other threads, each on a connection of its own."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self.threads = threads
        self.sessions: dict[Future[Any], Future[int]] = {}

    def __call__(self, action: Callable[[], Any]) -> Future[Any]:
        session: Future[int] = Future()

        def alone() -> Any:
            try:
                connection.ensure_connection()
                session.set_result(connection.connection.info.backend_pid)
                return action()
            finally:
                connection.close()

        future = self.threads.submit(alone)
        self.sessions[future] = session
        return future

    def waits(self, future: Future[Any]) -> bool:
        """Say whether it waits for somebody else, as the server sees it, or comes to its end."""
        session, until = self.sessions[future].result(PATIENCE), time.monotonic() + PATIENCE
        while not future.done():
            with connection.cursor() as cursor:
                cursor.execute("select cardinality(pg_blocking_pids(%s)) > 0", [session])
                if cursor.fetchone()[0]:
                    return True
            assert time.monotonic() < until, "neither waits nor ends"
            time.sleep(0.01)
        return False


@pytest.fixture
def elsewhere(transactional_db: None) -> Iterator[Elsewhere]:
    """Do something in another thread, on a connection of its own."""
    with ThreadPoolExecutor(4) as threads:
        yield Elsewhere(threads)


@contextmanager
def half_done(elsewhere: Elsewhere, world: World, duty_id: int) -> Iterator[Future[Any]]:
    """Have a writer stop between its entry and its commit until the block ends."""
    written, go_on = threading.Event(), threading.Event()

    def write() -> datetime:
        with writing(world.actor) as w:
            w.record(
                "move_duty",
                [w.new(Change, duty_id=duty_id, from_state="assigned", to_state="in_progress", effective_on=DAY)],
            )
            written.set()
            assert go_on.wait(PATIENCE)
            return w.now

    future = elsewhere(write)
    try:
        assert written.wait(PATIENCE)
        yield future
    finally:
        go_on.set()


@pytest.mark.django_db(transaction=True)
def test_what_was_known_at_an_instant_never_changes_while_others_write(world, elsewhere):
    first, second, _third = owed(world)

    def settled() -> list[str]:
        history.settle(world.office.pk, asked)
        return states(world, known_at=asked)

    with half_done(elsewhere, world, first) as one:
        asked = server_now()
        two = elsewhere(lambda: move_duty(Move(second, "in_progress", DAY), actor=world.actor))
        reader = elsewhere(settled)
        too_early = states(world, known_at=asked)
        assert elsewhere.waits(two), "two writers of an office take turns"
        assert elsewhere.waits(reader), "an instant is not settled while somebody may be writing at it"
    answer = reader.result(timeout=PATIENCE)
    assert one.result() < asked < two.result(timeout=PATIENCE).recorded_at
    assert answer == ["in_progress", "assigned", "assigned"]
    assert settled() == answer
    assert states(world, known_at=None) == ["in_progress", "in_progress", "assigned"]
    assert too_early != answer, "whoever does not settle an instant first sees it change"


@pytest.mark.django_db(transaction=True)
def test_an_instant_up_to_the_last_entry_is_settled_at_once(world, elsewhere):
    last = history.head(world.office.pk).recorded_at
    with half_done(elsewhere, world, owed(world)[0]):
        for asked in (last, last - timedelta(days=1)):
            assert not elsewhere.waits(elsewhere(lambda at=asked: history.settle(world.office.pk, at)))


@pytest.mark.django_db(transaction=True)
def test_offices_do_not_wait_for_each_other(worlds, elsewhere):
    near, far = worlds
    with half_done(elsewhere, near, owed(near)[0]):
        assert not elsewhere.waits(elsewhere(lambda: history.settle(far.office.pk, server_now())))
        moved = elsewhere(lambda: move_duty(Move(owed(far)[0], "in_progress", DAY), actor=far.actor))
        assert not elsewhere.waits(moved)


@pytest.mark.django_db(transaction=True)
def test_entry_and_fact_are_written_in_one_transaction(world, elsewhere):
    entries = LogEntry.objects.filter(office=world.office).count()
    with half_done(elsewhere, world, owed(world)[0]) as writer:
        assert LogEntry.objects.filter(office=world.office).count() == entries
        assert Change.objects.filter(effective_on=DAY).count() == 0
    writer.result(timeout=PATIENCE)
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.xmin = e.xmin, c.recorded_at = e.recorded_at from office_change c "
            "join office_logentry e on e.id = c.entry_id where c.effective_on = %s",
            [DAY],
        )
        assert cursor.fetchall() == [(True, True)]


class Broken(Exception):
    """Something goes wrong in the middle of an action."""


@pytest.mark.django_db(transaction=True)
def test_an_action_that_fails_leaves_no_entry_no_row_and_no_job(world):
    before = (LogEntry.objects.count(), Change.objects.count(), ProcrastinateJob.objects.count())

    def act(w: Writing) -> None:
        w.record("move_duty", [w.new(Change, duty_id=owed(world)[0], to_state="done", effective_on=DAY)])
        app.configure_task(READ_JOB).defer(document_id=world.resolution.pk)

    def counted() -> tuple[int, int, int]:
        return LogEntry.objects.count(), Change.objects.count(), ProcrastinateJob.objects.count()

    def act_and_fail() -> None:
        with writing(world.actor) as w:
            act(w)
            raise Broken

    with pytest.raises(Broken):
        act_and_fail()
    assert counted() == before
    with writing(world.actor) as w:
        act(w)
    assert counted() == tuple(n + 1 for n in before)
    assert history.verify_chain(world.office, end=None).faults == ()


# The clock of the records.


def test_what_will_be_known_is_not_said(world):
    with pytest.raises(history.NotYetKnown):
        history.settle(world.office.pk, server_now() + timedelta(minutes=1))


@pytest.fixture
def sample(db: None) -> Office:
    return found_office(
        key="mau",
        name="Văn phòng mẫu",
        place="Cần Thơ",
        hierarchy="state",
        body_name="Ủy ban nhân dân",
        body_kind="people_committee",
        on=START,
        actor_name="hệ thống",
        clock=lambda: datetime(2022, 1, 3, 8, tzinfo=UTC),
        is_sample=True,
    )


def recorded(office: Office, *instants: datetime) -> list[datetime]:
    """Enter something at each of these instants, by the clock on the wall; give the instants that were recorded."""
    found = []
    for at in instants:
        actor = Actor(Viewer(None, office.pk, "administrator"), "mẫu", clock=lambda at=at: at)
        with writing(actor) as w:
            w.record("nothing", [])
        found.append(history.head(office.pk).recorded_at)
    return found


def test_instants_run_forward_although_the_clock_stands_still_or_goes_back(sample):
    noon = datetime(2022, 1, 3, 12, tzinfo=UTC)
    step = timedelta(microseconds=1)
    found = recorded(sample, noon, noon, noon - timedelta(hours=3), noon + 2 * step)
    assert found == [noon, noon + step, noon + 2 * step, noon + 3 * step]


def test_a_clock_of_another_zone_leaves_the_chain_whole(sample):
    hanoi = datetime.fromisoformat("2022-01-05T08:00:00.5+07:00")
    assert recorded(sample, hanoi) == [hanoi]
    assert history.verify_chain(sample, end=None).faults == ()


def test_nothing_is_entered_as_of_an_instant_to_come(sample):
    with pytest.raises(ClockRefused):
        recorded(sample, server_now() + timedelta(minutes=1))


def test_a_register_that_is_no_sample_has_no_clock_but_the_servers(world):
    with pytest.raises(ClockRefused):
        recorded(world.office, datetime(2022, 1, 3, 12, tzinfo=UTC))


# Facts are added: late, corrected, corrected again, taken back.


def test_a_late_entry_holds_for_the_past_from_when_it_is_known(world):
    duty = owed(world)[0]
    move_duty(Move(duty, "done", date(2022, 6, 1)), actor=world.actor)
    before = server_now()
    move_duty(Move(duty, "in_progress", DAY), actor=world.actor)
    assert state(world, duty, as_of=DAY) == "in_progress"
    assert state(world, duty, as_of=DAY, known_at=before) == "assigned"
    assert state(world, duty, as_of=date(2022, 6, 1)) == "done"


def test_a_correction_of_a_correction_and_a_withdrawal(world):
    duty, actor = owed(world)[0], world.actor
    made = move_duty(Move(duty, "in_progress", DAY), actor=actor)
    instants = [server_now()]
    other_day = DAY + timedelta(days=10)
    corrected = correct_change(made, to_state="in_progress", on=other_day, note="Nhầm ngày", actor=actor)
    instants.append(server_now())
    again = correct_change(corrected, to_state="done", on=DAY, note="Nhầm trạng thái", actor=actor)
    instants.append(server_now())
    withdraw_change(again, note="Chưa làm gì", actor=actor)
    instants.append(server_now())
    seen = [[state(world, duty, as_of=day, known_at=at) for day in (DAY, other_day)] for at in (*instants, None)]
    assert seen == [
        ["in_progress", "in_progress"],
        ["assigned", "in_progress"],
        ["done", "done"],
        ["assigned", "assigned"],
        ["assigned", "assigned"],
    ]
    assert Change.objects.filter(duty_id=duty).count() == 7, "every row is still there, and each reason on its own"


def test_of_two_changes_on_one_day_the_later_recorded_holds(world):
    duty = owed(world)[0]
    move_duties([Move(duty, "in_progress", DAY), Move(duty, "reported", DAY)], actor=world.actor)
    assert Change.objects.filter(duty_id=duty, effective_on=DAY).values("recorded_at").distinct().count() == 1
    assert state(world, duty, as_of=DAY) == "reported"
    move_duty(Move(duty, "in_progress", DAY), actor=world.actor)
    assert state(world, duty, as_of=DAY) == "in_progress"


def test_a_change_is_corrected_once_by_the_first_who_comes(worlds):
    near, far = worlds
    made = move_duty(Move(owed(near)[0], "in_progress", DAY), actor=near.actor)
    withdraw_change(made, note="nhầm", actor=near.actor)
    with pytest.raises(ChangedMeanwhile):
        withdraw_change(made, note="", actor=near.actor)
    theirs = move_duty(Move(owed(far)[0], "in_progress", DAY), actor=far.actor)
    with pytest.raises(ChangedMeanwhile):
        correct_change(theirs, to_state="done", on=DAY, note="", actor=near.actor)


def test_a_correction_names_a_state_of_the_workflow(world):
    made = move_duty(Move(owed(world)[0], "in_progress", DAY), actor=world.actor)
    with pytest.raises(DutyRefused):
        correct_change(made, to_state="nowhere", on=DAY, note="", actor=world.actor)


# An import is as strict as a single move.


def test_a_move_of_an_import_is_checked_on_its_own_day(world):
    """By the state on the last day of the whole import, the first move would start from 'done'."""
    one, two, _three = owed(world)
    june = date(2022, 6, 1)
    move_duty(Move(one, "done", june), actor=world.actor)
    move_duties([Move(one, "in_progress", DAY), Move(two, "in_progress", june)], actor=world.actor)
    made = Change.objects.get(duty_id=one, effective_on=DAY)
    assert made.from_state == "assigned"
    with pytest.raises(DutyRefused):
        move_duties([Move(one, "in_progress", june + timedelta(days=1))], actor=world.actor)


def test_an_import_sees_its_own_earlier_moves_by_their_days(world):
    duty = owed(world)[0]
    later = DAY + timedelta(days=5)
    move_duties([Move(duty, "in_progress", later), Move(duty, "dropped", DAY)], actor=world.actor)
    made = list(Change.objects.filter(duty_id=duty, effective_on__gte=DAY).order_by("pk"))
    assert [(row.from_state, row.to_state) for row in made] == [("assigned", "in_progress"), ("assigned", "dropped")]
    with pytest.raises(DutyRefused):
        move_duties([Move(duty, "in_progress", DAY)], actor=world.actor)


def test_an_import_with_one_wrong_move_leaves_nothing(worlds):
    near, far = worlds
    mine, theirs = owed(near)[0], owed(far)[0]
    good = Move(mine, "in_progress", DAY)
    wrong = {
        Move(mine, "assigned", DAY): DutyRefused,
        Move(theirs, "in_progress", DAY): duties.NoSuchDuty,
        Move(10**9, "in_progress", DAY): duties.NoSuchDuty,
        Move(mine, "done", START - timedelta(days=1)): duties.NoSuchDuty,
        Move(mine, "done", DAY, seen_state="assigned"): ChangedMeanwhile,
        Move(mine, "done", DAY, evidence=Evidence(far.resolution.pk)): NoSuchDocument,
    }
    before = LogEntry.objects.count()
    for move, refusal in wrong.items():
        with pytest.raises(refusal):
            move_duties([good, move], actor=near.actor)
    assert LogEntry.objects.count() == before
    assert states(near, known_at=None) == ["assigned"] * 3


def test_a_file_that_proves_several_moves_is_kept_once(world):
    proof = [Evidence(content=b"Bien ban", filename=name) for name in ("a.txt", "b.txt")]
    one, two, three = owed(world)
    move_duties(
        [Move(one, "done", DAY, evidence=proof[0]), Move(two, "done", DAY, evidence=proof[1])], actor=world.actor
    )
    move_duty(Move(three, "done", DAY, evidence=proof[0]), actor=world.actor)
    kept = Original.objects.get(filename="a.txt")
    assert bytes(kept.content) == b"Bien ban"
    assert set(Change.objects.filter(to_state="done").values_list("original_id", flat=True)) == {kept.pk}


def test_an_import_asks_as_often_for_many_moves_as_for_one(world, django_assert_num_queries):
    one, two, three = owed(world)
    with CaptureQueriesContext(connection) as single:
        move_duties([Move(one, "in_progress", DAY)], actor=world.actor)
    days = [Move(two, "in_progress", DAY), Move(two, "reported", DAY + timedelta(days=1)), Move(three, "done", DAY)]
    with django_assert_num_queries(len(single)):
        move_duties(days, actor=world.actor)


def test_keys_run_forward_within_an_action(world):
    """They decide between two rows of one day and one instant."""
    with writing(world.actor) as w:
        w.reserve(Change, 3)
        first = [w.new(Change).pk]
        w.reserve(Change, 5)
        keys = first + [w.new(Change).pk for _n in range(12)]
    assert keys == sorted(keys)
