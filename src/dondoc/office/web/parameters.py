"""Parameters of the rules: what holds in the office, since when, on what ground; an administrator lays down its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office.access import require
from dondoc.office.actions.parameters import NewValue, lay_down_parameter
from dondoc.office.here import Here
from dondoc.office.queries import parameters, scales
from dondoc.office.queries.parameters import Laid, ParameterRow
from dondoc.office.queries.scales import CHOICE
from dondoc.office.web.forms import DayInput, attempt, choice, line
from dondoc.office.web.frame import page

YES_NO = [("có", gettext_lazy("yes")), ("không", gettext_lazy("no"))]


class ValueForm(forms.Form):
    """The office's own value of a parameter."""

    text = forms.CharField(label=gettext_lazy("Value"), max_length=100, widget=line())
    on = forms.DateField(label=gettext_lazy("From the day"), widget=DayInput())
    source = forms.CharField(
        label=gettext_lazy("On what ground"),
        max_length=300,
        widget=line(),
        help_text=gettext_lazy("The decision or regulation of the office, with its number and day."),
    )

    def __init__(self, *args: Any, row: ParameterRow, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices or row.holds.value in dict(YES_NO):
            one_of = choice()
            one_of.choices = choices or YES_NO
            self.fields["text"].widget = one_of
        else:
            hour = _("An hour like 17:00; 24:00 is midnight.")
            self.fields["text"].help_text = hour if row.unit == "giờ" else _("Whole numbers; several parted by commas.")


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List all parameters with what holds on the day."""
    may_set = here.may("administrator") and not here.is_past
    rows = [_in_words(row, _names(here)) if row.key == CHOICE else row for row in parameters.listed(**here.moment)]
    return render(request, "parameters/list.html", {"rows": rows, "may_set": may_set})


def _names(here: Here) -> dict[str, str]:
    """Give the names of the office's scales by their keys."""
    return {row.key: row.shown.scale.name for row in scales.histories(**here.moment)}


def _in_words(row: ParameterRow, names: Mapping[str, str]) -> ParameterRow:
    """Show a parameter that is a key by the name of what it stands for."""

    def said(laid: Laid) -> Laid:
        return replace(laid, value=names.get(laid.value, laid.value))

    history = tuple(map(said, row.history))
    return replace(row, unit="", holds=said(row.holds), program=said(row.program), history=history)


@page
def show(request: HttpRequest, here: Here, parameter: str) -> HttpResponse:
    """Lay down the office's own value of a parameter from a day on."""
    require(here.actor, "administrator")
    row = parameters.parameter(parameter, **here.moment)
    choices: list[tuple[str, str]] = []
    initial = {"text": row.holds.value, "on": here.today}
    if row.key == CHOICE:
        choices = [(key, scale.name) for key, scale in scales.in_force(**here.moment).items()]
        row = _in_words(row, _names(here))
    form = ValueForm(request.POST or None, initial=initial, row=row, choices=choices)
    if request.method == "POST" and form.is_valid():
        new = NewValue(parameter, **form.cleaned_data)
        if attempt(form, lambda: lay_down_parameter(new, actor=here.actor)):
            messages.success(request, _("The parameter is laid down. Due days that were set before stay as they are."))
            return redirect("parameters")
    status = 422 if form.errors else 200
    return render(request, "parameters/page.html", {"row": row, "form": form}, status=status)
