"""What is filled in to put documents in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.actions.deliveries import MOST_FILES
from dondoc.office.web.forms import DayInput, line, words


class FilesInput(forms.ClearableFileInput):
    """A chooser that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty one among them is said by the intake itself, with its name."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None]


class DocumentForm(forms.Form):
    """Files or pasted words, and what a document itself may not say."""

    file = FilesField(
        label=gettext_lazy("The files"), required=False, widget=FilesInput(attrs={"class": "form-control"})
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
        sent = data.get("file") or []
        if self.errors:
            return data
        if bool(sent) == bool(data.get("text", "").strip()):
            raise forms.ValidationError(_("Choose files or paste the words: one of the two."))
        if len(sent) > 1 and (data["issued_on"] or data["incoming_number"]):
            raise forms.ValidationError(
                _("An incoming number and a day of issue belong to one document. Leave them empty for several files.")
            )
        return data


class FileForm(forms.Form):
    """One file of a delivery as the page sends it: where it stands, and the day it was received."""

    order = forms.IntegerField(min_value=1, max_value=MOST_FILES)
    received_on = forms.DateField()
    again = forms.BooleanField(required=False)
