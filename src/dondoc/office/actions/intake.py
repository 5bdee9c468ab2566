"""Intake: a document comes in, is kept as it came, and is read.

A document marked MẬT, TỐI MẬT or TUYỆT MẬT is refused before anything of it is written anywhere: not in the
database, not in a job, not in a log. (Luật Bảo vệ bí mật nhà nước 117/2025/QH15: such documents are handled on an
independent network only.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import (
    Claim,
    Clause,
    Document,
    DocumentHeader,
    DocumentLink,
    Original,
    Petition,
    Proposal,
    Reading,
)
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import agencies, documents, readings
from dondoc.reader import api as reader
from dondoc.rules.chain import digest_bytes
from dondoc.rules.text import folded

READ_JOB = "readings.read"
FIRST_YEAR = 1900
LARGEST = 10**19  # of the numbers that a table of claims holds


class SecretRefused(Refused):
    """The document carries a secret marking; nothing of it was kept."""


class IntakeRefused(Refused):
    """The file cannot be taken in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a file: the document, and whether it was here already."""

    document_id: int
    was_here: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it comes in: its bytes, its name, the day it was received, and what the officer adds to it."""

    content: bytes
    filename: str
    received_on: date
    issued_on: date | None = None
    incoming_number: str = ""
    is_sample: bool = False


def take_in(incoming: Incoming, *, actor: Actor) -> TakenIn:
    """Take a document in: refuse a secret one, keep the same bytes once, and queue its reading."""
    require(actor, "administrator", "officer")
    sha256 = digest_bytes(incoming.content)
    read = _read(incoming)
    _check_marking(read)
    with writing(actor) as w:
        _check_days(incoming, today=w.today)
        former = documents.with_bytes(sha256, office_id=w.office.pk)
        if former is not None:
            return TakenIn(former, was_here=True)
        document = _keep(w, incoming, read, sha256)
        app.configure_task(READ_JOB).defer(document_id=document.pk)
        return TakenIn(document.pk, was_here=False)


def refuse_secret(content: bytes, filename: str) -> None:
    """Refuse a file that proves something when it carries a secret marking; what cannot be read is let through."""
    try:
        read = reader.read_bytes(content, name=filename)
    except reader.ReaderRefusal:
        return
    _check_marking(read)


def _check_marking(read: reader.Reading) -> None:
    if reader.secret_marking(read.document.text) is not None:
        raise SecretRefused(
            _(
                "This document carries a secret marking. It was refused and nothing of it was kept. "
                "Handle it on the independent network that the law on state secrets prescribes."
            )
        )


def _check_days(incoming: Incoming, *, today: date) -> None:
    days = [day for day in (incoming.received_on, incoming.issued_on) if day is not None]
    if max(days) > today:
        raise IntakeRefused(_("A document cannot be of a day that has not come yet. Look at its days again."))
    if min(days).year < FIRST_YEAR:
        raise IntakeRefused(_("A document cannot be as old as that. Look at the year again."))


def _read(incoming: Incoming) -> reader.Reading:
    try:
        return reader.read_bytes(incoming.content, name=incoming.filename, issued_on=incoming.issued_on)
    except reader.ReaderRefusal as refusal:
        raise IntakeRefused(str(refusal)) from refusal


def _keep(w: Writing, incoming: Incoming, read: reader.Reading, sha256: str) -> Document:
    original = documents.original(sha256, office_id=w.office.pk)
    rows = []
    if original is None:
        original = w.new(
            Original,
            office=w.office,
            sha256=sha256,
            filename=incoming.filename[-255:],
            media_type=documents.media_type(incoming.filename),
            size=len(incoming.content),
            content=incoming.content,
        )
        rows.append(original)
    document = w.new(
        Document,
        office=w.office,
        original=original,
        text=read.document.text,
        received_on=incoming.received_on,
        is_sample=incoming.is_sample,
    )
    w.record("take_in", [*rows, document, _header(w, document, incoming, read)])
    return document


def _header(w: Writing, document: Document, incoming: Incoming, read: reader.Reading) -> DocumentHeader:
    head = read.document_header
    # A day that has not come was misread: the reading page asks for the right one.
    issued_on = head.issued_on if head.issued_on and head.issued_on <= w.today else incoming.issued_on
    issuer = agencies.named(head.issuer, office_id=w.office.pk, as_of=issued_on) if head.issuer else None
    return w.new(
        DocumentHeader,
        document=document,
        number=_fit(DocumentHeader, "number", head.number),
        kind=_fit(DocumentHeader, "kind", head.kind),
        issuer_id=issuer,
        issuer_name=_fit(DocumentHeader, "issuer_name", head.issuer),
        issued_on=issued_on,
        subject=head.subject or "",
        signer=_fit(DocumentHeader, "signer", head.signer),
        signer_position=_fit(DocumentHeader, "signer_position", head.signer_position),
        recipients=list(head.recipients),
        incoming_number=incoming.incoming_number,
        folded=folded(" ".join(filter(None, (head.number, head.kind, head.issuer, head.subject)))),
        effective_on=issued_on or incoming.received_on,
    )


def _fit(model: type[Recorded], field: str, text: str | None) -> str:
    """Cut what was read to what the column holds: the whole of it stands in the text."""
    return (text or "")[: getattr(model._meta.get_field(field), "max_length", None)]


def read_document(document_id: int, *, actor: Actor) -> int:
    """Read a document that was taken in: clauses, links, proposals, petitions and claims, each at its place."""
    document = Document.objects.select_related("original").get(pk=document_id, office_id=actor.office_id)
    done = readings.of_version(document.pk, reader.VERSION)
    if done is not None:
        return done
    # Before the lock is taken: a scan may be read for minutes, and nobody in the office could write meanwhile.
    read = reader.read_bytes(
        bytes(document.original.content),
        name=document.original.filename,
        issued_on=documents.issued_on(document.pk),
    )
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
            address=_fit(Clause, "address", c.address),
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
            target_number=_fit(DocumentLink, "target_number", c.number),
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
            unit=_fit(Claim, "unit", c.unit),
            state=_fit(Claim, "state", c.state),
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
            raised_by=_fit(Petition, "raised_by", p.by),
            raised_to=_fit(Petition, "raised_to", p.to),
        )
        for order, p in enumerate(read.petitions)
    ]
    return [*claims, *petitions]
