"""Documents: one document's page, its text with the places that were looked for, its original, a leader's note."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.access import SEES_ALL, Refused, require
from dondoc.office.actions.documents import write_note
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import documents, links, list_names, programmes, tasks
from dondoc.office.queries.tasks import Wanted
from dondoc.office.web.clauses import coverage
from dondoc.office.web.forms import words
from dondoc.office.web.frame import page
from dondoc.office.web.graph import drawing
from dondoc.office.web.links import LinkForm
from dondoc.rules import search


class NoteForm(forms.Form):
    """A leader's note."""

    text = forms.CharField(label=gettext_lazy("The note"), widget=words(rows=3))


@require_GET
@page
def show(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Show one document: its head, its links, the notes on it and the tasks from it."""
    return _page(request, here, document_id, NoteForm())


def _page(request: HttpRequest, here: Here, document_id: int, form: NoteForm) -> HttpResponse:
    moment = here.moment
    may_change = here.may("officer", "administrator") and not here.is_past
    found = documents.document(document_id, **here.moment)
    original = documents.file_of(document_id) if here.viewer.sees_all else None
    may_note = here.may("leader", "officer", "administrator") and not here.is_past
    context = {
        "document": found,
        "open": figures.value("proposals.by_verdict", **moment, arguments=_open(document_id)).value,
        "original": {
            "url": f"/originals/{original.id}/",
            "filename": original.filename,
            "size": filesizeformat(original.size),
            "sha256": original.sha256,
        }
        if original
        else None,
        "clauses": coverage(document_id, here),
        "clauses_url": f"/documents/{document_id}/clauses/{here.query}",
        "lists": programmes.under(document_id, **moment),
        "list_names": list_names.names(document_id, **moment),
        "ended_lists": list_names.ended(document_id, **moment),
        "links": links.links(document_id, **moment),
        "ended_links": links.ended(document_id, **moment),
        "link_form": LinkForm(initial={"on": here.today}) if may_change else None,
        "drawing": drawing(links.picture(document_id, **moment)),
        "notes": documents.notes(document_id, **moment),
        "tasks": tasks.tasks(Wanted(document=str(document_id)), **moment),
        "deliveries": documents.deliveries(document_id, viewer=here.viewer, known_at=here.known_at),
        "history": documents.history(document_id, viewer=here.viewer, known_at=here.known_at),
        "note_form": form if may_note else None,
        "note_url": f"/documents/{document_id}/note/",
        "may_read": here.viewer.sees_all,
        "may_assign": may_change,
    }
    return render(request, "documents/page.html", context, status=422 if form.errors else 200)


def _open(document_id: int) -> dict[str, str]:
    """Ask for the open proposals of a document: the number that its button names, and the reading page shows."""
    return {"document": str(document_id), "verdict": "open"}


@require_GET
@page
def text(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Show the whole text of a document, with the places of some words (`q`) or one place (`at`) marked."""
    require(here.actor, *SEES_ALL)
    found = documents.document(document_id, **here.moment)
    whole = documents.text_of(document_id)
    asked = request.GET.get("q", "")
    places = search.places(whole, search.asked(asked)) if asked else _place(request.GET.get("at", ""), len(whole))
    context = {"document": found, "pieces": _pieces(whole, places), "asked": asked}
    return render(request, "documents/text.html", context)


def _place(at: str, length: int) -> list[tuple[int, int]]:
    """Read a place of an address, "120-135"; nothing where it lies outside the text."""
    first, _dash, last = at.partition("-")
    start, end = number_asked(first), number_asked(last)
    return [(start, end)] if start is not None and end is not None and start < end <= length else []


def _pieces(whole: str, places: list[tuple[int, int]]) -> list[tuple[str, int | None]]:
    """Cut a text at its places: the words of each piece, and where it starts if it is one of the places."""
    pieces: list[tuple[str, int | None]] = []
    at = 0
    for start, end in places:
        pieces += [(whole[at:start], None), (whole[start:end], start)]
        at = end
    return [*pieces, (whole[at:], None)]


@require_POST
@page
def note(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Write a leader's note on a document."""
    require(here.actor, "leader", "officer", "administrator")
    form = NoteForm(request.POST)
    try:
        write_note(document_id, text=request.POST.get("text", ""), on=here.today, actor=here.actor)
    except Refused as refusal:
        documents.document(document_id, **here.moment)
        form.add_error("text", str(refusal))
        return _page(request, here, document_id, form)
    messages.success(request, _("The note is written. A task can be made of it."))
    return redirect("document", document_id)


@require_GET
@page
def original(request: HttpRequest, here: Here, original_id: int) -> HttpResponse:
    """Give a file exactly as it came."""
    row = documents.original_of(original_id, **here.moment)
    return download(bytes(row.content), row.filename)


def download(content: bytes, filename: str, kind: str = "application/octet-stream") -> HttpResponse:
    """Answer with a file that the browser saves under its own name, Vietnamese letters kept."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    return response
