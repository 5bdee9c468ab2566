"""Figures of one agency's duties by the sort of state in which they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import CLASSES
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.models import StateClass
from dondoc.office.queries import duties
from dondoc.office.queries.duties import DutyRow
from dondoc.rules.text import vi_date

Found = Mapping[str, Mapping[str, int]]


def of_agencies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Found:
    """Count the duties of every agency by class of state; a page that has counted some gives them."""
    return duties.by_class(viewer=viewer, as_of=as_of, known_at=known_at)


def _count(found: Found, *, as_of: date, agency: str, state_class: str | None = None) -> Counted:
    mine = found.get(agency, {})
    if state_class is None:
        total = sum(mine.values())
        sentence = ngettext("On %(day)s the agency had %(n)d duty.", "On %(day)s the agency had %(n)d duties.", total)
        return Counted(total, ngettext("duty", "duties", total), sentence % {"day": vi_date(as_of), "n": total})
    n, label = mine.get(state_class, 0), str(StateClass(state_class).label)
    sentence = ngettext(
        "On %(day)s, %(n)d duty of the agency was: %(label)s.",
        "On %(day)s, %(n)d duties of the agency were: %(label)s.",
        n,
    )
    return Counted(n, label, sentence % {"day": vi_date(as_of), "n": n, "label": label})


def _rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, agency: str, state_class: str | None = None
) -> list[DutyRow]:
    return duties.in_class(agency, state_class, viewer=viewer, as_of=as_of, known_at=known_at)


def _every(found: Found) -> list[Mapping[str, str]]:
    classes = [{}, *({"state_class": one} for one in StateClass.values)]
    return [{"agency": agency, **one} for agency in sorted(found, key=int) for one in classes]


register(
    Figure(
        key="duties.in_class",
        says=gettext_noop("The duties that an agency bears on a day: all, or those in a state of a class."),
        takes=("agency", "state_class"),
        needs=("agency",),
        among={"state_class": CLASSES},
        source=of_agencies,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
