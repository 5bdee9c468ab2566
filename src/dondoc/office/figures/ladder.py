"""Figures of the ladder of urging: what is to be urged on a day, and what is not because it waits for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import ladder
from dondoc.office.queries.ladder import LadderRow
from dondoc.rules.text import vi_date

WHY = {
    "due": gettext_noop("to be urged"),
    "held_up": gettext_noop("not urged: it waits for others"),
}


def source(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LadderRow]:
    """List the open duties of which a person takes the next step; a page that has them gives what it has read."""
    rows = ladder.standing(viewer=viewer, as_of=as_of, known_at=known_at)
    return [row for row in rows if row.is_pressed and row.rung.why in WHY]


def _of(found: Sequence[LadderRow], which: str, agency: str | None) -> list[LadderRow]:
    return [row for row in found if row.rung.why == which and agency in {None, str(row.duty.agency_id)}]


def _count(found: Sequence[LadderRow], *, as_of: date, which: str, agency: str | None = None) -> Counted:
    n, label = len(_of(found, which, agency)), _(WHY[which])
    sentence = ngettext(
        "On %(day)s, of the work whose next step of urging had come, %(n)d piece: %(label)s.",
        "On %(day)s, of the work whose next step of urging had come, %(n)d pieces: %(label)s.",
        n,
    )
    return Counted(n, label, sentence % {"day": vi_date(as_of), "n": n, "label": label})


def _rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, which: str, agency: str | None = None
) -> list[LadderRow]:
    return _of(source(viewer=viewer, as_of=as_of, known_at=known_at), which, agency)


def _every(found: Sequence[LadderRow]) -> list[Mapping[str, str]]:
    owing = sorted({(row.rung.why, row.duty.agency_id) for row in found})
    return [
        *({"which": which} for which in WHY),
        *({"which": which, "agency": str(agency)} for which, agency in owing),
    ]


register(
    Figure(
        key="urges.next",
        says=gettext_noop(
            "The open duties whose next step of urging had come by a day and is a person's to take: to be urged on "
            "that day, or not urged because they wait for others; of all agencies or of one."
        ),
        takes=("which", "agency"),
        needs=("which",),
        among={"which": WHY},
        source=source,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
