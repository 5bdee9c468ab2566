"""Mistakes with documents: one that was withdrawn or expunged, and the steps to it and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.access import require
from dondoc.office.actions.removals import (
    ask_expunging,
    expunge,
    put_back,
    take_back_expunging,
    withdraw_document,
    word_to_type,
)
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import documents, removals
from dondoc.office.queries.removals import Removal
from dondoc.office.web.forms import attempt, choice, line, offer, words
from dondoc.office.web.frame import page


class WithdrawForm(forms.Form):
    """Why a document is withdrawn, and which one is right."""

    reason = forms.CharField(label=gettext_lazy("Why it should not be here"), widget=words(rows=2))
    successor = forms.ChoiceField(label=gettext_lazy("The right document"), required=False, widget=choice())


class PutBackForm(forms.Form):
    """Why a document is put back."""

    reason = forms.CharField(label=gettext_lazy("Why it is put back"), required=False, widget=line())


class ExpungeForm(forms.Form):
    """What the second person types so that nobody destroys by a slip."""

    typed = forms.CharField(label=gettext_lazy("Type what names the document"), widget=line(autocomplete="off"))


@require_GET
@page
def show(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Tell how it stands with a document's removal, and offer the next step."""
    told = removals.removal(document_id, viewer=here.viewer, known_at=here.known_at)
    return _page(request, here, told)


def _page(
    request: HttpRequest,
    here: Here,
    told: Removal,
    *,
    withdraw: WithdrawForm | None = None,
    typed: ExpungeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may = here.may("officer", "administrator") and not here.is_past and told.expunged is None
    second = may and told.asked is not None and told.asked.by_id != here.viewer.user_id
    context: dict[str, Any] = {
        "told": told,
        "tasks": removals.tasks_of(told.document_id, viewer=here.viewer, known_at=here.known_at),
        "withdraw_form": _offering(withdraw or WithdrawForm(), here, told) if may and told.gone is None else None,
        "put_back_form": PutBackForm() if may and told.gone is not None and told.asked is None else None,
        "may_ask": may and told.asked is None,
        "may_take_back": may and told.asked is not None,
        "expunge_form": (typed or ExpungeForm()) if second else None,
        "type_this": word_to_type(told.document_id) if second else "",
        "waits_for_second": may and told.asked is not None and not second,
        "consequences": removals.consequences(told.document_id, viewer=here.viewer) if may else None,
    }
    return render(request, "removals/page.html", context, status=status)


def _offering(form: WithdrawForm, here: Here, told: Removal) -> WithdrawForm:
    others = [one for one in documents.recent(viewer=here.viewer, as_of=here.today) if one[0] != str(told.document_id)]
    offer(form, "successor", [("", _("none")), *others])
    return form


@require_POST
@page
def withdraw(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Withdraw a document."""
    require(here.actor, "officer", "administrator")
    told = removals.removal(document_id, viewer=here.viewer, known_at=None)
    form = _offering(WithdrawForm(request.POST), here, told)
    if not form.is_valid():
        return _page(request, here, told, withdraw=form, status=422)
    successor = number_asked(form.cleaned_data["successor"])
    told_why = {"reason": form.cleaned_data["reason"], "successor_id": successor, "actor": here.actor}
    if not attempt(form, lambda: withdraw_document(document_id, **told_why)):
        return _page(request, here, told, withdraw=form, status=422)
    messages.success(request, _("The document is withdrawn. It can be put back at any time."))
    return redirect("document_removal", document_id)


def _step(
    request: HttpRequest, document_id: int, do: Callable[[], object], done: str, *, to: str = "document_removal"
) -> HttpResponse:
    do()
    messages.success(request, done)
    return redirect(to, document_id)


@require_POST
@page
def back(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Put a withdrawn document back."""
    reason = request.POST.get("reason", "")
    done = _("The document stands in the lists again, with everything that was made of it.")
    return _step(
        request, document_id, lambda: put_back(document_id, reason=reason, actor=here.actor), done, to="document"
    )


@require_POST
@page
def ask(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Ask a second person to have a document expunged."""
    done = _("It is out of sight. A second person (officer or administrator) now confirms it on this page.")
    return _step(request, document_id, lambda: ask_expunging(document_id, actor=here.actor), done)


@require_POST
@page
def take_back(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Take back that a document should be expunged."""
    done = _("Taken back: nothing is expunged. The document stays withdrawn until it is put back.")
    return _step(request, document_id, lambda: take_back_expunging(document_id, actor=here.actor), done)


@require_POST
@page
def confirm(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Destroy a document and everything made of it, as the second person."""
    require(here.actor, "officer", "administrator")
    told = removals.removal(document_id, viewer=here.viewer, known_at=None)
    form = ExpungeForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["typed"]
        if attempt(form, lambda: expunge(document_id, typed=typed, actor=here.actor), field="typed"):
            messages.success(request, _("Expunged. What stays is told below."))
            return redirect("document_removal", document_id)
    return _page(request, here, told, typed=form, status=422)
