"""The rows of a wish as days of a calendar and as columns of a board: a few of each, and how many there are."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this folder; values go in as parameters.

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from dondoc.office.access import Viewer
from dondoc.office.models import StateClass
from dondoc.office.queries import standing
from dondoc.office.queries.wishes.rows import ListRow, narrowed, rows_of, shown
from dondoc.office.queries.wishes.wish import Wish, parameters


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar: what falls due on it, the first few rows and the number of all."""

    on: date
    total: int
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column of a board: a state or a class of states, its first rows and the number of all."""

    key: str
    label: str
    state_class: str
    total: int
    rows: tuple[ListRow, ...]


def days(
    wish: Wish, *, first: date, last: date, each: int, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[date, Day]:
    """Give what falls due on each day of a span, `each` rows of a day at most; days without any are left out."""
    found = _parted(
        within(wish, first=first, last=last), "s.due_on", each=each, viewer=viewer, as_of=as_of, known_at=known_at
    )
    return {day: Day(day, total, rows) for day, total, rows in found}


def within(wish: Wish, *, first: date, last: date) -> Wish:
    """Narrow a wish to what falls due from a day to a day."""
    return replace(wish, due_from=max(first, wish.due_from or first), due_to=min(last, wish.due_to or last))


def board(
    wish: Wish,
    *,
    by: Literal["state", "state_class"],
    each: int,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
) -> list[BoardColumn]:
    """Give the columns of a board by state or by class of states, `each` rows of a column at most.

    By state, in the order of their ranks, those in which nothing stands are left out; the classes are all there, those
    that the wish does not ask for excepted.
    """
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    found = {key: (total, rows) for key, total, rows in _parted(wish, f"s.{by}", each=each, **moment)}
    if by == "state_class":
        wanted = [each for each in StateClass if not wish.state_class or each.value in wish.state_class]
        return [BoardColumn(c.value, str(c.label), c.value, *found.get(c.value, (0, ()))) for c in wanted]
    heads = {key: rows[0].duty for key, (_total, rows) in found.items()}
    return [
        BoardColumn(key, heads[key].state_label, heads[key].state_class, total, rows)
        for key, (total, rows) in found.items()
    ]


def _parted(
    wish: Wish, part: str, *, each: int, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[tuple[Any, int, tuple[ListRow, ...]]]:
    """Part the rows of a wish by a column, in the order of ranks and days: key, number of all, the first rows."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    tail = f"""{shown(wish, viewer=viewer)}
        select p.part, p.total, p.* from (
            select s.*, {part} as part, count(*) over (partition by {part}) as total,
                   row_number() over (partition by {part} order by s.due_on nulls last, s.sort_key, s.task_id) as turn,
                   min(s.rank) over (partition by {part}) as first_rank
            from shown s) p
        where p.turn <= %(each)s order by p.first_rank, p.part, p.turn"""
    found = standing.ask(tail, **moment, tasks=narrowed(wish, **moment), each=each, **parameters(wish))
    rows = rows_of([row[2:] for row in found], as_of=as_of, known_at=known_at)
    parts: dict[Any, tuple[int, list[ListRow]]] = {}
    for row, (key, total, *_rest) in zip(rows, found, strict=True):
        parts.setdefault(key, (total, []))[1].append(row)
    return [(key, total, tuple(rows)) for key, (total, rows) in parts.items()]
