"""The registry: every number that a person can see, with its sentence and the rows it counts.

A figure is declared once, here or in the module of its noun; a page, a chart, a report, the API and the command
line ask for it by key and arguments and never count for themselves (design: one number, one definition).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from dondoc.office.access import Viewer

Arguments = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One number as it was worked out for a day, with the sentence that says what it counts.

    `value` is None where nothing was recorded for that day, or nothing was known yet: "not recorded", never 0.
    """

    key: str
    arguments: Arguments
    value: int | Decimal | None
    label: str
    sentence: str
    as_of: date
    known_at: datetime | None
    definition: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure's count gives back: the number, its short label, its sentence, the definition it used."""

    value: int | Decimal | None
    label: str
    sentence: str
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number's one definition: its key, what it says, how it is counted, and the rows behind it.

    `source` reads what is to be counted, once for all figures that share it; `count` takes one number out of it;
    `every` lists the argument sets that exist in it; `rows` lists what the number counts. `source` and `rows` take
    the keywords viewer, as_of, known_at; `count` takes as_of; all take the figure's own arguments as strings.
    """

    key: str
    says: str
    takes: tuple[str, ...]
    source: Callable[..., Any]
    count: Callable[..., Counted]
    rows: Callable[..., list[Any]]
    every: Callable[[Any], list[Mapping[str, str]]]


Request = tuple[str, Mapping[str, str]]
FIGURES: dict[str, Figure] = {}


class UnknownFigure(LookupError):
    """No figure of this key exists."""


def register(figure: Figure) -> Figure:
    """Enter a figure into the registry; a key stands for one definition only."""
    if figure.key in FIGURES:
        raise ValueError(f"figure {figure.key} is defined twice")
    FIGURES[figure.key] = figure
    return figure


def figure(key: str) -> Figure:
    """Find the definition of a number by its key."""
    try:
        return FIGURES[key]
    except KeyError:
        raise UnknownFigure(key) from None


def value(
    key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None, arguments: Mapping[str, str]
) -> FigureValue:
    """Work out one number as a viewer may see it on a day, as it was known at an instant (None: now)."""
    return values([(key, arguments)], viewer=viewer, as_of=as_of, known_at=known_at)[0]


def values(requests: Iterable[Request], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[FigureValue]:
    """Work out many numbers of one day; what several of them count is read once."""
    read: dict[Callable[..., Any], Any] = {}
    found = []
    for key, arguments in requests:
        definition = figure(key)
        if definition.source not in read:
            read[definition.source] = definition.source(viewer=viewer, as_of=as_of, known_at=known_at)
        counted = definition.count(read[definition.source], as_of=as_of, **arguments)
        found.append(
            FigureValue(
                key=key,
                arguments=tuple(sorted(arguments.items())),
                value=counted.value,
                label=counted.label,
                sentence=counted.sentence,
                as_of=as_of,
                known_at=known_at,
                definition=counted.definition,
                url=address(key, as_of=as_of, known_at=known_at, arguments=arguments),
            )
        )
    return found


def rows(
    key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None, arguments: Mapping[str, str]
) -> list[Any]:
    """List the rows that a number counts, one row for each unit of it."""
    return figure(key).rows(viewer=viewer, as_of=as_of, known_at=known_at, **arguments)


def every(*, viewer: Viewer, as_of: date, known_at: datetime | None, keys: tuple[str, ...] = ()) -> list[Request]:
    """List every number in a viewer's sight on a day as pairs of key and arguments, in the registry's order."""
    read: dict[Callable[..., Any], Any] = {}
    found: list[Request] = []
    for key in keys or tuple(FIGURES):
        definition = figure(key)
        if definition.source not in read:
            read[definition.source] = definition.source(viewer=viewer, as_of=as_of, known_at=known_at)
        found += [(key, arguments) for arguments in definition.every(read[definition.source])]
    return found


def address(key: str, *, as_of: date, known_at: datetime | None, arguments: Mapping[str, str]) -> str:
    """Give the page address at which a number opens to its rows."""
    query = {**arguments, "as_of": as_of.isoformat()}
    if known_at is not None:
        query["known_at"] = known_at.isoformat()
    return f"/figures/{key}?{urlencode(sorted(query.items()))}"
