"""A page of a long list in the order of titles: tasks are gone through in this order until the page is full.

Where much fits, this is far quicker than to collect and order all of it; where little fits, it would lead too far.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this folder; values go in as parameters.

from __future__ import annotations

from dondoc.office.access import Viewer
from dondoc.office.queries.wishes.wish import Order, Wish, asked_of_duty

BY_TITLE = ("left(t.sort_key, 200)", "t.sort_key", "t.id")
"""The order of titles, as the index `task_by_title` has it."""
SIZES = """
    select count(*), (select greatest(c.reltuples, 0)::bigint from pg_class c where c.oid = 'office_task'::regclass)
    from shown"""
"""How many rows are shown, and about how many tasks there are (0: not known)."""
STEP = 4  # a task that is gone through costs as much as so many that are collected and ordered


def can_walk(wish: Wish, order: Order, viewer: Viewer) -> bool:
    """Say whether a list stands in the order of titles and each task by the lead that decides its state."""
    by_title = order.column in {"", "title"} and not order.descending and not wish.numbered_by
    return by_title and viewer.sees_all and not wish.names_a_side


def is_near(total: int, all_tasks: int, *, until: int) -> bool:
    """Say whether the first so many of the tasks that fit are found within a few steps."""
    return total * total > STEP * until * all_tasks > 0


def page(wish: Wish) -> str:
    """Write the question for the duties of a page, in their order; the least advanced lead of a task decides."""
    asked = "".join(f" and ({sql})" for sql in asked_of_duty(wish))
    return f"""
        select d.id from office_task t cross join lateral (
            select stood.* from stood where stood.task_id = t.id and stood.role = 'lead'
            order by stood.rank, stood.id limit 1) d
        where t.office_id = %(office)s{asked}
        order by {", ".join(BY_TITLE)} offset %(start)s limit %(size)s"""
