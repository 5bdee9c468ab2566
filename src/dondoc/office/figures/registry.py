"""The registry: every number that a person can see, with its sentence and the rows it counts.

A figure is declared once, here or in the module of its noun; a page, a chart, a report, the API and the command
line ask for it by key and arguments and never count for themselves (design: one number, one definition).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.figures.arguments import TYPES, Argument, Labels
from dondoc.rules.text import vi_number

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

    @property
    def written(self) -> str:
        """The number as papers write it; a gap is said to be one, and is never a nought."""
        return number_written(self.value)


def number_written(value: int | Decimal | None) -> str:
    """Write the value of a figure as Vietnamese papers do; None is "not recorded"."""
    return _("not recorded") if value is None else vi_number(value)


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
    `takes` names the arguments, `needs` those that must be given, `at_most` how many of them may be, and `among`
    what one of them can be, each value with the words by which people know it; `types` says of what type one is
    where `arguments.TYPES` does not. A `source` that `narrows` is told with `only` which arguments are asked for,
    where reading all of the office for one of them would take too long.

    A number is the count of its rows. `unit` is "%" where it is a percentage: `rows` lists what is counted then, and
    `whole` what it is counted out of. Where the number comes from its rows in another way, `sums` says how. Of a number
    that `tells` everything it was asked for stands beside it in words; of another one its sentence says the rest. Where
    it `cuts`, `rows` takes `size` too and gives the first so many: a page shows a few of very many.
    """

    key: str
    says: str
    takes: tuple[str, ...]
    source: Callable[..., Any]
    count: Callable[..., Counted]
    rows: Callable[..., list[Any]]
    every: Callable[[Any], list[Mapping[str, str]]]
    needs: tuple[str, ...] = ()
    at_most: int | None = None
    among: Mapping[str, Labels] = field(default_factory=dict)
    unit: str = ""
    narrows: bool = False
    types: Mapping[str, Argument] = field(default_factory=dict)
    whole: Callable[..., list[Any]] | None = None
    sums: Callable[[Sequence[Any]], int | Decimal | None] | None = None
    tells: bool = False
    cuts: bool = False

    @property
    def arguments(self) -> dict[str, Argument]:
        """What the number can be asked for, by name: each of its declared type."""
        return {name: self._argument(name) for name in self.takes}

    def _argument(self, name: str) -> Argument:
        found = self.types.get(name) or TYPES[name]
        if name not in self.among:
            return found
        return replace(found, kind="choice", choices=tuple(self.among[name]), labels=self.among[name])


@dataclass(frozen=True, slots=True)
class Opened:
    """A number opened: what it counts, and of a rate also what it is counted out of and does not count."""

    rows: tuple[Any, ...]
    rest: tuple[Any, ...] = ()


Request = tuple[str, Mapping[str, str]]
FIGURES: dict[str, Figure] = {}


class UnknownFigure(LookupError):
    """No figure of this key exists."""


class ArgumentsRefused(Refused):
    """A number cannot be worked out with these arguments."""


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


def check(key: str, arguments: Mapping[str, str]) -> Figure:
    """Find the definition of a number and make sure that it can be worked out with these arguments."""
    found = figure(key)
    missing = [name for name in found.needs if not arguments.get(name)]
    strange = [name for name in arguments if name not in found.takes]
    wrong = [
        argument.refusal(given)
        for name, argument in found.arguments.items()
        if (given := arguments.get(name)) and not argument.fits(given)
    ]
    if wrong:
        raise ArgumentsRefused(" ".join(wrong))
    strange_words = ", ".join(strange or sorted(arguments))
    if missing or strange or (found.at_most is not None and len(arguments) > found.at_most):
        raise ArgumentsRefused(
            _("The number “%(key)s” cannot be worked out like this: “%(names)s” is missing or is not understood.")
            % {"key": key, "names": ", ".join(_(found.arguments[name].says) for name in missing) or strange_words}
        )
    return found


def value(
    key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None, arguments: Mapping[str, str]
) -> FigureValue:
    """Work out one number as a viewer may see it on a day, as it was known at an instant (None: now)."""
    return values([(key, arguments)], viewer=viewer, as_of=as_of, known_at=known_at)[0]


def values(
    requests: Iterable[Request],
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    given: Mapping[Callable[..., Any], Any] = MappingProxyType({}),
) -> list[FigureValue]:
    """Work out many numbers of one day; what several of them count is read once.

    `given` is what a page has already read: by the source that reads it, with the same viewer, day and instant.
    """
    read: dict[Callable[..., Any], Any] = dict(given)
    found = []
    asked = [(key, arguments, check(key, arguments)) for key, arguments in requests]
    for key, arguments, definition in asked:
        source = definition.source
        if source not in read:
            only = [wanted for _key, wanted, other in asked if other.source is source]
            narrowed = {"only": only} if definition.narrows else {}
            read[source] = source(viewer=viewer, as_of=as_of, known_at=known_at, **narrowed)
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
    return check(key, arguments).rows(viewer=viewer, as_of=as_of, known_at=known_at, **arguments)


def opened(
    key: str,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    arguments: Mapping[str, str],
    size: int | None = None,
) -> Opened:
    """Open a number to its rows, and a rate also to the rest of the whole that it is counted out of.

    `size` is how many rows will do, where the number can give fewer than all.
    """
    definition = check(key, arguments)
    moment = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    counted = definition.rows(**moment, **arguments, **({"size": size} if size and definition.cuts else {}))
    if definition.whole is None:
        return Opened(tuple(counted))
    mine = {row.id for row in counted}
    rest = (row for row in definition.whole(**moment, **arguments) if row.id not in mine)
    return Opened(tuple(counted), tuple(rest))


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
