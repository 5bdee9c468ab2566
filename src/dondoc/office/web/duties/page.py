"""One duty: what is owed, everything that happened, and the one next step that is mine to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, acts_for
from dondoc.office.actions.duties import Evidence, Move, NewProduct, move_duty
from dondoc.office.actions.duties.results import claims_result
from dondoc.office.here import Here
from dondoc.office.queries import definitions, documents, dues, happenings, tasks, urges, waiting
from dondoc.office.queries.definitions import Flow
from dondoc.office.queries.duties import OPEN, DutyRow
from dondoc.office.queries.happenings import Happening, ProductRow
from dondoc.office.queries.obstacles import held
from dondoc.office.web import clarity, extensions, ladder, obstacles, progress
from dondoc.office.web.dues import part as due_part
from dondoc.office.web.duties import naming
from dondoc.office.web.duties.bearing import may_pass
from dondoc.office.web.duties.forms import MoveForm
from dondoc.office.web.duties.mending import may_mend
from dondoc.office.web.duties.together import brought_up, meanwhile, now, say
from dondoc.office.web.forms import attempt
from dondoc.office.web.frame import page
from dondoc.office.web.uploads import refused_file


@page
def show(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Show a duty, and take its next step."""
    seen = tasks.with_task(duty_id, **here.moment)
    duty = seen.duty
    flow = definitions.workflow(duty.workflow_id, as_of=here.today)
    states = _mine(here, duty, flow)
    changed = _changed(request, here, duty)
    if request.method == "POST" and not states:
        told = "".join(f"{each.actor}: {each.title}. " for each in changed)
        raise Refused(_("No step here is yours to take. %(waits)s") % {"waits": told + _waits(here, duty)})
    story = happenings.history(duty_id, **here.moment, called=seen.called)
    form = _form(request, Next(here, duty, flow, states, product_told(story)), changed) if states else None
    if form is not None and (too_large := refused_file(request)):
        form.add_error("file", too_large)
    elif form is not None and request.method == "POST" and not changed and form.is_valid():
        move = _move(here, duty_id, flow, form)
        if attempt(form, lambda: move_duty(move, actor=here.actor)):
            messages.success(request, _("Recorded."))
            return redirect("duty", duty_id)
    task = tasks.head(seen, **here.moment)
    hindered = obstacles.part(here, duty)
    waits = waiting.of_one(seen, held(hindered["rows"]), as_of=here.as_of, known_at=here.known_at)
    context = {
        "duty": duty,
        "task": task,
        "lacks": clarity.part(here, task),
        "waiting": waits,
        "product": product_told(story),
        "people": naming.part(here, duty),
        "may_pass": may_pass(here, duty),
        "may_mend": may_mend(here),
        "due": due_part(here, duty),
        "obstacles": hindered,
        "progress": progress.part(here, seen),
        "extensions": extensions.part(here, duty),
        "urges": urges.urges(**here.moment, duty=duty_id),
        "ladder": ladder.part(here, seen, waits),
        "may_urge": here.may("officer", "administrator", "leader") and not here.is_past and duty.state_class in OPEN,
        "asks_why": here.may("leader"),
        "history": story,
        "step": _step(request, here, duty, flow, form) if form else None,
        "waits_for": "" if form else _waits(here, duty),
    }
    return render(request, "duties/page.html", context, status=422 if form and form.errors else 200)


def _changed(request: HttpRequest, here: Here, duty: DutyRow) -> list[Happening]:
    """List what others changed while a step was being written; the last step where the state is another one now."""
    found = meanwhile(request, here, duty.id)
    if found or request.method != "POST" or request.POST.get("seen_state") in {None, duty.state}:
        return found
    story = happenings.history(duty.id, viewer=here.viewer, as_of=here.today, known_at=None)
    return [each for each in story if each.to_state == duty.state][:1]


@dataclass(frozen=True, slots=True)
class Next:
    """What the form of the next step is made from: the duty, its workflow, the moves offered, the product told."""

    here: Here
    duty: DutyRow
    flow: Flow
    states: list[tuple[str, str]]
    product: ProductRow | None

    @property
    def accepts(self) -> bool:
        """Whether the next step is to accept what an agency has reported."""
        waits = self.duty.state_class == "active" and self.flow.waits_for[self.duty.state] == "assigner"
        return waits and self.here.may("officer", "administrator")

    def proposed_on(self) -> date:
        """Propose the day of the step: work counts as done since the day on its product."""
        if not self.accepts:
            return self.here.today
        if self.product is not None:
            return self.product.issued_on
        return dues.day_of_done(self.duty.id, office_id=self.here.office.pk, today=self.here.today)

    def form(self, sent: QueryDict | None, files: Any) -> MoveForm:
        """Make the form, with what was sent."""
        here, on = self.here, self.proposed_on()
        initial = {"on": on, "proposed_on": on, "seen_state": self.duty.state, "seen": now()}
        recent = documents.recent(viewer=here.viewer, as_of=here.today) if here.viewer.sees_all else []
        names_product = any(claims_result(self.flow, code) for code, _label in self.states)
        return MoveForm(
            sent,
            files,
            initial=initial,
            states=self.states,
            documents=recent,
            product=names_product and not (self.accepts and self.product is not None),
        )


def _form(request: HttpRequest, step: Next, changed: list[Happening]) -> MoveForm:
    """Make the form of the next step; what was sent is kept in it also where the duty has moved on meanwhile."""
    if request.method != "POST":
        return step.form(None, None)
    if not changed:
        return step.form(request.POST, request.FILES)
    fields = {"seen_state": step.duty.state}
    if request.POST.get("to_state") not in dict(step.states):
        fields["to_state"] = step.states[0][0]
    form = step.form(brought_up(request.POST, **fields), None)
    say(form, changed, files=bool(request.FILES))
    return form


def product_told(story: list[Happening]) -> ProductRow | None:
    """Give the product that was reported last and stands."""
    return next((each.product for each in story if each.product and not each.is_replaced), None)


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


def _move(here: Here, duty_id: int, flow: Flow, form: MoveForm) -> Move:
    data = form.cleaned_data
    upload = data["file"]
    on = data["on"]
    if on == data["proposed_on"] and flow.classes.get(data["to_state"]) != "done":
        # The day proposed is that on which the work counts as done; giving it back counts from today.
        on = here.today
    return Move(
        duty_id=duty_id,
        to_state=data["to_state"],
        on=on,
        note=data["note"],
        evidence=Evidence(
            document_id=int(data["document"]) if data.get("document") else None,
            content=upload.read() if upload else None,
            filename=upload.name if upload else "",
        ),
        seen_state=data["seen_state"],
        product=NewProduct(
            number=data.get("product_number", ""),
            issued_on=data.get("product_on"),
            title=data.get("product_title", ""),
        ),
    )
