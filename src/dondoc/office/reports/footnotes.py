"""The note behind each number of a report: what it counts, on which day, by which definition."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports.blocks import FigureRun, Report, every_block, figures_of, runs_of
from dondoc.office.reports.wording import known_until, plain
from dondoc.rules.text import vi_date, vi_date_in_text


@dataclass(frozen=True, slots=True)
class FigureNote:
    """One numbered note; `number` counts from 1 in the order of first mention."""

    number: int
    figure: FigureValue
    text: str


def figure_notes(report: Report) -> dict[FigureValue, FigureNote]:
    """Number the figures of a report and write the note of each; a figure named twice has one note.

    Those whose notes are printed come first, so that no number is left out on paper.
    """
    runs = [run for block in every_block(report) for run in runs_of(block)]
    runs += [run for note in report.notes for run in note]
    printed = [run.figure for run in runs if isinstance(run, FigureRun) and run.noted]
    return {
        figure: FigureNote(number, figure, note_text(figure))
        for number, figure in enumerate(dict.fromkeys([*printed, *figures_of(report)]), start=1)
    }


def note_text(figure: FigureValue) -> str:
    """Say what a number counts, its definition, its day, and until when entries were counted.

    The day is repeated only where the figure's own sentence does not name it.
    """
    sentence = figure.sentence.strip()
    parts = [sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."]
    if figure.definition is not None:
        parts.append(_("Definition: %(definition)s.") % {"definition": figure.definition.rstrip(".")})
    if not any(day in sentence for day in (vi_date(figure.as_of), vi_date_in_text(figure.as_of))):
        parts.append(_("Day: %(day)s.") % {"day": vi_date_in_text(figure.as_of)})
    if figure.known_at is not None:
        parts.append(known_until(figure.known_at))
    return plain(" ".join(parts))


def figure_records(report: Report) -> list[dict[str, Any]]:
    """The figures of a report for machines and for the archive: what was asked and what was printed.

    One plain record for each figure, in the order of the notes; days and instants as ISO text, decimals as
    text.
    """
    return [
        {
            "number": note.number,
            "key": figure.key,
            "arguments": dict(figure.arguments),
            "value": str(figure.value) if isinstance(figure.value, Decimal) else figure.value,
            "label": figure.label,
            "sentence": figure.sentence,
            "definition": figure.definition,
            "as_of": figure.as_of.isoformat(),
            "known_at": figure.known_at.isoformat() if figure.known_at else None,
            "url": figure.url,
        }
        for figure, note in figure_notes(report).items()
    ]
