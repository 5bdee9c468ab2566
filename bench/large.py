"""How fast a large office answers: `python bench/large.py [--tasks N] [--seed N] [--rounds N]`.

An office is filled with N tasks (100,000; also tried: 1,000,000), three duties each, some five changes a duty
(bench/filling.py), and how its duties stood is made out of them (`dondoc standing rebuild`). Then board, lists, counts,
search, a comparison of two days and a file of everything are asked as the pages ask them. Printed are the best and the
median of some rounds in milliseconds and, beside board, lists and counts, the best SQL that we could write by hand for
the same rows in the same database, with the ratio. The longer lines are asked once.

Without DATABASE_URL a PostgreSQL of its own is started in a temporary folder; with it, a database of its own is made
on that server, and dropped.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from filling import TODAY, fill
from imports import database, set_up

if TYPE_CHECKING:
    from dondoc.office.queries.wishes import Wish

PAST = date(2024, 3, 15)
NOW = """
    from office_dutyspan s where s.office_id = %(office)s and s.known_until is null and s.valid_until is null
    and s.valid_from <= %(today)s
"""
# The best that we could write by hand for the same rows, on the spans and, from the facts alone, without them.
BY_HAND = {
    "counts agency × state": f"select s.bearer_id, s.state, count(*) {NOW} group by 1, 2",
    "board": f"""
        with counted as materialized (
            select s.bearer_id, s.state, s.since <= s.due_on as in_time, s.due_on < %(today)s as late,
                   s.due_on is null as no_due, s.due_on <= %(today)s::date + 7 as soon,
                   s.first_due_on < %(today)s as late_first, s.task_id {NOW}
        ), listed as (
            select i.programme_id, c.* from office_programmetask i join counted c on c.task_id = i.task_id
            where i.effective_on <= %(today)s and not exists (
                select 1 from office_programmetask later where later.replaces_id = i.id)
        )
        select 1, bearer_id, state, in_time, late, no_due, soon, late_first, count(*) from counted
        group by 2, 3, 4, 5, 6, 7, 8
        union all
        select 2, programme_id, state, in_time, late, no_due, soon, late_first, count(*) from listed
        group by 2, 3, 4, 5, 6, 7, 8""",
    "list by state": f"""
        select t.title, s.*, count(*) over () from office_task t join (
            select s.task_id, s.duty_id, s.due_on, s.bearer_id {NOW} and s.role = 'lead' and s.state = 'in_progress'
        ) s on t.id = s.task_id order by t.sort_key, t.id limit 100""",
    "list by three filters": f"""
        select t.title, s.*, i.number, count(*) over () from office_programmetask i
        join (select s.task_id, s.duty_id, s.due_on, s.bearer_id {NOW} and s.role = 'lead'
              and s.state in ('in_progress', 'reported') and s.due_on < %(today)s) s on s.task_id = i.task_id
        join office_programme p on p.id = i.programme_id and p.key = %(programme)s
        join office_task t on t.id = s.task_id
        order by string_to_array(i.number, '.')::int[] limit 100""",
    "search, a rare word": """
        select t.id, t.title, count(*) over () from office_task t
        where dondoc_letters(t.folded) @> array['xuy', 'uye', 'yen', 'env', 'nva', 'van']
          and t.folded like '%%xuyenvan%%' order by t.sort_key, t.id limit 100""",
}


def wish(**asked: Any) -> Wish:
    """Make a wish of single values, whichever of them may be several."""
    from dondoc.office.queries.wishes import Wish

    several = {field.name for field in fields(Wish) if isinstance(field.default, tuple)}
    return Wish(**{name: (value,) if name in several else value for name, value in asked.items()})


def questions(office_id: int, agency: int, programme: str) -> dict[str, Callable[[], object]]:
    """Give what the pages ask, by the words of the table that is printed."""
    from dondoc.office.access import office_wide
    from dondoc.office.queries import comparisons, duties, standing, tasks, wishes
    from dondoc.office.queries.wishes import Order

    now: dict[str, Any] = {"viewer": office_wide(office_id), "as_of": TODAY, "known_at": None}
    past = {**now, "as_of": PAST}
    page: dict[str, Any] = {"size": 100}
    by_state = wish(state="in_progress")
    three = wish(state_class="active", bucket="late", programme=programme)
    counted = "select bearer_id, state, count(*) from duty where visible group by 1, 2"
    first, second = comparisons.Moment(PAST, None), comparisons.Moment(TODAY, None)
    return {
        "counts agency × state": partial(standing.ask, counted, **now),
        "counts on a past day": partial(standing.ask, counted, **past),
        "board": partial(duties.tallies, **now),
        "board on a past day": partial(duties.tallies, **past),
        "list, all": partial(wishes.listed, wish(), **now, **page),
        "list by state": partial(wishes.listed, by_state, **now, **page),
        "list by state, past day": partial(wishes.listed, by_state, **past, **page),
        "list by three filters": partial(wishes.listed, three, **now, **page),
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


def timed(ask: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Give the milliseconds of the quickest round and of the one in the middle."""
    times = []
    for _round in range(rounds):
        started = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - started))
    return min(times), statistics.median(times)


def by_hand(sql: str, values: dict[str, Any]) -> list[Any]:
    """Ask a question by hand and fetch its rows, as the program does with its own."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def measure(office_id: int, agency: int, programme: str, rounds: int) -> None:
    """Print a line for each question."""
    values = {"office": office_id, "today": TODAY, "programme": programme}
    print(f"{'':32}{'best':>9}{'median':>9}{'by hand':>9}{'ratio':>7}   (ms)", flush=True)
    for name, ask in questions(office_id, agency, programme).items():
        best, median = timed(ask, 1 if name in SLOW else rounds)
        line = f"{name:32}{best:9.0f}{median:9.0f}"
        if name in BY_HAND:
            hand, _median = timed(partial(by_hand, BY_HAND[name], values), rounds)
            line += f"{hand:9.0f}{best / hand:7.1f}"
        print(line, flush=True)


def main() -> None:
    """Fill, make the spans, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with database() as url:
        set_up(url)
        from django.db import connection

        from dondoc.office.actions.spans import rebuild

        started = time.perf_counter()
        filled = fill(options.tasks, options.seed)
        put_in = time.perf_counter()
        made = rebuild(filled.office.pk)
        seconds = time.perf_counter() - put_in
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
            cursor.execute("select pg_table_size('office_dutyspan'), pg_indexes_size('office_dutyspan')")
            table, indexes = cursor.fetchone()
        print(", ".join(f"{count:,} {name}" for name, count in filled.sizes.items()), end="; ")
        print(f"put in in {put_in - started:.0f} s; {made:,} spans made in {seconds:.0f} s")
        print(f"the spans take {table >> 20} MB, their indexes {indexes >> 20} MB")
        measure(filled.office.pk, filled.agency, filled.programme, options.rounds)
        connection.close()


if __name__ == "__main__":
    main()
