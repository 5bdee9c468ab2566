"""Obstacles: named and ended on the duty's page, listed across all tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.access import Refused, acts_for
from dondoc.office.actions.obstacles import NewObstacle, end_obstacle, name_obstacle
from dondoc.office.here import Here
from dondoc.office.models import ObstacleEndKind
from dondoc.office.queries import duties, obstacles
from dondoc.office.queries.duties import DutyRow
from dondoc.office.web.forms import DayInput, attempt, choice, line, offer, words
from dondoc.office.web.frame import page, sheet
from dondoc.rules.obstacles import causes


class NameForm(forms.Form):
    """What holds a duty up."""

    cause = forms.ChoiceField(label=gettext_lazy("Sort of cause"), widget=choice())
    text = forms.CharField(label=gettext_lazy("What holds it up"), max_length=2000, widget=words(rows=3))
    remover = forms.CharField(
        label=gettext_lazy("Who must remove it"),
        max_length=300,
        widget=line(),
        help_text=gettext_lazy("Also a body outside the register, such as a ministry."),
    )
    began_on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput())
    needed_by = forms.DateField(label=gettext_lazy("Must be gone by"), required=False, widget=DayInput(ahead=True))


class EndForm(forms.Form):
    """That an obstacle is no more."""

    kind = forms.ChoiceField(label=gettext_lazy("How it ended"), choices=ObstacleEndKind.choices, widget=choice())
    ended_on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput())
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=2000, widget=words(rows=2))


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List what holds work up on the day, the longest waited for first, by cause where one is asked for."""
    wanted = request.GET.get("cause", "")
    named = causes(on=here.as_of)
    arguments = {"cause": wanted} if wanted in {cause.key for cause in named} else {}
    found = obstacles.standing(**here.moment)
    asked = [("obstacles.standing", arguments)]
    context = {
        "rows": found.of(**arguments),
        "figure": figures.values(asked, **here.moment, given={obstacles.standing: found})[0],
        "causes": named,
        "wanted": wanted,
        "keep": [{"name": key, "value": value} for key, value in here.keep.items()],
    }
    return render(request, "obstacles/list.html", context)


def may_name(here: Here, duty: DutyRow) -> bool:
    """Say whether this person may name or end what holds a duty up today."""
    return acts_for(here.viewer, duty.agency_id) and not here.is_past


def _check(here: Here, duty: DutyRow) -> None:
    if not may_name(here, duty):
        raise Refused(_("What holds work up is named by the agency that owes it, or by a compiling officer, today."))


def part(here: Here, duty: DutyRow) -> dict[str, Any]:
    """Give what the duty's page shows of obstacles."""
    may = may_name(here, duty)
    return {
        "rows": obstacles.of_duty(duty, **here.moment),
        "may_name": may and duty.state_class in duties.OPEN,
        "may_end": may,
    }


@page
def name(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Name what holds a duty up."""
    duty = duties.duty(duty_id, **here.moment)
    _check(here, duty)
    form = NameForm(request.POST or None, initial={"began_on": here.today})
    offer(form, "cause", [(cause.key, cause.label) for cause in causes(on=here.today)])
    if request.method == "POST" and form.is_valid():
        new = NewObstacle(duty_id, **form.cleaned_data)
        if attempt(form, lambda: name_obstacle(new, on=here.today, actor=here.actor)):
            messages.success(request, _("Recorded. It is listed with all obstacles and stands in the report."))
            return redirect(f"/duties/{duty_id}/#obstacles")
    title, says = _("Name what holds this work up"), _("The days spent waiting are shown apart from the days late.")
    return sheet(request, form, duty, title=title, says=says, label=_("Record it"), part="obstacles")


@page
def end(request: HttpRequest, here: Here, obstacle_id: int) -> HttpResponse:
    """Record that an obstacle is no more."""
    found = obstacles.single(obstacle_id, **here.moment)
    duty = duties.duty(found.duty_id, **here.moment)
    _check(here, duty)
    form = EndForm(request.POST or None, initial={"ended_on": here.today})
    if request.method == "POST" and form.is_valid():
        ended = {**form.cleaned_data, "on": here.today, "actor": here.actor}
        if attempt(form, lambda: end_obstacle(obstacle_id, **ended)):
            messages.success(request, _("Recorded."))
            return redirect(f"/duties/{duty.id}/#obstacles")
    title = _("This obstacle is no more")
    return sheet(request, form, duty, title=title, says=found.text, label=_("Record it"), part="obstacles")
