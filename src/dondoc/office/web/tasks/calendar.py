"""The list as a calendar: a month of days, on each what falls due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dondoc.office.figures import FigureValue
from dondoc.office.figures.wishes import numbers
from dondoc.office.here import FIRST_YEAR, LAST_YEAR, Here
from dondoc.office.queries import wishes
from dondoc.office.queries.wishes import ListRow, Part
from dondoc.office.web.frame import with_query
from dondoc.office.web.tasks.asking import query_of

if TYPE_CHECKING:
    from dondoc.office.web.tasks.listing import Shown

EACH = 3  # rows that a day shows; the others are counted
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Square:
    """A day as the calendar draws it: what falls due, how many more there are, and where all of them are listed."""

    on: date
    rows: tuple[ListRow, ...]
    total: int
    figure: FigureValue | None
    more: int
    url: str
    is_outside: bool
    is_today: bool
    is_off: bool


def context(request: HttpRequest, here: Here, shown: Shown) -> dict[str, Any]:
    """Give the weeks of the month asked for, Monday first, and the ways to its neighbours."""
    month = _month(request.GET.get("month", ""), here)
    first = month - timedelta(days=month.weekday())
    after = (month + timedelta(days=31)).replace(day=1)
    last = after - timedelta(days=1)
    last += timedelta(days=6 - last.weekday())
    found = wishes.days(shown.asked.wish, first=first, last=last, each=EACH, **here.moment)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    query = query_of(shown.asked.wish, wishes.Order())

    grid = wishes.within(shown.asked.wish, first=first, last=last)
    due = {day: one.total for day, one in found.items()}
    month_total = sum(n for day, n in due.items() if day.month == month.month)
    ends = (month, after - timedelta(days=1))
    totals = {ends: month_total, **{(day, day): n for day, n in due.items()}}
    asked = {(grid, Part(due_from=begin, due_to=end)): n for (begin, end), n in totals.items()}
    figures = dict(zip(totals, numbers(asked, **here.moment), strict=True))

    def square(day: date) -> Square:
        one = found.get(day)
        rows, total = (one.rows, one.total) if one else ((), 0)
        url = with_query("/tasks/", {**query, "due_from": day.isoformat(), "due_to": day.isoformat(), **here.keep})
        number, more = figures.get((day, day)), total - len(rows)
        return Square(
            day, rows, total, number, more, url, day.month != month.month, day == here.as_of, day.weekday() > 4
        )

    squares = [square(day) for day in every]

    def to(day: date) -> str:
        return with_query("/tasks/", {**shown.query, "month": f"{day:%Y-%m}", **here.keep})

    before = (month - timedelta(days=1)).replace(day=1)
    return {
        "month": month,
        "weeks": [squares[n : n + 7] for n in range(0, len(squares), 7)],
        "weekdays": [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")],
        "total": month_total,
        "counted": figures[ends],
        "before_url": to(before),
        "after_url": to(after),
        "today_url": to(here.as_of),
    }


def _month(text: str, here: Here) -> date:
    found = MONTH.fullmatch(text)
    year, number = (int(found[1]), int(found[2])) if found else (here.as_of.year, here.as_of.month)
    # A year of room on both sides: the grid shows days of the neighbouring months as well.
    return date(min(max(year, FIRST_YEAR + 1), LAST_YEAR - 1), number, 1)
