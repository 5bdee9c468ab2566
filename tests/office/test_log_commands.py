"""The log out of a running office and back under inspection, by the commands that an office types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from dondoc.office.queries import history
from office.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def dondoc(tmp_path: Path, transactional_db: None) -> Command:
    """Run a command as from a terminal, on the database of the test."""
    parameters = connection.get_connection_params()
    named = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    environment = {**os.environ, "DATABASE_URL": make_conninfo(**named), "DONDOC_HOME": str(tmp_path / "home")}

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dondoc.cli", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_log_is_exported_signed_and_verified(worlds: tuple[World, World], dondoc: Command, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    unsaid = dondoc("log", "export", file)
    assert (unsaid.returncode, "--office" in unsaid.stderr, file.exists()) == (1, True, False)
    exported = dondoc("log", "export", file, "--office", "gan")
    assert exported.returncode == 0, exported.stderr
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[:-1] == list(history.lines(worlds[0].office))
    public = json.loads(lines[-1])["head"]["key"]
    assert public == dondoc("log", "key").stdout.strip()
    verified = dondoc("verify-log", file, "--key", public)
    assert (verified.returncode, f"gan: {len(lines) - 1} mục" in verified.stdout) == (0, True)
    assert dondoc("log", "export", file, "--office", "gan").returncode == 1, "a file is not written over"


def test_log_and_records_are_held_against_each_other(worlds: tuple[World, World], dondoc: Command) -> None:
    whole = dondoc("log", "check")
    assert (whole.returncode, whole.stdout.count("0 lỗi trong chuỗi, 0 chỗ")) == (0, 2), whole.stderr
    task = worlds[0].tasks[0]
    with connection.cursor() as cursor:
        cursor.execute("alter table office_task disable trigger user")
        cursor.execute("update office_task set title = 'Việc khác' where id = %s", [task.pk])
        cursor.execute("alter table office_task enable trigger user")
    found = dondoc("log", "check", "--office", "gan")
    assert found.returncode == 1
    assert f'bảng task, bản ghi {task.pk}, cột title: nhật ký ghi "{task.title}"' in found.stdout
    assert dondoc("log", "check", "--office", "xa").returncode == 0
    assert dondoc("log", "check", "--office", "none").returncode == 1


def test_an_export_of_a_broken_chain_says_so_at_once(
    worlds: tuple[World, World], dondoc: Command, tmp_path: Path
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table office_logentry disable trigger user")
        cursor.execute("update office_logentry set actor_name = 'x' where seq = 2")
        cursor.execute("alter table office_logentry enable trigger user")
    exported = dondoc("log", "export", tmp_path / "log.jsonl", "--office", "gan")
    assert (exported.returncode, exported.stdout) == (1, "dòng 2, mục 2: đã bị sửa\n")
    assert dondoc("verify-log", tmp_path / "log.jsonl").stdout == exported.stdout
