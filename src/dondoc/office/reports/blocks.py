"""A report before it is printed: a list of plain blocks that page, Word file and snapshot all show alike.

Nothing here computes. A number that was counted is always a `FigureRun` around the figure it came from, so
that each printing can link it, footnote it and be tested against it; a number inside a `Text` is a name or a
date, never a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from dondoc.office.figures.registry import FigureValue
from dondoc.rules.layouts import Hierarchy
from dondoc.rules.text import parse_vi_number

Align = Literal["start", "center", "end"]

_WRITTEN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


class FigureTextError(ValueError):
    """A figure was given words that say another number than it holds."""

    def __init__(self, figure: FigureValue, text: str) -> None:
        super().__init__(
            _("The words “%(text)s” do not say the value of the figure %(key)s (%(value)s). Write the figure itself.")
            % {"text": text, "key": figure.key, "value": figure.value}
        )


def numbers_in(text: str) -> tuple[Decimal, ...]:
    """Every number written in a text, in order, as Vietnamese documents write them (1.234,5).

    Signs are left alone, because a hyphen in an official text is nearly always part of a symbol (59-NQ/TW).
    """
    return tuple(parse_vi_number(found.group()) for found in _WRITTEN.finditer(text))


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A number that opens to what it counts.

    `text` replaces the digits where the sentence needs words: "02" for 2, "no task" for 0. It must say the
    same number (FigureTextError otherwise): words without digits are allowed for nought and for "not
    recorded" only. Where it is not `noted`, no note is printed for it: in a large table of counts the titles say what
    they count, and a foot of a hundred notes would say nothing; it opens to its rows all the same.
    """

    figure: FigureValue
    text: str | None = None
    bold: bool = False
    noted: bool = True

    def __post_init__(self) -> None:
        if self.text is None:
            return
        said, value = numbers_in(self.text), self.figure.value
        agrees = not said if value is None else said == (Decimal(value),) or (value == 0 and not said)
        if not agrees:
            raise FigureTextError(self.figure, self.text)

    @property
    def shown(self) -> str:
        """What is printed: the given words, else the number, else that it is not recorded."""
        return self.figure.written if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken from a document, with the document and the place they stand in; `url` opens that place."""

    text: str
    document: str
    place: str
    url: str = ""

    @property
    def source(self) -> str:
        """Where the words stand, as a reader looks them up."""
        return f"{self.document}, {self.place}" if self.place else self.document


Run = Text | FigureRun | Quote
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section title. Level 1 is numbered I, II; level 2 is numbered 1, 2; level 3 a), b)."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; "body" is the justified text, "item" a dash entry, "note" small print, "caption" a
    centred line.
    """

    runs: Runs
    style: Literal["body", "item", "note", "caption"] = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `share` is its part of the table's width in relation to the other columns."""

    title: str
    align: Align = "start"
    share: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One table line; `head` is the place of the cell that names the line; `strong` lines are totals or
    group heads.
    """

    cells: tuple[Runs, ...]
    head: int = 0
    strong: bool = False

    @property
    def is_group(self) -> bool:
        """Whether the line only names what stands below it; its words then run over the empty cells."""
        return self.strong and not any(self.cells[self.head + 1 :])


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one line of column titles that repeats on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures: Vega-Lite specification, words for those who cannot see it, and the same
    numbers as a table.

    `narrow` says what is other about the specification where a page has only the width of a phone; paper never has.
    """

    spec: Mapping[str, Any]
    title: str
    alt: str
    twin: Table
    narrow: Mapping[str, Any] = field(default_factory=dict)


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the lines of authority ("T/M BAN THƯỜNG VỤ"), the position ("PHÓ BÍ THƯ"), the name
    without titles.
    """

    authority: tuple[str, ...]
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class Annex:
    """Pages after the signature, beginning on a new page."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    `type_name` is the kind of document ("Báo cáo"), `title` what it is about (trích yếu); `number_symbol` is
    the whole line of number and symbol as `Layout.number_line` writes it ("Số: 15/BC-UBND", "Số 215-BC/TU").
    `speaker` is the issuer as a sentence calls it; `issuer_name` and `parent_name` stand in the head.
    `hierarchy` is "party" or "state" and chooses the layout in force on `issued_on`. `as_of` is the day that
    the figures speak of, `known_at` the instant until which entries were counted (None: all). `language` is
    that of the printed words, whoever prints.
    """

    type_name: str
    title: str
    issuer_name: str
    parent_name: str
    speaker: str
    place: str
    issued_on: date
    hierarchy: Hierarchy
    number_symbol: str
    recipients: tuple[str, ...]
    signer: Signer
    as_of: date
    known_at: datetime | None
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    notes: tuple[Runs, ...] = ()
    language: str = "vi"


def every_block(report: Report) -> Iterator[Block]:
    """The blocks in reading order, those of the annexes after those of the body."""
    yield from report.blocks
    for annex in report.annexes:
        yield from annex.blocks


def runs_of(block: Block) -> Iterator[Run]:
    """Every run of one block in reading order; of a chart, those of its table twin."""
    if isinstance(block, Heading | Paragraph):
        yield from block.runs
        return
    table = block.twin if isinstance(block, Chart) else block
    for row in table.rows:
        for cell in row.cells:
            yield from cell


def figures_of(report: Report) -> tuple[FigureValue, ...]:
    """Every figure that the report prints, each once, in the order of its first mention."""
    runs = [run for block in every_block(report) for run in runs_of(block)]
    runs += [run for note in report.notes for run in note]
    return tuple(dict.fromkeys(run.figure for run in runs if isinstance(run, FigureRun)))
