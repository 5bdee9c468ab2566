"""Tasks gone through one by one, each by the lead that decides its state: what stands on a list, or by title.

A page of a long list in the order of titles is full after a few steps. Where much fits, this is far quicker than to
collect and order all of it; where little fits, it would lead too far.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this folder; values go in as parameters.

from __future__ import annotations

from dataclasses import replace

from dondoc.office.access import Viewer
from dondoc.office.queries.products import EXPECTED
from dondoc.office.queries.standing import BUCKET
from dondoc.office.queries.wishes.wish import EMPTY, Order, Wish, asked_of_duty, asked_of_task, ever

BY_TITLE = ("left(t.sort_key, 200)", "t.sort_key", "t.id")
"""The order of titles, as the index `task_by_title` has it."""
STEP = 4  # a task that is gone through costs as much as so many that are collected and ordered


def can_walk(wish: Wish, order: Order, viewer: Viewer) -> bool:
    """Say whether a list stands in the order of titles and each task by the lead that decides its state."""
    by_title = order.column in {"", "title"} and not order.descending and not wish.numbered_by
    return by_title and viewer.sees_all and not wish.names_a_side


def is_near(total: int, all_tasks: int, *, until: int) -> bool:
    """Say whether the first so many of the tasks that fit are found within a few steps."""
    return total * total > STEP * until * all_tasks > 0


def sizes(wish: Wish, shown: str) -> str:
    """Write the question how many rows are shown, and about how many tasks there are (0: not known).

    Where only that is asked by which duties are alike, those that decide by themselves are counted before they are
    named.
    """
    about = "(select greatest(c.reltuples, 0)::bigint from pg_class c where c.oid = 'office_task'::regclass)"
    asked = {name for name in Wish.__slots__ if getattr(wish, name) not in EMPTY}
    if not asked <= {"state", "state_class", "bucket"}:
        return f"{shown} select count(*), {about} from shown"
    where = " and ".join(f"({sql})" for sql in asked_of_duty(wish)) or "true"
    bucket = BUCKET if wish.bucket else "''"
    return f"""
        select sum(n)::bigint, {about} from (
            {_alone_by_bucket(where) if wish.bucket else _alone(where)}
            union all
            select count(*) from (
                select distinct on (s.task_id) s.state, named.state_class, {bucket} as bucket from weighed s {_NAMED}
                where s.role = 'lead' and not s.sole_lead order by s.task_id, named.rank, s.duty_id
            ) d where {where}) counts"""


def _alone(where: str) -> str:
    """Count the leads that decide by themselves, state by state: an index has those of each behind each other."""
    return f"""
        select coalesce(sum(of_state.n), 0) as n
        from (select named.*, named.code as state from named where named.state_class <> '') d cross join lateral (
            select sum(c.n) as n from leadcount c where c.state = d.code and c.workflow_id = d.workflow_id) of_state
        where {where}"""


def _alone_by_bucket(where: str) -> str:
    """Count the same where it matters how their due days lie: what stands alike is counted, and named afterwards."""
    alike = "s.workflow_id, s.state, s.due_is, s.in_time"
    return f"""
        select coalesce(sum(d.n), 0) as n from (
            select s.state, named.state_class, {BUCKET} as bucket, s.n from (
                select {alike}, count(*) as n from weighed s
                where s.role = 'lead' and s.sole_lead group by {alike}) s {_NAMED}
        ) d where {where}"""


def page(wish: Wish) -> str:
    """Write the question for the duties of a page; the least advanced lead of a task decides."""
    asked = "".join(f" and ({sql})" for sql in asked_of_duty(wish))
    return f"""
        select d.* from office_task t cross join lateral ({_LEAST.format(task="t.id")}) d
        where t.office_id = %(office)s{asked} order by {", ".join(BY_TITLE)} offset %(start)s limit %(size)s"""


def of_list(wish: Wish) -> str:
    """Write which duties are shown of the one list that a wish names, by going through what stands on it."""
    asked = [*asked_of_duty(wish), *asked_of_task(replace(wish, programme=())), *ever(wish, sees_all=True)]
    where = " and ".join(f"({sql})" for sql in asked) or "true"
    return f"""
        select d.*, t.origin, {EXPECTED} as product,
               t.assigned_on as task_assigned_on, its.number, t.sort_key as by_title
        from (select distinct on (n.task_id) n.task_id, n.number from place n where n.key = %(numbered_by)s) its
        left join office_task t on t.id = its.task_id
        cross join lateral ({_LEAST.format(task="its.task_id")}) d where {where}"""


_NAMED = "join named on named.workflow_id = s.workflow_id and named.code = s.state and named.state_class <> ''"
_LEAST = """
    select duty.* from duty where duty.task_id = {task} and duty.role = 'lead' order by duty.rank, duty.id limit 1"""
