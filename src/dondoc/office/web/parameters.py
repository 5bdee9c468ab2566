"""Parameters of the rules: what holds in the office, since when, on what ground; an administrator lays down its own."""

from __future__ import annotations

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
from dondoc.office.queries import parameters
from dondoc.office.queries.parameters import ParameterRow
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

    def __init__(self, *args: Any, row: ParameterRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.holds.value in dict(YES_NO):
            yes_no = choice()
            yes_no.choices = YES_NO
            self.fields["text"].widget = yes_no
        else:
            hour = _("An hour like 17:00; 24:00 is midnight.")
            self.fields["text"].help_text = hour if row.unit == "giờ" else _("Whole numbers; several parted by commas.")


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List all parameters with what holds on the day."""
    may_set = here.may("administrator") and not here.is_past
    return render(request, "parameters/list.html", {"rows": parameters.listed(**here.moment), "may_set": may_set})


@page
def show(request: HttpRequest, here: Here, parameter: str) -> HttpResponse:
    """Lay down the office's own value of a parameter from a day on."""
    require(here.actor, "administrator")
    row = parameters.parameter(parameter, **here.moment)
    form = ValueForm(request.POST or None, initial={"text": row.holds.value, "on": here.today}, row=row)
    if request.method == "POST" and form.is_valid():
        new = NewValue(parameter, **form.cleaned_data)
        if attempt(form, lambda: lay_down_parameter(new, actor=here.actor)):
            messages.success(request, _("The parameter is laid down. Due days that were set before stay as they are."))
            return redirect("parameters")
    status = 422 if form.errors else 200
    return render(request, "parameters/page.html", {"row": row, "form": form}, status=status)
