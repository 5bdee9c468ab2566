"""The database itself refuses what is not an addition: rows changed or taken away, a log that does not go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import read_document
from dondoc.office.models import Agency, AgencyName, Change, Duty, LogEntry
from dondoc.office.models.facts import Fact, Recorded
from dondoc.office.queries import history
from office.conftest import START, World

RECORDED = [model for model in apps.get_app_config("office").get_models() if issubclass(model, Recorded)]


def run(sql: str, *, door: str = "") -> int:
    """Run a statement as somebody does who has the database in hand; say how many rows it changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        if door:
            cursor.execute(f"set local dondoc.expunge = '{door}'")
        # A table is not emptied while its keys wait to be checked, whatever the triggers say.
        cursor.execute("set constraints all immediate")
        cursor.execute(sql)
        count = cursor.rowcount
        cursor.execute("set local dondoc.expunge = ''")  # the test itself is one transaction
        return count


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        yield


def filled() -> list[type[Recorded]]:
    return [model for model in RECORDED if model._base_manager.exists()]


@pytest.fixture
def world(worlds: tuple[World, World]) -> World:
    """An office with a document that was read, so that most tables have rows."""
    read_document(worlds[0].resolution.pk, actor=worlds[0].actor)
    return worlds[0]


def test_every_table_of_records_and_the_log_are_guarded(db):
    """Whoever adds a table calls `guard` for it in the same migration; this test finds who forgets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, array_agg(tgname::text order by tgname) from pg_trigger "
            "where tgname like 'dondoc%' and tgenabled = 'O' group by 1"
        )
        found = dict(cursor.fetchall())
    guards = ["dondoc_check_added", "dondoc_refuse_change", "dondoc_refuse_emptying"]
    assert found == dict.fromkeys([*(model._meta.db_table for model in RECORDED), "office_logentry"], guards)


def test_no_row_can_be_changed_taken_away_or_emptied_out(world):
    tables = [model._meta.db_table for model in filled()]
    assert {"office_change", "office_document", "office_claim", "office_proposal"} & set(tables)
    for table in tables:
        for statement in (f"update {table} set id = id", f"delete from {table}", f"truncate {table} cascade"):
            with refused("chỉ được ghi thêm"):
                run(statement)


def test_no_entry_of_the_log_can_be_changed_taken_away_or_emptied_out(world):
    for door in ("", "on"):
        for statement in (
            "update office_logentry set actor_name = 'Người khác'",
            "update office_logentry set detail = '{}'",
            "update office_logentry set detail = null, actor_name = 'x'",
            "delete from office_logentry",
            "truncate office_logentry cascade",
        ):
            with refused("chỉ được ghi thêm"):
                run(statement, door=door)
    with refused("chỉ được ghi thêm"):
        run("update office_logentry set detail = null")


def test_the_one_door_opens_for_its_transaction_only(world):
    assert run("update office_document set text = ''", door="on") == 2
    with refused("chỉ được ghi thêm"):
        run("update office_document set text = ''")
    for wrong in ("off", "true", "ON"):
        with refused("chỉ được ghi thêm"):
            run("update office_document set text = ''", door=wrong)


def test_a_log_whose_details_were_expunged_still_verifies(world):
    """The records of an expunged entry are not held against it any more."""
    taken = LogEntry.objects.filter(office=world.office, action="take_in").get()
    assert run(f"update office_logentry set detail = null where id = {taken.pk}", door="on") == 1
    assert run(f"update office_document set text = '' where entry_id = {taken.pk}", door="on") == 1
    found = history.verify_chain(world.office, end=None)
    assert (found.faults, found.expunged) == ((), 1)
    assert list(history.audit(world.office)) == []


def a_row(model: type[Recorded], **values: object) -> Recorded:
    """Copy a row under the latest entry of its office, as a careless program would write it."""
    found = model._base_manager.order_by("id")[0]
    last = LogEntry.objects.filter(office=found.entry.office).order_by("seq").last()
    found.pk, found.entry, found.recorded_at, found._state.adding = 10**6, last, last.recorded_at, True
    for name, value in values.items():
        setattr(found, name, value)
    return found


def test_a_row_carries_the_instant_of_its_entry(world):
    a_row(AgencyName).save()
    with refused("thời điểm"):
        a_row(AgencyName, pk=10**6 + 1, recorded_at=datetime(2022, 1, 3, tzinfo=UTC)).save()


def test_a_row_is_of_the_office_in_whose_log_it_stands(worlds):
    near, far = worlds
    with refused("không thuộc cơ quan"):
        a_row(Agency, key="new", office=far.office).save()
    a_row(Agency, key="new", office=near.office).save()


def test_a_row_points_to_rows_of_its_own_office_only(worlds):
    far = Duty.objects.filter(task__office=worlds[1].office).first()
    with refused("cơ quan khác"):
        a_row(Change, duty=far).save()
    with refused("cơ quan khác"):
        a_row(Change, document=worlds[1].resolution).save()
    a_row(Change, document=worlds[0].resolution).save()


def test_a_correction_is_recorded_after_what_it_corrects(world):
    own = AgencyName.objects.order_by("id")[0]
    first = LogEntry.objects.filter(office=world.office).order_by("seq")[0]
    later = AgencyName.objects.filter(agency__office=world.office, recorded_at__gt=first.recorded_at)[0]
    with refused("đính chính"):
        a_row(AgencyName, replaces=later, entry=first, recorded_at=first.recorded_at).save()
    with refused("đính chính"):
        a_row(AgencyName, replaces_id=10**6).save()
    a_row(AgencyName, replaces=own).save()
    with refused("replaces"):
        a_row(AgencyName, pk=10**6 + 1, replaces=own).save()


def test_a_period_runs_forward(world):
    with refused("period_runs_forward"):
        a_row(AgencyName, effective_on=START, until_on=START - timedelta(days=1)).save()
    dated = {model for model in RECORDED if issubclass(model, Fact)}
    with connection.cursor() as cursor:
        cursor.execute("select conrelid::regclass::text from pg_constraint where conname like '%period_runs_forward'")
        assert {table for (table,) in cursor.fetchall()} == {model._meta.db_table for model in dated}


def test_the_log_goes_on_from_its_last_entry(world):
    last = history.head(world.office.pk)

    def entry(**values: object) -> LogEntry:
        usual = {"office": world.office, "seq": last.seq + 1, "previous": last.hash, "recorded_at": last.recorded_at}
        texts = {"actor_name": "x", "action": "x", "detail": "{}", "detail_digest": "x", "hash": "x" * 64}
        return LogEntry(**(usual | texts | values))

    wrong = (
        {"previous": "0" * 64},
        {"seq": last.seq + 2},
        {"recorded_at": last.recorded_at - timedelta(microseconds=1)},
        {"seq": 0, "previous": "0" * 64},
    )
    for values in wrong:
        with refused("không nối tiếp"):
            entry(**values).save()
    with refused("logentry_one_place_each"):
        entry(seq=last.seq, previous=last.previous).save()
    entry().save()


def test_no_plan_of_a_check_is_kept(world):
    """One made while a table was all but empty would read all of it for each row of a later import."""
    with connection.cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where proname like 'dondoc_check%'")
        found = [source for (source,) in cursor.fetchall()]
    assert len(found) == len(RECORDED) + 1
    for source in found:
        assert source.count("from added") == source.count("execute $check$") >= 1


def test_an_action_writes_what_is_pointed_to_before_what_points(world):
    """Rows may be given in any order; the checks of the database see what they point to."""
    with writing(world.actor) as w:
        agency = w.new(Agency, office=world.office, key="new", kind="department", level="province")
        name = w.new(AgencyName, agency=agency, name="x", short_name="x", folded="x", sort_key="x", effective_on=START)
        w.record("add_agency", [name, agency])
    assert AgencyName.objects.get(pk=name.pk).agency.key == "new"
