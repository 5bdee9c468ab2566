"""What all tests share: a real PostgreSQL, started for the session unless DATABASE_URL names one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

os.environ.setdefault("DONDOC_SECRET_KEY", "only for tests")

hypothesis_settings.register_profile("usual", deadline=None)
hypothesis_settings.register_profile("fuzz", deadline=None, max_examples=5000)
hypothesis_settings.load_profile("usual")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Point Django at a server of the tests' own before pytest-django makes the test database."""
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
        with engine.running(home) as url:
            connections["default"].settings_dict.update(database(url))
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
