"""Calendar feeds: a secret address for a calendar program, shown once, kept as a digest, revoked at any time."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import CalendarFeed
from dondoc.office.queries import notices


class FeedRefused(Refused):
    """There is no calendar feed like this."""


def make_feed(*, agency_id: int | None, viewer: Viewer, now: datetime) -> str:
    """Make the secret address of one's own due days, or of an agency's in sight; gives the secret, this once.

    The former address of the same due days is revoked.
    """
    if viewer.stands_for_id is not None or viewer.user_id is None:
        raise FeedRefused(_("You are acting for somebody else. A calendar is one's own: stop that first."))
    if agency_id is not None and not (viewer.sees_all or agency_id in viewer.agency_ids):
        raise FeedRefused(_("There is no such agency in this office, or it is not yours."))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        own = CalendarFeed.objects.filter(office=viewer.office_id, user=viewer.user_id, agency=agency_id)
        own.filter(revoked_at__isnull=True).update(revoked_at=now)
        CalendarFeed.objects.create(
            office_id=viewer.office_id,
            user_id=viewer.user_id,
            agency_id=agency_id,
            secret_digest=notices.secret_digest(secret),
            made_at=now,
        )
    return secret


def revoke_feed(feed_id: int, *, viewer: Viewer, now: datetime) -> None:
    """Revoke a secret address: whoever knows it gets nothing any more. One's own, or any as an administrator."""
    rows = CalendarFeed.objects.filter(pk=feed_id, office=viewer.office_id, revoked_at__isnull=True)
    if viewer.role != "administrator" or viewer.stands_for_id is not None:
        rows = rows.filter(user=viewer.user_id)
    if not rows.update(revoked_at=now):
        raise FeedRefused(_("This address was revoked already, or is somebody else's. Reload the page."))
