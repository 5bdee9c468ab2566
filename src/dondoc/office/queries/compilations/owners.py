"""Who can answer for a section of a report: the office's own people."""

from __future__ import annotations

from datetime import date

from dondoc.office.access import SEES_ALL
from dondoc.office.models import Grant
from dondoc.office.models.facts import in_force
from dondoc.rules.text import sort_key


def owners(*, office_id: int, on: date) -> list[tuple[int, str]]:
    """List the office's own people on a day, by name: the key and name of each account."""
    rows = Grant.objects.filter(office_id=office_id, user__is_active=True, role__in=SEES_ALL)
    held = {grant.user_id: str(grant.user) for grant in in_force(rows, as_of=on, known_at=None).select_related("user")}
    return sorted(held.items(), key=lambda pair: (sort_key(pair[1]), pair[0]))
