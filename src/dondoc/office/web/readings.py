"""The reading page: the text with its marks beside what was read, and the decisions on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.access import Refused, require
from dondoc.office.actions.claims import bind_claim
from dondoc.office.actions.documents import correct_header
from dondoc.office.actions.readings import Acceptance, AlreadyDecided, accept_proposal, refuse_proposal
from dondoc.office.figures.claims import hold
from dondoc.office.here import Here
from dondoc.office.models import Document
from dondoc.office.queries import claims, definitions, documents, programmes, readings
from dondoc.office.queries.readings import ProposalRow, ReadingPage
from dondoc.office.web.forms import DayInput, line, names, words
from dondoc.office.web.frame import asks_for_part, page
from dondoc.rules.deadlines import DueRule

SURE = 0.9


class HeadForm(forms.Form):
    """What the document does not state about itself."""

    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput())


class ChangeForm(forms.Form):
    """A proposal as the officer would have it."""

    title = forms.CharField(label=gettext_lazy("What must be done"), widget=words(rows=4))
    leads = forms.CharField(
        label=gettext_lazy("Lead"), widget=words(rows=2), help_text=gettext_lazy("One agency on each line.")
    )
    coordinators = forms.CharField(label=gettext_lazy("With"), required=False, widget=words(rows=2))
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DayInput())
    product = forms.CharField(label=gettext_lazy("Product"), required=False, widget=line())


class RefuseForm(forms.Form):
    """Why a proposal is no task."""

    reason = forms.CharField(label=gettext_lazy("Why is this no task?"), required=False, max_length=500, widget=line())


@require_GET
@page
def show(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Show a document's text and all that was read in it."""
    document = documents.document(document_id, **here.moment)
    reading = readings.reading(document_id, viewer=here.viewer)
    if asks_for_part(request):
        answer = render(request, "parts/progress.html", {"work": _work(document_id)})
        if reading is not None:
            answer["HX-Redirect"] = request.path
        return answer
    return render(request, "readings/page.html", _context(here, document, reading))


def _work(document_id: int) -> dict[str, Any]:
    return {
        "label": _("The document is being read."),
        "left": _("This takes a few seconds. You may leave the page: nothing is lost."),
        "done": 0,
        "total": 1,
        "url": f"/documents/{document_id}/reading/",
    }


def _context(here: Here, document: documents.DocumentRow, reading: ReadingPage | None) -> dict[str, Any]:
    held = hold(claims.of_document(document.id, viewer=here.viewer, known_at=None), viewer=here.viewer, known_at=None)
    may_decide = here.may("officer", "administrator")
    spans = (
        []
        if reading is None
        else _spans(reading) + [(row.claim.start, row.claim.end, "claim", row.claim.id) for row in held]
    )
    text = reading.text if reading else documents.text_of(document.id)
    return {
        "document": document,
        "recipients": documents.header_row(document.id).recipients,
        "reading": reading,
        "marks": readings.marks(text, spans),
        "held": held,
        "may_decide": may_decide,
        "counts": _counts(reading) if reading else None,
        "accept_all": _accept_all(document.id, reading) if may_decide else None,
        "ask": HeadForm() if document.issued_on is None and may_decide else None,
        "ask_url": f"/documents/{document.id}/head/",
        "bindable": _bindable(here) if may_decide else [],
        "work": _work(document.id) if reading is None else None,
    }


def _spans(reading: ReadingPage) -> list[tuple[int, int, str, int]]:
    return [
        *((p.start, p.end, "proposal", p.id) for p in reading.proposals),
        *((p.start, p.end, "petition", 0) for p in reading.petitions),
    ]


def _counts(reading: ReadingPage) -> dict[str, str]:
    taken = len([p for p in reading.proposals if p.verdict in {"accepted", "changed"}])
    refused = len([p for p in reading.proposals if p.verdict == "refused"])
    left = len([p for p in reading.proposals if not p.verdict])
    if not reading.proposals:
        return {"words": _("nothing proposed")}
    words = _("%(offered)d proposed · %(taken)d accepted · %(refused)d refused · %(left)d left")
    return {"words": words % {"offered": len(reading.proposals), "taken": taken, "refused": refused, "left": left}}


def _accept_all(document_id: int, reading: ReadingPage | None) -> dict[str, str] | None:
    n = len([p for p in reading.proposals if not p.verdict and p.confidence >= SURE]) if reading else 0
    if n == 0:
        return None
    return {
        "url": f"/documents/{document_id}/accept/",
        "label": ngettext("Accept the %(n)d sure one", "Accept the %(n)d sure ones", n) % {"n": n},
        "confirm": ngettext(
            "%(n)d proposal with a confidence of 0.9 or more becomes a task, and the agencies owe it from then on.",
            "%(n)d proposals with a confidence of 0.9 or more become tasks, and the agencies owe them from then on.",
            n,
        )
        % {"n": n},
    }


@dataclass(frozen=True, slots=True)
class Bindable:
    """A figure that a claim can be held against, as one value of a form."""

    value: str
    label: str


def _bindable(here: Here) -> list[Bindable]:
    rows = programmes.programmes(viewer=here.viewer, as_of=here.today, known_at=None)
    found = []
    for row in rows:
        found.append(Bindable(f"tasks.total|{row.key}|", _("%(list)s: all") % {"list": row.title}))
        for group in programmes.group_codes(row.id):
            label = _("%(list)s: %(group)s") % {"list": row.title, "group": group.label}
            found.append(Bindable(f"tasks.in_group|{row.key}|{group.code}", label))
    return found


@require_POST
@page
def bind(request: HttpRequest, here: Here, claim_id: int) -> HttpResponse:
    """Hold a claim against one of our figures."""
    key, programme, group = (request.POST.get("figure", "") + "||").split("|")[:3]
    arguments = {"programme": programme} | ({"group": group} if group else {})
    binding = bind_claim(claim_id, figure=key, arguments=arguments, actor=here.actor)
    messages.success(request, _("The number is now held against this figure."))
    return redirect(f"/documents/{binding.claim.document_id}/reading/#claim-{claim_id}-title")


@require_POST
@page
def head(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Add to a document's head what it does not state."""
    require(here.actor, "officer", "administrator")
    document = documents.document(document_id, **here.moment)
    form = HeadForm(request.POST)
    if form.is_valid():
        correct_header(Document(pk=document.id), actor=here.actor, issued_on=form.cleaned_data["issued_on"])
        messages.success(request, _("The day is noted. Due days without a year take its year."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("reading", document_id)


def _proposal(here: Here, proposal_id: int) -> tuple[int, ReadingPage, ProposalRow]:
    document_id = readings.document_of(proposal_id, viewer=here.viewer)
    reading = readings.reading(document_id, viewer=here.viewer)
    if reading is None:
        raise readings.NotYetRead(_("The document is being read again. Reload the page in a moment."))
    row = next((p for p in reading.proposals if p.id == proposal_id), None)
    if row is None:
        raise readings.NotYetRead(_("The document was read anew. Reload the page to see what is proposed now."))
    return document_id, reading, row


def _titled(words: str) -> str:
    """Write the words of a document as the name of a task: on one line, with a capital at the beginning."""
    title = " ".join(words.split())
    return title[:1].upper() + title[1:]


def _as_read(here: Here, document_id: int, row: ProposalRow) -> Acceptance:
    return Acceptance(
        proposal_id=row.id,
        title=_titled(row.text),
        leads=row.leads,
        coordinators=row.coordinators,
        due=readings.due_rule(row.due, issued_on=documents.issued_on(document_id)),
        due_words=str((row.due or {}).get("words", "")),
        changed=False,
    )


@require_POST
@page
def accept(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Accept a proposal as it was read."""
    document_id, _reading, row = _proposal(here, proposal_id)
    _accept(here, _as_read(here, document_id, row))
    return _decided(request, here, proposal_id)


def _accept(here: Here, acceptance: Acceptance) -> None:
    workflow = definitions.standard_workflow(office_id=here.office.pk)
    accept_proposal(acceptance, workflow=workflow, on=here.today, actor=here.actor)


@require_POST
@page
def accept_all(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Accept every open proposal of which the reader is sure; one that cannot be accepted stays open, and says why."""
    require(here.actor, "officer", "administrator")
    reading = readings.reading(document_id, viewer=here.viewer)
    rows = [] if reading is None else [p for p in reading.proposals if not p.verdict and p.confidence >= SURE]
    n = 0
    for row in rows:
        try:
            _accept(here, _as_read(here, document_id, row))
        except Refused as refusal:
            messages.error(request, _("Proposal %(order)d: %(why)s") % {"order": row.order, "why": refusal})
        else:
            n += 1
    if n:
        sentence = ngettext("%(n)d proposal became a task.", "%(n)d proposals became tasks.", n)
        messages.success(request, sentence % {"n": n})
    return redirect("reading", document_id)


@page
def change(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Accept a proposal with changes."""
    require(here.actor, "officer", "administrator")
    document_id, _reading, row = _proposal(here, proposal_id)
    rule = readings.due_rule(row.due, issued_on=documents.issued_on(document_id))
    initial = {
        "title": _titled(row.text),
        "leads": "\n".join(row.leads),
        "coordinators": "\n".join(row.coordinators),
        "due_on": readings.day_of(rule),
    }
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        acceptance = Acceptance(
            proposal_id=row.id,
            title=data["title"],
            leads=names(data["leads"]),
            coordinators=names(data["coordinators"]),
            due=_due(data["due_on"], rule),
            due_words=str((row.due or {}).get("words", "")),
            changed=True,
            product=data["product"],
        )
        try:
            _accept(here, acceptance)
        except AlreadyDecided:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _decided(request, here, proposal_id)
    context = {"proposal": row, "form": form, "save_url": request.path, "back_url": f"/proposals/{row.id}/"}
    template = "readings/change.html" if asks_for_part(request) else "readings/change_page.html"
    return render(request, template, context)


def _due(day: Any, read: DueRule | None) -> DueRule | None:
    """Keep the rule that was read unless the officer set another day."""
    if day is None:
        return read if read is not None and read.kind in {"event", "recurring"} else None
    return read if day == readings.day_of(read) else DueRule("day", day)


@page
def refuse(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Refuse a proposal, with the reason."""
    require(here.actor, "officer", "administrator")
    _document_id, _reading, row = _proposal(here, proposal_id)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refuse_proposal(proposal_id, reason=form.cleaned_data["reason"], actor=here.actor)
        return _decided(request, here, proposal_id)
    context = {
        "proposal": row,
        "form": form,
        "save_url": request.path,
        "save_label": _("Refuse"),
        "back_url": f"/proposals/{row.id}/",
    }
    return render(request, "readings/change.html" if asks_for_part(request) else "readings/change_page.html", context)


@require_GET
@page
def proposal(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    """Show one proposal as it stands."""
    return _decided(request, here, proposal_id)


def _decided(request: HttpRequest, here: Here, proposal_id: int) -> HttpResponse:
    document_id, reading, row = _proposal(here, proposal_id)
    if not asks_for_part(request):
        return redirect(f"/documents/{document_id}/reading/#proposal-{proposal_id}")
    context = {
        "proposal": row,
        "may_decide": here.may("officer", "administrator"),
        "counts": _counts(reading),
        "accept_all": _accept_all(document_id, reading) if here.may("officer", "administrator") else None,
        "swap": True,
    }
    parts = [render_to_string(name, context, request) for name in ("readings/proposal.html", "readings/counts.html")]
    return HttpResponse("".join(parts))
