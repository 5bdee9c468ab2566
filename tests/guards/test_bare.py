"""The reader works without Django, the command line without what only developers install.

That the rules need nothing at all stands in tests/fast/rules."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest

from guards.shape import ROOT

WITHOUT = """
import importlib, pkgutil, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {absent!r}:
            raise ModuleNotFoundError("absent: " + name)
sys.meta_path.insert(0, Absent())
sys.path.insert(0, {source!r})
"""
EVERY_MODULE = """
import {package}
for module in pkgutil.walk_packages({package}.__path__, "{package}."):
    importlib.import_module(module.name)
"""


def without(absent: set[str], program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a Python in which these modules are not installed."""
    whole = WITHOUT.format(absent=sorted(absent), source=str(ROOT / "src")) + program
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=False)


def developers_only() -> set[str]:
    """The modules that only developers install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\[<>=]", line)[0] for line in project["optional-dependencies"]["dev"]}
    return {name.replace("-", "_").lower() for name in names} | {"importlinter", "_pytest"}


def test_the_reader_works_where_django_is_not_installed():
    loaded = without({"django", "psycopg", "procrastinate"}, EVERY_MODULE.format(package="dondoc.reader"))
    assert loaded.returncode == 0, loaded.stderr


@pytest.mark.parametrize("command", ["import dondoc.cli", "from dondoc.cli import app; app(['--help'])"])
def test_the_command_line_starts_without_django_and_without_what_developers_install(command):
    started = without({"django", "procrastinate"} | developers_only(), command)
    assert started.returncode == 0, started.stderr


def test_what_is_said_to_be_absent_is_absent():
    for name in ("django.db", "hypothesis"):
        failed = without({"django"} | developers_only(), f"import {name}")
        assert failed.returncode == 1
        assert f"absent: {name.split('.')[0]}" in failed.stderr
