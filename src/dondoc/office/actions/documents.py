"""Documents: headers corrected by a further row, leaders' notes written."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import FIRST_YEAR
from dondoc.office.models import Document, DocumentHeader, Note
from dondoc.office.queries import agencies, corrections, documents
from dondoc.rules.text import folded


class DocumentRefused(Refused):
    """A document cannot be changed like this."""


def correct_header(document: Document, *, actor: Actor, **known: object) -> DocumentHeader:
    """Mend what is known of a document's head; the row that was wrong stays readable."""
    require(actor, "administrator", "officer")
    unknown = sorted(set(known) - set(corrections.FIELDS))
    if unknown:
        raise ValueError(f"not a field of the header: {', '.join(unknown)}")
    with writing(actor) as w:
        documents.check_of_office([document.pk], office_id=w.office.pk)
        _check_lengths(known)
        for day in (known.get("issued_on"), known.get("received_on")):
            _check_day(day, today=w.today)
        former = documents.header_row(document.pk)
        header = w.instead(former, **known)
        header.issuer_id = agencies.named(header.issuer_name, office_id=w.office.pk, as_of=header.issued_on)
        said = (header.number, header.kind, header.issuer_name, header.subject, header.short_title)
        header.folded = folded(" ".join(filter(None, said)))
        header.effective_on = header.issued_on or header.received_on or documents.received_on(document.pk)
        w.record("correct_header", [header])
        return header


def _check_day(day: object, *, today: date) -> None:
    """Refuse a day on which nobody could find the document any more: it is shown from that day on."""
    if isinstance(day, date) and day > today:
        raise DocumentRefused(_("A document cannot be of a day that has not come yet. Look at its days again."))
    if isinstance(day, date) and day.year < FIRST_YEAR:
        raise DocumentRefused(_("A document cannot be as old as that. Look at the year again."))


def _check_lengths(known: dict[str, object]) -> None:
    for name, value in known.items():
        longest = getattr(DocumentHeader._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and longest is not None and len(value) > longest:
            raise DocumentRefused(_("“%(text)s…” is too long for the head of a document.") % {"text": value[:60]})


def write_note(document_id: int, *, text: str, on: date, actor: Actor) -> Note:
    """Write a leader's note on a document (bút phê); it can become a task."""
    require(actor, "leader", "officer", "administrator")
    if not text.strip():
        raise DocumentRefused(_("The note is empty. Write what is to be done, or leave the page."))
    with writing(actor) as w:
        documents.check_of_office([document_id], office_id=w.office.pk)
        note = w.new(Note, document_id=document_id, author_id=actor.user_id, written_on=on, text=text.strip())
        w.record("write_note", [note])
        return note
