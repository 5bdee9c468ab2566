"""Notices: people are told of what concerns them, on the page, by mail, and in their calendars."""

from dondoc.office.actions.notices.feeds import FeedRefused, make_feed, revoke_feed
from dondoc.office.actions.notices.mailing import (
    MailNotSent,
    MailRefused,
    give_up_mail,
    make_digests,
    send_again,
    send_mail,
    wake_waiting,
)
from dondoc.office.actions.notices.reading import WishRefused, mark_read, set_wish
from dondoc.office.actions.notices.telling import notify, notify_assigned, notify_moved
from dondoc.office.queries.notices import MAIL_JOB, News

__all__ = [
    "MAIL_JOB",
    "FeedRefused",
    "MailNotSent",
    "MailRefused",
    "News",
    "WishRefused",
    "give_up_mail",
    "make_digests",
    "make_feed",
    "mark_read",
    "notify",
    "notify_assigned",
    "notify_moved",
    "revoke_feed",
    "send_again",
    "send_mail",
    "set_wish",
    "wake_waiting",
]
