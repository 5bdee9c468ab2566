"""Documents: the list, one document's page, its original, a leader's note."""

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

from dondoc.office.access import Refused, require
from dondoc.office.actions.documents import write_note
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import documents, tasks
from dondoc.office.queries.tasks import Wanted
from dondoc.office.web.forms import words
from dondoc.office.web.frame import page, with_query

SIZE = 50


class NoteForm(forms.Form):
    """A leader's note."""

    text = forms.CharField(label=gettext_lazy("The note"), widget=words(rows=3))


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the documents, the latest first."""
    wanted = request.GET.get("q", "")
    start = number_asked(request.GET.get("start", "")) or 0
    rows = documents.documents(**here.moment, words=wanted, start=start, size=SIZE + 1)
    keep = {**here.keep, "q": wanted}
    context = {
        "rows": rows[:SIZE],
        "filters": {
            "noun": _("Documents"),
            "chips": [],
            "fields": [],
            "keep": [{"name": key, "value": value} for key, value in here.keep.items()],
            "search": wanted,
            "clear_url": with_query(request.path, here.keep),
        },
        "pages": {
            "words": _("%(first)d to %(last)d") % {"first": start + 1, "last": start + len(rows[:SIZE])},
            "previous_url": with_query(request.path, {**keep, "start": str(max(start - SIZE, 0))}) if start else "",
            "next_url": with_query(request.path, {**keep, "start": str(start + SIZE)}) if len(rows) > SIZE else "",
        }
        if start or len(rows) > SIZE
        else None,
        "may_add": here.may("officer", "administrator"),
        "empty": {
            "title": _("No document found") if wanted else _("No document on record on this day"),
            "text": _("Try other words, or a later day.")
            if wanted
            else _("Put the first one in, or look at a later day."),
        },
    }
    return render(request, "documents/list.html", context)


@require_GET
@page
def show(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Show one document: its head, its links, the notes on it and the tasks from it."""
    return _page(request, here, document_id, NoteForm())


def _page(request: HttpRequest, here: Here, document_id: int, form: NoteForm) -> HttpResponse:
    found = documents.document(document_id, **here.moment)
    original = documents.file_of(document_id) if here.viewer.sees_all else None
    may_note = here.may("leader", "officer", "administrator") and not here.is_past
    context = {
        "document": found,
        "original": {
            "url": f"/originals/{original.id}/",
            "filename": original.filename,
            "size": filesizeformat(original.size),
            "sha256": original.sha256,
        }
        if original
        else None,
        "links": documents.links(document_id, **here.moment),
        "notes": documents.notes(document_id, **here.moment),
        "tasks": tasks.tasks(Wanted(document=str(document_id)), **here.moment),
        "note_form": form if may_note else None,
        "note_url": f"/documents/{document_id}/note/",
        "may_read": here.viewer.sees_all,
        "may_assign": here.may("officer", "administrator"),
    }
    return render(request, "documents/page.html", context, status=422 if form.errors else 200)


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
