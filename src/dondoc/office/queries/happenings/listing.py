"""The history of a duty, and the last thing that happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.utils import timezone

from dondoc.office.access import Viewer
from dondoc.office.models import Change
from dondoc.office.queries import agencies, parameters
from dondoc.office.queries.definitions import Labels
from dondoc.office.queries.happenings.rows import Happening, rows_of
from dondoc.office.queries.happenings.telling import Told
from dondoc.rules.text import vi_date


def history(
    duty_id: int,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    called: Mapping[int, tuple[str, str]] = MappingProxyType({}),
) -> list[Happening]:
    """List everything that was recorded of a duty, the corrected rows too, newest first.

    `called` are names of agencies on the day that were read already.
    """
    rows = rows_of(duty_id, as_of=as_of, known_at=known_at)
    if not rows:
        return []
    workflow = Change.objects.filter(duty_id=duty_id).values("duty__task__workflow_id")[:1]
    concerned = {row.said["agency"] for row in rows if row.kind in {"bearer", "stage_added"}}
    told = Told(
        rows,
        label=Labels(workflow, known_at=known_at).of_one,
        called=agencies.further_names(called, concerned, as_of=as_of, known_at=known_at),
        as_of=as_of,
        rule=parameters.late_rule(viewer=viewer, known_at=known_at),
        in_full=viewer.sees_all,
    )
    return [found for row in rows if (found := told.happening(row)) is not None]


def since(found: list[Happening], instant: datetime, *, but_by: str) -> list[Happening]:
    """Keep what others recorded after an instant: what somebody who looked at it then has not seen."""
    return [each for each in found if each.recorded_at > instant and each.actor != but_by]


def last_moved(duty_id: int) -> tuple[str, datetime]:
    """Say who recorded the last change of a duty's state, and when, for the action that came second."""
    row = Change.objects.filter(duty_id=duty_id).select_related("entry").latest("recorded_at", "pk")
    return row.entry.actor_name, row.recorded_at


def said_at(instant: datetime) -> str:
    """Write an instant where the office is: 10:32 02/12/2023."""
    local = instant.astimezone(timezone.get_default_timezone())
    return f"{local:%H:%M} {vi_date(local.date())}"
