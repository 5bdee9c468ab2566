"""Claims: what documents state, on which day, and against which of our figures each is held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from dondoc.office.access import Viewer
from dondoc.office.models import Claim, ClaimBinding
from dondoc.office.models.facts import known
from dondoc.office.queries import documents, rereading


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A figure that a document states, with its words and the figure it is held against, if any."""

    id: int
    document_id: int
    document: str
    day: date
    start: int
    end: int
    words: str
    value: Decimal
    of: Decimal | None
    unit: str
    state: str
    is_approximate: bool
    figure: str
    arguments: dict[str, str]


def binding(claim_id: int) -> ClaimBinding | None:
    """Give the row that says against which figure a claim is held, whichever reading of the document it names."""
    first = rereading.first_of(Claim.objects.get(pk=claim_id))
    same = Q(claim=first) | Q(claim__first=first)
    return known(ClaimBinding.objects.filter(same), known_at=None).order_by("-id").first()


def day_of(claim: Claim) -> date:
    """Give the day for which a document states its figures: the day it was issued, or else received."""
    return documents.issued_on(claim.document_id) or claim.document.received_on


def claims(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ClaimRow]:
    """List the claims of all documents of a day or before, the latest document first, in the order of the text."""
    seen = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at)
    return rows_of(rereading.claims(Claim.objects.filter(document__in=seen), known_at=known_at), known_at=known_at)


def of_document(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[ClaimRow]:
    """List the claims of one document in the order of its text."""
    rows = Claim.objects.filter(document_id=document_id, document__office_id=viewer.office_id)
    return rows_of(rereading.claims(rows, known_at=known_at), known_at=known_at)


def rows_of(claims: QuerySet[Claim], *, known_at: datetime | None) -> list[ClaimRow]:
    """Turn claims into rows with their words, days and bindings."""
    found = list(claims.select_related("document").order_by("order", "id"))
    firsts = {rereading.first_of(claim) for claim in found}
    same = Q(claim__in=firsts) | Q(claim__first__in=firsts)
    bindings = known(ClaimBinding.objects.filter(same), known_at=known_at).select_related("claim").order_by("id")
    bound = {rereading.first_of(row.claim): row for row in bindings}
    ids = {claim.document_id for claim in found}
    titles, days = documents.short_titles(ids, known_at=known_at), documents.days(ids, known_at=known_at)
    rows = [
        _row(claim, bound.get(rereading.first_of(claim)), titles[claim.document_id], days[claim.document_id])
        for claim in found
    ]
    return sorted(rows, key=lambda row: (-row.day.toordinal(), row.document_id, row.start, row.id))


ENDS = re.compile(r"[.;:!?…\n](?=\s|$)")
BEFORE, BEHIND = 60, 80


def _words(text: str, start: int, end: int) -> str:
    """Give the words around a number within its sentence: enough to know what it counts."""
    before, behind = text[max(start - BEFORE, 0) : start], text[end : end + BEHIND]
    marks = list(ENDS.finditer(before))
    if marks:
        before = before[marks[-1].end() :]
    elif start > BEFORE:
        before = f"… {before.partition(' ')[2]}"
    stop = ENDS.search(behind)
    if stop:
        behind = behind[: stop.start()]
    elif end + BEHIND < len(text):
        behind = f"{behind.rpartition(' ')[0]} …"
    return " ".join(f"{before}{text[start:end]}{behind}".split())


def _row(claim: Claim, bound: ClaimBinding | None, title: str, day: date) -> ClaimRow:
    return ClaimRow(
        id=claim.pk,
        document_id=claim.document_id,
        document=title,
        day=day,
        start=claim.start,
        end=claim.end,
        words=_words(claim.document.text, claim.start, claim.end),
        value=claim.value,
        of=claim.of,
        unit=claim.unit,
        state=claim.state,
        is_approximate=claim.is_approximate,
        figure=bound.figure if bound else "",
        arguments=bound.arguments if bound else {},
    )
