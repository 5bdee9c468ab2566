"""The list as a timeline: for each task a bar from the day it was assigned to the day it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.figures.wishes import numbers
from dondoc.office.here import Here
from dondoc.office.queries import wishes
from dondoc.office.queries.wishes import WHOLE, ListRow
from dondoc.office.web.filters import pages
from dondoc.office.web.frame import with_query
from dondoc.rules.text import vi_date

if TYPE_CHECKING:
    from dondoc.office.web.tasks.listing import Shown

SIZE = 50
SPANS = {
    "": (gettext_lazy("All of it"), None),
    "quarter": (gettext_lazy("Three months"), (30, 62)),
    "year": (gettext_lazy("A year"), (120, 245)),
}
LONGEST = timedelta(days=3 * 366)  # of the span that is drawn when nobody chose one: further ends are cut off
MARKS = 9  # months that are named at the head, at most


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as it is drawn, its places in percent of the width, and what it says in words."""

    row: ListRow
    x: str
    width: str
    late_x: str
    late_width: str
    first_due: str
    done: str
    is_endless: bool
    says: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that the drawing runs over."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Say where a day stands, in percent of the width; days outside stand at the edge."""
        whole = max((self.last - self.first).days, 1)
        return min(max(100 * (day - self.first).days / whole, 0), 100)


def context(request: HttpRequest, here: Here, shown: Shown) -> dict[str, Any]:
    """Give the bars of a page of the list, in its order, and the months above them."""
    asked, span = shown.asked, request.GET.get("span", "")
    found = wishes.listed(asked.wish, order=asked.order, start=shown.start, size=SIZE, **here.moment)
    scale = _scale(found.rows, SPANS.get(span, SPANS[""])[1], today=here.as_of)
    kept = {**shown.query, **here.keep}
    return {
        "bars": [_bar(row, scale, today=here.as_of) for row in found.rows],
        "total": found.total,
        "counted": numbers({(asked.wish, WHOLE): found.total}, **here.moment)[0],
        "marks": _marks(scale),
        "today": f"{scale.at(here.as_of):.2f}%",
        "scale": scale,
        "spans": [
            {"label": label, "url": with_query("/tasks/", {**kept, "span": key}), "current": key == span}
            for key, (label, _days) in SPANS.items()
        ],
        "orders": [
            {"label": label, "url": with_query("/tasks/", {**kept, "sort": key}), "current": key == asked.order.column}
            for key, label in (("", _("By title")), ("due", _("By due day")), ("assigned", _("By day assigned")))
        ],
        "pages": pages("/tasks/", kept, start=shown.start, total=found.total, size=SIZE),
    }


def _scale(rows: Sequence[ListRow], around: tuple[int, int] | None, *, today: date) -> Scale:
    if around is not None:
        return Scale(today - timedelta(days=around[0]), today + timedelta(days=around[1]))
    firsts = [row.assigned_on for row in rows] or [today]
    lasts = [day for row in rows for day in (row.duty.due, row.duty.first_due, row.duty.done_on) if day] or [today]
    first = max(min(*firsts, today), today - LONGEST)
    last = min(max(*lasts, today), today + LONGEST)
    margin = max((last - first) / 40, timedelta(days=3))
    return Scale(first - margin, last + margin)


def _bar(row: ListRow, scale: Scale, *, today: date) -> Bar:
    duty = row.duty
    end = duty.due or duty.done_on or today
    begin = scale.at(min(row.assigned_on, end))
    late_until = (duty.done_on or today) if duty.days_late and duty.due else None
    late = (scale.at(duty.due), scale.at(late_until)) if late_until and duty.due else None
    return Bar(
        row=row,
        x=f"{begin:.2f}%",
        width=f"{max(scale.at(end) - begin, 0.4):.2f}%",
        late_x=f"{late[0]:.2f}%" if late else "",
        late_width=f"{max(late[1] - late[0], 0):.2f}%" if late else "",
        first_due=f"{scale.at(duty.first_due):.2f}%" if duty.first_due and duty.first_due != duty.due else "",
        done=f"{scale.at(duty.done_on):.2f}%" if duty.done_on else "",
        is_endless=duty.due is None and duty.done_on is None,
        says=_says(row),
    )


def _says(row: ListRow) -> str:
    duty = row.duty
    said = [_("assigned %(day)s") % {"day": vi_date(row.assigned_on)}]
    said.append(_("due %(day)s") % {"day": vi_date(duty.due)} if duty.due else _("no due day"))
    if duty.first_due and duty.first_due != duty.due:
        said.append(_("first due %(day)s") % {"day": vi_date(duty.first_due)})
    if duty.done_on:
        said.append(_("done %(day)s") % {"day": vi_date(duty.done_on)})
    return ", ".join(said)


def _marks(scale: Scale) -> list[dict[str, str]]:
    """Name the beginnings of months, so many apart that they can be read."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    apart = next((n for n in (1, 2, 3, 6, 12) if months / n <= MARKS), 12)
    found = []
    for n in range(scale.first.year * 12 + scale.first.month, scale.last.year * 12 + scale.last.month):
        year, month = divmod(n, 12)
        if month % apart == 0:
            found.append({"x": f"{scale.at(date(year, month + 1, 1)):.2f}%", "label": f"{month + 1:02d}/{year}"})
    return found
