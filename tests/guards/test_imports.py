"""The import contracts of `.importlinter` hold, and each of them has been seen to break.

A miniature of the house (every module the contracts name, and nothing in it) is written into a folder of its
own together with the real contract file; one forbidden import is then seeded, and the contract must name it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    "dondoc.cli.read",
    "dondoc.engine",
    "dondoc.settings",
    "dondoc.urls",
    "dondoc.reader.api",
    "dondoc.reader.model",
    "dondoc.rules.deadlines",
    "dondoc.office.management.commands.seed",
    "dondoc.office.web.tasks",
    "dondoc.office.api.tasks",
    "dondoc.office.jobs",
    "dondoc.office.actions.intake",
    "dondoc.office.actions.tasks",
    "dondoc.office.reports.progress",
    "dondoc.office.charts",
    "dondoc.office.figures.tasks",
    "dondoc.office.queries.tasks",
    "dondoc.office.access",
    "dondoc.office.models.tasks",
)
# What the house looks like when all is well: each floor uses the one below it, and the doors their own ways.
GOOD = (
    ("dondoc.urls", "dondoc.office.web.tasks"),
    ("dondoc.settings", "dondoc.engine"),
    ("dondoc.cli.read", "dondoc.engine"),
    ("dondoc.cli.read", "dondoc.reader.api"),
    ("dondoc.office.web.tasks", "dondoc.office.actions.tasks"),
    ("dondoc.office.jobs", "dondoc.office.actions.intake"),
    ("dondoc.office.actions.intake", "dondoc.reader.api"),
    ("dondoc.office.actions.tasks", "dondoc.office.figures.tasks"),
    ("dondoc.office.reports.progress", "dondoc.office.figures.tasks"),
    ("dondoc.office.figures.tasks", "dondoc.office.queries.tasks"),
    ("dondoc.office.queries.tasks", "dondoc.office.access"),
    ("dondoc.office.access", "dondoc.office.models.tasks"),
    ("dondoc.office.models.tasks", "dondoc.rules.deadlines"),
    ("dondoc.office.models.tasks", "dondoc.reader.model"),
    ("dondoc.reader.api", "dondoc.reader.model"),
)
SEEDED = [
    ("layers", "dondoc.office.actions.tasks", "dondoc.office.web.tasks"),
    ("layers", "dondoc.office.actions.tasks", "dondoc.office.jobs"),
    ("layers", "dondoc.office.actions.tasks", "dondoc.cli.read"),
    ("layers", "dondoc.office.reports.progress", "dondoc.office.actions.tasks"),
    ("layers", "dondoc.office.figures.tasks", "dondoc.office.charts"),
    ("layers", "dondoc.office.queries.tasks", "dondoc.office.figures.tasks"),
    ("layers", "dondoc.office.access", "dondoc.office.queries.tasks"),
    ("layers", "dondoc.office.models.tasks", "dondoc.office.access"),
    ("layers", "dondoc.rules.deadlines", "dondoc.reader.model"),
    ("layers", "dondoc.reader.model", "dondoc.rules.deadlines"),
    ("layers", "dondoc.office.web.tasks", "dondoc.office.api.tasks"),
    ("layers", "dondoc.office.charts", "dondoc.office.reports.progress"),
    ("pure", "dondoc.rules.deadlines", "dondoc.office.models.tasks"),
    ("pure", "dondoc.reader.model", "django.db"),
    ("pure", "dondoc.rules.deadlines", "psycopg"),
    ("reading", "dondoc.office.web.tasks", "dondoc.reader.api"),
    ("reading", "dondoc.office.actions.tasks", "dondoc.reader.api"),
    ("reading", "dondoc.reader", "dondoc.reader.api"),
    ("engine", "dondoc.office.actions.tasks", "dondoc.engine"),
    ("engine-alone", "dondoc.engine", "dondoc.rules.deadlines"),
    ("settings", "dondoc.office.web.tasks", "dondoc.settings"),
]


def file_of(root: Path, module: str) -> Path:
    """Find the file of a module in the miniature."""
    path = root.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A miniature of the house in which every import is allowed."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for module in MODULES:
        folder = tmp_path
        for part in module.split(".")[:-1]:
            folder = folder / part
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
        file_of(tmp_path, module).touch()
    for importer, imported in GOOD:
        add_import(tmp_path, importer, imported)
    return tmp_path


def add_import(root: Path, importer: str, imported: str) -> None:
    with file_of(root, importer).open("a", encoding="utf-8") as file:
        file.write(f"import {imported}\n")


def lint_imports(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-logo", "--no-cache", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_source_keeps_every_contract():
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_the_miniature_keeps_every_contract(house):
    checked = lint_imports(house)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(("contract", "importer", "imported"), SEEDED)
def test_a_seeded_import_breaks_its_contract_and_is_named(house, contract, importer, imported):
    add_import(house, importer, imported)
    checked = lint_imports(house, "--contract", contract)
    assert checked.returncode == 1, checked.stdout
    assert f"{importer} -> {imported.removesuffix('.db')}" in checked.stdout


def test_every_contract_has_been_seen_to_break():
    written = (ROOT / ".importlinter").read_text(encoding="utf-8")
    contracts = {
        line.removeprefix("[importlinter:contract:").rstrip("]")
        for line in written.splitlines()
        if line.startswith("[importlinter:contract:")
    }
    assert contracts == {contract for contract, _, _ in SEEDED}
