"""Mails: what is still worth sending, who gets a digest today, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.access import Viewer
from dondoc.office.models import Grant, Mail, MailOutcome, MailWish, Notice, NoticeWish
from dondoc.office.models.facts import in_force
from dondoc.office.queries import people
from dondoc.office.queries.notices.deputies import deputy_of, still_told
from dondoc.office.queries.notices.reading import NoticeRow, row_of
from dondoc.office.queries.standing import duties_standing
from dondoc.rules import notices as rules

MAIL_JOB = "notices.send"


def still_news(mail: Mail, *, on: date) -> list[NoticeRow]:
    """List what of a mail is still worth sending: unread, and no call for work that is closed or another's meanwhile.

    Judged by the rights that the receiver has on the day, or that the one has for whom the receiver stands in; nothing
    for one who has no role, or stands in no more.
    """
    if not mail.user.is_active:
        return []
    rows = still_told(mail.notices.filter(read_at__isnull=True), on=on)
    by_right: dict[int | None, list[Notice]] = {}
    for row in rows.order_by("made_at", "id"):
        by_right.setdefault(deputy_of(row.url), []).append(row)
    found: list[Notice] = []
    for deputy_id, unread in by_right.items():
        viewer = _rights(mail, deputy_id, on=on)
        if viewer is not None:
            found += _still_open(unread, viewer=viewer, on=on)
    return [row_of(row) for row in sorted(found, key=lambda row: (row.made_at, row.pk))]


def _rights(mail: Mail, deputy_id: int | None, *, on: date) -> Viewer | None:
    if deputy_id is not None:
        acting = people.acting(deputy_id, mail.user, mail.office, on=on)
        return acting[1] if acting else None
    try:
        return people.viewer_for(mail.user, mail.office, on=on)
    except people.NoRole:
        return None


def _still_open(unread: list[Notice], *, viewer: Viewer, on: date) -> list[Notice]:
    asked = sorted({row.duty_id for row in unread if row.duty_id is not None and rules.kind(row.kind).asks})
    where = "visible and state_class in ('waiting', 'active')"
    standing = duties_standing(where, viewer=viewer, as_of=on, known_at=None, duties=asked) if asked else []
    still_open = {duty.id for duty in standing}
    return [row for row in unread if row.duty_id not in set(asked) - still_open or not _asks(row)]


def _asks(row: Notice) -> bool:
    return rules.kind(row.kind).asks


def for_digests(*, since: datetime, on: date) -> dict[tuple[int, int], list[int]]:
    """Give the notices that go into the digests of a day, by office and person.

    Of those who want one (or said nothing) and have an address: what they have not read and not been mailed yet.
    Nobody gets a second mail of the day.
    """
    begin = timezone.make_aware(datetime.combine(on, time.min))
    today = Mail.objects.filter(user=OuterRef("user"), office=OuterRef("office"), made_at__gte=begin)
    other = NoticeWish.objects.filter(user=OuterRef("user"), office=OuterRef("office")).exclude(mail=MailWish.DIGEST)
    held = in_force(Grant.objects.filter(user=OuterRef("user"), office=OuterRef("office")), as_of=on, known_at=None)
    rows = Notice.objects.filter(
        ~Exists(today),
        ~Exists(other),
        Exists(held),
        read_at__isnull=True,
        mails__isnull=True,
        made_at__gte=since,
        user__is_active=True,
    ).exclude(user__email="")
    found: dict[tuple[int, int], list[int]] = {}
    told = still_told(rows, on=on).order_by("office", "user", "id")
    for office_id, user_id, pk in told.values_list("office_id", "user_id", "pk"):
        found.setdefault((office_id, user_id), []).append(pk)
    return found


def forgotten_mails() -> list[int]:
    """List the mails that wait while no job is there to send them."""
    jobs = ProcrastinateJob.objects.filter(task_name=MAIL_JOB, status__in=("todo", "doing"))
    coming = {args["mail_id"] for args in jobs.values_list("args", flat=True)}
    waiting = Mail.objects.filter(outcome=MailOutcome.WAITING).order_by("id").values_list("pk", flat=True)
    return [pk for pk in waiting if pk not in coming]


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail and what became of it."""

    id: int
    to: str
    address: str
    count: int
    outcome: str
    outcome_label: str
    tries: int
    error: str
    made_at: datetime
    sent_at: datetime | None


def mails(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    outcome: str = "",
    size: int | None = None,
    skip: int = 0,
) -> list[MailRow]:
    """List the mails of an office up to a day, the latest first; an administrator's page says who may look."""
    rows = _made(viewer, as_of, known_at)
    if outcome:
        rows = rows.filter(outcome=outcome)
    told = rows.select_related("user").annotate(told=Count("notices")).order_by("-made_at", "-id")
    return [
        MailRow(
            id=row.pk,
            to=str(row.user),
            address=row.user.email,
            count=row.told,
            outcome=row.outcome,
            outcome_label=str(MailOutcome(row.outcome).label),
            tries=row.tries,
            error=row.error,
            made_at=row.made_at,
            sent_at=row.sent_at,
        )
        for row in told[skip : None if size is None else skip + size]
    ]


def mails_by_outcome(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, int] | None:
    """Count the mails of an office that were made by a day by what has become of them; None for who may not look."""
    if viewer.role != "administrator":
        return None
    rows = _made(viewer, as_of, known_at).order_by().values_list("outcome")
    return dict(rows.annotate(Count("pk")))


def _made(viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Mail]:
    rows = Mail.objects.filter(office=viewer.office_id, made_at__date__lte=as_of)
    return rows if known_at is None else rows.filter(made_at__lte=known_at)
