"""Who is using the database of a folder, and whose turn it is to start or stop it.

Two files in the folder, both locked with `flock`, which the system releases when a process ends in any way:

* `lease`: every process that uses the server holds it shared. Whoever can have it alone is the last one.
* `door`: held alone for the short moments in which a server is started or stopped.

The files are never deleted: a lock on a deleted file excludes nobody.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Say = Callable[[str], None]

PATIENCE = 3.0
STEP = 0.05


def _opened(path: Path) -> int:
    # Python marks the descriptor close-on-exec, so the server and other programs started by us never hold it.
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


@contextmanager
def door(home: Path, say: Say) -> Iterator[None]:
    """Hold the right to start or stop the server, waiting for whoever has it now."""
    descriptor = _opened(home / "door")
    try:
        since, told = time.monotonic(), False
        while not _locked(descriptor, fcntl.LOCK_EX):
            if not told and time.monotonic() - since > PATIENCE:
                say("Đang chờ một tiến trình khác mở hoặc đóng xong cơ sở dữ liệu.")
                told = True
            time.sleep(STEP)
        yield
    finally:
        os.close(descriptor)


def taken(home: Path, say: Say) -> int:
    """Take a share of the lease; return its open file. Closing the file gives the share back."""
    with door(home, say):
        descriptor = _opened(home / "lease")
        # Only somebody behind the door holds the lease alone, and that is us now: this cannot wait.
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        return descriptor


def is_last(descriptor: int) -> bool:
    """Say whether no other process uses the server. Call it behind the door; the share is gone afterwards."""
    return _locked(descriptor, fcntl.LOCK_EX)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
