"""Every record about a duty, whatever its table, read in one query."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.dateparse import parse_date

from dondoc.office.access import Viewer
from dondoc.office.models.facts import late_by
from dondoc.rules.lateness import LateRule


@dataclass(frozen=True, slots=True)
class ProductRow:
    """The document in which the work ended: its number, the day on it, its title."""

    number: str
    issued_on: date
    title: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a duty: in words, since when it holds, who recorded it, and when.

    `details` are further sentences, `note` what somebody wrote. A row that was corrected later says so (`is_replaced`),
    as does one that a product's earlier day made void (`is_void`), one that counts again (`is_restored`), a correction
    and what was entered late (by how many days: `late_entry`). `mended` says what became of a corrected step and why;
    `may_mend` whether it is a step that stands and was recorded by itself.
    """

    id: int
    kind: str
    on: date
    recorded_at: datetime
    actor: str
    title: str
    before: str = ""
    details: tuple[str, ...] = ()
    note: str = ""
    document_id: int | None = None
    original_id: int | None = None
    original_name: str = ""
    product: ProductRow | None = None
    to_state: str = ""
    late_entry: int = 0
    is_correction: bool = False
    is_withdrawn: bool = False
    is_replaced: bool = False
    is_void: bool = False
    is_restored: bool = False
    mended: str = ""
    may_mend: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A record about a duty as it is stored: its table, its day, its entry, and what it says."""

    kind: str
    id: int
    on: date
    recorded_at: datetime
    entry_id: int
    actor: str
    action: str
    account_person: int | None
    replaces: int | None
    replaced_in: int | None
    is_empty: bool
    said: dict[str, Any]

    def day(self, name: str) -> date | None:
        """Give a day of what it says."""
        value = self.said.get(name)
        return parse_date(value) if value else None

    def late_by(self, rule: LateRule) -> int:
        """Say by how many days it was entered late; 0 where that is no more than the office allows for it."""
        return late_by(self.on, self.recorded_at, rule)


def _fact(kind: str, table: str, said: str, joins: str = "", *, duty: str = "r.duty_id") -> str:
    return f"""
        select '{kind}' as kind, r.id, r.effective_on as on_day, r.recorded_at, r.entry_id, r.replaces_id,
               (select later.entry_id from {table} later
                where later.replaces_id = r.id and later.recorded_at <= %(known_at)s) as replaced_in,
               coalesce(r.until_on = r.effective_on, false) as is_empty, jsonb_build_object({said}) as said,
               {duty}
        from {table} r {joins}
    """


def _record(kind: str, table: str, on: str, said: str, joins: str = "", *, duty: str = "r.duty_id") -> str:
    return f"""
        select '{kind}', r.id, {on}, r.recorded_at, r.entry_id, null::bigint, null::bigint, false,
               jsonb_build_object({said}), {duty}
        from {table} r {joins}
    """


# What a list (`p`) was called on a day, as it was known: SQL for `models.programmes.called`.
LIST_CALLED = """coalesce((
    select n.title from office_programmename n
    where n.programme_id = p.id and n.effective_on <= {day} and n.recorded_at <= %(known_at)s
      and (n.until_on is null or n.until_on > {day}) and not exists (
        select 1 from office_programmename later where later.replaces_id = n.id and later.recorded_at <= %(known_at)s)
    order by n.effective_on desc, n.recorded_at desc, n.id desc limit 1), p.title)"""
_EACH_DUTY = "join office_duty d on d.task_id = r.task_id"
# As `programmes.taken_off` has it: a task that is split on the day on which it came there leaves it without a reason.
_MISTAKE = "(r.until_on = r.effective_on and r.reason <> '')"


# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.
SOURCES = " union all ".join(
    (
        _fact(
            "state",
            "office_change",
            "'from', r.from_state, 'to', r.to_state, 'note', r.note, 'document', r.document_id,"
            " 'original', r.original_id, 'filename', o.filename, 'number', p.number, 'issued_on', p.issued_on,"
            " 'title', p.title, 'stage', d.stage",
            "join office_duty d on d.id = r.duty_id"
            " left join office_product p on p.change_id = r.id and p.recorded_at <= %(known_at)s"
            " left join office_original o on o.id = r.original_id",
        ),
        # A stage that was put before this one later on.
        _record(
            "stage_added",
            "office_duty",
            "r.assigned_on",
            "'stage', r.stage, 'agency', b.agency_id",
            """join office_duty d on d.task_id = r.task_id and d.role = 'lead' and d.stage <> '' and r.role = 'lead'
               and r.stage <> '' and r."order" < d."order" and r.id > d.id and r.entry_id <> d.entry_id
             join office_dutybearer b on b.duty_id = r.id and b.entry_id = r.entry_id""",
            duty="d.id",
        ),
        _fact("due", "office_dutydue", "'kind', r.kind, 'last_day', r.last_day, 'words', r.words"),
        _fact("bearer", "office_dutybearer", "'agency', r.agency_id, 'reason', r.reason, 'document', r.basis_id"),
        _fact(
            "named",
            "office_dutyassignee",
            "'person', p.name, 'note', r.note",
            "join office_person p on p.id = r.person_id",
        ),
        _record(
            "answered",
            "office_assigneeanswer",
            "r.answered_on",
            "'person', p.name, 'person_id', p.id, 'kind', r.kind, 'note', r.reason",
            "join office_dutyassignee a on a.id = r.assignee_id join office_person p on p.id = a.person_id",
            duty="a.duty_id",
        ),
        _record(
            "extension_asked",
            "office_extension",
            "r.asked_on",
            "'number', r.number, 'wanted', r.wanted_on, 'note', r.reason",
        ),
        _record(
            "extension_decided",
            "office_extensiondecision",
            "r.decided_on",
            "'number', x.number, 'verdict', r.verdict, 'granted', r.granted_on, 'note', r.note",
            "join office_extension x on x.id = r.extension_id",
            duty="x.duty_id",
        ),
        _record(
            "obstacle_named",
            "office_obstacle",
            "r.began_on",
            "'remover', r.remover_name, 'needed_by', r.needed_by, 'note', r.text",
        ),
        _record(
            "obstacle_ended",
            "office_obstacleend",
            "r.ended_on",
            "'kind', r.kind, 'text', x.text, 'note', r.note",
            "join office_obstacle x on x.id = r.obstacle_id",
            duty="x.duty_id",
        ),
        _record(
            "urged",
            "office_urge",
            "r.urged_on",
            "'number', r.number, 'kind', r.kind, 'channel', r.channel, 'answer_by', r.answer_by, 'note', r.text",
        ),
        _record(
            "urge_received",
            "office_urgereceipt",
            "r.received_on",
            "'number', u.number, 'by', r.received_by",
            "join office_urge u on u.id = r.urge_id",
            duty="u.duty_id",
        ),
        _record(
            "urge_answered",
            "office_urgeanswer",
            "r.answered_on",
            "'number', u.number, 'note', r.text, 'original', r.original_id, 'filename', o.filename",
            "join office_urge u on u.id = r.urge_id left join office_original o on o.id = r.original_id",
            duty="u.duty_id",
        ),
        # What is to come of the task, named after it was entered.
        _fact("product_named", "office_taskproduct", "'words', r.words", _EACH_DUTY, duty="d.id"),
        # On and off the lists: what is on record of the task, told with each duty since it was given.
        _record(
            "list_put",
            "office_programmetask",
            "r.effective_on",
            f"'list', {LIST_CALLED.format(day='r.effective_on')}, 'number', r.number",
            f"join office_programme p on p.id = r.programme_id {_EACH_DUTY} and r.replaces_id is null"
            " and r.effective_on >= d.assigned_on",
            duty="d.id",
        ),
        _record(
            "list_off",
            "office_programmetask",
            f"""case when {_MISTAKE} then (r.recorded_at at time zone '{settings.TIME_ZONE}')::date
                else r.until_on end""",
            f"'list', {LIST_CALLED.format(day='r.until_on')}, 'number', r.number, 'mistake', {_MISTAKE},"
            " 'note', r.reason",
            f"join office_programme p on p.id = r.programme_id {_EACH_DUTY} and r.until_on is not null",
            duty="d.id",
        ),
        _record("reminded", "office_reminder", '"on"', "'due_on', r.due_on, 'note', r.text"),
        _record(
            "progress",
            "office_progressstep",
            '"on"',
            "'kind', r.kind, 'period', p.name, 'nothing_new', r.nothing_new, 'share', r.share, 'note', r.result,"
            " 'difficulties', r.difficulties, 'next_steps', r.next_steps, 'reason', r.reason,"
            " 'on_behalf', r.on_behalf, 'original', r.original_id, 'filename', o.filename",
            "join office_progress g on g.id = r.progress_id join office_period p on p.id = g.period_id"
            " left join office_original o on o.id = r.original_id",
            duty="g.duty_id",
        ),
    )
)
# Which duty, which instant: pushed down into each of the tables by the planner, whatever it is asked for.
COLUMNS = """r.kind, r.id, r.on_day, r.recorded_at, r.entry_id, e.actor_name, e.action, u.person_id, r.replaces_id,
           r.replaced_in, r.is_empty, r.said"""
FROM = f"""({SOURCES}) r join office_logentry e on e.id = r.entry_id left join office_user u on u.id = e.actor_id"""
ASKED = f"""
    select {COLUMNS} from {FROM}
    where r.duty_id = %(duty)s and r.on_day <= %(as_of)s and r.recorded_at <= %(known_at)s
    order by r.on_day desc, r.recorded_at desc, r.kind, r.id desc
"""
# The recent records are read before anything is joined to them: of a moment ago the planner knows nothing, and would
# read whole tables once for each entry of the log.
SINCE = f"""
    with r as materialized (
        select r.* from ({SOURCES}) r
        where r.recorded_at > %(since)s and r.recorded_at <= %(known_at)s and r.kind = any(%(kinds)s::text[])
    )
    select d.id, t.title, t.workflow_id, {COLUMNS}
    from r join office_logentry e on e.id = r.entry_id left join office_user u on u.id = e.actor_id
    join office_duty d on d.id = r.duty_id join office_task t on t.id = d.task_id
    where e.office_id = %(office)s and e.actor_id is distinct from %(user)s
      and (r.kind <> 'due' or r.entry_id <> d.entry_id)
      and (%(sees_all)s or r.duty_id in (
          select b.duty_id from office_dutybearer b where b.agency_id = any(%(agencies)s::bigint[])))
    order by r.recorded_at desc, r.kind, r.id desc limit %(most)s
"""


def rows_of(duty_id: int, *, as_of: date, known_at: datetime | None) -> list[Row]:
    """Read every record about a duty that was known at an instant, of days up to a day, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, {"duty": duty_id, "as_of": as_of, "known_at": known_at or "infinity"})
        return [_row(values) for values in cursor.fetchall()]


def _row(values: tuple[Any, ...]) -> Row:
    return Row(*values[:-1], said=json.loads(values[-1]))


@dataclass(frozen=True, slots=True)
class Recent:
    """A record about some duty: which, of which task and workflow."""

    duty_id: int
    title: str
    workflow_id: int
    row: Row


def recorded_since(
    since: datetime, *, viewer: Viewer, known_at: datetime | None, kinds: Sequence[str], most: int
) -> list[Recent]:
    """Read what others recorded after an instant of duties that the viewer's agencies ever bore, the newest first.

    In one query. The due day with which a duty was given is no record of its own here.
    """
    asked = {
        "since": since,
        "known_at": known_at or "infinity",
        "kinds": list(kinds),
        "office": viewer.office_id,
        # Nobody's own hand: where no account looks, all of it was done by others.
        "user": viewer.user_id if viewer.user_id is not None else -1,
        "sees_all": viewer.sees_all,
        "agencies": sorted(viewer.agency_ids),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(SINCE, asked)
        return [Recent(*values[:3], row=_row(values[3:])) for values in cursor.fetchall()]
