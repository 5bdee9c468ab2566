"""Working days of public offices in Viet Nam: weekends, public holidays, days compensated and days exchanged.

The days are dated data with sources (`data/holidays.toml`), not computed: Tết, the second day of Quốc khánh
and exchanged days are fixed each year by announcement (Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Literal

from dondoc.rules.datafiles import read_data

DayKind = Literal["holiday", "compensated", "swapped_off", "swapped_work"]

_ONE_DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says: a holiday, a day off in lieu, a rest day worked.

    `sure` is False for days foreseen from the law before the year's announcement was read.
    """

    on: date
    name: str
    kind: DayKind
    source: str
    sure: bool


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of offices from `covers_from` until before `covers_until`."""

    covers_from: date
    covers_until: date
    rest_weekdays: frozenset[int]
    special_days: Mapping[date, SpecialDay]


class DayNotCovered(LookupError):
    """A day outside the years whose holidays are recorded."""

    def __init__(self, day: date, calendar: WorkCalendar) -> None:
        last = calendar.covers_until - _ONE_DAY
        super().__init__(
            f"Chưa có lịch nghỉ lễ cho ngày {day:%d/%m/%Y}: lịch hiện có từ {calendar.covers_from:%d/%m/%Y} "
            f"đến {last:%d/%m/%Y}. Hãy bổ sung lịch nghỉ của năm {day.year} vào dữ liệu ngày nghỉ."
        )
        self.day = day


@cache
def vietnam() -> WorkCalendar:
    """Give the calendar of public offices in Viet Nam from the data file."""
    data = read_data("holidays")
    days: dict[date, SpecialDay] = {}
    for entry in [*data["off"], *data["work"]]:
        for day in entry["days"]:
            if day in days:
                raise ValueError(f"{day} stands twice in holidays.toml")
            source = data["sources"][entry["source"]]
            days[day] = SpecialDay(day, entry["name"], entry["kind"], source, entry.get("sure", True))
    return WorkCalendar(
        covers_from=data["covers_from"],
        covers_until=data["covers_until"],
        rest_weekdays=frozenset(_WEEKDAYS.index(name) for name in data["weekly_rest"]["days"]),
        special_days=MappingProxyType(days),
    )


def special_day(day: date, *, calendar: WorkCalendar | None = None) -> SpecialDay | None:
    """Tell why a day is off, or worked although a rest day; None for an ordinary day. Raises
    DayNotCovered."""
    calendar = calendar or vietnam()
    if not calendar.covers_from <= day < calendar.covers_until:
        raise DayNotCovered(day, calendar)
    return calendar.special_days.get(day)


def is_working_day(day: date, *, calendar: WorkCalendar | None = None) -> bool:
    """Tell whether offices work on a day. Raises DayNotCovered outside the recorded years.

    Bộ luật Lao động 45/2019/QH14, Điều 111, 112; Quyết định 188/1999/QĐ-TTg (Saturday and Sunday off).
    """
    calendar = calendar or vietnam()
    special = special_day(day, calendar=calendar)
    if special is not None:
        return special.kind == "swapped_work"
    return day.weekday() not in calendar.rest_weekdays


def add_working_days(day: date, count: int, *, calendar: WorkCalendar | None = None) -> date:
    """Give the day on which so many working days have passed since a day; the day itself is not counted.

    A negative count goes back; 0 gives the day itself, also when it is a day off. Raises DayNotCovered. Bộ
    luật Dân sự 91/2015/QH13, Điều 147 khoản 2: a term in days begins to count on the day after the one it is
    fixed from.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, calendar=calendar)
    return day


def next_working_day(day: date, *, calendar: WorkCalendar | None = None) -> date:
    """Give the day itself if offices work on it, otherwise the first working day after it. Raises
    DayNotCovered."""
    while not is_working_day(day, calendar=calendar):
        day += _ONE_DAY
    return day
