"""Figures of the first page of the day: open duties by what they wait for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import today
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.today import Group
from dondoc.rules.text import vi_date

WAITS = {
    "unacknowledged": gettext_noop("to be acknowledged"),
    "given_back": gettext_noop("reports given back"),
    "reported": gettext_noop("reported, to be accepted"),
    "sent_back": gettext_noop("sent back by agencies"),
}


def groups(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Group]:
    """Read how many open duties wait for what; a page that shows them too gives what it has read."""
    return today.groups(viewer=viewer, as_of=as_of, known_at=known_at, kinds=tuple(WAITS), most=1)


def _count(found: Mapping[str, Group], *, as_of: date, which: str = "") -> Counted:
    n, label = found[which].total, _(WAITS[which])
    sentence = _("On %(day)s, %(n)d open duties: %(label)s.")
    return Counted(n, label, sentence % {"day": vi_date(as_of), "n": n, "label": label})


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, which: str = "") -> list[DutyRow]:
    found = today.groups(viewer=viewer, as_of=as_of, known_at=known_at, kinds=(which,))
    return list(found[which].rows)


def _every(_found: Mapping[str, Group]) -> list[Mapping[str, str]]:
    return [{"which": which} for which in WAITS]


def _late_entries(found: int, *, as_of: date) -> Counted:
    sentence = ngettext(
        "Of the steps of work up to %(day)s, %(n)d was entered late, or is a correction.",
        "Of the steps of work up to %(day)s, %(n)d were entered late, or are corrections.",
        found,
    )
    label = ngettext("late entry", "late entries", found)
    return Counted(found, label, sentence % {"day": vi_date(as_of), "n": found})


register(
    Figure(
        key="duties.entered_late",
        says=gettext_noop(
            "The steps of work up to a day that were entered more days after their day than the office allows for it "
            "(parameter of late entries), and the corrections."
        ),
        takes=(),
        source=today.count_entered_late,
        count=_late_entries,
        rows=today.entered_late,
        every=lambda _found: [{}],
    )
)
register(
    Figure(
        key="duties.waiting",
        says=gettext_noop(
            "The open duties that wait for a step: to be acknowledged by their agency, to be reported on anew, to be "
            "accepted, or to be given anew by the office."
        ),
        takes=("which",),
        needs=("which",),
        among={"which": WAITS},
        source=groups,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
