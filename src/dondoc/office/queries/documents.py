"""Documents as their heads are known, with what was made of them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import (
    Change,
    DeliveredFile,
    Document,
    DocumentHeader,
    DocumentLink,
    DocumentWords,
    LogEntry,
    Note,
    Original,
    ProgressStep,
    Proposal,
    Reading,
    Task,
    TaskClause,
    Urge,
    Withdrawal,
)
from dondoc.office.models.facts import known, late_by, recorded
from dondoc.office.models.programmes import listed
from dondoc.office.models.removals import standing
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import duties, parameters, rereading, tasks
from dondoc.rules.text import vi_date_in_text


class NoSuchDocument(Refused):
    """The document does not exist, or is not in the viewer's sight."""


class DocumentRemoved(NoSuchDocument):
    """The document was withdrawn or expunged; `document_id` leads to what is told of it."""

    def __init__(self, sentence: str, document_id: int) -> None:
        super().__init__(sentence)
        self.document_id = document_id


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list, by its head as it is known."""

    id: int
    title: str
    number: str
    kind: str
    issuer: str
    issued_on: date | None
    received_on: date
    subject: str
    signer: str
    incoming_number: str
    tasks: int
    late_entry: int
    is_sample: bool

    @property
    def url(self) -> str:
        return f"/documents/{self.id}/"


def with_bytes(sha256: str, *, office_id: int) -> int | None:
    """Find the document of an office that has exactly these bytes; an expunged one has none any more."""
    rows = Document.objects.filter(office_id=office_id, original__sha256=sha256, expunging=None)
    return rows.values_list("pk", flat=True).first()


def office_of(document_id: int) -> int:
    """Say to which office a document belongs, for a job that was given only the document."""
    return Document.objects.values_list("office_id", flat=True).get(pk=document_id)


def check_of_office(document_ids: Iterable[int | None], *, office_id: int) -> None:
    """Make sure that the documents named in a form or a file are the office's own."""
    wanted = set(document_ids)
    if Document.objects.filter(pk__in=wanted, office_id=office_id).count() != len(wanted):
        raise NoSuchDocument(_("There is no such document in this office."))


def originals(digests: Iterable[str], *, office_id: int) -> dict[str, Original]:
    """Find the files of an office by their fingerprints, without their bytes."""
    found = Original.objects.filter(office_id=office_id, sha256__in=set(digests)).defer("content")
    return {row.sha256: row for row in found}


# A machine's own list of kinds may lack those of Office.
_MEDIA_TYPES = {
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def media_type(filename: str) -> str:
    """Guess what a file is from its name."""
    known = _MEDIA_TYPES.get(PurePath(filename.lower()).suffix)
    return known or mimetypes.guess_type(filename)[0] or "application/octet-stream"


def text_of(document_id: int) -> str:
    """Give the text of a document as it came; whoever asks has been let in to the document."""
    return Document.objects.values_list("text", flat=True).get(pk=document_id)


def header_row(document_id: int) -> DocumentHeader:
    """Give the row that holds a document's head as it is known now."""
    return known(DocumentHeader.objects.filter(document_id=document_id), known_at=None).order_by("-id")[0]


def issued_on(document_id: int) -> date | None:
    """Give the day on which a document was issued, where it is known."""
    return header_row(document_id).issued_on


def received_on(document_id: int) -> date:
    """Give the day on which a document came in: as it was mended, or else as it was noted at intake."""
    return header_row(document_id).received_on or Document.objects.values_list("received_on", flat=True).get(
        pk=document_id
    )


def numbered(number: str, *, office_id: int, before: date) -> int | None:
    """Find the document that bears a number and was issued last by a day: a number alone can stand for two."""
    here = standing(Document.objects.filter(office_id=office_id), known_at=None)
    rows = known(DocumentHeader.objects.filter(document__in=here), known_at=None)
    found = rows.filter(number__iexact=number, issued_on__lte=before).order_by("-issued_on", "-id").first()
    return found.document_id if found else None


def short_titles(ids: Iterable[int], *, known_at: datetime | None) -> dict[int, str]:
    """Give what people call documents: the short title, else the number, else kind and issuer."""
    rows = known(DocumentHeader.objects.filter(document_id__in=set(ids)), known_at=known_at).order_by("id")
    return {row.document_id: title_of(row) for row in rows}


def full_titles(ids: Iterable[int], *, known_at: datetime | None) -> dict[int, str]:
    """Give documents their names as a sentence says them: kind, number, day and issuer."""
    rows = known(DocumentHeader.objects.filter(document_id__in=set(ids)), known_at=known_at).order_by("id")
    return {row.document_id: _full_title(row) for row in rows}


def _full_title(row: DocumentHeader) -> str:
    if not (row.kind and row.number):
        return title_of(row)
    kind = row.kind[0].upper() + row.kind[1:]
    day = f", ngày {vi_date_in_text(row.issued_on)}" if row.issued_on else ""
    issuer = f" của {row.issuer_name}" if row.issuer_name else ""
    return f"{kind} số {row.number}{day}{issuer}"


def days(ids: Iterable[int], *, known_at: datetime | None) -> dict[int, date]:
    """Give the day of each document: that on which it was issued, or else received."""
    rows = known(DocumentHeader.objects.filter(document_id__in=set(ids)), known_at=known_at).order_by("id")
    return dict(rows.values_list("document_id", "effective_on"))


def title_of(row: DocumentHeader) -> str:
    """Say what people call a document."""
    return row.short_title or row.number or row.subject[:120] or _("Document without a number")


def visible(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Document]:
    """Give the documents in a viewer's sight that had come in, or were issued, by a day, and were not withdrawn."""
    rows = recorded(standing(Document.objects.filter(office_id=viewer.office_id), known_at=known_at), known_at=known_at)
    head = known(DocumentHeader.objects.filter(document=OuterRef("pk")), known_at=known_at)
    rows = rows.filter(Exists(head.filter(effective_on__lte=as_of)))
    if viewer.sees_all:
        return rows
    mine = duties.tasks_in_sight(viewer=viewer, as_of=as_of, known_at=known_at)
    words = standing_ties(TaskClause.objects.filter(document=OuterRef("pk"), task_id__in=mine), known_at=known_at)
    lists = listed(as_of=as_of, known_at=known_at).filter(resolution=OuterRef("pk"))
    urges = recorded(Urge.objects.filter(agency_id__in=viewer.agency_ids, urged_on__lte=as_of), known_at=known_at)
    urged = urges.filter(clause__document=OuterRef("pk"))
    return rows.filter(Exists(words) | Exists(lists) | Exists(urged))


def recent(*, viewer: Viewer, as_of: date) -> list[tuple[str, str]]:
    """List the latest documents by key and title, for a form that asks which one proves something."""
    rows = DocumentWords.objects.filter(office_id=viewer.office_id, replaced_at=None, day__lte=as_of)
    if not viewer.sees_all:
        rows = rows.filter(document__in=visible(viewer=viewer, as_of=as_of, known_at=None))
    ids = list(rows.order_by("-day", "-document_id").values_list("document_id", flat=True)[:100])
    left = standing(Document.objects.filter(pk__in=ids), known_at=None).values_list("pk", flat=True)
    ids = [pk for pk in ids if pk in set(left)]
    titles = short_titles(ids, known_at=None)
    return [(str(pk), titles[pk]) for pk in ids]


def document(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> DocumentRow:
    """Give one document by its head; refused when it is not in the viewer's sight."""
    if not visible(viewer=viewer, as_of=as_of, known_at=known_at).filter(pk=document_id).exists():
        row = Document.objects.filter(pk=document_id, office_id=viewer.office_id).first() if viewer.sees_all else None
        if row is not None and not standing(Document.objects.filter(pk=row.pk), known_at=known_at).exists():
            raise DocumentRemoved(_("This document was withdrawn or expunged."), row.pk)
        raise NoSuchDocument(_("There is no such document on this day, or it concerns other agencies only."))
    return rows_of([document_id], viewer=viewer, as_of=as_of, known_at=known_at)[0]


def rows_of(ids: list[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DocumentRow]:
    """Give documents that are in a viewer's sight as rows, in the order given, with what was made of each."""
    kept = Document.objects.filter(office_id=viewer.office_id).defer("text").in_bulk(ids)
    heads = {
        row.document_id: row
        for row in known(DocumentHeader.objects.filter(document_id__in=ids), known_at=known_at).order_by("id")
    }
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    made = tasks.from_documents(ids, viewer=viewer, as_of=as_of, known_at=known_at)
    return [
        DocumentRow(
            id=document.pk,
            title=title_of(heads[document.pk]),
            number=heads[document.pk].number,
            kind=heads[document.pk].kind,
            issuer=heads[document.pk].issuer_name,
            issued_on=heads[document.pk].issued_on,
            received_on=heads[document.pk].received_on or document.received_on,
            subject=heads[document.pk].subject,
            signer=heads[document.pk].signer,
            incoming_number=heads[document.pk].incoming_number,
            tasks=made.get(document.pk, 0),
            late_entry=late_by(heads[document.pk].received_on or document.received_on, document.recorded_at, rule),
            is_sample=document.is_sample,
        )
        for document in (kept[pk] for pk in ids if pk in kept and pk in heads)
    ]


def waiting(*, viewer: Viewer, known_at: datetime | None) -> dict[int, int]:
    """Count the open proposals of each document of the office that has any; for the office's own people."""
    if not viewer.sees_all:
        return {}
    rows = Proposal.objects.filter(reading__document__office_id=viewer.office_id)
    found = rereading.undecided(rows, known_at=known_at)
    return dict(found.values_list("reading__document_id").annotate(Count("pk")))


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A leader's note on a document, and the tasks that came of it."""

    id: int
    author: str
    written_on: date
    text: str
    tasks: tuple[tuple[int, str], ...]
    late_entry: int


def notes(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[NoteRow]:
    """List the leaders' notes on a document, newest first, each with its tasks; for the office's own people."""
    if not viewer.sees_all:
        return []
    rows = recorded(
        Note.objects.filter(document_id=document_id, document__office_id=viewer.office_id, written_on__lte=as_of),
        known_at=known_at,
    )
    made = recorded(Task.objects.filter(note__in=rows, assigned_on__lte=as_of), known_at=known_at)
    titles = list(made.order_by("pk").values_list("note_id", "pk", "title"))
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return [
        NoteRow(
            row.pk,
            str(row.author),
            row.written_on,
            row.text,
            tuple((pk, title) for note_id, pk, title in titles if note_id == row.pk),
            late_by(row.written_on, row.recorded_at, rule),
        )
        for row in rows.select_related("author").order_by("-written_on", "-id")
    ]


@dataclass(frozen=True, slots=True)
class DeliveredRow:
    """A file that brought a document, or brought it once more: in which delivery, under which name, when."""

    delivery_id: int
    filename: str
    outcome: str
    recorded_at: datetime


def deliveries(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[DeliveredRow]:
    """List the deliveries in which a document came, the first of them first; for the office's own people."""
    if not viewer.sees_all:
        return []
    rows = DeliveredFile.objects.filter(document_id=document_id, delivery__office_id=viewer.office_id)
    return [
        DeliveredRow(row.delivery_id, row.filename, str(row.get_outcome_display()), row.recorded_at)
        for row in recorded(rows, known_at=known_at).order_by("id")
    ]


@dataclass(frozen=True, slots=True)
class DeedRow:
    """An entry of the log that speaks of a document: when, who, what."""

    recorded_at: datetime
    actor: str
    action: str


def history(document_id: int, *, viewer: Viewer, known_at: datetime | None) -> list[DeedRow]:
    """List what was recorded of a document, the latest first; for the office's own people."""
    if not viewer.sees_all:
        return []
    entries = Q(pk__in=Document.objects.filter(pk=document_id).values("entry"))
    for model in (DocumentHeader, DocumentLink, Note, Reading, Withdrawal):
        entries |= Q(pk__in=model._base_manager.filter(document_id=document_id).values("entry"))
    found = recorded(LogEntry.objects.filter(entries, office_id=viewer.office_id), known_at=known_at)
    return [DeedRow(*row) for row in found.order_by("-seq").values_list("recorded_at", "actor_name", "action")]


def note_of(note_id: int | None, *, viewer: Viewer) -> Note | None:
    """Give a leader's note of the viewer's office, for the task that is made of it."""
    if note_id is None or not viewer.sees_all:
        return None
    return Note.objects.filter(pk=note_id, document__office_id=viewer.office_id).select_related("author").first()


def resolutions(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[tuple[int, str]]:
    """List the documents under which lists were on record on a day, in the order of the lists."""
    rows = listed(as_of=as_of, known_at=known_at).filter(office_id=viewer.office_id).order_by("order", "pk")
    ids = list(dict.fromkeys(rows.values_list("resolution_id", flat=True)))
    titles = short_titles(ids, known_at=known_at)
    return [(pk, titles[pk]) for pk in ids if pk in titles]


def assigning(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[tuple[int, str]]:
    """List the documents from whose words tasks came, latest first."""
    ties = TaskClause.objects.filter(document=OuterRef("pk")).filter(~Q(task__assigned_on__gt=as_of))
    words = standing_ties(ties, known_at=known_at)
    rows = visible(viewer=viewer, as_of=as_of, known_at=known_at).filter(Exists(words)).order_by("-pk")
    ids = list(rows.values_list("pk", flat=True))
    titles = short_titles(ids, known_at=known_at)
    return [(pk, titles[pk]) for pk in ids]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that is kept: its name, its size in bytes and its fingerprint."""

    id: int
    filename: str
    size: int
    sha256: str


def file_of(document_id: int) -> FileRow:
    """Say which file holds a document; whoever may see the document may know it."""
    row = Document.objects.values_list("original__id", "original__filename", "original__size", "original__sha256")
    return FileRow(*row.get(pk=document_id))


def original_of(original_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Original:
    """Give a file that proves a change or holds a document; refused when it is not in the viewer's sight."""
    row = Original.objects.filter(pk=original_id, office_id=viewer.office_id, document__expunging=None).first()
    if row is None or not (viewer.sees_all or _mine(row, viewer=viewer, as_of=as_of, known_at=known_at)):
        raise NoSuchDocument(_("There is no such file, or it concerns other agencies only."))
    return row


def _mine(row: Original, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> bool:
    """Say whether a file proves something of a duty that is in a focal point's sight."""
    proved = recorded(Change.objects.filter(original=row, effective_on__lte=as_of), known_at=known_at)
    scanned = recorded(ProgressStep.objects.filter(original=row, on__lte=as_of), known_at=known_at)
    found = [*proved.values_list("duty_id", flat=True), *scanned.values_list("progress__duty_id", flat=True)]
    return duties.any_in_sight(found, viewer=viewer, as_of=as_of, known_at=known_at)
