"""How tasks and duties stood on every day up to one: spans of days, worked out for all of them in one query.

It counts what begins and ends in the spans of how duties stood (`queries.spans`), so that many days cost little more
than one. What a day says is what `queries.standing` says of it; a test holds the two together.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from dondoc.office.access import Viewer
from dondoc.office.queries.standing import TIED


@dataclass(frozen=True, slots=True)
class Within:
    """Which tasks a picture is about: those on a list, under a resolution or from a document; without any, all."""

    programme: str | None = None
    resolution: str | None = None
    document: str | None = None


EVERYTHING = Within()


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many stood how on a day: nought where a key is missing."""

    day: date
    counts: Mapping[str, int]


def _known(table: str, row: str) -> str:
    """Keep the rows that were known at the instant, that nothing known then replaces, and that ever hold."""
    return f"""
        {row}.recorded_at <= %(known_at)s and {row}.effective_on <= %(as_of)s
        and ({row}.until_on is null or {row}.until_on > {row}.effective_on)
        and not exists (
            select 1 from {table} later where later.replaces_id = {row}.id and later.recorded_at <= %(known_at)s)
    """


def _so(condition: str) -> str:
    """Ask a condition so that the planner expects it to hold: of days it knows nothing, and would count on a row."""
    return f"(case when {condition} then 1 else 0 end) <> 0"


def _meet(one: str, other: str) -> str:
    """Say that two spans share a day."""
    return _so(f"{one}.from_on < {other}.to_on and {other}.from_on < {one}.to_on")


# Which tasks are in the scope from when to when, in pieces that do not overlap.
SCOPE = f"""
listed as (
    select i.task_id, greatest(i.effective_on, p.begins_on) as from_on, coalesce(i.until_on, 'infinity'::date) as to_on
    from office_programmetask i join office_programme p on p.id = i.programme_id
    where p.office_id = %(office)s and p.begins_on <= %(as_of)s and p.recorded_at <= %(known_at)s
      and (p.key = %(programme)s::text or p.resolution_id = %(resolution)s::bigint)
      and {_known("office_programmetask", "i")}
),
scope as materialized (
    select task_id, lower(piece) as from_on, coalesce(upper(piece), 'infinity'::date) as to_on
    from (select task_id, unnest(range_agg(daterange(from_on, nullif(to_on, 'infinity'::date)))) as piece
          from listed where from_on < to_on group by task_id) pieces
    union all
    -- A task is tied for all days; the document counts from the first day on which it was on record.
    select distinct c.task_id, issued.on_day, 'infinity'::date
    from office_taskclause c join (
        select min(h.effective_on) as on_day from office_documentheader h
        where h.document_id = %(document)s::bigint and {_known("office_documentheader", "h")}) issued on true
    where c.document_id = %(document)s::bigint and {TIED}
    union all
    select t.id, '-infinity'::date, 'infinity'::date from office_task t
    where t.office_id = %(office)s and not %(is_part)s and (%(task)s::bigint is null or t.id = %(task)s::bigint)
)"""


# What a state is called and counts as, and since when: each beginning and end is a cut, and the latest row decides.
NAMED = f"""
named_row as materialized (
    select n.* from office_workflowstate n join office_workflow w on w.id = n.workflow_id and w.office_id = %(office)s
    where {_known("office_workflowstate", "n")}
),
named as materialized (
    select distinct on (cut.workflow_id, cut.code, cut.from_on) cut.workflow_id, cut.code, cut.from_on, cut.to_on,
           k.state_class, k.label, k.rank
    from (
        select workflow_id, code, day as from_on,
               lead(day, 1, 'infinity'::date) over (partition by workflow_id, code order by day) as to_on
        from (select workflow_id, code, effective_on as day from named_row
              union select workflow_id, code, until_on from named_row where until_on is not null) days
    ) cut
    join named_row k on k.workflow_id = cut.workflow_id and k.code = cut.code
        and k.effective_on <= cut.from_on and (k.until_on is null or k.until_on > cut.from_on)
    order by cut.workflow_id, cut.code, cut.from_on, k.effective_on desc, k.recorded_at desc, k.id desc
)"""

# Every duty, cut where its state, the meaning of its state, its bearer or its due day changes.
SPANS = f"""
with {SCOPE}, {NAMED},
stood as materialized (
    select s.duty_id as id, s.task_id, s.role, s.place, s.sole_lead, s.bearer_id, s.workflow_id, s.state, s.due_on,
           s.valid_from as from_on, coalesce(s.valid_until, 'infinity'::date) as to_on
    from (
        select * from office_dutyspan where known_until is null
        union all select * from office_dutyspan where known_until > %(known_at)s
    ) s
    where s.office_id = %(office)s and s.valid_from <= %(as_of)s and s.task_id in (select scope.task_id from scope)
      and s.known_from <= %(known_at)s
),
duty as materialized (
    select stood.id, stood.task_id, stood.role, stood.place, stood.sole_lead, stood.bearer_id, stood.due_on,
           stood.state, named.state_class, named.label as state_label, named.rank,
           greatest(stood.from_on, named.from_on) as from_on, least(stood.to_on, named.to_on) as to_on,
           (%(sees_all)s or stood.bearer_id = any(%(agencies)s::bigint[])) as visible
    from stood join named on named.workflow_id = stood.workflow_id and named.code = stood.state
    where {_meet("stood", "named")}
)
"""

# Every task, cut where one of its leads or what the viewer sees of it changes: the least advanced lead decides.
TASKS = (
    SPANS
    + f""",
several as materialized (
    select * from duty where not %(sees_all)s or (role = 'lead' and not sole_lead)
),
task_cut as materialized (
    select task_id, day as from_on, lead(day, 1, 'infinity'::date) over (partition by task_id order by day) as to_on
    from (select task_id, from_on as day from several union select task_id, to_on from several) days
    where day <= %(as_of)s
),
task as materialized (
    -- Most tasks never had another lead: it decides by itself.
    select task_id, from_on, to_on, state, state_class from duty where %(sees_all)s and role = 'lead' and sole_lead
    union all
    select task_id, from_on, to_on, state, state_class from (
        select distinct on (cut.task_id, cut.from_on) cut.task_id, cut.from_on, cut.to_on, lead.state, lead.state_class
        from task_cut cut
        join several lead on lead.task_id = cut.task_id and lead.role = 'lead'
            and {_so("lead.from_on <= cut.from_on and cut.from_on < lead.to_on")}
        where %(sees_all)s or (cut.task_id, cut.from_on) in (
            select within.task_id, within.from_on from task_cut within join duty seen on seen.task_id = within.task_id
            where seen.visible and {_so("seen.from_on <= within.from_on and within.from_on < seen.to_on")})
        order by cut.task_id, cut.from_on, lead.rank, lead.id) decisive
)
"""
)


def _running(moves: str) -> str:
    """Add up what begins (+1) and ends (-1) day by day; `moves` selects key, from_on, to_on."""
    return f"""
, move as ({moves}),
turn as (
    select key, from_on as day, 1 as n from move where from_on < to_on
    union all select key, to_on, -1 from move where from_on < to_on
)
select day, key, sum(sum(n)) over (partition by key order by day)::int
from turn where day <= %(as_of)s group by day, key having sum(n) <> 0 order by day, key
"""


def _tasks_by(column: str) -> str:
    return TASKS + _running(
        f"""
        select task.{column} as key, greatest(task.from_on, scope.from_on) as from_on,
               least(task.to_on, scope.to_on) as to_on
        from task join scope on scope.task_id = task.task_id and {_meet("scope", "task")}
        """
    )


TASKS_BY_CLASS, TASKS_BY_STATE = _tasks_by("state_class"), _tasks_by("state")


DUTIES_COURSE = (
    SPANS
    + f""",
owing as materialized (
    select duty.state_class, duty.due_on, greatest(duty.from_on, scope.from_on) as from_on,
           least(duty.to_on, scope.to_on) as to_on
    from duty join scope on scope.task_id = duty.task_id and {_meet("scope", "duty")} where duty.visible
)
"""
    + _running(
        """
    select 'owed' as key, from_on, to_on from owing
    union all
    select 'done', from_on, to_on from owing where state_class = 'done'
    union all
    select 'fallen_due', greatest(from_on, due_on), to_on from owing
    where state_class in ('waiting', 'active', 'done') and due_on is not null
    """
    )
)


def parameters(
    within: Within = EVERYTHING, *, viewer: Viewer, as_of: date, known_at: datetime | None, task: int | None = None
) -> dict[str, Any]:
    """Give what the spans are asked with: a scope, whose sight, up to which day, as it was known when; or one task."""
    return {
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
        "sees_all": viewer.sees_all,
        "agencies": sorted(viewer.agency_ids),
        "programme": within.programme,
        "resolution": within.resolution,
        "document": within.document,
        "is_part": within != EVERYTHING,
        "task": task,
    }


def asked(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Ask a question of this file, or one built on its spans."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _days(rows: Iterable[tuple[date, str, int]]) -> list[DayCounts]:
    """Carry each count on to the days on which only another one changed."""
    found: list[DayCounts] = []
    now: dict[str, int] = {}
    for day, key, n in rows:
        now = {**now, key: n}
        if found and found[-1].day == day:
            found.pop()
        found.append(DayCounts(day, now))
    return found


def tasks_by_class(within: Within, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DayCounts]:
    """Count the tasks in a viewer's sight by class of state on every day on which a count changed, up to a day."""
    return _days(asked(TASKS_BY_CLASS, parameters(within, viewer=viewer, as_of=as_of, known_at=known_at)))


def tasks_by_state(within: Within, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DayCounts]:
    """Count the same tasks by the code of their state, for a list that puts states into groups of its own."""
    return _days(asked(TASKS_BY_STATE, parameters(within, viewer=viewer, as_of=as_of, known_at=known_at)))


def duties_course(within: Within, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DayCounts]:
    """Count, on every day on which one of them changed, the duties owed, those done and those that had fallen due.

    Fallen due by a day: the due day then in force is not after it, and the duty is neither deferred nor dropped.
    """
    return _days(asked(DUTIES_COURSE, parameters(within, viewer=viewer, as_of=as_of, known_at=known_at)))


def turned(days: Sequence[DayCounts], turns: Iterable[date]) -> list[DayCounts]:
    """Put in the days on which what is counted takes another meaning, with the counts that hold then."""
    found = {each.day: each for each in days}
    for turn in turns:
        before = [each for each in days if each.day <= turn]
        if before:
            found.setdefault(turn, DayCounts(turn, before[-1].counts))
    return [found[day] for day in sorted(found)]


def thinned(days: Sequence[DayCounts], *, most: int, until: date) -> list[DayCounts]:
    """Keep the first of some days, the last of each of `most` equally long periods, and the day of the end."""
    if not days or days[0].day > until:
        return []
    first, span = days[0].day, (until - days[0].day).days + 1
    kept = {(each.day - first).days * most // span: each for each in days}
    found = list(kept.values())
    if found[0].day != first:
        found.insert(0, days[0])
    return found if found[-1].day == until else [*found, DayCounts(until, found[-1].counts)]
