"""How every duty and task of an office stands on a day: the one piece of SQL that lists, counts and figures share.

It answers what `rules.states` and `rules.deadlines` define (same cases, same names), for all duties at once: of the
rows of each dated fact known at an instant and true on a day, the latest decides. Callers add what they want to know
at the end: `select … from duty`, `… from task`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from dondoc.office.access import Viewer
from dondoc.rules.deadlines import due_soon_days


@dataclass(frozen=True, slots=True)
class StandingDuty:
    """One duty as it stands on a day: the columns of `duty` below, in their order."""

    id: int
    task_id: int
    role: str
    place: int
    title: str
    sort_key: str
    kind: str
    is_sample: bool
    workflow_id: int
    stage: str
    assigned_on: date
    bearer_id: int
    state: str
    since: date
    due_on: date | None
    first_due_on: date | None
    state_class: str
    state_label: str
    rank: int
    bucket: str
    visible: bool


_COLUMNS = ", ".join(column.name for column in fields(StandingDuty))

# A row holds on a day when it was known, nothing known then replaces it, and its period includes the day.
HOLDS = """
    {row}.recorded_at <= %(known_at)s and {row}.effective_on <= %(as_of)s
    and ({row}.until_on is null or {row}.until_on > %(as_of)s)
    and not exists (
        select 1 from {table} later where later.replaces_id = {row}.id and later.recorded_at <= %(known_at)s)
"""
# A task is tied to words of a document (office_taskclause c) as long as it is not known that this was a mistake.
TIED = """
    c.recorded_at <= %(known_at)s
    and not exists (
        select 1 from office_taskclauseend e where e.tie_id = c.id and e.recorded_at <= %(known_at)s)
"""
LATEST = "{row}.effective_on desc, {row}.recorded_at desc, {row}.id desc"


def _holds(row: str, table: str) -> str:
    return HOLDS.format(row=row, table=table)


# Which spans answer for a day as it is known now: what still holds, and what held then and is over; each from an index.
# That a day lies within is said twice: an index of an office goes by periods, an index of a task by their ends.
_NOW = "s.known_until is null and s.valid_until is null and s.valid_from <= %(as_of)s"
_THEN = """
    s.known_until is null and s.valid_until > %(as_of)s and s.valid_from <= %(as_of)s
    and daterange(s.valid_from, s.valid_until) @> %(as_of)s::date
"""
# And as it was known at an instant: also what was believed until later.
_KNOWN = "s.known_from <= %(known_at)s"
_BELIEVED = f"""
    s.known_until > %(known_at)s and {_KNOWN}
    and tstzrange(s.known_from, s.known_until) @> %(known_at)s::timestamptz
    and s.valid_from <= %(as_of)s and (s.valid_until is null or s.valid_until > %(as_of)s)
"""
# How a duty is counted: by the class of its state and by how its due day lies. Whoever counts many joins the few rows
# of `named` to what is counted already.
BUCKET = """
    case
      when named.state_class in ('waiting', 'active') then
        case s.due_is when 1 then 'late' when 2 then 'due_soon' when 3 then 'open' else 'no_due' end
      when named.state_class = 'done' and s.in_time then 'done_in_time'
      when named.state_class = 'done' and s.due_is > 0 then 'done_with_due'
      when named.state_class = 'done' then 'done'
      else 'owed'
    end
"""
# Each piece gives rows of its name; a question takes those that it names, and what these name (`standing`). A piece
# that is used is put into the place where it is used, so that what is asked of it narrows what is read.
# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.
PIECES = {
    "named": f"""materialized (
    select distinct on (n.workflow_id, n.code) n.workflow_id, n.code, n.label, n.state_class, n.rank, n.waits_for
    from office_workflowstate n join office_workflow w on w.id = n.workflow_id and w.office_id = %(office)s
    where {_holds("n", "office_workflowstate")}
    order by n.workflow_id, n.code, {LATEST.format(row="n")}
)""",
    "soon": f"""materialized (
    select %(as_of)s::date + coalesce((
        select p.value::int from office_officeparameter p
        where p.office_id = %(office)s and p.key = 'due_soon_days' and {_holds("p", "office_officeparameter")}
        order by {LATEST.format(row="p")} limit 1), %(soon_days)s) as until_on
)""",
    # Days are only compared with days here, so that what is alike can be counted before it is named.
    "weighed": """not materialized (
    select s.*, s.since <= s.due_on as in_time,
           -- The due day: 1 is past, 2 is near, 3 is far, 0 is none.
           case when s.due_on < %(as_of)s then 1 when s.due_on <= (select until_on from soon) then 2
                when s.due_on is not null then 3 else 0 end as due_is
    from span s
)""",
    "stood": f"""not materialized (
    select s.duty_id as id, s.task_id, s.role, s.place, t.title, t.sort_key, t.kind, t.is_sample, s.workflow_id,
           d.stage, d.assigned_on, s.bearer_id, s.state, s.since, s.due_on, s.first_due_on,
           coalesce(named.state_class, '') as state_class, named.label as state_label, named.rank,
           {BUCKET} as bucket,
           (%(sees_all)s or s.bearer_id = any(%(agencies)s::bigint[])) as visible, s.sole_lead
    -- Written so that the planner keeps believing in as many rows as there are: of a plain join it expects a handful,
    -- and goes through a whole office once for each. Asked for by nobody, task and duty are not even looked at.
    from weighed s left join named on named.workflow_id = s.workflow_id and named.code = s.state
    left join office_task t on t.id = s.task_id left join office_duty d on d.id = s.duty_id
    where coalesce(named.state_class, '') <> ''
)""",
    "duty": f"not materialized (select {_COLUMNS} from stood)",
    # The lead that decides the state of a task: the least advanced one. Most tasks never had another.
    "decisive": f"""not materialized (
    select {_COLUMNS} from stood where role = 'lead' and sole_lead
    union all
    select several.* from (
        select distinct on (task_id) {_COLUMNS} from stood where role = 'lead' and not sole_lead
        order by task_id, rank, id) several
)""",
    "task": """not materialized (
    select d.task_id, d.title, d.sort_key, d.kind, d.is_sample, d.state, d.state_class, d.state_label, d.rank
    from decisive d where %(sees_all)s or d.task_id in (select seen.task_id from duty seen where seen.visible)
)""",
    # Of what recurs, the round that is open now stands for all of them.
    "lead": f"""not materialized (
    select {_COLUMNS} from stood where role = 'lead' and sole_lead
    union all
    select {_COLUMNS} from (
        select distinct on (stood.task_id) stood.* from stood
        join office_duty round on round.id = stood.id left join office_duty head on head.id = round.series_id
        where stood.role = 'lead' and not stood.sole_lead
        order by stood.task_id, coalesce(head."order", stood.place), stood.state_class in ('waiting', 'active') desc,
                 stood.due_on nulls last, stood.id) several
)""",
    "listed": """not materialized (
    select p.id, p.key, p.resolution_id from office_programme p
    where p.office_id = %(office)s and p.begins_on <= %(as_of)s and p.recorded_at <= %(known_at)s
)""",
    "place": f"""not materialized (
    select i.programme_id, i.task_id, i.number, listed.key, listed.resolution_id
    from office_programmetask i join listed on listed.id = i.programme_id
    where {_holds("i", "office_programmetask")}
)""",
}


def _spans(*, as_known_then: bool, duties: bool, tasks: bool, of: str = "*", alike: str = "") -> str:
    """Write which spans answer: of the duties or tasks that are named, or of the whole office; `of` are its columns."""
    which = [
        *(["s.duty_id = any(%(duties)s::bigint[])"] if duties else []),
        *(["s.task_id = any(%(tasks)s::bigint[])"] if tasks else []),
    ]
    parts = [f"{_NOW} and {_KNOWN}", f"{_THEN} and {_KNOWN}", _BELIEVED] if as_known_then else [_NOW, _THEN]
    asked = ["s.office_id = %(office)s", *which]
    selects = [f"select {of} from office_dutyspan s where {' and '.join([*asked, part])} {alike}" for part in parts]
    return f"not materialized ({' union all '.join(selects)})"


@lru_cache(maxsize=256)
def standing(tail: str, *, as_known_then: bool, duties: bool = False, tasks: bool = False) -> str:
    """Write a question in full: ahead of `tail`, each piece that it names, or that such a piece names."""
    pieces = {
        "span": _spans(as_known_then=as_known_then, duties=duties, tasks=tasks),
        # How many stand alike: counted where they are read, which an index does in its own order.
        "headcount": _spans(
            as_known_then=as_known_then,
            duties=duties,
            tasks=tasks,
            of="s.bearer_id, s.workflow_id, s.state, count(*) as n",
            alike="group by s.bearer_id, s.workflow_id, s.state",
        ),
        # The same of the leads that decide the state of a task by themselves.
        "leadcount": _spans(
            as_known_then=as_known_then,
            duties=duties,
            tasks=tasks,
            of="s.workflow_id, s.state, count(*) as n",
            alike="and s.role = 'lead' and s.sole_lead group by s.state, s.workflow_id",
        ),
        **PIECES,
    }
    wanted: set[str] = set()
    waiting = [tail]
    while waiting:
        named = set(re.findall(r"(?:from|join)\s+([a-z_]+)", waiting.pop()))
        new = (named & pieces.keys()) - wanted
        wanted |= new
        waiting += [pieces[name] for name in new]
    return "with " + ", ".join(f"{name} as {sql}" for name, sql in pieces.items() if name in wanted) + tail


def ask(
    tail: str,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    duties: list[int] | None = None,
    tasks: list[int] | None = None,
    **more: object,
) -> list[tuple[Any, ...]]:
    """Ask how things stand on a day; `tail` selects from duty, task, lead or place, `more` are its parameters."""
    parameters: dict[str, Any] = {
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
        "soon_days": due_soon_days(on=as_of),  # unless the office has its own
        "sees_all": viewer.sees_all,
        "agencies": sorted(viewer.agency_ids),
        "duties": duties,
        "tasks": tasks,
        **more,
    }
    with connection.cursor() as cursor:
        named = {"duties": duties is not None, "tasks": tasks is not None}
        question = standing(tail, as_known_then=known_at is not None, **named)
        cursor.execute(question, parameters)
        return cursor.fetchall()


def in_scope(row: str) -> str:
    """Give the SQL that keeps what stands on a list and under a resolution, where one is asked for.

    `row` is "duty" or "task"; the parameters are %(programme)s, a key, and %(resolution)s, a document.
    """
    return f"""
        (%(programme)s::text is null or {row}.task_id in (select p.task_id from place p where p.key = %(programme)s))
        and (%(resolution)s::bigint is null
             or {row}.task_id in (select p.task_id from place p where p.resolution_id = %(resolution)s::bigint))
    """


def duties_standing(
    where: str,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    duties: list[int] | None = None,
    tasks: list[int] | None = None,
    **more: object,
) -> list[StandingDuty]:
    """List duties as they stand on a day; `where` is a condition and an order on the columns of `duty`."""
    rows = ask(
        f"select duty.* from duty where {where}",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        duties=duties,
        tasks=tasks,
        **more,
    )
    return [StandingDuty(*row) for row in rows]
