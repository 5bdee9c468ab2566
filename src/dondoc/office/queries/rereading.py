"""Several readings of one document: which is the latest, what was decided on what is offered again, what changed.

A newer reading offers most of what the one before offered; each such row names in `first` the row that offered it
first. The rows of one such chain are one thing: what was decided on any of them is decided on all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dondoc.office.access import Viewer
from dondoc.office.models import (
    Claim,
    ClaimBinding,
    ClaimSettlement,
    Document,
    DocumentLink,
    Petition,
    Proposal,
    Reading,
    ReadingFailure,
    Review,
)
from dondoc.office.models.facts import known, recorded
from dondoc.office.models.removals import standing
from dondoc.rules.rereading import Offer

M = TypeVar("M", bound=Model)


def latest_readings(readings: QuerySet[Reading], *, known_at: datetime | None) -> QuerySet[Reading]:
    """Keep of each document the reading that was its latest at an instant."""
    later = Reading.objects.filter(document=OuterRef("document"), pk__gt=OuterRef("pk"))
    return recorded(readings, known_at=known_at).filter(~Exists(recorded(later, known_at=known_at)))


def first_of(row: Proposal | Claim) -> int:
    """Give the key of the row that offered the same first, of which a proposal or a claim is a repetition."""
    return row.first_id or row.pk


def offered(rows: QuerySet[M], *, known_at: datetime | None, decided: Q | None = None) -> QuerySet[M]:
    """Keep the proposals, claims or petitions that the latest reading of their document offers.

    With `decided` (a condition over the annotation `root`) also those that it lost but on which somebody had decided,
    each once, as it was offered last. The rows carry `root`, the key of the first of their chain.
    """
    model: Any = rows.model
    rows = recorded(rows, known_at=known_at).annotate(root=Coalesce("first_id", "pk"))
    latest = latest_readings(Reading.objects.filter(pk=OuterRef("reading")), known_at=known_at)
    in_latest = Exists(latest)
    if decided is None:
        return rows.filter(in_latest)
    later = recorded(model._base_manager.filter(first=OuterRef("root"), pk__gt=OuterRef("pk")), known_at=known_at)
    return rows.filter(Q(in_latest) | (decided & ~Exists(later)))


def _chain(model: type[Proposal] | type[Claim]) -> QuerySet[Any]:
    return model._base_manager.filter(Q(pk=OuterRef(OuterRef("root"))) | Q(first=OuterRef(OuterRef("root"))))


def _verdict(*, known_at: datetime | None) -> Subquery:
    """The verdict that stands on the chain of a proposal with `root`; null where nobody has decided."""
    rows = recorded(Review.objects.filter(proposal__in=_chain(Proposal)), known_at=known_at)
    return Subquery(rows.order_by("-id").values("verdict")[:1])


def proposals(rows: QuerySet[Proposal], *, known_at: datetime | None) -> QuerySet[Proposal]:
    """Keep the proposals that count: of the latest readings, and those lost since on which somebody had decided.

    The rows carry `root` and `stands`, the verdict that holds for their chain (null or withdrawn: open).
    """
    reviewed = recorded(Review.objects.filter(proposal__in=_chain(Proposal)), known_at=known_at)
    return offered(rows, known_at=known_at, decided=Q(Exists(reviewed))).annotate(stands=_verdict(known_at=known_at))


def undecided(rows: QuerySet[Proposal], *, known_at: datetime | None) -> QuerySet[Proposal]:
    """Keep the proposals of the latest readings on which nobody has decided, or whose decision was withdrawn."""
    found = offered(rows, known_at=known_at).annotate(stands=_verdict(known_at=known_at))
    return found.filter(Q(stands=None) | Q(stands="withdrawn"))


def claims(rows: QuerySet[Claim], *, known_at: datetime | None) -> QuerySet[Claim]:
    """Keep the claims that count: of the latest readings, and those lost since that were bound or settled.

    The rows carry `root`.
    """
    bound = known(ClaimBinding.objects.filter(claim__in=_chain(Claim)), known_at=known_at)
    settled = recorded(ClaimSettlement.objects.filter(claim__in=_chain(Claim)), known_at=known_at)
    return offered(rows, known_at=known_at, decided=Exists(bound) | Exists(settled))


def decided_of(proposals: Iterable[Proposal], *, known_at: datetime | None) -> dict[int, list[Review]]:
    """Give for each proposal the reviews that stand on it: those of the latest entry, whichever reading they name.

    The keys are those of the proposals that were given; proposals on which nobody decided are left out. A verdict of
    "withdrawn" says that the proposal is open again.
    """
    roots = {row.pk: first_of(row) for row in proposals}
    wanted = set(roots.values())
    rows = Review.objects.filter(Q(proposal__in=wanted) | Q(proposal__first__in=wanted))
    latest: dict[int, list[Review]] = {}
    for review in recorded(rows, known_at=known_at).select_related("entry", "proposal").order_by("id"):
        found = latest.setdefault(first_of(review.proposal), [])
        if found and found[0].entry_id != review.entry_id:
            found.clear()
        found.append(review)
    return {pk: latest[root] for pk, root in roots.items() if root in latest}


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that was offered before, as it was offered last, and the key of the row that offered it first."""

    first: int
    offer: Offer


@dataclass(frozen=True, slots=True)
class Offers:
    """All that the readings of a document have offered so far, lost or not, each thing once."""

    proposals: tuple[Offered, ...]
    claims: tuple[Offered, ...]
    petitions: tuple[Offered, ...]


def latest_offers(document_id: int) -> Offers:
    """Give all that the readings of a document have offered, each as it was offered last."""
    proposals = Proposal.objects.filter(reading__document=document_id).order_by("id")
    claims = Claim.objects.filter(document=document_id).order_by("id")
    petitions = Petition.objects.filter(document=document_id).order_by("id")
    return Offers(
        _last({first_of(p): Offer(p.start, p.end, names=tuple(p.leads)) for p in proposals}),
        _last({first_of(c): Offer(c.start, c.end, says=float(c.value)) for c in claims}),
        _last({p.first_id or p.pk: Offer(p.start, p.end) for p in petitions}),
    )


def _last(found: dict[int, Offer]) -> tuple[Offered, ...]:
    return tuple(Offered(first, offer) for first, offer in found.items())


def linked_numbers(document_id: int) -> set[str]:
    """Give the numbers of the documents to which a document is linked, also where somebody took the link away."""
    return set(DocumentLink.objects.filter(document=document_id).values_list("target_number", flat=True))


def has_failed(document_id: int, version: str) -> bool:
    """Say whether it is written down that this version of the reader could not read a document."""
    return ReadingFailure.objects.filter(document=document_id, reader_version=version).exists()


def read_by_another(version: str, *, office_id: int) -> list[int]:
    """List the documents that were read, but not by this version of the reader; the oldest first."""
    by_this = Reading.objects.filter(document=OuterRef("pk"), reader_version=version)
    read = Reading.objects.filter(document=OuterRef("pk"))
    rows = standing(Document.objects.filter(office_id=office_id), known_at=None).filter(Exists(read), ~Exists(by_this))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One run of the reader on a document: by which version, and when."""

    id: int
    version: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal, a claim or a petition as one reading offers it: its words at their place, and what it says."""

    kind: str
    id: int
    start: int
    end: int
    words: str
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    due: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that both readings offer, but not alike."""

    before: Found
    after: Found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a newer reading of a document gained, lost and offers otherwise than the one before."""

    older: ReadingRow
    newer: ReadingRow
    gained: tuple[Found, ...]
    lost: tuple[Found, ...]
    changed: tuple[Moved, ...]


def readings_of(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[ReadingRow]:
    """List the readings of a document, the latest first; for the office's own people."""
    if not viewer.sees_all:
        return []
    found = Reading.objects.filter(document=document_id, document__office=viewer.office_id)
    rows = recorded(found, known_at=known_at).order_by("-id").values_list("pk", "reader_version", "recorded_at")
    return [ReadingRow(*row) for row in rows]


def comparison(older: ReadingRow, newer: ReadingRow, *, viewer: Viewer, known_at: datetime | None) -> Comparison:
    """Hold two readings of one document against each other, in the order of the text."""
    before, after = (_found(row.id, viewer=viewer, known_at=known_at) for row in (older, newer))
    both = [Moved(before[key], after[key]) for key in before.keys() & after.keys()]
    return Comparison(
        older=older,
        newer=newer,
        gained=_in_order(after[key] for key in after.keys() - before.keys()),
        lost=_in_order(before[key] for key in before.keys() - after.keys()),
        changed=tuple(
            sorted((one for one in both if _says(one.before) != _says(one.after)), key=lambda one: one.after.start)
        ),
    )


def _in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.id)))


def _says(one: Found) -> tuple[object, ...]:
    return (one.start, one.end, one.leads, one.coordinators, one.due)


def _found(reading_id: int, *, viewer: Viewer, known_at: datetime | None) -> dict[tuple[str, int], Found]:
    """Give what one reading offers, by its kind and the key of the first of its chain."""
    own = {"reading": reading_id, "reading__document__office": viewer.office_id}
    text = Reading.objects.filter(pk=reading_id).values_list("document__text", flat=True).get()
    proposals = list(Proposal.objects.filter(**own))
    decided = decided_of(proposals, known_at=known_at)
    found = {("proposal", first_of(p)): _proposal(p, text, decided.get(p.pk, [])) for p in proposals}
    for claim in Claim.objects.filter(**own):
        found["claim", first_of(claim)] = Found("claim", claim.pk, claim.start, claim.end, _around(text, claim))
    for one in Petition.objects.filter(**own):
        found["petition", one.first_id or one.pk] = Found("petition", one.pk, one.start, one.end, _line(text, one))
    return found


def _proposal(row: Proposal, text: str, decided: list[Review]) -> Found:
    due = row.due or {}
    return Found(
        kind="proposal",
        id=row.pk,
        start=row.start,
        end=row.end,
        words=_line(text, row),
        leads=tuple(row.leads),
        coordinators=tuple(row.coordinators),
        due=str(due.get("words") or ""),
        verdict=str(decided[0].get_verdict_display()) if decided and decided[0].verdict != "withdrawn" else "",
    )


def _line(text: str, row: Proposal | Petition) -> str:
    return " ".join(text[row.start : row.end].split())


def _around(text: str, row: Claim) -> str:
    """Give the line in which a number stands: alone it says nothing."""
    start, end = text.rfind("\n", 0, row.start) + 1, text.find("\n", row.end)
    return " ".join(text[max(start, row.start - 80) : min(end if end >= 0 else len(text), row.end + 80)].split())
