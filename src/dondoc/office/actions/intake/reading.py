"""Reading: what stands in a document that was taken in is written down, each finding at its place.

A document can be read again by a newer reader. Nothing that was decided is touched: each finding that the newer
reader makes again names the row that offered it first, and what was decided on that one holds.
"""

from __future__ import annotations

from procrastinate.contrib.django import app

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.intake.columns import fit
from dondoc.office.actions.intake.repeated import Repeated, repeated
from dondoc.office.models import (
    Claim,
    Clause,
    Document,
    DocumentLink,
    DocumentPage,
    Petition,
    Proposal,
    Reading,
    ReadingFailure,
)
from dondoc.office.queries import deliveries, documents, readings, rereading
from dondoc.reader import api as reader
from dondoc.rules.citing import REACH, link_kind, strongest
from dondoc.rules.places import pack

LARGEST = 10**19  # of the numbers that a table of claims holds
READER_VERSION = reader.VERSION


class ReadingFailed(Refused, reader.ReaderRefusal):
    """The reader could not read the document; the message is the reader's own."""


def read_document(document_id: int, *, actor: Actor, loaded: reader.Document | None = None) -> int:
    """Read a document that was taken in; with the same reader a second time changes nothing. Gives the reading's key.

    `loaded` are its words, where somebody has just taken them out of the file. Raises ReadingFailed with the reader's
    own words, after these were written down.
    """
    document = Document.objects.select_related("original").get(pk=document_id, office_id=actor.office_id)
    done = readings.of_version(document.pk, reader.VERSION)
    if done is not None:
        return done
    # Before the lock is taken: a scan may be read for minutes, and nobody in the office could write meanwhile.
    issued_on = documents.issued_on(document.pk)
    content, name = bytes(document.original.content), document.original.filename
    try:
        if loaded is None:
            read = reader.read_bytes(content, name=name, issued_on=issued_on)
        else:
            read = reader.read_document(loaded, issued_on=issued_on)
    except reader.ReaderRefusal as refusal:
        _keep_failure(document, str(refusal), actor=actor)
        raise ReadingFailed(str(refusal)) from refusal
    return keep_reading(document.pk, read, actor=actor)


def read_again(document_id: int, *, actor: Actor) -> None:
    """Queue a document to be read by the present reader; nothing changes where that was done already."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        documents.check_of_office([document_id], office_id=w.office.pk)
        if not deliveries.queued([document_id]):
            app.configure_task(deliveries.READ_JOB).defer(document_id=document_id)


def keep_reading(document_id: int, read: reader.Reading, *, actor: Actor) -> int:
    """Write down what a reader found in a document: clauses, links, proposals, petitions and claims, at their places.

    `read` says by its version which reader it was; a version that has read the document already adds nothing. Where
    a newer reader takes other characters out of the file, the text that the office knows is read instead: every
    place that was ever noted counts in it.
    """
    document = Document.objects.get(pk=document_id, office_id=actor.office_id)
    same_text = read.document.text == document.text
    if not same_text:
        read = reader.read_text(document.text, name=read.document.name, issued_on=documents.issued_on(document.pk))
    with writing(actor) as w:
        done = readings.of_version(document.pk, read.version)
        if done is not None:
            return done
        before = rereading.latest_offers(document.pk)
        reading = w.new(
            Reading,
            document=document,
            reader_version=read.version,
            findings=[
                {"kind": f.kind, "start": f.span.start, "end": f.span.end, "value": f.value, "rule": f.rule}
                for f in read.findings
            ],
            checks=[{"kind": c.kind, "holds": c.holds, "sentence": c.sentence} for c in read.checks],
            doubts=[[d.span.start, d.span.end, d.confidence] for d in read.document.doubts],
        )
        added, clauses = _clauses(w, document, read)
        same = repeated(read, document.text, before)
        found = [*_proposals(w, reading, clauses, read, same), *_figures(w, reading, read, same)]
        w.record("read_document", [reading, *added, *_links(w, document, read), *found])
        if same_text:
            _keep_pages(document, read)
        return reading.pk


def _keep_failure(document: Document, reason: str, *, actor: Actor) -> None:
    with writing(actor) as w:
        if not rereading.has_failed(document.pk, reader.VERSION):
            failure = w.new(ReadingFailure, document=document, reader_version=reader.VERSION, reason=reason)
            w.record("fail_to_read", [failure])


def _keep_pages(document: Document, read: reader.Reading) -> None:
    """Note where the words stand on the paper; no record, as reading the file makes it again."""
    DocumentPage.objects.filter(document=document).delete()
    DocumentPage.objects.bulk_create(
        DocumentPage(
            document=document,
            number=page.number,
            width=page.width,
            height=page.height,
            is_scanned=page.scanned,
            places=pack(page.starts, page.ends, page.edges),
        )
        for page in read.document.pages
    )


def _clauses(w: Writing, document: Document, read: reader.Reading) -> tuple[list[Clause], dict[str, int]]:
    """Make the clauses whose addresses are new; give them, and the keys of all by their addresses."""
    keys, added = readings.clauses(document.pk), []
    for c in read.clauses:
        address = fit(Clause, "address", c.address)
        if address in keys:
            continue
        clause = w.new(
            Clause,
            document=document,
            address=address,
            order=len(keys),
            start=c.span.start,
            end=c.span.end,
            heading=c.heading,
        )
        keys[address] = clause.pk
        added.append(clause)
    return added, keys


def _links(w: Writing, document: Document, read: reader.Reading) -> list[DocumentLink]:
    """Make the links to documents that are cited here and not linked yet, in whichever way."""
    day = documents.issued_on(document.pk) or documents.received_on(document.pk)
    linked = rereading.linked_numbers(document.pk)
    named: dict[str, list[reader.Citation]] = {}
    for citation in read.citations:
        if fit(DocumentLink, "target_number", citation.number) not in linked:
            named.setdefault(citation.number, []).append(citation)
    found = [_telling(places, read.document.text) for places in named.values()]
    return [
        w.new(
            DocumentLink,
            document=document,
            kind=kind,
            target_id=documents.numbered(c.number, office_id=w.office.pk, before=day),
            target_number=fit(DocumentLink, "target_number", c.number),
            start=c.span.start,
            end=c.span.end,
            effective_on=day,
        )
        for kind, c in found
    ]


def _telling(places: list[reader.Citation], text: str) -> tuple[str, reader.Citation]:
    """Choose of the places where a document is named the first that says more than that it is cited."""
    kinds = [link_kind(text[max(0, place.span.start - REACH) : place.span.start]) for place in places]
    kind = strongest(kinds)
    return kind, places[kinds.index(kind)]


def _proposals(
    w: Writing, reading: Reading, clauses: dict[str, int], read: reader.Reading, same: Repeated
) -> list[Proposal]:
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
            clause_id=clauses.get(fit(Clause, "address", a.clause)) if a.clause else None,
            is_orientation=a.kind == "orientation",
            confidence=round(a.confidence, 3),
            rule=a.rule,
            first_id=same.proposals.get(order),
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


def _figures(w: Writing, reading: Reading, read: reader.Reading, same: Repeated) -> list[Claim | Petition]:
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
            first_id=same.claims.get(order),
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
            first_id=same.petitions.get(order),
        )
        for order, p in enumerate(read.petitions)
    ]
    return [*claims, *petitions]
