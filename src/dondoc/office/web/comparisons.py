"""Two days compared: the numbers of a list on both, and every reason for which they differ, in lines that add up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.figures import FigureValue
from dondoc.office.figures.registry import Request
from dondoc.office.here import Here, day_asked, instant_asked, number_asked
from dondoc.office.queries import comparisons, documents, programmes
from dondoc.office.queries.comparisons import BridgeLine, Compared, Comparison, Moment
from dondoc.office.reports.movements import line_words
from dondoc.office.web.frame import page

MONTH = timedelta(days=30)


@require_GET
@page
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how the numbers of a list or of a resolution came from one day to another."""
    what, title = _asked(request, here)
    second = Moment(here.as_of, here.known_at)
    asked, known_by = request.GET.get("from", ""), request.GET.get("from_known", "")
    first = Moment(day_asked(asked, here.today) if asked else second.as_of - MONTH, instant_asked(known_by))
    found = comparisons.compare(what, first, second, viewer=here.viewer)
    context = {
        "title": title,
        "found": found,
        "before": _ends(here, what, found, first),
        "after": _ends(here, what, found, second),
        "lines": [_shown(line) for line in found.lines],
        "redefined": found.first_definition != found.second_definition,
        "keep": [{"name": key, "value": value} for key, value in {**_scope(what), **here.keep}.items()],
        "board_url": f"/?{'&'.join(f'{key}={value}' for key, value in _scope(what).items())}",
    }
    return render(request, "comparisons/page.html", context)


def _asked(request: HttpRequest, here: Here) -> tuple[Compared, str]:
    """Say what is compared; without a wish the first list of the day."""
    if number_asked(key := request.GET.get("resolution", "")) is not None:
        titles = dict(documents.resolutions(**here.moment))
        if int(key) in titles:
            return Compared(resolution=key), titles[int(key)]
    rows = programmes.programmes(**here.moment)
    wanted = request.GET.get("programme", "")
    row = next((row for row in rows if row.key == wanted), rows[0] if rows and not wanted else None)
    if row is None:
        raise programmes.NotRecorded(_("This list was not on record on this day."))
    return Compared(programme=row.key), row.title


def _scope(what: Compared) -> dict[str, str]:
    return {"programme": what.programme} if what.programme else {"resolution": what.resolution or ""}


def _ends(here: Here, what: Compared, found: Comparison, at: Moment) -> list[FigureValue]:
    """Give the numbers of one day: one for each column, then that of the whole list."""
    scope = _scope(what)
    each, name, whole = (
        ("tasks.in_group", "group", "tasks.total")
        if what.programme
        else ("tasks.in_class", "state_class", "tasks.followed")
    )
    asked: list[Request] = [(each, {**scope, name: column.code}) for column in found.columns]
    return figures.values([*asked, (whole, scope)], viewer=here.viewer, as_of=at.as_of, known_at=at.known_at)


def _shown(line: BridgeLine) -> dict[str, Any]:
    return {
        "cause": line.cause,
        "words": line_words(line),
        "changes": list(_signed((*line.changes, line.changes_all))),
        "n": len(line.tasks),
        "tasks": line.tasks,
    }


def _signed(numbers: Iterable[int]) -> Iterable[str]:
    return (f"+{n}" if n > 0 else f"−{-n}" if n else "" for n in numbers)
