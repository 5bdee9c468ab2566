"""Measures: an office lays down, from a day on, how a rate is worked out, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import FIRST_YEAR
from dondoc.office.models import Measure
from dondoc.office.queries import measures
from dondoc.rules import measures as rules
from dondoc.rules.text import vi_date


class LayingRefused(Refused):
    """A measure cannot be laid down like this; the message says what to change."""


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """What an office lays down: what the rate counts and out of what, in which words, since when, by which basis.

    `counts` and `out_of` as in `rules.measures`; `basis_id` a document of the register, or `basis_words` another.
    """

    key: str
    name: str
    sentence: str
    counts: frozenset[str]
    out_of: frozenset[str]
    on: date
    only_due: bool = False
    basis_id: int | None = None
    basis_words: str = ""


def as_rule(new: NewMeasure) -> rules.Measure:
    """Give what is to be laid down as the rules count it; refused where it does not hold together."""
    measure = rules.Measure(
        new.key, _tidy(new.name), _tidy(new.sentence), new.counts, new.out_of, new.only_due, from_on=new.on
    )
    try:
        rules.check(measure)
    except rules.MeasureRefused as refusal:
        raise LayingRefused(str(refusal)) from refusal
    return measure


def lay_down_measure(new: NewMeasure, *, actor: Actor) -> Measure:
    """Lay down how a rate is worked out from a day on; a version that begins on the same day is mended by it.

    Days before keep the version that they had.
    """
    require(actor, "administrator", "officer")
    measure = as_rule(new)
    words = _tidy(new.basis_words)
    if new.basis_id is None and not words:
        raise LayingRefused(_("Say on what ground: choose a document of the register, or write the basis in words."))
    first = min((row.from_on for row in rules.shipped() if row.key == new.key), default=date(FIRST_YEAR, 1, 1))
    if new.on < first:
        raise LayingRefused(
            _("The first version of this rate begins on %(day)s. Choose that day or a later one.")
            % {"day": vi_date(first)}
        )
    with writing(actor) as w:
        row = w.new(
            Measure,
            office=w.office,
            key=measure.key,
            name=measure.name[:200],
            sentence=measure.sentence,
            counts=sorted(measure.counts),
            out_of=sorted(measure.out_of),
            only_due=measure.only_due,
            basis_id=new.basis_id,
            basis_words=words[:300],
            effective_on=new.on,
            replaces=measures.standing_on(new.key, office_id=w.office.pk, on=new.on),
        )
        w.record("lay_down_measure", [row])
        return row


def _tidy(text: str) -> str:
    return " ".join(text.split())
