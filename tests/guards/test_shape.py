"""The tree of files has its shape, and each check of it has been seen to fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guards import shape

ROOT = shape.ROOT
# The hosts that no file may hold stand in the pattern only, with their dots escaped.
PATTERN = shape.UNSPEAKABLE["the host of a package registry"].pattern
HOSTS = [host.replace("\\", "") for host in re.findall(r"[a-z]+(?:\\\.[a-z]+)+", PATTERN)]
TABLES = ("models", "queries", "actions", "web")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with the four layers and their structural modules, and nothing wrong in it."""
    for layer, structural in shape.STRUCTURE.items():
        folder = tmp_path / "src/dondoc/office" / layer
        folder.mkdir(parents=True)
        for name in ("__init__", "tasks", *structural):
            (folder / f"{name}.py").touch()
    for folder in ("tools", "bench", "tests"):
        (tmp_path / folder).mkdir()
    return tmp_path


def test_the_tree_has_its_shape():
    assert shape.complaints() == []


def test_a_sound_tree_gives_no_complaint(tree):
    assert [*shape.wrong_nouns(tree), *shape.strangers(tree), *shape.grab_bags(tree)] == []


@pytest.mark.parametrize("layer", TABLES)
def test_a_module_that_is_no_noun_is_named(tree, layer):
    (tree / "src/dondoc/office" / layer / "things.py").touch()
    assert list(shape.wrong_nouns(tree)) == [f"{layer}/things: 'things' is not one of the nouns"]


def test_an_exception_for_a_module_that_has_gone_is_named(tree):
    (tree / "src/dondoc/office/web/urls.py").unlink()
    assert list(shape.wrong_nouns(tree)) == ["web/urls: this exception is not needed any more"]


def test_a_module_outside_all_layers_is_named(tree):
    (tree / "src/dondoc/office/services.py").touch()
    assert list(shape.strangers(tree)) == ["office/services.py: in no layer of .importlinter"]


def test_every_layer_of_the_contracts_is_known_and_no_other():
    written = (ROOT / ".importlinter").read_text(encoding="utf-8")
    layers = written.split("layers =\n")[1].split("\n\n")[0]
    named = {word.strip("()").removeprefix("dondoc.office.") for word in layers.split() if ".office." in word}
    assert named == shape.LAYERS


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("src/dondoc/office/web/utils.py", "utils"),
        ("src/dondoc/date_helpers.py", "date_helpers"),
        ("tests/common/__init__.py", "common"),
        ("tools/misc.mjs", "misc"),
    ],
)
def test_a_name_that_names_nothing_is_named(tree, path, word):
    (tree / path).parent.mkdir(exist_ok=True)
    (tree / path).touch()
    assert list(shape.grab_bags(tree)) == [f"{path}: '{word}' names nothing"]


def test_a_file_of_401_lines_is_too_long_and_one_of_400_is_not(tree):
    (tree / "tools/short.py").write_text("\n" * 400)
    (tree / "tools/long.py").write_text("\n" * 401)
    (tree / "src/dondoc/office/migrations").mkdir()
    (tree / "src/dondoc/office/migrations/0001_initial.py").write_text("\n" * 401)
    assert list(shape.long_files(tree)) == ["tools/long.py: 401 lines are too many: split it by noun"]


def test_a_line_of_a_template_that_nobody_can_follow_is_named(tree):
    page = "src/dondoc/office/templates/page.html"
    (tree / page).parent.mkdir(parents=True)
    (tree / page).write_text("<p>\n" + "x" * 500 + "\n" + "y" * 501 + "\n")
    assert list(shape.wide_lines(tree)) == [f"{page}:3: 501 characters: break the line"]


@pytest.mark.parametrize(
    "text",
    [
        "see /wor" + "k/shared/design.md",
        "'/roo" + "t/.cache'",
        *(f"index = https://{host}/simple" for host in HOSTS),
        "--find-links=/opt/whe" + "els",
    ],
)
def test_a_path_or_host_of_one_machine_is_named(tmp_path, text):
    (tmp_path / "a.md").write_text(f"first\n{text}\n")
    (tmp_path / "b.bin").write_bytes(b"\0" + text.encode())
    found = list(shape.unspeakable([tmp_path / "a.md", tmp_path / "b.bin"], tmp_path))
    assert [one.split(": ")[0] for one in found] == ["a.md:2"]


@pytest.mark.parametrize(
    "text",
    [
        "frame/work/desk",
        "the network/working group",
        "/home/<name>/",
        "$HOME/work/",
        "https://example.vn/work/",
    ],
)
def test_words_that_only_look_like_such_a_path_pass(tmp_path, text):
    (tmp_path / "a.md").write_text(text)
    assert list(shape.unspeakable([tmp_path / "a.md"], tmp_path)) == []
