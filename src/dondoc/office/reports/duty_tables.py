"""Tables of duties that several kinds of report share: what is overdue, what falls due, who owes how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.figures.registry import FigureValue
from dondoc.office.queries.duties import DutyRow
from dondoc.office.reports.blocks import Block, Chart, Column, FigureRun, Paragraph, Row, Runs, Table, Text
from dondoc.office.reports.wording import known_until
from dondoc.rules.text import vi_date, vi_date_in_text

NONE = "–"


def duties_table(rows: Sequence[DutyRow], *, caption: str = "") -> Table:
    """Each duty with who owes it, its state, its due day and the days it is late."""
    columns = (
        Column(pgettext("report", "No."), "center", 4),
        Column(pgettext("report", "Task"), "start", 19),
        Column(pgettext("report", "Agency"), "start", 11),
        Column(pgettext("report", "State"), "start", 10),
        Column(pgettext("report", "Due day"), "center", 8),
        Column(pgettext("report", "Days late"), "end", 5),
    )
    return Table(columns, tuple(_duty(number, row) for number, row in enumerate(rows, start=1)), caption)


def _duty(number: int, row: DutyRow) -> Row:
    due = vi_date(row.due) if row.due else _("no due day")
    late = str(row.days_late) if row.days_late else ""
    return words(str(number), row.title, row.agency, row.state_label, due, late)


def words(*cells: str, head: int = 1) -> Row:
    """A line of plain words."""
    return Row(tuple((Text(cell),) if cell else () for cell in cells), head)


def counts_table(
    titles: Sequence[str], lines: Sequence[tuple[str, Sequence[FigureValue]]], *, first: str, caption: str = ""
) -> Table:
    """A line for each name with its figures under their titles; a line without a name is the total."""
    others = (Column(first, "start", 18), *(Column(title, "end", 5) for title in titles))
    # A fourteenth of the rest, 11 of 165 millimetres: beside eight titles "STT" would else be broken in two.
    narrow = max(3, -(-sum(column.share for column in others) // 14))
    columns = (Column(pgettext("report", "No."), "center", narrow), *others)
    rows = []
    for number, (name, figures) in enumerate(lines, start=1):
        counted = tuple(_cell(figure, noted=not name) for figure in figures)
        head: Runs = (Text(name or pgettext("report", "Total")),)
        rows.append(Row(((Text(str(number)),) if name else (), head, *counted), 1, strong=not name))
    return Table(columns, tuple(rows), caption)


def _cell(figure: FigureValue, *, noted: bool) -> Runs:
    """A figure without a value stays one, so that a reader can ask why there is none; the totals have notes."""
    return (FigureRun(figure, NONE if figure.value is None else None, noted=noted),)


def unnoted(chart: Chart) -> Chart:
    """A picture whose numbers have no notes of their own: the table beside it says what they are."""
    rows = tuple(replace(row, cells=tuple(_quiet(cell) for cell in row.cells)) for row in chart.twin.rows)
    return replace(chart, twin=replace(chart.twin, rows=rows))


def _quiet(cell: Runs) -> Runs:
    return tuple(replace(run, noted=False) if isinstance(run, FigureRun) else run for run in cell)


def how_counted(
    figures: Sequence[FigureValue], *, as_of: date, known_at: datetime | None, more: Sequence[str] = ()
) -> tuple[Block, ...]:
    """Say of what day the figures are, until when entries counted, by which definitions, and whatever else there is."""
    lines = [_("Figures as of the end of %(day)s.") % {"day": vi_date_in_text(as_of)}]
    if known_at is not None:
        lines.append(known_until(known_at))
    used = dict.fromkeys(figure.definition for figure in figures if figure.definition)
    lines += [_("Definition used: %(definition)s.") % {"definition": d.rstrip(".")} for d in used]
    return tuple(Paragraph((Text(line),), "note") for line in (*lines, *more))


def said_and_listed(sentence: Runs, rows: Sequence[DutyRow]) -> tuple[Block, ...]:
    """A sentence about some duties, and the duties below it; without any, the sentence alone."""
    return (Paragraph(sentence), *((duties_table(rows),) if rows else ()))


def day_or_none(day: date | None) -> str:
    """A day as it is written, or a dash where there is none."""
    return vi_date(day) if day else NONE
