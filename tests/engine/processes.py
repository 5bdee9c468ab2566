"""Processes that use a folder's database, and what can be seen of the server from outside."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# One process that uses the database of a folder: it says its address, then answers one query for each line
# that it is given, and leaves at the end of its input.
USER = """
import sys
from pathlib import Path
import psycopg
from dondoc import engine
try:
    with engine.running(Path(sys.argv[1])) as url:
        print(url, flush=True)
        for line in sys.stdin:
            with psycopg.connect(url, autocommit=True) as connection:
                cursor = connection.execute(line)
                print(cursor.fetchone()[0] if cursor.description else cursor.statusmessage, flush=True)
except engine.Refused as refusal:
    sys.exit(f"{type(refusal).__name__}: {refusal}")
"""


# How long is waited where waiting is all that happens: no promise, only an end to what would never come.
PATIENCE = 300
ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def wait_until(holds: Callable[[], object]) -> None:
    """Wait for something that another process brings about; fail when it does not come."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


class User:
    """A process of its own that uses the database of a folder."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    def started(self) -> User:
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise AssertionError(self.process.communicate()[1])
        return self

    def ask(self, query: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(query + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def send(self, what: signal.Signals) -> int:
        self.process.send_signal(what)
        return self.process.wait(PATIENCE)

    def leave(self) -> tuple[int, str]:
        """End it in good order; give its exit code and what it said to whoever waits."""
        _out, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def servers(home: Path) -> list[int]:
    """List every PostgreSQL process that works in the folder's data."""
    found = []
    for entry in os.listdir("/proc"):
        with contextlib.suppress(OSError):
            if entry.isdigit() and os.path.samefile(f"/proc/{entry}/cwd", home / "database"):
                found.append(int(entry))
    return found


def postmaster(home: Path) -> int:
    """Return the number that the server has put on file."""
    return int((home / "database" / "postmaster.pid").read_text().split()[0])
