"""Taking in: a document comes in, and is kept as it came.

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
from dondoc.office.actions.intake.columns import fit
from dondoc.office.models import Document, DocumentHeader, Original
from dondoc.office.queries import agencies, documents
from dondoc.reader import api as reader
from dondoc.rules.chain import digest_bytes
from dondoc.rules.text import folded

READ_JOB = "readings.read"
FIRST_YEAR = 1900


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
        number=fit(DocumentHeader, "number", head.number),
        kind=fit(DocumentHeader, "kind", head.kind),
        issuer_id=issuer,
        issuer_name=fit(DocumentHeader, "issuer_name", head.issuer),
        issued_on=issued_on,
        subject=head.subject or "",
        signer=fit(DocumentHeader, "signer", head.signer),
        signer_position=fit(DocumentHeader, "signer_position", head.signer_position),
        recipients=list(head.recipients),
        incoming_number=incoming.incoming_number,
        folded=folded(" ".join(filter(None, (head.number, head.kind, head.issuer, head.subject)))),
        effective_on=issued_on or incoming.received_on,
    )
