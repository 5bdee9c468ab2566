"""The database: the office's own PostgreSQL (DATABASE_URL), or one that runs in the folder DONDOC_HOME.

    with engine.running(home) as url:
        ...

Any number of processes may do this at once for one folder; they share one server, and the last to leave
stops it. A process that is killed leaves nothing behind that hinders the next one. No network port is opened.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import psycopg

from . import lease
from .account import check_owner, server_account
from .cluster import PORT, Cluster
from .lease import Say
from .programs import MAJOR, program
from .refusals import (
    DiskFull,
    FolderNotWritable,
    FolderOfAnother,
    NoAccount,
    NoAnswer,
    NoEngine,
    NotADatabase,
    OutOfReach,
    PathTooLong,
    Refused,
    ServerUnfit,
    StartFailed,
    WrongVersion,
    refusing,
)

__all__ = [
    "MAJOR",
    "DiskFull",
    "FolderNotWritable",
    "FolderOfAnother",
    "NoAccount",
    "NoAnswer",
    "NoEngine",
    "NotADatabase",
    "OutOfReach",
    "PathTooLong",
    "Refused",
    "ServerUnfit",
    "StartFailed",
    "WrongVersion",
    "checked",
    "database",
    "home_folder",
    "keep",
    "program",
    "refusing",
    "running",
    "tell",
]

OLDEST = 15
SOCKET_LIMIT = 107  # bytes in sun_path, less the closing zero


def tell(line: str) -> None:
    """Say one line to whoever waits, apart from the command's own output."""
    print(line, file=sys.stderr, flush=True)


def home_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of this office's data: DONDOC_HOME, or the usual place of the user.

    For root that is /var/lib/dondoc: others cannot pass through root's own folder, and the server's
    account is one of them."""
    if chosen := environ.get("DONDOC_HOME"):
        return Path(chosen).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/dondoc")
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dondoc"


@contextmanager
def database(environ: Mapping[str, str] = os.environ, *, say: Say = tell) -> Iterator[str]:
    """Open the office's database and give its address: DATABASE_URL, or else the one in DONDOC_HOME."""
    if url := environ.get("DATABASE_URL"):
        yield checked(url)
        return
    with running(home_folder(environ), say=say) as url:
        yield url


def checked(url: str) -> str:
    """Give back the address of a server that we can work with (15 or later, UTF-8); refuse any other."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version, encoding = connection.info.server_version // 10000, connection.info.encoding
            stored = connection.info.parameter_status("server_encoding") or encoding
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["?"])[0]
        raise NoAnswer(
            f"Không kết nối được với PostgreSQL ghi ở DATABASE_URL ({reason}): "
            "hãy kiểm tra địa chỉ, mật khẩu và máy chủ."
        ) from None
    if version < OLDEST:
        raise ServerUnfit(
            f"Máy chủ ở DATABASE_URL là PostgreSQL {version}, Đôn Đốc cần {OLDEST} trở lên: hãy nâng cấp."
        )
    if stored.upper().replace("-", "") != "UTF8":
        raise ServerUnfit(f"Cơ sở dữ liệu ở DATABASE_URL dùng bảng mã {stored}: hãy tạo lại với ENCODING 'UTF8'.")
    return url


@contextmanager
def running(home: Path, *, say: Say = tell) -> Iterator[str]:
    """Have a PostgreSQL of our own running in the folder for as long as the block lasts; give its address.

    The folder is made when missing. Ends cleanly on TERM and HUP too (as SystemExit in the main thread)."""
    home = home.absolute()
    with _ending_on_signals():
        with refusing(home):
            cluster = _prepared(home)
            share = lease.taken(home, say)
        try:
            with refusing(home):
                _ensure(cluster, say)
            yield _address(cluster.sockets, "dondoc")
        finally:
            _leave(cluster, share, say)


def keep(home: Path, *, say: Say = tell) -> None:
    """Start the server again if it has died under us. For long-running processes, inside `running`."""
    with refusing(home):
        _ensure(Cluster(home.absolute(), server_account()), say)


def _prepared(home: Path) -> Cluster:
    socket = home / "run" / f".s.PGSQL.{PORT}"
    if len(os.fsencode(socket)) > SOCKET_LIMIT:
        room = SOCKET_LIMIT - len(os.fsencode(socket.relative_to(home))) - 1
        raise PathTooLong(
            f"Đường dẫn {home} dài {len(os.fsencode(home))} byte, hệ thống chỉ cho {room}: "
            "hãy đặt DONDOC_HOME là một thư mục có đường dẫn ngắn hơn."
        )
    if "," in str(home):
        raise PathTooLong(f"Đường dẫn {home} có dấu phẩy: hãy đặt DONDOC_HOME là thư mục không có dấu phẩy.")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_owner(home, os.geteuid())
    account = server_account()
    if account.lent:
        _let_through(home, account.gid)
    return Cluster(home, account)


def _let_through(home: Path, group: int) -> None:
    """Let the account pass through the folder to its own part of it, without seeing what else is there."""
    mode = home.stat().st_mode & 0o777
    if not mode & 0o001:
        os.chown(home, -1, group)
        home.chmod((mode & 0o707) | 0o010)


def _address(sockets: Path, name: str) -> str:
    return f"postgresql://dondoc@/{name}?host={quote(str(sockets), safe='/')}&port={PORT}"


def _ensure(cluster: Cluster, say: Say) -> None:
    """Have the server answer and the database exist, whoever starts it."""
    ready = False
    while not ready:
        process = None
        with lease.door(cluster.home, say):
            cluster.prepare()
            if cluster.status().startswith("stopping"):
                # Somebody told the server itself to end: while a client stays it neither ends nor answers.
                cluster.stop(say)
            if not _answers(cluster) and cluster.postmaster() is None:
                process = cluster.launch(say)
        ready = cluster.wait(process, say)
    with psycopg.connect(_address(cluster.sockets, "postgres"), autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = 'dondoc'").fetchone():
            # Two first starts at once: the second finds it made.
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute("create database dondoc")


def _answers(cluster: Cluster) -> bool:
    """True also for a server that another container runs on this folder: its process is not seen here."""
    if not (cluster.sockets / f".s.PGSQL.{PORT}").exists():
        return False
    try:
        psycopg.connect(_address(cluster.sockets, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _leave(cluster: Cluster, share: int, say: Say) -> None:
    with _undisturbed():
        try:
            with lease.door(cluster.home, say):
                if lease.is_last(share):
                    cluster.stop(say)
        except FileNotFoundError:
            pass  # the folder was deleted under us: the server sees it too and ends by itself
        finally:
            os.close(share)


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Let TERM and HUP end the process through its `finally` blocks; handlers that are there already stay."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    ours = [n for n in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(n) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put TERM and HUP off while leaving, so that a second one does not leave the server running."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
