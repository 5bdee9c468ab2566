"""What a number was asked for, in words: the name of the agency, the title of the list, the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.figures.registry import figure
from dondoc.office.queries import agencies, documents, duties, measures, programmes, progress, scales
from dondoc.rules.text import vi_date

Moment = Mapping[str, Any]
# What is said in words by the sentence of the number already.
IN_THE_SENTENCE = frozenset({"before", "after", "cause", "group", "outcome", "state_class", "verdict", "which"})


def said(
    key: str, arguments: Mapping[str, str], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[tuple[str, str]]:
    """Say what a number was asked for as pairs of a name and words, in the order of its definition.

    A record that is not in the viewer's sight keeps its number: its name is not told.
    """
    moment = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    found = []
    for name, argument in figure(key).arguments.items():
        if (given := arguments.get(name)) and name not in IN_THE_SENTENCE:
            found.append((_(argument.says), _words(name, argument.kind, given, moment)))
    return found


def _words(name: str, kind: str, given: str, moment: Moment) -> str:
    if kind == "day":
        return vi_date(date.fromisoformat(given))
    if kind == "instant":
        return f"{datetime.fromisoformat(given).astimezone(get_default_timezone()):%H:%M %d/%m/%Y}"
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


NAMED: dict[str, Callable[[str, Moment], str]] = {
    "agency": _agency,
    "document": _document,
    "duty": _duty,
    "measure": _measure,
    "period": _period,
    "programme": _programme,
    "resolution": _resolution,
    "scale": _scale,
}
