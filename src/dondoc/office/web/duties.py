"""One duty: what is owed, everything that happened, and the one next step that is mine to take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.access import Refused, acts_for
from dondoc.office.actions.duties import Evidence, Move, move_duty
from dondoc.office.here import Here
from dondoc.office.queries import documents, duties, tasks, urges
from dondoc.office.queries.definitions import Flow
from dondoc.office.queries.duties import OPEN, DutyRow
from dondoc.office.web import extensions, obstacles
from dondoc.office.web.forms import DayInput, attempt, choice, offer, words
from dondoc.office.web.frame import page
from dondoc.office.web.uploads import refused_file


class MoveForm(forms.Form):
    """The next step of a duty: to which state, since when, on what evidence."""

    to_state = forms.ChoiceField(
        label=gettext_lazy("New state"),
        widget=choice(),
        error_messages={
            "invalid_choice": gettext_lazy(
                "Meanwhile the duty has moved on. Look at its history, then choose from what is possible now."
            )
        },
    )
    on = forms.DateField(
        label=gettext_lazy("Since"),
        widget=DayInput(),
        help_text=gettext_lazy("For work that is done: the day on its product."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=1000, widget=words(rows=2))
    # A browser sends fields in their order; what stands behind a file that is too large is lost with it.
    seen_state = forms.CharField(widget=forms.HiddenInput())
    document = forms.ChoiceField(label=gettext_lazy("The document that proves it"), required=False, widget=choice())
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
    )

    def __init__(
        self, *args: Any, states: list[tuple[str, str]], documents: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to_state", states)
        if documents:
            offer(self, "document", [("", "–"), *documents])
        else:
            del self.fields["document"]
            self.fields["file"].label = _("The file that proves it")


@page
def show(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Show a duty, and take its next step."""
    duty = duties.duty(duty_id, **here.moment)
    flow = duties.flow_of(duty, as_of=here.today)
    states = _mine(here, duty, flow)
    form = None
    if states:
        recent = documents.recent(viewer=here.viewer, as_of=here.today) if here.viewer.sees_all else []
        initial = {"on": here.today, "seen_state": duty.state}
        form = MoveForm(request.POST or None, request.FILES or None, initial=initial, states=states, documents=recent)
    if request.method == "POST" and form is None:
        raise Refused(_("No step here is yours to take. %(waits)s") % {"waits": _waits(here, duty)})
    if form is not None and (too_large := refused_file(request)):
        form.add_error("file", too_large)
    elif request.method == "POST" and form is not None and form.is_valid():
        move = _move(duty_id, form)
        if attempt(form, lambda: move_duty(move, actor=here.actor)):
            messages.success(request, _("Recorded."))
            return redirect("duty", duty_id)
    context = {
        "duty": duty,
        "task": tasks.task_of_duty(duty, **here.moment),
        "obstacles": obstacles.part(here, duty),
        "extensions": extensions.part(here, duty),
        "urges": urges.urges(**here.moment, duty=duty_id),
        "may_urge": here.may("officer", "administrator") and not here.is_past and duty.state_class in OPEN,
        "history": duties.history(duty_id, as_of=here.as_of, known_at=here.known_at),
        "step": _step(request, here, duty, flow, form) if form else None,
        "waits_for": "" if form else _waits(here, duty),
    }
    return render(request, "duties/page.html", context, status=422 if form and form.errors else 200)


def _mine(here: Here, duty: DutyRow, flow: Flow) -> list[tuple[str, str]]:
    """List the moves that are this person's to make, the next one first."""
    assigns = here.may("officer", "administrator")
    if here.is_past or not acts_for(here.viewer, duty.agency_id):
        return []
    if not assigns and duty.state_class not in OPEN:
        return []
    states = flow.next_states(duty.state, assigns=assigns)
    if assigns and flow.waits_for[duty.state] == "assigner":
        # What was reported waits to be accepted; giving it back is the exception.
        states = sorted(states, key=lambda state: state.state_class != "done")
    return [(state.code, state.label) for state in states]


def _step(request: HttpRequest, here: Here, duty: DutyRow, flow: Flow, form: MoveForm) -> dict[str, Any]:
    title, says = _("The next step"), _("Say what the duty has become, since when, and what proves it.")
    waits_for_office = flow.waits_for[duty.state] == "assigner"
    if duty.state_class in {"done", "dropped"}:
        title, says = (
            _("Open it again"),
            _("The work is closed. Record a step only to take it up again."),
        )
    elif waits_for_office and not here.may("officer", "administrator"):
        title = _("Take the report back")
        says = _("The report waits for the office that assigned the work. Record a step only to correct the report.")
    elif waits_for_office and duty.state_class == "active":
        says = _("The agency has reported. Look at what proves it, then accept the work or give it back.")
    elif waits_for_office:
        says = _("It waits for the office that assigned it: give it anew, to another agency, or end it.")
    return {
        "title": title,
        "says": says,
        "form": form,
        "url": request.path,
        "label": _("Record it"),
        "confirm": "",
    }


def _waits(here: Here, duty: DutyRow) -> str:
    if here.is_past:
        return _("You are looking at the past: nothing can be recorded here. Go back to today for the next step.")
    if duty.state_class in {"done", "dropped"}:
        return _("There is no further step.")
    if here.may("focal"):
        return _("It waits for the office that assigned it.")
    return _("It waits for %(agency)s.") % {"agency": duty.agency}


def _move(duty_id: int, form: MoveForm) -> Move:
    data = form.cleaned_data
    upload = data["file"]
    return Move(
        duty_id=duty_id,
        to_state=data["to_state"],
        on=data["on"],
        note=data["note"],
        evidence=Evidence(
            document_id=int(data["document"]) if data.get("document") else None,
            content=upload.read() if upload else None,
            filename=upload.name if upload else "",
        ),
        seen_state=data["seen_state"],
    )
