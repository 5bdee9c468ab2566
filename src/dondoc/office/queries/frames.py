"""Frames: the office's own Word files into which its reports are written, from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Frame
from dondoc.office.models.facts import beginning_on, known, latest, recorded
from dondoc.office.models.history import opened_on
from dondoc.office.queries import parameters
from dondoc.office.queries.happenings.lateness import began_late


class NoSuchFrame(Refused):
    """The frame does not exist, or belongs to another office."""


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A frame: its name, since when it holds, how large its file is in bytes, its fingerprint, who brought it.

    `late_entry` says by how many days it was brought late; its use ends on the day on which that is said.
    """

    id: int
    name: str
    since: date
    until: date | None
    size: int
    sha256: str
    recorded_by: str
    recorded_at: datetime
    late_entry: int

    @property
    def url(self) -> str:
        return f"/frames/{self.id}/"


def frames(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[FrameRow]:
    """List the frames in force on a day, one for each name, by name; only the office's own people see them."""
    newest: dict[str, FrameRow] = {}
    for row in _rows(latest(_own(viewer), as_of=as_of, known_at=known_at), viewer, known_at):
        newest.setdefault(row.name, row)
    return sorted(newest.values(), key=lambda row: row.name)


def frame(frame_id: int, *, viewer: Viewer, known_at: datetime | None) -> FrameRow:
    """Give one frame, also one that holds no more; of one that was mended or ended since, how it stands now."""
    rows = _rows(recorded(_own(viewer).filter(pk=frame_id), known_at=known_at), viewer, known_at)
    while later := _rows(
        recorded(_own(viewer).filter(replaces__in=[row.id for row in rows]), known_at=known_at), viewer, known_at
    ):
        rows = later
    if not rows:
        raise NoSuchFrame(_("There is no such frame. Choose one from the list of frames."))
    return rows[0]


def content(frame_id: int, *, viewer: Viewer) -> bytes:
    """Give the Word file of a frame as it was brought."""
    found = _own(viewer).filter(pk=frame_id).values_list("content", flat=True).first()
    if found is None:
        raise NoSuchFrame(_("There is no such frame. Choose one from the list of frames."))
    return bytes(found)


def standing(frame_id: int, *, office_id: int) -> Frame:
    """Give the frame as it stands, for the action that ends it."""
    found = known(Frame.objects.filter(office_id=office_id, pk=frame_id), known_at=None).first()
    if found is None:
        raise NoSuchFrame(_("There is no such frame. Choose one from the list of frames."))
    return found


def offered(frame_id: int, *, office_id: int, on: date) -> Frame:
    """Give the frame as it stands, for an action that begins a report in it; refused from the day it is ended."""
    found = standing(frame_id, office_id=office_id)
    if not found.holds_on(on):
        raise NoSuchFrame(_("This frame is not in use on this day. Choose one from the list of frames."))
    return found


def standing_on(name: str, *, office_id: int, on: date) -> Frame | None:
    """Give the frame of a name that holds from exactly this day, for the action that mends it."""
    return beginning_on(Frame.objects.filter(office_id=office_id, name=name), on=on)


def _own(viewer: Viewer) -> QuerySet[Frame]:
    rows = Frame.objects.filter(office_id=viewer.office_id)
    return rows if viewer.sees_all else rows.none()


def _rows(rows: QuerySet[Frame], viewer: Viewer, known_at: datetime | None) -> list[FrameRow]:
    found = list(rows.annotate(size=Length("content")).select_related("entry").defer("content"))
    if not found:
        return []
    rule, opened = parameters.late_rule(viewer=viewer, known_at=known_at), opened_on(viewer.office_id)
    # The row that ends a frame names the one that brought its file; nothing else is looked up, least of all the files.
    ended = {row.replaces_id for row in found if row.replaces_id and row.until_on is not None}
    before = Frame.objects.filter(pk__in=ended).defer("content").in_bulk() if ended else {}
    return [
        FrameRow(
            id=row.pk,
            name=row.name,
            since=row.effective_on,
            until=row.until_on,
            size=row.size,
            sha256=row.sha256,
            recorded_by=row.entry.actor_name,
            recorded_at=row.recorded_at,
            late_entry=began_late(row, before, "sha256", rule=rule, not_before=opened),
        )
        for row in found
    ]
