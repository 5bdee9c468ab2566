"""What the rules of the program mean by done, late, due soon and met, in words for whoever reads a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from dondoc.rules.datafiles import read_data


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the reports, what it means from a day on, and where that comes from."""

    key: str
    name: str
    sentence: str
    from_on: date
    source: str
    sure: bool


@cache
def meanings() -> tuple[Meaning, ...]:
    """List all meanings with all their versions, in the order of the data file."""
    return tuple(
        Meaning(row["key"], row["name"], row["sentence"], row["from_on"], row["source"], row.get("sure", True))
        for row in read_data("definitions")["meaning"]
    )


def meanings_on(on: date) -> tuple[Meaning, ...]:
    """List what the words mean on a day, of each the latest meaning not after it."""
    found: dict[str, Meaning] = {}
    for row in sorted(meanings(), key=lambda each: each.from_on):
        if row.from_on <= on:
            found[row.key] = row
    return tuple(found[key] for key in dict.fromkeys(row.key for row in meanings()) if key in found)
