"""Documents on whose proposals people have decided, as annotated examples for measuring the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.models import Document, Duty, DutyBearer, DutyDue, Proposal, Reading, Task, TaskClause
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import agencies
from dondoc.office.queries.documents import received_on
from dondoc.office.queries.readings.decisions import Decision, NotYetRead, standing, tasks_withdrawn
from dondoc.office.queries.readings.due import due_written


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
    decisions = standing([p for rows in proposals.values() for p in rows], known_at=None)
    out = []
    for document_id, row in sorted(latest.items()):
        found = proposals[row.pk]
        decided = {p: decisions[p.pk] for p in found if p.pk in decisions and not decisions[p.pk].is_open}
        if found and len(decided) == len(found):
            out.append(Reviewed(document_id, row.document.text, _annotated(row.document, decided)))
    return out


def _annotated(document: Document, decided: dict[Proposal, Decision]) -> dict[str, object]:
    header = document.headers.order_by("-id").first()
    day = header.issued_on if header and header.issued_on else received_on(document.pk)
    issuer = header.issuer_name if header else ""
    ties = TaskClause.objects.filter(document=document, start__isnull=False)
    places = standing_ties(ties, known_at=None).order_by("-id")
    clauses = {clause.task_id: (clause.start or 0, clause.end or 0) for clause in places}
    read = {task_id: p for p, decision in reversed(decided.items()) for task_id, _title in decision.tasks}
    found = [
        _task_annotated(document, task_id, clauses.get(task_id, (p.start, p.end)), p, on=day, issuer=issuer)
        for task_id, p in read.items()
    ]
    gone = tasks_withdrawn(document.pk)
    found += [
        _task_annotated(document, task_id, place, None, on=day, issuer=issuer)
        for task_id, place in clauses.items()
        if task_id not in read and task_id not in gone
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
    document: Document, task_id: int, place: tuple[int, int], proposal: Proposal | None, *, on: date, issuer: str
) -> dict[str, Any]:
    """Write a task as an assignment: names in the words of the text where these mean the same agency."""
    task = Task.objects.get(pk=task_id)
    duties = list(Duty.objects.filter(task_id=task_id).order_by("order", "id"))
    bearers = dict(DutyBearer.objects.filter(duty__in=duties).order_by("-id").values_list("duty_id", "agency_id"))
    names = agencies.names(set(bearers.values()), as_of=on, known_at=None)
    written = {} if proposal is None else {
        agencies.named(name, office_id=document.office_id, as_of=on, issuer=issuer or None): name
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
