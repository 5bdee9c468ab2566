"""A step of a duty that was entered wrongly: corrected, or taken back, from beside it in the history."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dondoc.office.access import require
from dondoc.office.actions.duties import NewProduct, correct_change, withdraw_change
from dondoc.office.actions.duties.results import claims_result
from dondoc.office.here import Here
from dondoc.office.models import Change
from dondoc.office.queries import definitions, duties
from dondoc.office.queries.duties import DutyRow, StepRow
from dondoc.office.web.duties.bearing import ASSIGNERS
from dondoc.office.web.duties.forms import CorrectForm, WithdrawForm
from dondoc.office.web.duties.together import brought_up, meanwhile, now, say
from dondoc.office.web.forms import attempt
from dondoc.office.web.frame import page, sheet
from dondoc.rules.text import vi_date


def may_mend(here: Here) -> bool:
    """Say whether this person may correct or take back steps, today."""
    return here.may(*ASSIGNERS) and not here.is_past


@page
def correct(request: HttpRequest, here: Here, duty_id: int, change_id: int) -> HttpResponse:
    """Correct a step that was entered wrongly: its day, its state, its words, its product."""
    duty, step = _step(here, duty_id, change_id)
    changed = meanwhile(request, here, duty_id)
    sent = (brought_up(request.POST) if changed else request.POST) if request.method == "POST" else None
    form = CorrectForm(sent, states=list(step.states), product=_has_product(duty, step), initial=_initial(step))
    if changed:
        say(form, changed, files=False)
    elif form.is_valid():
        data = form.cleaned_data
        product = NewProduct(
            number=data.get("product_number", ""),
            issued_on=data.get("product_on"),
            title=data.get("product_title", ""),
        )
        right = {"to_state": data["to_state"], "on": data["on"], "words": data["note"], "product": product}
        if attempt(form, lambda: correct_change(Change(pk=step.id), **right, note=data["reason"], actor=here.actor)):
            messages.success(request, _("Recorded. The former step stays in the history, with the reason."))
            return redirect(f"/duties/{duty_id}/#history")
    title = _("Correct a recorded step")
    says = _(
        "On record: “%(state)s” since %(day)s. The right step takes its place; what proves it stays with it."
        " What was believed before stays on record."
    )
    return sheet(request, form, duty, title=title, says=says % _words(step), label=_("Correct it"), part="history")


@page
def withdraw(request: HttpRequest, here: Here, duty_id: int, change_id: int) -> HttpResponse:
    """Take back a step that never happened."""
    duty, step = _step(here, duty_id, change_id)
    changed = meanwhile(request, here, duty_id)
    sent = (brought_up(request.POST) if changed else request.POST) if request.method == "POST" else None
    form = WithdrawForm(sent, initial={"seen": now()})
    if changed:
        say(form, changed, files=False)
    elif form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_change(Change(pk=step.id), note=reason, actor=here.actor)):
            messages.success(request, _("Recorded. The withdrawn step stays in the history, with the reason."))
            return redirect(f"/duties/{duty_id}/#history")
    title = _("Withdraw a recorded step")
    says = _(
        "On record: “%(state)s” since %(day)s. Withdraw it only where it never happened: the work then stands as if it"
        " had not been recorded. Where only the day or the words are wrong, correct it."
    )
    return sheet(request, form, duty, title=title, says=says % _words(step), label=_("Withdraw it"), part="history")


def _step(here: Here, duty_id: int, change_id: int) -> tuple[DutyRow, StepRow]:
    require(here.actor, *ASSIGNERS)
    duty = duties.duty(duty_id, **here.moment)
    return duty, duties.step(change_id, duty_id=duty_id, viewer=here.viewer)


def _words(step: StepRow) -> dict[str, str]:
    return {"state": step.label, "day": vi_date(step.on)}


def _has_product(duty: DutyRow, step: StepRow) -> bool:
    """Say whether a state in which the step could stand says that the work is done, so that it may name a product."""
    flow = definitions.workflow(duty.workflow_id, as_of=step.on)
    return any(claims_result(flow, code) for code, _label in step.states)


def _initial(step: StepRow) -> dict[str, object]:
    return {
        "to_state": step.to_state,
        "on": step.on,
        "note": step.note,
        "product_number": step.number,
        "product_on": step.issued_on,
        "product_title": step.title,
        "seen": now(),
    }
