"""Scales: an office lays down, from a day on, how agencies are ranked, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, Viewer, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.laying import check_first_day, ground, lay_over, tidy
from dondoc.office.models import Scale, ScaleBand, ScaleCriterion
from dondoc.office.queries import measures, scales
from dondoc.rules import scales as rules
from dondoc.rules.rates import rounded
from dondoc.rules.scales import Band, Criterion
from dondoc.rules.text import vi_date


class ScaleNotLaid(Refused):
    """A scale cannot be laid down like this; the message says which interval or which criterion, and what to change."""


@dataclass(frozen=True, slots=True)
class NewScale:
    """What an office lays down: criteria with their bands and grades, since when, by which basis.

    `basis_id` a document of the register, or `basis_words` another. `least_share` as in the rules.
    """

    key: str
    name: str
    sentence: str
    criteria: tuple[Criterion, ...]
    grades: tuple[Band, ...]
    on: date
    basis_id: int | None = None
    basis_words: str = ""
    least_share: Decimal = Decimal(0)


def as_rule(new: NewScale, *, office_id: int) -> rules.Scale:
    """Give what is to be laid down as the rules score by it; refused where it does not hold together.

    Numbers are rounded to the two decimals with which they are kept, before they are checked.
    """
    criteria = tuple(Criterion(c.measure, rounded(c.points, 2), _bands(c.bands)) for c in new.criteria)
    grades = tuple(replace(band, points=None, per_value=None) for band in _bands(new.grades))
    scale = rules.Scale(
        new.key,
        tidy(new.name),
        tidy(new.sentence),
        criteria,
        grades,
        from_on=new.on,
        source=tidy(new.basis_words),
        least_share=rounded(new.least_share, 2),
    )
    try:
        rules.check(scale, measures=measures.keys(office_id=office_id))
    except rules.ScaleRefused as refusal:
        raise ScaleNotLaid(str(refusal)) from refusal
    return scale


def lay_down_scale(new: NewScale, *, actor: Actor) -> Scale:
    """Lay down how agencies are ranked from a day on; a version that begins on the same day is mended by it.

    Days before keep the version that they had. An office may have several scales, each with a name of its own.
    """
    require(actor, "administrator", "officer")
    scale = as_rule(new, office_id=actor.office_id)
    words = ground(new.basis_id, new.basis_words, refusal=ScaleNotLaid)
    check_first_day(new.on, (row.from_on for row in rules.shipped() if row.key == new.key), refusal=ScaleNotLaid)
    _check_name(scale, viewer=actor.viewer)
    with writing(actor) as w:
        row = lay_over(
            w,
            Scale,
            key=scale.key,
            on=new.on,
            name=scale.name[:200],
            sentence=scale.sentence,
            basis_id=new.basis_id,
            basis_words=words[:300],
            least_share=scale.least_share,
        )
        w.record("lay_down_scale", [row, *_parts(w, row, scale)])
        return row


def _check_name(scale: rules.Scale, *, viewer: Viewer) -> None:
    others = scales.in_force(viewer=viewer, as_of=scale.from_on, known_at=None)
    if any(key != scale.key and other.name.casefold() == scale.name.casefold() for key, other in others.items()):
        raise ScaleNotLaid(
            _("Another scale is called “%(name)s” already. Give this one a name of its own.") % {"name": scale.name}
        )


def end_scale(key: str, on: date, *, actor: Actor) -> Scale:
    """End a scale: from a day on agencies are not ranked by it any more; what was ranked before stays as it was.

    A scale of the program is ended for this office alone. Refused: one that is not in force on that day, and a day
    before which a later version begins.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        scale = scales.in_force(viewer=actor.viewer, as_of=on, known_at=None).get(key)
        if scale is None:
            raise ScaleNotLaid(_("This scale is not in force on that day: there is nothing to end."))
        own = scales.standing(key, office_id=w.office.pk)
        if later := [row for row in own if row.effective_on > on]:
            raise ScaleNotLaid(
                _("Another version of this scale begins on %(day)s. Choose that day or a later one.")
                % {"day": vi_date(later[-1].effective_on)}
            )
        if own:
            row = w.instead(own[0], until_on=on)
        else:  # the program's: a version of the office that ends on the day on which it begins
            about = {"name": scale.name, "sentence": scale.sentence, "basis_words": scale.source[:300]}
            row = lay_over(w, Scale, key=key, on=on, until_on=on, least_share=scale.least_share, **about)
        w.record("end_scale", [row, *_parts(w, row, scale)])
        return row


def _parts(w: Writing, row: Scale, scale: rules.Scale) -> list[ScaleCriterion | ScaleBand]:
    """Make the criteria, bands and grades of a version."""
    parts: list[ScaleCriterion | ScaleBand] = []
    for order, criterion in enumerate(scale.criteria):
        made = w.new(ScaleCriterion, scale=row, order=order, measure=criterion.measure, points=criterion.points)
        parts += [made, *(_band(w, row, band, made) for band in criterion.bands)]
    return [*parts, *(_band(w, row, band, None) for band in scale.grades)]


def _band(w: Writing, scale: Scale, band: Band, criterion: ScaleCriterion | None) -> ScaleBand:
    return w.new(
        ScaleBand,
        scale=scale,
        criterion=criterion,
        from_value=band.from_value,
        below=band.below,
        points=band.points,
        per_value=band.per_value,
        label=band.label.strip()[:200],
    )


def _bands(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    kept = (
        replace(
            band,
            from_value=rounded(band.from_value, 2),
            below=_number(band.below),
            points=_number(band.points),
            per_value=_number(band.per_value),
        )
        for band in bands
    )
    return tuple(sorted(kept, key=lambda band: band.from_value))


def _number(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, 2)
