"""`dondoc demo`: two sample offices with a real history, to look at and to try things on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import psycopg
import typer

from dondoc import engine
from dondoc.cli.office import bring_up_to_date, opened_database, opened_office, refuse
from dondoc.cli.server import Port, announce, check_port, run_site

HOST = "127.0.0.1"  # its passwords are known to everybody: it never answers another machine
DEMO_LOCK = 6_401_059_203


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("demo")(demo)


def demo(
    *,
    port: Port = 8000,
    fresh: Annotated[bool, typer.Option("--fresh", help="Xóa bản mẫu cũ, dựng lại từ đầu.")] = False,
    stay: Annotated[
        bool, typer.Option("--stay/--load-only", help="Chạy trang web sau khi dựng, hoặc chỉ dựng dữ liệu rồi thôi.")
    ] = True,
) -> None:
    """Dựng văn phòng mẫu nếu chưa có, in địa chỉ và tài khoản, rồi chạy trang web trên máy này."""
    if stay:
        check_port(HOST, port)
    if fresh:
        with opened_database() as url:
            wipe(url)
    with opened_office(migrate=True) as url:
        ensure_built(url)
        if not stay:
            print_accounts()
            return
        code = run_site(HOST, port, on_ready=lambda: greet(port))
    raise typer.Exit(code)


def greet(port: int) -> None:
    """Say where the site is and who can sign in."""
    announce(HOST, port)
    print_accounts()


def ensure_built(url: str) -> None:
    """Build the demo unless it is there; one that was cut off is begun anew. Inside `opened_office` only."""
    from django.db import connection, connections
    from django.utils import timezone

    from dondoc import demo
    from dondoc.office.queries import people

    with _one_at_a_time():
        if demo.is_foreign():
            refuse(
                "Cơ sở dữ liệu này đã có văn phòng thật nên không dựng văn phòng mẫu vào đây: "
                "hãy đặt DONDOC_HOME (hoặc DATABASE_URL) là một nơi riêng cho bản mẫu."
            )
        if demo.is_complete():
            return
        cut_off = bool(people.offices())
    if cut_off:
        engine.tell("Lần trước dựng dở dang, dựng lại từ đầu.")
        connections.close_all()
        wipe(url)
        bring_up_to_date()
    with _one_at_a_time():
        if not demo.is_complete():
            engine.tell("Đang dựng văn phòng mẫu (chừng nửa phút) ...")
            built = demo.build(today=timezone.localdate(), say=lambda name: engine.tell(f"  {name}"))
            for line in built.missing:
                engine.tell(f"  Không thấy trong văn bản mẫu: {line}")
    connection.close()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [DEMO_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [DEMO_LOCK])


def wipe(url: str) -> None:
    """Empty the database of the demo; refused when it holds a real office or another program is using it."""
    with psycopg.connect(url, autocommit=True) as connection:
        if _holds_a_real_office(connection):
            refuse("Cơ sở dữ liệu này có văn phòng thật: `dondoc demo` không xóa. Hãy dùng nơi khác cho bản mẫu.")
        others = connection.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and backend_type = 'client backend' and pid <> pg_backend_pid()"
        ).fetchone()
        if others is not None and others[0]:
            refuse("Trang web hoặc một lệnh khác đang dùng bản mẫu này: hãy dừng nó rồi chạy lại.")
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")


def _holds_a_real_office(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    ours = connection.execute("select to_regclass('public.office_office')").fetchone()
    if ours is None or ours[0] is None:
        # Tables, and none of them ours: somebody else's database.
        return bool(tables and tables[0])
    real = connection.execute("select count(*) from office_office where not is_sample").fetchone()
    return bool(real and real[0])


def print_accounts() -> None:
    """Print the log-ins, office by office."""
    from dondoc import demo
    from dondoc.office.queries import people

    names = {office.key: office.name for office in people.offices()}
    office = ""
    for account in demo.accounts():
        if account.office != office:
            office = account.office
            typer.echo(f"\n{names[office]}")
        role = people.role_label(account.role)
        typer.echo(f"  {account.username:<12} {account.password:<22} {role}: {account.full_name}")
    typer.echo("")
