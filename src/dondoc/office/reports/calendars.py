"""Due days as a calendar (iCalendar, RFC 5545) that a calendar program fetches again and again."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dondoc import __version__
from dondoc.office.queries.notices import Due, Feed

FETCH_AGAIN = timedelta(hours=1)


def calendar(feed: Feed, dues: list[Due], *, site: str) -> bytes:
    """Give the due days of a feed as all-day events, each under a name that stays the same when its day is moved."""
    made = Calendar()
    made.add("prodid", f"-//Đôn Đốc//{__version__}//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Due days · %(name)s") % {"name": feed.name})
    made.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    made.add("refresh-interval", FETCH_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for due in dues:
        made.add_component(_event(feed, due, site=site.rstrip("/")))
    return made.to_ical()


def _event(feed: Feed, due: Due, *, site: str) -> Event:
    row = due.duty
    event = Event()
    event.add("uid", f"duty-{row.id}@{feed.office_key}.dondoc")
    event.add("dtstamp", feed.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", f"{row.agency_short or row.agency}: {row.title}")
    event.add("description", f"{row.agency} · {row.role_label} · {row.state_label}")
    if site:
        event.add("url", f"{site}{row.url}")
    event.add("transp", "TRANSPARENT")
    return event
