"""Tables of tasks: a row with a responsible agency is one assignment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dondoc.reader.find.deadlines import DueRead
from dondoc.reader.find.layout import Paragraph


@dataclass(frozen=True, slots=True)
class Row:
    """One row: from its task to its due cell."""

    start: int
    end: int
    leads: list[tuple[str, int, int]]
    coordinators: list[tuple[str, int, int]]
    due: DueRead | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of tasks; ``first`` to ``last`` (exclusive) are its paragraphs."""

    first: int
    last: int
    rows: list[Row]


def read_tables(flat: str, parts: list[Paragraph], on: date | None) -> list[Table]:
    """The tables of tasks among the paragraphs of a document."""
    return []
