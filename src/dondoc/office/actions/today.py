"""The first page of the day: that somebody looked at it. It is no record of the office, and no entry of the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from dondoc.office.access import Viewer
from dondoc.office.models import LastLook

VISIT = timedelta(minutes=30)  # looks no further apart than this are one visit


def look(*, viewer: Viewer, now: datetime) -> datetime | None:
    """Keep that somebody looks now; gives the last look of the visit before this one, None on the first visit."""
    if viewer.user_id is None:
        return None
    with transaction.atomic():
        row, is_new = LastLook.objects.select_for_update().get_or_create(
            office_id=viewer.office_id, user_id=viewer.user_id, defaults={"looked_at": now}
        )
        if is_new:
            return None
        if now - row.looked_at > VISIT:
            row.before_at = row.looked_at
        row.looked_at = max(now, row.looked_at)
        row.save(update_fields=["looked_at", "before_at"])
        return row.before_at
