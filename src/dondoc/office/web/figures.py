"""A number opened to its rows, beside the page or on a page of its own, and handed out as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.figures import FigureValue, Opened
from dondoc.office.here import Here
from dondoc.office.reports.counted import sheet_of
from dondoc.office.web import sheets
from dondoc.office.web.frame import page, with_query

SHOWN = 500  # rows on a page; a file has all of them


@require_GET
@page
def rows(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Show the rows that a number counts, with the sentence that defines it."""
    number, found = _opened(request, here, key, size=SHOWN)
    arguments = dict(number.arguments)
    definition = figures.figure(key)
    query = {**arguments, **here.keep}
    counted = int(number.value or 0) if definition.cuts else len(found.rows)
    context = {
        "figure": number,
        "unit": definition.unit,
        "says": definition.says,
        "asked": figures.said(key, arguments, **here.moment),
        "rows": found.rows[:SHOWN],
        "rest": found.rest[:SHOWN],
        "counted": counted,
        "whole": len(found.rows) + len(found.rest) if definition.whole else None,
        "more": max(counted - SHOWN, 0),
        "files": [
            (form.upper(), with_query(reverse("figure_sheet", args=(key, form)), query)) for form in sheets.FORMS
        ],
    }
    return render(request, "figures/rows.html", context)


@require_GET
@page
def sheet(request: HttpRequest, here: Here, key: str, form: str) -> HttpResponse:
    """Hand out a number with all of its rows as a file, saying above them what it counts and of which day."""
    if form not in sheets.FORMS:
        raise Http404
    number, found = _opened(request, here, key)
    sheets.check_length(len(found.rows) + len(found.rest))
    asked = figures.said(key, dict(number.arguments), **here.moment)
    made = sheet_of(
        number,
        found,
        said=[f"{name}: {words}" for name, words in asked],
        office=here.office.name,
        made_at=timezone.now(),
        made_by=str(here.user),
    )
    return sheets.hand_out(made, form)


def _opened(request: HttpRequest, here: Here, key: str, *, size: int | None = None) -> tuple[FigureValue, Opened]:
    if key not in figures.FIGURES:
        raise Http404
    asked: dict[str, Any] = {name: given for name in figures.figure(key).takes if (given := request.GET.get(name))}
    number = figures.value(key, **here.moment, arguments=asked)
    if number.value is None:
        return number, Opened(())
    return number, figures.opened(key, **here.moment, arguments=asked, size=size)
