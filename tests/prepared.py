"""Folders of an office that many tests begin from: each made once in a run, by the product itself, then copied.

Making the tables takes longer than anything else here, so only the tests that are about the first start do it again.
"""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from dondoc import engine

# Named by the process that began the run, for all the processes among which it shares the tests out.
ROOT = "DONDOC_TESTS_PREPARED"
# What is written is read again by this machine only, and gone when the tests are over.
UNSAFE_BUT_QUICK = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n"
TABLES = """
from dondoc.cli.office import opened_office
with opened_office(migrate=True):
    pass
"""


def begin() -> None:
    """Name a place for the prepared folders that the server's account can pass through."""
    root = Path(tempfile.mkdtemp(prefix="dd-")).resolve()
    root.chmod(0o755)
    os.environ[ROOT] = str(root)


def end() -> None:
    """Throw the prepared folders away."""
    shutil.rmtree(os.environ.pop(ROOT), ignore_errors=True)


def environment(home: Path) -> dict[str, str]:
    """Return the environment in which the commands of the product work on a folder."""
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    return {k: v for k, v in os.environ.items() if k not in left_out} | {"DONDOC_HOME": str(home)}


def run(home: Path, *words: str) -> str:
    """Run a program of ours on a folder; when it fails, show what it said."""
    done = subprocess.run([sys.executable, *words], env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def prepared(name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of that name, made by whichever process asks first; the others wait for it."""
    root = Path(os.environ[ROOT])
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / name).exists():
            half = root / f"{name}.half"
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(root / name)
    return root / name


def copied(source: Path, target: Path, *, quick: bool = True) -> Path:
    """Copy a folder that nobody is using, with the owners of its files; `quick` leaves out waiting for the disk."""
    subprocess.run(["cp", "--archive", "--no-target-directory", str(source), str(target)], check=True)
    if quick:
        with (target / "database" / "postgresql.auto.conf").open("a") as settings:
            settings.write(UNSAFE_BUT_QUICK)
    return target


def free_port() -> int:
    """Find a port for a server: none that this run has given before, and none that the system gives to clients."""
    with (Path(os.environ[ROOT]) / "port").open("a+") as last:
        fcntl.flock(last, fcntl.LOCK_EX)
        last.seek(0)
        port = int(last.read() or random.randrange(12_000, 28_000))
        while True:
            port += 1
            with socket.socket() as tried:
                try:
                    tried.bind(("127.0.0.1", port))
                except OSError:
                    continue
            last.truncate(0)
            last.write(str(port))
            return port


def empty() -> Path:
    """A folder whose server was started and stopped once; its database is empty."""

    def make(home: Path) -> None:
        with engine.running(home):
            pass

    return prepared("empty", make)


def with_tables() -> Path:
    """A folder whose database has the tables of this version and no office."""
    return prepared("tables", lambda home: run(copied(empty(), home), "-c", TABLES))


def with_demo() -> Path:
    """A folder with the demo office, built through its actions as `dondoc demo` builds it."""
    command = ("-m", "dondoc.cli", "demo", "--load-only")
    return prepared("demo", lambda home: run(copied(with_tables(), home), *command))
