"""Programmes on a day: the lists under a resolution, and how the tasks on them are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Programme, ProgrammeTask, Task, TaskClause
from dondoc.office.models.facts import in_force, known
from dondoc.office.models.programmes import called, listed
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import definitions, documents, parameters, tasks
from dondoc.office.queries.definitions import Counting, Group
from dondoc.office.queries.happenings.lateness import began_late, ended_late, formers
from dondoc.office.queries.tasks import TaskRow, Wanted
from dondoc.rules.lateness import LateRule
from dondoc.rules.text import folded


class NoSuchPlace(Refused):
    """A task does not stand there, or its place was changed meanwhile."""


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
    workflow_id: int
    counting: Counting


@dataclass(frozen=True, slots=True)
class Tally:
    """How the tasks of a list fall into the groups of its definition on a day.

    A task whose state the definition does not know, because it goes by other steps, counts in all and in no group;
    `outside` names it.
    """

    programme: ProgrammeRow
    total: int
    by_group: dict[str, int]


def programmes(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ProgrammeRow]:
    """List the programmes of the viewer's office that were on record on a day, in their order."""
    rows = listed(as_of=as_of, known_at=known_at).filter(office_id=viewer.office_id).order_by("order", "pk")
    found = list(rows.annotate(now_called=called(as_of=as_of, known_at=known_at)))
    counted = definitions.countings([(row.workflow_id, row.pk) for row in found], as_of=as_of, known_at=known_at)
    titles = documents.short_titles([row.resolution_id for row in found], known_at=known_at)
    return [
        ProgrammeRow(
            id=row.pk,
            key=row.key,
            title=row.now_called,
            item_noun=row.item_noun,
            resolution_id=row.resolution_id,
            resolution=titles.get(row.resolution_id, ""),
            workflow_id=row.workflow_id,
            counting=counted[(row.workflow_id, row.pk)],
        )
        for row in found
        if (row.workflow_id, row.pk) in counted
    ]


def under(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[tuple[int, str, str]]:
    """List the lists of a document that were on record on a day, by id, key and title, in their order."""
    rows = listed(as_of=as_of, known_at=known_at).filter(office_id=viewer.office_id, resolution_id=document_id)
    rows = rows.annotate(now_called=called(as_of=as_of, known_at=known_at)).order_by("order", "pk")
    return list(rows.values_list("pk", "key", "now_called"))


def begun(keys: Iterable[str], *, office_id: int) -> dict[str, tuple[str, date]]:
    """Give the latest title of each list and the day from which it is on record, whatever day is looked at."""
    rows = Programme.objects.filter(office_id=office_id, key__in=set(keys))
    rows = rows.annotate(now_called=called(as_of=date.max, known_at=None))
    return {key: (title, day) for key, title, day in rows.values_list("key", "now_called", "begins_on")}


def programme(key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ProgrammeRow:
    """Give one list by its key, as of a day."""
    for row in programmes(viewer=viewer, as_of=as_of, known_at=known_at):
        if row.key == key:
            return row
    raise NotRecorded(_("This list was not on record on this day."))


def tallies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Tally]:
    """Count the tasks of every list by group on a day: one query for all lists."""
    rows = programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    counts = tasks.on_lists(viewer=viewer, as_of=as_of, known_at=known_at)
    return {row.key: _tally(row, {state: n for key, state, n in counts if key == row.key}) for row in rows}


def _tally(row: ProgrammeRow, by_state: dict[str, int]) -> Tally:
    by_group = {group.code: 0 for group in row.counting.groups}
    for state, n in by_state.items():
        if state in row.counting.group_of:
            by_group[row.counting.group_of[state].code] += n
    return Tally(row, sum(by_state.values()), by_group)


def countings(row: ProgrammeRow, *, as_of: date, known_at: datetime | None) -> list[tuple[date, Counting | None]]:
    """Give the definitions by which a list was counted up to a day, each with the day from which it holds."""
    return definitions.countings_up_to(row.workflow_id, row.id, as_of=as_of, known_at=known_at)


def tallied(
    row: ProgrammeRow, versions: Sequence[tuple[date, Counting | None]], by_state: Mapping[str, int], *, on: date
) -> Tally | None:
    """Put the tasks of a list into the groups of the definition of a day; None where none held."""
    held = [counting for day, counting in versions if day <= on]
    if not held or held[-1] is None:
        return None
    return _tally(replace(row, counting=held[-1]), dict(by_state))


def items(
    key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None, group: str | None = None
) -> list[TaskRow]:
    """List the tasks on a list on a day, all of them or those of one group, in the order of their numbers."""
    row = programme(key, viewer=viewer, as_of=as_of, known_at=known_at)
    states = None
    if group is not None:
        states = tuple(state for state, g in row.counting.group_of.items() if g.code == group)
    return tasks.tasks(
        Wanted(programme=key, states=states),
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        groups={state: g.label for state, g in row.counting.group_of.items()},
    )


def outside(row: ProgrammeRow, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[TaskRow]:
    """List the tasks on a list that no group of its definition counts: they go by other steps than the list."""
    listed = tasks.tasks(Wanted(programme=row.key), viewer=viewer, as_of=as_of, known_at=known_at)
    return [one for one in listed if one.state not in row.counting.group_of]


def group_codes(programme_id: int) -> list[Group]:
    """List every group that a list was ever counted by, under its latest label: what a claim can be held against."""
    row = Programme.objects.get(pk=programme_id)
    return definitions.groups_ever(row.workflow_id, programme_id)


def has(key: str, group: str | None, *, office_id: int) -> bool:
    """Say whether an office ever had a list, and the list ever a group."""
    row = Programme.objects.filter(office_id=office_id, key=key).first()
    return row is not None and (group is None or group in {found.code for found in group_codes(row.pk)})


def keys(*, viewer: Viewer) -> set[str]:
    """Give the key of every list that the viewer's office ever had."""
    return set(Programme.objects.filter(office_id=viewer.office_id).values_list("key", flat=True))


def named(title: str, *, office_id: int, besides: int | None = None) -> bool:
    """Say whether an office has a list of this title that goes on, however it is written; one may be left out."""
    rows = listed(as_of=date.max, known_at=None).filter(office_id=office_id).exclude(pk=besides)
    titles = rows.annotate(now_called=called(as_of=date.max, known_at=None)).values_list("now_called", flat=True)
    return folded(title) in {folded(one) for one in titles}


def next_order(*, office_id: int) -> int:
    """Give the place of a new list: behind all others."""
    last = Programme.objects.filter(office_id=office_id).aggregate(Max("order"))["order__max"]
    return 0 if last is None else last + 1


def of_document(document_id: int, *, workflow_id: int) -> list[Task]:
    """List the tasks that came from the words of a document and go by one workflow, in the order of those words."""
    ties = standing_ties(TaskClause.objects.filter(document_id=document_id), known_at=None)
    rows = ties.filter(task__workflow_id=workflow_id).select_related("task").order_by(F("start").asc(nulls_last=True))
    return list({row.task_id: row.task for row in rows}.values())


def places(task_id: int, *, as_of: date) -> list[ProgrammeTask]:
    """List the places that a task has on lists on a day."""
    rows = in_force(ProgrammeTask.objects.filter(task_id=task_id), as_of=as_of, known_at=None)
    return list(rows.order_by("id"))


def on_list(programme_id: int, *, as_of: date) -> set[int]:
    """Give the keys of the tasks that stand on a list on a day or on any later one, for the action that adds others."""
    rows = known(ProgrammeTask.objects.filter(programme_id=programme_id), known_at=None)
    left = rows.exclude(Q(until_on__lte=as_of) | Q(until_on=F("effective_on")))
    return set(left.values_list("task_id", flat=True))


def standing_places(place_ids: Iterable[int], *, office_id: int) -> list[ProgrammeTask]:
    """Give the places of tasks on lists that nothing has replaced yet, in the order asked for."""
    wanted = list(dict.fromkeys(place_ids))
    rows = ProgrammeTask.objects.filter(pk__in=wanted, programme__office_id=office_id)
    found = {row.pk: row for row in known(rows, known_at=None).select_related("programme", "task")}
    if not wanted or len(found) < len(wanted):
        raise NoSuchPlace(_("The task does not stand on this list any more, or never did. Load the page again."))
    return [found[key] for key in wanted]


def places_on_list(programme_id: int, *, as_of: date) -> dict[int, ProgrammeTask]:
    """Give the place of each task that stands on a list on a day."""
    rows = ProgrammeTask.objects.filter(programme_id=programme_id).select_related("programme", "task")
    return {row.task_id: row for row in in_force(rows, as_of=as_of, known_at=None)}


def with_any(
    task_ids: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[tuple[str, str]]:
    """List the lists of an office, by key and title, on which any of some tasks stand on a day."""
    places = ProgrammeTask.objects.filter(task__in=set(task_ids), programme__office_id=viewer.office_id)
    held = in_force(places, as_of=as_of, known_at=known_at).values("programme")
    rows = Programme.objects.filter(pk__in=held).annotate(now_called=called(as_of=as_of, known_at=known_at))
    return list(rows.order_by("order", "pk").values_list("key", "now_called"))


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A list on which a task stood on a day: since when, under which number, by how many days that was entered late.

    Late by 0 where it was entered with the task itself, whose own day says it.
    """

    id: int
    task_id: int
    title: str
    number: str
    since: date
    late_entry: int


def lists_of(task_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[PlaceRow]:
    """List the lists on which a task stood on a day, in their order."""
    rows = in_force(ProgrammeTask.objects.filter(task_id=task_id), as_of=as_of, known_at=known_at)
    rows = rows.annotate(list_called=called(as_of=as_of, known_at=known_at, through="programme"))
    return _place_rows(rows, parameters.late_rule(viewer=viewer, known_at=known_at))


def place(place_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> PlaceRow:
    """Give the place of a task on a list of the viewer's office on a day."""
    rows = ProgrammeTask.objects.filter(pk=place_id, programme__office_id=viewer.office_id)
    rows = rows.annotate(list_called=called(as_of=as_of, known_at=known_at, through="programme"))
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    for row in _place_rows(in_force(rows, as_of=as_of, known_at=known_at), rule):
        return row
    raise NoSuchPlace(_("The task does not stand on this list any more, or never did. Load the page again."))


def _place_rows(found: QuerySet[Any], rule: LateRule) -> list[PlaceRow]:
    rows = list(found.select_related("programme", "task").order_by("programme__order", "id"))
    before = formers(rows)
    late = [0 if row.entry_id == row.task.entry_id else began_late(row, before, "number", rule=rule) for row in rows]
    return [
        PlaceRow(row.pk, row.task_id, row.list_called, row.number, row.effective_on, days)
        for row, days in zip(rows, late, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class TakenOff:
    """A task that stood on a list and does no more on a day, or by mistake: under which number, when, why, by whom.

    `until` is the first day without it; of a mistake the day on which that was said. `late_end` says by how many days
    the end was entered late.
    """

    title: str
    url: str
    number: str
    since: date
    until: date
    reason: str
    recorded_by: str
    late_end: int
    is_mistake: bool


def taken_off(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, task: int | None = None, programme: str | None = None
) -> list[TakenOff]:
    """List what came off lists up to a day, of one task or of one list, the latest first.

    For the office's own people, who write the reasons.
    """
    if not viewer.sees_all:
        return []
    rows = ProgrammeTask.objects.filter(programme__office_id=viewer.office_id)
    rows = rows.filter(programme__key=programme) if task is None else rows.filter(task=task)
    rows = rows.annotate(list_called=called(as_of=as_of, known_at=known_at, through="programme"))
    gone = known(rows, known_at=known_at).filter(until_on__lte=as_of).select_related("programme", "task", "entry")
    ends = list(gone.order_by("-until_on", "-id"))
    before = formers(ends)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return [_taken_off(row, before, rule, of_list=task is None) for row in ends]


def _taken_off(row: Any, before: Mapping[int, ProgrammeTask], rule: LateRule, *, of_list: bool) -> TakenOff:
    until = row.until_on or row.effective_on
    # A task that was split on the day on which it came there has an empty period, too, but nobody gave a reason.
    is_mistake = until == row.effective_on and bool(row.reason)
    return TakenOff(
        title=row.task.title if of_list else row.list_called,
        url=f"/tasks/{row.task_id}/" if of_list else f"/?programme={row.programme.key}",
        number=row.number,
        since=row.effective_on,
        until=row.recorded_at.astimezone(timezone.get_default_timezone()).date() if is_mistake else until,
        reason=row.reason,
        recorded_by=row.entry.actor_name,
        # What never held has no day on which it should have been entered.
        late_end=0 if is_mistake else ended_late(row, before, rule=rule),
        is_mistake=is_mistake,
    )
