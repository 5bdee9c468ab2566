"""Telling: a notice is made in the transaction of what it tells of, and is gone with it when that is not written.

An action calls `notify(w, [News(...)])` behind its `w.record(...)`. Nothing else is needed: who is told, whether a
mail goes out, that a deputy is told in the other's place, and that nobody is told of what he or she did, is decided
here.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dondoc.office.access import assigns
from dondoc.office.actions.history import Writing
from dondoc.office.models import Duty, Mail, Notice, NoticeWish
from dondoc.office.queries import notices
from dondoc.office.queries.definitions import Flow
from dondoc.office.queries.notices import News


def notify(w: Writing, news: Iterable[News]) -> list[Notice]:
    """Tell the people concerned what the open action does; to be called behind its `record`.

    One action makes one mail at most for each person who wants mail at once; the others read of it in the digest of
    the next morning. The replay of dated sample data tells nobody: it happened long ago.
    """
    told = list(news)
    if not told or not w.actor.tells:
        return []
    concerned = notices.recipients(told, office_id=w.office.pk, as_of=w.today)
    rows = [
        Notice(
            office=w.office,
            user_id=one.user_id,
            kind=one.news.kind,
            title=one.title[:300],
            text=" · ".join(filter(None, (w.actor.name, one.news.words))),
            url=one.news.url or (f"/duties/{one.news.duty_id}/" if one.news.duty_id else "/notices/"),
            duty_id=one.news.duty_id,
            made_at=w.now,
        )
        for one in concerned
        if one.user_id != w.actor.user_id
    ]
    made = Notice.objects.bulk_create(rows)
    if made:
        made += _copies(w, made)
        _mail_at_once(w, made)
    return made


def _copies(w: Writing, made: list[Notice]) -> list[Notice]:
    """Tell deputies, too, what those are told for whom they stand in today, unless they are told of it themselves."""

    def about(row: Notice) -> tuple[object, ...]:
        return row.kind, row.duty_id, row.url, row.text

    own = {(row.user_id, *about(row)) for row in made}
    standing = notices.standing_in({row.user_id for row in made}, office_id=w.office.pk, on=w.today)
    return Notice.objects.bulk_create(
        Notice(
            office=w.office,
            user_id=one.deputy_id,
            kind=row.kind,
            title=row.title,
            text=" · ".join((row.text, _("in place of %(name)s") % {"name": one.name})),
            url=notices.copy_url(one, row),
            duty_id=row.duty_id,
            made_at=w.now,
        )
        for one in standing
        for row in made
        if row.user_id == one.user_id and one.deputy_id != w.actor.user_id and (one.deputy_id, *about(row)) not in own
    )


def _mail_at_once(w: Writing, made: list[Notice]) -> None:
    """Put a mail in the queue for each of these persons who wants mail at once and can be reached by it."""
    wanting = NoticeWish.objects.filter(office=w.office, user__in={row.user_id for row in made}, mail="at_once")
    of_user: dict[int, list[Notice]] = {
        user: [] for user in wanting.exclude(user__email="").values_list("user", flat=True)
    }
    for row in made:
        if row.user_id in of_user:
            of_user[row.user_id].append(row)
    mails = Mail.objects.bulk_create(Mail(office=w.office, user_id=user, made_at=w.now) for user in of_user)
    link = Mail.notices.through
    link.objects.bulk_create(link(mail_id=mail.pk, notice_id=row.pk) for mail in mails for row in of_user[mail.user_id])
    for mail in mails:
        queue(mail.pk)


def queue(mail_id: int) -> None:
    """Put a mail in the queue, by name and within the open transaction; two workers never send one mail."""
    app.configure_task(notices.MAIL_JOB, lock=f"mail-{mail_id}").defer(mail_id=mail_id)


def notify_assigned(w: Writing, rows: Iterable[object]) -> list[Notice]:
    """Tell the agencies of the duties among the rows that the open action has recorded."""
    return notify(w, [News("duty_assigned", row.pk) for row in rows if isinstance(row, Duty)])


def notify_moved(w: Writing, moves: Iterable[tuple[int, str, str, Flow]]) -> list[Notice]:
    """Tell of duties that the open action has moved: each with its key, the state before, the state now, its flow."""
    told = []
    for duty_id, before, now, flow in moves:
        key = _kind_of_move(flow, before, now, by_assigner=assigns(w.actor))
        if key:
            told.append(News(key, duty_id))
    return notify(w, told)


def _kind_of_move(flow: Flow, before: str, now: str, *, by_assigner: bool) -> str:
    """Say what a step is to those who are told; nothing where only the agency itself goes on with its work."""
    if flow.classes.get(now) == "done":
        return "duty_accepted"
    if flow.waits_for.get(now) == "assigner":
        return "duty_reported" if flow.classes.get(now) == "active" else "duty_sent_back"
    if flow.waits_for.get(before) == "assigner" and flow.classes.get(before) == "active":
        return "duty_returned"
    return "duty_changed" if by_assigner else ""
