"""From one number to another: what lies between the counts of two days, in lines that add up exactly.

A list is looked at twice: as of one day with what was known at one instant, and as of another day and instant. Between
the two stand four pictures of the same list, and each line says why an item stands elsewhere in the next picture:

1. what was shown first;
2. the same day, with what was known later of the work, still counted as it was first: lines "recorded_later";
3. the later day, still counted as it was first: what really happened;
4. the later day by its own definition: lines "redefined", also where the new definition itself was recorded later.

Since each line is the difference of two neighbouring pictures, nothing can be left over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Cause = Literal["recorded_later", "began", "split", "merged", "left", "moved", "handed_over", "redefined"]

ORDER: tuple[Cause, ...] = (
    "recorded_later",
    "moved",
    "began",
    "split",
    "merged",
    "left",
    "handed_over",
    "redefined",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in a picture: the group that counts it, and who bears it."""

    group: str
    bearer: int = 0


Picture = Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class Line:
    """Why so many items count elsewhere: from which group (None: from outside the list) to which (None: off it)."""

    cause: Cause
    from_group: str | None
    to_group: str | None
    items: tuple[int, ...]

    def changes(self, group: str) -> int:
        """By how much the line changes the count of a group."""
        return len(self.items) * ((self.to_group == group) - (self.from_group == group))

    @property
    def changes_all(self) -> int:
        """By how much the line changes the count of the whole list."""
        return len(self.items) * ((self.to_group is not None) - (self.from_group is not None))


@dataclass(frozen=True, slots=True)
class Lineage:
    """How items came from one another between the two days: those that were split or merged, and what came of it.

    `handed` names those that passed from one bearer to another: on the list of a bearer they come or go by that.
    """

    split: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    handed: frozenset[int] = frozenset()


def bridge(
    first: Picture, first_known_later: Picture, later_by_first: Picture, later: Picture, lineage: Lineage
) -> tuple[Line, ...]:
    """List what lies between two counts of a list, in the order of `ORDER`, then by group."""
    found: dict[tuple[Cause, str | None, str | None], list[int]] = {}
    for item in sorted({*first, *first_known_later, *later_by_first, *later}):
        a, b, c, d = first.get(item), first_known_later.get(item), later_by_first.get(item), later.get(item)
        if a == b == c == d:
            continue
        if _group(a) != _group(b):
            found.setdefault(("recorded_later", _group(a), _group(b)), []).append(item)
        if _group(b) != _group(c):
            found.setdefault((_happened(item, b, c, lineage), _group(b), _group(c)), []).append(item)
        elif b is not None and c is not None and b.bearer != c.bearer:
            found.setdefault(("handed_over", b.group, c.group), []).append(item)
        if _group(c) != _group(d):
            found.setdefault(("redefined", _group(c), _group(d)), []).append(item)
    keys = sorted(found, key=lambda key: (ORDER.index(key[0]), key[1] or "", key[2] or ""))
    return tuple(Line(*key, tuple(found[key])) for key in keys)


def _group(place: Place | None) -> str | None:
    return None if place is None else place.group


def _happened(item: int, before: Place | None, after: Place | None, lineage: Lineage) -> Cause:
    if before is not None and after is not None:
        return "moved"
    if item in lineage.handed:
        return "handed_over"
    if item in lineage.split:
        return "split"
    if item in lineage.merged:
        return "merged"
    return "began" if before is None else "left"


def counts(picture: Picture, groups: Sequence[str]) -> dict[str, int]:
    """Count a picture by group, in the order given; groups without an item count nought."""
    found = dict.fromkeys(groups, 0)
    for place in picture.values():
        found[place.group] = found.get(place.group, 0) + 1
    return found
