"""Figures of notices: how many somebody has not read, and what became of the mails of the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import Labels
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.models import MailOutcome
from dondoc.office.queries import notices
from dondoc.office.queries.notices import MailRow, NoticeRow
from dondoc.rules.text import vi_date

OUTCOMES: Labels = dict(MailOutcome.choices)


def _unread(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[NoticeRow]:
    return notices.unread(viewer=viewer, as_of=as_of, known_at=known_at)


def _unread_count(found: Sequence[NoticeRow], *, as_of: date) -> Counted:
    n = len(found)
    sentence = ngettext(
        "Of what you were told by %(day)s, you have not read %(n)d notice yet.",
        "Of what you were told by %(day)s, you have not read %(n)d notices yet.",
        n,
    )
    return Counted(n, ngettext("notice unread", "notices unread", n), sentence % {"day": vi_date(as_of), "n": n})


def mails(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, int] | None:
    """Count the mails that had been made by a day by what has become of them; None for who may not look."""
    return notices.mails_by_outcome(viewer=viewer, as_of=as_of, known_at=known_at)


def _mail_count(found: Mapping[str, int] | None, *, as_of: date, outcome: str | None = None) -> Counted:
    if found is None:
        return Counted(None, _("not recorded"), _("The mails of the office are an administrator's to look after."))
    n = sum(found.values()) if outcome is None else found.get(outcome, 0)
    words = {"day": vi_date(as_of), "n": n}
    if outcome is None:
        sentence = ngettext("By %(day)s, %(n)d mail was made.", "By %(day)s, %(n)d mails were made.", n)
        return Counted(n, ngettext("mail", "mails", n), sentence % words)
    label = str(MailOutcome(outcome).label)
    sentence = ngettext(
        "Of the mails made by %(day)s, %(n)d is now: %(label)s.",
        "Of the mails made by %(day)s, %(n)d are now: %(label)s.",
        n,
    )
    return Counted(n, label, sentence % {**words, "label": label})


def _mail_rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, outcome: str | None = None) -> list[MailRow]:
    if mails(viewer=viewer, as_of=as_of, known_at=known_at) is None:
        return []
    return notices.mails(viewer=viewer, outcome=outcome or "", as_of=as_of, known_at=known_at)


register(
    Figure(
        key="notices.unread",
        says=gettext_noop("Of what a person was told by a day, what the person has not read yet."),
        takes=(),
        source=_unread,
        count=_unread_count,
        rows=_unread,
        every=lambda _found: [{}],
    )
)
register(
    Figure(
        key="notices.mails",
        says=gettext_noop("The mails that were made by a day: all, or by what has become of them since."),
        takes=("outcome",),
        among={"outcome": OUTCOMES},
        source=mails,
        count=_mail_count,
        rows=_mail_rows,
        every=lambda found: [] if found is None else [{}, *({"outcome": one} for one in OUTCOMES)],
    )
)
