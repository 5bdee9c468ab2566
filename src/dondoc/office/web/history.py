"""The log of the office, for those who see all of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dondoc.office.here import Here, number_asked
from dondoc.office.queries import history
from dondoc.office.web.frame import page, with_query

SIZE = 100


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the entries of the log, newest first."""
    before = number_asked(request.GET.get("before", ""))
    rows = history.entries(viewer=here.viewer, known_at=here.known_at, before=before, size=SIZE)
    older = with_query(request.path, {"before": str(rows[-1].seq), **here.keep}) if len(rows) == SIZE else ""
    return render(request, "history/list.html", {"rows": rows, "older_url": older})
