"""Figures of obstacles: how many stand on a day, by cause, agency, list and resolution."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import obstacles
from dondoc.office.queries.obstacles import ObstacleRow, Standing
from dondoc.rules.text import vi_date


def _count(found: Standing, *, as_of: date, **wanted: str) -> Counted:
    n = len(found.of(**wanted))
    sentence = ngettext(
        "On %(day)s, %(n)d obstacle held open work up.", "On %(day)s, %(n)d obstacles held open work up.", n
    )
    return Counted(n, ngettext("obstacle", "obstacles", n), sentence % {"day": vi_date(as_of), "n": n})


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, **wanted: str) -> list[ObstacleRow]:
    return obstacles.standing(viewer=viewer, as_of=as_of, known_at=known_at).of(**wanted)


def _every(found: Standing) -> list[Mapping[str, str]]:
    agencies = {row.agency_id for row in found.rows} | {row.remover_id for row in found.rows if row.remover_id}
    return [
        {},
        *({"cause": cause} for cause in sorted({row.cause for row in found.rows})),
        *({"agency": str(key)} for key in sorted(agencies)),
        *({"programme": key} for key in sorted(found.by_programme)),
        *({"resolution": key} for key in sorted(found.by_resolution, key=int)),
    ]


register(
    Figure(
        key="obstacles.standing",
        says=gettext_noop(
            "What holds open work up on a day: obstacles named and not yet removed, by cause, by the agency that "
            "bears the work or must remove them, by list or by resolution."
        ),
        takes=("cause", "agency", "programme", "resolution"),
        at_most=1,
        source=obstacles.standing,
        count=_count,
        rows=_rows,
        every=_every,
        tells=True,
    )
)
