"""Figures of the scales: the points of an agency, their sum in percent of what it could reach, how much of the scale
applies to it, and its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import Argument
from dondoc.office.figures.measures import place
from dondoc.office.figures.registry import Counted, Figure, address, register
from dondoc.office.queries import scales
from dondoc.office.queries.scales import AgencyScore, Scored
from dondoc.rules.scales import Scale, decimal
from dondoc.rules.text import vi_date, vi_number

TAKES = ("scale", "agency", "programme", "resolution")
TYPES = {
    "scale": Argument("text", gettext_noop("the scale")),
    "measure": Argument("text", gettext_noop("the rate")),
}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A criterion as it counts for an agency: what it counted, and its points; `url` opens the duties behind it."""

    id: str
    title: str
    counted: int
    out_of: int
    rate: Decimal
    points: Decimal
    most: Decimal
    url: str

    @property
    def says(self) -> str:
        """The line in words."""
        return _("%(counted)s/%(of)s · %(rate)s%%: %(points)s of %(most)s points") % {
            "counted": vi_number(self.counted),
            "of": vi_number(self.out_of),
            "rate": vi_number(self.rate, 1),
            "points": vi_number(self.points),
            "most": vi_number(self.most),
        }


@dataclass(frozen=True, slots=True)
class AheadRow:
    """An agency that stands before another in a ranking."""

    id: int
    title: str
    percent: Decimal
    rank: int
    url: str

    @property
    def says(self) -> str:
        """The line in words."""
        words = {"rank": vi_number(self.rank), "percent": vi_number(self.percent)}
        return _("place %(rank)s, %(percent)s%% of the points within reach") % words


def source(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Scored:
    """Read what all scores come from; a page that has read it gives it to `values` as `given`."""
    return scales.scored(viewer=viewer, as_of=as_of, known_at=known_at)


def _scored(found: Scored, scale: str, agency: str, scope: Mapping[str, str | None]) -> AgencyScore | None:
    return (found.scores(scale, _place(scope)) or {}).get(int(agency))


def _place(scope: Mapping[str, str | None]) -> str:
    return place(scope.get("programme"), scope.get("resolution"))


def _missing(as_of: date) -> Counted:
    words = _("On %(day)s the scale was not laid down, or the agency had nothing that it counts.")
    return Counted(None, _("not recorded"), words % {"day": vi_date(as_of)})


def _points(
    found: Scored,
    *,
    as_of: date,
    scale: str,
    agency: str,
    measure: str | None = None,
    **scope: str | None,
) -> Counted:
    row = _scored(found, scale, agency, scope)
    if row is None:
        return _missing(as_of)
    laid = found.scales[scale]
    points, most, what = row.score.total, row.score.attainable, laid.name
    if measure is not None:
        by_key = {c.measure: (got, c.points) for c, got in zip(laid.criteria, row.score.points, strict=True)}
        points, most = by_key.get(measure, (None, most))
        what = found.measured.measures[measure].name if points is not None else ""
    if points is None:
        return _missing(as_of)
    sentence = _("On %(day)s %(agency)s has %(points)s of %(most)s points: %(what)s.") % {
        "day": vi_date(as_of),
        "agency": row.name,
        "points": vi_number(points),
        "most": vi_number(most),
        "what": what,
    }
    return Counted(points, _("points"), sentence, laid.version)


def _percent(
    found: Scored,
    *,
    as_of: date,
    scale: str,
    agency: str,
    **scope: str | None,
) -> Counted:
    row = _scored(found, scale, agency, scope)
    if row is None or row.score.shown is None or row.score.total is None:
        return _missing(as_of)
    laid = found.scales[scale]
    if not row.is_ranked:
        return Counted(row.score.shown, _("not ranked"), unranked(row, laid, as_of=as_of), laid.version)
    sentence = _("On %(day)s %(agency)s has %(points)s of the %(most)s points within its reach: %(grade)s.") % {
        **_reached(row, as_of=as_of),
        "grade": row.score.grade,
    }
    return Counted(row.score.shown, row.score.grade, sentence, laid.version)


def unranked(row: AgencyScore, laid: Scale, *, as_of: date) -> str:
    """Say why an agency that has points has no place: it is no more, or too little of the scale applies to it."""
    if row.ended_on:
        words = _(
            "On %(day)s %(agency)s has %(points)s of the %(most)s points within its reach, but is not ranked: it ended "
            "on %(ended)s."
        )
        return words % {**_reached(row, as_of=as_of), "ended": vi_date(row.ended_on)}
    words = _(
        "On %(day)s %(agency)s has %(points)s of the %(most)s points within its reach, but is not ranked: criteria of "
        "%(most)s of all %(whole)s points apply to it, %(share)s%%, and the scale asks for at least %(least)s%%."
    )
    return words % {
        **_reached(row, as_of=as_of),
        "whole": vi_number(laid.most),
        "share": vi_number(decimal(row.score.share)),
        "least": vi_number(laid.least_share),
    }


def _reached(row: AgencyScore, *, as_of: date) -> dict[str, str]:
    return {
        "day": vi_date(as_of),
        "agency": row.name,
        "points": vi_number(row.score.total or 0),
        "most": vi_number(row.score.attainable),
    }


def _reach(
    found: Scored,
    *,
    as_of: date,
    scale: str,
    agency: str,
    **scope: str | None,
) -> Counted:
    row = _scored(found, scale, agency, scope)
    if row is None or row.score.total is None:
        return _missing(as_of)
    laid = found.scales[scale]
    sentence = _(
        "On %(day)s criteria of %(most)s of all %(whole)s points apply to %(agency)s; an agency is ranked from "
        "%(least)s%% of the points on."
    ) % {**_reached(row, as_of=as_of), "whole": vi_number(laid.most), "least": vi_number(laid.least_share)}
    return Counted(row.score.attainable, _("points"), sentence, laid.version)


def _rank(
    found: Scored,
    *,
    as_of: date,
    scale: str,
    agency: str,
    **scope: str | None,
) -> Counted:
    row = _scored(found, scale, agency, scope)
    if row is not None and row.score.total is not None and not row.is_ranked:
        laid = found.scales[scale]
        return Counted(None, _("not ranked"), unranked(row, laid, as_of=as_of), laid.version)
    if row is None or row.rank is None:
        return _missing(as_of)
    sentence = _("On %(day)s %(agency)s takes place %(rank)s by its percent of the points within reach.") % {
        "day": vi_date(as_of),
        "agency": row.name,
        "rank": vi_number(row.rank),
    }
    return Counted(row.rank, _("place"), sentence, found.scales[scale].version)


def _score_rows(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    scale: str,
    agency: str,
    measure: str | None = None,
    **scope: str | None,
) -> list[ScoreRow]:
    found = source(viewer=viewer, as_of=as_of, known_at=known_at)
    row = _scored(found, scale, agency, scope)
    if row is None:
        return []
    about = {name: given for name, given in {**scope, "agency": agency}.items() if given is not None}
    rows = []
    for criterion, points in zip(found.scales[scale].criteria, row.score.points, strict=True):
        key, ratio = criterion.measure, row.ratios[criterion.measure]
        if points is None or ratio.shown is None or measure not in {None, key}:
            continue
        url = address("measures.rate", as_of=as_of, known_at=known_at, arguments={"measure": key, **about})
        title = found.measured.measures[key].name
        rows.append(ScoreRow(key, title, ratio.counted, ratio.out_of, ratio.shown, points, criterion.points, url))
    return rows


def _ahead(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    scale: str,
    agency: str,
    **scope: str | None,
) -> list[AheadRow]:
    found = source(viewer=viewer, as_of=as_of, known_at=known_at)
    mine = _scored(found, scale, agency, scope)
    if mine is None or mine.rank is None:
        return []
    about = {"scale": scale, **{name: given for name, given in scope.items() if given is not None}}
    rows = []
    for row in (found.scores(scale, _place(scope)) or {}).values():
        if row.rank is None or row.rank >= mine.rank or row.score.shown is None:
            continue
        arguments = {**about, "agency": str(row.agency_id)}
        url = address("scales.points", as_of=as_of, known_at=known_at, arguments=arguments)
        rows.append(AheadRow(row.agency_id, row.name, row.score.shown, row.rank, url))
    return rows


def _sum(rows: Sequence[ScoreRow]) -> Decimal | None:
    return decimal(sum((Fraction(row.points) for row in rows), Fraction(0))) if rows else None


def _sum_percent(rows: Sequence[ScoreRow]) -> Decimal | None:
    most = sum((Fraction(row.most) for row in rows), Fraction(0))
    points = sum((Fraction(row.points) for row in rows), Fraction(0))
    return decimal(100 * points / most) if most else None


def _sum_reach(rows: Sequence[ScoreRow]) -> Decimal | None:
    return decimal(sum((Fraction(row.most) for row in rows), Fraction(0))) if rows else None


def _after(rows: Sequence[AheadRow]) -> int:
    return len(rows) + 1


def _every(found: Scored) -> list[Mapping[str, str]]:
    return [
        {"scale": key, "agency": str(row.agency_id)}
        for key in found.scales
        for row in (found.scores(key) or {}).values()
        if row.score.total is not None
    ]


def _every_points(found: Scored) -> list[Mapping[str, str]]:
    single = [
        {"scale": key, "agency": str(row.agency_id), "measure": criterion.measure}
        for key, scale in found.scales.items()
        for row in (found.scores(key) or {}).values()
        for criterion, points in zip(scale.criteria, row.score.points, strict=True)
        if points is not None
    ]
    return [*_every(found), *single]


def _every_rank(found: Scored) -> list[Mapping[str, str]]:
    return [
        {"scale": key, "agency": str(row.agency_id)}
        for key in found.scales
        for row in (found.scores(key) or {}).values()
        if row.rank is not None
    ]


_SHARED: dict[str, Any] = {"types": TYPES, "needs": ("scale", "agency"), "source": source}

register(
    Figure(
        key="scales.points",
        says=gettext_noop(
            "The points of an agency on a day by a scale, of all criteria that have something to count or of one."
        ),
        takes=(*TAKES, "measure"),
        at_most=4,
        count=_points,
        rows=_score_rows,
        sums=_sum,
        every=_every_points,
        **_SHARED,
    )
)
register(
    Figure(
        key="scales.percent",
        says=gettext_noop("The points of an agency on a day in percent of those within its reach."),
        takes=TAKES,
        at_most=3,
        unit="%",
        count=_percent,
        rows=_score_rows,
        sums=_sum_percent,
        every=_every,
        **_SHARED,
    )
)
register(
    Figure(
        key="scales.reach",
        says=gettext_noop(
            "The points within reach of an agency on a day by a scale: of the criteria that have something to count."
        ),
        takes=TAKES,
        at_most=3,
        count=_reach,
        rows=_score_rows,
        sums=_sum_reach,
        every=_every,
        **_SHARED,
    )
)
register(
    Figure(
        key="scales.rank",
        says=gettext_noop(
            "The place of an agency on a day by its percent of the points within reach; equal ones share a place, and "
            "one to which less than the least share of the points applies has none."
        ),
        takes=TAKES,
        at_most=3,
        count=_rank,
        rows=_ahead,
        sums=_after,
        every=_every_rank,
        **_SHARED,
    )
)
