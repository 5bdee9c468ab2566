"""Agencies: the list with what each owes, and one agency's duties."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dondoc.office import figures
from dondoc.office.access import require
from dondoc.office.actions.agencies import (
    LONGEST,
    LONGEST_SHORT,
    AgencyRefused,
    ReformStep,
    apply_reform,
    rename_agency,
)
from dondoc.office.here import Here, day_asked, number_asked
from dondoc.office.queries import agencies, duties, urges
from dondoc.office.web.forms import DayInput, attempt, line
from dondoc.office.web.frame import page

RENAMERS = ("administrator", "officer")
URGES = 10  # the latest; all stand in their own list
NUMBERS = {
    "duties.done": gettext_lazy("Done"),
    "duties.open": gettext_lazy("Not done yet"),
    "duties.late": gettext_lazy("Late"),
    "duties.in_time": gettext_lazy("In time, %"),
}


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the agencies as they were called on a day."""
    rows = agencies.agencies(**here.moment)
    asked = [(key, {"agency": str(row.id)}) for row in rows for key in NUMBERS]
    numbers = iter(figures.values(asked, **here.moment))
    lines = [(row, [next(numbers) for _key in NUMBERS]) for row in rows]
    context = {"lines": lines, "heads": tuple(NUMBERS.values()), "may_reform": here.viewer.sees_all}
    return render(request, "agencies/list.html", context)


@require_GET
@page
def show(request: HttpRequest, here: Here, agency_id: int) -> HttpResponse:
    """Show what one agency owes on a day."""
    asked = [(key, {"agency": str(agency_id)}) for key in NUMBERS]
    numbers = figures.values(asked, **here.moment)
    context = {
        "figures": [
            {"label": label, "class": "late" if number.key == "duties.late" else "", "figure": number, "change": None}
            for label, number in zip(NUMBERS.values(), numbers, strict=True)
        ],
        "agency": agencies.agency(agency_id, **here.moment),
        "rows": duties.listed("owed", **here.moment, agency=str(agency_id)),
        "may_rename": here.may(*RENAMERS) and not here.is_past,
        "urges": urges.urges(**here.moment, agency=agency_id, size=URGES),
    }
    return render(request, "agencies/page.html", context)


class RenameForm(forms.Form):
    """What an agency is called from a day on."""

    name = forms.CharField(label=gettext_lazy("Name in full"), max_length=LONGEST, widget=line(autocomplete="off"))
    short_name = forms.CharField(
        label=gettext_lazy("Short name"),
        required=False,
        max_length=LONGEST_SHORT,
        widget=line(autocomplete="off"),
        help_text=gettext_lazy("As tables and lists call it; empty: the name in full."),
    )
    on = forms.DateField(
        label=gettext_lazy("From the day"),
        widget=DayInput(),
        help_text=gettext_lazy("Lists and reports of earlier days keep the name that held then."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def rename(request: HttpRequest, here: Here, agency_id: int) -> HttpResponse:
    """Give an agency another name from a day on: the same agency, which owes the same work."""
    require(here.actor, *RENAMERS)
    agency = agencies.agency(agency_id, **here.moment)
    begun = {"name": agency.name, "short_name": agency.short_name, "on": here.today}
    form = RenameForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: rename_agency(agency_id, **said, actor=here.actor)):
            messages.success(request, _("The new name is recorded. Papers that use the old one still find the agency."))
            return redirect("agency", agency_id)
    context = {"agency": agency, "form": form}
    return render(request, "agencies/rename.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def reform(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the reform of 2025 made of the office's agencies, and record the lines that were ticked."""
    if request.method == "POST":
        steps = [_step(request, here, text) for text in request.POST.getlist("agency")]
        if not steps:
            raise AgencyRefused(_("No line was ticked. Tick what is to be recorded, then send it again."))
        count = apply_reform(steps, actor=here.actor)
        said = ngettext("%(count)d succession was recorded.", "%(count)d successions were recorded.", count)
        messages.success(request, said % {"count": count})
        return redirect("agency_reform")
    rows = agencies.reform(**here.moment)
    context = {
        "rows": rows,
        "may_apply": here.may("administrator") and not here.is_past,
        "is_open": any(not row.recorded for row in rows),
    }
    return render(request, "agencies/reform.html", context)


def _step(request: HttpRequest, here: Here, text: str) -> ReformStep:
    agency_id = number_asked(text)
    if agency_id is None:
        raise AgencyRefused(_("There is no such agency in this office, or it is not yours."))
    day = day_asked(request.POST.get(f"on-{agency_id}", ""), here.today)
    return ReformStep(agency_id, day, request.POST.get(f"number-{agency_id}", ""))
