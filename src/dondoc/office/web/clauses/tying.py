"""What an officer ties to a clause: a document, a task, the word that it needs nothing; and takes off it again."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dondoc.office.access import Refused, require
from dondoc.office.actions.clauses import end_release, make_concrete, release_clause, tie_task, untie_task
from dondoc.office.actions.links import end_link
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import clauses, documents
from dondoc.office.web.clauses.forms import ConcreteForm, ReleaseForm
from dondoc.office.web.clauses.page import OFFICERS, clause_page
from dondoc.office.web.forms import DayInput, attempt, offer
from dondoc.office.web.frame import page


@require_POST
@page
def concrete(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Record that a document makes the clause concrete."""
    require(here.actor, *OFFICERS)
    wanted = number_asked(request.POST.get("document", ""))
    if wanted is None:
        raise Refused(_("No document was chosen. Look for it by its number, then choose it."))
    found = documents.document(wanted, **here.moment)
    form = ConcreteForm(request.POST)
    offer(form, "document", [(str(found.id), found.title)])
    if not form.is_valid():
        clause = clauses.clause(clause_id, **here.moment)
        return clause_page(request, here, clause, concrete=form)
    on = form.cleaned_data["on"] or found.issued_on or found.received_on
    make_concrete(clause_id, document_id=found.id, on=on, kind=form.cleaned_data["kind"], actor=here.actor)
    messages.success(request, _("%(document)s makes the clause concrete.") % {"document": found.title})
    return redirect("clause", clause_id)


@require_POST
@page
def link_end(request: HttpRequest, here: Here, link_id: int) -> HttpResponse:
    """Record that a document makes a clause concrete no more, or never did."""
    require(here.actor, *OFFICERS)
    ended = end_link(link_id, on=_last_day(request), actor=here.actor)
    messages.success(request, _("Recorded."))
    if ended.target_clause_id is None:
        return redirect("document", ended.document_id)
    return redirect("clause", ended.target_clause_id)


@require_POST
@page
def task(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Tie a task on record to the clause."""
    require(here.actor, *OFFICERS)
    wanted = number_asked(request.POST.get("task", ""))
    if wanted is None:
        raise Refused(_("No task was chosen. Look for it by its words, then choose it."))
    tie_task(clause_id, task_id=wanted, actor=here.actor)
    messages.success(request, _("The task is tied to the clause."))
    return redirect("clause", clause_id)


@require_POST
@page
def tie_end(request: HttpRequest, here: Here, tie_id: int) -> HttpResponse:
    """Record that a task was tied to a document by mistake."""
    require(here.actor, *OFFICERS)
    ended = untie_task(tie_id, reason=request.POST.get("reason", ""), actor=here.actor)
    messages.success(request, _("The task is untied. The log keeps that it stood there, and why not."))
    if ended.tie.clause_id is not None and request.POST.get("back") == "clause":
        return redirect("clause", ended.tie.clause_id)
    return redirect("task", ended.tie.task_id)


@require_POST
@page
def release(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Record that the clause needs nothing made of it."""
    require(here.actor, *OFFICERS)
    clause = clauses.clause(clause_id, **here.moment)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        document = documents.document(clause.document_id, **here.moment)
        on = form.cleaned_data["on"] or document.issued_on or document.received_on
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: release_clause(clause_id, reason=reason, on=on, actor=here.actor)):
            messages.success(request, _("The clause is marked as needing nothing, and counted apart."))
            return redirect("clause", clause_id)
    return clause_page(request, here, clause, release=form)


@require_POST
@page
def release_end(request: HttpRequest, here: Here, release_id: int) -> HttpResponse:
    """Record that the clause needs something after all, from a day on or as if it had never been marked."""
    require(here.actor, *OFFICERS)
    ended = end_release(release_id, on=_last_day(request), actor=here.actor)
    messages.success(request, _("Recorded."))
    return redirect("clause", ended.clause_id)


def _last_day(request: HttpRequest) -> date:
    """Read the day on which something ended; refused where it is none."""
    form = forms.Form(request.POST)
    form.fields["on"] = forms.DateField(widget=DayInput())
    if not form.is_valid():
        raise Refused(_("Say on which day it ended, like 31/12/2025."))
    found: date = form.cleaned_data["on"]
    return found
