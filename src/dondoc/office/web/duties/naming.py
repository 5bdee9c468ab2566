"""The person who does the work: named by the agency, taking it on or sending it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dondoc.office.access import Refused, acts_for
from dondoc.office.actions.duties import Answer, Naming, answer_naming, name_person
from dondoc.office.here import Here
from dondoc.office.queries import assignees, duties
from dondoc.office.queries.assignees import Named
from dondoc.office.queries.duties import DutyRow
from dondoc.office.web.duties.forms import NameForm, SendBackForm
from dondoc.office.web.duties.together import brought_up, meanwhile, now, say
from dondoc.office.web.forms import attempt
from dondoc.office.web.frame import page, sheet


def part(here: Here, duty: DutyRow) -> dict[str, Any]:
    """Give what the duty's page shows of the person who does the work."""
    named = assignees.named([duty.id], **here.moment).get(duty.id)
    runs = duty.state_class in duties.OPEN and not here.is_past
    return {
        "named": named,
        "may_name": runs and acts_for(here.viewer, duty.agency_id),
        "may_answer": runs and named is not None and not named.answer and _may_answer(here, duty, named),
        "own": named is not None and _own(here, named),
    }


def _own(here: Here, named: Named) -> bool:
    """Say whether whoever looks is the person named; who stands in for somebody answers on behalf."""
    return here.user.person_id == named.person_id and here.viewer.stands_for_id is None


def _may_answer(here: Here, duty: DutyRow, named: Named) -> bool:
    return acts_for(here.viewer, duty.agency_id) or _own(here, named)


@page
def name(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Name the person who does the work, or another one."""
    duty = duties.duty(duty_id, **here.moment)
    if here.is_past or not acts_for(here.viewer, duty.agency_id):
        raise Refused(_("The person is named by the agency that owes the work, or by a compiling officer, today."))
    changed = meanwhile(request, here, duty_id)
    sent = (brought_up(request.POST) if changed else request.POST) if request.method == "POST" else None
    offered = assignees.offered(duty.agency_id, viewer=here.viewer, on=here.today)
    form = NameForm(sent, people=offered, initial={"seen": now()})
    if changed:
        say(form, changed, files=False)
    elif form.is_valid():
        data = form.cleaned_data
        chosen = data.get("person")
        naming = Naming(duty_id, int(chosen) if chosen else None, data["name"], data["note"])
        if attempt(form, lambda: name_person(naming, on=here.today, actor=here.actor)):
            messages.success(request, _("Recorded. The person can now take the work on, or send it back."))
            return redirect(f"/duties/{duty_id}/#people")
    says = _("The agency still answers for the work; the person does it. Who was named before stays in the history.")
    title = _("Who does the work at %(agency)s") % {"agency": duty.agency_short}
    return sheet(request, form, duty, title=title, says=says, label=_("Name this person"), part="people")


@require_POST
@page
def take_on(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Record that the named person takes the work on."""
    duty = duties.duty(duty_id, **here.moment)
    named = _named(here, duty)
    answer_naming(Answer(duty_id, named.id, "taken_on"), on=here.today, actor=here.actor)
    messages.success(request, _("Recorded."))
    return redirect(f"/duties/{duty_id}/#people")


@page
def send_back(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Record that the named person sends the work back, and why."""
    duty = duties.duty(duty_id, **here.moment)
    named = _named(here, duty)
    changed = meanwhile(request, here, duty_id)
    sent = (brought_up(request.POST) if changed else request.POST) if request.method == "POST" else None
    form = SendBackForm(sent, initial={"seen": now()})
    if changed:
        say(form, changed, files=False)
    elif form.is_valid():
        answer = Answer(duty_id, named.id, "sent_back", form.cleaned_data["reason"])
        if attempt(form, lambda: answer_naming(answer, on=here.today, actor=here.actor)):
            messages.success(request, _("Recorded. The agency now names somebody else."))
            return redirect(f"/duties/{duty_id}/#people")
    title = _("Send the work back to the agency")
    says = _("Named to do it: %(person)s") % {"person": named.person}
    return sheet(request, form, duty, title=title, says=says, label=_("Send it back"), part="people")


def _named(here: Here, duty: DutyRow) -> Named:
    """Give the person named now, for whoever may answer."""
    named = assignees.named([duty.id], **here.moment).get(duty.id)
    if named is None or here.is_past or not _may_answer(here, duty, named):
        raise Refused(_("Only the person named for this work, or the agency that owes it, answers here."))
    return named
