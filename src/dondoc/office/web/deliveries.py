"""Deliveries: putting documents in, one by one or many at once, and what became of each file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.access import Refused, require
from dondoc.office.actions.intake import Incoming, SecretRefused, take_in
from dondoc.office.here import Here
from dondoc.office.web.forms import DayInput, line, words
from dondoc.office.web.frame import page
from dondoc.office.web.uploads import refused_file


class DocumentForm(forms.Form):
    """A file or pasted words, and what the document itself may not say."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
    )
    text = forms.CharField(
        label=gettext_lazy("or its words, pasted"), required=False, strip=False, widget=words(rows=12)
    )
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput())
    issued_on = forms.DateField(
        label=gettext_lazy("Issued on"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Only if the document does not say it, or says it without a year."),
    )
    incoming_number = forms.CharField(
        label=gettext_lazy("Incoming number"), required=False, max_length=40, widget=line()
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("text", "").strip()):
            raise forms.ValidationError(_("Choose a file or paste the words: one of the two."))
        return data


@page
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Put a document in: a file or pasted words."""
    require(here.actor, "officer", "administrator")
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"received_on": here.today})
    status = 200
    if too_large := refused_file(request):
        form, status = DocumentForm(initial={"received_on": here.today}), 422
        messages.error(request, too_large)
    elif request.method == "POST" and form.is_valid():
        try:
            taken = take_in(_incoming(form), actor=here.actor)
        except SecretRefused as refusal:
            # Not even shown again: the page would carry its words.
            form, status = DocumentForm(initial={"received_on": here.today}), 422
            messages.error(request, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if taken.was_here:
                messages.info(request, _("This document was here already: the same bytes are kept once."))
            return redirect("reading", taken.document_id)
    context = {
        "form": form,
        "limit": filesizeformat(settings.DONDOC_UPLOAD_LIMIT),
        "formats": "DOCX, DOC, RTF, ODT, PDF, XLSX, XLS, PNG, JPG, TIF, HTML, TXT",
    }
    return render(request, "documents/add.html", context, status=422 if form.errors else status)


def _incoming(form: DocumentForm) -> Incoming:
    data = form.cleaned_data
    upload = data["file"]
    return Incoming(
        # Browsers send a pasted line end as two characters; it was one when it was pasted.
        content=upload.read() if upload else data["text"].replace("\r\n", "\n").encode(),
        filename=upload.name if upload else "van-ban.txt",
        received_on=data["received_on"],
        issued_on=data["issued_on"],
        incoming_number=data["incoming_number"],
    )
