"""A year in the life of an office: `python bench/year.py [--agencies N] [--tasks N] [--days N] [--seed N] [--whole N]`.

An office of 300 agencies gets 5,000 tasks in a year. Everything is done through the actions, as people do it:
assigned, acknowledged, reported, extended, hindered, handed over, split, urged, entered late, mended, with progress by
period, reminders by the program and persons named, and also tried where it is not allowed. Each evening it is checked
that nothing is lost, that every state follows from its history, that counts by SQL and by the rules are equal, and
that an earlier evening is still shown as it was; every N-th evening (--whole, 10) the whole log is read, records are
held against it, and caches are made anew and compared (tests/office/year.py). It ends with the first thing that does
not hold. Printed is how far it is, and in the end what was done and refused.

Without DATABASE_URL a PostgreSQL of its own is started in a temporary folder; with it, a database of its own is made
on that server, and dropped.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from imports import database, set_up

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agencies", type=int, default=300)
    parser.add_argument("--tasks", type=int, default=5000)
    parser.add_argument("--days", type=int, default=366)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--whole", type=int, default=10)
    given = parser.parse_args()
    with database() as url:
        set_up(url)
        from office.year import LivingOffice

        office = LivingOffice(given.agencies, given.tasks, given.days, date(2024, 1, 1), given.seed)
        lived = checked = 0.0
        begun = time.perf_counter()
        for n, day in enumerate(office.live(), 1):
            lived, begun = lived + time.perf_counter() - begun, time.perf_counter()
            office.check(day, thoroughly=n % given.whole == 0 or n == given.days)
            checked, begun = checked + time.perf_counter() - begun, time.perf_counter()
            if n % 30 == 0 or n == given.days:
                print(f"{day:%d/%m/%Y}: {len(office.owed):,} duties, {sum(office.deeds.values()):,} deeds", flush=True)
    print(f"done: {', '.join(f'{name} {count:,}' for name, count in sorted(office.deeds.items()))}")
    print(f"refused: {', '.join(f'{name} {count:,}' for name, count in sorted(office.refused.items()))}")
    share = lived / (lived + checked)
    print(f"every evening of {given.days} held; acting took {share:.0%} of the time, checking the rest")


if __name__ == "__main__":
    main()
