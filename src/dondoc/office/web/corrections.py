"""Mending the head of a document: what it says now, what it said before, and what hangs on its day."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.access import require
from dondoc.office.actions.documents import correct_header
from dondoc.office.here import Here
from dondoc.office.models import Document
from dondoc.office.queries import corrections, documents
from dondoc.office.web.forms import DayInput, attempt, line, words
from dondoc.office.web.frame import page


class HeadForm(forms.Form):
    """The head of a document as the office knows it."""

    number = forms.CharField(label=gettext_lazy("Number and symbol"), required=False, max_length=80, widget=line())
    kind = forms.CharField(label=gettext_lazy("Kind"), required=False, max_length=80, widget=line())
    issuer_name = forms.CharField(label=gettext_lazy("Issuer"), required=False, max_length=300, widget=line())
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), required=False, widget=DayInput())
    received_on = forms.DateField(label=gettext_lazy("Received on"), required=False, widget=DayInput())
    incoming_number = forms.CharField(
        label=gettext_lazy("Incoming number"), required=False, max_length=40, widget=line()
    )
    subject = forms.CharField(label=gettext_lazy("On"), required=False, widget=words(rows=2))
    short_title = forms.CharField(label=gettext_lazy("Called for short"), required=False, max_length=200, widget=line())
    term = forms.CharField(label=gettext_lazy("Term"), required=False, max_length=40, widget=line())
    signer = forms.CharField(label=gettext_lazy("Signed by"), required=False, max_length=200, widget=line())
    signer_position = forms.CharField(
        label=gettext_lazy("Position of the signer"), required=False, max_length=300, widget=line()
    )


LABELS = {name: field.label for name, field in HeadForm.base_fields.items()}


@page
def show(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Show the head of a document to be mended, and mend it."""
    require(here.actor, "officer", "administrator")
    found = documents.document(document_id, **here.moment)
    head = documents.header_row(document_id)
    initial = {name: getattr(head, name) for name in HeadForm.base_fields} | {"received_on": found.received_on}
    form = HeadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if changed.get("received_on", found.received_on) is None:
            del changed["received_on"]  # a document came in on some day
        if not changed:
            form.add_error(None, _("Nothing was changed."))
        elif attempt(form, lambda: correct_header(Document(pk=document_id), actor=here.actor, **changed)):
            messages.success(request, _("The head is mended; what it said before stays below."))
            return redirect("document_correct", document_id)
    history = corrections.corrections(document_id, viewer=here.viewer, known_at=here.known_at)
    context = {
        "document": found,
        "form": form,
        "by_its_day": corrections.by_its_day(document_id, viewer=here.viewer, known_at=here.known_at),
        "history": [
            {"by": one.by, "at": one.at, "mended": [(LABELS[m.field], m.before, m.after) for m in one.mended]}
            for one in history
        ],
    }
    return render(request, "removals/correct.html", context, status=422 if form.errors else 200)
