"""How fast a large office answers: `python bench/large.py [--tasks N] [--seed N] [--rounds N] [--keep FOLDER]`.

An office is filled with N tasks (100,000; also tried: 1,000,000), three duties each, some five changes a duty
(bench/filling.py), and how its duties stood is made out of them (`dondoc standing rebuild`). Then board, lists, counts,
search and a comparison of two days are asked as the pages ask them (bench/questions.py), a report and files of all
tasks are made, tasks and moves are taken in by the actions (bench/handing_out.py). Printed are the best and the median
of some rounds in milliseconds and, beside board, lists and counts, the best SQL that we could write by hand for the
same rows in the same database, with the ratio. The longer lines are asked once.

Without DATABASE_URL a PostgreSQL of its own is started in a temporary folder; with it, a database of its own is made
on that server, and dropped. With --keep the office stays in the folder, with a PostgreSQL of its own: the next run asks
it again, and takes nothing in.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from filling import TODAY, Filled, fill, filled
from handing_out import files, taking_in
from imports import database, set_up
from questions import BY_HAND, SLOW, questions


def timed(ask: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Give the milliseconds of the quickest round and of the one in the middle."""
    times = []
    for _round in range(rounds):
        started = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - started))
    return min(times), statistics.median(times)


def by_hand(statements: Sequence[str], values: dict[str, Any]) -> list[Any]:
    """Ask a question by hand and fetch its rows, as the program does with its own."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql, values)
            found += cursor.fetchall()
    return found


def made(size: int, seed: int) -> Filled:
    """Fill an office and make its spans, and say how long that took and how much room it takes."""
    from django.db import connection

    from dondoc.office.actions.spans import rebuild

    started = time.perf_counter()
    office = fill(size, seed)
    put_in = time.perf_counter()
    print(", ".join(f"{count:,} {name}" for name, count in office.sizes.items()), end="; ")
    print(f"put in in {put_in - started:.0f} s", flush=True)
    spans = rebuild(office.office.pk)
    print(f"{spans:,} spans made in {time.perf_counter() - put_in:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
        cursor.execute("select pg_table_size('office_dutyspan'), pg_indexes_size('office_dutyspan')")
        table, indexes = cursor.fetchone()
    print(f"the spans take {table >> 20} MB, their indexes {indexes >> 20} MB", flush=True)
    return office


def measure(office: Filled, rounds: int, *, kept: bool) -> None:
    """Print a line for each question and each file, and for each import where the office need not stay as it is."""
    values = {"office": office.office.pk, "today": TODAY, "programme": office.programme}
    print(f"{'':40}{'best':>9}{'median':>9}{'by hand':>9}{'ratio':>7}   (ms)", flush=True)
    for name, ask in questions(office.office.pk, office.agency, office.programme).items():
        best, median = timed(ask, 1 if name in SLOW else rounds)
        line = f"{name:40}{best:9.0f}{median:9.0f}"
        if name in BY_HAND:
            hand, _median = timed(partial(by_hand, BY_HAND[name], values), rounds)
            line += f"{hand:9.0f}{best / hand:7.1f}"
        print(line, flush=True)
    for name, make in files(office):
        seconds = timed(make, 1)[0] / 1000
        print(f"{name:40}{seconds:9.1f} s", flush=True)
    for name, rows, take_in in () if kept else taking_in(office):
        seconds = timed(take_in, 1)[0] / 1000
        print(f"{name:40}{seconds:9.1f} s, {rows / seconds:.0f} a second, spans kept", flush=True)


def main() -> None:
    """Fill, or take what was filled; measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="where the office stays for the next run")
    options = parser.parse_args()
    with database(options.keep) as url:
        set_up(url)
        from django.db import connection

        from dondoc.office.queries import people

        there = options.keep is not None and bool(people.offices())
        measure(filled() if there else made(options.tasks, options.seed), options.rounds, kept=options.keep is not None)
        print(f"a load of {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors at the end")
        connection.close()


if __name__ == "__main__":
    main()
