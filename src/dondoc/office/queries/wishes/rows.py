"""The rows of a wish: a page of them with their number, all of them, or some by name."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this folder; values go in as parameters.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import connection

from dondoc.office.access import Viewer
from dondoc.office.models import TaskKind, TaskOrigin
from dondoc.office.queries import duties, standing
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.products import EXPECTED
from dondoc.office.queries.standing import StandingDuty
from dondoc.office.queries.wishes import walking
from dondoc.office.queries.wishes.extras import EXTRAS, Extra
from dondoc.office.queries.wishes.wish import (
    PLAIN,
    UNORDERED,
    WHOLE,
    Order,
    Part,
    Wish,
    asked_of_duty,
    asked_of_task,
    ever,
    of_part,
    order_by,
    order_parts,
    parameters,
)

NO_EXTRAS: Mapping[str, Extra] = MappingProxyType({})
WIDTH = len(StandingDuty.__slots__)  # of the columns of a duty, ahead of those of its task


@dataclass(frozen=True, slots=True)
class ListRow:
    """A task in a list, with the duty by which it is shown; `extras` hold what further columns ask for."""

    duty: DutyRow
    task_id: int
    number: str
    kind: str
    origin: str
    product: str
    assigned_on: date
    since: date
    bucket: str
    workflow_id: int
    extras: Mapping[str, Extra] = field(default_factory=lambda: NO_EXTRAS)

    @property
    def url(self) -> str:
        return f"/tasks/{self.task_id}/"

    @property
    def is_open(self) -> bool:
        return self.duty.state_class in duties.OPEN


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list, and how many rows the whole list has."""

    rows: tuple[ListRow, ...]
    total: int


def shown(wish: Wish, *, viewer: Viewer, by_name: bool = False) -> str:
    """Write which duties are shown, one of each task, with what belongs to the task: the rows of `shown`.

    `by_name` shows each duty that was asked for by its key, two of one task as well.
    """
    asked = ["d.visible", *asked_of_duty(wish)]
    where = " and ".join(f"({sql})" for sql in asked)
    if not by_name and wish.numbered_by and viewer.sees_all and not wish.names_a_side:
        return f", shown as not materialized ({walking.of_list(wish)})"
    if by_name:
        fits = f"select d.* from duty d where {where}"
    elif viewer.sees_all and not wish.names_a_side:
        fits = f"select d.* from decisive d where {where}"
    else:
        fits = f"""
            select distinct on (d.task_id) d.* from duty d where {where}
            order by d.task_id, (d.role <> 'lead'), d.rank, d.id"""
    return f", shown as not materialized ({_with_task(wish, fits)})"


def _with_task(wish: Wish, duties_shown: str) -> str:
    """Write duties with what belongs to their tasks; whoever only counts or orders them does not have it looked up."""
    number = "''"
    if wish.numbered_by:
        number = """coalesce((
            select n.number from place n where n.task_id = f.task_id and n.key = %(numbered_by)s limit 1), '')"""
    return f"""
        select f.*, t.origin, {EXPECTED} as product,
               t.assigned_on as task_assigned_on, {number} as number, t.sort_key as by_title
        from ({duties_shown}) f left join office_task t on t.id = f.task_id"""


def listed(
    wish: Wish,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    order: Order = UNORDERED,
    start: int = 0,
    size: int | None = None,
    part: Part = WHOLE,
) -> Listed:
    """List the tasks that fit a wish on a day, so many from a place on, and say how many there are in all."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    if part == WHOLE and size is not None and _is_plain(wish, order, viewer):
        ids, total = _page_of_ids(wish, order, start=start, size=size, **moment)
        found = _ask(wish, UNORDERED, tasks=ids, **moment)[0] if ids else []
        place = {key: n for n, key in enumerate(ids)}
        found.sort(key=lambda row: place[row.task_id])
        return Listed(tuple(found), total)
    tasks = narrowed(wish, **moment)
    if part == WHOLE and size and tasks is None and walking.can_walk(wish, order, viewer):
        rows, total = _walked(wish, start=start, size=size, **moment)
    else:
        rows, total = None, 0
    if rows is None:
        rows, total = _ask(wish, order, tasks=tasks, start=start, size=size, part=part, **moment)
    return Listed(tuple(rows), total)


def _is_plain(wish: Wish, order: Order, viewer: Viewer) -> bool:
    """Say whether a page can be cut before anything is worked out: nothing asked depends on how duties stand."""
    by_number = not order.column and wish.numbered_by
    plain = not wish.names_a_side and not asked_of_duty(wish) and order.column in PLAIN
    return viewer.sees_all and plain and not by_number


def plain_ids(wish: Wish, *, viewer: Viewer, known_at: datetime | None) -> str:
    """Write the question which tasks fit a wish that asks nothing of how duties stand."""
    asked = [*asked_of_task(wish), *ever(wish, sees_all=viewer.sees_all)]
    if known_at is not None:
        asked.append("t.recorded_at <= %(known_at)s")
    return f"""
        select t.id from office_task t where t.office_id = %(office)s and t.assigned_on <= %(as_of)s
        {"".join(f" and ({sql})" for sql in asked)}"""


def plain_order(order: Order) -> str:
    """Write an order that asks nothing of how duties stand; ties go by title."""
    way = "desc" if order.descending else "asc"
    return ", ".join([*(f"{part} {way} nulls last" for part in PLAIN[order.column]), *walking.BY_TITLE])


def _values(wish: Wish, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Any]:
    return {
        **parameters(wish),
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
        "agencies": sorted(viewer.agency_ids),
    }


def _page_of_ids(
    wish: Wish,
    order: Order,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    start: int,
    size: int | None,
) -> tuple[list[int], int]:
    values = _values(wish, viewer, as_of, known_at)
    ids = plain_ids(wish, viewer=viewer, known_at=known_at)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({ids}) fits", values)
        (total,) = cursor.fetchone()
        page = f"{ids} order by {plain_order(order)} offset %(start)s limit %(size)s"
        cursor.execute(page, {**values, "start": start, "size": size})
        return [key for (key,) in cursor.fetchall()], total


def narrowed(wish: Wish, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[int] | None:
    """List the tasks that may fit, as far as that is quick to say; None where all of them may."""
    by_list = wish.numbered_by and viewer.sees_all and not wish.names_a_side  # what stands on it is gone through itself
    if by_list or (not asked_of_task(wish) and not ever(wish, sees_all=viewer.sees_all)):
        return None
    with connection.cursor() as cursor:
        cursor.execute(plain_ids(wish, viewer=viewer, known_at=known_at), _values(wish, viewer, as_of, known_at))
        return [key for (key,) in cursor.fetchall()]


def _ask(
    wish: Wish,
    order: Order,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    tasks: list[int] | None,
    start: int = 0,
    size: int | None = None,
    part: Part = WHOLE,
) -> tuple[list[ListRow], int]:
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    given = {**parameters(wish, part), "start": start, "size": size}
    fits = of_part(part)
    tail = shown(wish, viewer=viewer)
    if size is None:
        tail += f" select s.* from shown s where {fits} order by {order_by(order)}"
        rows = rows_of(standing.ask(tail, **moment, **given, tasks=tasks), as_of=as_of, known_at=known_at)
        return rows[start:], len(rows)
    tail += _page(fits, order) if size else f" select count(*), null from shown s where {fits}"
    found = standing.ask(tail, **moment, **given, tasks=tasks)
    return _named(wish, [key for _total, key in found if key is not None], **moment), found[0][0]


def _page(fits: str, order: Order) -> str:
    """Cut a page by the keys of its order alone: worked out once, counted, and titles looked up for those near it."""
    return f""", placed as materialized (
            select s.id, s.task_id, rank() over (order by {order_parts(order)}) as place
            from (select s.* from shown s where {fits} offset 0) s
        ), turned as (
            select p.id, row_number() over (order by p.place, t.sort_key, p.task_id) as turn
            from placed p left join office_task t on t.id = p.task_id where p.place <= %(start)s + %(size)s
        )
        select n.total, s.id from (select count(*) as total from placed) n
        left join turned s on s.turn > %(start)s and s.turn <= %(start)s + %(size)s order by s.turn"""


def _named(wish: Wish, ids: Sequence[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ListRow]:
    """Give the rows of duties, in the order of their keys here."""
    if not ids:
        return []
    named = _with_task(wish, "select d.* from duty d")
    found = standing.ask(
        f" select f.* from ({named}) f",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        duties=list(ids),
        **parameters(wish),
    )
    place = {key: n for n, key in enumerate(ids)}
    return sorted(rows_of(found, as_of=as_of, known_at=known_at), key=lambda row: place[row.duty.id])


def _walked(
    wish: Wish, *, viewer: Viewer, as_of: date, known_at: datetime | None, start: int, size: int
) -> tuple[list[ListRow] | None, int]:
    """Give a page by a walk through the titles; no rows where it would lead too far."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    given = {**parameters(wish), "start": start, "size": size}
    [(total, all_tasks)] = standing.ask(walking.sizes(wish, shown(wish, viewer=viewer)), **moment, **given)
    if not walking.is_near(total, all_tasks, until=start + size):
        return None, total
    found = standing.ask(f"{_with_task(wish, walking.page(wish))} order by by_title, f.task_id", **moment, **given)
    return rows_of(found, as_of=as_of, known_at=known_at), total


def chosen(ids: Sequence[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ListRow]:
    """Give the rows of duties that were ticked, by title; those that are not in sight are left out."""
    tail = f"{shown(Wish(), viewer=viewer, by_name=True)} select s.* from shown s order by s.sort_key, s.id"
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    found = standing.ask(tail, **moment, duties=list(ids), **parameters(Wish()))
    return rows_of(found, as_of=as_of, known_at=known_at)


def rows_of(found: Sequence[tuple[Any, ...]], *, as_of: date, known_at: datetime | None) -> list[ListRow]:
    """Make rows of what `shown` gives: one further query, for the names of the agencies."""
    owed = [StandingDuty(*row[:WIDTH]) for row in found]
    named = duties.rows_of(owed, as_of=as_of, known_at=known_at)
    # Said once, not for each of a hundred thousand rows.
    words = {choice.value: str(choice.label) for choice in (*TaskKind, *TaskOrigin)}
    return [_row(duty, d, row[WIDTH : WIDTH + 4], words) for duty, d, row in zip(named, owed, found, strict=True)]


def _row(duty: DutyRow, d: StandingDuty, of_task: tuple[Any, ...], words: Mapping[str, str]) -> ListRow:
    origin, product, assigned_on, number = of_task
    return ListRow(
        duty=duty,
        task_id=d.task_id,
        number=number,
        kind=words[d.kind],
        origin=words[origin],
        product=product,
        assigned_on=assigned_on,
        since=d.since,
        bucket=d.bucket,
        workflow_id=d.workflow_id,
    )


def with_extras(
    rows: Sequence[ListRow], names: Sequence[str], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[ListRow]:
    """Add to rows what further columns ask for, one or two queries for each column, however many rows there are."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    pairs = [(row.task_id, row.duty.id) for row in rows]
    found = {name: EXTRAS[name](pairs, **moment) for name in names if name in EXTRAS and rows}
    return [replace(row, extras={name: values.get(row.duty.id, "") for name, values in found.items()}) for row in rows]
