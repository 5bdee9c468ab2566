"""The page itself: the document as it looks, what was read in it, and what others decide on it meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.actions.intake.picture import picture as draw
from dondoc.office.figures.claims import hold
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import claims, documents, readings
from dondoc.office.queries.readings import ProposalRow, ReadingPage, Stretch
from dondoc.office.web.frame import asks_for_part, page
from dondoc.office.web.readings.forms import HeadForm
from dondoc.office.web.readings.heads import bindable

SURE = (0.95, 0.9, 0.8, 0.7)  # from how sure on all can be accepted at once; the second is offered first
ORDERS = ("text", "doubt")
NEVER_SURE = 2.0


@require_GET
@page
def show(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Show a document as it looks and all that was read in it."""
    document = documents.document(document_id, **here.moment)
    reading = readings.reading(document_id, viewer=here.viewer, known_at=here.known_at)
    problem = readings.problem(document_id, viewer=here.viewer, known_at=here.known_at)
    if asks_for_part(request):
        answer = render(request, "parts/progress.html", {"work": _work(document_id)})
        if reading is not None or problem:
            answer["HX-Redirect"] = request.path
        return answer
    order = request.GET.get("order", "")
    order = order if order in ORDERS else ORDERS[0]
    context = _context(here, document, reading, order) | {
        "problem": problem,
        "work": _work(document_id) if reading is None and not problem else None,
    }
    return render(request, "readings/page.html", context)


def _work(document_id: int) -> dict[str, Any]:
    return {
        "label": _("The document is being read."),
        "left": _("This takes a few seconds. You may leave the page: nothing is lost."),
        "done": 0,
        "total": 1,
        "url": f"/documents/{document_id}/reading/",
    }


def _context(here: Here, document: documents.DocumentRow, reading: ReadingPage | None, order: str) -> dict[str, Any]:
    stated = claims.of_document(document.id, viewer=here.viewer, known_at=here.known_at) if reading else []
    held = hold(stated, viewer=here.viewer, known_at=here.known_at)
    spans = [] if reading is None else _spans(reading, ((row.claim.start, row.claim.end, row.claim.id) for row in held))
    text = reading.text if reading else documents.text_of(document.id)
    decides = may_decide(here)
    return {
        "document": document,
        "recipients": documents.header_row(document.id).recipients,
        "reading": reading,
        "proposals": _ordered(reading, order) if reading else [],
        "order": order,
        "orders": _orders(document.id, here, order),
        "lines": readings.lines(text, spans),
        "sheets": readings.sheets(document.id, spans, viewer=here.viewer) if reading else [],
        "held": held,
        "ask": HeadForm() if document.issued_on is None and decides else None,
        "ask_url": f"/documents/{document.id}/head/",
        "bindable": bindable(here) if decides and held else [],
        **(around(here, document.id, reading) if reading else {"may_decide": decides}),
    }


def may_decide(here: Here) -> bool:
    """Whether the person decides on proposals, and looks at today: nothing is written in the past."""
    return here.may("officer", "administrator") and not here.is_past


def _spans(reading: ReadingPage, stated: Iterable[tuple[int, int, int]]) -> list[Stretch]:
    return [
        *((p.start, p.end, "proposal", p.id) for p in reading.proposals),
        *((p.start, p.end, "petition", 0) for p in reading.petitions),
        *((start, end, "claim", key) for start, end, key in stated),
        *((start, end, "doubt", 0) for start, end, _sure in reading.doubts),
    ]


def _ordered(reading: ReadingPage, order: str) -> list[ProposalRow]:
    """Order the proposals as they stand in the text, or the doubtful ones first and the decided ones last."""
    if order == "text":
        return list(reading.proposals)
    return sorted(reading.proposals, key=lambda row: NEVER_SURE if row.verdict else row.confidence)


def _orders(document_id: int, here: Here, order: str) -> list[dict[str, object]]:
    labels = {"text": _("as in the text"), "doubt": _("doubtful ones first")}
    query = here.query[1:]
    return [
        {
            "label": labels[key],
            "current": key == order,
            "url": f"/documents/{document_id}/reading/?order={key}{'&' if query else ''}{query}",
        }
        for key in ORDERS
    ]


def around(here: Here, document_id: int, reading: ReadingPage) -> dict[str, Any]:
    """Give what stands around the proposals: how far the review is, accepting many, what was seen of others' work."""
    decides = may_decide(here)
    read, decided = readings.seen(document_id, viewer=here.viewer)
    return {
        "document_id": document_id,
        "may_decide": decides,
        "counts": _counts(here, document_id),
        "accept_all": _accept_all(document_id, reading) if decides else None,
        "merge_url": f"/documents/{document_id}/merge/" if decides else "",
        "pulse": None if here.is_past else {"url": f"/documents/{document_id}/news/", "seen": f"{read}.{decided}"},
    }


def _counts(here: Here, document_id: int) -> list[dict[str, object]]:
    key, document = "proposals.by_verdict", {"document": str(document_id)}
    asked = [document, *({**document, "verdict": verdict} for verdict in ("taken", "refused", "open"))]
    offered, taken, refused, left = figures.values([(key, arguments) for arguments in asked], **here.moment)
    return [
        {"figure": offered, "words": _("proposed")},
        {"figure": taken, "words": _("accepted")},
        *([{"figure": refused, "words": _("refused")}] if refused.value else []),
        {"figure": left, "words": _("left")},
    ]


def _accept_all(document_id: int, reading: ReadingPage) -> dict[str, Any] | None:
    """Offer to accept all that the reader is sure of, from several degrees of sureness on."""
    left = [row.confidence for row in reading.proposals if not row.verdict]
    offers = [_offer(at, n) for at in SURE if (n := len([sure for sure in left if sure >= at]))]
    if not offers:
        return None
    first = next((offer for offer in offers if offer["at"] == str(SURE[1])), offers[0])
    return {"url": f"/documents/{document_id}/accept/", "first": first, "offers": offers}


def _offer(at: float, n: int) -> dict[str, str]:
    sure = f"{at:g}".replace(".", ",")
    confirm = ngettext(
        "%(n)d proposal with a confidence of %(sure)s or more becomes a task, and the agencies owe it from then on.",
        "%(n)d proposals with a confidence of %(sure)s or more become tasks, and the agencies owe them from then on.",
        n,
    )
    label = ngettext("Accept %(n)d from %(sure)s on", "Accept %(n)d from %(sure)s on", n)
    return {"at": str(at), "label": label % {"n": n, "sure": sure}, "confirm": confirm % {"n": n, "sure": sure}}


@require_GET
@page
def news(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Say what others decided since the page last asked; nothing (204) when there is nothing new."""
    read, decided = seen_before(request)
    if (read, decided) == readings.seen(document_id, viewer=here.viewer):
        return HttpResponse(status=204)
    reading = readings.reading(document_id, viewer=here.viewer, known_at=here.known_at)
    if reading is None:
        return HttpResponse(status=204)
    return HttpResponse(cards(request, here, reading, first=[]))


def seen_before(request: HttpRequest) -> tuple[int, int]:
    """Read from a request which reading, and which decisions up to which one, the page shows."""
    sent = request.POST.get("seen") or request.GET.get("seen") or ""
    read, _dot, decided = sent.partition(".")
    return number_asked(read) or 0, number_asked(decided) or 0


def cards(request: HttpRequest, here: Here, reading: ReadingPage, *, first: list[int], all_apart: bool = False) -> str:
    """Write the proposals that were decided since the page last asked, and the counts; `first` ones come foremost.

    The very first takes the place of what was asked for, unless `all_apart`; all others find their own places.
    """
    read, decided = seen_before(request)
    chains = readings.decided_since(reading.document_id, decided, viewer=here.viewer) if read else set()
    rows = {row.id: row for row in reading.proposals}
    wanted = [*first, *(row.id for row in reading.proposals if row.first_id in chains and row.id not in first)]
    context = around(here, reading.document_id, reading) | {
        "swap": True,
        "read_anew": bool(read) and read != reading.id,
    }
    own_place = () if all_apart else first[:1]
    written = [
        render_to_string(
            "readings/proposal.html", {**context, "proposal": rows[key], "apart": key not in own_place}, request
        )
        for key in wanted
        if key in rows
    ]
    return "".join([*written, *(render_to_string(f"readings/{n}.html", context, request) for n in ("counts", "pulse"))])


@require_GET
@page
def picture(request: HttpRequest, here: Here, document_id: int, number: int) -> HttpResponse:
    """Give the picture of one page of a document; the browser keeps it, and asks each time whether it still may."""
    etag = f'"{readings.fingerprint(document_id, number, viewer=here.viewer)}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        drawn, kind = draw(document_id, number, viewer=here.viewer)
        answer = HttpResponse(drawn, content_type=kind)
    answer["ETag"] = etag
    # Kept by this browser alone, and never shown unasked: a document may be found secret and go.
    patch_cache_control(answer, private=True, no_cache=True)
    return answer
