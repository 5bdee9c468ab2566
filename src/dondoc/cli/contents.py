"""The database's contents: written out, read in, and told apart by a fingerprint for each table.

The fingerprint is computed by PostgreSQL itself, the same way before and after, so that a restored database
is compared with the saved one row by row without either being held in memory.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dondoc import engine

# A value must be written the same way by every server that counts it.
PLAIN = """
set local datestyle to 'ISO, YMD'; set local timezone to 'UTC'; set local intervalstyle to 'postgres';
set local extra_float_digits to 1; set local bytea_output to 'hex'; set local search_path to 'pg_catalog';
"""
OURS = "n.nspname <> 'information_schema' and n.nspname !~ '^pg_'"
TABLES = f"""
select n.nspname, c.relname
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and {OURS} order by 1, 2
"""  # noqa: S608
# Order-independent: the digests of the rows, sorted, digested once more.
FINGERPRINT = """
select count(*), encode(sha256(coalesce(string_agg(digest_, ''::bytea order by digest_), ''::bytea)), 'hex')
from (select sha256(convert_to((row_.*)::text, 'UTF8')) as digest_ from only {} as row_) as digests_
"""
HEADS = """
select distinct on (l.office_id) l.office_id, o.key, l.seq, l.hash
from public.office_logentry l join public.office_office o on o.id = l.office_id
order by l.office_id, l.seq desc
"""
MIGRATIONS = "select app || '.' || name from public.django_migrations order by 1"
DIFFERS = "DONDOC_DIFFERS"
FIRST_WITH_TRANSACTION_TIMEOUT = 17
COLUMN_OPTIONS = re.compile(rb"(ALTER TABLE .* ALTER COLUMN .* SET \()(.*)\);\n")
END_OF_DATA = b"\\.\n"


class Unrestored(Exception):
    """The contents could not be put into the database, or did not come out the same; nothing was kept."""


@dataclass(frozen=True)
class Head:
    """Where an office's log ends: its last entry's number and hash."""

    office_id: int
    office: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Contents:
    """What a database holds: each table's rows and fingerprint, the heads of the logs, the migrations."""

    server: int
    tables: Mapping[str, tuple[int, str]]
    heads: tuple[Head, ...]
    migrations: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _fingerprint in self.tables.values())


@contextmanager
def frozen(url: str) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """Hold one moment of the database still, while others go on writing; give the name of the snapshot."""
    with psycopg.connect(url) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        for setting in PLAIN.strip().split(";")[:-1]:
            connection.execute(setting)
        row = connection.execute("select pg_catalog.pg_export_snapshot()").fetchone()
        assert row is not None
        yield connection, row[0]


def contents(connection: psycopg.Connection[Any]) -> Contents:
    """Describe what the database holds at the moment that the connection sees."""
    names = connection.execute(TABLES).fetchall()
    tables = {}
    for schema, name in names:
        found = connection.execute(sql.SQL(FINGERPRINT).format(sql.Identifier(schema, name))).fetchone()
        assert found is not None
        tables[f"{schema}.{name}"] = (found[0], found[1])
    heads = connection.execute(HEADS).fetchall() if "public.office_logentry" in tables else []
    known = connection.execute(MIGRATIONS).fetchall() if "public.django_migrations" in tables else []
    return Contents(
        server=connection.info.server_version,
        tables=tables,
        heads=tuple(Head(*head) for head in heads),
        migrations=tuple(name for (name,) in known),
    )


def is_empty(url: str) -> bool:
    """Say whether the database holds nothing at all."""
    query = f"""select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where {OURS} limit 1"""  # noqa: S608
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone() is None


@contextmanager
def dumping(url: str, snapshot: str) -> Iterator[IO[bytes]]:
    """Write the database out as it was at the snapshot; read the bytes from what this gives."""
    server = _server_version(url)
    command = [_tool("pg_dump", server), "--format=custom", "--no-owner", "--no-privileges"]
    target, environment = _address(url)
    command += [f"--snapshot={snapshot}", f"--dbname={target}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as dump:
        assert dump.stdout is not None
        assert dump.stderr is not None
        try:
            yield dump.stdout
        except BaseException:  # any error: undo and pass on
            dump.kill()
            raise
        words = dump.stderr.read().decode(errors="replace")
    if dump.returncode:
        raise Unrestored(_last(words))


def read_in(url: str, dump: Path, expected: Contents) -> None:
    """Put a dump into an empty database: kept only when every table's rows are the same as before."""
    server = _server_version(url)
    target, environment = _address(url)
    reading = [_tool("pg_restore", server), "--no-owner", "--no-privileges", "--file=-", str(dump)]
    writing = [_tool("psql", server), "--no-psqlrc", "--quiet", "--output=/dev/null", "-v", "ON_ERROR_STOP=1"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(reading, stdout=pipe, stderr=pipe, env=environment) as restore,
        subprocess.Popen([*writing, f"--dbname={target}"], stdin=pipe, stderr=pipe, env=environment) as psql,
    ):
        assert restore.stdout is not None and restore.stderr is not None  # noqa: PT018
        assert psql.stdin is not None and psql.stderr is not None  # noqa: PT018
        try:
            psql.stdin.write(b"begin;\n")
            for line in _fitting(restore.stdout, server):
                psql.stdin.write(line)
            if restore.wait() == 0:
                # Without this last word psql ends without committing, and the server undoes everything.
                psql.stdin.write(_comparison(expected, url).encode() + b"\ncommit;\n")
            psql.stdin.close()
        except BrokenPipeError:  # psql has ended at an error; closing tries once more to write what is left
            restore.kill()
            with suppress(BrokenPipeError):
                psql.stdin.close()
        complaint = psql.stderr.read().decode(errors="replace")
        psql.wait()
        broken = restore.stderr.read().decode(errors="replace") if restore.wait() else ""
    if psql.returncode or restore.returncode:
        raise Unrestored(_last(complaint) if complaint.strip() else _last(broken))


def _fitting(script: Iterable[bytes], server: int) -> Iterator[bytes]:
    """Leave out what the target may not know: a time limit that came with 17, a stamp of the source's own.

    The stamp: Debian's 15.20 keeps a number of its own among each column's options. Its own pg_dump leaves
    that out; ours, which is older, takes it for an option that somebody set, and other servers refuse it."""
    in_data = False
    for line in script:
        if in_data:
            in_data = line != END_OF_DATA
        elif line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            in_data = True
        elif server < FIRST_WITH_TRANSACTION_TIMEOUT and line == b"SET transaction_timeout = 0;\n":
            continue
        elif found := COLUMN_OPTIONS.fullmatch(line):
            kept = [one for one in found[2].split(b", ") if not one.startswith(b"pg_attver=")]
            if kept:
                yield found[1] + b", ".join(kept) + b");\n"
            continue
        yield line


def _comparison(expected: Contents, url: str) -> str:
    """Write the statement that raises an error at the first table that did not come out as it was saved."""
    checks = [
        sql.SQL("select count(*), '' into found_rows, found_digest from pg_catalog.pg_class c ")
        + sql.SQL("join pg_catalog.pg_namespace n on n.oid = c.relnamespace ")
        + sql.SQL(f"where c.relkind = 'r' and {OURS};")
        + sql.SQL("if found_rows <> {} then raise exception '{} %', found_rows; end if;").format(
            sql.Literal(len(expected.tables)), sql.SQL(DIFFERS)
        )
    ]
    for name, (rows, fingerprint) in expected.tables.items():
        table = sql.Identifier(*name.split(".", 1))
        checks.append(
            sql.SQL(FINGERPRINT.replace("\nfrom", "\ninto found_rows, found_digest from", 1)).format(table)
            + sql.SQL("; if found_rows <> {} or found_digest <> {} then raise exception '{} %', {}; end if;").format(
                sql.Literal(rows), sql.Literal(fingerprint), sql.SQL(DIFFERS), sql.Literal(name)
            )
        )
    body = sql.SQL("\n").join(checks)
    with psycopg.connect(url) as connection:
        statement = sql.SQL("do $dondoc$ declare found_rows bigint; found_digest text; begin {} end $dondoc$;")
        return PLAIN + statement.format(body).as_string(connection)


def _server_version(url: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10000


def _address(url: str) -> tuple[str, dict[str, str]]:
    """Take the password out of an address: arguments of a process are seen by every user of the machine."""
    parts = conninfo_to_dict(url)
    password = parts.pop("password", None)
    environment = {**os.environ, "LC_ALL": "C"}
    if password is not None:
        environment["PGPASSWORD"] = str(password)
    return make_conninfo("", **{k: v for k, v in parts.items() if v is not None}), environment


def _tool(name: str, server: int) -> str:
    """Return one of PostgreSQL's programs that is not older than the server."""
    if server <= engine.MAJOR:
        return str(engine.program(name))
    if found := shutil.which(name):
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        version = said.rsplit(" ", 1)[-1].split(".", 1)[0]
        if version.strip().isdigit() and int(version) >= server:
            return found
    raise engine.NoEngine(
        f"Máy chủ là PostgreSQL {server}, mới hơn {name} kèm theo: hãy cài postgresql-client-{server} rồi chạy lại."
    )


def _last(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    telling = [line for line in lines if "ERROR" in line or "error:" in line]
    return (telling or lines or ["?"])[0]
