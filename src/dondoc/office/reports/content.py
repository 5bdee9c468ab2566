"""What a kind of report is asked, and what it gives back: the blocks of each of its sections, in no order yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dondoc.office.access import Refused, Viewer
from dondoc.office.reports.blocks import Block, Runs
from dondoc.office.reports.board import Scope
from dondoc.rules.templates import Template


class NothingToReport(Refused):
    """Nothing was on record of the scope on the day."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a report is to be about: its kind, its scope, whose sight, which day, what was known, when it is issued."""

    template: Template
    scope: Scope
    viewer: Viewer
    as_of: date
    known_at: datetime | None
    issued_on: date

    @property
    def moment(self) -> dict[str, Any]:
        """Whose sight, which day, what was known: the three arguments of every read."""
        return {"viewer": self.viewer, "as_of": self.as_of, "known_at": self.known_at}


@dataclass(frozen=True, slots=True)
class Content:
    """The counted part of a report: how its scope is called, the blocks of each section by key, remarks.

    A section without blocks says nothing by itself; it is printed only where somebody wrote something into it.
    """

    scope: str
    sections: Mapping[str, tuple[Block, ...]]
    notes: tuple[Runs, ...] = ()


Maker = Callable[[Ask], Content]
