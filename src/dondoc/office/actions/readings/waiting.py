"""Proposals that wait for a decision, fetched under the lock that orders the log."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from dondoc.office.actions.history import Writing
from dondoc.office.actions.readings.refusals import AlreadyDecided, ReadingRefused
from dondoc.office.models import Document, Proposal
from dondoc.office.models.removals import standing
from dondoc.office.queries import readings


def proposals_of(w: Writing, ids: Sequence[int]) -> list[Proposal]:
    """Give proposals of the office in the order asked for; refused when one of them is not its own."""
    rows = Proposal.objects.filter(pk__in=set(ids), reading__document__office_id=w.office.pk)
    found = {row.pk: row for row in rows.select_related("reading__document", "clause")}
    if len(found) != len(set(ids)):
        raise ReadingRefused(_("There is no such proposal in the documents of this office."))
    return [found[pk] for pk in dict.fromkeys(ids)]


def check_documents(proposals: Sequence[Proposal]) -> None:
    """Refuse proposals of a document that was withdrawn: nothing more is made of it until it is put back."""
    sources = {proposal.reading.document_id for proposal in proposals}
    if standing(Document.objects.filter(pk__in=sources), known_at=None).count() < len(sources):
        raise ReadingRefused(
            _("This document was withdrawn, so nothing is decided on what was read in it. Put it back first.")
        )


def open_proposals(w: Writing, ids: Sequence[int]) -> list[Proposal]:
    """Give proposals that are all still open; refused with the name of whoever decided on one of them first."""
    found = proposals_of(w, ids)
    check_documents(found)
    decided = readings.standing(found, known_at=None)
    for proposal in found:
        check_open(decided.get(proposal.pk))
    return found


def check_open(decision: readings.Decision | None) -> None:
    """Refuse a proposal on which somebody has decided, unless the decision was withdrawn."""
    if decision is not None and not decision.is_open:
        raise AlreadyDecided(
            _("This proposal was already decided by %(name)s. Reload the page to see it.") % {"name": decision.by}
        )
