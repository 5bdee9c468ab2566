"""`dondoc backup FILE` and `dondoc restore FILE`."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
