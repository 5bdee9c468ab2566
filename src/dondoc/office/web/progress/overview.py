"""A period's page: for the office how far each agency is, for an agency its own table; and both as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.figures import FigureValue
from dondoc.office.figures import progress as counted
from dondoc.office.here import Here
from dondoc.office.queries import progress
from dondoc.office.queries.progress import AgencyRank, PeriodRow, ReportRow
from dondoc.office.reports.sheets import Cell, Sheet, SheetColumn
from dondoc.office.web.frame import page
from dondoc.office.web.progress.opening import OFFICERS
from dondoc.office.web.progress.writing import table
from dondoc.office.web.sheets import check_length, hand_out
from dondoc.rules.text import vi_date

SIZE = 50
TOP = {
    "due": gettext_lazy("reports due"),
    "given": gettext_lazy("handed in"),
    "missing": gettext_lazy("missing"),
    "late": gettext_lazy("late or overdue"),
    "submitted": gettext_lazy("wait to be accepted"),
}
OF_AGENCY = ("due", "given", "missing", "submitted")
COLUMNS = (
    (gettext_lazy("Agency"), 28),
    (gettext_lazy("Task"), 60),
    (gettext_lazy("Role"), 12),
    (gettext_lazy("State of the report"), 16),
    (gettext_lazy("Due"), 12),
    (gettext_lazy("Handed in on"), 12),
    (gettext_lazy("Days late"), 8),
    (gettext_lazy("Share done, %"), 8),
    (gettext_lazy("Result"), 60),
    (gettext_lazy("Difficulties"), 40),
    (gettext_lazy("Next steps"), 40),
    (gettext_lazy("Remark"), 30),
)


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """How far one agency is, with its numbers as figures, in the order of OF_AGENCY."""

    rank: AgencyRank
    numbers: tuple[FigureValue, ...]


@page
def show(request: HttpRequest, here: Here, period_id: int) -> HttpResponse:
    """Show a period: the whole office's, or what one's own agency has to write."""
    period = progress.period(period_id, **here.moment)
    if not here.viewer.sees_all:
        return table(request, here, period, agency=None)
    if request.method == "POST":
        raise Refused(_("Reports are handed in on the page of an agency. Open the agency in the list below."))
    read = counted.read(**here.moment, only=[{"period": str(period_id)}])
    given = {counted.read: read}
    top = [(f"progress.{name}", {"period": str(period_id)}) for name in TOP]
    numbers = figures.values(top, **here.moment, given=given)
    waiting = numbers[-1]
    context = {
        "period": period,
        "figures": [
            {"label": label, "class": "late" if name == "late" else "", "figure": number, "change": None}
            for (name, label), number in zip(TOP.items(), numbers, strict=True)
        ],
        "lines": _lines(here, period, read, given),
        "waiting": progress.listed(period_id, **here.moment, which="submitted", size=SIZE) if waiting.value else [],
        "waiting_number": waiting,
        "may_decide": here.may(*OFFICERS) and not here.is_past,
    }
    return render(request, "progress/page.html", context)


def _lines(
    here: Here, period: PeriodRow, read: counted.Read, given: Mapping[Callable[..., Any], counted.Read]
) -> list[AgencyLine]:
    by_agency = read.counts.get(period.id, {})
    ranked = progress.ranked(
        by_agency, due_on=period.due_on, dues=dict(period.dues), as_of=here.as_of, known_at=here.known_at
    )
    asked = [
        (f"progress.{name}", {"period": str(period.id), "agency": str(rank.agency_id)})
        for rank in ranked
        for name in OF_AGENCY
    ]
    numbers = figures.values(asked, **here.moment, given=given)
    each = len(OF_AGENCY)
    return [AgencyLine(rank, tuple(numbers[at * each : (at + 1) * each])) for at, rank in enumerate(ranked)]


@require_GET
@page
def sheet(request: HttpRequest, here: Here, period_id: int) -> HttpResponse:
    """Hand a period's reports out as a file for Excel, those in the viewer's sight."""
    period = progress.period(period_id, **here.moment)
    number = figures.value("progress.due", **here.moment, arguments={"period": str(period_id)})
    check_length(int(number.value or 0))
    made = Sheet(
        title=_("Reports of progress, %(period)s") % {"period": period.name},
        says=_("Data of %(first)s to %(last)s; due on %(due)s")
        % {
            "first": vi_date(period.begins_on),
            "last": vi_date(period.last_on),
            "due": vi_date(period.due_on),
        },
        columns=tuple(SheetColumn(str(title), width) for title, width in COLUMNS),
        rows=[_cells(row) for row in progress.listed(period_id, **here.moment)],
        office=here.office.name,
        as_of=here.as_of,
        known_at=here.known_at,
        made_at=timezone.now(),
        made_by=str(here.user),
    )
    answer = hand_out(made, "xlsx")
    assert isinstance(answer, HttpResponse)  # only CSV goes out piece by piece
    return answer


def _cells(row: ReportRow) -> tuple[Cell, ...]:
    remarks = (
        _("entered by the office from a paper") if row.on_behalf else "",
        _("entered late") if row.is_late_entry else "",
        _("given back: %(reason)s") % {"reason": row.reason} if row.reason else "",
    )
    result = _("nothing new") if row.nothing_new else row.result
    return (
        *(row.agency, row.title, row.role_label, row.state_label, row.due_on, row.said_on, row.days_late or None),
        *(row.share, result, row.difficulties, row.next_steps, "; ".join(filter(None, remarks))),
    )
