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
from dondoc.office.queries.standing import StandingDuty
from dondoc.office.queries.wishes.extras import EXTRAS, Extra
from dondoc.office.queries.wishes.wish import (
    PLAIN,
    UNORDERED,
    Order,
    Wish,
    asked_of_duty,
    asked_of_task,
    ever,
    order_by,
    parameters,
)

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
    extras: Mapping[str, Extra] = field(default_factory=lambda: MappingProxyType({}))

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
        select f.*, t.origin, t.product, t.assigned_on as task_assigned_on, {number} as number
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
) -> Listed:
    """List the tasks that fit a wish on a day, so many from a place on, and say how many there are in all."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    if _is_plain(wish, order, viewer):
        ids, total = _page_of_ids(wish, order, start=start, size=size, **moment)
        found = _ask(wish, UNORDERED, tasks=ids, **moment)[0] if ids else []
        place = {key: n for n, key in enumerate(ids)}
        found.sort(key=lambda row: place[row.task_id])
        return Listed(tuple(found), total)
    rows, total = _ask(wish, order, tasks=narrowed(wish, **moment), start=start, size=size, **moment)
    return Listed(tuple(rows), total)


def _is_plain(wish: Wish, order: Order, viewer: Viewer) -> bool:
    """Say whether a page can be cut before anything is worked out: nothing asked depends on how duties stand."""
    by_number = not order.column and wish.numbered_by
    plain = not wish.names_a_side and not asked_of_duty(wish) and order.column in PLAIN
    return viewer.sees_all and plain and not by_number


def plain_ids(wish: Wish, order: Order, *, viewer: Viewer) -> str:
    """Write the question which tasks fit a wish that asks nothing of how duties stand."""
    asked = [*asked_of_task(wish), *ever(wish, sees_all=viewer.sees_all)]
    way = "desc" if order.descending else "asc"
    ordered = ", ".join([*(f"{part} {way} nulls last" for part in PLAIN[order.column]), "t.sort_key", "t.id"])
    return f"""
        select t.id from office_task t
        where t.office_id = %(office)s and t.assigned_on <= %(as_of)s and t.recorded_at <= %(known_at)s
        {"".join(f" and ({sql})" for sql in asked)}
        order by {ordered}"""


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
    ids = plain_ids(wish, order, viewer=viewer)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({ids}) fits", values)
        (total,) = cursor.fetchone()
        cursor.execute(f"{ids} offset %(start)s limit %(size)s", {**values, "start": start, "size": size})
        return [key for (key,) in cursor.fetchall()], total


def narrowed(wish: Wish, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[int] | None:
    """List the tasks that may fit, as far as that is quick to say; None where all of them may."""
    if not asked_of_task(wish) and not ever(wish, sees_all=viewer.sees_all):
        return None
    with connection.cursor() as cursor:
        cursor.execute(plain_ids(wish, Order(), viewer=viewer), _values(wish, viewer, as_of, known_at))
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
) -> tuple[list[ListRow], int]:
    # A page is cut by the keys of its order alone; what its rows say is looked up for these rows only.
    named = _with_task(wish, "select d.* from duty d where d.id = any(array(select id from cut))")
    tail = f"""{shown(wish, viewer=viewer)}, cut as materialized (
            select s.id, row_number() over () as turn
            from (select s.id from shown s order by {order_by(order)} offset %(start)s limit %(size)s) s)
        select n.total, s.* from (select count(*) as total from shown) n
        left join (select f.*, cut.turn from ({named}) f join cut on cut.id = f.id) s on true
        order by s.turn"""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    found = standing.ask(tail, **moment, tasks=tasks, start=start, size=size, **parameters(wish))
    rows = rows_of([row[1:] for row in found if row[1] is not None], as_of=as_of, known_at=known_at)
    return rows, found[0][0]


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
    return [_row(duty, d, row[WIDTH : WIDTH + 4]) for duty, d, row in zip(named, owed, found, strict=True)]


def _row(duty: DutyRow, d: StandingDuty, of_task: tuple[Any, ...]) -> ListRow:
    origin, product, assigned_on, number = of_task
    return ListRow(
        duty=duty,
        task_id=d.task_id,
        number=number,
        kind=str(TaskKind(d.kind).label),
        origin=str(TaskOrigin(origin).label),
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
