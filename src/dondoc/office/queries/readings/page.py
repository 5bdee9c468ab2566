"""Readings as a page shows them: what was offered, in whose names, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.models import Clause, Document, Petition, Proposal, Reading, ReadingFailure
from dondoc.office.models.facts import known, recorded
from dondoc.office.queries import agencies, rereading
from dondoc.office.queries.readings.decisions import Decision, NotYetRead, standing
from dondoc.rules.clarity import Given, Point, unclear


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal with its words, its names as they resolve, and the decision on it.

    `verdict` is empty while it is open; `withdrawn_by` says who withdrew the last decision, if it was withdrawn.
    `unclear` names which of the six things that must be clear before work is given are not stated.
    """

    id: int
    first_id: int
    order: int
    start: int
    end: int
    text: str
    clause: str
    leads: tuple[str, ...]
    coordinators: tuple[str, ...]
    unknown: tuple[str, ...]
    due: dict[str, object] | None
    is_orientation: bool
    confidence: float
    rule: str
    unclear: tuple[Point, ...]
    verdict: str
    verdict_label: str
    decided_by: str
    withdrawn_by: str
    reason: str
    tasks: tuple[tuple[int, str], ...]

    @property
    def task_id(self) -> int | None:
        """The task that came of it, or the first of several."""
        return self.tasks[0][0] if self.tasks else None


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition that a document reports."""

    start: int
    end: int
    text: str
    raised_by: str
    raised_to: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """All that the reading page shows of one document; `doubts` are (start, end, confidence) of unsure words."""

    id: int
    document_id: int
    reader_version: str
    proposals: tuple[ProposalRow, ...]
    petitions: tuple[PetitionRow, ...]
    checks: tuple[dict[str, object], ...]
    doubts: tuple[tuple[int, int, float], ...]
    text: str


def of_version(document_id: int, version: str) -> int | None:
    """Find the reading of a document by this version of the reader."""
    rows = Reading.objects.filter(document_id=document_id, reader_version=version)
    return rows.values_list("pk", flat=True).first()


def clauses(document_id: int) -> dict[str, int]:
    """Give the keys of a document's clauses by their addresses."""
    return dict(Clause.objects.filter(document_id=document_id).values_list("address", "pk"))


def document_of(proposal_id: int, *, viewer: Viewer) -> int:
    """Find the document in which a proposal was read; refused when it is not in the viewer's sight."""
    rows = Proposal.objects.filter(pk=proposal_id, reading__document__office_id=viewer.office_id)
    found = rows.values_list("reading__document_id", flat=True).first()
    if found is None or not viewer.sees_all:
        raise NotYetRead(_("There is no such proposal, or it concerns other agencies only."))
    return found


def _document(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> Document:
    rows = recorded(Document.objects.filter(pk=document_id, office_id=viewer.office_id), known_at=known_at)
    document = rows.first()
    if document is None or not viewer.sees_all:
        raise NotYetRead(_("There is no such document, or it concerns other agencies only."))
    return document


def reading(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> ReadingPage | None:
    """Give the latest reading of a document for the office's own people; None while it waits to be read."""
    document = _document(document_id, viewer=viewer, known_at=known_at)
    rows = recorded(Reading.objects.filter(document=document), known_at=known_at)
    row = rows.defer("findings").order_by("-id").first()
    if row is None:
        return None
    return ReadingPage(
        id=row.pk,
        document_id=document.pk,
        reader_version=row.reader_version,
        proposals=tuple(_proposals(document, known_at=known_at)),
        petitions=tuple(_petitions(row, document)),
        checks=tuple(row.checks),
        doubts=tuple((int(start), int(end), float(sure)) for start, end, sure in row.doubts),
        text=document.text,
    )


def problem(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> str:
    """Say why a document could not be read, when no later reading succeeded; empty when there is no such trouble."""
    own = {"document_id": document_id, "document__office_id": viewer.office_id}
    failures = recorded(ReadingFailure.objects.filter(**own), known_at=known_at)
    failure = failures.order_by("-recorded_at", "-id").first()
    if failure is None:
        return ""
    later = recorded(Reading.objects.filter(**own, recorded_at__gt=failure.recorded_at), known_at=known_at)
    return "" if later.exists() else failure.reason


def _proposals(document: Document, *, known_at: datetime | None) -> list[ProposalRow]:
    """List what counts of a document's proposals: those of its latest reading, and decided ones it lost since."""
    rows = rereading.proposals(Proposal.objects.filter(reading__document=document), known_at=known_at)
    found = list(rows.select_related("clause").order_by("start", "end", "id"))
    decided = standing(found, known_at=known_at)
    names = {name for p in found for name in (*p.leads, *p.coordinators)}
    head = known(document.headers.all(), known_at=known_at).order_by("-id")
    day, issuer = head.values_list("issued_on", "issuer_name").first() or (None, "")
    unknown = agencies.unknown(names, office_id=document.office_id, as_of=day, issuer=issuer or None)
    on = day or document.received_on
    return [
        _proposal(
            p,
            n,
            document.text,
            decided.get(p.pk),
            unknown=unknown,
            missing=_unclear(p, document.text, given_by=issuer, on=on),
        )
        for n, p in enumerate(found, 1)
    ]


def _unclear(p: Proposal, text: str, *, given_by: str, on: date) -> tuple[Point, ...]:
    """Say which of the six are missing; an orientation asks for nothing by a day, so none is."""
    if p.is_orientation:
        return ()
    classes = frozenset(name for name in p.leads if name.casefold().startswith("các "))
    given = Given(
        title=text[p.start : p.end],
        leads=tuple(p.leads),
        classes=classes,
        has_due=p.due is not None,
        product="",  # the reader names none; the officer does, on changing
        given_by=given_by,
    )
    return unclear(given, on=on)


def _proposal(
    p: Proposal,
    order: int,
    text: str,
    decision: Decision | None,
    *,
    unknown: set[str],
    missing: tuple[Point, ...],
) -> ProposalRow:
    stands = decision if decision is not None and not decision.is_open else None
    return ProposalRow(
        id=p.pk,
        first_id=rereading.first_of(p),
        order=order,
        start=p.start,
        end=p.end,
        text=text[p.start : p.end],
        clause=p.clause.address if p.clause else "",
        leads=tuple(p.leads),
        coordinators=tuple(p.coordinators),
        unknown=tuple(name for name in (*p.leads, *p.coordinators) if name in unknown),
        due=p.due,
        is_orientation=p.is_orientation,
        confidence=float(p.confidence),
        rule=p.rule,
        unclear=missing,
        verdict=stands.verdict if stands else "",
        verdict_label=stands.label if stands else "",
        decided_by=stands.by if stands else "",
        withdrawn_by=decision.by if decision is not None and decision.is_open else "",
        reason="" if decision is None else decision.reason,
        tasks=stands.tasks if stands else (),
    )


def _petitions(row: Reading, document: Document) -> list[PetitionRow]:
    return [
        PetitionRow(p.start, p.end, document.text[p.start : p.end], p.raised_by, p.raised_to)
        for p in Petition.objects.filter(reading=row).order_by("order")
    ]
