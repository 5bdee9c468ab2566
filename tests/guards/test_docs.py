"""The documentation speaks of what is there: paths, nouns, dependencies, commands, figures, targets."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import docs
from guards.shape import NOUNS, ROOT

PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+|[\w-]+\.\w+|\.importlinter|Makefile)`")


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def missing_paths(page: str, root: Path) -> list[str]:
    """List the paths that a page names and that do not exist."""
    return [path for path in PATH.findall(page) if not (root / path).exists()]


def entries(glossary: str) -> set[str]:
    """List what stands in backticks in the middle column of the glossary's tables."""
    cells = (line.split("|")[2] for line in glossary.splitlines() if line.startswith("|"))
    return {word for cell in cells for word in re.findall(r"`(\w+)`", cell)}


def missing_nouns(glossary: str, root: Path) -> set[str]:
    """List the nouns of the layers and the modules of the tables that the glossary does not explain."""
    tables = {path.stem for path in (root / "src/dondoc/office/models").glob("*.py")} - {"__init__"}
    return (NOUNS | tables) - entries(glossary)


def named_dependencies(decisions: str) -> list[str]:
    """List the dependencies that the decisions give a reason for."""
    section = decisions.split("\n## Dependencies")[1]
    return sorted(re.findall(r"^- `([^`]+)`: \S.{10,}$", section, re.MULTILINE))


def declared_dependencies(root: Path) -> list[str]:
    """List the dependencies that pyproject.toml and package.json ask for."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = json.loads((root / "package.json").read_text(encoding="utf-8"))
    python = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[\[<>=!~; ]", line)[0].lower() for line in python]
    return sorted([*names, *package["dependencies"], *package["devDependencies"]])


def test_every_path_of_the_map_exists():
    assert missing_paths(text("docs/map.md"), ROOT) == []
    assert len(PATH.findall(text("docs/map.md"))) > 40


def test_a_path_that_has_gone_is_named(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/there.py").touch()
    assert missing_paths("| a | `src/there.py`, `src/gone.py`, `gone.json` |", tmp_path) == [
        "src/gone.py",
        "gone.json",
    ]


def test_every_noun_and_every_table_is_in_the_glossary():
    assert missing_nouns(text("docs/glossary.md"), ROOT) == set()


def test_a_noun_without_an_entry_is_named(tmp_path):
    (tmp_path / "src/dondoc/office/models").mkdir(parents=True)
    (tmp_path / "src/dondoc/office/models/stamps.py").touch()
    glossary = text("docs/glossary.md").replace("`urges`", "urges")
    assert missing_nouns(glossary, tmp_path) == {"stamps", "urges"}


def test_every_dependency_has_its_reason_and_no_other_is_named():
    assert named_dependencies(text("docs/decisions.md")) == declared_dependencies(ROOT)


def test_a_dependency_without_a_reason_does_not_count():
    assert named_dependencies("\n## Dependencies\n- `a`: does something useful.\n- `b`: yes.\n- `c`\n") == ["a"]


def test_every_decision_has_its_day_and_its_four_lines():
    decisions = text("docs/decisions.md").split("\n## Dependencies")[0]
    blocks = [block for block in re.split(r"\n(?=\*\*)", decisions) if block.startswith("**")]
    assert len(blocks) > 10
    for block in blocks:
        lines = [line for line in block.split("\n## ")[0].splitlines() if line]
        assert re.match(r"\*\*20\d\d-\d\d-\d\d\. .+\?\*\*$", lines[0]), lines[0]
        starts = [line.split(":*")[0] for line in lines[1:]]
        assert starts == ["*Choice", "*Why", "*Would change our mind"], lines[0]


def test_the_generated_pages_are_what_the_program_would_write():
    assert docs.stale() == []


def test_a_page_that_is_out_of_date_is_named(tmp_path):
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "b.md").write_text("new")
    pages = {name: (lambda: "new") for name in ("a.md", "b.md", "c.md")}
    assert docs.stale(tmp_path, pages) == ["a.md", "c.md"]


def test_make_alone_lists_every_target_with_one_line_each():
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^  make ([a-z-]+) +\S", listed, re.MULTILINE)
    assert len(targets) == listed.count("\n")
    asked = "install demo demo-fresh dev test fast fuzz bench docs lint lock"
    assert {wanted: targets.count(wanted) for wanted in asked.split()} == dict.fromkeys(asked.split(), 1)


def test_both_readmes_name_the_same_settings_commands_headers_and_pages():
    named = re.compile(r"\b(?:DONDOC_[A-Z_]+|DATABASE_URL|X-Forwarded-\w+|docs/[\w./]+|bench/\w+\.py)|`smtp\S*`")
    commands = re.compile(r"(?:dondoc|make) [a-z-]+(?: [a-z]+)?(?= [`-]|`|$)", re.MULTILINE)
    english, vietnamese = text("README.md"), text("README.vi.md")
    for pattern in (named, commands):
        assert set(pattern.findall(english)) == set(pattern.findall(vietnamese))


@pytest.mark.parametrize("page", ["README.md", "README.vi.md"])
def test_the_readme_names_only_targets_commands_and_files_that_exist(page):
    written = text(page)
    targets = re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE)
    commands = re.findall(r"^## `dondoc ([a-z-]+)`", docs.cli_page(), re.MULTILINE)
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", written, re.MULTILINE)) - set(targets) == set()
    assert set(re.findall(r"(?:`|bin/)dondoc ([a-z-]+)", written)) - set(commands) == set()
    links = re.findall(r"\]\(([^)#:]+)\)", written)
    assert [link for link in links if not (ROOT / link).exists()] == []
