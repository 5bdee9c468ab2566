"""The duties of one agency within one list or resolution: owed, done, open, late, due soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import Argument
from dondoc.office.figures.measures import place, source
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import duties
from dondoc.office.queries.duties import BUCKETS, DutyCounts, DutyRow
from dondoc.office.queries.measures import Measured
from dondoc.rules.text import vi_date

WHICH = {
    "owed": gettext_noop("assigned"),
    "done": gettext_noop("done"),
    "open": gettext_noop("not finished"),
    "late": gettext_noop("overdue"),
    "due_soon": gettext_noop("due soon"),
}


def _count(
    found: Measured,
    *,
    as_of: date,
    which: str,
    agency: str,
    programme: str | None = None,
    resolution: str | None = None,
) -> Counted:
    listed = found.places.get(place(programme, resolution))
    if listed is None:
        return Counted(None, _("not recorded"), _("On this day the list was not on record."))
    cells = listed.get(int(agency), {})
    counts = sum((BUCKETS[bucket].times(n) for (bucket, _come), n in cells.items()), DutyCounts())
    n, label = int(getattr(counts, which)), _(WHICH[which])
    sentence = _("On %(day)s, of the duties of this agency within the list, %(label)s: %(n)d.")
    return Counted(n, label, sentence % {"day": vi_date(as_of), "label": label, "n": n})


def _rows(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    which: str,
    agency: str,
    programme: str | None = None,
    resolution: str | None = None,
) -> list[DutyRow]:
    place(programme, resolution)
    return duties.listed(
        which,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        programme=programme,
        resolution=resolution,
        agency=agency,
    )


def _every(found: Measured) -> list[Mapping[str, str]]:
    """List each agency with each list and resolution on which it stands, once: for what it owes there."""
    return [
        {"which": "owed", "agency": str(agency), kind: key}
        for name, cells in sorted(found.places.items())
        if name
        for kind, key in [name.split(":", 1)]
        for agency in sorted(cells)
    ]


register(
    Figure(
        key="duties.of_agency",
        says=gettext_noop(
            "How many duties of one agency within one list or one resolution stand how on a day: assigned, done, not "
            "finished, overdue or due soon."
        ),
        takes=("which", "agency", "programme", "resolution"),
        needs=("which", "agency"),
        at_most=3,
        among={"which": WHICH},
        types={"which": Argument("choice", gettext_noop("how they stand"))},
        source=source,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
