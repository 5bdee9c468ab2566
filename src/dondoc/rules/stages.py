"""Names that are offered for the stages of a product (`data/stages.toml`); an office may write any other."""

from __future__ import annotations

from datetime import date
from functools import cache

from dondoc.rules.datafiles import read_data


@cache
def stages(*, on: date) -> tuple[str, ...]:
    """List the names offered on a day, in the order in which the stages follow each other."""
    return tuple(row["label"] for row in read_data("stages")["stage"] if row["from"] <= on)
