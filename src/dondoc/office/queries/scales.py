"""Scales in force on a day, and what each agency has by them.

The rule is `rules.scales`; the rates come from `queries.measures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Scale as ScaleVersion
from dondoc.office.models import ScaleBand, ScaleCriterion
from dondoc.office.models.facts import known, recorded
from dondoc.office.models.history import opened_on
from dondoc.office.queries import agencies, documents, measures, parameters
from dondoc.office.queries.happenings.lateness import began_late, ended_late
from dondoc.office.queries.measures import Measured
from dondoc.rules import scales as rules
from dondoc.rules.measures import NOTHING, Ratio
from dondoc.rules.scales import Band, Criterion, Scale, Score
from dondoc.rules.text import sort_key

CHOICE = "ranking_scale"  # the parameter that says by which scale is ranked where none is chosen


class NoSuchScale(Refused):
    """No scale of this key was laid down by the day that was asked for."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A version of a scale: laid down by the office, or shipped with the program; who recorded it, and when.

    `until` is the day from which agencies are ranked by it no more; None where it was not ended. `late_entry` and
    `late_end` say by how many days it and its end were entered late.
    """

    scale: Scale
    is_own: bool
    until: date | None = None
    basis_id: int | None = None
    basis_words: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    is_replaced: bool = False
    late_entry: int = 0
    late_end: int = 0


@dataclass(frozen=True, slots=True)
class ScaleHistory:
    """A scale on a day: the version that holds (None: none yet, or ended), and every version, the newest first."""

    key: str
    holds: Laid | None
    versions: tuple[Laid, ...]

    @property
    def shown(self) -> Laid:
        """The version to show: the one that holds, or else the latest that was not mended."""
        return self.holds or next(row for row in self.versions if not row.is_replaced)


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """An agency in a ranking: what each criterion counted, the points and their sum, the place.

    `rank` is None where it has no place (`is_ranked`), and for viewers who do not see the other agencies. `ended_on` is
    the day since when there is no such agency any more: what it had done stays counted, but it is compared with none.
    """

    agency_id: int
    name: str
    short_name: str
    ratios: Mapping[str, Ratio]
    score: Score
    rank: int | None
    ended_on: date | None = None

    @property
    def is_ranked(self) -> bool:
        """Whether enough of the scale applies to it for a place, and it is still there to be compared."""
        return self.score.is_ranked and self.ended_on is None

    @property
    def grade(self) -> str:
        """The grade that its percent brings; "" where it is not ranked."""
        return self.score.grade if self.is_ranked else ""


@dataclass(frozen=True, slots=True)
class Scored:
    """All from which scores of a day come: how duties stand, the scales in force, what agencies are called."""

    measured: Measured
    scales: Mapping[str, Scale]
    names: Mapping[int, tuple[str, str]]
    ended: Mapping[int, date]
    ranked: bool
    _done: dict[tuple[str, str], Mapping[int, AgencyScore]] = field(default_factory=dict)

    def scores(self, key: str, place: str = "") -> Mapping[int, AgencyScore] | None:
        """Score the agencies that owe something in a scope; None where scale or list was not on record."""
        if key not in self.scales or place not in self.measured.places:
            return None
        if (key, place) not in self._done:
            self._done[key, place] = {row.agency_id: row for row in self.scores_by(self.scales[key], place)}
        return self._done[key, place]

    def scores_by(self, scale: Scale, place: str = "") -> list[AgencyScore]:
        """Score the agencies of a scope by a scale, the best first, those without a place last; equal ones by names."""
        rows = []
        for agency in self.measured.agencies(place):
            ratios = {c.measure: self.measured.ratio(c.measure, place, agency) or NOTHING for c in scale.criteria}
            score = rules.score(scale, {key: ratio.rate for key, ratio in ratios.items()})
            called = self.names.get(agency, ("", ""))
            rows.append(AgencyScore(agency, *called, ratios, score, None, self.ended.get(agency)))
        if self.ranked:
            places = rules.ranks([row.score.percent if row.is_ranked else None for row in rows])
            rows = [replace(row, rank=rank) for row, rank in zip(rows, places, strict=True)]
        return sorted(rows, key=_order)


def _order(row: AgencyScore) -> tuple[bool, bool, Fraction, str]:
    score = row.score
    return score.percent is None, not row.is_ranked, -(score.percent or Fraction(0)), sort_key(row.name)


def scored(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Scored:
    """Read what the scores of a viewer's sight come from: one query for the duties, a few for the others."""
    found = measures.measured(viewer=viewer, as_of=as_of, known_at=known_at)
    return Scored(
        measured=found,
        scales=in_force(viewer=viewer, as_of=as_of, known_at=known_at),
        names=agencies.names(set(found.agencies()), as_of=as_of, known_at=known_at),
        ended=agencies.ended(viewer=viewer, as_of=as_of, known_at=known_at),
        ranked=viewer.sees_all,
    )


def in_force(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Scale]:
    """Give the scales of the viewer's office on a day: its own where it laid one down, else the program's.

    One that the office has ended is in force no more, also where the program ships it.
    """
    decisive: dict[str, ScaleVersion] = {}
    rows = known(ScaleVersion.objects.filter(office_id=viewer.office_id, effective_on__lte=as_of), known_at=known_at)
    for row in rows.order_by("-effective_on", "-recorded_at", "-id"):
        decisive.setdefault(row.key, row)
    own = [row for row in decisive.values() if row.holds_on(as_of)]
    shipped = {key: scale for key, scale in rules.shipped_on(as_of).items() if key not in decisive}
    return shipped | {laid.scale.key: laid.scale for laid in _laid(own, known_at=known_at)}


def chosen(wanted: str, found: Mapping[str, Scale], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> str:
    """Say by which scale is ranked: the one that is wanted, else the office's choice, else the first by name.

    `found` are the scales in force. "" where there is none, NoSuchScale where the wanted one is not among them.
    """
    if wanted:
        if wanted not in found:
            raise NoSuchScale(_("On this day no such scale is in force. Choose one on the scoreboard."))
        return wanted
    key = parameters.value(CHOICE, office_id=viewer.office_id, on=as_of, known_at=known_at)
    if isinstance(key, str) and key in found:
        return key
    return min(found, key=lambda each: sort_key(found[each].name), default="")


def histories(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ScaleHistory]:
    """List every scale of the viewer's office with all its versions that were known at an instant."""
    rows = recorded(ScaleVersion.objects.filter(office_id=viewer.office_id), known_at=known_at)
    found = list(rows.select_related("entry").order_by("-effective_on", "-recorded_at", "-id"))
    replaced = {row.replaces_id for row in found}
    ours: dict[str, list[Laid]] = {}
    stand = [row.pk for row in found if row.pk not in replaced]
    late = _late_entries(found, viewer=viewer, known_at=known_at)
    for row, laid in zip(found, _laid(found, known_at=known_at, standing=stand), strict=True):
        begun, ended = late[row.pk]
        ours.setdefault(laid.scale.key, []).append(replace(laid, late_entry=begun, late_end=ended))
    shipped: dict[str, list[Laid]] = {}
    for scale in sorted(rules.shipped(), key=lambda each: each.from_on, reverse=True):
        shipped.setdefault(scale.key, []).append(Laid(scale, is_own=False))
    keys = [*shipped, *sorted(ours.keys() - shipped.keys())]
    return [_history(key, (*ours.get(key, ()), *shipped.get(key, ())), as_of) for key in keys]


def _late_entries(
    rows: Sequence[ScaleVersion], *, viewer: Viewer, known_at: datetime | None
) -> dict[int, tuple[int, int]]:
    """Say by how many days each version was entered late, and its end; the end of a scale begins nothing anew."""
    if not rows:
        return {}
    asked: dict[str, Any] = {
        "rule": parameters.late_rule(viewer=viewer, known_at=known_at),
        "not_before": opened_on(viewer.office_id),
    }
    every = {row.pk: row for row in rows}
    found = {}
    for row in rows:
        before = every if row.until_on else {}
        begun = 0 if row.until_on == row.effective_on else began_late(row, before, "name", "sentence", **asked)
        found[row.pk] = (begun, ended_late(row, before, **asked))
    return found


def _history(key: str, found: tuple[Laid, ...], as_of: date) -> ScaleHistory:
    decisive = next((row for row in found if not row.is_replaced and row.scale.from_on <= as_of), None)
    holds = decisive is not None and (decisive.until is None or as_of < decisive.until)
    return ScaleHistory(key, decisive if holds else None, found)


def history(key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ScaleHistory:
    """Give one scale with its versions; refused where the office has none of this key."""
    found = {row.key: row for row in histories(viewer=viewer, as_of=as_of, known_at=known_at)}
    if key not in found:
        raise NoSuchScale(_("There is no such scale. Choose one from the page of definitions."))
    return found[key]


def standing(key: str, *, office_id: int) -> list[ScaleVersion]:
    """List an office's own versions of a scale that stand, the newest first, for the action that ends one."""
    rows = known(ScaleVersion.objects.filter(office_id=office_id, key=key), known_at=None)
    return list(rows.order_by("-effective_on", "-recorded_at", "-id"))


def keys(*, office_id: int) -> set[str]:
    """Give the keys of all scales that an office ever had, and the program's."""
    own = ScaleVersion.objects.filter(office_id=office_id).values_list("key", flat=True)
    return {row.key for row in rules.shipped()} | set(own)


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
                least_share=row.least_share,
            ),
            is_own=True,
            until=row.until_on,
            basis_id=row.basis_id,
            basis_words=row.basis_words,
            recorded_by=row.entry.actor_name if standing is not None else "",
            recorded_at=row.recorded_at,
            is_replaced=row.pk not in stand,
        )
        for row in rows
    ]
