"""How every duty and task of an office stands on a day: the one piece of SQL that lists, counts and figures share.

It answers what `rules.states` and `rules.deadlines` define (same cases, same names), for all duties at once: of the
rows of each dated fact known at an instant and true on a day, the latest decides. Callers add what they want to know
at the end: `select … from duty`, `… from task`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
LATEST = "{row}.effective_on desc, {row}.recorded_at desc, {row}.id desc"


def _holds(row: str, table: str) -> str:
    return HOLDS.format(row=row, table=table)


# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.
STANDING = f"""
with owed as materialized (
    select d.id, d.task_id, d.role, d."order" as place, t.title, t.sort_key, t.kind, t.is_sample, t.workflow_id
    from office_duty d join office_task t on t.id = d.task_id
    where t.office_id = %(office)s and d.assigned_on <= %(as_of)s and t.assigned_on <= %(as_of)s
      and d.recorded_at <= %(known_at)s
      and (%(duties)s::bigint[] is null or d.id = any(%(duties)s::bigint[]))
      and (%(tasks)s::bigint[] is null or d.task_id = any(%(tasks)s::bigint[]))
), state as (
    select distinct on (c.duty_id) c.duty_id, c.to_state as state, c.effective_on as since
    from office_change c join owed on owed.id = c.duty_id where {_holds("c", "office_change")}
    order by c.duty_id, {LATEST.format(row="c")}
), bearer as (
    select distinct on (b.duty_id) b.duty_id, b.agency_id
    from office_dutybearer b join owed on owed.id = b.duty_id where {_holds("b", "office_dutybearer")}
    order by b.duty_id, {LATEST.format(row="b")}
), due as (
    select distinct on (u.duty_id) u.duty_id, u.last_day
    from office_dutydue u join owed on owed.id = u.duty_id where {_holds("u", "office_dutydue")}
    order by u.duty_id, {LATEST.format(row="u")}
), first_due as (
    select distinct on (u.duty_id) u.duty_id, u.last_day
    from office_dutydue u join owed on owed.id = u.duty_id
    where u.recorded_at <= %(known_at)s and not exists (
        select 1 from office_dutydue later where later.replaces_id = u.id and later.recorded_at <= %(known_at)s)
    order by u.duty_id, u.effective_on, u.recorded_at, u.id
), named as (
    select distinct on (n.workflow_id, n.code) n.workflow_id, n.code, n.label, n.state_class, n.rank
    from office_workflowstate n join office_workflow w on w.id = n.workflow_id and w.office_id = %(office)s
    where {_holds("n", "office_workflowstate")}
    order by n.workflow_id, n.code, {LATEST.format(row="n")}
), duty as materialized (
    select owed.*, bearer.agency_id as bearer_id, state.state, state.since, due.last_day as due_on,
           first_due.last_day as first_due_on, named.state_class, named.label as state_label, named.rank,
           case
             when named.state_class in ('waiting', 'active') and due.last_day < %(as_of)s then 'late'
             when named.state_class in ('waiting', 'active') and due.last_day <= %(soon)s then 'due_soon'
             when named.state_class in ('waiting', 'active') and due.last_day is not null then 'open'
             when named.state_class in ('waiting', 'active') then 'no_due'
             when named.state_class = 'done' and state.since <= due.last_day then 'done_in_time'
             when named.state_class = 'done' and due.last_day is not null then 'done_with_due'
             when named.state_class = 'done' then 'done'
             else 'owed'
           end as bucket,
           (%(sees_all)s or bearer.agency_id = any(%(agencies)s::bigint[])) as visible
    from owed
    join state on state.duty_id = owed.id
    join bearer on bearer.duty_id = owed.id
    join named on named.workflow_id = owed.workflow_id and named.code = state.state
    left join due on due.duty_id = owed.id
    left join first_due on first_due.duty_id = owed.id
), task as (
    select distinct on (duty.task_id) duty.task_id, duty.title, duty.sort_key, duty.kind, duty.is_sample,
           duty.state, duty.state_class, duty.state_label, duty.rank
    from duty where duty.role = 'lead' and duty.task_id in (select seen.task_id from duty seen where seen.visible)
    order by duty.task_id, duty.rank, duty.id
), lead as (
    select distinct on (duty.task_id) duty.* from duty where duty.role = 'lead'
    order by duty.task_id, duty.place, duty.id
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
        "soon": as_of + timedelta(days=due_soon_days(on=as_of)),
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
