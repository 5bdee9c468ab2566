"""What a newer reading of a document gained and lost, and having it read again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dondoc.office.access import SEES_ALL, require
from dondoc.office.actions.intake import READER_VERSION
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import documents, rereading
from dondoc.office.queries.rereading import ReadingRow
from dondoc.office.web.frame import page


@require_GET
@page
def show(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Hold the latest reading of a document against the one before, or two others that are named."""
    require(here.actor, *SEES_ALL)
    found = documents.document(document_id, **here.moment)
    rows = rereading.readings_of(document_id, viewer=here.viewer, known_at=here.known_at)
    newer, older = _chosen(request, rows)
    context = {
        "document": found,
        "readings": rows,
        "newer": newer,
        "older": older,
        "told": rereading.comparison(older, newer, viewer=here.viewer, known_at=here.known_at)
        if older and newer
        else None,
        "may_read_again": bool(rows)
        and all(row.version != READER_VERSION for row in rows)
        and here.may("officer", "administrator")
        and not here.is_past,
        "reader_version": READER_VERSION,
    }
    return render(request, "rereading/page.html", context)


def _chosen(request: HttpRequest, rows: list[ReadingRow]) -> tuple[ReadingRow | None, ReadingRow | None]:
    """Give the newer and the older of the two readings that are asked for; the latest two when none is."""
    by_id = {row.id: row for row in rows}
    newer = by_id.get(number_asked(request.GET.get("newer", "")) or 0, rows[0] if rows else None)
    before = [row for row in rows if newer is not None and row.id < newer.id]
    older = by_id.get(number_asked(request.GET.get("older", "")) or 0, before[0] if before else None)
    return newer, older if older is not None and newer is not None and older.id < newer.id else None
