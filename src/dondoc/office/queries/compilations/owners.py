"""Who can answer for a section of a report: the office's own people."""

from __future__ import annotations

from datetime import date

from dondoc.office.access import SEES_ALL, Viewer
from dondoc.office.models import Grant
from dondoc.office.models.facts import in_force
from dondoc.rules.text import sort_key


def owners(*, viewer: Viewer, on: date) -> list[tuple[int, str]]:
    """List the people of the viewer's office on a day, by name; its agencies see none. Key and name of each account."""
    return owners_of(viewer.office_id, on=on) if viewer.sees_all else []


def owners_of(office_id: int, *, on: date) -> list[tuple[int, str]]:
    """List the office's own people on a day, for the action that checks a choice."""
    rows = Grant.objects.filter(office_id=office_id, user__is_active=True, role__in=SEES_ALL)
    held = {grant.user_id: str(grant.user) for grant in in_force(rows, as_of=on, known_at=None).select_related("user")}
    return sorted(held.items(), key=lambda pair: (sort_key(pair[1]), pair[0]))
