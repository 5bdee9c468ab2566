"""Reading: what stands in a document that was taken in is written down, each finding at its place."""

from __future__ import annotations

from dondoc.office.access import Actor
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.intake.columns import fit
from dondoc.office.models import (
    Claim,
    Clause,
    Document,
    DocumentLink,
    Petition,
    Proposal,
    Reading,
)
from dondoc.office.queries import documents, readings
from dondoc.reader import api as reader

LARGEST = 10**19  # of the numbers that a table of claims holds


def read_document(document_id: int, *, actor: Actor, loaded: reader.Document | None = None) -> int:
    """Read a document that was taken in: clauses, links, proposals, petitions and claims, each at its place.

    `loaded` are its words where they were just taken out of the file: a scan is recognised once.
    """
    document = Document.objects.select_related("original").get(pk=document_id, office_id=actor.office_id)
    done = readings.of_version(document.pk, reader.VERSION)
    if done is not None:
        return done
    # Before the lock is taken: a scan may be read for minutes, and nobody in the office could write meanwhile.
    issued_on = documents.issued_on(document.pk)
    if loaded is None:
        read = reader.read_bytes(bytes(document.original.content), name=document.original.filename, issued_on=issued_on)
    else:
        read = reader.read_document(loaded, issued_on=issued_on)
    with writing(actor) as w:
        done = readings.of_version(document.pk, reader.VERSION)
        if done is not None:
            return done
        reading = w.new(
            Reading,
            document=document,
            reader_version=reader.VERSION,
            findings=[
                {"kind": f.kind, "start": f.span.start, "end": f.span.end, "value": f.value, "rule": f.rule}
                for f in read.findings
            ],
            checks=[{"kind": c.kind, "holds": c.holds, "sentence": c.sentence} for c in read.checks],
        )
        clauses = _clauses(w, document, read)
        found = _proposals(w, reading, clauses, read)
        w.record(
            "read_document",
            [reading, *clauses.values(), *_links(w, document, read), *found, *_figures(w, reading, read)],
        )
        return reading.pk


def _clauses(w: Writing, document: Document, read: reader.Reading) -> dict[str, Clause]:
    known = readings.clauses(document.pk)
    return {
        c.address: w.new(
            Clause,
            document=document,
            address=fit(Clause, "address", c.address),
            order=order,
            start=c.span.start,
            end=c.span.end,
            heading=c.heading,
        )
        for order, c in enumerate(read.clauses)
        if c.address not in known
    }


def _links(w: Writing, document: Document, read: reader.Reading) -> list[DocumentLink]:
    day = documents.issued_on(document.pk) or document.received_on
    first: dict[str, reader.Citation] = {}
    for citation in read.citations:
        first.setdefault(citation.number, citation)
    return [
        w.new(
            DocumentLink,
            document=document,
            kind="cites",
            target_id=documents.numbered(c.number, office_id=w.office.pk, before=day),
            target_number=fit(DocumentLink, "target_number", c.number),
            start=c.span.start,
            end=c.span.end,
            effective_on=day,
        )
        for c in first.values()
    ]


def _proposals(w: Writing, reading: Reading, clauses: dict[str, Clause], read: reader.Reading) -> list[Proposal]:
    return [
        w.new(
            Proposal,
            reading=reading,
            order=order,
            start=a.span.start,
            end=a.span.end,
            leads=[mention.text for mention in a.leads],
            coordinators=[mention.text for mention in a.coordinators],
            due=_due(a.due, read.document.text),
            clause=clauses.get(a.clause) if a.clause else None,
            is_orientation=a.kind == "orientation",
            confidence=round(a.confidence, 3),
            rule=a.rule,
        )
        for order, a in enumerate(read.assignments)
    ]


def _due(due: reader.Due | None, text: str) -> dict[str, object] | None:
    if due is None:
        return None
    return {
        "kind": due.kind,
        "on": due.on,
        "every": due.every,
        "needs_year": due.needs_year,
        "day": due.day,
        "month": due.month,
        "words": due.span.cut(text),
    }


def _figures(w: Writing, reading: Reading, read: reader.Reading) -> list[Claim | Petition]:
    claims = [
        w.new(
            Claim,
            reading=reading,
            document_id=reading.document_id,
            order=order,
            start=c.span.start,
            end=c.span.end,
            value=c.value,
            of=c.of,
            unit=fit(Claim, "unit", c.unit),
            state=fit(Claim, "state", c.state),
            is_approximate=c.approximate,
            scope=c.scope,
            confidence=round(c.confidence, 3),
            rule=c.rule,
        )
        for order, c in enumerate(read.claims)
        if max(abs(c.value), abs(c.of or 0)) < LARGEST
    ]
    petitions = [
        w.new(
            Petition,
            reading=reading,
            document_id=reading.document_id,
            order=order,
            start=p.span.start,
            end=p.span.end,
            raised_by=fit(Petition, "raised_by", p.by),
            raised_to=fit(Petition, "raised_to", p.to),
        )
        for order, p in enumerate(read.petitions)
    ]
    return [*claims, *petitions]
