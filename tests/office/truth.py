"""How duties stood, worked out of the facts themselves, fact by fact: what the spans are held against.

Slow and plain: of the rows of each dated fact known at an instant and true on a day, the latest decides.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection

from dondoc.office.access import Viewer
from dondoc.office.models import DutySpan
from dondoc.office.queries.standing import HOLDS, LATEST, StandingDuty
from dondoc.rules.deadlines import due_soon_days


def _holds(row: str, table: str) -> str:
    return HOLDS.format(row=row, table=table)


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
)
"""


def truly_standing(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, StandingDuty]:
    """Give how each duty stood, by its key, without a look at any cache."""
    given = {
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
        "soon_days": due_soon_days(on=as_of),
        "sees_all": viewer.sees_all,
        "agencies": sorted(viewer.agency_ids),
        "duties": None,
        "tasks": None,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"{STANDING} select * from duty", given)
        return {row[0]: StandingDuty(*row) for row in cursor.fetchall()}


def span_rows(office_id: int) -> list[dict[str, Any]]:
    """Give how all duties of an office stood, day by day and as it was known, without the keys of the rows."""
    columns = [field.attname for field in DutySpan._meta.concrete_fields if not field.primary_key]
    rows = DutySpan.objects.filter(office_id=office_id).order_by("duty_id", "known_from", "valid_from")
    return list(rows.values(*columns))
