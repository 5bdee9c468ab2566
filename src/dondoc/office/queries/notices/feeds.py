"""Calendar feeds: whose due days a secret address shows, by the rights that the person has today."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime

from dondoc.office.access import Viewer
from dondoc.office.models import CalendarFeed
from dondoc.office.queries import agencies, duties, history, people
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.standing import duties_standing


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that may be read today: whose, of which office, and of what its content depends."""

    id: int
    office_key: str
    office: str
    agency_id: int | None
    name: str
    viewer: Viewer
    stamp: datetime
    seal: str


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed in a list; its secret is in nobody's hands but the owner's."""

    id: int
    owner: str
    is_own: bool
    agency: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """One due day in a calendar."""

    duty: DutyRow
    on: date


def secret_digest(secret: str) -> str:
    """Give what is kept of a secret address: from it the secret cannot be found again."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed(secret: str, *, on: date) -> Feed | None:
    """Find the feed of a secret address; None where there is none, it was revoked, or its person has no right any more.

    The secret is looked up by its digest, so how long that takes says nothing of the secret.
    """
    digest = secret_digest(secret)
    found = (
        CalendarFeed.objects.filter(secret_digest=digest, revoked_at__isnull=True, user__is_active=True)
        .select_related("user", "office")
        .first()
    )
    if found is None or not hmac.compare_digest(found.secret_digest, digest):
        return None
    try:
        viewer = people.viewer_for(found.user, found.office, on=on)
    except people.NoRole:
        return None
    if found.agency_id is not None and not (viewer.sees_all or found.agency_id in viewer.agency_ids):
        return None
    last = history.head(found.office_id)
    assert last is not None  # an office begins with an entry of its log
    name = found.office.name
    if found.agency_id is not None:
        name = agencies.names([found.agency_id], as_of=on, known_at=None).get(found.agency_id, (name, ""))[0]
    # All that a feed shows is in the log or follows from the day.
    seal = f"{found.pk}-{last.seq}-{on.isoformat()}"
    return Feed(found.pk, found.office.key, found.office.name, found.agency_id, name, viewer, last.recorded_at, seal)


def dues(feed: Feed, *, on: date) -> list[Due]:
    """List the due days of the open duties that a feed shows: an agency's, or all in the person's sight."""
    standing = duties_standing(
        """
        visible and state_class in ('waiting', 'active') and due_on is not null
        and (%(agency)s::bigint is null or bearer_id = %(agency)s::bigint)
        order by due_on, id
        """,
        viewer=feed.viewer,
        as_of=on,
        known_at=None,
        agency=feed.agency_id,
    )
    rows = duties.rows_of(standing, as_of=on, known_at=None)
    return [Due(row, row.due) for row in rows if row.due is not None]


def feeds(*, viewer: Viewer, as_of: date) -> list[FeedRow]:
    """List the feeds that stand: one's own, and all of the office for an administrator."""
    rows = CalendarFeed.objects.filter(office=viewer.office_id, revoked_at__isnull=True).select_related("user")
    if viewer.role != "administrator":
        rows = rows.filter(user=viewer.user_id)
    found = list(rows.order_by("-made_at", "-id"))
    called = agencies.names({row.agency_id for row in found if row.agency_id}, as_of=as_of, known_at=None)
    return [
        FeedRow(
            row.pk,
            str(row.user),
            row.user_id == viewer.user_id,
            called.get(row.agency_id or 0, ("", ""))[0],
            row.made_at,
        )
        for row in found
    ]
