"""Figures of deliveries: what became of the files of one, how far the reading of them has got, what never came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import Argument, Labels
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import deliveries
from dondoc.office.queries.deliveries import DeliveryRow, FileRow
from dondoc.rules.text import vi_date, vi_number

READINGS = {
    "waiting": gettext_noop("still to be read"),
    "failed": gettext_noop("could not be read"),
    "read": gettext_noop("were read"),
}
OUTCOMES: Labels = {
    "taken": gettext_noop("taken in"),
    "duplicate": gettext_noop("was here already"),
    "secret": gettext_noop("refused: marked secret"),
    "refused": gettext_noop("not taken in"),
}
Found = Mapping[str, DeliveryRow]


def source(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, only: Sequence[Mapping[str, str]] | None = None
) -> Found:
    """Read the deliveries that are asked for, or all; whoever does not see the whole office sees none."""
    if not viewer.sees_all:
        return {}
    ids = None if only is None else {int(given["delivery"]) for given in only}
    rows = deliveries.deliveries(viewer=viewer, as_of=as_of, known_at=known_at, ids=ids)
    return {str(row.id): row for row in rows}


def _unknown() -> Counted:
    return Counted(None, _("not recorded"), _("On this day the delivery was not on record."))


def _number(row: DeliveryRow, outcome: str | None, reading: str | None) -> int:
    if reading is not None:
        if outcome is not None and "taken" not in outcome.split(","):
            return 0
        return {"waiting": row.unread, "failed": row.failed}.get(reading, row.taken - row.unread - row.failed)
    return row.files if outcome is None else sum(int(getattr(row, one)) for one in dict.fromkeys(outcome.split(",")))


def _count(
    found: Found, *, as_of: date, delivery: str, outcome: str | None = None, reading: str | None = None
) -> Counted:
    row = found.get(delivery)
    if row is None:
        return _unknown()
    n = _number(row, outcome, reading)
    labels = [_(READINGS[reading])] if reading else []
    labels = labels or [_(OUTCOMES[one]) for one in (outcome or "").split(",") if one]
    label = "; ".join(labels) or ngettext("file", "files", n)
    words = {"day": vi_date(as_of), "n": vi_number(n), "label": label}
    if not labels:
        return Counted(n, label, _("Of the delivery, %(n)s files had come by %(day)s.") % words)
    return Counted(n, label, _("Of the files of the delivery that had come by %(day)s, %(n)s: %(label)s.") % words)


def _rows(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    delivery: str,
    outcome: str | None = None,
    reading: str | None = None,
) -> list[FileRow]:
    deliveries.delivery(int(delivery), viewer=viewer, as_of=as_of, known_at=known_at)
    wanted = None if outcome is None else set(outcome.split(","))
    return [
        row
        for row in deliveries.files(int(delivery), viewer=viewer, known_at=known_at)
        if (wanted is None or row.outcome in wanted)
        and (reading is None or (row.outcome == "taken" and row.state == reading))
    ]


def _every(found: Found) -> list[Mapping[str, str]]:
    each: list[Mapping[str, str]] = [
        {},
        *({"outcome": one} for one in OUTCOMES),
        *({"reading": one} for one in READINGS),
    ]
    return [{"delivery": key, **more} for key in found for more in each]


def _unsent(found: Found, *, as_of: date, delivery: str) -> Counted:
    row = found.get(delivery)
    if row is None:
        return _unknown()
    words = {"day": vi_date(as_of), "n": vi_number(row.unsent)}
    sentence = _("Of the files announced for the delivery, %(n)s had not come by %(day)s.") % words
    return Counted(row.unsent, _("not sent"), sentence)


def _waiting(*, viewer: Viewer, as_of: date, known_at: datetime | None, delivery: str) -> list[DeliveryRow]:
    """List the delivery itself: nothing is known of a file that never came, not even its name."""
    row = deliveries.delivery(int(delivery), viewer=viewer, as_of=as_of, known_at=known_at)
    return [row] if row.unsent else []


register(
    Figure(
        key="deliveries.files",
        says=gettext_noop(
            "The files of a delivery: all, those of which one thing became (taken in, here already, refused), or of "
            "those taken in the ones that were read, wait to be read, or could not be."
        ),
        takes=("delivery", "outcome", "reading"),
        needs=("delivery",),
        among={"outcome": OUTCOMES, "reading": READINGS},
        types={
            "outcome": Argument("choice", gettext_noop("what became of it"), several=True),
            "reading": Argument("choice", gettext_noop("how far the reading is")),
        },
        source=source,
        count=_count,
        rows=_rows,
        every=_every,
        narrows=True,
    )
)
register(
    Figure(
        key="deliveries.unsent",
        says=gettext_noop("The files that were announced for a delivery and have not come."),
        takes=("delivery",),
        needs=("delivery",),
        source=source,
        count=_unsent,
        rows=_waiting,
        sums=lambda rows: sum(row.unsent for row in rows),
        every=lambda found: [{"delivery": key} for key in found],
        narrows=True,
    )
)
