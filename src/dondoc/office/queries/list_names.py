"""What the lists under a document were called from when to when, and which of them ended or were a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Period, Programme, ProgrammeEnd, ProgrammeName, ProgrammeTask
from dondoc.office.models.facts import known, latest
from dondoc.office.models.programmes import called, listed
from dondoc.office.queries import parameters
from dondoc.office.queries.happenings.lateness import began_late, formers


class NoSuchList(Refused):
    """The office has no such list on the day that was asked for."""


def _no_such_list() -> NoSuchList:
    return NoSuchList(_("There is no such list in this office on this day. Look for it on the page of its document."))


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list on a day: its name, its document, since when it is on record, and whether a task ever stood on it."""

    id: int
    key: str
    title: str
    document_id: int
    since: date
    has_tasks: bool


def list_row(list_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ListRow:
    """Give one list of the viewer's office that was on record on a day. Raises NoSuchList."""
    rows = listed(as_of=as_of, known_at=known_at).filter(office_id=viewer.office_id, pk=list_id)
    row = rows.annotate(now_called=called(as_of=as_of, known_at=known_at)).first()
    if row is None:
        raise _no_such_list()
    on_it = _stood(row.pk, known_at=known_at).exists()
    return ListRow(row.pk, row.key, row.now_called, row.resolution_id, row.begins_on, on_it)


def _stood(list_id: int, *, known_at: datetime | None) -> Any:
    """Give the places on a list that held on some day; one that was a mistake held on none."""
    rows = known(ProgrammeTask.objects.filter(programme_id=list_id), known_at=known_at)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=F("effective_on")))


def of_office(list_id: int, *, office_id: int) -> Programme:
    """Give a list of an office that was not ended, for an action on it. Raises NoSuchList."""
    found = listed(as_of=date.max, known_at=None).filter(pk=list_id, office_id=office_id).first()
    if found is None:
        raise _no_such_list()
    return found


def has_ended(list_id: int) -> bool:
    """Say whether a list was ended, for the action that would put tasks on it."""
    return known(ProgrammeEnd.objects.filter(programme_id=list_id), known_at=None).exists()


def name_on(list_id: int, *, as_of: date) -> ProgrammeName | None:
    """Give the later name that a list bears on a day; None where it bears the one it was laid down under."""
    return latest(ProgrammeName.objects.filter(programme_id=list_id), as_of=as_of, known_at=None).first()


def title_on(programme: Programme, *, as_of: date) -> str:
    """Give the title that a list bears on a day, for what an action says of it."""
    later = name_on(programme.pk, as_of=as_of)
    return later.title if later else programme.title


def stood_on(list_id: int) -> list[ProgrammeTask]:
    """List the places that held on some day, for the action that ends the list."""
    return list(_stood(list_id, known_at=None).select_related("programme", "task").order_by("id"))


def is_reported_on(list_id: int) -> bool:
    """Say whether agencies were asked to report on a list in some period."""
    return Period.objects.filter(programme_id=list_id).exists()


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name that was given to a list later: since when, by whom, and the name under which the list was laid down.

    `is_correction` where it holds from the first day of the list; `late_entry` is in days.
    """

    title: str
    first: str
    since: date
    recorded_by: str
    late_entry: int
    is_correction: bool


def names(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[NameRow]:
    """List the names that the lists of a document were given later, up to a day; for the office's own people."""
    if not viewer.sees_all:
        return []
    rows = ProgrammeName.objects.filter(programme__office_id=viewer.office_id, programme__resolution_id=document_id)
    given = list(
        known(rows, known_at=known_at)
        .filter(effective_on__lte=as_of)
        .select_related("programme", "entry")
        .order_by("programme__order", "programme_id", "effective_on", "id")
    )
    before = formers(given)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return [
        NameRow(
            title=row.title,
            first=row.programme.title,
            since=row.effective_on,
            recorded_by=row.entry.actor_name,
            # What was never called otherwise has no day on which its name should have been entered.
            late_entry=0 if mended else began_late(row, before, "title", rule=rule),
            is_correction=mended,
        )
        for row in given
        for mended in (row.effective_on <= row.programme.begins_on,)
    ]


@dataclass(frozen=True, slots=True)
class EndRow:
    """A list that is on record no more: its name, since when it was, the first day without it, why, by whom.

    Of a mistake `until` is the day on which that was said; `late_end` is in days.
    """

    title: str
    since: date
    until: date
    reason: str
    recorded_by: str
    late_end: int
    is_mistake: bool


def ended(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[EndRow]:
    """List the lists of a document that ended up to a day, the latest first; for the office's own people."""
    if not viewer.sees_all:
        return []
    rows = ProgrammeEnd.objects.filter(programme__office_id=viewer.office_id, programme__resolution_id=document_id)
    rows = rows.annotate(list_called=called(as_of=as_of, known_at=known_at, through="programme"))
    gone: list[Any] = list(
        known(rows, known_at=known_at)
        .filter(effective_on__lte=as_of)
        .select_related("programme", "entry")
        .order_by("-effective_on", "-id")
    )
    before = formers(gone)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    zone = timezone.get_default_timezone()
    return [
        EndRow(
            title=row.list_called,
            since=row.programme.begins_on,
            until=row.recorded_at.astimezone(zone).date() if mistake else row.effective_on,
            reason=row.reason,
            recorded_by=row.entry.actor_name,
            late_end=0 if mistake else began_late(row, before, rule=rule),
            is_mistake=mistake,
        )
        for row in gone
        for mistake in (row.effective_on <= row.programme.begins_on,)
    ]
