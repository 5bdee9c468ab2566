"""A report as readable plain text: what a test keeps and a reviewer compares."""

from __future__ import annotations

from django.utils.translation import override

from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports.blocks import (
    Block,
    Chart,
    FigureRun,
    Heading,
    Paragraph,
    Quote,
    Report,
    Run,
    Runs,
    Table,
)
from dondoc.office.reports.footnotes import FigureNote, figure_notes
from dondoc.office.reports.wording import dated_line

Notes = dict[FigureValue, FigureNote]


def as_text(report: Report) -> str:
    """Write the whole report as plain text; a figure stands as 8[3], the bracket naming its note at the
    end.
    """
    with override(report.language):
        return "\n".join(_lines(report)).strip() + "\n"


def _lines(report: Report) -> list[str]:
    notes = figure_notes(report)
    lines = [
        report.parent_name,
        report.issuer_name,
        report.number_symbol,
        dated_line(report.place, report.issued_on),
        "",
        report.type_name.upper(),
        report.title,
        "",
    ]
    for block in report.blocks:
        lines += _block(block, notes)
    lines += [*report.signer.authority, report.signer.position, report.signer.name, "", *report.recipients]
    for annex in report.annexes:
        lines += ["", f"=== {annex.title}"]
        for block in annex.blocks:
            lines += _block(block, notes)
    lines += ["", *(_line(runs, notes) for runs in report.notes), ""]
    return lines + [f"[{note.number}] {note.figure.key} {note.text}" for note in notes.values()]


def _block(block: Block, notes: Notes) -> list[str]:
    match block:
        case Heading(level, runs):
            return [f"{'#' * level} {_line(runs, notes)}", ""]
        case Paragraph(runs, style):
            mark = {"body": "", "item": "- ", "note": "> ", "caption": "  "}[style]
            return [mark + _line(runs, notes), ""]
        case Table():
            return [*_table(block, notes), ""]
        case Chart():
            return [f"[{block.title}] {block.alt}", *_table(block.twin, notes), ""]


def _table(table: Table, notes: Notes) -> list[str]:
    head = " | ".join(column.title for column in table.columns)
    return [
        table.caption,
        head,
        *(" | ".join(_line(cell, notes) for cell in row.cells) for row in table.rows),
    ]


def _line(runs: Runs, notes: Notes) -> str:
    return "".join(_run(run, notes) for run in runs)


def _run(run: Run, notes: Notes) -> str:
    if isinstance(run, FigureRun):
        return f"{run.shown}[{notes[run.figure].number}]"
    if isinstance(run, Quote):
        return f"“{run.text}” ({run.source})"
    return run.text
