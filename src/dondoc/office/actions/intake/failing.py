"""Failing: that a document could not be read is written down, so that somebody sees it and can have it read again."""

from __future__ import annotations

from contextlib import suppress

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor
from dondoc.office.actions.history import writing
from dondoc.office.actions.intake.reading import ReadingFailed, read_document
from dondoc.office.actions.intake.taking import reader_of
from dondoc.office.models import Document, ReadingFailure
from dondoc.office.queries import deliveries, readings
from dondoc.reader import api as reader

GIVEN_UP = _(
    "The reader stopped at this document several times. The document itself is kept, and tasks can be entered from it "
    "by hand. Tell the administrator; after an update of the program, have it read again."
)


def read_or_fail(document_id: int, *, office_id: int) -> None:
    """Read a document in the reader's own name; what the reader refuses is written down at once: it stays refused."""
    with suppress(ReadingFailed):
        read_document(document_id, actor=reader_of(office_id, actor=None))


def give_up(document_id: int, *, office_id: int) -> None:
    """Write down that the reader was tried as often as it is tried and never came to an end of a document."""
    fail_reading(document_id, reason=str(GIVEN_UP), actor=reader_of(office_id, actor=None))


def fail_reading(document_id: int, *, reason: str, actor: Actor) -> None:
    """Write down that this version of the reader could not read a document, and what it said; once for each reason."""
    with writing(actor) as w:
        document = Document.objects.get(pk=document_id, office_id=w.office.pk)
        if readings.of_version(document.pk, reader.VERSION) is not None:
            return
        if deliveries.failure_of(document.pk, known_at=None) == reason:
            return
        row = w.new(ReadingFailure, document=document, reader_version=reader.VERSION, reason=reason)
        w.record("fail_to_read", [row])
