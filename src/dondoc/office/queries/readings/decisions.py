"""What people decided on proposals: what stands, since when, and what came of it.

A newer reading offers most of what the one before offered; such proposals form a chain under the one that offered it
first, and a decision on any of them is a decision on all. Of the decisions on a chain those of the latest entry of
the log stand: a proposal that was split has one row for each of its tasks, all of one entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Change, Document, Proposal, Reading, Review, Task
from dondoc.office.models.facts import known, recorded
from dondoc.office.queries import rereading

TAKEN = frozenset({"accepted", "changed", "merged", "split"})


class NotYetRead(Refused):
    """The document is still in the queue for reading, or what was asked for is not in it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands on a proposal: the verdict, who gave it and when, why, and the tasks that came of it."""

    verdict: str
    label: str
    by: str
    at: datetime
    reason: str
    tasks: tuple[tuple[int, str], ...]
    entry_id: int

    @property
    def is_open(self) -> bool:
        """Whether the proposal can be decided (again): the last decision was withdrawn."""
        return self.verdict == "withdrawn"


def standing(proposals: Iterable[Proposal], *, known_at: datetime | None) -> dict[int, Decision]:
    """Give the decision that stands on each of some proposals, by the proposal's key; one never decided is left out."""
    root = {proposal.pk: rereading.first_of(proposal) for proposal in proposals}
    wanted = set(root.values())
    same = Q(proposal_id__in=wanted) | Q(proposal__first_id__in=wanted)
    rows = recorded(Review.objects.filter(same), known_at=known_at).select_related("entry", "proposal", "task")
    last: dict[int, list[Review]] = {}
    for review in rows.defer("entry__detail").order_by("entry_id", "id"):
        chain = last.setdefault(rereading.first_of(review.proposal), [])
        if chain and chain[-1].entry_id != review.entry_id:
            chain.clear()
        chain.append(review)
    return {pk: _decision(last[first]) for pk, first in root.items() if first in last}


def _decision(rows: list[Review]) -> Decision:
    review = rows[-1]
    return Decision(
        verdict=review.verdict,
        label=str(review.get_verdict_display()),
        by=review.entry.actor_name,
        at=review.recorded_at,
        reason=review.reason,
        tasks=tuple((row.task_id, row.task.title) for row in rows if row.task_id is not None and row.task),
        entry_id=review.entry_id,
    )


def decided_with(entry_id: int, task_ids: Collection[int]) -> list[Proposal]:
    """List the proposals that one entry of the log made into these tasks: several, where they were merged."""
    rows = Proposal.objects.filter(reviews__entry_id=entry_id, reviews__task_id__in=task_ids)
    return list(rows.distinct().order_by("id"))


def begun(task_ids: Collection[int], *, office_id: int) -> int:
    """Count the duties of some tasks on which somebody has recorded a step since they were assigned."""
    steps = Change.objects.filter(duty__task_id__in=task_ids, duty__task__office_id=office_id)
    steps = known(steps.exclude(from_state=""), known_at=None).exclude(until_on=F("effective_on"))
    return steps.values("duty_id").distinct().count()


def tasks_of(decision: Decision, *, office_id: int) -> list[Task]:
    """Give the tasks that came of a decision."""
    return list(Task.objects.filter(pk__in=[pk for pk, _title in decision.tasks], office_id=office_id).order_by("pk"))


def tasks_withdrawn(document_id: int) -> set[int]:
    """List the tasks of a document whose acceptance was withdrawn: they are none of its assignments."""
    rows = Review.objects.filter(proposal__reading__document_id=document_id, verdict="withdrawn", task__isnull=False)
    return set(rows.values_list("task_id", flat=True))


def seen(document_id: int, *, viewer: Viewer) -> tuple[int, int]:
    """Give the latest reading of a document and the latest decision on it: whoever knows both has seen all.

    Refused when the document is not in the viewer's sight.
    """
    if not viewer.sees_all or not Document.objects.filter(pk=document_id, office_id=viewer.office_id).exists():
        raise NotYetRead(_("There is no such document, or it concerns other agencies only."))
    rows = Reading.objects.filter(document_id=document_id, document__office_id=viewer.office_id)
    found = rows.aggregate(read=Max("pk"), decided=Max("proposals__reviews__pk"))
    return found["read"] or 0, found["decided"] or 0


def decided_since(document_id: int, review_id: int, *, viewer: Viewer) -> set[int]:
    """List the proposals of a document decided later than a decision, by the key of the first of their chain."""
    rows = Review.objects.filter(
        proposal__reading__document_id=document_id,
        proposal__reading__document__office_id=viewer.office_id,
        pk__gt=review_id,
    )
    return {first or pk for pk, first in rows.values_list("proposal_id", "proposal__first_id")}
