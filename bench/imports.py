"""How fast changes come in: `python bench/imports.py [--moves N] [--rounds N] [--seed N]`.

N duties are moved in one import, several rounds of it: every move is checked against the state of its duty on its
day and against the workflow, gets its own entry in the chained log, and is committed. Half of the moves name a
document that proves them. It ends with exit code 1 when the best round stays below what an office needs.

Without DATABASE_URL a PostgreSQL of its own is started in a temporary folder; with it, a database of its own is made
on that server, and dropped.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import make_conninfo

from dondoc import engine

if TYPE_CHECKING:
    from dondoc.office.access import Actor
    from dondoc.office.actions.duties import Move
    from dondoc.office.models import Office

WANTED = 5000
START = date(2023, 1, 2)
STATES = (("assigned", "waiting"), ("in_progress", "active"), ("reported", "active"), ("done", "done"))
NEXT = {"assigned": "in_progress", "in_progress": "reported", "reported": "in_progress"}
TEXT = "ỦY BAN NHÂN DÂN\nSố: 12/BC-UBND\nngày 05 tháng 01 năm 2023\n\nBÁO CÁO\nvề tiến độ thực hiện\n"


@contextmanager
def database(kept: Path | None = None) -> Iterator[str]:
    """Have an empty database for the length of the block; or the one of a folder that stays, whatever is in it."""
    if kept is not None:
        with engine.database({"DONDOC_HOME": str(kept)}) as url:
            yield url
        return
    name = f"bench_{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="dd-") as home:
        given = os.environ.get("DATABASE_URL")
        environment = {"DATABASE_URL": given} if given else {"DONDOC_HOME": home}
        with engine.database(environment) as url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"create database {name} template template0")
            try:
                yield make_conninfo(url, dbname=name)
            finally:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(f"drop database {name} with (force)")


def set_up(url: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
    os.environ.setdefault("DONDOC_SECRET_KEY", "only for measuring")
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def filled(size: int) -> tuple[Actor, list[int], int]:
    """Found an office with that many duties; give who acts, the duties, and a document that proves moves."""
    from dondoc.office.access import Actor, Viewer, office_wide
    from dondoc.office.actions.agencies import NewAgency, add_agency
    from dondoc.office.actions.definitions import NewMove, NewState, lay_down_workflow
    from dondoc.office.actions.intake import Incoming, take_in
    from dondoc.office.actions.offices import found_office
    from dondoc.office.actions.tasks import NewDuty, NewTask, add_tasks
    from dondoc.office.queries.standing import duties_standing

    office = found_office(
        key="bench", name="Văn phòng", place="Cần Thơ", hierarchy="state", body_name="Ủy ban nhân dân",
        body_kind="people_committee", on=START, actor_name="hệ thống",
    )  # fmt: skip
    actor = Actor(Viewer(None, office.pk, "officer"), "Nguyễn Văn Thử")
    bearers = [add_agency(NewAgency(f"Sở số {n}", "department", "province"), on=START, actor=actor) for n in range(20)]
    workflow = lay_down_workflow(
        key="standard",
        name="Quy trình chung",
        states=[NewState(code, code, group, rank) for rank, (code, group) in enumerate(STATES)],
        moves=[NewMove(before, after) for before, after in NEXT.items()],
        on=START,
        actor=actor,
    )
    for first in range(0, size, 5000):
        numbers = range(first, min(first + 5000, size))
        many = [NewTask(f"Nhiệm vụ số {n}", (NewDuty(bearers[n % 20]),), workflow) for n in numbers]
        add_tasks(many, on=START, actor=actor)
    document = take_in(Incoming(TEXT.encode(), "bao-cao.txt", START), actor=actor)
    owed = duties_standing("true order by id", viewer=office_wide(office.pk), as_of=START, known_at=None)
    return actor, [duty.id for duty in owed], document.document_id


def moves(duties: Sequence[int], state: str, document: int, first: date, chance: random.Random) -> list[Move]:
    """Draw a move for every duty, each on a day of its own within a quarter."""
    from dondoc.office.actions.duties import Evidence, Move

    return [
        Move(
            duty,
            state,
            on=first + timedelta(days=chance.randrange(90)),
            note=f"Theo báo cáo số {chance.randrange(1000)}/BC-UBND",
            evidence=Evidence(document if chance.random() < 0.5 else None),
        )
        for duty in chance.sample(duties, len(duties))
    ]


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def sizes(count: int) -> Iterator[str]:
    """Say what a change takes on the disk, with its indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("office_change", "office_logentry"):
            cursor.execute(f"select pg_total_relation_size('{table}'), count(*) from {table}")
            size, rows = cursor.fetchone()
            yield f"{table}: {size / rows:.0f} bytes a row with its indexes ({rows} rows)"
        cursor.execute("select count(*) from office_change")
        assert cursor.fetchone()[0] == count, "not every move was written"


def bare(url: str, size: int) -> float:
    """Write as many rows of the same width with nothing checked, chained or indexed: what the server can do at all."""
    with psycopg.connect(url) as connection:
        connection.execute("create temporary table bare (id bigint, a text, b text, c timestamptz)")
        rows: list[Any] = [(n, "x" * 450, "x" * 300, "2023-01-01") for n in range(size)]

        def write() -> None:
            with connection.cursor() as cursor, cursor.copy("copy bare from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
            connection.commit()

        return timed(write)


def check(office: Office, history: Any) -> None:
    """Check what was written: the chain, then every record against the log."""
    found = []
    seconds = timed(lambda: found.append(history.verify_chain(office, end=None)))
    entries = found[0].entries
    assert not found[0].faults, found[0].faults[0]
    print(f"chain of {entries} entries checked, {entries / seconds:.0f} a second")
    wrong: list[Any] = []
    seconds = timed(lambda: wrong.extend(history.audit(office)))
    assert not wrong, wrong[0]
    print(f"log held against the records, {entries / seconds:.0f} entries a second")


def measure(url: str, size: int, rounds: int, seed: int) -> bool:
    set_up(url)
    from django.db import connections

    from dondoc.office.actions.duties import move_duties, move_duty
    from dondoc.office.queries import history, people

    chance = random.Random(seed)
    started = time.perf_counter()
    actor, duties, document = filled(size)
    print(
        f"into an empty register: {size} tasks with their duties, {size / (time.perf_counter() - started):.0f} a second"
    )
    state, first, rates = "assigned", START, []
    for number in range(1, rounds + 1):
        state, first = NEXT[state], first + timedelta(days=90)
        many = moves(duties, state, document, first, chance)
        processor = time.process_time()
        rates.append(size / timed(partial(move_duties, many, actor=actor)))
        processor = time.process_time() - processor
        print(
            f"import {number}: {size} changes, {rates[-1]:.0f} a second ({processor:.2f} s of our own processor time)"
        )
    single = moves(duties[:200], NEXT[state], document, first + timedelta(days=90), chance)
    one = len(single) / timed(lambda: [move_duty(move, actor=actor) for move in single])
    print(
        f"one by one, each in its own transaction: {one:.0f} a second; an import is {max(rates) / one:.0f} times that"
    )
    print(f"nothing but writing rows as wide: {size / bare(url, size):.0f} a second")
    print(*sizes(size * (rounds + 1) + len(single)), sep="\n")
    check(people.offices()[0], history)
    connections.close_all()
    best = max(rates)
    print(f"best {best:.0f} a second, wanted {WANTED}: {best / WANTED:.1f} times")
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    if best < WANTED and load > processors + 1:
        print(f"others were at work: a load of {load:.1f} on {processors} processors; measure again when it is quiet")
    return best >= WANTED


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--moves", type=int, default=10_000)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--seed", type=int, default=2023)
    ap.add_argument("--profile", type=Path, help="write the profile of the run to this file")
    args = ap.parse_args()
    with database() as url:
        if args.profile is None:
            return 0 if measure(url, args.moves, args.rounds, args.seed) else 1
        import cProfile

        with cProfile.Profile() as profile:
            enough = measure(url, args.moves, args.rounds, args.seed)
        profile.dump_stats(args.profile)
        return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
