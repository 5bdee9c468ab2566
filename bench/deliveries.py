"""How many files come in at once: `python bench/deliveries.py [--files N] [--seed N]`; the issue's size is 500.

N small documents (half text, half Word) are put in as one delivery, as `dondoc ingest` does, while the list of
documents and the page of the delivery are asked for again and again. What is printed are ratios, which hold on any
machine: how long a file takes that is known already against one that is new, how long a page takes while files come
in and are read against the same page alone, how long the page takes that asks for news against the whole page. It
ends with exit code 1 when a ratio is worse than an office would bear.

The database is made as for `bench/imports.py`.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import docx

from imports import database, set_up

if TYPE_CHECKING:
    from django.test import Client

START = date(2023, 1, 2)
AGENCIES = ("Sở Tài chính", "Sở Xây dựng", "Sở Nội vụ", "Sở Y tế", "Ban Tổ chức Thành ủy", "Văn phòng Ủy ban nhân dân")
KNOWN_TO_NEW = 0.6
BUSY_TO_ALONE = 4.0
NEWS_TO_PAGE = 0.6
ROUNDS = 7


def paper(number: int, chance: random.Random) -> str:
    """Write a letter that gives some agencies something to do."""
    lines = [
        "THÀNH ỦY CẦN THƠ",
        "*",
        f"Số {number}-CV/TU",
        "",
        f"Cần Thơ, ngày {number % 27 + 1:02d} tháng 3 năm 2022",
        "",
    ]
    for point in range(1, chance.randint(3, 9)):
        lead, other = chance.sample(AGENCIES, 2)
        lines.append(
            f"{point}. Giao {lead} chủ trì, phối hợp với {other} rà soát danh mục số {number}.{point}, "
            f"báo cáo trước ngày {chance.randint(1, 28)}/{chance.randint(1, 12)}/2023."
        )
    return "\n".join([*lines, f"Đến nay có {chance.randint(3, 90)}/100 nhiệm vụ đã hoàn thành."])


def write_files(folder: Path, count: int, chance: random.Random) -> None:
    for number in range(1, count + 1):
        text = paper(number, chance)
        if number % 2:
            (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
        else:
            file, kept = docx.Document(), io.BytesIO()
            for line in text.split("\n"):
                file.add_paragraph(line)
            file.save(kept)
            (folder / f"{number:04}.docx").write_bytes(kept.getvalue())


def signed_in() -> Client:
    """Found an office with an officer, and give a browser in which the officer is signed in."""
    from django.conf import settings
    from django.test import Client

    from dondoc.office.access import Actor, Viewer
    from dondoc.office.actions.offices import found_office
    from dondoc.office.actions.people import add_account

    settings.ALLOWED_HOSTS = ["testserver"]
    office = found_office(
        key="bench", name="Văn phòng", place="Cần Thơ", hierarchy="party", body_name="Thành ủy Cần Thơ",
        body_kind="party_committee", on=START, actor_name="hệ thống",
    )  # fmt: skip
    actor = Actor(Viewer(None, office.pk, "administrator"), "Nguyễn Văn Thử")
    user = add_account(
        username="bench", password="mat khau du dai 2022", full_name="Cán bộ", role="officer", agency=None, on=START,
        actor=actor,
    )  # fmt: skip
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def seconds(ask: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the middle of the times that something takes."""
    times = []
    for _round in range(rounds):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def ingest(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dondoc.cli", "ingest", str(folder), "--as", "bench"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def asked_meanwhile(running: subprocess.Popen[bytes], ask: Callable[[], object]) -> tuple[float, float]:
    """Ask for a page until a command has ended; give the middle of the times, and how long the command took."""
    began, times = time.perf_counter(), []
    while running.poll() is None:
        asked = time.perf_counter()
        ask()
        times.append(time.perf_counter() - asked)
        time.sleep(0.2)
    assert running.returncode == 0, "not every file was taken in"
    return statistics.median(times), time.perf_counter() - began


def measure(count: int, seed: int) -> list[str]:
    """Put the files in twice and print the ratios; give those that are worse than wanted."""
    client = signed_in()
    with tempfile.TemporaryDirectory(prefix="dd-") as name:
        folder = Path(name)
        write_files(folder, count, random.Random(seed))
        client.get("/documents/")
        alone = seconds(lambda: client.get("/documents/"))
        busy, new = asked_meanwhile(ingest(folder), lambda: client.get("/documents/"))
        after = seconds(lambda: client.get("/documents/"))
        _busy, known = asked_meanwhile(ingest(folder), lambda: client.get("/documents/"))
    page = f"/deliveries/{_first_delivery()}/"
    # What a page that has every file asks: what is new since this instant.
    asked = {"since": datetime.now(UTC).isoformat(), "first": "1", "last": str(count), "grows": "1"}
    whole = seconds(lambda: client.get(page))
    news = seconds(lambda: client.get(f"{page}progress/", asked))
    print(f"{count} files: {new:.1f} s, {count / new:.1f} a second, taken in and read; again: {known:.1f} s")
    ratios = {
        "a file that is known, to one that is new": (known / new, KNOWN_TO_NEW),
        "the list of documents while files come in, to the same alone": (busy / max(alone, after), BUSY_TO_ALONE),
        "asking a delivery for news, to its whole page": (news / whole, NEWS_TO_PAGE),
    }
    for what, (ratio, wanted) in ratios.items():
        print(f"{what}: {ratio:.2f} (at most {wanted})")
    return [what for what, (ratio, wanted) in ratios.items() if ratio > wanted]


def _first_delivery() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select min(id) from office_delivery")
        return int(cursor.fetchone()[0])


def main() -> int:
    """Measure; the exit code says whether it is quick enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--files", type=int, default=40, help="40 take a few minutes on a small machine that does other work, too"
    )
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    with database() as url:
        set_up(url)
        try:
            worse = measure(options.files, options.seed)
        finally:
            from django.db import connections

            connections.close_all()
    return 1 if worse else 0


if __name__ == "__main__":
    os.environ.setdefault("DONDOC_DEBUG", "0")
    sys.exit(main())
