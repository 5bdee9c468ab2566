"""Scales in force on a day, and what each agency has by them.

The rule is `rules.scales`; the rates come from `queries.measures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Scale as ScaleVersion
from dondoc.office.models import ScaleBand, ScaleCriterion
from dondoc.office.models.facts import known, latest, recorded
from dondoc.office.queries import agencies, documents, measures
from dondoc.office.queries.measures import Measured
from dondoc.rules import scales as rules
from dondoc.rules.measures import NOTHING, Ratio
from dondoc.rules.scales import Band, Criterion, Scale, Score
from dondoc.rules.text import sort_key

STANDARD = "xep-hang"


class NoSuchScale(Refused):
    """No scale of this key was laid down by the day that was asked for."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A version of a scale: laid down by the office, or shipped with the program; who recorded it, and when."""

    scale: Scale
    is_own: bool
    basis_id: int | None = None
    basis_words: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """An agency in a ranking: what each criterion counted, the points and their sum, the place.

    `rank` is None where nothing applies, and for viewers who do not see the other agencies.
    """

    agency_id: int
    name: str
    short_name: str
    ratios: Mapping[str, Ratio]
    score: Score
    rank: int | None


@dataclass(frozen=True, slots=True)
class Scored:
    """All from which scores of a day come: how duties stand, the scales in force, what agencies are called."""

    measured: Measured
    scales: Mapping[str, Scale]
    names: Mapping[int, tuple[str, str]]
    ranked: bool
    _done: dict[tuple[str, str], Mapping[int, AgencyScore]] = field(default_factory=dict)

    def scores(self, key: str, place: str = "") -> Mapping[int, AgencyScore] | None:
        """Score the agencies that owe something in a scope; None where scale or list was not on record."""
        if key not in self.scales or place not in self.measured.places:
            return None
        if (key, place) not in self._done:
            found = scores(self.scales[key], self.measured, place, names=self.names, ranked=self.ranked)
            self._done[key, place] = {row.agency_id: row for row in found}
        return self._done[key, place]


def scores(
    scale: Scale, measured: Measured, place: str, *, names: Mapping[int, tuple[str, str]], ranked: bool
) -> list[AgencyScore]:
    """Score the agencies of a scope by a scale, the best first; equal ones by their names."""
    rows = []
    for agency in measured.agencies(place):
        ratios = {c.measure: measured.ratio(c.measure, place, agency) or NOTHING for c in scale.criteria}
        rows.append((agency, ratios, rules.score(scale, {key: ratio.rate for key, ratio in ratios.items()})))
    places = rules.ranks([score.percent for _agency, _ratios, score in rows])
    found = [
        AgencyScore(agency, *names.get(agency, ("", "")), ratios, score, rank if ranked else None)
        for (agency, ratios, score), rank in zip(rows, places, strict=True)
    ]
    return sorted(found, key=lambda row: (row.score.percent is None, -(row.score.percent or 0), sort_key(row.name)))


def scored(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Scored:
    """Read what the scores of a viewer's sight come from: one query for the duties, a few for scales and names."""
    found = measures.measured(viewer=viewer, as_of=as_of, known_at=known_at)
    return Scored(
        measured=found,
        scales=in_force(viewer=viewer, as_of=as_of, known_at=known_at),
        names=agencies.names(set(found.agencies()), as_of=as_of, known_at=known_at),
        ranked=viewer.sees_all,
    )


def in_force(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Scale]:
    """Give the scales of the viewer's office on a day: its own where it laid one down, else the program's."""
    own: dict[str, ScaleVersion] = {}
    rows = ScaleVersion.objects.filter(office_id=viewer.office_id)
    for row in latest(rows, as_of=as_of, known_at=known_at):
        own.setdefault(row.key, row)
    return rules.shipped_on(as_of) | {row.scale.key: row.scale for row in _laid(list(own.values()), known_at=known_at)}


def versions(key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> tuple[Laid | None, list[Laid]]:
    """Give the version of a scale that holds on a day, and all versions known at an instant, the newest first."""
    rows = ScaleVersion.objects.filter(office_id=viewer.office_id, key=key)
    stand = set(known(rows, known_at=known_at).values_list("pk", flat=True))
    ordered = recorded(rows, known_at=known_at).select_related("entry")
    own = _laid(list(ordered.order_by("-effective_on", "-recorded_at", "-id")), known_at=known_at, standing=stand)
    shipped = [Laid(scale, is_own=False) for scale in rules.shipped() if scale.key == key]
    found = [*own, *sorted(shipped, key=lambda laid: laid.scale.from_on, reverse=True)]
    if not found:
        raise NoSuchScale(_("There is no such scale."))
    return next((row for row in found if not row.is_replaced and row.scale.from_on <= as_of), None), found


def _laid(
    rows: Sequence[ScaleVersion], *, known_at: datetime | None, standing: Iterable[int] | None = None
) -> list[Laid]:
    ids = [row.pk for row in rows]
    if not ids:
        return []
    titles = documents.short_titles({row.basis_id for row in rows if row.basis_id}, known_at=known_at)
    bands: dict[tuple[int, int | None], list[Band]] = {}
    for band in ScaleBand.objects.filter(scale_id__in=ids).order_by("from_value"):
        one = Band(band.from_value, band.below, band.points, band.per_value, band.label)
        bands.setdefault((band.scale_id, band.criterion_id), []).append(one)
    criteria: dict[int, list[Criterion]] = {}
    for row in ScaleCriterion.objects.filter(scale_id__in=ids).order_by("order"):
        found = Criterion(row.measure, row.points, tuple(bands[row.scale_id, row.pk]))
        criteria.setdefault(row.scale_id, []).append(found)
    stand = ids if standing is None else set(standing)
    return [
        Laid(
            scale=Scale(
                key=row.key,
                name=row.name,
                sentence=row.sentence,
                criteria=tuple(criteria[row.pk]),
                grades=tuple(bands[row.pk, None]),
                from_on=row.effective_on,
                source=titles.get(row.basis_id, "") if row.basis_id else row.basis_words,
            ),
            is_own=True,
            basis_id=row.basis_id,
            basis_words=row.basis_words,
            recorded_by=row.entry.actor_name if standing is not None else "",
            recorded_at=row.recorded_at,
            is_replaced=row.pk not in stand,
        )
        for row in rows
    ]
