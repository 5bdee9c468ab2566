"""How tasks and duties stood on every day up to one: spans of days, worked out for all of them in one query.

Of the rows of a dated fact the latest decides (`rules.states`); here each row decides for a span of days, so that many
days cost no more than one. What a day says is what `queries.standing` says of it; a test holds the two together.
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


def _spans(name: str, key: str, rows: str) -> str:
    """Cut dated facts of one kind into the spans of days on which each decides; `rows` selects those known.

    Where all rows of a key are open, each decides until the next begins. Where one ends by itself, an older one holds
    again: then every beginning and end is a cut, and the deciding row is looked up for each piece.
    """
    return f"""
{name}_row as materialized ({rows}),
{name}_limited as (select distinct {key} from {name}_row where until_on is not null),
{name}_cut as (
    select {key}, day as from_on, lead(day, 1, 'infinity'::date) over (partition by {key} order by day) as to_on
    from (select {key}, effective_on as day from {name}_row join {name}_limited using ({key})
          union select {key}, until_on from {name}_row where until_on is not null) days
),
{name}_span as materialized (
    select * from (
        select {key}, value, effective_on as from_on,
               lead(effective_on, 1, 'infinity'::date)
                   over (partition by {key} order by effective_on, recorded_at, id) as to_on
        from {name}_row where not exists (select 1 from {name}_limited l where ({_on(key, "l", name + "_row")}))
    ) plain where from_on < to_on
    union all
    select * from (
        select distinct on ({_of(key, "cut")}, cut.from_on) {_of(key, "cut")}, k.value, cut.from_on, cut.to_on
        from {name}_cut cut join {name}_row k using ({key})
        where {_so("k.effective_on <= cut.from_on and (k.until_on is null or k.until_on > cut.from_on)")}
        order by {_of(key, "cut")}, cut.from_on, k.effective_on desc, k.recorded_at desc, k.id desc
    ) limited
)"""


def _so(condition: str) -> str:
    """Ask a condition so that the planner expects it to hold: of days it knows nothing, and would count on a row."""
    return f"(case when {condition} then 1 else 0 end) <> 0"


def _meet(one: str, other: str) -> str:
    """Say that two spans share a day."""
    return _so(f"{one}.from_on < {other}.to_on and {other}.from_on < {one}.to_on")


def _of(key: str, row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in key.split(", "))


def _on(key: str, one: str, other: str) -> str:
    return " and ".join(f"{one}.{name} = {other}.{name}" for name in key.split(", "))


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
    select distinct c.task_id, '-infinity'::date, 'infinity'::date from office_taskclause c
    where c.document_id = %(document)s::bigint and {TIED}
    union all
    select t.id, '-infinity'::date, 'infinity'::date from office_task t
    where t.office_id = %(office)s and not %(is_part)s and (%(task)s::bigint is null or t.id = %(task)s::bigint)
)"""


def _of_duty(table: str, value: str) -> str:
    return f"""
        select r.duty_id, r.effective_on, r.until_on, r.recorded_at, r.id, {value} as value
        from {table} r join owed on owed.id = r.duty_id where {_known(table, "r")}
    """


NAMED = f"""
    select n.workflow_id, n.code, n.effective_on, n.until_on, n.recorded_at, n.id,
           jsonb_build_object('class', n.state_class, 'rank', n.rank, 'label', n.label) as value
    from office_workflowstate n join office_workflow w on w.id = n.workflow_id and w.office_id = %(office)s
    where {_known("office_workflowstate", "n")}
"""

SHARED = """
    greatest(owed.begins_on, state.from_on, bearer.from_on, named.from_on)
    < least(state.to_on, bearer.to_on, named.to_on)
"""
SPANS = f"""
with {SCOPE},
owed as materialized (
    select d.id, d.task_id, d.role, t.workflow_id, greatest(d.assigned_on, t.assigned_on) as begins_on
    from office_duty d join office_task t on t.id = d.task_id
    where t.office_id = %(office)s and d.assigned_on <= %(as_of)s and t.assigned_on <= %(as_of)s
      and d.recorded_at <= %(known_at)s and d.task_id in (select s.task_id from scope s)
),
{_spans("state", "duty_id", _of_duty("office_change", "r.to_state"))},
{_spans("bearer", "duty_id", _of_duty("office_dutybearer", "r.agency_id"))},
{_spans("named", "workflow_id, code", NAMED)},
-- Every duty, cut where its state, the meaning of its state or its bearer changes.
duty as materialized (
    select owed.id, owed.task_id, owed.role, owed.begins_on, bearer.value as bearer_id, state.value as state,
           named.value ->> 'class' as state_class, named.value ->> 'label' as state_label,
           (named.value ->> 'rank')::int as rank,
           greatest(owed.begins_on, state.from_on, bearer.from_on, named.from_on) as from_on,
           least(state.to_on, bearer.to_on, named.to_on) as to_on,
           (%(sees_all)s or bearer.value = any(%(agencies)s::bigint[])) as visible
    from owed
    join state_span state on state.duty_id = owed.id
    join bearer_span bearer on bearer.duty_id = owed.id
    join named_span named on named.workflow_id = owed.workflow_id and named.code = state.value
    where {_so(SHARED)}
)
"""

# Every task, cut where one of its leads or what the viewer sees of it changes: the least advanced lead decides.
TASKS = (
    SPANS
    + f""",
task_cut as materialized (
    select task_id, day as from_on, lead(day, 1, 'infinity'::date) over (partition by task_id order by day) as to_on
    from (select task_id, from_on as day from duty where role = 'lead' or not %(sees_all)s
          union select task_id, to_on from duty where role = 'lead' or not %(sees_all)s) days
    where day <= %(as_of)s
),
task as materialized (
    select distinct on (cut.task_id, cut.from_on) cut.task_id, cut.from_on, cut.to_on, duty.state_class
    from task_cut cut
    join duty on duty.task_id = cut.task_id and duty.role = 'lead'
        and {_so("duty.from_on <= cut.from_on and cut.from_on < duty.to_on")}
    where %(sees_all)s or (cut.task_id, cut.from_on) in (
        select within.task_id, within.from_on from task_cut within join duty seen on seen.task_id = within.task_id
        where seen.visible and {_so("seen.from_on <= within.from_on and within.from_on < seen.to_on")})
    order by cut.task_id, cut.from_on, duty.rank, duty.id
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


TASKS_BY_CLASS = TASKS + _running(
    f"""
    select task.state_class as key, greatest(task.from_on, scope.from_on) as from_on,
           least(task.to_on, scope.to_on) as to_on
    from task join scope on scope.task_id = task.task_id and {_meet("scope", "task")}
    """
)


DUTIES_COURSE = (
    SPANS
    + f""",
{_spans("due", "duty_id", _of_duty("office_dutydue", "r.last_day"))},
owing as materialized (
    select duty.id, duty.state_class, greatest(duty.from_on, scope.from_on) as from_on,
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
    select 'fallen_due', greatest(owing.from_on, due.from_on, due.value), least(owing.to_on, due.to_on)
    from owing join due_span due on due.duty_id = owing.id
    where owing.state_class in ('waiting', 'active', 'done') and due.value is not null
    """
    )
)


def _parameters(within: Within, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Any]:
    return {
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
        "sees_all": viewer.sees_all,
        "agencies": sorted(viewer.agency_ids),
        "programme": within.programme,
        "resolution": within.resolution,
        "document": within.document,
        "is_part": within != Within(),
        "task": None,
    }


def _asked(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
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
    return _days(_asked(TASKS_BY_CLASS, _parameters(within, viewer=viewer, as_of=as_of, known_at=known_at)))


def duties_course(within: Within, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DayCounts]:
    """Count, on every day on which one of them changed, the duties owed, those done and those that had fallen due.

    Fallen due by a day: the due day then in force is not after it, and the duty is neither deferred nor dropped.
    """
    return _days(_asked(DUTIES_COURSE, _parameters(within, viewer=viewer, as_of=as_of, known_at=known_at)))


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
