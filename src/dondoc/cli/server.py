"""`dondoc serve` and `dondoc worker`: the site and the work behind it, as processes that end together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer

from dondoc import engine
from dondoc.cli.office import opened_office, outside_environment, refuse

PR_SET_PDEATHSIG = 1
STEP = 0.2
LOOK_AT_DATABASE_EVERY = 5.0
END_PATIENCE = 30.0
JOB_PATIENCE = 20.0
LONGEST_PAUSE = 30.0
NICE = 10  # what is read in the background gives way to the people at the pages

Port = Annotated[int, typer.Option(help="Cổng của trang web.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="Địa chỉ mà trang web lắng nghe.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("serve")(serve)
    app.command("worker")(worker)


def serve(
    *,
    port: Port = 8000,
    host: Host = "127.0.0.1",
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Chỉ chạy trang web.")] = False,
    processes: Annotated[int, typer.Option(help="Số tiến trình của trang web.", min=1)] = 1,
    reload: Annotated[bool, typer.Option("--reload", help="Chạy lại khi mã nguồn đổi (cho người phát triển).")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", hidden=True)] = False,
) -> None:
    """Chạy trang web và bộ xử lý việc nền; dừng bằng Ctrl-C."""
    if not no_worker:
        check_port(host, port)
    with opened_office(migrate=True):
        if no_worker:
            code = run_web(host, port, processes=processes, reload=reload, quiet=quiet)
        else:
            code = run_site(host, port, processes=processes, reload=reload)
    raise typer.Exit(code)


def worker() -> None:
    """Chạy thêm một bộ xử lý việc nền; dừng bằng Ctrl-C."""
    os.nice(NICE)
    with _good_end_from_the_start(), opened_office():
        from procrastinate.contrib.django import app as jobs
        from procrastinate.contrib.django.django_connector import DjangoConnector

        assert isinstance(jobs.connector, DjangoConnector)
        with jobs.replace_connector(jobs.connector.get_worker_connector()) as running:
            running.run_worker(shutdown_graceful_timeout=JOB_PATIENCE)


def run_web(host: str, port: int, *, processes: int = 1, reload: bool = False, quiet: bool = False) -> int:
    """Answer browsers until told to end; give the exit code. Inside `opened_office` only."""
    if not quiet:
        threading.Thread(target=_announce_when_ready, args=(host, port), daemon=True).start()
    if reload:
        from django.core.management import call_command

        call_command("runserver", f"{host}:{port}", verbosity=0)
        return 0
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Each thread of the web server holds a connection to the database: few threads, more processes if asked.
    web = Granian(
        "dondoc.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=int(END_PATIENCE) // 2,
    )
    web.serve()
    return 0


def run_site(
    host: str,
    port: int,
    *,
    processes: int = 1,
    reload: bool = False,
    on_ready: Callable[[], None] | None = None,
) -> int:
    """Run the site and one worker until told to end; give the exit code. Inside `opened_office` only.

    A worker that dies is started again. When the site dies, everything ends and the code is not 0.
    `on_ready` is called once, when the site answers; without it the address is printed."""
    check_port(host, port)
    options = ["--host", host, "--port", str(port), "--processes", str(processes)]
    options += ["--reload"] if reload else []
    with _told_to_end() as ended:
        site = _child("serve", "--no-worker", "--quiet", *options)
        jobs = _Kept("worker")
        try:
            announced, looked = False, time.monotonic()
            while not ended():
                if (code := site.poll()) is not None:
                    engine.tell(f"Trang web đã dừng (mã {code}), dừng cả hệ thống.")
                    return code if code > 0 else 1
                jobs.look()
                if not announced and _answers(host, port):
                    announced = True
                    (on_ready or (lambda: announce(host, port)))()
                if time.monotonic() - looked > LOOK_AT_DATABASE_EVERY:
                    looked = time.monotonic()
                    _keep_database()
                time.sleep(STEP)
            return 0
        finally:
            _end(site, jobs.process)


def announce(host: str, port: int) -> None:
    """Print where the site is."""
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"Đôn Đốc đang chạy ở http://{shown}:{port}/ (Ctrl-C để dừng)")


def check_port(host: str, port: int) -> None:
    """Refuse, before anything is started, a port that is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            refuse(f"Không mở được cổng {port} ở {host} ({error.strerror}): hãy chọn cổng khác bằng --port.")


class _Kept:
    """A child process that is started again when it dies, after a pause that grows while it keeps dying."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.process = _child(*arguments)
        self.began = time.monotonic()
        self.pause = 0.5

    def look(self) -> None:
        code = self.process.poll()
        lived = time.monotonic() - self.began
        if code is None or lived < self.pause:
            return
        self.pause = 0.5 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        engine.tell(f"Bộ xử lý việc nền đã dừng (mã {code}), đang chạy lại.")
        self.process, self.began = _child(*self.arguments), time.monotonic()


def _child(*arguments: str) -> subprocess.Popen[bytes]:
    """Start one of our commands: it takes its own share in the database, and is told to end when we go."""
    return subprocess.Popen(
        [sys.executable, "-m", "dondoc.cli", *arguments],
        env=outside_environment(),
        start_new_session=True,  # Ctrl-C reaches us alone; we tell the children
        preexec_fn=_end_with_parent,  # noqa: PLW1509  one system call, and we have no other threads
    )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _end(*processes: subprocess.Popen[bytes]) -> None:
    """Ask the children to end and wait; what they started ends with them, in the last resort by force."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + END_PATIENCE
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def _told_to_end() -> Iterator[Callable[[], bool]]:
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    # One that was begun with `nohup` outlives its terminal.
    heard = [n for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP) if signal.getsignal(n) != signal.SIG_IGN]
    before = {number: signal.signal(number, note) for number in heard}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _good_end_from_the_start() -> Iterator[None]:
    """Take TERM as the good end that it is also before the worker itself listens: it is in the queue by then."""
    try:
        yield
    except SystemExit as told:
        if told.code != 128 + signal.SIGTERM:
            raise


def _keep_database() -> None:
    if "DATABASE_URL" in outside_environment():
        return
    try:
        engine.keep(engine.home_folder())
    except engine.Refused as refusal:
        engine.tell(str(refusal))


def _answers(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        socket.create_connection((reachable, port), timeout=1).close()
    except OSError:
        return False
    return True


def _announce_when_ready(host: str, port: int) -> None:
    while not _answers(host, port):
        time.sleep(STEP)
    announce(host, port)
