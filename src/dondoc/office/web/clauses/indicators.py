"""Indicators that are laid down from the words of a clause, and their targets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dondoc.office.access import Refused, require
from dondoc.office.actions.indicators import NewIndicator, add_indicator, correct_target, set_target, withdraw_target
from dondoc.office.here import Here
from dondoc.office.queries import clauses, documents
from dondoc.office.web.clauses.forms import IndicatorForm, TargetForm
from dondoc.office.web.clauses.page import OFFICERS, PERIODS, clause_page
from dondoc.office.web.forms import attempt
from dondoc.office.web.frame import page


@require_POST
@page
def indicator(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Lay an indicator down from the words of the clause."""
    require(here.actor, *OFFICERS)
    clause = clauses.clause(clause_id, **here.moment)
    form = IndicatorForm(request.POST)
    sent = [TargetForm(request.POST, prefix=str(n), use_required_attribute=False) for n in range(PERIODS)]
    filled = [one for one in sent if any(request.POST.get(f"{one.prefix}-{name}", "").strip() for name in one.fields)]
    shown = [one if one in filled else TargetForm(prefix=one.prefix, use_required_attribute=False) for one in sent]
    if form.is_valid() and all(one.is_valid() for one in filled):
        data = form.cleaned_data
        document = documents.document(clause.document_id, **here.moment)
        on = data["on"] or document.issued_on or document.received_on
        new = NewIndicator(data["name"], data["direction"], data["unit"])
        targets = [one.target for one in filled]
        if attempt(form, lambda: add_indicator(clause_id, new, targets, on=on, actor=here.actor)):
            messages.success(request, _("The indicator is laid down."))
            return redirect("clause", clause_id)
    return clause_page(request, here, clause, indicator=form, targets=shown)


@require_POST
@page
def indicator_target(request: HttpRequest, here: Here, indicator_id: int) -> HttpResponse:
    """Set a further target of an indicator, or a changed one, from today on."""
    require(here.actor, *OFFICERS)
    row = set_target(indicator_id, _typed(request).target, on=here.today, actor=here.actor)
    messages.success(request, _("The target is set."))
    return redirect("clause", row.indicator.clause_id or 0)


@require_POST
@page
def target(request: HttpRequest, here: Here, target_id: int) -> HttpResponse:
    """Correct a target that was entered wrongly, or take it back."""
    require(here.actor, *OFFICERS)
    if "withdraw" in request.POST:
        row = withdraw_target(target_id, actor=here.actor)
    else:
        row = correct_target(target_id, _typed(request).target, actor=here.actor)
    messages.success(request, _("Corrected."))
    return redirect("clause", row.indicator.clause_id or 0)


def _typed(request: HttpRequest) -> TargetForm:
    """Read one target; refused with what is wrong in it, on the page it came from."""
    form = TargetForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form
