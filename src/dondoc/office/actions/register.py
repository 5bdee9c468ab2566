"""Listing documents: the rows by which they are found, kept with the heads they come from, or made again.

No record and no entry of the log: everything in these rows follows from heads and texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction

from dondoc.office.models import Document, DocumentHeader, DocumentWords
from dondoc.rules.search import listed

BATCH = 200


def enter(headers: Sequence[DocumentHeader]) -> None:
    """List documents under their heads as these were just written; what a head replaces is listed for the past."""
    if not headers:
        return
    documents = Document.objects.in_bulk({header.document_id for header in headers})
    for header in headers:
        if header.replaces_id is not None:
            DocumentWords.objects.filter(header_id=header.replaces_id).update(replaced_at=header.recorded_at)
    DocumentWords.objects.bulk_create(
        [_row(header, documents[header.document_id], replaced_at=None) for header in headers]
    )


def rebuild(office_id: int) -> int:
    """Make all rows of an office again, and say how many; lists go on showing the old ones until it is done."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("lock table office_documentwords in share row exclusive mode")
        DocumentWords.objects.filter(office_id=office_id).delete()
        made = 0
        for batch in _batches(office_id):
            made += len(DocumentWords.objects.bulk_create(batch))
        with connection.cursor() as cursor:
            cursor.execute("select gin_clean_pending_list('words_by_word')")
    return made


def _batches(office_id: int) -> Iterator[list[DocumentWords]]:
    """Make the rows in the order of the heads, so many at a time as memory holds texts."""
    headers = DocumentHeader.objects.filter(document__office_id=office_id, document__expunging=None)
    last = 0
    while batch := list(headers.filter(pk__gt=last).select_related("document").order_by("pk")[:BATCH]):
        last = batch[-1].pk
        later = DocumentHeader.objects.filter(replaces__in=batch).values_list("replaces_id", "recorded_at")
        replaced = dict(later)
        yield [_row(header, header.document, replaced_at=replaced.get(header.pk)) for header in batch]


def _row(header: DocumentHeader, document: Document, *, replaced_at: datetime | None) -> DocumentWords:
    return DocumentWords(
        header_id=header.pk,
        document_id=document.pk,
        office_id=document.office_id,
        recorded_at=header.recorded_at,
        replaced_at=replaced_at,
        day=header.effective_on,
        issued_on=header.issued_on,
        received_on=header.received_on or document.received_on,
        **listed(
            number=header.number,
            kind=header.kind,
            issuer=header.issuer_name,
            subject=header.subject,
            short_title=header.short_title,
            signer=header.signer,
            incoming=header.incoming_number,
            text=document.text,
        ),
    )
