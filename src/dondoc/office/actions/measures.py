"""Measures: an office lays down, from a day on, how a rate is worked out, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.laying import check_first_day, ground, lay_over, tidy
from dondoc.office.models import Measure
from dondoc.rules import measures as rules


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
        new.key, tidy(new.name), tidy(new.sentence), new.counts, new.out_of, new.only_due, from_on=new.on
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
    words = ground(new.basis_id, new.basis_words, refusal=LayingRefused)
    check_first_day(new.on, (row.from_on for row in rules.shipped() if row.key == new.key), refusal=LayingRefused)
    with writing(actor) as w:
        row = lay_over(
            w,
            Measure,
            key=measure.key,
            on=new.on,
            name=measure.name[:200],
            sentence=measure.sentence,
            counts=sorted(measure.counts),
            out_of=sorted(measure.out_of),
            only_due=measure.only_due,
            basis_id=new.basis_id,
            basis_words=words[:300],
        )
        w.record("lay_down_measure", [row])
        return row
