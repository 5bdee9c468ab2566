"""Figures of urging: how many urges were sent, how many wait for an answer, how many reminders went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import reminders, urges
from dondoc.office.queries.reminders import ReminderRow
from dondoc.office.queries.urges import UrgeRow
from dondoc.rules.text import vi_date


def sent(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[UrgeRow]:
    """List the urges up to a day; a page that has those of the day it asks for gives what it has read."""
    return urges.urges(viewer=viewer, as_of=as_of, known_at=known_at)


def _of(found: Sequence[UrgeRow], **wanted: str) -> list[UrgeRow]:
    def said(row: UrgeRow) -> dict[str, str]:
        return {"kind": row.kind_key, "agency": str(row.agency_id), "on": row.on.isoformat()}

    return [row for row in found if wanted.items() <= said(row).items()]


def _sent(found: Sequence[UrgeRow], *, as_of: date, **wanted: str) -> Counted:
    n = len(_of(found, **wanted))
    if day := wanted.get("on"):
        sentence = ngettext("On %(day)s, %(n)d urge was sent.", "On %(day)s, %(n)d urges were sent.", n)
        words = {"day": vi_date(date.fromisoformat(day)), "n": n}
        return Counted(n, ngettext("urge sent on this day", "urges sent on this day", n), sentence % words)
    sentence = ngettext("By %(day)s, %(n)d urge was sent.", "By %(day)s, %(n)d urges were sent.", n)
    return Counted(n, ngettext("urge", "urges", n), sentence % {"day": vi_date(as_of), "n": n})


def _sent_rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, **wanted: str) -> list[UrgeRow]:
    return _of(sent(viewer=viewer, as_of=as_of, known_at=known_at), **wanted)


def _waiting(found: Sequence[UrgeRow], **wanted: str) -> list[UrgeRow]:
    return [row for row in _of(found, **wanted) if row.is_unanswered]


def _unanswered(found: Sequence[UrgeRow], *, as_of: date, **wanted: str) -> Counted:
    n = len(_waiting(found, **wanted))
    sentence = ngettext(
        "On %(day)s, %(n)d urge that expects an answer had none.",
        "On %(day)s, %(n)d urges that expect an answer had none.",
        n,
    )
    return Counted(n, ngettext("urge unanswered", "urges unanswered", n), sentence % {"day": vi_date(as_of), "n": n})


def _waiting_rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, **wanted: str) -> list[UrgeRow]:
    return _waiting(sent(viewer=viewer, as_of=as_of, known_at=known_at), **wanted)


def _every(found: Sequence[UrgeRow]) -> list[Mapping[str, str]]:
    return [
        {},
        *({"kind": kind} for kind in sorted({row.kind_key for row in found})),
        *({"agency": str(agency)} for agency in sorted({row.agency_id for row in found})),
    ]


def _every_sent(found: Sequence[UrgeRow]) -> list[Mapping[str, str]]:
    return [*_every(found), *({"on": day} for day in sorted({row.on.isoformat() for row in found})[-1:])]


def reminded(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ReminderRow]:
    """List the reminders up to a day; a page that has those of the day it asks for gives what it has read."""
    return reminders.reminders(viewer=viewer, as_of=as_of, known_at=known_at)


def _told(found: Sequence[ReminderRow], **wanted: str) -> list[ReminderRow]:
    def said(row: ReminderRow) -> dict[str, str]:
        return {"agency": str(row.agency_id), "on": row.on.isoformat()}

    return [row for row in found if wanted.items() <= said(row).items()]


def _reminded(found: Sequence[ReminderRow], *, as_of: date, **wanted: str) -> Counted:
    n = len(_told(found, **wanted))
    if day := wanted.get("on"):
        sentence = ngettext("On %(day)s, %(n)d reminder went out.", "On %(day)s, %(n)d reminders went out.", n)
        words = {"day": vi_date(date.fromisoformat(day)), "n": n}
        return Counted(n, ngettext("reminder sent on this day", "reminders sent on this day", n), sentence % words)
    sentence = ngettext("By %(day)s, %(n)d reminder went out.", "By %(day)s, %(n)d reminders went out.", n)
    return Counted(n, ngettext("reminder", "reminders", n), sentence % {"day": vi_date(as_of), "n": n})


def _told_rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, **wanted: str) -> list[ReminderRow]:
    return _told(reminded(viewer=viewer, as_of=as_of, known_at=known_at), **wanted)


def _every_reminder(found: Sequence[ReminderRow]) -> list[Mapping[str, str]]:
    agencies = sorted({row.agency_id for row in found})
    last = sorted({row.on.isoformat() for row in found})[-1:]
    return [{}, *({"agency": str(agency)} for agency in agencies), *({"on": day} for day in last)]


register(
    Figure(
        key="urges.sent",
        says=gettext_noop(
            "How many urges were sent to agencies by a day, in all, of one kind, to one agency or on the day itself."
        ),
        takes=("kind", "agency", "on"),
        source=sent,
        count=_sent,
        rows=_sent_rows,
        every=_every_sent,
    )
)
register(
    Figure(
        key="urges.unanswered",
        says=gettext_noop(
            "How many urges expect an answer by a day named in them and had none on a day, whether that day has passed "
            "or not."
        ),
        takes=("kind", "agency"),
        source=sent,
        count=_unanswered,
        rows=_waiting_rows,
        every=_every,
    )
)
register(
    Figure(
        key="reminders.sent",
        says=gettext_noop(
            "How many reminders the program sent by itself by a day, before and after due days: in all, to one agency "
            "or on the day itself."
        ),
        takes=("agency", "on"),
        source=reminded,
        count=_reminded,
        rows=_told_rows,
        every=_every_reminder,
    )
)
