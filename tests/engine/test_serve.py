"""`dondoc serve` is the site and the work behind it; they end together, however they are ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import prepared
from engine.processes import PATIENCE, postmaster, servers, wait_until

pytestmark = pytest.mark.engine


class Site:
    """A running `dondoc serve` with a folder and a port of its own."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.port = prepared.free_port()
        self.log = home.with_name("said")
        environment = {**os.environ, "DONDOC_HOME": str(home)}
        environment.pop("DATABASE_URL", None)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dondoc.cli", "serve", "--port", str(self.port), *arguments],
                env=environment,
                stdout=log,
                stderr=log,
            )

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=30).close()
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            return False
        return True

    def ready(self) -> None:
        """Wait for the first answer; when it ends instead, show what it said."""
        wait_until(lambda: self.answers() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.log.read_text()

    def children(self) -> dict[str, int]:
        """Return the numbers of the child processes, under the name of their command."""
        found = {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                words = (entry / "cmdline").read_text().split("\0")
                if parent == self.process.pid and "dondoc.cli" in words:
                    found[words[words.index("dondoc.cli") + 1]] = int(entry.name)
        return found


@pytest.fixture
def site(home: Path) -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def start(*arguments: str) -> Site:
        sites.append(Site(home, *arguments))
        return sites[-1]

    yield start
    for one in sites:
        children = one.children().values() if one.process.poll() is None else ()
        one.process.kill()
        one.process.wait()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def gone(pid: int) -> bool:
    try:  # one that has ended and was not yet asked for its code has no command any more
        return not Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True


def test_a_day_in_the_life_of_a_site(home: Path, site: Callable[..., Site]) -> None:
    """The worker dies, the database dies, the site goes on; then it is told to end, and nothing is left."""
    running = site()
    running.ready()
    assert f"http://127.0.0.1:{running.port}/" in running.said()

    first = running.children()["worker"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: running.children().get("worker", first) != first)
    assert "Bộ xử lý việc nền đã dừng (mã -9), đang chạy lại." in running.said()

    subprocess.run(["kill", "-9", str(postmaster(home))], check=True)
    wait_until(lambda: "đang phục hồi" in running.said())
    wait_until(running.answers)

    left = list(running.children().values())
    running.process.terminate()
    assert running.process.wait(PATIENCE) == 0
    assert all(gone(pid) for pid in left)
    assert servers(home) == []


def test_the_site_itself_dies(with_tables: Path, site: Callable[..., Site]) -> None:
    running = site()
    running.ready()
    worker = running.children()["worker"]
    os.kill(running.children()["serve"], signal.SIGKILL)
    assert running.process.wait(PATIENCE) == 1
    assert "Trang web đã dừng (mã -9), dừng cả hệ thống." in running.said()
    assert gone(worker)
    assert servers(with_tables) == []


def test_the_process_above_all_is_killed(with_tables: Path, site: Callable[..., Site]) -> None:
    running = site()
    running.ready()
    left = list(running.children().values())
    running.process.kill()
    wait_until(lambda: all(gone(pid) for pid in left) and not servers(with_tables))
    assert not running.answers()


def test_a_taken_port_is_refused_before_anything_is_started(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "dondoc.cli", "serve", "--port", str(port)],
            env={**os.environ, "DONDOC_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "--port" in done.stderr
    assert not home.exists()


def test_a_second_worker_joins_and_leaves(with_tables: Path, site: Callable[..., Site]) -> None:
    running = site()
    running.ready()
    environment = {**os.environ, "DONDOC_HOME": str(with_tables)}
    with subprocess.Popen([sys.executable, "-m", "dondoc.cli", "worker"], env=environment) as second:
        wait_until(lambda: count_of_workers(with_tables) == 2)
        second.terminate()
        assert second.wait(PATIENCE) == 0
    assert running.answers()


def count_of_workers(home: Path) -> int:
    import psycopg

    url = f"postgresql://dondoc@/dondoc?host={home}/run&port=5432"
    with psycopg.connect(url) as connection:
        found = connection.execute("select count(*) from procrastinate_workers").fetchone()
    return int(found[0]) if found else 0
