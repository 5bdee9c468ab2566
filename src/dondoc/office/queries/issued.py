"""Reports that the office has issued, as they were printed, and what was recorded after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, ForeignKey, Func, IntegerField, Model, Prefetch, Q, QuerySet, Value
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Document, Duty, Issued, IssuedFile, LogEntry, Task, TaskClause
from dondoc.office.models.facts import Recorded, recorded
from dondoc.rules.chain import digest_bytes

WORD = "docx"  # the form that stands with the report itself; the others are files of their own
MOST_ENTRIES = 20


class NoSuchIssue(Refused):
    """The report was not issued by the viewer's office."""


class Altered(Refused):
    """The stored bytes are not those that were issued."""


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """An issued report in a list; `forms` are those in which it is kept, none when it was destroyed."""

    id: int
    report: str
    title: str
    as_of: date
    issued_on: date
    recorded_at: datetime
    actor: str
    sha256: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An issued report in one form: how many bytes, their hash when issued, and whether they still are the same."""

    form: str
    size: int
    sha256: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """All that is kept of an issued report but its bytes.

    `figures` are the records of `reports.footnotes.figure_records`, `definitions` the names of those used.
    """

    id: int
    report: str
    title: str
    scope: Mapping[str, str]
    as_of: date
    known_at: datetime
    issued_on: date
    recorded_at: datetime
    actor: str
    program_version: str
    text: str
    figures: tuple[Mapping[str, Any], ...]
    definitions: tuple[str, ...]
    files: tuple[StoredFile, ...]
    compilation_id: int | None
    frame_id: int | None

    @property
    def url(self) -> str:
        return f"/issued/{self.id}/"


@dataclass(frozen=True, slots=True)
class LaterEntry:
    """An entry of the log that was made after a report."""

    seq: int
    recorded_at: datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of the log: the first of them, and how many there are in all."""

    first: tuple[LaterEntry, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """The records that a number counts at one time and not at another, by what they are."""

    tasks: set[int] = field(default_factory=set)
    duties: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.duties or self.documents)


def issued(*, viewer: Viewer, known_at: datetime | None) -> list[IssuedRow]:
    """List the reports that the viewer's office has issued, newest first; an agency's focal point sees none."""
    if not viewer.sees_all:
        return []
    rows = _rows(viewer, known_at).defer("text", "figures").order_by("-recorded_at", "-id")
    return [
        IssuedRow(
            r.pk, r.report, r.title, r.as_of, r.issued_on, r.recorded_at, r.entry.actor_name, r.sha256,
            (WORD, *(f.form for f in r.files.all())) if r.size else (),
        )
        for r in rows
    ]  # fmt: skip


def _rows(viewer: Viewer, known_at: datetime | None) -> QuerySet[Any]:
    rows = recorded(Issued.objects.filter(office_id=viewer.office_id), known_at=known_at)
    files = _measured(IssuedFile.objects.order_by("form"))
    return _measured(rows).select_related("entry").prefetch_related(Prefetch("files", files))


def _measured(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Let the database measure what is stored, so that no bytes travel for a list."""
    return rows.defer("content").annotate(size=Func(F("content"), function="octet_length", output_field=IntegerField()))


def one(issued_id: int, *, viewer: Viewer, known_at: datetime | None) -> IssuedReport:
    """Give an issued report: what it is about, its numbers, and whether its files are still those that were issued."""
    row: Any = _rows(viewer, known_at).filter(pk=issued_id).first() if viewer.sees_all else None
    if row is None:
        raise NoSuchIssue(_("There is no such report, or it belongs to another office."))
    if not row.size:
        raise NoSuchIssue(_("This report was destroyed with a document that was found secret."))
    digests = _digests(issued_id)
    stored = [(WORD, row.size, row.sha256), *((f.form, f.size, f.sha256) for f in row.files.all())]
    return IssuedReport(
        id=row.pk,
        report=row.report,
        title=row.title,
        scope=row.scope,
        as_of=row.as_of,
        known_at=row.known_at,
        issued_on=row.issued_on,
        recorded_at=row.recorded_at,
        actor=row.entry.actor_name,
        program_version=row.program_version,
        text=row.text,
        figures=tuple(row.figures),
        definitions=tuple(dict.fromkeys(f["definition"] for f in row.figures if f.get("definition"))),
        files=tuple(StoredFile(form, size, digest, digests.get(form) == digest) for form, size, digest in stored),
        compilation_id=row.compilation_id,
        frame_id=row.frame_id,
    )


def _digests(issued_id: int) -> dict[str, str]:
    """Work out, in the database, the hash of what is stored now."""
    now = Func(Func(F("content"), function="sha256"), Value("hex"), function="encode", output_field=CharField())
    word = Issued.objects.filter(pk=issued_id).annotate(now=now).values_list("now", flat=True)
    files = IssuedFile.objects.filter(issued_id=issued_id).annotate(now=now).values_list("form", "now")
    return {WORD: word[0], **dict(files)}


def content(issued_id: int, form: str, *, viewer: Viewer, known_at: datetime | None) -> tuple[IssuedReport, bytes]:
    """Give the printed bytes of an issued report in a form, exactly as they were issued.

    Bytes that are not those that were issued are not given out (Altered).
    """
    found = one(issued_id, viewer=viewer, known_at=known_at)
    rows: QuerySet[Any] = (
        Issued.objects.filter(pk=issued_id)
        if form == WORD
        else IssuedFile.objects.filter(issued_id=issued_id, form=form)
    )
    row = rows.values_list("content", "sha256").first()
    if row is None:
        raise NoSuchIssue(
            _("This report is not kept in this form. It was issued as: %(forms)s.")
            % {"forms": ", ".join(file.form.upper() for file in found.files)}
        )
    stored, digest = bytes(row[0]), row[1]
    if digest_bytes(stored) != digest:
        raise Altered(
            _(
                "What is stored of this report (%(form)s) is not what was issued: its hash is another. It is not given "
                "out. Ask the administrator to check the log and to look into the backups."
            )
            % {"form": form.upper()}
        )
    return found, stored


def recorded_after(
    touched: Touched, *, viewer: Viewer, after: datetime, up_to: date, actions: Iterable[str] = ()
) -> Entries:
    """List the entries of the log that were made after an instant and say something of these records.

    Only what holds on a day up to `up_to` counts: what a duty did later is no correction of an earlier report.
    `actions` takes entries of these kinds as well, whatever records they name.
    """
    entries = LogEntry.objects.filter(office_id=viewer.office_id, recorded_at__gt=after)
    wanted = Q(action__in=list(actions)) | Q(pk__in=_entries_about(touched, after=after, up_to=up_to))
    rows = entries.filter(wanted).order_by("seq").values_list("seq", "recorded_at", "actor_name", "action")
    return Entries(tuple(LaterEntry(*row) for row in rows[:MOST_ENTRIES]), rows.count())


def _entries_about(touched: Touched, *, after: datetime, up_to: date) -> set[int]:
    """Find the entries that wrote a record about one of these tasks, duties or documents."""
    about: dict[type[Model], set[int]] = {Task: touched.tasks, Duty: touched.duties, Document: touched.documents}
    if touched.tasks:
        ties = TaskClause.objects.filter(task_id__in=touched.tasks).values_list("document_id", flat=True)
        about[Document] = about[Document] | set(ties)
        if not touched.duties:
            about[Duty] = set(Duty.objects.filter(task_id__in=touched.tasks).values_list("pk", flat=True))
    found: set[int] = set()
    for model, column, target, has_day in _pointing():
        if about[target]:
            rows = model._base_manager.filter(**{f"{column}__in": about[target]}, recorded_at__gt=after)
            if has_day:
                rows = rows.filter(effective_on__lte=up_to)
            found |= set(rows.values_list("entry_id", flat=True))
    return found


@cache
def _pointing() -> tuple[tuple[type[Recorded], str, type[Model], bool], ...]:
    """List the tables whose rows say something of a task, a duty or a document, by which column."""
    found: list[tuple[type[Recorded], str, type[Model], bool]] = []
    for model in apps.get_app_config("office").get_models():
        if not issubclass(model, Recorded):
            continue
        fields = {field.name: field for field in model._meta.concrete_fields}
        has_day = "effective_on" in fields
        for target in (Task, Duty, Document):
            if model is target:
                found.append((model, "pk", target, has_day))
            found += [
                (model, name, target, has_day)
                for name, field in fields.items()
                if isinstance(field, ForeignKey) and field.related_model is target
            ]
    return tuple(found)
