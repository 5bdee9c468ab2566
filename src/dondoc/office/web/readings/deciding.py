"""Deciding on proposals: each answer holds the proposal as it stands now, and what others decided meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dondoc.office.access import Refused, require
from dondoc.office.actions.readings import (
    Acceptance,
    AlreadyDecided,
    accept_proposal,
    accept_proposals,
    merge_proposals,
    refuse_proposal,
    split_proposal,
    withdraw_decision,
)
from dondoc.office.here import Here, number_asked
from dondoc.office.models import Workflow
from dondoc.office.queries import definitions, documents, readings
from dondoc.office.queries.readings import ProposalRow, ReadingPage
from dondoc.office.web.dues import as_parts
from dondoc.office.web.forms import names
from dondoc.office.web.frame import asks_for_part, page
from dondoc.office.web.readings.forms import ChangeForm, PartForm, RefuseForm, WithdrawForm, parts_of, titled
from dondoc.office.web.readings.page import SURE, cards
from dondoc.rules.deadlines import DueRule

MOST_PARTS = 20


def _reading(here: Here, document_id: int) -> ReadingPage:
    reading = readings.reading(document_id, viewer=here.viewer, known_at=here.known_at)
    if reading is None:
        raise readings.NotYetRead(_("The document is being read again. Reload the page in a moment."))
    return reading


def _proposal(here: Here, proposal_id: int) -> tuple[ReadingPage, ProposalRow]:
    reading = _reading(here, readings.document_of(proposal_id, viewer=here.viewer))
    row = next((p for p in reading.proposals if p.id == proposal_id), None)
    if row is None:
        raise readings.NotYetRead(_("The document was read anew. Reload the page to see what is proposed now."))
    return reading, row


def _due_rule(document_id: int, row: ProposalRow) -> DueRule | None:
    return readings.due_rule(row.due, issued_on=documents.issued_on(document_id), text=row.text)


def _as_read(row: ProposalRow, due: DueRule | None) -> Acceptance:
    return Acceptance(
        proposal_id=row.id,
        title=titled(row.text),
        leads=row.leads,
        coordinators=row.coordinators,
        due=due,
        due_words=readings.due_words(row.due, text=row.text),
        changed=False,
    )


def _as_filled_in(row: ProposalRow, data: dict[str, Any], read: DueRule | None) -> Acceptance:
    """Take an acceptance from a form; the rule that was read is kept unless the officer set another day."""
    given: DueRule | None = data["due"]
    same = given is not None and given.kind == "day" and given.on == readings.day_of(read)
    due = read if same or as_parts(given) == as_parts(read) else given
    return Acceptance(
        proposal_id=row.id,
        title=data["title"],
        leads=names(data["leads"]),
        coordinators=names(data["coordinators"]),
        due=due,
        due_words=readings.due_words(row.due, text=row.text),
        changed=True,
        product=data["product"],
        start=data.get("start"),
        end=data.get("end"),
    )


def _workflow(here: Here) -> Workflow:
    return definitions.standard_workflow(office_id=here.office.pk)


@require_POST
@page
def accept(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Accept a proposal as it was read."""
    reading, row = _proposal(here, proposal_id)
    how = _as_read(row, _due_rule(reading.document_id, row))
    accept_proposal(how, workflow=_workflow(here), on=here.today, actor=here.actor)
    return _decided(request, here, [proposal_id])


@require_POST
@page
def accept_all(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Accept every open proposal of which the reader is sure; one that cannot be accepted stays open, and says why."""
    require(here.actor, "officer", "administrator")
    reading = _reading(here, document_id)
    at = next((sure for sure in SURE if str(sure) == request.POST.get("at")), SURE[1])
    issued_on = documents.issued_on(document_id)
    hows = [
        _as_read(row, readings.due_rule(row.due, issued_on=issued_on, text=row.text))
        for row in reading.proposals
        if not row.verdict and row.confidence >= at
    ]
    done = accept_proposals(hows, workflow=_workflow(here), on=here.today, actor=here.actor)
    order = {row.id: row.order for row in reading.proposals}
    for key, why in done.refused:
        messages.error(request, _("Proposal %(order)d: %(why)s") % {"order": order[key], "why": why})
    if n := len(done.tasks):
        sentence = ngettext("%(n)d proposal became a task.", "%(n)d proposals became tasks.", n)
        messages.success(request, sentence % {"n": n})
    return redirect("reading", document_id)


def _initial(row: ProposalRow, rule: DueRule | None) -> dict[str, Any]:
    return {
        "title": titled(row.text),
        "leads": "\n".join(row.leads),
        "coordinators": "\n".join(row.coordinators),
        "due": rule,
        "start": row.start,
        "end": row.end,
    }


@page
def change(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Accept a proposal with changes."""
    require(here.actor, "officer", "administrator")
    reading, row = _proposal(here, proposal_id)
    rule = _due_rule(reading.document_id, row)
    form = ChangeForm(request.POST or None, initial=_initial(row, rule), auto_id=f"p{row.id}-%s")
    if request.method == "POST" and form.is_valid():
        how = _as_filled_in(row, form.cleaned_data, rule)
        if _done(form, lambda: accept_proposal(how, workflow=_workflow(here), on=here.today, actor=here.actor)):
            return _decided(request, here, [proposal_id])
    return _form(request, row, form, {"deed": "change", "save_label": _("Accept as changed"), "has_ends": True})


@page
def refuse(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Refuse a proposal, with the reason."""
    require(here.actor, "officer", "administrator")
    _page, row = _proposal(here, proposal_id)
    form = RefuseForm(request.POST or None, auto_id=f"p{row.id}-%s")
    if request.method == "POST" and form.is_valid():
        refuse_proposal(proposal_id, reason=form.cleaned_data["reason"], actor=here.actor)
        return _decided(request, here, [proposal_id])
    return _form(request, row, form, {"deed": "refuse", "save_label": _("Refuse")})


@page
def withdraw(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Take a decision back, with the reason; what came of it is no longer owed."""
    require(here.actor, "officer", "administrator")
    _page, row = _proposal(here, proposal_id)
    begun = readings.begun([key for key, _title in row.tasks], office_id=here.office.pk)
    form = WithdrawForm(request.POST or None, auto_id=f"p{row.id}-%s")
    if not begun:
        del form.fields["confirmed"]
    if request.method == "POST" and form.is_valid():
        reason, confirmed = form.cleaned_data["reason"], form.cleaned_data.get("confirmed", False)
        if _done(form, lambda: withdraw_decision(row.id, reason=reason, confirmed=confirmed, actor=here.actor)):
            return _decided(request, here, [proposal_id])
    return _form(request, row, form, {"deed": "withdraw", "save_label": _("Withdraw"), "loses": row.tasks})


@page
def split(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Accept one proposal as several tasks."""
    require(here.actor, "officer", "administrator")
    reading, row = _proposal(here, proposal_id)
    rule = _due_rule(reading.document_id, row)
    initial = [{**part, "due": rule} for part in parts_of(row)]
    data = request.POST if request.method == "POST" else None
    n = min(number_asked((data or request.GET).get("parts", "")) or len(initial), MOST_PARTS)
    more = data is not None and "more" in data
    parts = _parts(row, n, initial, data)
    if more:
        parts = [PartForm(prefix=part.prefix, initial=_typed(part), auto_id=part.auto_id) for part in parts]
        parts = [*parts, *_parts(row, min(n + 1, MOST_PARTS), initial, None)[n:]]
    filled = [part for part in parts if data is not None and data.get(f"{part.prefix}-title", "").strip()]
    wrong = [part for part in filled if not part.is_valid()]
    if data is not None and not more and not wrong:
        hows = [_as_filled_in(row, part.cleaned_data, rule) for part in filled]
        first = (filled or parts)[0]
        first.full_clean()
        if _done(first, lambda: split_proposal(hows, workflow=_workflow(here), on=here.today, actor=here.actor)):
            return _decided(request, here, [proposal_id])
    return _form(request, row, None, {"deed": "split", "save_label": _("Accept as several"), "parts": parts})


def _parts(row: ProposalRow, n: int, initial: list[dict[str, Any]], data: QueryDict | None) -> list[PartForm]:
    """Make the forms of as many parts; those beyond what is proposed begin with agencies and day, without words."""
    begins = [*initial, *({**initial[0], "title": ""} for _part in range(n - len(initial)))]
    return [
        PartForm(data, prefix=f"part{k}", initial=begin, auto_id=f"p{row.id}-%s") for k, begin in enumerate(begins[:n])
    ]


def _typed(form: forms.Form) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}


@page
def merge(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Accept several proposals as one task."""
    require(here.actor, "officer", "administrator")
    reading = _reading(here, document_id)
    sent = request.POST if request.method == "POST" else request.GET
    ticked = {number_asked(text) for text in sent.getlist("p")}
    rows = [row for row in reading.proposals if row.id in ticked and not row.verdict]
    if len(rows) < 2:
        raise readings.NotYetRead(_("Tick at least two open proposals (space bar), then merge them."))
    rules = [rule for row in rows if (rule := _due_rule(document_id, row)) is not None]
    first = _united(rows)
    form = PartForm(
        request.POST or None, initial=_initial(first, rules[0] if rules else None), auto_id=f"m{first.id}-%s"
    )
    if request.method == "POST" and form.is_valid():
        how = _as_filled_in(first, form.cleaned_data, rules[0] if rules else None)
        others = [row.id for row in rows[1:]]
        if _done(form, lambda: merge_proposals(how, others, workflow=_workflow(here), on=here.today, actor=here.actor)):
            return _decided(request, here, [row.id for row in rows], all_apart=True)
    context = {
        "form": form,
        "rows": rows,
        "save_url": f"/documents/{document_id}/merge/",
        "back_url": f"/documents/{document_id}/reading/",
    }
    return render(request, "readings/merge.html" if asks_for_part(request) else "readings/merge_page.html", context)


def _united(rows: list[ProposalRow]) -> ProposalRow:
    """Put several proposals together: all words, all leads, whoever coordinates and does not lead."""
    leads = dict.fromkeys(name for row in rows for name in row.leads)
    others = dict.fromkeys(name for row in rows for name in row.coordinators if name not in leads)
    words = "; ".join(" ".join(row.text.split()).rstrip(".;,") for row in rows)
    return replace(rows[0], text=words, leads=tuple(leads), coordinators=tuple(others))


def _done(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do what was asked; a refusal is said in the form, and nothing that was typed is lost."""
    try:
        deed()
    except AlreadyDecided:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _form(request: HttpRequest, row: ProposalRow, form: forms.Form | None, more: dict[str, Any]) -> HttpResponse:
    context = {
        "proposal": row,
        "form": form,
        "save_url": request.path,
        "back_url": f"/proposals/{row.id}/",
        **more,
    }
    return render(request, "readings/change.html" if asks_for_part(request) else "readings/change_page.html", context)


@page
def proposal(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Show one proposal as it stands."""
    return _decided(request, here, [proposal_id])


def _decided(request: HttpRequest, here: Here, ids: Iterable[int], *, all_apart: bool = False) -> HttpResponse:
    keys = list(ids)
    reading, _row = _proposal(here, keys[0])
    if not asks_for_part(request):
        return redirect(f"/documents/{reading.document_id}/reading/#proposal-{keys[0]}")
    return HttpResponse(cards(request, here, reading, first=keys, all_apart=all_apart))
