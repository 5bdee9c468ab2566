"""Indicators with what each is to reach: a target holds from the day that it was set, and the latest one decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Direction, Indicator, Target
from dondoc.office.models.facts import known, latest, recorded
from dondoc.office.queries import parameters
from dondoc.office.queries.happenings.lateness import began_late, came_in, formers
from dondoc.rules.lateness import LateRule
from dondoc.rules.periods import period_words

SAYS = ("begins_on", "ends_on", "value", "upper")


class NoSuchIndicator(Refused):
    """The indicator does not exist in this office, or its target was corrected meanwhile."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What an indicator is to reach in one period, since which day, entered by how many days late (`late_entry`)."""

    id: int
    begins_on: date
    ends_on: date
    value: Decimal
    upper: Decimal | None
    effective_on: date
    late_entry: int

    @property
    def period(self) -> str:
        """The period as it is written and typed."""
        return period_words(self.begins_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator with its targets of a day, by period."""

    id: int
    document_id: int
    clause_id: int | None
    name: str
    unit: str
    direction: str
    direction_label: str
    start: int | None
    end: int | None
    targets: tuple[TargetRow, ...]


def of_documents(
    document_ids: Collection[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[IndicatorRow]:
    """List the indicators that some documents in the viewer's sight set, those that have a target on a day."""
    rows = Indicator.objects.filter(document_id__in=document_ids, office_id=viewer.office_id)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return _rows(rows, rule, as_of=as_of, known_at=known_at)


def _rows(rows: QuerySet[Indicator], rule: LateRule, *, as_of: date, known_at: datetime | None) -> list[IndicatorRow]:
    rows = rows.annotate(came_in=came_in("document", known_at=known_at))
    found: list[Any] = list(recorded(rows, known_at=known_at).order_by("id"))
    set_by: dict[int, dict[tuple[date, date], Target]] = {}
    for target in latest(Target.objects.filter(indicator__in=found), as_of=as_of, known_at=known_at):
        set_by.setdefault(target.indicator_id, {}).setdefault((target.begins_on, target.ends_on), target)
    before = formers(target for targets in set_by.values() for target in targets.values())
    return [_row(row, set_by[row.pk], before, rule) for row in found if row.pk in set_by]


def _row(
    row: Any, targets: dict[tuple[date, date], Target], before: Mapping[int, Target], rule: LateRule
) -> IndicatorRow:
    """Make a row of an indicator of which the day is known on which its document came in (`came_in`)."""
    return IndicatorRow(
        id=row.pk,
        document_id=row.document_id,
        clause_id=row.clause_id,
        name=row.name,
        unit=row.unit,
        direction=row.direction,
        direction_label=str(Direction(row.direction).label),
        start=row.start,
        end=row.end,
        targets=tuple(
            TargetRow(
                t.pk,
                t.begins_on,
                t.ends_on,
                t.value,
                t.upper,
                t.effective_on,
                began_late(t, before, *SAYS, rule=rule, not_before=row.came_in),
            )
            for _period, t in sorted(targets.items())
        ),
    )


def indicator(indicator_id: int, *, office_id: int) -> Indicator:
    """Give an indicator of an office, for the action that sets a target for it."""
    found = Indicator.objects.filter(pk=indicator_id, office_id=office_id).first()
    if found is None:
        raise NoSuchIndicator(_("There is no such indicator in this office."))
    return found


def target(target_id: int, *, office_id: int) -> Target:
    """Give a target of an office that stands: nothing has replaced it."""
    rows = known(Target.objects.filter(pk=target_id, indicator__office_id=office_id), known_at=None)
    found = rows.select_related("indicator").first()
    if found is None:
        raise NoSuchIndicator(_("There is no such target, or it was corrected meanwhile. Load the page again."))
    return found
