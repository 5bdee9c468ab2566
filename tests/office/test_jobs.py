"""Reading in the background: a worker that is killed loses nothing, and nothing is read twice."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from dondoc.office.actions.intake import READ_JOB, Incoming, take_in
from dondoc.office.jobs import ATTEMPTS, TAKE_UP_JOB
from dondoc.office.models import Reading, ReadingFailure
from dondoc.office.queries import deliveries
from office.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "THÀNH ỦY\n*\nSố 8-CV/TU\n\n1. Giao Sở Tài chính chủ trì lập danh mục công trình."


def work() -> None:
    """Let a worker do all that waits."""
    with app.replace_connector(app.connector.get_worker_connector()) as running:
        running.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def killed_at_work(silent_for: str = "5 minutes") -> int:
    """Let a worker take the next job and be killed before it does anything; give the job's key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval) returning id",
            [silent_for],
        )
        (worker,) = cursor.fetchone()
        cursor.execute("select id from procrastinate_fetch_job_v2(null, %s)", [worker])
        return cursor.fetchone()[0]


def ask_to_take_up() -> None:
    """Put the taking up in the queue; a worker that saw a new minute begin may have put it there already."""
    with contextlib.suppress(AlreadyEnqueued):
        app.configure_task(TAKE_UP_JOB).defer(timestamp=0)


def take_up() -> None:
    ask_to_take_up()
    work()


@pytest.fixture
def document(world: World) -> int:
    work()
    return take_in(Incoming(TEXT.encode(), "cv.txt", date(2022, 3, 1)), actor=world.actor).document_id


def readings(document: int) -> int:
    return Reading.objects.filter(document_id=document).count()


def status(job: int) -> str:
    return ProcrastinateJob.objects.get(pk=job).status


def test_a_document_is_read_by_the_worker(document: int) -> None:
    assert readings(document) == 0
    work()
    assert readings(document) == 1


def test_what_a_killed_worker_left_is_taken_up_and_read_once(document: int) -> None:
    job = killed_at_work()
    work()
    assert (readings(document), status(job)) == (0, "doing")
    take_up()
    work()
    assert (readings(document), status(job)) == (1, "succeeded")
    take_up()
    assert readings(document) == 1


def test_a_worker_that_gave_a_sign_of_life_is_left_alone(document: int) -> None:
    job = killed_at_work(silent_for="1 second")
    take_up()
    assert (readings(document), status(job)) == (0, "doing")


def test_a_job_that_kills_every_worker_is_given_up(document: int) -> None:
    found = []
    for _time in range(ATTEMPTS + 1):
        job = killed_at_work()
        take_up_only()
        found.append(status(job))
    assert found == [*["todo"] * ATTEMPTS, "failed"]


def take_up_only() -> None:
    """Take up what is stalled, with a worker that does nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set queue_name = 'held' where task_name = %s", [READ_JOB])
    ask_to_take_up()
    with app.replace_connector(app.connector.get_worker_connector()) as running:
        running.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, queues=["default"])
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set queue_name = 'default' where task_name = %s", [READ_JOB])


def test_a_job_that_runs_twice_reads_once(document: int) -> None:
    work()
    app.configure_task(READ_JOB).defer(document_id=document)
    work()
    assert readings(document) == 1


def test_a_reading_that_fails_for_good_says_so(document: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create function stops() returns trigger language plpgsql as $$ begin raise exception 'stops'; end $$"
        )
        cursor.execute("create trigger stops before insert on office_reading for each row execute function stops()")
    try:
        work()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop function stops() cascade")
    assert ReadingFailure.objects.filter(document_id=document).count() == 1
    assert "dừng nhiều lần" in deliveries.failure_of(document, known_at=None)
    app.configure_task(READ_JOB).defer(document_id=document)
    work()
    assert (readings(document), deliveries.failure_of(document, known_at=None)) == (1, "")


def test_what_a_reader_refuses_is_said_at_once(world: World) -> None:
    work()
    document = take_in(Incoming(TEXT.encode(), "cv.txt", date(2022, 3, 1)), actor=world.actor).document_id
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("set local dondoc.expunge = 'on'")
        cursor.execute(
            "update office_original set content = 'PK hong' from office_document one"
            " where one.original_id = office_original.id and one.id = %s",
            [document],
        )
    work()
    failure = ReadingFailure.objects.get(document_id=document)
    job = ProcrastinateJob.objects.get(args={"document_id": document})
    assert ("hỏng" in failure.reason, job.status) == (True, "succeeded")


def test_a_document_that_kills_every_worker_is_said_not_to_be_read(document: int) -> None:
    for _time in range(ATTEMPTS + 1):
        killed_at_work()
        take_up_only()
    assert "dừng nhiều lần" in deliveries.failure_of(document, known_at=None)


def test_what_is_read_at_once_has_a_job_in_case_and_is_read_once(world: World) -> None:
    document = take_in(
        Incoming(TEXT.encode(), "cv.txt", date(2022, 3, 1)), actor=world.actor, read_now=True
    ).document_id
    assert (readings(document), ProcrastinateJob.objects.filter(args={"document_id": document}).count()) == (1, 1)
    work()
    assert readings(document) == 1
