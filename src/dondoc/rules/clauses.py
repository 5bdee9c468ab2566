"""Which clauses of a document are to be made concrete: the innermost ones, outside the parts that only narrate.

A clause that carries other clauses is not counted itself, so nothing is counted twice. A part whose heading says
that it tells how things are ("Tình hình", "Quan điểm": `data/clauses.toml`) demands nothing, nor does what is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dondoc.rules.datafiles import read_data
from dondoc.rules.text import folded

LONGEST_HEADING = 80  # letters; what is longer is a sentence and says itself what is to be done


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of a document: its key, where it runs in the text, and how it begins."""

    key: int
    start: int
    end: int
    heading: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in the tree of its document, and whether it is to be made concrete."""

    part: Part
    parent: int | None
    depth: int
    has_children: bool
    is_narrative: bool

    @property
    def is_counted(self) -> bool:
        """Whether it is counted among the clauses to be made concrete."""
        return not self.has_children and not self.is_narrative


def tree(parts: Iterable[Part], *, on: date) -> list[Place]:
    """Put the parts of one document into their tree, in the order of the text; `on` chooses the list of headings.

    A part stands in the innermost one that contains it wholly.
    """
    ordered = sorted(parts, key=lambda part: (part.start, -part.end, part.key))
    around: list[tuple[Part, bool]] = []
    found: list[tuple[Part, int | None, int, bool]] = []
    for part in ordered:
        while around and around[-1][0].end < part.end:
            around.pop()
        narrative = is_narrative(part.heading, on=on) or bool(around and around[-1][1])
        found.append((part, around[-1][0].key if around else None, len(around), narrative))
        around.append((part, narrative))
    parents = {parent for _part, parent, _depth, _narrative in found}
    return [Place(part, parent, depth, part.key in parents, narrative) for part, parent, depth, narrative in found]


def is_narrative(heading: str, *, on: date) -> bool:
    """Say whether a heading announces what is, not what is to be done; a sentence is no heading."""
    words = folded(heading).rstrip(": ")
    if not words or len(words) > LONGEST_HEADING or words[-1] in ".;,":
        return False
    return any(words == known or words.startswith(f"{known} ") for known in _narrative(on))


@lru_cache(maxsize=256)
def _narrative(on: date) -> tuple[str, ...]:
    valid = [row for row in read_data("clauses")["narrative"] if row["from"] <= on]
    return tuple(folded(heading) for heading in max(valid, key=lambda row: row["from"])["headings"]) if valid else ()


def innermost(places: Sequence[Place], start: int, end: int) -> int | None:
    """Find the innermost part in which a span begins; None where it stands in no part."""
    within = [p for p in places if p.part.start <= start < p.part.end and start < end]
    return max(within, key=lambda p: p.depth).part.key if within else None
