"""Terms that begin with an event ("trong 15 ngày làm việc kể từ ngày …"), and the first day of what recurs.

How a term is counted: Bộ luật Dân sự 91/2015/QH13, Điều 147 and 148. What recurs without a day of its own is due at the
end of its period: no regulation was found, offices' plans mean it so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dondoc.rules.calendar import add_working_days

TermUnit = Literal["day", "working_day", "week", "month"]
Every = Literal["week", "month", "quarter", "half", "year"]

LONGEST = 3650  # of a term, in whatever unit
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_CODES: dict[TermUnit, str] = {"day": "d", "working_day": "wd", "week": "w", "month": "m"}
_UNITS: dict[str, TermUnit] = {"ngày làm việc": "working_day", "ngày": "day", "tuần": "week", "tháng": "month"}
_FRIDAY = 4


class TermRefused(ValueError):
    """A term that cannot be counted."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long after the day of an event something is due: so many days, working days, weeks or months.

    Raises TermRefused for a count below 1 or above LONGEST.
    """

    count: int
    unit: TermUnit = "day"

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LONGEST:
            raise TermRefused(f"Thời hạn phải từ 1 đến {LONGEST}. Hãy nhập lại số ngày, tuần hoặc tháng.")

    def end(self, event_on: date) -> date:
        """Give the last day of the term; the day of the event itself is not counted.

        Weeks and months end on the corresponding day, or on the last of a month that has none (Điều 148 khoản 2, 3).
        Raises calendar.DayNotCovered for working days beyond the recorded years.
        """
        if self.unit == "working_day":
            return add_working_days(event_on, self.count)
        if self.unit == "month":
            return months_later(event_on, self.count)
        return event_on + timedelta(days=self.count * (7 if self.unit == "week" else 1))

    @property
    def code(self) -> str:
        """The term in a few letters, as it is stored: "15wd"."""
        return f"{self.count}{_CODES[self.unit]}"


def term_of(code: str) -> Term | None:
    """Read a stored term back; None where it is none."""
    match = re.fullmatch(r"(\d{1,4})(d|wd|w|m)", code)
    if match is None:
        return None
    unit = next(unit for unit, sign in _CODES.items() if sign == match[2])
    return Term(int(match[1]), unit)


_TERM = re.compile(
    r"(?<!\d)0?(\d{1,3})\s*(?:\([^)]*\)\s*)?(ngày\s+làm\s+việc|ngày|tuần|tháng)\b(?!\s*\d)", re.IGNORECASE
)
_SINCE = re.compile(r"[^.;]*?\b(?:kể\s+từ|tính\s+từ|từ\s+ngày|sau\s+khi)\b", re.IGNORECASE)


def term_in(words: str) -> Term | None:
    """Find a term that is counted from an event: "trong 15 ngày làm việc kể từ ngày …"; None where none is said."""
    for match in _TERM.finditer(words):
        count = int(match[1])
        behind, before = words[match.end() :], words[: match.start()]
        if count and (_SINCE.match(behind) or re.search(r"\bsau\s+(?:khi\s+)?$", before, re.IGNORECASE)):
            return Term(count, _UNITS[" ".join(match[2].lower().split())])
    return None


def months_later(day: date, months: int) -> date:
    """Give the same day so many months later, or that month's last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ends_month(day: date) -> bool:
    """Say whether a day is the last of its month."""
    return day.day == monthrange(day.year, day.month)[1]


def period_end(every: Every, on: date) -> date:
    """Give the last day of the month, quarter, half or year in which a day lies; of a week its Friday."""
    if every == "week":
        return on + timedelta(days=(_FRIDAY - on.weekday()) % 7)
    months = MONTHS[every]
    last = (on.month - 1) // months * months + months
    return date(on.year, last, monthrange(on.year, last)[1])


_DAY_OF_YEAR = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:/|-|\s+tháng\s+)\s*(\d{1,2})(?![\d/])", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"\bngày\s+(?:mùng\s+|mồng\s+)?(\d{1,2})(?![\d/])", re.IGNORECASE)
_WEEKDAY = re.compile(r"\bthứ\s+(hai|ba|tư|năm|sáu|bảy|[2-7])\b", re.IGNORECASE)
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5}


def first_occurrence(every: Every, words: str, *, on: date) -> date:
    """Give the first due day of something that recurs, on or after a day: the day that the words name, or the end of
    the period.

    "trước ngày 25 hằng tháng" names a day of each month, "20/12 hằng năm" one of the year, "thứ sáu hằng tuần" one of
    the week. Of several the one that comes first.
    """
    found = [day for day in _named(every, words, on=on) if day >= on]
    return min(found) if found else period_end(every, on)


def _named(every: Every, words: str, *, on: date) -> list[date]:
    if every == "week":
        named = [match[1].lower() for match in _WEEKDAY.finditer(words)]
        days = [_WEEKDAYS[name] if name in _WEEKDAYS else int(name) - 2 for name in named]
        return [on + timedelta(days=(day - on.weekday()) % 7) for day in days]
    if every == "month":
        numbers = [int(match[1]) for match in _DAY_OF_MONTH.finditer(words)]
        return [_in_month(on, ahead, n) for n in numbers if 1 <= n <= 31 for ahead in (0, 1)]
    pairs = [(int(match[1]), int(match[2])) for match in _DAY_OF_YEAR.finditer(words)]
    wanted = [(day, month) for day, month in pairs if 1 <= month <= 12 and 1 <= day <= 31]
    return [_in_month(date(year, month, 1), 0, day) for day, month in wanted for year in (on.year, on.year + 1)]


def _in_month(of: date, ahead: int, day: int) -> date:
    first = months_later(of.replace(day=1), ahead)
    return first.replace(day=min(day, monthrange(first.year, first.month)[1]))
