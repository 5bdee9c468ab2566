"""Indicators: laid down from the words of a clause, with a target for each period; corrected by further rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Direction, Indicator, Target
from dondoc.office.queries import clauses, indicators
from dondoc.rules.periods import period_words

LARGEST = Decimal(10) ** 18  # of the numbers that the table holds
PLACES = 4
LONGEST_NAME, LONGEST_UNIT = 300, 80


class IndicatorRefused(Refused):
    """An indicator or its target cannot be entered like this."""


@dataclass(frozen=True, slots=True)
class NewTarget:
    """What is to be reached in a period; `upper` is the other end where the aim is a range."""

    begins_on: date
    ends_on: date
    value: Decimal
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """An indicator to be entered: what is measured, in what, and which way is better."""

    name: str
    direction: str
    unit: str = ""


def add_indicator(
    clause_id: int, new: NewIndicator, targets: Sequence[NewTarget], *, on: date, actor: Actor
) -> Indicator:
    """Lay an indicator down with its targets, in the words of a clause; its targets hold from a day on."""
    require(actor, "administrator", "officer")
    name = " ".join(new.name.split())
    if not name:
        raise IndicatorRefused(_("The indicator has no name. Write what is measured."))
    for text, longest in ((name, LONGEST_NAME), (new.unit, LONGEST_UNIT)):
        if len(text) > longest:
            raise IndicatorRefused(_("“%(text)s…” is too long. Say it in fewer words.") % {"text": text[:60]})
    if new.direction not in Direction.values:
        raise IndicatorRefused(_("Choose whether more, less or a range is the aim."))
    if not targets:
        raise IndicatorRefused(_("The indicator has no target. Write at least one period and what is to be reached."))
    with writing(actor) as w:
        clause = clauses.row(clause_id, office_id=w.office.pk)
        _check_day(on, today=w.today)
        row = w.new(
            Indicator,
            office=w.office,
            document_id=clause.document_id,
            clause=clause,
            name=name,
            unit=new.unit.strip(),
            direction=new.direction,
            start=clause.start,
            end=clause.end,
        )
        periods = [(t.begins_on, t.ends_on) for t in targets]
        if len(set(periods)) < len(periods):
            raise IndicatorRefused(_("A period stands there twice. Keep one target for each period."))
        w.record("add_indicator", [row, *(_target(w, row, target, on=on) for target in targets)])
        return row


def set_target(indicator_id: int, new: NewTarget, *, on: date, actor: Actor) -> Target:
    """Set a target from a day on: for a further period, or a changed one for a period that has one already."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        _check_day(on, today=w.today)
        row = _target(w, indicators.indicator(indicator_id, office_id=w.office.pk), new, on=on)
        w.record("set_target", [row])
        return row


def correct_target(target_id: int, new: NewTarget, *, actor: Actor) -> Target:
    """Mend a target that was entered wrongly: the right one replaces it from the same day on."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        former = indicators.target(target_id, office_id=w.office.pk)
        row = _target(w, former.indicator, new, on=former.effective_on)
        row.replaces = former
        w.record("correct_target", [row])
        return row


def withdraw_target(target_id: int, *, actor: Actor) -> Target:
    """Take back a target that no document sets; an indicator without any target is not shown any more."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        former = indicators.target(target_id, office_id=w.office.pk)
        row = w.instead(former, until_on=former.effective_on)
        w.record("withdraw_target", [row])
        return row


def _check_day(on: date, *, today: date) -> None:
    if on > today:
        raise IndicatorRefused(_("That day has not come yet. A target holds from the day on which it was set."))


def _target(w: Writing, indicator: Indicator, new: NewTarget, *, on: date) -> Target:
    if new.ends_on < new.begins_on:
        raise IndicatorRefused(_("The period ends before it begins. Look at its days again."))
    ranged = indicator.direction == Direction.RANGE
    if ranged and (new.upper is None or new.upper < new.value):
        raise IndicatorRefused(
            _("The target for %(period)s is a range: write its lower end, then its upper end.")
            % {"period": period_words(new.begins_on, new.ends_on)}
        )
    if not ranged and new.upper is not None:
        raise IndicatorRefused(_("Only a range has an upper end. Leave it empty, or choose “within a range”."))
    for value in filter(None, (new.value, new.upper)):
        if abs(value) >= LARGEST or value != round(value, PLACES):
            raise IndicatorRefused(_("A target has at most four decimals and eighteen digits before them."))
    return w.new(
        Target,
        indicator=indicator,
        begins_on=new.begins_on,
        ends_on=new.ends_on,
        value=new.value,
        upper=new.upper,
        effective_on=on,
    )
