"""What a number was asked for, in words: the name of the agency, the title of the list, the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.figures.arguments import Argument
from dondoc.office.figures.pictures import days_words
from dondoc.office.figures.registry import figure
from dondoc.office.queries import (
    agencies,
    deliveries,
    documents,
    duties,
    measures,
    programmes,
    progress,
    scales,
    tasks,
    wishes,
)
from dondoc.rules.ageing import BandRefused, band_of
from dondoc.rules.obstacles import causes
from dondoc.rules.text import vi_date
from dondoc.rules.urges import kind_label

Moment = Mapping[str, Any]
# What the sentence of the number says already, where the number does not tell all that it was asked for.
IN_THE_SENTENCE = frozenset({"before", "after", "cause", "group", "outcome", "state_class", "verdict", "which"})


def said(
    key: str, arguments: Mapping[str, str], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[tuple[str, str]]:
    """Say what a number was asked for as pairs of a name and words, in the order of its definition.

    A record that is not in the viewer's sight keeps its number: its name is not told.
    """
    moment = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    definition = figure(key)
    found = []
    for name, argument in definition.arguments.items():
        if (given := arguments.get(name)) and (definition.tells or name not in IN_THE_SENTENCE):
            words = [_words(name, argument, part, moment) for part in argument.parts(given)]
            found.append((_(argument.says), "; ".join(words)))
    return found


def _words(name: str, argument: Argument, given: str, moment: Moment) -> str:
    if argument.kind == "day":
        return vi_date(date.fromisoformat(given))
    if argument.kind == "instant":
        return f"{datetime.fromisoformat(given).astimezone(get_default_timezone()):%H:%M %d/%m/%Y}"
    if argument.kind == "choice":
        return argument.label(given)
    try:
        return NAMED[name](given, moment) if name in NAMED else given
    except Refused:
        return given


def _agency(given: str, moment: Moment) -> str:
    return {str(row.id): row.name for row in agencies.agencies(**moment)}.get(given, given)


def _programme(given: str, moment: Moment) -> str:
    return {row.key: row.title for row in programmes.programmes(**moment)}.get(given, given)


def _resolution(given: str, moment: Moment) -> str:
    return dict(documents.resolutions(**moment)).get(int(given), given)


def _document(given: str, moment: Moment) -> str:
    if given == NO_DOCUMENT:
        return _("none")
    seen = documents.visible(**moment).filter(pk=int(given)).values_list("pk", flat=True)
    return documents.short_titles(list(seen), known_at=moment["known_at"]).get(int(given), given)


def _period(given: str, moment: Moment) -> str:
    return progress.period(int(given), **moment).name


def _duty(given: str, moment: Moment) -> str:
    return duties.duty(int(given), **moment).title


def _measure(given: str, moment: Moment) -> str:
    found = measures.in_force(**moment).get(given)
    return found.name if found else given


def _scale(given: str, moment: Moment) -> str:
    found = scales.in_force(**moment).get(given)
    return found.name if found else given


def _task(given: str, moment: Moment) -> str:
    return tasks.task(int(given), **moment).row.title


def _state(given: str, moment: Moment) -> str:
    return dict(wishes.states(**moment)).get(given, given)


def _person(given: str, moment: Moment) -> str:
    return dict(wishes.persons(**moment)).get(given, given)


def _kind(given: str, moment: Moment) -> str:
    """Name a kind of urging; kinds of documents stand in the words of the documents."""
    return kind_label(given, on=moment["as_of"])


def _cause(given: str, moment: Moment) -> str:
    return {cause.key: cause.label for cause in causes(on=moment["as_of"])}.get(given, given)


def _late_days(given: str, moment: Moment) -> str:
    try:
        band = band_of(given)
    except BandRefused:
        return given
    return days_words(band.first, band.last)


def _delivery(given: str, moment: Moment) -> str:
    row = deliveries.delivery(int(given), **moment)
    return f"{row.at.astimezone(get_default_timezone()):%H:%M %d/%m/%Y}, {row.by}"


NAMED: dict[str, Callable[[str, Moment], str]] = {
    "agencies_but": _agency,
    "agency": _agency,
    "cause": _cause,
    "delivery": _delivery,
    "document": _document,
    "duty": _duty,
    "in_state": _state,
    "kind": _kind,
    "late_days": _late_days,
    "measure": _measure,
    "period": _period,
    "person": _person,
    "programme": _programme,
    "resolution": _resolution,
    "scale": _scale,
    "state": _state,
    "task": _task,
    "whence": _document,
    "whence_but": _document,
}
NO_DOCUMENT = "0"  # work that comes from the words of no document
