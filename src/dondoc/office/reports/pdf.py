"""A report as a PDF, set by typst in the layout of its hierarchy, with its figures attached for a machine.

Words go to typst as data (`paper.typ` reads them from a file of JSON) and are never read as markup. The only
face is Tinos, whose letters are as wide as those of Times New Roman, taken from the program's own files. No
clock is read: the file carries the paper's own day of issue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from dondoc.office.charts import FONTS_FOLDER
from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports import annex
from dondoc.office.reports.blocks import (
    Block,
    Chart,
    FigureRun,
    Heading,
    Paragraph,
    Quote,
    Report,
    Row,
    Run,
    Table,
)
from dondoc.office.reports.drawing import chart_svg
from dondoc.office.reports.footnotes import FigureNote, figure_notes
from dondoc.office.reports.frame import DASHES, Line, annex_lines, ended, frame_of, numbered
from dondoc.office.reports.measure import balanced, head_widths_mm, rule_mm, symbol_pieces, text_width_mm
from dondoc.office.reports.wording import plain
from dondoc.rules.layouts import Element, Layout

FACE = "Tinos"
_FACES = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
_TEMPLATE = Path(__file__).with_name("paper.typ")
_LONG_ROW = 1500
SINGLE_LINE = 1.149
"""The height of a single line of Times New Roman in relation to its size (ascent, descent and gap of the face)."""


class CannotPrint(RuntimeError):
    """This machine cannot set a PDF as it must be."""


def to_pdf(report: Report, layout: Layout) -> bytes:
    """Print a report as a PDF in a layout (`rules.layouts.layout_for` of its hierarchy and day of issue).

    Raises CannotPrint where the face is missing: no other one may stand on an official paper.
    """
    with override(report.language):
        setting = _Setting(report, layout)
        files: Any = {
            "main.typ": _TEMPLATE.read_bytes(),
            "report.json": json.dumps(setting.paper(), ensure_ascii=False).encode(),
            annex.FILE_NAME: annex.figures_json(report),
            **setting.pictures,
        }
    compiler = typst.Compiler(files, font_paths=_fonts(), ignore_system_fonts=True)
    issued = datetime.combine(report.issued_on, time(), UTC)
    content, warnings = compiler.compile_with_warnings(
        format="pdf", timestamp=int(issued.timestamp()), pdf_standards=["a-3a"]
    )
    for warning in warnings:
        if "font" in str(warning):
            raise CannotPrint(str(warning))
    assert isinstance(content, bytes)
    return content


@cache
def _fonts() -> typst.Fonts:
    missing = [name for name in _FACES if not (FONTS_FOLDER / name).is_file()]
    if missing:
        raise CannotPrint(
            _("The typeface for PDF is missing (%(names)s). Run “make install”, or take the Word file instead.")
            % {"names": ", ".join(missing)}
        )
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS_FOLDER)])


class _Setting:
    """Turns a report into the data that `paper.typ` sets; remembers which figures have their footnote already."""

    def __init__(self, report: Report, layout: Layout) -> None:
        self._report = report
        self._layout = layout
        self._notes: dict[FigureValue, FigureNote] = figure_notes(report)
        self._placed: set[FigureValue] = set()
        self.pictures: dict[str, bytes] = {}

    def paper(self) -> dict[str, Any]:
        """The whole paper; lengths in millimetres, sizes in points."""
        report, layout = self._report, self._layout
        frame, width = frame_of(report, layout), text_width_mm(layout)
        head, half = head_widths_mm(frame, layout), width / 2
        blocks = self._blocks(ended(numbered(report.blocks, layout), layout))
        if blocks and blocks[-1]["kind"] == "paragraph":
            blocks[-1]["keep"] = True
        edge, margins = layout.page_number.from_edge_mm, layout.margins
        issued = report.issued_on
        signer = self._lines(frame.signer, half, above=6)
        signer[-1]["above"] = 72
        return {
            "title": plain(f"{report.type_name}: {report.title}"),
            "author": plain(report.issuer_name),
            "issued": [issued.year, issued.month, issued.day],
            "language": report.language,
            "font": FACE,
            "margins": {side: getattr(margins, side) for side in ("top", "bottom", "left", "right")},
            "page-number": {
                "size": layout.page_number.size,
                "from-edge": margins.top / 2 if edge is None else edge,
                "on-first-page": layout.page_number.on_first_page,
            },
            "indent": layout.body.first_line_mm,
            "after": layout.body.space_after_pt,
            "styles": {part: _style(part, element, layout) for part, element in layout.elements.items()},
            "attached": [
                {"name": annex.FILE_NAME, "mime": "application/json", "description": _("The figures of the report")}
            ],
            "head": {
                "widths": head,
                "issuer": self._lines(frame.issuer, head[0]),
                "nation": self._lines(frame.nation, head[1]),
                "number": self._lines([frame.number, *frame.letter_subject], head[0], above=4),
                "dated": self._lines([frame.dated], head[1], above=4),
            },
            "title-lines": self._lines(frame.title, width * 0.85, within=width),
            "blocks": blocks,
            "sign": {
                "widths": [half, half],
                "recipients": self._lines(frame.recipients, half, above=6),
                "signer": signer,
            },
            "annexes": [
                {
                    "restart": layout.hierarchy == "state",
                    "lines": self._lines(annex_lines(report, layout, index), width, centred=True),
                    "blocks": self._blocks(numbered(each.blocks, layout)),
                }
                for index, each in enumerate(report.annexes)
            ],
            "notes": self._blocks([Paragraph(runs, "note") for runs in report.notes]),
        }

    def _lines(
        self,
        lines: Sequence[Line],
        width_mm: float,
        *,
        above: float = 0,
        within: float | None = None,
        centred: bool = False,
    ) -> list[dict[str, Any]]:
        """The lines of the frame, each broken to its column; the first stands `above` points lower."""
        found = []
        for line in lines:
            element = self._layout.elements[line.part]
            breaks = centred or element.align == "centre"
            words = balanced(line.text, element.size, width_mm).split("\n") if breaks else [line.text]
            rule = rule_mm(line, words, self._layout, within or width_mm)
            shown = [plain(text) for text in words] + ([DASHES] if element.rule == "dashes" else [])
            place = "centre" if centred else element.align
            found.append({"style": line.part, "lines": shown, "rule": rule, "align": place, "above": 0})
        if found:
            found[0]["above"] = above
        return found

    def _blocks(self, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        found = [self._block(block) for block in blocks]
        for before, after in pairwise(found):
            # "As follows:" does not stay behind on another page than its table.
            if before["kind"] == "paragraph" and after["kind"] == "table":
                before["keep"] = True
        return found

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(level, runs):
                return {"kind": "heading", "level": level, "runs": self._runs(runs)}
            case Paragraph(runs, style):
                return {"kind": "paragraph", "style": style, "keep": False, "runs": self._runs(runs)}
            case Chart():
                name = f"chart-{len(self.pictures) + 1}.svg"
                self.pictures[name] = chart_svg(block.spec)
                caption = _("Chart: %(title)s") % {"title": block.title}
                return {"kind": "chart", "file": name, "alt": plain(block.alt), "caption": plain(caption)}
            case Table():
                return self._table(block)

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": plain(table.caption),
            "columns": [{"title": plain(column.title), "share": column.share} for column in table.columns],
            "rows": [self._row(table, row) for row in table.rows],
        }

    def _row(self, table: Table, row: Row) -> dict[str, Any]:
        used = row.head + 1 if row.is_group else len(row.cells)
        cells = [
            {
                "align": column.align,
                "span": len(table.columns) - row.head if row.is_group and place == row.head else 1,
                "runs": self._runs(runs, strong=row.strong),
            }
            for place, (column, runs) in enumerate(zip(table.columns[:used], row.cells, strict=False))
        ]
        return {"cells": cells, "long": _letters(cells) > _LONG_ROW}

    def _runs(self, runs: Iterable[Run], *, strong: bool = False) -> list[dict[str, Any]]:
        return [self._run(run, strong=strong) for run in runs]

    def _run(self, run: Run, *, strong: bool) -> dict[str, Any]:
        if isinstance(run, FigureRun):
            note = None
            if run.noted and run.figure not in self._placed:
                note = plain(self._notes[run.figure].text)
                self._placed.add(run.figure)
            return _words(run.shown, bold=run.bold or strong, note=note)
        if isinstance(run, Quote):
            return _words(f"“{run.text}” ({run.source})")
        return _words(run.text, bold=run.bold or strong, italic=run.italic)


def _words(text: str, *, bold: bool = False, italic: bool = False, note: str | None = None) -> dict[str, Any]:
    # A word with the hyphen of a symbol in it is kept on one line.
    words = [
        {"text": piece, "whole": len(symbol_pieces(piece)) > 1} for piece in re.split(r"(\s+)", plain(text)) if piece
    ]
    return {"words": words, "bold": bold, "italic": italic, "note": note}


def _letters(cells: Sequence[dict[str, Any]]) -> int:
    return max(sum(len(word["text"]) for run in cell["runs"] for word in run["words"]) for cell in cells)


def _style(part: str, element: Element, layout: Layout) -> dict[str, Any]:
    body = layout.body
    running = part in ("body", "section", "basis")
    multiple = body.line_spacing if running and body.line_spacing is not None else 1
    pitch = body.line_pt if running and body.line_pt is not None else element.size * SINGLE_LINE * multiple
    return {
        "size": element.size,
        "bold": element.bold,
        "italic": element.italic,
        "underline": element.underline,
        "align": element.align,
        "pitch": pitch,
    }
