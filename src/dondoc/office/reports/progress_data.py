"""What the progress report is made from: frozen rows and figures, worked out and judged before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dondoc.office.figures.registry import FigureValue
from dondoc.office.queries.duties import DutyRow
from dondoc.office.reports.blocks import Quote, Runs
from dondoc.office.reports.sentences import GroupCount

Verdict = Literal["agrees", "differs", "cannot"]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the annex; `due` is None where the document names no day, `days_late` None where nothing
    is late.
    """

    task: str
    agency: str
    state: str
    due: date | None
    days_late: int | None


@dataclass(frozen=True, slots=True)
class ProgrammeProgress:
    """One named list of tasks with its figures.

    `noun` is what the list counts ("nhiệm vụ", "dự án"), `lead` the words after it ("do thành phố chủ trì"),
    `duty_noun` what late and due soon count; empty: the same as `noun`.
    """

    title: str
    noun: str
    lead: Runs
    total: FigureValue
    groups: tuple[GroupCount, ...]
    late: FigureValue
    due_soon: FigureValue
    rows: tuple[TaskRow, ...] = ()
    duty_noun: str = ""


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A number that a document states, held against ours; `reason` says why they differ or what is
    missing.
    """

    quote: Quote
    stated: str
    computed: FigureValue | None
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One obstacle as the report lists it; `needed_by` is None where no day was named."""

    task: str
    agency: str
    text: str
    remover: str
    needed_by: date | None
    days_waited: int


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What holds the work up: how many obstacles stand, and each of them."""

    standing: FigureValue
    rows: tuple[Hindrance, ...]


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is not finished under the scope: how much, what of it is overdue, what falls due next, and each of both."""

    unfinished: FigureValue
    late: FigureValue
    due_soon: FigureValue
    late_rows: tuple[DutyRow, ...] = ()
    due_soon_rows: tuple[DutyRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts:
    """What the report says: what it is about, the lists, what is not finished, what holds it up, the claims.

    `scope` completes "tình hình thực hiện …". `notes` are further remarks of the office.
    """

    scope: str
    as_of: date
    known_at: datetime | None
    programmes: tuple[ProgrammeProgress, ...]
    claims: tuple[ClaimCheck, ...] = ()
    hindrances: Hindrances | None = None
    work: OpenWork | None = None
    notes: tuple[str, ...] = ()
