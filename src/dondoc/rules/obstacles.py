"""What can hold work up (`data/obstacles.toml`), and how long something has been waited for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from dondoc.rules.datafiles import read_data


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause by which offices sort what holds work up: key, words, since when, source. `sure` as in parameters."""

    key: str
    label: str
    from_on: date
    source: str
    sure: bool


@cache
def causes(*, on: date) -> tuple[Cause, ...]:
    """List the causes that can be named on a day, in the order of the file."""
    rows = read_data("obstacles")["cause"]
    return tuple(
        Cause(row["key"], row["label"], row["from"], row["source"], row.get("sure", True))
        for row in rows
        if row["from"] <= on
    )


def days_waited(*, began_on: date, ended_on: date | None, as_of: date) -> int:
    """Count the calendar days for which something was waited for, as of a day: [began, ended).

    An obstacle removed on the day it began was waited for 0 days; one that begins after `as_of` too.
    """
    until = as_of if ended_on is None else min(ended_on, as_of)
    return max(0, (until - began_on).days)
