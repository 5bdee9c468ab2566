"""How many proposals stand how, in one document or in all of them, and which these are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from dondoc.office.access import Viewer
from dondoc.office.models import Document, DocumentHeader, Proposal, Verdict
from dondoc.office.models.facts import known, recorded
from dondoc.office.queries import documents, rereading
from dondoc.office.queries.readings.decisions import TAKEN

STANDS = {"open": (None, "withdrawn"), "taken": tuple(sorted(TAKEN)), "refused": ("refused",)}
CLASSES = {"open": "waiting", "taken": "done", "refused": "dropped"}


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """A proposal in a list: its words, the document, and how it stands."""

    id: int
    document_id: int
    document: str
    title: str
    verdict: str
    verdict_label: str
    state_class: str

    @property
    def url(self) -> str:
        return f"/documents/{self.document_id}/reading/#proposal-{self.id}"


@dataclass(slots=True)
class OfferedTally:
    """How many proposals stand how: asked for one document or for all of them, each time in one query."""

    viewer: Viewer
    as_of: date
    known_at: datetime | None
    _found: dict[str, dict[str, int]] = field(default_factory=dict)

    def counts(self, document: str | None) -> dict[str, int]:
        """Count the proposals of a document (None: of all) that are open, taken and refused."""
        key = document or ""
        if key not in self._found:
            rows = _rows(document, viewer=self.viewer, as_of=self.as_of, known_at=self.known_at)
            counted = dict(rows.order_by().values_list("stands").annotate(Count("pk")))
            self._found[key] = _by_stand(counted)
        return self._found[key]

    def read(self, documents: Collection[int]) -> OfferedTally:
        """Count the proposals of several documents in one query, ahead of being asked for each."""
        rows = _rows(None, viewer=self.viewer, as_of=self.as_of, known_at=self.known_at)
        rows = rows.filter(reading__document__in=documents).order_by()
        found: dict[int, dict[str | None, int]] = {pk: {} for pk in documents}
        for pk, stands, n in rows.values_list("reading__document_id", "stands").annotate(Count("pk")):
            found[pk][stands] = n
        self._found.update({str(pk): _by_stand(counted) for pk, counted in found.items()})
        return self


def _by_stand(counted: Mapping[str | None, int]) -> dict[str, int]:
    return {name: sum(counted.get(v, 0) for v in verdicts) for name, verdicts in STANDS.items()}


def tally(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> OfferedTally:
    """Count what the reader offered in the documents of a viewer's office that were there on a day."""
    return OfferedTally(viewer, as_of, known_at)


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A document of which proposals are open, and how many of them."""

    document_id: int
    title: str
    n: int

    @property
    def url(self) -> str:
        return f"/documents/{self.document_id}/reading/"


def to_decide(*, viewer: Viewer, as_of: date, known_at: datetime | None, size: int) -> list[ToDecide]:
    """List the documents with open proposals, the latest first, each with its count."""
    rows = _rows(None, viewer=viewer, as_of=as_of, known_at=known_at)
    counted = rows.order_by().values_list("reading__document_id", "stands").annotate(Count("pk"))
    found: dict[int, int] = {}
    for document_id, stands, n in counted:
        if stands in STANDS["open"]:
            found[document_id] = found.get(document_id, 0) + n
    latest = sorted(found, reverse=True)[:size]
    titles = documents.short_titles(latest, known_at=known_at)
    return [ToDecide(key, titles.get(key, ""), found[key]) for key in latest]


def _rows(document: str | None, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Proposal]:
    """Give what counts of the proposals in sight; whoever does not see the whole office sees none."""
    if not viewer.sees_all:
        return rereading.proposals(Proposal.objects.none(), known_at=known_at)
    head = known(DocumentHeader.objects.filter(document=OuterRef("pk"), effective_on__lte=as_of), known_at=known_at)
    there = recorded(Document.objects.filter(office_id=viewer.office_id), known_at=known_at).filter(Exists(head))
    found = Proposal.objects.filter(reading__document__in=there)
    if document is not None:
        found = found.filter(reading__document_id=int(document))
    return rereading.proposals(found, known_at=known_at)


def offered(
    verdict: str | None,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    document: str | None,
) -> list[OfferedRow]:
    """List the proposals that a count of `tally` counts, in the order of the documents and of their texts."""
    rows = _rows(document, viewer=viewer, as_of=as_of, known_at=known_at).select_related("reading__document")
    wanted = STANDS[verdict] if verdict else None
    ordered: list[Any] = list(rows.order_by("reading__document_id", "start", "pk"))
    found = [row for row in ordered if wanted is None or row.stands in wanted]
    heads = known(
        DocumentHeader.objects.filter(document_id__in={row.reading.document_id for row in found}), known_at=known_at
    )
    titles = {head.document_id: head.number or head.subject for head in heads.order_by("id")}
    return [_row(row, row.stands, titles.get(row.reading.document_id, "")) for row in found]


def _row(row: Proposal, stands: str | None, title: str) -> OfferedRow:
    name = next(name for name, verdicts in STANDS.items() if stands in verdicts)
    return OfferedRow(
        id=row.pk,
        document_id=row.reading.document_id,
        document=title,
        title=" ".join(row.reading.document.text[row.start : row.end].split()),
        verdict=name,
        verdict_label=str(Verdict(stands).label) if stands and name != "open" else "",
        state_class=CLASSES[name],
    )
