"""What a large office is asked in `bench/large.py`, as the pages ask it, and the best SQL by hand for the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from filling import TODAY

if TYPE_CHECKING:
    from dondoc.office.queries.wishes import Wish

PAST = date(2024, 3, 15)
KNOWN_THEN = datetime(2024, 4, 1, tzinfo=UTC)
NOW = """
    from office_dutyspan s where s.office_id = %(office)s and s.known_until is null and s.valid_until is null
    and s.valid_from <= %(today)s
"""
# The best that we could write by hand for the same rows, on the same spans: statements asked one after the other.
LEAD = f"{NOW} and s.role = 'lead'"
# Of several leads the least advanced one decides; what a state counts as is written out.
LEAST = """case s.state when 'assigned' then 0 when 'sent_back' then 1 when 'acknowledged' then 2
    when 'in_progress' then 3 when 'reported' then 4 else 5 end, s.duty_id"""
BY_HAND = {
    "counts agency × state": (f"select s.bearer_id, s.state, count(*) {NOW} group by 1, 2",),
    "board": (
        f"""
        with counted as materialized (
            select s.task_id, s.bearer_id, s.state,
                   case when s.due_on is null then 0 when s.due_on < %(today)s then 1
                        when s.due_on <= %(today)s::date + 7 then 2 else 3 end
                   + case when s.since <= s.due_on then 4 else 0 end
                   + case when s.first_due_on < %(today)s then 8 else 0 end as marks {NOW}
        ), listed as (
            select i.programme_id, c.state, c.marks
            from office_programmetask i join counted c on c.task_id = i.task_id
            where i.effective_on <= %(today)s and not exists (
                select 1 from office_programmetask later where later.replaces_id = i.id)
        )
        select 1, bearer_id, state, marks, count(*) from counted group by 2, 3, 4
        union all
        select 2, programme_id, state, marks, count(*) from listed group by 2, 3, 4""",
    ),
    "list by state": (
        f"""
        select count(*) from (
            select 1 {LEAD} and s.sole_lead and s.state = 'in_progress'
            union all
            select 1 from (select distinct on (s.task_id) s.state {LEAD} and not s.sole_lead
                           order by s.task_id, {LEAST}) several where state = 'in_progress') fits""",
        f"""
        select t.title, d.*, n.name from office_task t cross join lateral (
            select s.task_id, s.duty_id, s.state, s.due_on, s.bearer_id
            {LEAD} and s.task_id = t.id order by {LEAST} limit 1) d
        left join office_agencyname n on n.agency_id = d.bearer_id
        where t.office_id = %(office)s and d.state = 'in_progress'
        order by left(t.sort_key, 200), t.sort_key, t.id limit 100""",
    ),
    "list by three filters": (
        f"""
        select t.title, s.*, n.name, count(*) over () from (
            select distinct on (i.task_id) i.number, s.task_id, s.duty_id, s.state, s.due_on, s.bearer_id
            from office_programmetask i join office_programme p on p.id = i.programme_id and p.key = %(programme)s
            join office_dutyspan s on s.task_id = i.task_id
            where i.effective_on <= %(today)s and not exists (
                select 1 from office_programmetask later where later.replaces_id = i.id)
              and s.known_until is null and s.valid_until is null and s.valid_from <= %(today)s and s.role = 'lead'
            order by i.task_id, {LEAST}) s
        join office_task t on t.id = s.task_id left join office_agencyname n on n.agency_id = s.bearer_id
        where s.state in ('in_progress', 'reported') and s.due_on < %(today)s
        order by string_to_array(s.number, '.')::int[] limit 100""",
    ),
    "search, a rare word": (
        """
        select t.id, t.title, count(*) over () from office_task t
        where dondoc_letters(t.folded) @> array['xuy', 'uye', 'yen', 'env', 'nva', 'van']
          and t.folded like '%%xuyenvan%%' order by t.sort_key, t.id limit 100""",
    ),
}


def wish(**asked: Any) -> Wish:
    """Make a wish of single values, whichever of them may be several."""
    from dondoc.office.queries.wishes import Wish

    several = {field.name for field in fields(Wish) if isinstance(field.default, tuple)}
    parts: dict[str, Any] = {name: (value,) if name in several else value for name, value in asked.items()}
    return Wish(**parts)


def questions(office_id: int, agency: int, programme: str) -> dict[str, Callable[[], object]]:
    """Give what the pages ask, by the words of the table that is printed."""
    from dondoc.office.access import office_wide
    from dondoc.office.queries import comparisons, duties, tasks, wishes
    from dondoc.office.queries.wishes import Order

    now: dict[str, Any] = {"viewer": office_wide(office_id), "as_of": TODAY, "known_at": None}
    past = {**now, "as_of": PAST}
    then = {**past, "known_at": KNOWN_THEN}
    page: dict[str, Any] = {"size": 100}
    by_state = wish(state="in_progress")
    three = wish(state_class="active", bucket="late", programme=programme)
    first, second = comparisons.Moment(PAST, None), comparisons.Moment(TODAY, None)
    return {
        "counts agency × state": partial(duties.by_class, **now),
        "counts on a past day": partial(duties.by_class, **past),
        "counts as known then": partial(duties.by_class, **then),
        "board": partial(duties.tallies, **now),
        "board on a past day": partial(duties.tallies, **past),
        "list, all": partial(wishes.listed, wish(), **now, **page),
        "list by state": partial(wishes.listed, by_state, **now, **page),
        "list by state, past day": partial(wishes.listed, by_state, **past, **page),
        "list by state, as known then": partial(wishes.listed, by_state, **then, **page),
        "list by three filters": partial(wishes.listed, three, **now, **page),
        "list by three filters, past day": partial(wishes.listed, three, **past, **page),
        "list of an agency by due day": partial(
            wishes.listed, wish(agency=agency, state_class="active"), order=Order("due"), **now, **page
        ),
        "search, a rare word": partial(wishes.listed, wish(words="xuyenvan"), **now, **page),
        "search, three words": partial(wishes.listed, wish(words="chuyển đổi số"), **now, **page),
        "tasks by state of their lists": partial(tasks.on_lists, **now),
        "compare two days": partial(comparisons.compare, comparisons.Compared(), first, second, viewer=now["viewer"]),
        "everything, as rows of a file": partial(wishes.listed, wish(), **now),
    }


SLOW = ("compare two days", "everything, as rows of a file")
