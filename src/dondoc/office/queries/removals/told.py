"""What is told of a document that was withdrawn or expunged, and what expunging it would destroy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.models import (
    Backup,
    Change,
    Document,
    Duty,
    ExpungeRequest,
    Expunging,
    Issued,
    LogEntry,
    Note,
    Original,
    Proposal,
    Task,
    TaskClause,
    Withdrawal,
)
from dondoc.office.models.facts import known, recorded
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import documents
from dondoc.office.queries.removals.reach import Reached, reach


@dataclass(frozen=True, slots=True)
class Gone:
    """That a document is withdrawn: by whom, when, why, and which document is the right one."""

    by: str
    at: datetime
    reason: str
    successor_id: int | None
    successor: str


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody asked to have a document expunged, and nobody has confirmed it yet."""

    request_id: int
    by_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Expunged:
    """What is kept of an expunged document."""

    sha256: str
    received_at: datetime
    asked_by: str
    confirmed_by: str
    at: datetime
    backups: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """All that is told of a document's removal; None where there is nothing of the kind."""

    document_id: int
    title: str
    number: str
    gone: Gone | None
    asked: Asked | None
    expunged: Expunged | None


@dataclass(frozen=True, slots=True)
class Consequences:
    """What expunging a document destroys, in numbers, and the backups that hold it still."""

    tasks: int
    duties: int
    proposals: int
    notes: int
    reports: int
    entries: int
    evidence: int
    backups: tuple[Mapping[str, str], ...]


def removal(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> Removal:
    """Tell how it stands with a document's removal; for the office's own people."""
    rows = recorded(Document.objects.filter(pk=document_id, office_id=viewer.office_id), known_at=known_at)
    document = rows.select_related("original").first()
    if document is None or not viewer.sees_all:
        raise documents.NoSuchDocument(_("There is no such document, or it concerns other agencies only."))
    head = known(document.headers.all(), known_at=known_at).order_by("-id").first()
    return Removal(
        document_id=document.pk,
        title=documents.title_of(head) if head else "",
        number=head.number if head else "",
        gone=withdrawn(document.pk, known_at=known_at),
        asked=asked(document.pk),
        expunged=_expunged(document),
    )


def withdrawn(document_id: int, *, known_at: datetime | None) -> Gone | None:
    """Say who withdrew a document, when and why; None while it stands."""
    rows = recorded(Withdrawal.objects.filter(document=document_id), known_at=known_at)
    row = rows.select_related("entry").order_by("-id").first()
    if row is None or not row.is_withdrawn:
        return None
    titles = documents.short_titles([row.successor_id] if row.successor_id else [], known_at=known_at)
    return Gone(
        row.entry.actor_name, row.recorded_at, row.reason, row.successor_id, titles.get(row.successor_id or 0, "")
    )


def asked(document_id: int) -> Asked | None:
    """Say who asked to have a document expunged, while nobody has confirmed it nor taken it back."""
    row = ExpungeRequest.objects.filter(document=document_id).select_related("asked_by").order_by("-id").first()
    if row is None or row.is_taken_back or Expunging.objects.filter(request=row).exists():
        return None
    return Asked(row.pk, row.asked_by_id, str(row.asked_by), row.recorded_at)


def _expunged(document: Document) -> Expunged | None:
    row = Expunging.objects.filter(document=document).select_related("request__asked_by", "confirmed_by").first()
    if row is None:
        return None
    return Expunged(
        sha256=row.sha256,
        received_at=document.recorded_at,
        asked_by=str(row.request.asked_by),
        confirmed_by=str(row.confirmed_by),
        at=row.recorded_at,
        backups=tuple(row.backups),
    )


def is_expunged(document_id: int) -> bool:
    """Say whether a document was expunged."""
    return Expunging.objects.filter(document=document_id).exists()


def consequences(document_id: int, *, viewer: Viewer) -> Consequences:
    """Count what expunging a document would destroy now."""
    reached = reach(document_id, office_id=viewer.office_id)
    found, rules = reached.records, {model: set(rows) for model, rows in reached.rules.items()}
    return Consequences(
        tasks=len(found.get(Task, ())),
        duties=len(found.get(Duty, ())),
        proposals=len(found.get(Proposal, ())),
        notes=len(found.get(Note, ())),
        reports=len(found.get(Issued, ())),
        entries=_entries(found, rules),
        evidence=_evidence(found),
        backups=tuple(backups(document_id, office_id=viewer.office_id)),
    )


def _entries(*reached: Reached) -> int:
    rows = [model._base_manager.filter(pk__in=keys) for found in reached for model, keys in found.items()]
    return len({pk for one in rows for pk in one.values_list("entry_id", flat=True)})


def _evidence(found: Reached) -> int:
    """Count the files that prove something of the tasks that came of it; they stay, and somebody must look at them."""
    proving = Original.objects.filter(document=None, pk__in=_proofs(found))
    return proving.count()


def _proofs(found: Reached) -> set[int]:
    rows = Change.objects.filter(duty__in=found.get(Duty, ()), original__isnull=False)
    return set(rows.values_list("original_id", flat=True))


def backups(document_id: int, *, office_id: int) -> list[dict[str, str]]:
    """List the backups that were made since a document came in, and so hold it: name and instant."""
    first = LogEntry.objects.filter(pk=Document.objects.filter(pk=document_id).values("entry_id")[:1]).values("seq")[:1]
    rows = Backup.objects.filter(office_id=office_id, up_to__gte=first).order_by("id")
    made: dict[str, str] = {}
    for name, at in rows.values_list("name", "recorded_at"):
        made.setdefault(name, at.isoformat())
    return [{"name": name, "made_at": at} for name, at in made.items()]


def tasks_of(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[tuple[int, str]]:
    """List the tasks that came from the words of a document, also of one that was withdrawn."""
    own = TaskClause.objects.filter(document=document_id, document__office=viewer.office_id)
    clauses = standing_ties(own if viewer.sees_all else own.none(), known_at=known_at)
    rows = Task.objects.filter(pk__in=clauses.values("task")).order_by("pk")
    return list(rows.values_list("pk", "title"))
