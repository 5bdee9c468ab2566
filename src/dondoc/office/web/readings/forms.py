"""What an officer fills in to decide on a proposal."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dondoc.office.queries.readings import ProposalRow
from dondoc.office.web.dues import DueRuleField
from dondoc.office.web.forms import DayInput, line, words

LEAST_PART = 20  # letters of a clause that can be a task of its own
_PARTS = re.compile(r"[;\n]+")


class HeadForm(forms.Form):
    """What the document does not state about itself."""

    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput())


class PartForm(forms.Form):
    """A task as the officer would have it."""

    title = forms.CharField(label=gettext_lazy("What must be done"), widget=words(rows=4))
    leads = forms.CharField(
        label=gettext_lazy("Lead"), widget=words(rows=2), help_text=gettext_lazy("One agency on each line.")
    )
    coordinators = forms.CharField(label=gettext_lazy("With"), required=False, widget=words(rows=2))
    due = DueRuleField(label=gettext_lazy("Due"), required=False)
    product = forms.CharField(label=gettext_lazy("Product"), required=False, widget=line())


class ChangeForm(PartForm):
    """A proposal as the officer would have it, and the place of its words in the text."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())


class RefuseForm(forms.Form):
    """Why a proposal is no task."""

    reason = forms.CharField(label=gettext_lazy("Why is this no task?"), required=False, max_length=500, widget=line())


class WithdrawForm(forms.Form):
    """Why a decision is taken back."""

    reason = forms.CharField(label=gettext_lazy("Why is the decision withdrawn?"), max_length=500, widget=line())
    confirmed = forms.BooleanField(
        label=gettext_lazy("I know that agencies have already recorded steps on it"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


def titled(words: str) -> str:
    """Write the words of a document as the name of a task: on one line, with a capital at the beginning."""
    title = " ".join(words.split())
    return title[:1].upper() + title[1:]


def parts_of(row: ProposalRow) -> list[dict[str, Any]]:
    """Propose how an assignment could be split: by its clauses, else by its leads, else in two."""
    clauses = [part.strip(" .,") for part in _PARTS.split(row.text)]
    clauses = [part for part in clauses if len(part) >= LEAST_PART]
    every = {"leads": "\n".join(row.leads), "coordinators": "\n".join(row.coordinators)}
    if len(clauses) > 1:
        return [{**every, "title": titled(part)} for part in clauses]
    if len(row.leads) > 1:
        return [{**every, "title": titled(row.text), "leads": lead} for lead in row.leads]
    return [{**every, "title": titled(row.text)} for _part in range(2)]
