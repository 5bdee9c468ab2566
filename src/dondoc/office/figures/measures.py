"""Figures of the measures: the rates by which work is counted, with what each counts and out of how many.

Each can be asked for the whole office, one list or one resolution, and there for one agency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import Argument
from dondoc.office.figures.registry import ArgumentsRefused, Counted, Figure, register
from dondoc.office.queries import measures
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.measures import Measured
from dondoc.rules.measures import Measure, Ratio
from dondoc.rules.text import vi_date, vi_number

N = TypeVar("N", int, Decimal | None)

TAKES = ("measure", "programme", "resolution", "agency")
TYPES = {"measure": Argument("text", gettext_noop("the rate"))}


def source(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Measured:
    """Read what all measures count; a page that has read it gives it to `values` as `given`."""
    return measures.measured(viewer=viewer, as_of=as_of, known_at=known_at)


def place(programme: str | None, resolution: str | None) -> str:
    """Name a scope as `Measured` does; a list and a resolution at once are refused."""
    if programme is not None and resolution is not None:
        raise ArgumentsRefused(_("Ask for a list or for a resolution, not for both."))
    if programme is not None:
        return f"programme:{programme}"
    return "" if resolution is None else f"resolution:{resolution}"


def _missing(as_of: date) -> Counted:
    sentence = _("On %(day)s this rate was not laid down, or the list was not on record.") % {"day": vi_date(as_of)}
    return Counted(None, _("not recorded"), sentence)


def says(measure: Measure, ratio: Ratio, *, as_of: date) -> str:
    """Say a rate with its numerator and its denominator, and what they count."""
    if not ratio.out_of:
        words = _("On %(day)s there was nothing to count. %(says)s")
        return words % {"day": vi_date(as_of), "says": measure.sentence}
    words = ngettext(
        "On %(day)s: %(n)s of %(of)s duty, %(rate)s%%. %(says)s",
        "On %(day)s: %(n)s of %(of)s duties, %(rate)s%%. %(says)s",
        ratio.out_of,
    )
    return words % {
        "day": vi_date(as_of),
        "n": vi_number(ratio.counted),
        "of": vi_number(ratio.out_of),
        "rate": vi_number(ratio.shown or 0),
        "says": measure.sentence,
    }


def _count(pick: Callable[[Ratio], N], label: Callable[[Measure, N], str]) -> Callable[..., Counted]:
    """Give the count of a figure: one number of the rate (`pick`), with the word for it (`label`)."""

    def count(
        found: Measured,
        *,
        as_of: date,
        measure: str,
        programme: str | None = None,
        resolution: str | None = None,
        agency: str | None = None,
    ) -> Counted:
        ratio = found.ratio(measure, place(programme, resolution), int(agency) if agency else None)
        if ratio is None:
            return _missing(as_of)
        laid, value = found.measures[measure], pick(ratio)
        return Counted(value, label(laid, value), says(laid, ratio, as_of=as_of), laid.version)

    return count


def _duties(_measure: Measure, n: int) -> str:
    return ngettext("duty", "duties", n)


_rate = _count(lambda ratio: ratio.shown, lambda measure, _value: f"{measure.name}, %")


def _rows(which: str) -> Callable[..., list[DutyRow]]:
    def rows(
        *,
        viewer: Viewer,
        as_of: date,
        known_at: datetime | None,
        measure: str,
        programme: str | None = None,
        resolution: str | None = None,
        agency: str | None = None,
    ) -> list[DutyRow]:
        place(programme, resolution)
        laid = measures.in_force(viewer=viewer, as_of=as_of, known_at=known_at).get(measure)
        if laid is None:
            return []
        return measures.listed(
            laid,
            which,
            viewer=viewer,
            as_of=as_of,
            known_at=known_at,
            programme=programme,
            resolution=resolution,
            agency=agency,
        )

    return rows


def scopes(found: Measured) -> list[Mapping[str, str]]:
    """List the whole office, each list, each resolution and each agency of the whole office, as arguments."""
    named = [name.split(":", 1) for name in sorted(found.places) if name]
    return [{}, *({kind: key} for kind, key in named), *({"agency": str(pk)} for pk in found.agencies())]


def _every(found: Measured) -> list[Mapping[str, str]]:
    return [{"measure": key, **scope} for key in found.measures for scope in scopes(found)]


def _every_rate(found: Measured) -> list[Mapping[str, str]]:
    return [given for given in _every(found) if _rate(found, as_of=date.min, **given).value is not None]


register(
    Figure(
        key="measures.rate",
        says=gettext_noop(
            "A rate as the office works it out on a day, in percent: what it counts over what it counts it out of."
        ),
        takes=TAKES,
        types=TYPES,
        needs=("measure",),
        at_most=3,
        unit="%",
        source=source,
        count=_rate,
        rows=_rows("counted"),
        whole=_rows("out_of"),
        every=_every_rate,
    )
)
register(
    Figure(
        key="measures.counted",
        says=gettext_noop("The duties that a rate counts on a day: its numerator."),
        takes=TAKES,
        types=TYPES,
        needs=("measure",),
        at_most=3,
        source=source,
        count=_count(lambda ratio: ratio.counted, _duties),
        rows=_rows("counted"),
        every=_every,
    )
)
register(
    Figure(
        key="measures.out_of",
        says=gettext_noop("The duties out of which a rate is worked out on a day: its denominator."),
        takes=TAKES,
        types=TYPES,
        needs=("measure",),
        at_most=3,
        source=source,
        count=_count(lambda ratio: ratio.out_of, _duties),
        rows=_rows("out_of"),
        every=_every,
    )
)
