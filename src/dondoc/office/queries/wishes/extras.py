"""What further columns of a list show: who leads, who coordinates, who is named, lists, documents, obstacles, urges."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this folder; values go in as parameters.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import connection

from dondoc.office.access import Viewer
from dondoc.office.models import Programme, Task, TaskClause
from dondoc.office.models.facts import late_by
from dondoc.office.models.programmes import called
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import agencies, documents, parameters, standing
from dondoc.office.queries.wishes.wish import OBSTACLE, PERSON, URGE, holds

Extra = str | int
Pairs = Sequence[tuple[int, int]]  # task and duty of each row


class Column(Protocol):
    """What gives the values of a further column, by duty."""

    def __call__(self, pairs: Pairs, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Extra]: ...


def _sides(role: str) -> Column:
    def names(pairs: Pairs, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Extra]:
        rows = standing.ask(
            "select task_id, bearer_id from duty where role = %(role)s order by task_id, place, id",
            viewer=viewer,
            as_of=as_of,
            known_at=known_at,
            tasks=[task for task, _duty in pairs],
            role=role,
        )
        called = agencies.names({bearer for _task, bearer in rows}, as_of=as_of, known_at=known_at)
        found: dict[int, list[str]] = {}
        for task, bearer in rows:
            found.setdefault(task, []).append(called.get(bearer, ("", ""))[0])
        return {duty: "; ".join(dict.fromkeys(found.get(task, ()))) for task, duty in pairs}

    return names


def _per_duty(sql: str) -> Column:
    """Make a column of one value for each duty d; the values stand in one query."""

    def values(pairs: Pairs, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Extra]:
        late = parameters.late_rule(viewer=viewer, known_at=known_at)
        given: dict[str, Any] = {
            "duties": [duty for _task, duty in pairs],
            "as_of": as_of,
            "known_at": known_at or "infinity",
            "sees_all": viewer.sees_all,
            "agencies": sorted(viewer.agency_ids),
            "late_since": list(late.since),
            "late_days": list(late.days),
        }
        with connection.cursor() as cursor:
            cursor.execute(f"select d.id, {sql} from office_duty d where d.id = any(%(duties)s::bigint[])", given)
            return {duty: value for duty, value in cursor.fetchall() if value is not None}

    return values


def _programmes(pairs: Pairs, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Extra]:
    given: dict[str, Any] = {
        "tasks": [task for task, _duty in pairs],
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select i.task_id, i.programme_id, i.number from office_programmetask i
            join office_programme p on p.id = i.programme_id and p.office_id = %(office)s
            where i.task_id = any(%(tasks)s::bigint[]) and p.begins_on <= %(as_of)s and p.recorded_at <= %(known_at)s
              and {holds("i", "office_programmetask")} order by i.task_id, p."order", p.id
            """,
            given,
        )
        places = cursor.fetchall()
    names = Programme.objects.annotate(now_called=called(as_of=as_of, known_at=known_at))
    titles = dict(names.filter(office_id=viewer.office_id).values_list("pk", "now_called"))
    found: dict[int, list[str]] = {}
    for task, programme, number in places:
        found.setdefault(task, []).append(f"{titles[programme]} ({number})" if number else titles[programme])
    return {duty: "; ".join(found.get(task, ())) for task, duty in pairs}


def _documents(pairs: Pairs, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Extra]:
    tasks = [task for task, _duty in pairs]
    ties = standing_ties(TaskClause.objects.filter(task_id__in=tasks), known_at=known_at)
    rows = ties.order_by("id").values_list("task_id", "document_id")
    titles = documents.short_titles({document for _task, document in rows}, known_at=known_at)
    found: dict[int, list[str]] = {}
    for task, document in rows:
        found.setdefault(task, []).append(titles.get(document, ""))
    return {duty: "; ".join(dict.fromkeys(found.get(task, ()))) for task, duty in pairs}


# How many days after its day the step was recorded by which a duty stands as it does, where that is more than was
# allowed on the day on which it was recorded.
_BEHIND = f"""(select step.entered_on - step.effective_on from (
    select (c.recorded_at at time zone '{settings.TIME_ZONE}')::date as entered_on, c.effective_on
    from office_change c where c.duty_id = d.id and {holds("c", "office_change")}
    order by {standing.LATEST.format(row="c")} limit 1) step
    where step.entered_on - step.effective_on > (
        select late.days from unnest(%(late_since)s::date[], %(late_days)s::int[]) late(since, days)
        where late.since <= step.entered_on order by late.since desc limit 1))"""

EXTRAS: dict[str, Column] = {
    "lead": _sides("lead"),
    "coordinators": _sides("coordinate"),
    "person": _per_duty(f"(select n.name from office_person n where n.id = ({PERSON}))"),
    "programmes": _programmes,
    "documents": _documents,
    "obstacles": _per_duty(f"(select nullif(count(*), 0) from ({OBSTACLE}) standing)"),
    "urges": _per_duty(f"(select nullif(count(*), 0) from ({URGE}) urged)"),
    "late_entry": _per_duty(_BEHIND),
}
"""The columns that need further queries, by their names."""


@dataclass(frozen=True, slots=True)
class LateEntries:
    """By how many days a task was entered late, and each of its duties that stands by a step entered late."""

    task: int
    duties: Mapping[int, int]


def late_entries(
    task_id: int, duty_ids: Sequence[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> LateEntries:
    """Say what of a task was entered late; what was entered in time is left out."""
    record = (
        Task.objects.filter(pk=task_id, office_id=viewer.office_id).values_list("assigned_on", "recorded_at").first()
    )
    pairs = [(task_id, duty) for duty in duty_ids]
    behind = EXTRAS["late_entry"](pairs, viewer=viewer, as_of=as_of, known_at=known_at) if pairs else {}
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return LateEntries(late_by(*record, rule) if record else 0, {duty: int(days) for duty, days in behind.items()})
