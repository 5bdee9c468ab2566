"""Notices: the page and its bell, how one is told, the mails, and the calendar feeds."""

from dondoc.office.web.notices.feeds import calendar, feed_add, feed_revoke
from dondoc.office.web.notices.mails import again, mails
from dondoc.office.web.notices.page import listing, preferences, read, show, unread

__all__ = [
    "again",
    "calendar",
    "feed_add",
    "feed_revoke",
    "listing",
    "mails",
    "preferences",
    "read",
    "show",
    "unread",
]
