"""Tasks with the state they stand in on a day: that of their least advanced lead (twin of `rules.states.task_state`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Duty, ProgrammeTask, Task, TaskClause, TaskLineage
from dondoc.office.models.facts import in_force, recorded
from dondoc.office.queries import duties
from dondoc.office.queries.duties import DutyRow
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
    """The words of a document that a task comes from."""

    document_id: int
    clause: str
    start: int | None
    end: int | None
    text: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task as its page shows it."""

    row: TaskRow
    product: str
    origin: str
    assigned_on: date
    words: tuple[Words, ...]
    duties: tuple[DutyRow, ...]
    split_from: tuple[tuple[int, str], ...]
    split_into: tuple[tuple[int, str], ...]


def with_state(rows: QuerySet[Task], *, as_of: date, known_at: datetime | None) -> QuerySet[Task]:
    """Annotate tasks with the state, class and first lead they had on a day."""
    leads = duties.with_standing(
        recorded(Duty.objects.filter(task=OuterRef("pk"), role="lead", assigned_on__lte=as_of), known_at=known_at),
        as_of=as_of,
        known_at=known_at,
    ).filter(state__isnull=False)
    governing = leads.order_by("rank", "pk")
    return rows.annotate(
        state=Subquery(governing.values("state")[:1]),
        state_class=Subquery(governing.values("state_class")[:1]),
        lead_duty=Subquery(leads.order_by("order", "pk").values("pk")[:1]),
    )


def standing(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Task]:
    """Give the tasks in a viewer's sight that had been assigned by a day, each with its state."""
    rows = recorded(Task.objects.filter(office_id=viewer.office_id, assigned_on__lte=as_of), known_at=known_at)
    if not viewer.sees_all:
        mine = duties.standing(viewer=viewer, as_of=as_of, known_at=known_at).filter(task=OuterRef("pk"))
        rows = rows.filter(Exists(mine))
    return with_state(rows, as_of=as_of, known_at=known_at).filter(state__isnull=False)


def on_programmes(
    programme_ids: list[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> QuerySet[Task]:
    """Give the tasks that were on any of these lists on a day."""
    places = in_force(
        ProgrammeTask.objects.filter(programme_id__in=programme_ids, task=OuterRef("pk")),
        as_of=as_of,
        known_at=known_at,
    )
    return standing(viewer=viewer, as_of=as_of, known_at=known_at).filter(Exists(places))


def from_document(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Task]:
    """Give the tasks that a document assigns, as of a day."""
    words = TaskClause.objects.filter(document_id=document_id, task=OuterRef("pk"))
    return standing(viewer=viewer, as_of=as_of, known_at=known_at).filter(Exists(words))


def tally(rows: QuerySet[Task], by: str) -> dict[str, int]:
    """Count tasks by state or by class of state."""
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk", distinct=True)))


def search(rows: QuerySet[Task], *, words: str, state_class: str, timeliness: str, as_of: date) -> QuerySet[Task]:
    """Keep the tasks whose words, class of state and timeliness were asked for; an empty wish keeps all."""
    if words.strip():
        rows = rows.filter(folded__contains=folded(words))
    if state_class:
        rows = rows.filter(state_class=state_class)
    if timeliness:
        owed = duties.with_standing(Duty.objects.filter(task=OuterRef("pk")), as_of=as_of, known_at=None)
        rows = rows.filter(Exists(duties.in_bucket(owed, timeliness, as_of=as_of)))
    return rows


def rows_of(
    tasks: QuerySet[Task],
    *,
    as_of: date,
    known_at: datetime | None,
    groups: Mapping[str, str],
    numbers: Mapping[int, str],
) -> list[TaskRow]:
    """Turn annotated tasks into rows; `groups` names the group of a state in the words of a definition."""
    found = list(tasks.order_by("sort_key", "pk"))
    leads = duties.with_standing(
        Duty.objects.filter(pk__in=[t.lead_duty for t in found]),  # type: ignore[attr-defined]
        as_of=as_of,
        known_at=known_at,
    )
    by_task = {row.task_id: row for row in duties.rows_of(leads, as_of=as_of, known_at=known_at)}
    return [_row(task, by_task[task.pk], groups, numbers) for task in found]


def _row(task: Task, lead: DutyRow, groups: Mapping[str, str], numbers: Mapping[int, str]) -> TaskRow:
    return TaskRow(
        id=task.pk,
        number=numbers.get(task.pk, ""),
        title=task.title,
        kind=str(task.get_kind_display()),
        state=lead.state,
        state_label=lead.state_label,
        state_class=lead.state_class,
        group=groups.get(lead.state, lead.state_label),
        lead=lead.agency,
        lead_short=lead.agency_short,
        due=lead.due,
        timeliness=lead.timeliness,
        days_late=lead.days_late,
        is_sample=task.is_sample,
    )


def task(task_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> TaskPage:
    """Give one task as of a day with its words, its duties and what it was split from or into."""
    found = standing(viewer=viewer, as_of=as_of, known_at=known_at).filter(pk=task_id)
    rows = rows_of(found, as_of=as_of, known_at=known_at, groups={}, numbers={})
    if not rows:
        raise NoSuchTask(_("There is no such task on this day, or it belongs to other agencies."))
    record = Task.objects.get(pk=task_id)
    owed = duties.with_standing(
        recorded(Duty.objects.filter(task_id=task_id, assigned_on__lte=as_of), known_at=known_at),
        as_of=as_of,
        known_at=known_at,
    ).filter(state__isnull=False)
    return TaskPage(
        row=rows[0],
        product=record.product,
        origin=str(record.get_origin_display()),
        assigned_on=record.assigned_on,
        words=tuple(_words(task_id)),
        duties=tuple(duties.rows_of(owed.order_by("order", "pk"), as_of=as_of, known_at=known_at)),
        split_from=_lineage(Q(result_id=task_id), "origin", as_of=as_of, known_at=known_at),
        split_into=_lineage(Q(origin_id=task_id), "result", as_of=as_of, known_at=known_at),
    )


def _words(task_id: int) -> list[Words]:
    rows = TaskClause.objects.filter(task_id=task_id).select_related("document", "clause").order_by("id")
    return [
        Words(
            document_id=row.document_id,
            clause=row.clause.address if row.clause else "",
            start=row.start,
            end=row.end,
            text=row.document.text[row.start : row.end] if row.start is not None else "",
        )
        for row in rows
    ]


def _lineage(
    which: Q, side: str, *, as_of: date, known_at: datetime | None
) -> tuple[tuple[int, str], ...]:
    rows = in_force(TaskLineage.objects.filter(which), as_of=as_of, known_at=known_at)
    return tuple(rows.order_by("id").values_list(f"{side}_id", f"{side}__title"))
