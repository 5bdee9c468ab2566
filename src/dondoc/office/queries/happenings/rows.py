"""Every record about a duty, whatever its table, read in one query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_date

LATE_ENTRY_DAYS = 7


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
    as does one that a product's earlier day made void (`is_void`), a correction and what was entered late.
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
    is_late_entry: bool = False
    is_correction: bool = False
    is_withdrawn: bool = False
    is_replaced: bool = False
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A record about a duty as it is stored: its table, its day, its entry, and what it says."""

    kind: str
    id: int
    on: date
    recorded_at: datetime
    entry_id: int
    actor: str
    account_person: int | None
    replaces: int | None
    replaced_in: int | None
    is_empty: bool
    said: dict[str, Any]

    def day(self, name: str) -> date | None:
        """Give a day of what it says."""
        value = self.said.get(name)
        return parse_date(value) if value else None

    @property
    def is_late_entry(self) -> bool:
        """Whether it was recorded more than a week after its day."""
        recorded_on = self.recorded_at.astimezone(timezone.get_default_timezone()).date()
        return (recorded_on - self.on).days > LATE_ENTRY_DAYS


def _fact(kind: str, table: str, said: str, joins: str = "") -> str:
    return f"""
        select '{kind}' as kind, r.id, r.effective_on as on_day, r.recorded_at, r.entry_id, r.replaces_id,
               (select later.entry_id from {table} later
                where later.replaces_id = r.id and later.recorded_at <= %(known_at)s) as replaced_in,
               coalesce(r.until_on = r.effective_on, false) as is_empty, jsonb_build_object({said}) as said
        from {table} r {joins} where r.duty_id = %(duty)s
    """


def _record(kind: str, table: str, on: str, said: str, joins: str = "", *, duty: str = "r.duty_id") -> str:
    return f"""
        select '{kind}', r.id, {on}, r.recorded_at, r.entry_id, null::bigint, null::bigint, false,
               jsonb_build_object({said})
        from {table} r {joins} where {duty} = %(duty)s
    """


# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.
SOURCES = " union all ".join(
    (
        _fact(
            "state",
            "office_change",
            "'from', r.from_state, 'to', r.to_state, 'note', r.note, 'document', r.document_id,"
            " 'original', r.original_id, 'filename', o.filename, 'number', p.number, 'issued_on', p.issued_on,"
            " 'title', p.title",
            "left join office_product p on p.change_id = r.id and p.recorded_at <= %(known_at)s"
            " left join office_original o on o.id = r.original_id",
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
ASKED = f"""
    select r.kind, r.id, r.on_day, r.recorded_at, r.entry_id, e.actor_name, u.person_id, r.replaces_id, r.replaced_in,
           r.is_empty, r.said
    from ({SOURCES}) r join office_logentry e on e.id = r.entry_id left join office_user u on u.id = e.actor_id
    where r.on_day <= %(as_of)s and r.recorded_at <= %(known_at)s
    order by r.on_day desc, r.recorded_at desc, r.kind, r.id desc
"""


def rows_of(duty_id: int, *, as_of: date, known_at: datetime | None) -> list[Row]:
    """Read every record about a duty that was known at an instant, of days up to a day, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, {"duty": duty_id, "as_of": as_of, "known_at": known_at or "infinity"})
        return [Row(*values[:-1], said=json.loads(values[-1])) for values in cursor.fetchall()]
