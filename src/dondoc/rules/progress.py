"""Progress by period: which days a report counts, by when it is due, and how it stands (`data/progress.toml`).

The windows are those of Nghị định 09/2019/NĐ-CP; an office may also report for any other days. How reports stand is
asked in SQL as well (`office/queries/progress`), by the same cases (`tests/cases/progress.yaml`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dondoc.rules.calendar import DayNotCovered, add_working_days
from dondoc.rules.datafiles import read_data
from dondoc.rules.text import vi_date

StepKind = Literal["submitted", "returned", "accepted"]
ReportState = Literal["not_begun", "submitted", "returned", "accepted"]

FREE = "free"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of regular period: months, the day of the month that cuts it off, proposed working days, source."""

    key: str
    label: str
    names: tuple[str, ...]
    joined: str
    months: int
    cut: int
    due: int
    cut_off: int
    from_on: date
    source: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a report counts, [begins_on, until_on), its name, and the days proposed for handing it in."""

    kind: str
    name: str
    begins_on: date
    until_on: date
    due_on: date
    cut_off_on: date

    @property
    def last_on(self) -> date:
        return self.until_on - _ONE_DAY


class UnknownKind(LookupError):
    """A sort of period that no regulation of the day knows."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(
            f"Không có kỳ báo cáo loại “{key}” vào ngày {vi_date(on)}. Hãy chọn tháng, quý, 6 tháng, năm, hoặc tự đặt "
            f"từ ngày đến ngày."
        )
        self.key = key


def kinds(*, on: date) -> tuple[Kind, ...]:
    """List the sorts of regular periods of a day, the shortest first."""
    return tuple(kind for kind in _kinds() if kind.from_on <= on)


@lru_cache(maxsize=1)
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            key=row["key"],
            label=row["label"],
            names=tuple(row["names"]),
            joined=row["joined"],
            months=row["months"],
            cut=row["cut"],
            due=row["due"],
            cut_off=row["cut_off"],
            from_on=row["from"],
            source=row["source"],
            sure=row["sure"],
        )
        for row in read_data("progress")["kind"]
    )


def window(key: str, day: date) -> Window:
    """Give the regular period of a sort in which a day lies. Raises UnknownKind."""
    kind = next((one for one in kinds(on=day) if one.key == key), None)
    if kind is None:
        raise UnknownKind(key, day)
    # The month whose report the day is counted for: from the cutting day on it is the next one.
    month = day.year * 12 + day.month - 1 + (day.day >= kind.cut)
    first = month - month % kind.months
    begins_on, until_on = _day(first - 1, kind.cut), _day(first + kind.months - 1, kind.cut)
    name = kind.names[first % 12 // kind.months]
    last_on = until_on - _ONE_DAY
    return Window(
        kind=key,
        name=kind.joined.format(name=name, year=first // 12),
        begins_on=begins_on,
        until_on=until_on,
        due_on=_working_days_after(last_on, kind.due),
        cut_off_on=_working_days_after(last_on, kind.cut_off),
    )


def _day(month: int, day: int) -> date:
    return date(month // 12, month % 12 + 1, day)


def _working_days_after(day: date, count: int) -> date:
    """Give the day so many working days later; where no holidays are recorded for the year, plain days."""
    try:
        return add_working_days(day, count)
    except DayNotCovered:
        return day + timedelta(days=count)


def offered(opened: Collection[tuple[date, date]], *, on: date) -> tuple[Window, ...]:
    """List the regular periods to be opened next on a day: of each sort the last one while it can still be reported
    in time, else the present one; those that are open already are left out."""
    found = []
    for kind in kinds(on=on):
        now = window(kind.key, on)
        if now.begins_on > kind.from_on:
            last = window(kind.key, now.begins_on - _ONE_DAY)
            if on <= last.cut_off_on and (last.begins_on, last.until_on) not in opened:
                found.append(last)
                continue
        if (now.begins_on, now.until_on) not in opened:
            found.append(now)
    return tuple(found)


def kind_of(begins_on: date, until_on: date) -> str:
    """Tell whose regular period these days are: the sort's key, or "free" for days that an office chose itself."""
    for kind in kinds(on=begins_on):
        regular = window(kind.key, begins_on)
        if (regular.begins_on, regular.until_on) == (begins_on, until_on):
            return kind.key
    return FREE


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a report: its number, what was done, on which day."""

    number: int
    kind: StepKind
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How a report stands on a day: its state, the day it was first handed in, and by how many days it is late."""

    state: ReportState
    first_on: date | None
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


def standing(steps: Iterable[Step], *, due_on: date, as_of: date) -> Standing:
    """Tell how a report stands on a day from its steps up to then.

    The step with the highest number decides. Late is what was first handed in after the due day, or never though the
    day has passed. A report given back is waited for again and counts as missing, but the days that the office took to
    read it are not the agency's: it stays as late as it first was.
    """
    taken = sorted((step for step in steps if step.on <= as_of), key=lambda step: step.number)
    handed_in = [step.on for step in taken if step.kind == "submitted"]
    first_on = min(handed_in) if handed_in else None
    return Standing(
        state=taken[-1].kind if taken else "not_begun",
        first_on=first_on,
        days_late=max(0, ((first_on or as_of) - due_on).days),
    )


def is_due(*, has_steps: bool, state_class: str, since: date, until_on: date) -> bool:
    """Tell whether a duty owes the report that was prepared for it.

    A duty that is open, or that closed after the window, was open at the window's end and owes its report. One that
    closed within the window, or was taken back, owes none any more; what was handed in for it all the same stays.
    """
    if has_steps or state_class in {"waiting", "active"}:
        return True
    return state_class != "dropped" and since >= until_on
