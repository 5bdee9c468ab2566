"""A wish as parameters of an address and as arguments of a number: written, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from dondoc.office.queries.wishes.wish import EMPTY, Wish

NUMBERS = ("resolution", "document", "agency", "person")
# Of these several values can be asked for at once: a task fits by any of them.
SEVERAL = tuple(field.name for field in fields(Wish) if field.default == ())
DAYS = ("due_from", "due_to", "assigned_from", "assigned_to")
PARAMETERS = {field.name: "q" if field.name == "words" else field.name for field in fields(Wish)}


def written(wish: Wish) -> dict[str, str]:
    """Write a wish: each thing asked for under its name, several values with commas between them."""
    found = {}
    for name, parameter in PARAMETERS.items():
        value = getattr(wish, name)
        if isinstance(value, tuple):
            value = ",".join(map(str, value))
        if value not in EMPTY:
            found[parameter] = value.isoformat() if isinstance(value, date) else str(value)
    return found


def wish_of(given: Mapping[str, str]) -> Wish:
    """Read back what `written` wrote; what stands there must be of the right type."""
    found: dict[str, Any] = {}
    for name, parameter in PARAMETERS.items():
        if text := given.get(parameter, ""):
            values = tuple(_read(name, part) for part in text.split(",")) if name in SEVERAL else (_read(name, text),)
            found[name] = values if name in SEVERAL else values[0]
    return Wish(**found)


def _read(name: str, text: str) -> int | date | str:
    if name in NUMBERS:
        return int(text)
    return date.fromisoformat(text) if name in DAYS else text
