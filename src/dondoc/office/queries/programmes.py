"""Programmes on a day: the lists under a resolution, and how the tasks on them are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Programme, ProgrammeTask, Task
from dondoc.office.models.facts import in_force, recorded
from dondoc.office.queries import definitions, documents, tasks
from dondoc.office.queries.definitions import Counting
from dondoc.office.queries.tasks import TaskRow


class NotRecorded(Refused):
    """The list was not on record on the day, or not yet known at the instant, that was asked for."""


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A list on a day: its title, what its items are called, and the definition by which they are counted."""

    id: int
    key: str
    title: str
    item_noun: str
    resolution_id: int
    resolution: str
    counting: Counting


@dataclass(frozen=True, slots=True)
class Tally:
    """How the tasks of a list fall into the groups of its definition on a day."""

    programme: ProgrammeRow
    total: int
    by_group: dict[str, int]


def programmes(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ProgrammeRow]:
    """List the programmes of the viewer's office that were on record on a day, in their order."""
    rows = recorded(
        Programme.objects.filter(office_id=viewer.office_id, begins_on__lte=as_of), known_at=known_at
    ).order_by("order", "pk")
    found = list(rows)
    counted = definitions.countings(
        [(row.workflow_id, row.pk) for row in found], as_of=as_of, known_at=known_at
    )
    titles = documents.short_titles([row.resolution_id for row in found], known_at=known_at)
    return [
        ProgrammeRow(
            id=row.pk,
            key=row.key,
            title=row.title,
            item_noun=row.item_noun,
            resolution_id=row.resolution_id,
            resolution=titles.get(row.resolution_id, ""),
            counting=counted[(row.workflow_id, row.pk)],
        )
        for row in found
        if (row.workflow_id, row.pk) in counted
    ]


def programme(key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ProgrammeRow:
    """Give one list by its key, as of a day."""
    for row in programmes(viewer=viewer, as_of=as_of, known_at=known_at):
        if row.key == key:
            return row
    raise NotRecorded(_("This list was not on record on this day."))


def tallies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Tally]:
    """Count the tasks of every list by group on a day: one query for all lists."""
    rows = programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    standing = tasks.standing(viewer=viewer, as_of=as_of, known_at=known_at).filter(pk=OuterRef("task"))
    places = (
        in_force(ProgrammeTask.objects.filter(programme__office_id=viewer.office_id), as_of=as_of, known_at=known_at)
        .annotate(state=Subquery(standing.values("state")[:1]))
        .filter(state__isnull=False)
    )
    counts = list(places.order_by().values_list("programme_id", "state").annotate(n=Count("task", distinct=True)))
    return {row.key: _tally(row, {state: n for pk, state, n in counts if pk == row.id}) for row in rows}


def _tally(row: ProgrammeRow, by_state: dict[str, int]) -> Tally:
    by_group = {group.code: 0 for group in row.counting.groups}
    for state, n in by_state.items():
        by_group[row.counting.group_of[state].code] += n
    return Tally(row, sum(by_state.values()), by_group)


def items(
    key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None, group: str | None = None
) -> list[TaskRow]:
    """List the tasks on a list on a day, all of them or those of one group, in the order of their numbers."""
    row = programme(key, viewer=viewer, as_of=as_of, known_at=known_at)
    found = tasks.on_programmes([row.id], viewer=viewer, as_of=as_of, known_at=known_at)
    if group is not None:
        found = found.filter(state__in=[s for s, g in row.counting.group_of.items() if g.code == group])
    places = in_force(ProgrammeTask.objects.filter(programme_id=row.id), as_of=as_of, known_at=known_at)
    numbers = dict(places.order_by("id").values_list("task_id", "number"))
    labels = {state: g.label for state, g in row.counting.group_of.items()}
    rows = tasks.rows_of(found, as_of=as_of, known_at=known_at, groups=labels, numbers=numbers)
    return sorted(rows, key=lambda task: (_number(task.number), task.title, task.id))


def _number(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def of_resolution(
    resolution_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> QuerySet[Task]:
    """Give the tasks on any list under a resolution, each once."""
    rows = programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    ids = [row.id for row in rows if row.resolution_id == resolution_id]
    return tasks.on_programmes(ids, viewer=viewer, as_of=as_of, known_at=known_at)


def places(task_id: int, *, as_of: date) -> list[ProgrammeTask]:
    """List the places that a task has on lists on a day."""
    rows = in_force(ProgrammeTask.objects.filter(task_id=task_id), as_of=as_of, known_at=None)
    return list(rows.order_by("id"))


def titles_of(task_id: int, *, as_of: date, known_at: datetime | None) -> list[tuple[str, str]]:
    """List the lists on which a task stood on a day: title and number."""
    rows = in_force(ProgrammeTask.objects.filter(task_id=task_id), as_of=as_of, known_at=known_at)
    return list(rows.order_by("programme__order", "id").values_list("programme__title", "number"))
