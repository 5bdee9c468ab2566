"""Folders, processes and accounts with which the engine is tried; every server is a real one."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import prepared
from engine.processes import ENDINGS, User, servers


@pytest.fixture(autouse=True)
def every_signal_is_heard() -> Iterator[None]:
    """Let the processes begun here hear each signal, though the tests were begun with `nohup` or behind a `&`."""
    deaf = [number for number in ENDINGS if signal.getsignal(number) == signal.SIG_IGN]
    for number in deaf:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in deaf:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def begin() -> Iterator[Callable[..., User]]:
    """Start processes that use a folder's database; those still there at the end are killed."""
    users: list[User] = []

    def start(home: Path, **environment: str) -> User:
        users.append(User(home, **environment))
        return users[-1]

    yield start
    for user in users:
        user.process.kill()
        user.process.communicate()


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a folder that every user of the machine may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="dd-")).resolve()
    folder.chmod(0o755)
    yield folder
    for home in {path.parent for path in folder.rglob("postmaster.pid")}:
        for pid in servers(home.parent):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(place: Path) -> Path:
    """Name a folder for an office's data that does not exist yet."""
    return place / "office"


@pytest.fixture
def made(home: Path) -> Path:
    """Give the folder of an office whose server was started and stopped before: how it is made is tried elsewhere."""
    return prepared.copied(prepared.empty(), home, quick=False)


@pytest.fixture
def with_tables(home: Path) -> Path:
    """Give the folder of an office that has its tables and was closed."""
    return prepared.copied(prepared.with_tables(), home, quick=False)


@pytest.fixture
def as_plain_user() -> Callable[[Callable[[], str]], str]:
    """Run something as an ordinary user without rights, in a process of its own; give what it returns.

    Without being root we are that user already."""

    def run(task: Callable[[], str]) -> str:
        if os.geteuid() != 0:
            return task()
        nobody = pwd.getpwnam("nobody")
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(out)
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            try:
                said = task()
            except BaseException as error:
                said = f"{type(error).__name__}: {error}"
            os.write(into, said.encode())
            os._exit(0)
        os.close(into)
        with os.fdopen(out, "rb") as stream:
            said = stream.read().decode()
        os.waitpid(child, 0)
        return said

    return run


@pytest.fixture
def small_disk(place: Path) -> Iterator[Callable[[int], Path]]:
    """Mount a disk of so many megabytes below the place; called again, it changes the size."""
    disk = place / "disk"

    def sized(megabytes: int) -> Path:
        mounted = disk.is_mount()
        disk.mkdir(exist_ok=True)
        option = f"size={megabytes}m" + (",remount" if mounted else "")
        command = ["mount", "-t", "tmpfs", "-o", f"{option},mode=755", "tmpfs", str(disk)]
        if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("only root with the right to mount can make a small disk")
        return disk

    yield sized
    if disk.is_mount():
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
