"""Readings as a page shows them: the text with its marks, the proposals and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import (
    Clause,
    Document,
    Duty,
    DutyBearer,
    DutyDue,
    Petition,
    Proposal,
    Reading,
    Review,
    Task,
    TaskClause,
)
from dondoc.office.queries import agencies
from dondoc.rules.deadlines import DueRule, last_day


class NotYetRead(Refused):
    """The document is still in the queue for reading."""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal with its words, its names as they resolve, and the decision on it."""

    id: int
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
    verdict: str
    verdict_label: str
    decided_by: str
    reason: str
    task_id: int | None


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition that a document reports."""

    start: int
    end: int
    text: str
    raised_by: str
    raised_to: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, cut so that marks never overlap; `proposals`, `claims` say what lies on it."""

    text: str
    start: int
    kinds: tuple[str, ...]
    proposal_id: int | None
    claim_id: int | None


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """All that the reading page shows of one document."""

    document_id: int
    reader_version: str
    proposals: tuple[ProposalRow, ...]
    petitions: tuple[PetitionRow, ...]
    checks: tuple[dict[str, object], ...]
    text: str


def of_version(document_id: int, version: str) -> int | None:
    """Find the reading of a document by this version of the reader."""
    rows = Reading.objects.filter(document_id=document_id, reader_version=version)
    return rows.values_list("pk", flat=True).first()


def clauses(document_id: int) -> dict[str, int]:
    """Give the keys of a document's clauses by their addresses."""
    return dict(Clause.objects.filter(document_id=document_id).values_list("address", "pk"))


def verdict(proposal_id: int) -> str | None:
    """Say who decided on a proposal, or None while it is open."""
    last = Review.objects.filter(proposal_id=proposal_id).select_related("entry").order_by("-id").first()
    return last.entry.actor_name if last is not None and last.verdict != "withdrawn" else None


def document_of(proposal_id: int, *, viewer: Viewer) -> int:
    """Find the document in which a proposal was read; refused when it is not in the viewer's sight."""
    rows = Proposal.objects.filter(pk=proposal_id, reading__document__office_id=viewer.office_id)
    found = rows.values_list("reading__document_id", flat=True).first()
    if found is None or not viewer.sees_all:
        raise NotYetRead(_("There is no such proposal, or it concerns other agencies only."))
    return found


def reading(document_id: int, *, viewer: Viewer) -> ReadingPage | None:
    """Give the latest reading of a document for the office's own people; None while it waits to be read."""
    document = Document.objects.filter(pk=document_id, office_id=viewer.office_id).first()
    if document is None or not viewer.sees_all:
        raise NotYetRead(_("There is no such document, or it concerns other agencies only."))
    row = Reading.objects.filter(document=document).order_by("-id").first()
    if row is None:
        return None
    return ReadingPage(
        document_id=document.pk,
        reader_version=row.reader_version,
        proposals=tuple(_proposals(row, document)),
        petitions=tuple(_petitions(row, document)),
        checks=tuple(row.checks),
        text=document.text,
    )


def _proposals(row: Reading, document: Document) -> list[ProposalRow]:
    found = list(Proposal.objects.filter(reading=row).select_related("clause").order_by("order"))
    reviews = {
        review.proposal_id: review
        for review in Review.objects.filter(proposal__in=found).select_related("entry").order_by("id")
    }
    names = {name for p in found for name in (*p.leads, *p.coordinators)}
    day = document.headers.order_by("-id").values_list("issued_on", flat=True).first()
    unknown = agencies.unknown(names, office_id=document.office_id, as_of=day)
    return [_proposal(p, document.text, reviews.get(p.pk), unknown) for p in found]


def _proposal(p: Proposal, text: str, review: Review | None, unknown: set[str]) -> ProposalRow:
    decided = review if review is not None and review.verdict != "withdrawn" else None
    return ProposalRow(
        id=p.pk,
        order=p.order + 1,
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
        verdict=decided.verdict if decided else "",
        verdict_label=str(decided.get_verdict_display()) if decided else "",
        decided_by="" if review is None else review.entry.actor_name,
        reason="" if review is None else review.reason,
        task_id=None if review is None else review.task_id,
    )


def _petitions(row: Reading, document: Document) -> list[PetitionRow]:
    return [
        PetitionRow(p.start, p.end, document.text[p.start : p.end], p.raised_by, p.raised_to)
        for p in Petition.objects.filter(reading=row).order_by("order")
    ]


def due_rule(due: dict[str, object] | None, *, issued_on: date | None) -> DueRule | None:
    """Turn a due day as the reader wrote it into a rule; None where the text gives no day that can be counted."""
    if due is None:
        return None
    kind, on = str(due["kind"]), due.get("on")
    if due.get("needs_year") and issued_on is not None:
        return _in_year_of(due, issued_on)
    if kind == "event":
        return DueRule("event")
    if kind == "recurring":
        return DueRule("recurring", issued_on, due.get("every")) if issued_on else None  # type: ignore[arg-type]
    if not on:
        return None
    return DueRule(kind, _first_day(kind, str(on)))  # type: ignore[arg-type]


def _in_year_of(due: dict[str, object], issued_on: date) -> DueRule | None:
    """Give a day or month without a year the year of the document's own day."""
    month, day = due.get("month"), due.get("day") or 1
    try:
        return DueRule(due["kind"], date(issued_on.year, int(str(month)), int(str(day))))  # type: ignore[arg-type]
    except ValueError:
        return None


def day_of(rule: DueRule | None) -> date | None:
    """Give the last day of a rule that names one."""
    return last_day(rule) if rule is not None else None


def _first_day(kind: str, on: str) -> date:
    if kind == "quarter":
        year, quarter = on.split("-Q")
        return date(int(year), int(quarter) * 3 - 2, 1)
    parts = [int(part) for part in on.split("-")]
    return date(*[*parts, 1, 1][:3])


def marks(text: str, spans: list[tuple[int, int, str, int]]) -> list[Mark]:
    """Cut a text at the ends of (start, end, kind, key) spans, so that each piece says what lies on it."""
    edges = sorted({0, len(text), *(s for s, _e, _k, _i in spans), *(e for _s, e, _k, _i in spans)})
    pieces = []
    for start, end in pairwise(edges):
        on = [(kind, key) for s, e, kind, key in spans if s <= start and end <= e]
        pieces.append(
            Mark(
                text=text[start:end],
                start=start,
                kinds=tuple(dict.fromkeys(kind for kind, _key in on)),
                proposal_id=next((key for kind, key in on if kind == "proposal"), None),
                claim_id=next((key for kind, key in on if kind == "claim"), None),
            )
        )
    return pieces


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document on whose proposals people have decided, as an annotated example: its text and what stands in it."""

    document_id: int
    text: str
    gold: dict[str, object]


def reviewed(*, viewer: Viewer) -> list[Reviewed]:
    """Give the documents of which every proposal is decided, each with what people made of them.

    An accepted proposal is an assignment with the leads, coordinators and due day that the task got; a refused one is
    none; a task that was entered by hand with its place in the document is one the reader missed. The shape is that of
    the annotated documents the reader is measured on; claims are not reviewed and are left out.
    """
    if not viewer.sees_all:
        raise NotYetRead(_("There is no such document, or it concerns other agencies only."))
    latest: dict[int, Reading] = {}
    rows = Reading.objects.filter(document__office_id=viewer.office_id).select_related("document").order_by("id")
    for row in rows.defer("findings", "checks"):
        latest[row.document_id] = row
    proposals: dict[int, list[Proposal]] = {row.pk: [] for row in latest.values()}
    for proposal in Proposal.objects.filter(reading__in=proposals).order_by("order"):
        proposals[proposal.reading_id].append(proposal)
    reviews = {r.proposal_id: r for r in Review.objects.filter(proposal__reading__in=proposals).order_by("id")}
    out = []
    for document_id, row in sorted(latest.items()):
        found = proposals[row.pk]
        decided = {p: reviews[p.pk] for p in found if p.pk in reviews and reviews[p.pk].verdict != "withdrawn"}
        if found and len(decided) == len(found):
            out.append(Reviewed(document_id, row.document.text, _annotated(row.document, decided)))
    return out


def _annotated(document: Document, decided: dict[Proposal, Review]) -> dict[str, object]:
    header = document.headers.order_by("-id").first()
    day = header.issued_on if header and header.issued_on else document.received_on
    clauses = {
        clause.task_id: (clause.start, clause.end)
        for clause in TaskClause.objects.filter(document=document, start__isnull=False).order_by("id")
    }
    found = [
        _task_annotated(document, review.task_id, (p.start, p.end), p, on=day)
        for p, review in decided.items()
        if review.verdict != "refused" and review.task_id is not None
    ]
    read = {review.task_id for review in decided.values()}
    found += [
        _task_annotated(document, task_id, (start or 0, end or 0), None, on=day)
        for task_id, (start, end) in clauses.items()
        if task_id not in read
    ]
    return {
        "document": {
            "number": header.number if header else None,
            "kind": header.kind if header else None,
            "issuer": header.issuer_name if header else None,
            "issued_on": header.issued_on.isoformat() if header and header.issued_on else None,
            "subject": header.subject if header else None,
            "signer": header.signer if header else None,
            "signer_position": header.signer_position if header else None,
            "recipients": header.recipients if header else [],
        },
        "assignments": sorted((one for one in found if one["leads"]), key=lambda one: one["span"]),
    }


def _task_annotated(
    document: Document, task_id: int, place: tuple[int, int], proposal: Proposal | None, *, on: date
) -> dict[str, Any]:
    """Write a task as an assignment: names in the words of the text where these mean the same agency."""
    task = Task.objects.get(pk=task_id)
    duties = list(Duty.objects.filter(task_id=task_id).order_by("order", "id"))
    bearers = dict(DutyBearer.objects.filter(duty__in=duties).order_by("-id").values_list("duty_id", "agency_id"))
    names = agencies.names(set(bearers.values()), as_of=on, known_at=None)
    written = {} if proposal is None else {
        agencies.named(name, office_id=document.office_id, as_of=on): name
        for name in (*proposal.leads, *proposal.coordinators)
    }  # fmt: skip

    def of(role: str) -> list[str]:
        ids = [bearers[d.pk] for d in duties if d.role == role and d.pk in bearers]
        return [written.get(key) or names[key][0] for key in ids if key in written or key in names]

    lead = next((d for d in duties if d.role == "lead"), None)
    due = None if lead is None else DutyDue.objects.filter(duty=lead).order_by("id").first()
    start, end = _place(document.text, task.title, place)
    return {
        "span": [start, end],
        "text": document.text[start:end],
        "leads": of("lead"),
        "coordinators": of("coordinate"),
        "due": None if due is None else due_written(due.kind, due.on, due.every),
    }


def _place(text: str, title: str, place: tuple[int, int]) -> tuple[int, int]:
    """Find the place of the words as a person left them; where they stand nowhere near, the place of the proposal."""
    at = text.find(title, max(0, place[0] - 1000), place[1] + 1000) if title else -1
    return (at, at + len(title)) if at >= 0 else place


def due_written(kind: str, on: date | None, every: str) -> dict[str, str] | None:
    """Write a due rule as the reader writes due days; None where there is none."""
    if kind in ("none", "") or (on is None and kind not in ("event", "recurring")):
        return None
    if kind == "event":
        return {"kind": "event"}
    if kind == "recurring":
        return {"kind": "recurring", "every": every}
    assert on is not None
    quarter = f"{on.year}-Q{(on.month + 2) // 3}"
    forms = {"month": on.isoformat()[:7], "quarter": quarter, "year": str(on.year)}
    return {"kind": kind if kind in forms else "day", "on": forms.get(kind, on.isoformat())}
