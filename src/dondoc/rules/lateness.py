"""After how many days what is written down counts as entered late.

An entry is judged by the number that was in force on the day on which it was entered: a later number makes nothing
late that was in time, and excuses nothing that was late.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dondoc.rules.parameters import parameters, whole_number

KEY = "late_entry_days"


@dataclass(frozen=True, slots=True)
class OwnDays:
    """A number of days that an office laid down: since when it holds, from when until when that was known."""

    days: int
    from_on: date
    until_on: date | None
    recorded_at: datetime
    replaced_at: datetime | None

    def was_known(self, at: datetime | None) -> bool:
        """Whether it was known at an instant (None: now), and nothing had taken its place."""
        if at is None:
            return self.replaced_at is None
        return self.recorded_at <= at and (self.replaced_at is None or self.replaced_at > at)


@dataclass(frozen=True, slots=True)
class LateRule:
    """The numbers of days of an office one after the other: `days[n]` holds since `since[n]`, until the next does."""

    since: tuple[date, ...]
    days: tuple[int, ...]

    def days_on(self, entered_on: date) -> int:
        """Give after how many days something counts as late that is entered on a day."""
        return self.days[max(bisect_right(self.since, entered_on) - 1, 0)]

    def is_late(self, behind: int, *, entered_on: date) -> bool:
        """Say whether something is late that was entered on a day, so many days behind its own."""
        return behind > self.days_on(entered_on)


def late_rule(own: Iterable[OwnDays], *, known_at: datetime | None) -> LateRule:
    """Put together what an office laid down, as it was known at an instant, and the program's numbers before it."""
    known = sorted((row for row in own if row.was_known(known_at)), key=lambda row: (row.from_on, row.recorded_at))
    turns = {row.from_on for row in parameters() if row.key == KEY}
    turns |= {day for row in known for day in (row.from_on, row.until_on) if day is not None}
    since = sorted(turns)
    return LateRule(tuple(since), tuple(_days(known, on=day) for day in since))


def _days(known: list[OwnDays], *, on: date) -> int:
    held = [row.days for row in known if row.from_on <= on and (row.until_on is None or on < row.until_on)]
    return held[-1] if held else whole_number(KEY, on=on)
