"""Writes the pages of docs/ that are made from the program itself.

`docs/cli.md` is the help of every command, `docs/figures.md` every number with its sentence. With `--check`
nothing is written; it says which pages are out of date.

    .venv/bin/python tools/docs.py [--check]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

import reader_page

ROOT = Path(__file__).resolve().parents[1]
NOTE = "<!-- Made by `make docs` from the program; what is written here by hand is lost. -->"


def cell(text: object) -> str:
    """Make a text fit into one cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def parameters(command: Any, context: typer.Context) -> Iterator[str]:
    """List the arguments and options of a command as rows of a table."""
    for parameter in command.params:
        if record := parameter.get_help_record(context):
            yield f"| `{cell(record[0])}` | {cell(record[1])} |"


def commands(command: Any, name: str) -> Iterator[str]:
    """Write one command and those below it, in the order in which the help lists them."""
    yield f"\n## `{name}`\n"
    yield (command.help or "").strip()
    rows = list(parameters(command, typer.Context(command, info_name=name)))
    if rows:
        yield "\n| | |\n|---|---|"
        yield from rows
    for below in getattr(command, "commands", {}).values():
        if not below.hidden:
            yield from commands(below, f"{name} {below.name}")


def cli_page() -> str:
    """Write the page of the commands."""
    from dondoc.cli import app

    return "\n".join(["# Commands", "", NOTE, *commands(typer.main.get_command(app), "dondoc"), ""])


def asked_words(argument: Any) -> str:
    """Say of what type an argument of a figure is; of many choices only how they begin."""
    if argument.choices and len(argument.choices) > 8:
        return f"one of: {', '.join(argument.choices[:8])}, …"
    from django.utils import translation

    with translation.override("en"):
        return str(argument.type_words)


def figures_page() -> str:
    """Write the page of the figures: key, what it is asked for, its sentence in both languages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
    import django
    from django.utils import translation

    django.setup()
    import dondoc.office.figures  # noqa: F401  (fills the registry)
    from dondoc.office.figures.registry import FIGURES

    rows = ["| Key | Asked for | Says | Trên màn hình |", "|---|---|---|---|"]
    for key, figure in sorted(FIGURES.items()):
        takes = "<br>".join(
            f"`{name}`{'' if name in figure.needs else '?'}: {cell(asked_words(argument))}"
            for name, argument in figure.arguments.items()
        )
        said = []
        for language in ("en", "vi"):
            with translation.override(language):
                said.append(cell(translation.gettext(str(figure.says))))
        rows.append(f"| `{key}` | {takes} | {said[0]} | {said[1]} |")
    return "\n".join(["# Figures", "", NOTE, "", *rows, ""])


PAGES: dict[str, Callable[[], str]] = {
    "docs/cli.md": cli_page,
    "docs/figures.md": figures_page,
    "docs/reader.md": reader_page.page,
}


def stale(root: Path = ROOT, pages: dict[str, Callable[[], str]] = PAGES) -> list[str]:
    """List the pages that are not what the program would write now."""
    return [
        path
        for path, page in pages.items()
        if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != page()
    ]


def main() -> int:
    """Write the pages, or with --check say which are out of date (exit code 1)."""
    if "--check" in sys.argv[1:]:
        wrong = stale()
        print("\n".join(f"{path} is out of date: run make docs" for path in wrong), end="\n" if wrong else "")
        return int(bool(wrong))
    for path, page in PAGES.items():
        (ROOT / path).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
