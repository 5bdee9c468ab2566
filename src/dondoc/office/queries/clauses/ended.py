"""What was tied to a clause, or a task to words, and is so no more: ended since a day, or a mistake from the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from dondoc.office.access import Viewer
from dondoc.office.models import ClauseRelease, DocumentLink, TaskClauseEnd
from dondoc.office.models.facts import known, late_by, recorded
from dondoc.office.queries import documents, parameters
from dondoc.office.queries.clauses.ties import CONCRETE
from dondoc.office.queries.happenings.lateness import began_late, came_in, ended_late, formers


@dataclass(frozen=True, slots=True)
class Ended:
    """What no more holds of a clause or a task: what it was, from when until when, why, and who said so.

    A tie that was a mistake has the day on which that was said, and its reason (`is_mistake`). `late_entry` and
    `late_end` say by how many days it was entered late that it began and that it ended.
    """

    title: str
    url: str
    since: date | None
    until: date | None
    reason: str
    recorded_by: str
    late_entry: int
    late_end: int
    is_mistake: bool = False


def ended(clause_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Ended]:
    """List what a clause had and has no more on a day: documents, marks, tasks; for the office's own people."""
    if not viewer.sees_all:
        return []
    seen = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at)
    links = DocumentLink.objects.filter(target_clause=clause_id, kind__in=CONCRETE, document__in=seen)
    links = links.annotate(came_in=came_in("document", known_at=known_at)).select_related("entry")
    held: list[Any] = list(known(links, known_at=known_at).filter(until_on__lte=as_of, until_on__gt=F("effective_on")))
    released = ClauseRelease.objects.filter(clause=clause_id, clause__document__office_id=viewer.office_id)
    marks = known(released.select_related("entry"), known_at=known_at)
    marked = list(marks.filter(until_on__lte=as_of, until_on__gt=F("effective_on")))
    titles = documents.short_titles([link.document_id for link in held], known_at=known_at) if held else {}
    before, former = formers(held), formers(marked)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    found = [
        Ended(
            title=f"{titles[link.document_id]} ({link.get_kind_display()})",
            url=f"/documents/{link.document_id}/",
            since=link.effective_on,
            until=link.until_on,
            reason="",
            recorded_by=link.entry.actor_name,
            late_entry=began_late(link, before, "kind", rule=rule, not_before=link.came_in),
            late_end=ended_late(link, before, rule=rule, not_before=link.came_in),
        )
        for link in held
    ]
    found += [
        Ended(
            title="",
            url="",
            since=mark.effective_on,
            until=mark.until_on,
            reason=mark.reason,
            recorded_by=mark.entry.actor_name,
            late_entry=began_late(mark, former, "reason", rule=rule),
            late_end=ended_late(mark, former, rule=rule),
        )
        for mark in marked
    ]
    return found + untied(viewer=viewer, as_of=as_of, known_at=known_at, clause=clause_id)


def untied(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, clause: int | None = None, task: int | None = None
) -> list[Ended]:
    """List the ties of a clause to tasks, or of a task to documents, that were known to be mistakes.

    For the office's own people. Such a tie never held, so that it is said on every day on which there was the task.
    """
    if not viewer.sees_all:
        return []
    rows = recorded(TaskClauseEnd.objects.filter(tie__task__assigned_on__lte=as_of), known_at=known_at)
    rows = rows.filter(tie__document__office_id=viewer.office_id).select_related("entry", "tie__task", "tie__clause")
    asked = rows.filter(tie__clause=clause) if task is None else rows.filter(tie__task=task)
    ends = list(asked.order_by("id"))
    titles = documents.short_titles([end.tie.document_id for end in ends], known_at=known_at) if task and ends else {}
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return [
        Ended(
            title=_place(end, titles) if task else end.tie.task.title,
            url=f"/documents/{end.tie.document_id}/" if task else f"/tasks/{end.tie.task_id}/",
            since=None,
            until=end.ended_on,
            reason=end.reason,
            recorded_by=end.entry.actor_name,
            late_entry=0,
            late_end=late_by(end.ended_on, end.recorded_at, rule),
            is_mistake=True,
        )
        for end in ends
    ]


def _place(end: TaskClauseEnd, titles: dict[int, str]) -> str:
    title = titles.get(end.tie.document_id, "")
    return f"{title}, {end.tie.clause.address}" if end.tie.clause else title
