"""The command line. Each noun's commands are in its own file; this one only gathers them.

Nothing here imports Django: `dondoc read` works without it, and `dondoc --help` answers at once. A command
that needs the database asks `opened_office` for it.
"""

from __future__ import annotations

import typer

from dondoc.cli import (
    backup,
    bench,
    demo,
    documents,
    figures,
    history,
    issued,
    offices,
    readings,
    rereading,
    reviewed,
    search,
    server,
    standing,
    wipe,
)

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: từ văn bản đến nhiệm vụ, theo dõi, đôn đốc và báo cáo.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _all() -> None:
    """Keep commands as commands even when there is only one."""


NOUNS = (
    demo,
    server,
    backup,
    wipe,
    readings,
    rereading,
    figures,
    documents,
    search,
    standing,
    issued,
    history,
    bench,
    offices,
    reviewed,
)
for _noun in NOUNS:
    _noun.register(app)


def main() -> None:
    """Run the command that was typed."""
    app()
