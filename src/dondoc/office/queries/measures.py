"""Measures in force on a day, and what they count of the whole office, of lists, resolutions and agencies.

What a measure counts is defined in `rules.measures`; the SQL here only counts how duties stand (same cases).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Measure as MeasureRow
from dondoc.office.models.facts import known, latest, recorded
from dondoc.office.models.history import opened_on
from dondoc.office.queries import documents, duties, parameters, standing
from dondoc.office.queries.duties import IN_SCOPE, OF_AGENCY, DutyRow
from dondoc.office.queries.happenings.lateness import began_late
from dondoc.office.queries.standing import duties_standing
from dondoc.rules import measures as rules
from dondoc.rules.measures import Measure, Ratio

Cells = Mapping[tuple[str, bool], int]


class NoSuchMeasure(Refused):
    """No measure of this key was ever laid down in the office."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A version of a measure: laid down by the office, or shipped with the program; who recorded it, and when.

    `basis_id` is a document of the register; `measure.source` holds its title, or the words of another basis.
    `late_entry` says by how many days it was entered late.
    """

    measure: Measure
    is_own: bool
    basis_id: int | None = None
    basis_words: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    is_replaced: bool = False
    late_entry: int = 0


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """A measure on a day: the version that holds (None: none yet), and every version, the newest first."""

    key: str
    holds: Laid | None
    versions: tuple[Laid, ...]

    @property
    def shown(self) -> Laid:
        """The version to show: the one that holds, or else the first that will."""
        return self.holds or self.versions[-1]


@dataclass(frozen=True, slots=True)
class Measured:
    """How the duties in sight stand, by scope and agency, and the measures by which they are counted on the day.

    `places` holds for each scope ("", a list "programme:key", "resolution:7") the cells of each agency; a scope that
    was on record without a duty stands there empty.
    """

    measures: Mapping[str, Measure]
    places: Mapping[str, Mapping[int, Cells]]

    def ratio(self, key: str, place: str = "", agency: int | None = None) -> Ratio | None:
        """Count by a measure; None where the measure was not in force or the list was not on record."""
        measure, cells = self.measures.get(key), self.places.get(place)
        if measure is None or cells is None:
            return None
        if agency is not None:
            return rules.ratio(measure, cells.get(agency, {}))
        return rules.together(rules.ratio(measure, each) for each in cells.values())

    def agencies(self, place: str = "") -> list[int]:
        """List the agencies that owe something in a scope."""
        return sorted(self.places.get(place, {}))


def in_force(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Measure]:
    """Give the measures of the viewer's office on a day: its own where it laid one down, else the program's."""
    found = rules.shipped_on(as_of)
    own: dict[str, Measure] = {}
    rows = MeasureRow.objects.filter(office_id=viewer.office_id)
    for row in latest(rows, as_of=as_of, known_at=known_at):
        own.setdefault(row.key, _measure(row))
    return found | own


# Of each duty also whether its due day has come: some measures count only those.
_MEASURED = duties.tally("s.due_on <= %(as_of)s", by_bearer=True)


def measured(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Measured:
    """Count how the duties in a viewer's sight stand, by list, resolution and agency, in one query."""
    rows = standing.ask(_MEASURED, viewer=viewer, as_of=as_of, known_at=known_at)
    places: dict[str, dict[int, dict[tuple[str, bool], int]]] = {"": {}}
    for scope, key, agency, bucket, n, come in rows:
        cells = places.setdefault("" if scope == "agency" else f"{scope}:{key}", {})
        if bucket:
            cells.setdefault(agency, {}).update({(bucket, True): come, (bucket, False): n - come})
    return Measured(in_force(viewer=viewer, as_of=as_of, known_at=known_at), places)


def listed(
    measure: Measure,
    which: str,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    programme: str | None = None,
    resolution: str | None = None,
    agency: str | None = None,
) -> list[DutyRow]:
    """List the duties that a measure counts (`which` "counted"), or among which it counts ("out_of")."""
    found = duties_standing(
        f"""
        visible and bucket = any(%(buckets)s) and (not %(only_due)s or due_on <= %(as_of)s)
        and {IN_SCOPE} and {OF_AGENCY}
        order by due_on nulls last, id
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        buckets=sorted(measure.counts if which == "counted" else measure.out_of),
        only_due=measure.only_due,
        programme=programme,
        resolution=resolution,
        agency=agency,
    )
    return duties.rows_of(found, as_of=as_of, known_at=known_at)


def histories(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[MeasureHistory]:
    """List every measure of the viewer's office with all its versions that were known at an instant."""
    rows = MeasureRow.objects.filter(office_id=viewer.office_id)
    stand = set(known(rows, known_at=known_at).values_list("pk", flat=True))
    own = list(
        recorded(rows, known_at=known_at).select_related("entry").order_by("-effective_on", "-recorded_at", "-id")
    )
    titles = documents.short_titles({row.basis_id for row in own if row.basis_id}, known_at=known_at)
    late = _late_entries(own, viewer=viewer, known_at=known_at)
    ours: dict[str, list[Laid]] = {}
    for row in own:
        laid = _laid(row, titles, is_replaced=row.pk not in stand)
        ours.setdefault(row.key, []).append(replace(laid, late_entry=late[row.pk]))
    shipped: dict[str, list[Laid]] = {}
    for measure in sorted(rules.shipped(), key=lambda each: each.from_on, reverse=True):
        shipped.setdefault(measure.key, []).append(Laid(measure, is_own=False))
    order = [*dict.fromkeys(row.key for row in rules.shipped()), *sorted(ours.keys() - shipped.keys())]
    return [_history(key, ours.get(key, []), shipped.get(key, []), as_of) for key in order]


def _late_entries(rows: list[MeasureRow], *, viewer: Viewer, known_at: datetime | None) -> dict[int, int]:
    if not rows:
        return {}
    rule, opened = parameters.late_rule(viewer=viewer, known_at=known_at), opened_on(viewer.office_id)
    before, said = {row.pk: row for row in rows}, ("name", "sentence", "counts", "out_of", "only_due")
    return {row.pk: began_late(row, before, *said, rule=rule, not_before=opened) for row in rows}


def _history(key: str, own: list[Laid], shipped: list[Laid], as_of: date) -> MeasureHistory:
    holding = [row for row in (*own, *shipped) if not row.is_replaced and row.measure.from_on <= as_of]
    return MeasureHistory(key, holding[0] if holding else None, (*own, *shipped))


def history(key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> MeasureHistory:
    """Give one measure with its versions; refused where the office has none of this key."""
    found = {row.key: row for row in histories(viewer=viewer, as_of=as_of, known_at=known_at)}
    if key not in found:
        raise NoSuchMeasure(_("There is no such measure. Choose one from the page of definitions."))
    return found[key]


def keys(*, office_id: int) -> set[str]:
    """Give the keys of all measures that an office ever had, and the program's."""
    own = MeasureRow.objects.filter(office_id=office_id).values_list("key", flat=True)
    return {row.key for row in rules.shipped()} | set(own)


def _laid(row: MeasureRow, titles: Mapping[int, str], *, is_replaced: bool) -> Laid:
    source = titles.get(row.basis_id, "") if row.basis_id else row.basis_words
    return Laid(
        measure=_measure(row, source),
        is_own=True,
        basis_id=row.basis_id,
        basis_words=row.basis_words,
        recorded_by=row.entry.actor_name,
        recorded_at=row.recorded_at,
        is_replaced=is_replaced,
    )


def _measure(row: MeasureRow, source: str = "") -> Measure:
    return Measure(
        key=row.key,
        name=row.name,
        sentence=row.sentence,
        counts=frozenset(row.counts),
        out_of=frozenset(row.out_of),
        only_due=row.only_due,
        from_on=row.effective_on,
        source=source,
    )
