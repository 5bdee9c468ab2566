"""The six things that must be clear before work is given ("6 rõ").

Người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền: words and days are data (`data/clarity.toml`), what each asks
for is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from dondoc.rules.datafiles import read_data


@dataclass(frozen=True, slots=True)
class Given:
    """Work as it is about to be given: what, who leads it, whether it has a due day, its product, who gives it.

    `leads` are names as written; `classes` are those among them that name a whole class ("các sở, ngành"), `staged`
    those that each owe a named stage of the product and nothing else of it.
    """

    title: str
    leads: tuple[str, ...]
    classes: frozenset[str]
    has_due: bool
    product: str
    given_by: str
    staged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """One of the six: its key, its label, and what to say when it is missing. `sure` as in parameters."""

    key: str
    label: str
    missing: str
    source: str
    sure: bool


def _in_stages(given: Given) -> bool:
    """Say whether several lead, but one after the other: then each answers for its own stage."""
    return bool(given.leads) and set(given.leads) <= given.staged


_CLEAR: Mapping[str, Callable[[Given], bool]] = MappingProxyType(
    {
        "who": lambda given: bool(set(given.leads) - given.classes),
        "what": lambda given: bool(given.title.strip()),
        "when": lambda given: given.has_due,
        "answers": lambda given: len(set(given.leads)) == 1 or _in_stages(given),
        "product": lambda given: bool(given.product.strip()),
        "authority": lambda given: bool(given.given_by.strip()),
    }
)


@cache
def points(*, on: date) -> tuple[Point, ...]:
    """List the six as they are called on a day, in their usual order."""
    found: dict[str, tuple[date, Point]] = {}
    for row in read_data("clarity")["clear"]:
        if row["from"] <= on and (row["key"] not in found or found[row["key"]][0] <= row["from"]):
            point = Point(row["key"], row["label"], row["missing"], row["source"], row.get("sure", True))
            found[row["key"]] = (row["from"], point)
    return tuple(point for _from, point in found.values())


def unclear(given: Given, *, on: date) -> tuple[Point, ...]:
    """Say which of the six are missing, in their usual order; nothing where all are clear."""
    return tuple(point for point in points(on=on) if not _CLEAR[point.key](given))
