"""What a mended head of a document said before, and what was reckoned from the day that is mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from dondoc.office.access import Viewer
from dondoc.office.models import DocumentHeader, DutyDue, Review
from dondoc.office.models.facts import known, recorded

# The fields of the head that a person can mend, in the order in which they are read.
FIELDS = (
    "number",
    "kind",
    "issuer_name",
    "issued_on",
    "received_on",
    "subject",
    "short_title",
    "term",
    "signer",
    "signer_position",
    "incoming_number",
)
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class Mended:
    """One field that a correction changed: its name, what it said, what it says."""

    field: str
    before: str | date | None
    after: str | date | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a document's head: by whom, when, and what it changed."""

    by: str
    at: datetime
    mended: tuple[Mended, ...]


@dataclass(frozen=True, slots=True)
class ByItsDay:
    """A task whose due day was reckoned from the day of the document."""

    task_id: int
    title: str
    due: date | None
    words: str


def corrections(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[Correction]:
    """List the corrections of a document's head, the latest first; for the office's own people."""
    if not viewer.sees_all:
        return []
    own = DocumentHeader.objects.filter(document=document_id, document__office=viewer.office_id)
    rows = recorded(own.exclude(replaces=None), known_at=known_at)
    return [
        Correction(row.entry.actor_name, row.recorded_at, tuple(_mended(row.replaces, row)))
        for row in rows.select_related("entry", "replaces").order_by("-id")
        if isinstance(row.replaces, DocumentHeader)
    ]


def _mended(before: DocumentHeader, after: DocumentHeader) -> list[Mended]:
    pairs = [Mended(field, getattr(before, field), getattr(after, field)) for field in FIELDS]
    return [one for one in pairs if one.before != one.after]


def by_its_day(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[ByItsDay]:
    """List the tasks whose due day was reckoned from the day of their document: given without a year, or recurring.

    Mending the day does not move them: a person decides about each.
    """
    if not viewer.sees_all:
        return []
    own = Review.objects.filter(
        proposal__reading__document=document_id,
        proposal__reading__document__office=viewer.office_id,
        task__isnull=False,
        verdict__in=("accepted", "changed", "merged", "split"),
    )
    found: dict[int, ByItsDay] = {}
    for review in recorded(own, known_at=known_at).select_related("proposal", "task").order_by("task_id"):
        due, task = review.proposal.due or {}, review.task
        if task is not None and due and (due.get("kind") == "recurring" or not YEAR.search(str(due.get("words")))):
            found[task.pk] = ByItsDay(
                task.pk, task.title, _due(task.pk, known_at=known_at), str(due.get("words") or "")
            )
    return list(found.values())


def _due(task_id: int, *, known_at: datetime | None) -> date | None:
    rows = known(DutyDue.objects.filter(duty__task=task_id, duty__role="lead"), known_at=known_at)
    return rows.order_by("-id").values_list("last_day", flat=True).first()
