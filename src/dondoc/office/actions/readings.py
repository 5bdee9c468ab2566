"""Readings: a named person accepts, changes, refuses or withdraws what the reader proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.agencies import NewAgency, enter_agency
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.tasks import NewDuty, NewTask, enter_task
from dondoc.office.models import Agency, Proposal, Review, Task, Workflow
from dondoc.office.queries import agencies, documents, readings
from dondoc.rules.deadlines import DueRule


class ReadingRefused(Refused):
    """A proposal cannot be decided like this."""


class AlreadyDecided(Refused):
    """Somebody else decided on the proposal first."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How a proposal is accepted: the words of the task, who leads and coordinates, and by when.

    Names that the register does not know become agencies of it; `changed` says that the person altered something.
    """

    proposal_id: int
    title: str
    leads: tuple[str, ...]
    coordinators: tuple[str, ...]
    due: DueRule | None
    due_words: str
    changed: bool
    product: str = ""


def accept_proposal(acceptance: Acceptance, *, workflow: Workflow, on: date, actor: Actor) -> Task:
    """Accept a proposal: it becomes a task with its duties, under the name of whoever accepted it."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        proposal = _open_proposal(w, acceptance.proposal_id)
        document = proposal.reading.document
        day = documents.issued_on(document.pk) or on
        duties = [
            NewDuty(_agency(w, name, on=day), role, acceptance.due, acceptance.due_words)
            for role, names in (("lead", acceptance.leads), ("coordinate", acceptance.coordinators))
            for name in dict.fromkeys(names)
        ]
        task = enter_task(
            w,
            NewTask(
                title=acceptance.title,
                duties=tuple(duties),
                workflow=workflow,
                kind="orientation" if proposal.is_orientation and not acceptance.changed else "task",
                origin="reading",
                product=acceptance.product,
                document=document,
                clause=proposal.clause,
                start=proposal.start,
                end=proposal.end,
            ),
            on=day,
        )
        verdict = "changed" if acceptance.changed else "accepted"
        w.record("accept_proposal", [w.new(Review, proposal=proposal, verdict=verdict, task=task)])
        return task


def refuse_proposal(proposal_id: int, *, reason: str, actor: Actor) -> Review:
    """Refuse a proposal: it is no task, and it is kept with the reason."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        proposal = _open_proposal(w, proposal_id)
        review = w.new(Review, proposal=proposal, verdict="refused", reason=reason.strip())
        w.record("refuse_proposal", [review])
        return review


def _open_proposal(w: Writing, proposal_id: int) -> Proposal:
    rows = Proposal.objects.select_related("reading__document", "clause")
    proposal = rows.filter(pk=proposal_id, reading__document__office_id=w.office.pk).first()
    if proposal is None:
        raise ReadingRefused(_("There is no such proposal in the documents of this office."))
    decided = readings.verdict(proposal.pk)
    if decided is not None:
        raise AlreadyDecided(
            _("This proposal was already decided by %(name)s. Reload the page to see it.") % {"name": decided}
        )
    return proposal


def _agency(w: Writing, name: str, *, on: date) -> Agency:
    found = agencies.named(name, office_id=w.office.pk, as_of=on)
    if found is not None:
        return Agency.objects.get(pk=found)
    if not name.strip():
        raise ReadingRefused(_("An agency has no name. Name it, or take it off the list."))
    plural = name.casefold().startswith("các ")
    new = NewAgency(name=name, kind="unknown", level="province", is_class=plural)
    # The document shows that the agency was there on its day, not that it began then.
    return enter_agency(w, new, on=on, backfilled=True)
