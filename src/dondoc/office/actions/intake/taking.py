"""Taking in: a document comes in, and is kept as it came.

A document marked MẬT, TỐI MẬT or TUYỆT MẬT is refused before anything of it is written anywhere: not in the
database, not in a job, not in a log. (Luật Bảo vệ bí mật nhà nước 117/2025/QH15: such documents are handled on an
independent network only.) So every page is looked at before the first byte is kept, also of a scan, whose words have
to be recognised for that; what was recognised is then used for the reading, and not recognised again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from dondoc.office.access import Actor, Refused, by_itself, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.intake.columns import fit
from dondoc.office.actions.intake.reading import keep_reading
from dondoc.office.actions.originals import keep_file
from dondoc.office.models import DeliveredFile, Document, DocumentHeader
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import agencies, deliveries, documents
from dondoc.reader import api as reader
from dondoc.rules.chain import digest_bytes
from dondoc.rules.text import folded

READ_JOB = deliveries.READ_JOB
READER = "Bộ đọc văn bản"  # under this name the reader stands in the log
FIRST_YEAR = 1900
# What is read at once has its job all the same, in case the program is ended before the reading is written.
IN_CASE = {"minutes": 15}
_SLOW = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"\xd0\xcf\x11\xe0", b"{\\rt", b"%PDF-")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands in a delivery; `again` says that it may have been sent before (a run that was cut off)."""

    delivery_id: int
    order: int
    again: bool = False


def is_slow(content: bytes) -> bool:
    """Whether the words of a file come by way of another program (scans, PDF, old Word files): it may take minutes."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t\x00")
    return head.startswith(_SLOW) or b"%PDF-" in content[:1024] or _OPEN_DOCUMENT in content[:128]


def take_in(incoming: Incoming, *, actor: Actor, place: Place | None = None, read_now: bool = False) -> TakenIn:
    """Take a document in: refuse a secret one, keep the same bytes once, and have it read.

    It is read by a job; with `read_now`, and where getting at its words was slow, at once and from the same words.
    """
    require(actor, "administrator", "officer")
    sha256 = digest_bytes(incoming.content)
    if documents.with_bytes(sha256, office_id=actor.office_id) is None:
        seen = _look(incoming, sha256, office_id=actor.office_id)
    else:
        seen = None  # nothing to look for in it: it is here
    now = read_now or is_slow(incoming.content)
    with writing(actor) as w:
        former = documents.with_bytes(sha256, office_id=w.office.pk)
        if former is not None:
            _note_duplicate(w, place, incoming, former)
            return TakenIn(former, was_here=True)
        if seen is None:
            raise IntakeRefused(_("This document was removed just now. Look at the list of documents, then try again."))
        _check_days(incoming, today=w.today)
        document = _keep(w, incoming, seen, sha256=sha256, place=place)
        app.configure_task(READ_JOB, schedule_in=IN_CASE if now else None).defer(document_id=document.pk)
    if now:
        _read_now(document.pk, seen[0], actor=actor)
    return TakenIn(document.pk, was_here=False)


def reader_of(office_id: int, *, actor: Actor | None) -> Actor:
    """Give the reader its name in the log of an office; what replays dated samples lends it its clock."""
    return by_itself(office_id, name=READER, clock=actor.clock if actor else None)


def _read_now(document_id: int, words: reader.Document, *, actor: Actor) -> None:
    try:
        read = reader.read_document(words, issued_on=documents.issued_on(document_id))
    except reader.ReaderRefusal:
        return  # the job will meet the same refusal, and writes it down
    keep_reading(document_id, read, actor=reader_of(actor.office_id, actor=actor))


def _note_duplicate(w: Writing, place: Place | None, incoming: Incoming, document_id: int) -> None:
    """Write into a delivery that a file was here already; nothing when it is the one that this delivery brought."""
    if place is None:
        return
    filename = fit(DeliveredFile, "filename", incoming.filename)
    if place.again and deliveries.brought(place.delivery_id, filename, document_id=document_id):
        return
    w.record("find_duplicate", [placed(w, place, "duplicate", filename=filename, document_id=document_id)])


def placed(
    w: Writing, place: Place, outcome: str, *, filename: str = "", reason: str = "", document_id: int | None = None
) -> DeliveredFile:
    """Make the row that says what became of a file; a place that is taken gives way to the next free one."""
    deliveries.check_of_office(place.delivery_id, office_id=w.office.pk)
    taken = deliveries.at_place(place.delivery_id, place.order) is not None
    return w.new(
        DeliveredFile,
        delivery_id=place.delivery_id,
        order=deliveries.next_place(place.delivery_id) if taken else place.order,
        filename=filename,
        outcome=outcome,
        reason=reason,
        document_id=document_id,
    )


def refuse_secret(content: bytes, filename: str) -> None:
    """Refuse a file that proves something when it carries a secret marking; what cannot be read is let through."""
    try:
        words, _head = reader.read_head(content, name=filename)
    except reader.ReaderRefusal:
        return
    _check_marking(words)


def _check_marking(words: reader.Document) -> None:
    if reader.secret_marking(words.text) is not None:
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


def _look(incoming: Incoming, sha256: str, *, office_id: int) -> tuple[reader.Document, reader.Header]:
    """Read the words and the head of a file, every page of it, and refuse it when it bears a secret marking."""
    if deliveries.was_expunged(sha256, office_id=office_id):
        raise SecretRefused(
            _("This very file was found secret and expunged from here. It was refused and nothing of it was kept.")
        )
    try:
        words, head = reader.read_head(incoming.content, name=incoming.filename)
    except reader.ReaderRefusal as refusal:
        raise IntakeRefused(str(refusal)) from refusal
    _check_marking(words)
    return words, head


def _keep(
    w: Writing,
    incoming: Incoming,
    seen: tuple[reader.Document, reader.Header],
    *,
    sha256: str,
    place: Place | None,
) -> Document:
    original, kept = keep_file(w, incoming.content, incoming.filename, sha256=sha256)
    document = w.new(
        Document,
        office=w.office,
        original=original,
        text=seen[0].text,
        received_on=incoming.received_on,
        is_sample=incoming.is_sample,
    )
    rows: list[Recorded] = [*kept, document, _header(w, document, incoming, seen[1])]
    if place is not None:
        filename = fit(DeliveredFile, "filename", incoming.filename)
        rows.append(placed(w, place, "taken", filename=filename, document_id=document.pk))
    w.record("take_in", rows)
    return document


def _header(w: Writing, document: Document, incoming: Incoming, head: reader.Header) -> DocumentHeader:
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
