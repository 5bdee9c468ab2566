"""Tasks with the state they stand in on a day: that of their least advanced lead.

The rule is `rules.states.task_state`; what stands here answers the same cases in SQL.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Duty, Note, Task, TaskClause, TaskKind, TaskLineage, TaskOrigin
from dondoc.office.models.facts import in_force, late_by
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import duties, parameters, standing
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.happenings.lateness import came_in
from dondoc.office.queries.products import NamedLater, named_later
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules.text import folded


class NoSuchTask(Refused):
    """The task does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in a list, as of a day, with its first lead."""

    id: int
    number: str
    title: str
    kind: str
    state: str
    state_label: str
    state_class: str
    group: str
    lead: str
    lead_short: str
    due: date | None
    timeliness: str
    days_late: int
    is_sample: bool

    @property
    def url(self) -> str:
        return f"/tasks/{self.id}/"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document that a task comes from, by the tie that says so.

    `late_entry` says by how many days the tie was entered late; 0 where it was entered with the task itself.
    """

    id: int
    document_id: int
    clause: str
    start: int | None
    end: int | None
    text: str
    late_entry: int = 0


@dataclass(frozen=True, slots=True)
class NoteWords:
    """The leader's note that a task comes from, its document, and by how many days the note was entered late."""

    document_id: int
    author: str
    written_on: date
    text: str
    late_entry: int


@dataclass(frozen=True, slots=True)
class WithTask:
    """A duty with all that is owed of its task on a day, read together: as it stands, as rows, the names in them."""

    duty: DutyRow
    owed: tuple[StandingDuty, ...]
    rows: tuple[DutyRow, ...]
    called: dict[int, tuple[str, str]]

    @property
    def standing(self) -> StandingDuty:
        """The duty itself as it stands."""
        return next(row for row in self.owed if row.id == self.duty.id)


@dataclass(frozen=True, slots=True)
class TaskHead:
    """What is said of a task wherever it is shown: its words, its product, whence it comes, and its duties.

    An orientation asks for nothing by a day; `is_from_note` says that a leader's note gave the work, `is_read` that it
    was read in a document; `named` since when the product is that, where it was named after the task was entered.
    """

    id: int
    title: str
    product: str
    named: NamedLater | None
    origin: str
    assigned_on: date
    words: tuple[Words, ...]
    duties: tuple[DutyRow, ...]
    is_orientation: bool
    is_from_note: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class TaskPage(TaskHead):
    """A task as its page shows it; the note is shown to the office's own people.

    What it was split from and into by key, title, and by how many days that was entered late.
    """

    row: TaskRow
    note: NoteWords | None
    split_from: tuple[tuple[int, str, int], ...]
    split_into: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks are wanted; an empty wish keeps all. `buckets` are how a duty of the task counts."""

    words: str = ""
    programme: str | None = None
    resolution: str | None = None
    document: str | None = None
    agency: str | None = None
    states: tuple[str, ...] | None = None
    state_class: str | None = None
    buckets: tuple[str, ...] | None = None
    task: int | None = None


WANTED = f"""
    (%(words)s = '' or exists (select 1 from office_task o where o.id = task.task_id and o.folded like %(words)s))
    and {standing.in_scope("task")}
    and (%(document)s::bigint is null
         or task.task_id in (select c.task_id from office_taskclause c where c.document_id = %(document)s::bigint
                              and {standing.TIED}))
    and (%(agency)s::bigint is null
         or task.task_id in (select o.task_id from duty o where o.bearer_id = %(agency)s::bigint))
    and (%(states)s::text[] is null or task.state = any(%(states)s::text[]))
    and (%(state_class)s::text is null or task.state_class = %(state_class)s)
    and (%(buckets)s::text[] is null
         or task.task_id in (select o.task_id from duty o where o.visible and o.bucket = any(%(buckets)s::text[])))
"""


def _parameters(wanted: Wanted) -> dict[str, Any]:
    words = folded(wanted.words).replace("%", "").replace("_", "")
    return {
        "words": f"%{words}%" if words else "",
        "programme": wanted.programme,
        "resolution": wanted.resolution,
        "document": wanted.document,
        "agency": wanted.agency,
        "states": list(wanted.states) if wanted.states is not None else None,
        "state_class": wanted.state_class,
        "buckets": list(wanted.buckets) if wanted.buckets is not None else None,
        "tasks": [wanted.task] if wanted.task is not None else None,
    }


def tasks(
    wanted: Wanted,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    groups: Mapping[str, str] = MappingProxyType({}),
    start: int = 0,
    size: int | None = None,
) -> list[TaskRow]:
    """List the tasks in a viewer's sight on a day, by the number on the list asked for, then in Vietnamese order.

    `groups` names the group of a state in the words of a definition.
    """
    rows = standing.ask(
        f"""
        select coalesce(number.number, ''), task.state, task.state_label, task.state_class, lead.*
        from task join lead on lead.task_id = task.task_id
        left join place number on number.task_id = task.task_id and number.key = %(programme)s
        where {WANTED}
        order by case when number.number ~ '^[0-9]{{1,9}}([.][0-9]{{1,9}})*$'
                      then string_to_array(number.number, '.')::int[] end nulls last,
                 nullif(number.number, '') nulls last, task.sort_key, task.task_id
        offset %(start)s limit %(size)s
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        start=start,
        size=size,
        **_parameters(wanted),
    )
    leads = duties.rows_of([StandingDuty(*row[4:]) for row in rows], as_of=as_of, known_at=known_at)
    kinds = [row[4:][6] for row in rows]
    return [_row(row[:4], kind, lead, groups) for row, kind, lead in zip(rows, kinds, leads, strict=True)]


def _row(state: tuple[str, str, str, str], kind: str, lead: DutyRow, groups: Mapping[str, str]) -> TaskRow:
    number, code, label, state_class = state
    return TaskRow(
        id=lead.task_id,
        number=number,
        title=lead.title,
        kind=str(TaskKind(kind).label),
        state=code,
        state_label=label,
        state_class=state_class,
        group=groups.get(code, label),
        lead=lead.agency,
        lead_short=lead.agency_short,
        due=lead.due,
        timeliness=lead.timeliness,
        days_late=lead.days_late,
        is_sample=lead.is_sample,
    )


def by_class(
    scope: Literal["resolution", "document"], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[int, dict[str, int]]:
    """Count the different tasks under each resolution, or from each document, by class of state."""
    source = {
        "resolution": "(select distinct resolution_id as key, task_id from place)",
        "document": f"(select distinct c.document_id as key, c.task_id from office_taskclause c where {standing.TIED})",
    }[scope]
    rows = standing.ask(
        f"select s.key, task.state_class, count(*) from task join {source} s on s.task_id = task.task_id group by 1, 2",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
    )
    found: dict[int, dict[str, int]] = {}
    for key, state_class, n in rows:
        found.setdefault(key, {})[state_class] = n
    return found


def of_office(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, int]:
    """Count all tasks in a viewer's sight by class of state."""
    tail = "select task.state_class, count(*) from task join lead on lead.task_id = task.task_id group by 1"
    return dict(standing.ask(tail, viewer=viewer, as_of=as_of, known_at=known_at))


def from_documents(ids: list[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, int]:
    """Count the different tasks that come from the words of each of some documents."""
    rows = standing.ask(
        f"""
        select c.document_id, count(distinct task.task_id) from task
        join office_taskclause c on c.task_id = task.task_id
        where c.document_id = any(%(documents)s::bigint[]) and {standing.TIED} group by 1
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        documents=ids,
    )
    return dict(rows)


def on_lists(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[tuple[str, str, int]]:
    """Count the tasks of every list by state: list, state, number."""
    return standing.ask(
        "select place.key, task.state, count(*) from place join task on task.task_id = place.task_id group by 1, 2",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
    )


def task(task_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> TaskPage:
    """Give one task as of a day with its words, its duties and what it was split from or into."""
    rows = tasks(Wanted(task=task_id), viewer=viewer, as_of=as_of, known_at=known_at)
    if not rows:
        raise NoSuchTask(_("There is no such task on this day, or it belongs to other agencies."))
    owed = duties_standing("true order by place, id", viewer=viewer, as_of=as_of, known_at=known_at, tasks=[task_id])
    record = Task.objects.get(pk=task_id)
    owing = duties.rows_of(owed, as_of=as_of, known_at=known_at)
    head = _head(record, owing, viewer=viewer, as_of=as_of, known_at=known_at)
    return TaskPage(
        **{field.name: getattr(head, field.name) for field in fields(TaskHead)},
        row=rows[0],
        note=_note(record.note_id, viewer=viewer, known_at=known_at) if viewer.sees_all else None,
        split_from=_lineage(Q(result_id=task_id), "origin", viewer=viewer, as_of=as_of, known_at=known_at),
        split_into=_lineage(Q(origin_id=task_id), "result", viewer=viewer, as_of=as_of, known_at=known_at),
    )


def with_task(duty_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> WithTask:
    """Give one duty with the others of its task, in their order; refused when the duty is not in the viewer's sight."""
    tasks = list(Duty.objects.filter(pk=duty_id).values_list("task_id", flat=True))
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    owed = duties_standing("true order by place, id", tasks=tasks, **moment)
    if not any(row.id == duty_id and row.visible for row in owed):
        raise duties.NoSuchDuty(_("There is no such duty on this day, or it belongs to another agency."))
    rows = tuple(duties.rows_of(owed, as_of=as_of, known_at=known_at))
    called = {row.agency_id: (row.agency, row.agency_short) for row in rows}
    return WithTask(next(row for row in rows if row.id == duty_id), tuple(owed), rows, called)


def head(seen: WithTask, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> TaskHead:
    """Give the task of a duty that was read with all that is owed of it."""
    return _head(Task.objects.get(pk=seen.duty.task_id), seen.rows, viewer=viewer, as_of=as_of, known_at=known_at)


def _head(record: Task, rows: Iterable[DutyRow], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> TaskHead:
    named = named_later(record.pk, viewer=viewer, as_of=as_of, known_at=known_at)
    return TaskHead(
        id=record.pk,
        title=record.title,
        product=named.words if named else record.product,
        named=named,
        origin=str(record.get_origin_display()),
        assigned_on=record.assigned_on,
        words=tuple(_words(record.pk, viewer=viewer, known_at=known_at)),
        duties=tuple(rows),
        is_orientation=record.kind == TaskKind.ORIENTATION,
        is_from_note=record.note_id is not None,
        is_read=record.origin == TaskOrigin.READING,
    )


def was_split(task_id: int, *, as_of: date) -> bool:
    """Say whether a task had been split into others by a day."""
    return in_force(TaskLineage.objects.filter(origin_id=task_id, kind="split"), as_of=as_of, known_at=None).exists()


def task_of_duty(duty: DutyRow, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> TaskPage:
    """Give the task of a duty that is in the viewer's sight."""
    return task(duty.task_id, viewer=viewer, as_of=as_of, known_at=known_at)


def _note(note_id: int | None, *, viewer: Viewer, known_at: datetime | None) -> NoteWords | None:
    if note_id is None:
        return None
    row = Note.objects.select_related("author").get(pk=note_id)
    late = late_by(row.written_on, row.recorded_at, parameters.late_rule(viewer=viewer, known_at=known_at))
    return NoteWords(row.document_id, str(row.author), row.written_on, row.text, late)


def _words(task_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[Words]:
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    found = standing_ties(TaskClause.objects.filter(task_id=task_id), known_at=known_at)
    found = found.annotate(came_in=came_in("document", known_at=known_at))
    rows: Any = found.select_related("document", "clause", "task").order_by("id")
    return [
        Words(
            id=row.pk,
            document_id=row.document_id,
            clause=row.clause.address if row.clause else "",
            start=row.start,
            end=row.end,
            text=row.document.text[row.start : row.end] if row.start is not None else "",
            late_entry=late_by(max(row.task.assigned_on, row.came_in), row.recorded_at, rule)
            if row.entry_id != row.task.entry_id
            else 0,
        )
        for row in rows
    ]


def _lineage(
    which: Q, side: str, *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> tuple[tuple[int, str, int], ...]:
    rows = in_force(TaskLineage.objects.filter(which), as_of=as_of, known_at=known_at)
    if not viewer.sees_all:
        mine = duties.tasks_in_sight(viewer=viewer, as_of=as_of, known_at=known_at)
        rows = rows.filter(**{f"{side}_id__in": mine})
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    found = rows.order_by("id").values_list(f"{side}_id", f"{side}__title", "effective_on", "recorded_at")
    return tuple((pk, title, late_by(on, recorded_at, rule)) for pk, title, on, recorded_at in found)
