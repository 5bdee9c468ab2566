"""The figures of a report for a machine: canonical JSON that says of each number what it is and where it stands.

It is handed out by itself and travels inside the PDF and the Word file, so that a program that receives the
paper can take its numbers without reading its sentences.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import override

from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports.blocks import (
    Block,
    Chart,
    FigureRun,
    Heading,
    Paragraph,
    Report,
    Run,
    Table,
)
from dondoc.office.reports.footnotes import figure_notes, figure_records

FORMAT = "dondoc-figures/1"
FILE_NAME = "so-lieu.json"
Place = dict[str, Any]


def figures_json(report: Report) -> bytes:
    """Write the figures of a report as canonical JSON: UTF-8, keys in order, no spaces.

    `report` names the paper; `figures` has one record for each number in the order of the notes, as
    `footnotes.figure_records` gives it, with the words of its note and every place where it is printed: the part
    of the paper ("body", "annex 1", "notes"), the block counted from 1, within a table the row and column, and
    the words printed there. A number of a chart stands in the table that goes with the chart.
    """
    with override(report.language):
        places = _places(report)
        records = zip(figure_records(report), figure_notes(report).values(), strict=True)
        figures = [
            record
            | {
                "known_at": instant(note.figure.known_at),
                "note": note.text,
                "places": places[note.figure],
            }
            for record, note in records
        ]
    content = {"format": FORMAT, "report": _paper(report), "figures": figures}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def instant(moment: datetime | None) -> str | None:
    """Write an instant for a machine, in universal time, whatever the zone it was given in."""
    return moment.astimezone(UTC).isoformat() if moment else None


def _paper(report: Report) -> dict[str, Any]:
    return {
        "type_name": report.type_name,
        "title": report.title,
        "number_symbol": report.number_symbol,
        "issuer_name": report.issuer_name,
        "hierarchy": report.hierarchy,
        "issued_on": report.issued_on.isoformat(),
        "as_of": report.as_of.isoformat(),
        "known_at": instant(report.known_at),
        "language": report.language,
    }


def _places(report: Report) -> dict[FigureValue, list[Place]]:
    """Every place of every figure, in reading order."""
    found: dict[FigureValue, list[Place]] = defaultdict(list)
    parts: list[tuple[str, Sequence[Block]]] = [("body", report.blocks)]
    parts += [(f"annex {number}", annex.blocks) for number, annex in enumerate(report.annexes, start=1)]
    parts.append(("notes", [Paragraph(runs, "note") for runs in report.notes]))
    for part, blocks in parts:
        for number, block in enumerate(blocks, start=1):
            for run, place in _runs(block):
                if isinstance(run, FigureRun):
                    found[run.figure].append({"part": part, "block": number, **place, "shown": run.shown})
    return found


def _runs(block: Block) -> Iterator[tuple[Run, Place]]:
    match block:
        case Heading(_, runs) | Paragraph(runs, _):
            yield from ((run, {}) for run in runs)
        case Chart():
            yield from ((run, {"chart": block.title, **place}) for run, place in _cells(block.twin))
        case Table():
            yield from _cells(block)


def _cells(table: Table) -> Iterator[tuple[Run, Place]]:
    for line, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row.cells, start=1):
            for run in cell:
                yield run, {"row": line, "column": column}
