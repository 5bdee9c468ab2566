"""The tables of the progress report: summary, the chart's twin, published figures compared, the annex."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.reports.blocks import Column, FigureRun, Row, Table, Text
from dondoc.office.reports.progress_data import ClaimCheck, Hindrance, ProgrammeProgress, TaskRow
from dondoc.rules.text import vi_date, vi_date_in_text


def summary_table(programmes: Sequence[ProgrammeProgress], as_of: date) -> Table:
    """Each list with its total and what is late, and under it its states in the words of the source."""
    columns = (
        Column(pgettext("report", "No."), "center", 3),
        Column(pgettext("report", "List and state"), "start", 20),
        Column(pgettext("report", "Count"), "end", 5),
        Column(pgettext("report", "Overdue"), "end", 5),
        Column(pgettext("report", "Due soon"), "end", 5),
    )
    rows: list[Row] = []
    for number, programme in enumerate(programmes, start=1):
        counted = ((FigureRun(f),) for f in (programme.total, programme.late, programme.due_soon))
        rows.append(Row(((Text(str(number)),), (Text(programme.title),), *counted), head=1, strong=True))
        rows += [
            Row(((), (Text(f"- {group.label}"),), (FigureRun(group.figure),), (), ()), head=1)
            for group in programme.groups
        ]
    return Table(columns, tuple(rows), _("Summary on %(day)s") % {"day": vi_date_in_text(as_of)})


def chart_twin(programmes: Sequence[ProgrammeProgress]) -> Table:
    """The numbers of the chart as a table, for those who cannot see it."""
    columns = (
        Column(pgettext("report", "List"), "start", 3),
        Column(pgettext("report", "State"), "start", 3),
        Column(pgettext("report", "Count"), "end", 1),
    )
    rows = tuple(
        Row(((Text(programme.title),), (Text(group.label),), (FigureRun(group.figure),)))
        for programme in programmes
        for group in programme.groups
    )
    return Table(columns, rows)


def claims_table(claims: Sequence[ClaimCheck]) -> Table:
    """What documents have published, beside what the register says, with the verdict and its reason."""
    columns = (
        Column(pgettext("report", "Published words"), "start", 8),
        Column(pgettext("report", "States"), "end", 3),
        Column(pgettext("report", "Register"), "end", 3),
        Column(pgettext("report", "Comparison"), "start", 6),
    )
    words = {
        "agrees": pgettext("report", "agrees"),
        "differs": pgettext("report", "differs"),
        "cannot": pgettext("report", "cannot be computed"),
    }
    rows = tuple(
        Row(
            (
                (claim.quote,),
                (Text(claim.stated),),
                (FigureRun(claim.computed),) if claim.computed else (Text("–"),),
                (Text(words[claim.verdict], bold=True), Text(f": {claim.reason}" if claim.reason else "")),
            )
        )
        for claim in claims
    )
    return Table(columns, rows)


def hindrances_table(rows: Sequence[Hindrance]) -> Table:
    """What holds the work up, who must remove it, and for how long it has been waited for."""
    columns = (
        Column(pgettext("report", "No."), "center", 3),
        Column(pgettext("report", "Item"), "start", 11),
        Column(pgettext("report", "What holds it up"), "start", 12),
        Column(pgettext("report", "To be removed by"), "start", 9),
        Column(pgettext("report", "Needed by"), "center", 6),
        Column(pgettext("report", "Days waited"), "end", 5),
    )
    return Table(columns, tuple(_hindrance_row(number, row) for number, row in enumerate(rows, start=1)))


def _hindrance_row(number: int, row: Hindrance) -> Row:
    needed = vi_date(row.needed_by) if row.needed_by else "–"
    words = (str(number), f"{row.task} ({row.agency})", row.text, row.remover, needed, str(row.days_waited))
    return Row(tuple((Text(word),) for word in words), 1)


def annex_table(programmes: Sequence[ProgrammeProgress]) -> Table:
    """Every item of every list with who is in charge, its state, its due day and the days it is late."""
    columns = (
        Column(pgettext("report", "No."), "center", 4),
        Column(pgettext("report", "Item"), "start", 15),
        Column(pgettext("report", "In charge"), "start", 9),
        Column(pgettext("report", "State"), "start", 8),
        Column(pgettext("report", "Due day"), "center", 7),
        Column(pgettext("report", "Days late"), "end", 5),
    )
    rows: list[Row] = []
    for programme in programmes:
        if programme.rows:
            rows.append(Row(((), (Text(programme.title),), (), (), (), ()), head=1, strong=True))
        rows += [_annex_row(number, row) for number, row in enumerate(programme.rows, start=1)]
    return Table(columns, tuple(rows))


def _annex_row(number: int, row: TaskRow) -> Row:
    due = vi_date(row.due) if row.due else _("no due day")
    late = "" if row.days_late is None else str(row.days_late)
    return Row(tuple((Text(w),) if w else () for w in (str(number), row.task, row.agency, row.state, due, late)), 1)
