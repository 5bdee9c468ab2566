"""The one place where a command gets at the office's records: database, settings, structure."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn

import typer

from dondoc import engine

# Any number that no other program on the same PostgreSQL is likely to lock.
MIGRATION_LOCK = 6_401_059_202


def refuse(sentence: str) -> NoReturn:
    """End the command with one red sentence and exit code 1, without a traceback."""
    typer.secho(sentence, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)


# True while DATABASE_URL names the server that runs in DONDOC_HOME for this process.
_ours: ContextVar[bool] = ContextVar("ours", default=False)


@contextmanager
def opened_database() -> Iterator[str]:
    """Have the database running for the block and named in DATABASE_URL; a refusal ends the command."""
    try:
        with engine.database() as url:
            given = os.environ.get("DATABASE_URL")
            os.environ["DATABASE_URL"] = url
            before = _ours.set(not given)
            try:
                yield url
            finally:
                _ours.reset(before)
                if not given:
                    del os.environ["DATABASE_URL"]
    except engine.Refused as refusal:
        refuse(str(refusal))


def outside_environment() -> dict[str, str]:
    """Return the environment as it was before a database of our own was opened.

    A process started with it takes its own share in the server; borrowing ours, it would lose it with us."""
    return {k: v for k, v in os.environ.items() if not (k == "DATABASE_URL" and _ours.get())}


@contextmanager
def opened_office(*, migrate: bool = False) -> Iterator[str]:
    """Have the office's records at hand for the block: database running, Django set up.

    With `migrate` the tables are brought up to date first; without it a database that is not up to date is
    refused. Gives the database's address."""
    with opened_database() as url:
        set_up()
        try:
            if migrate:
                bring_up_to_date()
            else:
                _check_up_to_date()
            yield url
        finally:
            from django.db import connections

            connections.close_all()


def set_up() -> None:
    """Set Django up for the opened database, without asking what the database holds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
    secret_key()
    import django

    django.setup()


def secret_key() -> None:
    """Set DONDOC_SECRET_KEY, which signs log-ins, from the office's folder; made there the first time."""
    if os.environ.get("DONDOC_SECRET_KEY"):
        return
    path = engine.home_folder() / "secret_key"
    with engine.refusing(path.parent):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with open(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
        os.environ["DONDOC_SECRET_KEY"] = _read_key(path)


def _read_key(path: Path) -> str:
    key = path.read_text().strip()
    return key or refuse(f"{path} trống: hãy xóa tệp này rồi chạy lại (mọi người sẽ đăng nhập lại).")


def bring_up_to_date() -> None:
    """Create or change the tables as this version needs them; two processes at once take turns."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _check_up_to_date() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        refuse(
            "Cơ sở dữ liệu còn trống hoặc của một bản Đôn Đốc khác: "
            "hãy chạy `dondoc serve` (hoặc `dondoc demo`) của bản này một lần rồi thử lại."
        )
