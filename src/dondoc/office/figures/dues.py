"""Figures of what recurs: the rounds of a series by a day, and how each of them came out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import dues
from dondoc.office.queries.duties import DutyRow
from dondoc.rules.text import vi_date

OUTCOMES = {
    "done_in_time": gettext_noop("done in time"),
    "done_late": gettext_noop("done late"),
    "late": gettext_noop("late"),
}


def _source(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, list[DutyRow]]:
    return dues.rounds_in_sight(viewer=viewer, as_of=as_of, known_at=known_at)


def _of(found: Mapping[str, list[DutyRow]], duty: str, outcome: str | None) -> list[DutyRow]:
    return [row for row in found.get(duty, []) if outcome is None or row.timeliness == outcome]


def _count(found: Mapping[str, list[DutyRow]], *, as_of: date, duty: str = "", outcome: str | None = None) -> Counted:
    n = len(_of(found, duty, outcome))
    if outcome is None:
        return Counted(n, _("rounds"), _("By %(day)s, %(n)d rounds of this work had been assigned.") % _words(as_of, n))
    label = _(OUTCOMES[outcome])
    sentence = _("By %(day)s, %(n)d rounds of this work: %(outcome)s.")
    return Counted(n, label, sentence % {**_words(as_of, n), "outcome": label})


def _words(as_of: date, n: int) -> dict[str, object]:
    return {"day": vi_date(as_of), "n": n}


def _rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, duty: str = "", outcome: str | None = None
) -> list[DutyRow]:
    return _of(_source(viewer=viewer, as_of=as_of, known_at=known_at), duty, outcome)


def _every(found: Mapping[str, list[DutyRow]]) -> list[Mapping[str, str]]:
    return [{"duty": duty, **more} for duty in found for more in ({}, *({"outcome": each} for each in OUTCOMES))]


register(
    Figure(
        key="dues.rounds",
        says=gettext_noop(
            "The rounds of recurring work that had been assigned by a day: all, or by how they came out."
        ),
        takes=("duty", "outcome"),
        needs=("duty",),
        among={"outcome": OUTCOMES},
        source=_source,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
