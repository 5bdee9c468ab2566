"""What a person has been told, as the page of notices shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import MailWish, Notice, NoticeWish
from dondoc.office.queries.notices.deputies import still_told

LABELS = {
    "duty_assigned": gettext_noop("Work assigned"),
    "duty_acknowledged": gettext_noop("Work taken on"),
    "duty_sent_back": gettext_noop("Work sent back by the agency"),
    "duty_reported": gettext_noop("Reported as done"),
    "duty_returned": gettext_noop("Report returned"),
    "duty_accepted": gettext_noop("Accepted as done"),
    "duty_changed": gettext_noop("New state"),
    "duty_handed_over": gettext_noop("Work handed over to another agency"),
    "due_changed": gettext_noop("New due day"),
    "person_named": gettext_noop("You were named for this work"),
    "person_sent_back": gettext_noop("The person named gave the work back"),
    "extension_asked": gettext_noop("A later due day is asked for"),
    "extension_granted": gettext_noop("Later due day granted"),
    "extension_refused": gettext_noop("Later due day refused"),
    "obstacle_named": gettext_noop("An obstacle was named"),
    "obstacle_ended": gettext_noop("An obstacle is no more"),
    "urge_sent": gettext_noop("You are urged"),
    "clause_urged": gettext_noop("Urged about a clause that nothing was made of"),
    "urge_answered": gettext_noop("Answer to an urge"),
    "reminder": gettext_noop("Reminder of a due day"),
    "progress_asked": gettext_noop("Progress to be reported"),
    "progress_returned": gettext_noop("Report of progress returned"),
    "deputy_named": gettext_noop("Somebody stands in for another"),
    "deputy_ended": gettext_noop("Standing in for another ended"),
}


class NoSuchNotice(Refused):
    """There is no such notice for this person."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice on the page or in a mail."""

    id: int
    label: str
    title: str
    text: str
    url: str
    made_at: datetime
    is_read: bool


def kind_label(kind: str) -> str:
    """Name a kind of notice as people say it."""
    return _(LABELS[kind]) if kind in LABELS else kind


def row_of(notice: Notice) -> NoticeRow:
    """Turn a notice into what is shown of it."""
    return NoticeRow(
        id=notice.pk,
        label=kind_label(notice.kind),
        title=notice.title,
        text=notice.text,
        url=notice.url,
        made_at=notice.made_at,
        is_read=notice.read_at is not None,
    )


def notices(*, viewer: Viewer, on: date, size: int, skip: int = 0) -> list[NoticeRow]:
    """List what a person was told, the unread first, then the latest; a deputy sees what the other was told.

    What a deputy was told in the other's place is listed for as long as the person stands in.
    """
    ordered = still_told(_of(viewer), on=on).order_by(F("read_at").desc(nulls_first=True), "-made_at", "-id")
    return [row_of(row) for row in ordered[skip : skip + size]]


def unread(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[NoticeRow]:
    """List what a person was told by a day and has not read, the latest first; nothing for who is no person."""
    if viewer.user_id is None:
        return []
    rows = still_told(_of(viewer), on=as_of).filter(read_at__isnull=True, made_at__date__lte=as_of)
    rows = rows if known_at is None else rows.filter(made_at__lte=known_at)
    return [row_of(row) for row in rows.order_by("-made_at", "-id")]


def _of(viewer: Viewer) -> QuerySet[Notice]:
    return Notice.objects.filter(user=viewer.stands_for_id or viewer.user_id, office=viewer.office_id)


def notice(notice_id: int, *, viewer: Viewer) -> NoticeRow:
    """Give one notice of a person; another person's is none."""
    found = _of(viewer).filter(pk=notice_id).first()
    if found is None:
        raise NoSuchNotice(_("There is no such notice for you. The work that it told of may have been destroyed."))
    return row_of(found)


def wish(*, viewer: Viewer) -> str:
    """Say how a person wants mail: once a day, together, until the person said otherwise."""
    rows = NoticeWish.objects.filter(user=viewer.user_id, office=viewer.office_id)
    return rows.values_list("mail", flat=True).first() or MailWish.DIGEST
