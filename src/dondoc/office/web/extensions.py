"""Extensions: asked for on the duty's page, decided there or from the list of requests that wait."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.access import Refused, acts_for, require
from dondoc.office.actions.extensions import (
    Request,
    ask_extension,
    grant_extension,
    refuse_extension,
    take_extension_back,
)
from dondoc.office.here import Here
from dondoc.office.queries import duties, extensions
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.extensions import ExtensionRow
from dondoc.office.web.forms import DayInput, attempt, words
from dondoc.office.web.frame import page, sheet


class AskForm(forms.Form):
    """What an agency asks for."""

    wanted_on = forms.DateField(label=gettext_lazy("New due day"), widget=DayInput(ahead=True))
    reason = forms.CharField(label=gettext_lazy("Why it needs longer"), max_length=2000, widget=words(rows=3))


class DecideForm(forms.Form):
    """What the office decides on a request."""

    granted_on = forms.DateField(label=gettext_lazy("Granted until"), required=False, widget=DayInput(ahead=True))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=words(rows=2),
        help_text=gettext_lazy("A refusal needs its reason."),
    )


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the requests that nobody has decided yet."""
    rows = extensions.undecided(**here.moment)
    asked: list[tuple[str, dict[str, str]]] = [("extensions.undecided", {})]
    figure = figures.values(asked, **here.moment, given={extensions.undecided: rows})[0]
    context = {"rows": rows, "figure": figure}
    return render(request, "extensions/list.html", context)


def may_decide(here: Here) -> bool:
    """Say whether this person decides on extensions today."""
    return here.may("administrator", "officer", "leader") and not here.is_past


def may_ask(here: Here, duty: DutyRow) -> bool:
    """Say whether this person may ask for a later due day of a duty today."""
    mine = acts_for(here.viewer, duty.agency_id) and not here.is_past
    return mine and duty.due is not None and duty.state_class in duties.OPEN


def part(here: Here, duty: DutyRow) -> dict[str, Any]:
    """Give what the duty's page shows of extensions."""
    rows = extensions.of_duty(duty, **here.moment)
    waits = any(not row.verdict for row in rows)
    return {
        "rows": rows,
        "may_ask": may_ask(here, duty) and not waits,
        "may_decide": may_decide(here),
        "may_take_back": duty.agency_id in here.viewer.agency_ids and not here.is_past,
    }


@page
def ask(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Ask for a later due day."""
    duty = duties.duty(duty_id, **here.moment)
    if not may_ask(here, duty):
        raise Refused(_("A later due day is asked for by the agency that owes, for open work that has a due day."))
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = Request(duty_id, form.cleaned_data["wanted_on"], form.cleaned_data["reason"])
        if attempt(form, lambda: ask_extension(wanted, on=here.today, actor=here.actor)):
            messages.success(request, _("The request waits for whoever assigned the work."))
            return redirect(f"/duties/{duty_id}/#extensions")
    says = _("The office that assigned the work decides. Until then the present due day counts.")
    return sheet(request, form, duty, title=_("Ask for a later due day"), says=says, label=_("Ask"), part="extensions")


@page
def decide(request: HttpRequest, here: Here, extension_id: int) -> HttpResponse:
    """Grant or refuse a request."""
    require(here.actor, "administrator", "officer", "leader")
    row = _waiting(here, extension_id)
    form = DecideForm(request.POST or None, initial={"granted_on": row.wanted_on})
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"note": form.cleaned_data["note"], "on": here.today, "actor": here.actor}
        until = form.cleaned_data["granted_on"] or row.wanted_on

        def deed() -> object:
            if "refuse" in request.POST:
                return refuse_extension(extension_id, **said)
            return grant_extension(extension_id, until=until, **said)

        if attempt(form, deed):
            messages.success(request, _("Decided. The agency sees it on the duty."))
            return redirect(f"/duties/{row.duty_id}/#extensions")
    context = {"row": row, "form": form, "duty": duties.duty(row.duty_id, **here.moment)}
    return render(request, "extensions/decide.html", context, status=422 if form.errors else 200)


def _waiting(here: Here, extension_id: int) -> ExtensionRow:
    found = [row for row in extensions.undecided(**here.moment) if row.id == extension_id]
    if not found:
        raise Refused(_("This request was decided meanwhile, or it concerns another office. Look at the duty again."))
    return found[0]


@require_POST
@page
def take_back(request: HttpRequest, here: Here, extension_id: int) -> HttpResponse:
    """Take a request back."""
    row = _waiting(here, extension_id)
    take_extension_back(extension_id, on=here.today, actor=here.actor)
    messages.success(request, _("The request is taken back."))
    return redirect(f"/duties/{row.duty_id}/#extensions")
