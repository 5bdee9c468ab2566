"""Parameters: an office lays down its own value of a number of the rules, from a day on, and says on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import FIRST_YEAR
from dondoc.office.actions.laying import lay_over, tidy
from dondoc.office.models import OfficeParameter
from dondoc.office.queries import parameters, scales
from dondoc.rules.parameters import ParameterRefused, UnknownParameter, typed
from dondoc.rules.text import vi_date


class ValueRefused(Refused):
    """A parameter cannot be set like this; the message says which values it takes."""


@dataclass(frozen=True, slots=True)
class NewValue:
    """What an office lays down: the parameter, its value as it was typed, since when, and on what ground."""

    key: str
    text: str
    on: date
    source: str


def lay_down_parameter(new: NewValue, *, actor: Actor) -> OfficeParameter:
    """Lay down an office's own value of a parameter from a day on; a value of the same day is mended by it.

    What was worked out and stored before (last days of duties) stays as it was: a due day is not moved behind
    anybody's back.
    """
    require(actor, "administrator")
    if not new.source.strip():
        raise ValueRefused(_("Say on what ground: the decision or regulation of the office, with its number and day."))
    with writing(actor) as w:
        if new.on.year < FIRST_YEAR:
            raise ValueRefused(_("The register does not go back to %(day)s.") % {"day": vi_date(new.on)})
        try:
            value = typed(new.key, new.text, on=max(new.on, w.today))
        except UnknownParameter as refusal:
            raise parameters.NoSuchParameter(_("There is no such parameter. Choose one from the list.")) from refusal
        except ParameterRefused as refusal:
            raise ValueRefused(str(refusal)) from refusal
        if new.key == scales.CHOICE and value not in scales.in_force(viewer=actor.viewer, as_of=new.on, known_at=None):
            raise ValueRefused(_("On that day no such scale is in force. Choose one from the list."))
        row = lay_over(
            w,
            OfficeParameter,
            key=new.key,
            on=new.on,
            value=parameters.as_stored(value),
            source=tidy(new.source)[:300],
        )
        w.record("lay_down_parameter", [row])
        return row
