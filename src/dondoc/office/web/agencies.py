"""Agencies: the list with what each owes, and one agency's duties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dondoc.office.here import Here
from dondoc.office.queries import agencies, duties
from dondoc.office.web.frame import page


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the agencies as they were called on a day."""
    return render(request, "agencies/list.html", {"rows": agencies.agencies(**here.moment), "with_figures": False})


@require_GET
@page
def show(request: HttpRequest, here: Here, agency_id: int) -> HttpResponse:
    """Show what one agency owes on a day."""
    context = {
        "agency": agencies.agency(agency_id, **here.moment),
        "rows": duties.listed("owed", **here.moment, agency=str(agency_id)),
    }
    return render(request, "agencies/page.html", context)
