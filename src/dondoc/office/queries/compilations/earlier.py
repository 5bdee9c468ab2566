"""What a report asks besides its figures: when the office last issued the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from dondoc.office.access import Viewer
from dondoc.office.models import Issued
from dondoc.office.models.facts import recorded


def last_issued(
    report: str, scope: Mapping[str, str], *, viewer: Viewer, before: date, known_at: datetime | None
) -> date | None:
    """Give the day of which the last issued report of a kind about the same speaks, before a day; None for none."""
    rows = Issued.objects.filter(office_id=viewer.office_id, report=report, scope=dict(scope), as_of__lt=before)
    return recorded(rows, known_at=known_at).order_by("-as_of").values_list("as_of", flat=True).first()
