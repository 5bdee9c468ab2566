"""One PostgreSQL server in one folder: made, started, found again and stopped.

We start the program itself, without pg_ctl: its `start` hands paths to a shell, and its `stop` trusts the
number in `postmaster.pid` even when that number is another program's by now. Linux only (it asks /proc).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .account import Account, check_owner
from .lease import Say
from .programs import MAJOR, launcher
from .refusals import NotADatabase, StartFailed, WrongVersion, disk_full

PORT = 5432  # only a part of the socket's name: nothing listens on the network
SETTINGS = {
    # Relative to the data: holds however long the way to the folder is, and after the folder has moved.
    "unix_socket_directories": "../run",
    "unix_socket_permissions": "0700",
    "listen_addresses": "",
    "port": str(PORT),
    # Shared memory between processes of one query stays in the folder too, not in /dev/shm.
    "dynamic_shared_memory_type": "mmap",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
LOG_LIMIT = 10_000_000
TELL_EVERY = 10.0
STOP_PATIENCE = 120.0

_started: list[subprocess.Popen[bytes]] = []


class Cluster:
    """The server of one folder: its files, its process, and what its log says."""

    def __init__(self, home: Path, account: Account) -> None:
        self.home = home
        self.account = account
        self.data = home / "database"
        self.sockets = home / "run"
        self.log = home / "postgres.log"

    def prepare(self) -> None:
        """Make the data when there are none, and refuse those that this program cannot serve."""
        if not self.data.exists():
            self._initialise()
        check_owner(self.data, self.account.uid)
        self._check_version()
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        check_owner(self.sockets, os.geteuid() if not self.account.lent else self._lend(self.sockets))
        self.sockets.chmod(0o700)

    def _lend(self, folder: Path) -> int:
        os.chown(folder, self.account.uid, self.account.gid)
        return self.account.uid

    def _initialise(self) -> None:
        # Beside the final name, then renamed: a first start that is killed leaves nothing that looks whole.
        new = self.home / "database.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if self.account.lent:
            self._lend(new)
        start = launcher(self.home, self.account)
        # The built-in provider's C.UTF-8 is the same on every machine and needs no locale installed.
        # Without a password: whoever gets into the socket's folder (0700) is the owner or root.
        done = start.run(
            "initdb", "-D", start.seen(new), "-U", "dondoc", "--encoding=UTF8", "--no-instructions",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            "--auth-local=trust", "--auth-host=reject",
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(new, ignore_errors=True)
            self._refuse(done.stderr.decode(errors="replace"))
        new.rename(self.data)

    def _check_version(self) -> None:
        try:
            version = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise NotADatabase(
                f"{self.data} không phải là dữ liệu PostgreSQL: "
                "hãy chuyển nó đi nơi khác, hoặc đặt DONDOC_HOME là thư mục khác."
            ) from None
        if version != str(MAJOR):
            raise WrongVersion(
                f"{self.data} do PostgreSQL {version} tạo, bản này dùng PostgreSQL {MAJOR}: hãy sao lưu "
                "bằng bản Đôn Đốc cũ (dondoc backup) rồi khôi phục vào thư mục mới (dondoc restore)."
            )

    def launch(self, say: Say) -> subprocess.Popen[bytes]:
        """Start the server and wait until its number is on file; it may still be recovering then."""
        start = launcher(self.home, self.account)
        self._clear_stale(say)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        with self.log.open("ab") as log:
            offset = log.tell()
            process = start.start("postgres", "-D", start.seen(self.data), *options, output=log)
        _started.append(process)
        while self.postmaster() != process.pid:
            if process.poll() is not None:
                self._refuse(self._said_since(offset))
            time.sleep(0.01)
        return process

    def _clear_stale(self, say: Say) -> None:
        """Remove what a killed server left. Nothing goes while a process of ours has the data open."""
        for process in _started:
            process.poll()
        files = [self.data / "postmaster.pid", self.sockets / f".s.PGSQL.{PORT}.lock"]
        if not any(file.exists() for file in files):
            return
        say("Lần trước cơ sở dữ liệu bị dừng đột ngột, đang phục hồi; việc này có thể mất vài phút.")
        # Its children end by themselves when they notice; one in the middle of a long query does not notice.
        for hint in (signal.SIGCONT, signal.SIGQUIT, signal.SIGKILL):
            until = time.monotonic() + 5
            while (left := self._processes()) and time.monotonic() < until:
                for pid in left:
                    _send(pid, hint)
                time.sleep(0.05)
        # PostgreSQL would refuse when the number in one of them is any living program's of the same user.
        for file in files:
            file.unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        return [int(entry) for entry in os.listdir("/proc") if entry.isdigit() and self._is_ours(int(entry))]

    def _is_ours(self, pid: int) -> bool:
        """A number counts only when that process is a PostgreSQL that works in our data folder."""
        try:
            name = os.path.basename(os.readlink(f"/proc/{pid}/exe")).removesuffix(" (deleted)")
            return name == "postgres" and os.path.samefile(f"/proc/{pid}/cwd", self.data)
        except OSError:  # it has ended, or it is another user's
            return False

    def _lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def postmaster(self) -> int | None:
        """Return the number of the running server's first process, or None."""
        lines = self._lines()
        pid = int(lines[0]) if lines and lines[0].isdigit() else None
        return pid if pid is not None and self._is_ours(pid) else None

    def status(self) -> str:
        """Return `ready`, `starting`, `stopping` … as the running server put it on file, or an empty text."""
        lines = self._lines() if self.postmaster() else []
        return lines[7].strip() if len(lines) > 7 else ""

    def wait(self, process: subprocess.Popen[bytes] | None, say: Say) -> bool:
        """Wait until the server answers, however long it recovers; say so every ten seconds.

        False when it went away without having been started by us: then the caller starts it."""
        since, told = time.monotonic(), 0.0
        while self.status() != "ready":
            if self.postmaster() is None:
                if process is not None:
                    self._refuse(self._said_since(max(0, self.log.stat().st_size - 4000)))
                return False
            waited = time.monotonic() - since
            if waited - told >= TELL_EVERY:
                told = waited
                say(f"Cơ sở dữ liệu vẫn đang phục hồi, đã {waited:.0f} giây; xin chờ, đừng tắt máy.")
            time.sleep(0.02)
        return True

    def stop(self, say: Say) -> None:
        """Stop the server: let running statements be undone, write everything, end."""
        pid = self.postmaster()
        if pid is None:
            return
        since, told, hint = time.monotonic(), False, signal.SIGINT
        _send(pid, hint)
        while self._is_ours(pid):
            waited = time.monotonic() - since
            if waited > TELL_EVERY and not told:
                say("Đang ghi nốt dữ liệu và đóng cơ sở dữ liệu.")
                told = True
            if waited > STOP_PATIENCE and hint == signal.SIGINT:
                # An immediate stop loses nothing: the next start recovers.
                hint = signal.SIGQUIT
                _send(pid, hint)
            time.sleep(0.02)
        for process in _started:
            process.poll()

    def _said_since(self, offset: int) -> str:
        with self.log.open("rb") as log:
            log.seek(offset)
            return log.read().decode(errors="replace")

    def _refuse(self, words: str) -> None:
        if "No space left on device" in words or "Disk quota exceeded" in words:
            raise disk_full(self.home)
        telling = [line for line in words.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
        last = (telling or words.splitlines() or ["(không có lời nào)"])[-1].strip()
        raise StartFailed(f"PostgreSQL không khởi động được ({last}): hãy xem {self.log}.")


def _send(pid: int, what: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, what)
