"""The log held against the records: a value changed by hand in the database is found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection

from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import read_document
from dondoc.office.models import Change, Claim, ClaimBinding, LogEntry, Proposal, Reading, Task
from dondoc.office.queries import history
from dondoc.office.queries.history import Disagreement
from office.conftest import START, World


@pytest.fixture
def world(worlds: tuple[World, World]) -> World:
    read_document(worlds[0].resolution.pk, actor=worlds[0].actor)
    return worlds[0]


def by_hand(sql: str, *values: object) -> None:
    """Change the database past its own guard, as somebody can who administers the server."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(sql, values)
        assert cursor.rowcount == 1
        cursor.execute("set local session_replication_role = origin")


def test_records_that_nobody_touched_agree_with_the_log(world):
    assert Proposal.objects.exists(), "the document has an assignment"
    assert list(history.audit(world.office)) == []
    assert history.verify_chain(world.office, end=None).faults == ()


def test_values_are_logged_as_the_database_gives_them_back(world):
    """Whatever form a program gives them: numbers, places after the point, lists, numbers in JSON."""
    reading = Reading.objects.get()
    common = {"reading": reading, "document": world.resolution, "start": 0, "end": 3, "state": "done", "rule": "x"}
    values: list[tuple[object, object]] = [
        (Decimal("16"), 0.12345),
        (Decimal("0.00005"), 0.9995),
        (16.5, Decimal("1")),
        (10**15, 1),
        (-0.00005, Decimal("0.5")),
    ]
    with writing(world.actor) as w:
        claims = [
            w.new(Claim, order=100 + n, value=value, confidence=confidence, **common)
            for n, (value, confidence) in enumerate(values)
        ]
        arguments = {"b": (1, 2.0), "a": 1e16, "ă": {"c": [None, True, 0.1, 1e-7, "Đ\u2028"]}}
        binding = w.new(ClaimBinding, claim=claims[0], figure="x", arguments=arguments, effective_on=START)
        w.record("test", [*claims, binding])
    assert list(history.audit(world.office)) == []


def disagreements(world: World) -> list[Disagreement]:
    return [replace(found, seq=0) for found in history.audit(world.office)]


TOUCHED: dict[str, tuple[str, Callable[[Task], list[Disagreement]]]] = {
    "a value": (
        "update office_task set title = 'Việc khác' where id = %s",
        lambda task: [Disagreement(0, "task", task.pk, True, "title", task.title, "Việc khác")],
    ),
    "a day": (
        "update office_task set assigned_on = '2021-01-01' where id = %s",
        lambda task: [Disagreement(0, "task", task.pk, True, "assigned_on", "2022-01-03", "2021-01-01")],
    ),
    "when it was learned": (
        "update office_task set recorded_at = '2021-01-01' where id = %s",
        lambda task: [
            Disagreement(
                *(0, "task", task.pk, True, "recorded_at"),
                *(history.instant(task.recorded_at), "2021-01-01T00:00:00+00:00"),
            )
        ],
    ),
    "a row put under another entry": (
        "update office_task set entry_id = entry_id + 1 where id = %s",
        lambda task: [Disagreement(0, "task", task.pk, in_log=False), Disagreement(0, "task", task.pk, in_log=True)],
    ),
}


@pytest.mark.parametrize("name", TOUCHED)
def test_what_was_done_by_hand_is_found_and_named(worlds, name):
    world, other = worlds
    task = world.tasks[0]
    sql, expected = TOUCHED[name]
    by_hand(sql, task.pk)
    assert disagreements(world) == expected(task)
    assert disagreements(other) == []


def test_a_row_taken_away_by_hand_is_found(worlds):
    row = Change.objects.filter(duty__task__office=worlds[0].office).latest("pk")
    by_hand("delete from office_change where id = %s", row.pk)
    assert disagreements(worlds[0]) == [Disagreement(0, "change", row.pk, in_log=True)]


def test_a_row_put_in_by_hand_is_found(worlds):
    task = worlds[0].tasks[0]
    columns = ", ".join(field.column for field in Task._meta.concrete_fields if field.column != "id")
    by_hand(
        f"insert into office_task (id, {columns}) select 1000000, {columns} from office_task where id = %s", task.pk
    )
    assert disagreements(worlds[0]) == [Disagreement(0, "task", 1000000, in_log=False)]


def test_the_entry_that_speaks_of_a_touched_record_is_named(worlds):
    task = worlds[0].tasks[1]
    by_hand("update office_task set title = '' where id = %s", task.pk)
    [found] = history.audit(worlds[0].office)
    assert found.seq == LogEntry.objects.get(pk=task.entry_id).seq


@pytest.mark.parametrize("column", ["text", "received_on"])
def test_long_contents_are_held_against_their_digests(worlds, column):
    world = worlds[0]
    value = {"text": "Một câu khác.", "received_on": "2020-01-01"}[column]
    by_hand(f"update office_document set {column} = %s where id = %s", value, world.resolution.pk)
    assert [(found.table, found.field) for found in history.audit(world.office)] == [("document", column)]


def test_a_changed_detail_is_found_by_the_chain_and_ends_nothing(worlds):
    """Whoever changes a record and its detail alike is found too; the other entries are still compared."""
    world = worlds[0]
    task, other = world.tasks[0], world.tasks[1]
    by_hand("update office_task set title = 'Việc khác' where id = %s", task.pk)
    by_hand("update office_logentry set detail = replace(detail, 'số 1', 'khác') || 'x' where id = %s", task.entry_id)
    by_hand("update office_task set title = 'Việc khác' where id = %s", other.pk)
    assert [fault.seq for fault in history.verify_chain(world.office, end=None).faults] == [
        LogEntry.objects.get(pk=task.entry_id).seq
    ]
    assert [found.id for found in history.audit(world.office)] == [other.pk]


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("update office_logentry set actor_name = 'Người khác' where office_id = %s and seq = 3", (3, "đã bị sửa")),
        ("update office_logentry set actor_id = null where office_id = %s and seq = 3", (3, "đã bị sửa")),
        ("update office_logentry set seq = 1003 where office_id = %s and seq = 3", (4, "đứng vào chỗ của mục 3")),
    ],
)
def test_a_log_touched_in_its_own_table_is_found(worlds, sql, fault):
    world = worlds[0]
    if "actor_id" in sql:
        officer = replace(world.actor, viewer=replace(world.actor.viewer, user_id=world.users["officer"].pk))
        with writing(officer) as w:
            w.record("nothing", [])
        sql = sql.replace("seq = 3", f"seq = {history.head(world.office.pk).seq}")
        fault = (history.head(world.office.pk).seq, fault[1])
    by_hand(sql, world.office.pk)
    first = history.verify_chain(world.office, end=None).faults[0]
    assert (first.seq, first.what) == fault
    assert history.verify_chain(worlds[1].office, end=None).faults == ()
