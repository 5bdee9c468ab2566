"""Notices: who is told of what, what a person has been told, what became of the mails, and the calendar feeds."""

from dondoc.office.queries.notices.deputies import Head, StandIn, Standing, copy_url, head, standing_in
from dondoc.office.queries.notices.feeds import Due, Feed, FeedRow, dues, feed, feeds, secret_digest
from dondoc.office.queries.notices.mails import (
    MAIL_JOB,
    MailRow,
    for_digests,
    forgotten_mails,
    mails,
    mails_by_outcome,
    still_news,
)
from dondoc.office.queries.notices.reading import NoticeRow, kind_label, notice, notices, unread, wish
from dondoc.office.queries.notices.telling import News, Recipient, recipients

__all__ = [
    "MAIL_JOB",
    "Due",
    "Feed",
    "FeedRow",
    "Head",
    "MailRow",
    "News",
    "NoticeRow",
    "Recipient",
    "StandIn",
    "Standing",
    "copy_url",
    "dues",
    "feed",
    "feeds",
    "for_digests",
    "forgotten_mails",
    "head",
    "kind_label",
    "mails",
    "mails_by_outcome",
    "notice",
    "notices",
    "recipients",
    "secret_digest",
    "standing_in",
    "still_news",
    "unread",
    "wish",
]
