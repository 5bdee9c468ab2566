"""What all tests share: a real PostgreSQL, started for the session unless DATABASE_URL names one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

import prepared

os.environ.setdefault("DONDOC_SECRET_KEY", "only for tests")

# The same examples each time: what the usual run finds is not a matter of luck. `make fuzz` looks for others.
hypothesis_settings.register_profile("usual", deadline=None, derandomize=True)
hypothesis_settings.register_profile("fuzz", deadline=None, max_examples=5000)
hypothesis_settings.load_profile("usual")


def pytest_configure(config: pytest.Config) -> None:
    """Give all processes of this run one place for what each of them would make again."""
    if not hasattr(config, "workerinput"):
        prepared.begin()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that of two processes none waits for the other at the end.

    The first of all makes what the others copy; the second needs none of it."""
    first = ["tests/flows/test_looks.py", "tests/engine/test_sharing.py"]

    def place(item: pytest.Item) -> int:
        file = item.nodeid.split("::")[0]
        if file in first:
            return first.index(file)
        takes_long = item.get_closest_marker("flow") or item.get_closest_marker("engine")
        return len(first) if takes_long else len(first) + 1

    items.sort(key=place)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if not hasattr(config, "workerinput"):
        prepared.end()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Point Django at a server of the tests' own, whose tables are there, before pytest-django makes the test database.

    pytest-django still asks for all migrations; at an address that was given it makes the tables by them."""
    from django.db import connections

    from dondoc import engine
    from dondoc.settings import database

    given = os.environ.get("DATABASE_URL")
    if given:
        connections["default"].settings_dict.update(database(given))
        yield
        return
    home = Path(tempfile.mkdtemp(prefix="dd-"))
    try:
        with engine.running(prepared.copied(prepared.with_tables(), home)) as url:
            ours = connections["default"].settings_dict
            ours.update(database(url))
            ours["TEST"]["TEMPLATE"] = ours["NAME"]
            yield
            connections.close_all()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let tests of several connections empty the tables when they end: the database itself refuses that."""
    from django.db import connections

    turn = """do $$ declare one record; begin
        for one in select tgrelid::regclass as name from pg_trigger where tgname = 'dondoc_refuse_emptying'
        loop execute format('alter table %s {} trigger dondoc_refuse_emptying', one.name); end loop;
    end $$"""
    ops = connections["default"].ops
    flush = ops.sql_flush
    ops.sql_flush = lambda *args, **options: [  # type: ignore[method-assign]
        turn.format("disable"),
        *flush(*args, **options),
        turn.format("enable"),
    ]
