"""The list of deliveries, and one delivery with what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.actions.deliveries import MOST_FILES
from dondoc.office.actions.intake import read_again
from dondoc.office.figures import FigureValue
from dondoc.office.figures.deliveries import source as counted
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import deliveries, documents, readings
from dondoc.office.queries.deliveries import DeliveryRow, FileRow
from dondoc.office.web.frame import page, with_query

SIZE = 50
FILES = 500  # on one page of a delivery
STILL_SENDING = timedelta(minutes=10)  # without a further file; then a page no longer asks for more of them


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the deliveries, the latest first."""
    start = number_asked(request.GET.get("start", "")) or 0
    rows = deliveries.deliveries(**here.moment, start=start, size=SIZE + 1)
    shown = rows[:SIZE]
    context = {
        "lines": _listed(here, shown),
        "may_add": here.may("officer", "administrator"),
        "pages": _pages(request.path, here, start, SIZE, count=len(shown), more=len(rows) > SIZE),
        "empty": {
            "title": _("Nothing was put in by this day"),
            "text": _("Several files that are put in together are listed here, with what became of each."),
        },
    }
    return render(request, "deliveries/list.html", context)


@require_GET
@page
def show(request: HttpRequest, here: Here, delivery_id: int) -> HttpResponse:
    """Show one delivery: each file, and what became of it."""
    delivery = deliveries.delivery(delivery_id, **here.moment)
    news = deliveries.last_news(delivery_id)
    start = number_asked(request.GET.get("start", "")) or 0
    rows = deliveries.files(delivery_id, viewer=here.viewer, known_at=here.known_at or news)
    shown = rows[start : start + FILES]
    pages = _pages(delivery.url, here, start, FILES, count=len(shown), more=len(rows) > start + FILES)
    context = _progress(here, delivery, news, shown, grows=not (pages and pages["next_url"])) | {
        "lines": _lines(here, shown),
        "pages": pages,
        "limit": filesizeformat(settings.DONDOC_UPLOAD_LIMIT),
        "limit_bytes": settings.DONDOC_UPLOAD_LIMIT,
        "most": MOST_FILES,
        "today": here.today,
        "next": deliveries.next_place(delivery_id),
    }
    return render(request, "deliveries/page.html", context)


@require_GET
@page
def progress(request: HttpRequest, here: Here, delivery_id: int) -> HttpResponse:
    """Say how far a delivery has got, with the rows of which something became known since the page asked last."""
    delivery = deliveries.delivery(delivery_id, **here.moment)
    news = deliveries.last_news(delivery_id)
    asked = {name: number_asked(request.GET.get(name, "")) or 0 for name in ("first", "last", "grows", "sending")}
    since = _instant(request.GET.get("since", ""))
    rows = deliveries.files(delivery_id, viewer=here.viewer, known_at=here.known_at or news, since=since)
    new = [row for row in rows if since is None or row.at > since]
    context = _progress(here, delivery, news, [], grows=bool(asked["grows"]))
    context["progress_url"] = with_query(
        f"{delivery.url}progress/",
        {"since": news.isoformat() if news else "", **{name: str(number or "") for name, number in asked.items()}},
    )
    if asked["sending"]:
        context["changed"], context["added"] = _lines(here, rows), []
    else:
        shown = [row for row in rows if row not in new and (asked["first"] <= row.order <= asked["last"])]
        context["changed"], context["added"] = _lines(here, shown), _lines(here, new if asked["grows"] else [])
    return render(request, "deliveries/progress.html", context)


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _progress(
    here: Here, delivery: DeliveryRow, news: datetime | None, rows: list[FileRow], *, grows: bool
) -> dict[str, Any]:
    """Say how far a delivery has got, and what a page that shows some of its files asks next."""
    fresh = news is None or timezone.now() - news < STILL_SENDING
    query = {
        "since": news.isoformat() if news else "",
        "first": str(min((row.order for row in rows), default="")),
        # A file may come later and yet stand before another: what the page gets after this is all on it.
        "last": str(MOST_FILES if grows else max((row.order for row in rows), default="")),
        "grows": "1" if grows else "",
    }
    return {
        "delivery": delivery,
        "came": _said(here, delivery, CAME),
        "left": _said(here, delivery, LEFT),
        "moving": not here.is_past and bool(delivery.unread or (delivery.unsent and fresh)),
        "progress_url": with_query(f"{delivery.url}progress/", query),
        "may_add": here.may("officer", "administrator") and not here.is_past,
    }


def _pages(path: str, here: Here, start: int, size: int, *, count: int, more: bool) -> dict[str, str] | None:
    if not start and not more:
        return None

    def at(place: int) -> str:
        return with_query(path, {**here.keep, "start": str(place)})

    return {
        "words": _("%(first)d to %(last)d") % {"first": start + 1, "last": start + count},
        "previous_url": at(max(start - size, 0)) if start else "",
        "next_url": at(start + size) if more else "",
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A file on the page, with how many proposals and stated numbers its document has where it was read."""

    row: FileRow
    proposals: FigureValue | None = None
    claims: FigureValue | None = None


def _lines(here: Here, rows: Sequence[FileRow]) -> list[Line]:
    ids = [row.document_id for row in rows if row.document_id is not None and row.state == "read"]
    if not ids:
        return [Line(row) for row in rows]
    read: dict[Any, Any] = {readings.tally: readings.tally(**here.moment).read(ids)}
    asked = [(key, {"document": str(pk)}) for key in ("proposals.by_verdict", "claims.stated") for pk in ids]
    found = figures.values(asked, **here.moment, given=read)
    offered, stated = (dict(zip(ids, part, strict=True)) for part in (found[: len(ids)], found[len(ids) :]))
    return [Line(row, offered.get(row.document_id or 0), stated.get(row.document_id or 0)) for row in rows]


# What is said of a delivery: each number and, where it is said only then, whether it must be more than none.
CAME: tuple[tuple[str, dict[str, str], bool], ...] = (
    ("deliveries.files", {}, False),
    *(("deliveries.files", {"outcome": one}, True) for one in ("taken", "duplicate", "secret", "refused")),
)
LEFT: tuple[tuple[str, dict[str, str], bool], ...] = (
    ("deliveries.files", {"reading": "waiting"}, True),
    ("deliveries.files", {"reading": "failed"}, True),
    ("deliveries.unsent", {}, True),
)
COLUMNS: tuple[tuple[str, dict[str, str]], ...] = (
    ("deliveries.files", {"outcome": "taken"}),
    ("deliveries.files", {"outcome": "duplicate"}),
    ("deliveries.files", {"outcome": "secret,refused"}),
    ("deliveries.files", {"reading": "waiting"}),
    ("deliveries.files", {"reading": "failed"}),
    ("deliveries.unsent", {}),
)


def _said(here: Here, row: DeliveryRow, wanted: Sequence[tuple[str, dict[str, str], bool]]) -> list[FigureValue]:
    asked = [(key, {"delivery": str(row.id), **more}) for key, more, _only in wanted]
    found = figures.values(asked, **here.moment, given={counted: {str(row.id): row}})
    return [number for number, (_key, _more, only) in zip(found, wanted, strict=True) if number.value or not only]


def _listed(here: Here, rows: Sequence[DeliveryRow]) -> list[tuple[DeliveryRow, list[FigureValue]]]:
    """Give the numbers of each delivery of a list, in the order of its columns."""
    asked = [(key, {"delivery": str(row.id), **more}) for row in rows for key, more in COLUMNS]
    found = figures.values(asked, **here.moment, given={counted: {str(row.id): row for row in rows}})
    return [(row, found[n * len(COLUMNS) : (n + 1) * len(COLUMNS)]) for n, row in enumerate(rows)]


@require_POST
@page
def again(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Have a document read again that could not be read."""
    title = documents.document(document_id, **here.moment).title
    read_again(document_id, actor=here.actor)
    messages.success(request, _("“%(title)s” is in the queue and will be read again.") % {"title": title})
    delivery_id = number_asked(request.POST.get("delivery", ""))
    return redirect("delivery", delivery_id) if delivery_id else redirect("reading", document_id)
