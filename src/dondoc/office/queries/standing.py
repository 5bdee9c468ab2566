"""How every duty and task of an office stands on a day: the one piece of SQL that lists, counts and figures share.

It answers what `rules.states` and `rules.deadlines` define (same cases, same names), for all duties at once: of the
rows of each dated fact known at an instant and true on a day, the latest decides. Callers add what they want to know
at the end: `select … from duty`, `… from task`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from dondoc.office.access import Viewer
from dondoc.rules.deadlines import due_soon_days

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


# The deciding row of each fact is looked up duty by duty (lateral): so the planner knows how many duties come out, and
# no list of thousands is searched once for each of its own rows, whatever the tables' statistics say.
# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.
STANDING = f"""
with owed as materialized (
    select d.id, d.task_id, d.role, d."order" as place, t.title, t.sort_key, t.kind, t.is_sample, t.workflow_id,
           d.stage, d.assigned_on
    from office_duty d join office_task t on t.id = d.task_id
    where t.office_id = %(office)s and d.assigned_on <= %(as_of)s and t.assigned_on <= %(as_of)s
      and d.recorded_at <= %(known_at)s
      and (%(duties)s::bigint[] is null or d.id = any(%(duties)s::bigint[]))
      and (%(tasks)s::bigint[] is null or d.task_id = any(%(tasks)s::bigint[]))
), named as materialized (
    select distinct on (n.workflow_id, n.code) n.workflow_id, n.code, n.label, n.state_class, n.rank, n.waits_for
    from office_workflowstate n join office_workflow w on w.id = n.workflow_id and w.office_id = %(office)s
    where {_holds("n", "office_workflowstate")}
    order by n.workflow_id, n.code, {LATEST.format(row="n")}
), soon as materialized (
    select %(as_of)s::date + coalesce((
        select p.value::int from office_officeparameter p
        where p.office_id = %(office)s and p.key = 'due_soon_days' and {_holds("p", "office_officeparameter")}
        order by {LATEST.format(row="p")} limit 1), %(soon_days)s) as until_on
), duty as materialized (
    select owed.*, bearer.agency_id as bearer_id, state.state, state.since, due.last_day as due_on,
           first_due.last_day as first_due_on, named.state_class, named.label as state_label, named.rank,
           case
             when named.state_class in ('waiting', 'active') and due.last_day < %(as_of)s then 'late'
             when named.state_class in ('waiting', 'active') and due.last_day <= (select until_on from soon)
               then 'due_soon'
             when named.state_class in ('waiting', 'active') and due.last_day is not null then 'open'
             when named.state_class in ('waiting', 'active') then 'no_due'
             when named.state_class = 'done' and state.since <= due.last_day then 'done_in_time'
             when named.state_class = 'done' and due.last_day is not null then 'done_with_due'
             when named.state_class = 'done' then 'done'
             else 'owed'
           end as bucket,
           (%(sees_all)s or bearer.agency_id = any(%(agencies)s::bigint[])) as visible
    from owed
    cross join lateral (
        select c.to_state as state, c.effective_on as since from office_change c
        where c.duty_id = owed.id and {_holds("c", "office_change")} order by {LATEST.format(row="c")} limit 1
    ) state
    cross join lateral (
        select b.agency_id from office_dutybearer b
        where b.duty_id = owed.id and {_holds("b", "office_dutybearer")} order by {LATEST.format(row="b")} limit 1
    ) bearer
    cross join lateral (
        select n.state_class, n.label, n.rank from named n
        where n.workflow_id = owed.workflow_id and n.code = state.state limit 1
    ) named
    left join lateral (
        select u.last_day from office_dutydue u
        where u.duty_id = owed.id and {_holds("u", "office_dutydue")} order by {LATEST.format(row="u")} limit 1
    ) due on true
    left join lateral (
        select u.last_day from office_dutydue u
        where u.duty_id = owed.id and u.last_day is not null and u.recorded_at <= %(known_at)s and not exists (
            select 1 from office_dutydue later where later.replaces_id = u.id and later.recorded_at <= %(known_at)s)
        order by u.effective_on, u.recorded_at, u.id limit 1
    ) first_due on true
), task as (
    select distinct on (duty.task_id) duty.task_id, duty.title, duty.sort_key, duty.kind, duty.is_sample,
           duty.state, duty.state_class, duty.state_label, duty.rank
    from (select duty.*, bool_or(visible) over (partition by task_id) as in_sight from duty) duty
    where duty.role = 'lead' and duty.in_sight
    order by duty.task_id, duty.rank, duty.id
), lead as (
    -- Of what recurs, the round that is open now stands for all of them.
    select distinct on (duty.task_id) duty.* from duty
    join office_duty round on round.id = duty.id left join office_duty head on head.id = round.series_id
    where duty.role = 'lead'
    order by duty.task_id, coalesce(head."order", duty.place), duty.state_class in ('waiting', 'active') desc,
             duty.due_on nulls last, duty.id
), listed as (
    select p.id, p.key, p.resolution_id from office_programme p
    where p.office_id = %(office)s and p.begins_on <= %(as_of)s and p.recorded_at <= %(known_at)s
), place as (
    select i.programme_id, i.task_id, i.number, listed.key, listed.resolution_id
    from office_programmetask i join listed on listed.id = i.programme_id
    where {_holds("i", "office_programmetask")}
)
"""


@dataclass(frozen=True, slots=True)
class StandingDuty:
    """One duty as it stands on a day: the columns of `duty` above, in their order."""

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
        cursor.execute(STANDING + tail, parameters)
        return cursor.fetchall()


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
