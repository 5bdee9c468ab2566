"""The blocks of a report as paragraphs, tables and pictures of a Word file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from dondoc.office.charts import chart_png
from dondoc.office.reports.blocks import (
    Block,
    Chart,
    FigureRun,
    Heading,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
)
from dondoc.office.reports.docx_footnotes import Footnotes
from dondoc.office.reports.docx_frame import fix_table, inner_margins
from dondoc.office.reports.docx_styles import CAPTION, NOTE, style_name
from dondoc.office.reports.measure import symbol_pieces, text_width_mm
from dondoc.rules.layouts import Layout

_ALIGN = {
    "start": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
}
CELL_MARGIN_MM = 1.2  # narrow enough for a whole day and the head "STT" in their columns


class BlockWriter:
    """Writes blocks at the end of a file; holds what every block needs: the file, the footnotes, the
    width of the text in millimetres.
    """

    def __init__(self, document: WordFile, notes: Footnotes, layout: Layout, *, width_mm: float | None = None) -> None:
        self.document = document
        self.notes = notes
        self.width_mm = text_width_mm(layout) if width_mm is None else width_mm
        # Looked up once: by its name in each cell, it takes half the time of a long table.
        self._cell_style = document.styles[style_name("table")].style_id

    def write(self, blocks: Sequence[Block]) -> None:
        before: Block | None = None
        for block in blocks:
            match block:
                case Heading(level, runs):
                    self._runs(self.document.add_paragraph(style=f"Heading {level}"), runs)
                case Paragraph():
                    self._paragraph(block)
                case Table():
                    if isinstance(before, Paragraph):
                        # "As follows:" does not stay behind on another page than its table.
                        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
                    self._table(block)
                case Chart():
                    self._chart(block)
            before = block

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self.document.add_paragraph(style={"note": NOTE, "caption": CAPTION}.get(block.style))
        if block.style == "item":
            paragraph.add_run("- ")
        self._runs(paragraph, block.runs)

    def _runs(self, paragraph: WordParagraph, runs: Sequence[Run], *, strong: bool = False) -> None:
        for run in runs:
            if isinstance(run, FigureRun):
                paragraph.add_run(run.shown).bold = True if run.bold or strong else None
                if run.noted:
                    self.notes.mark(paragraph, run.figure)
            elif isinstance(run, Quote):
                _add_words(paragraph, f"“{run.text}” ({run.source})")
            else:
                words = _add_words(paragraph, run.text)
                words.bold = True if run.bold or strong else None
                words.italic = run.italic or None

    def _table(self, block: Table) -> None:
        """A ruled table; its line of titles is repeated on every page it reaches."""
        if block.caption:
            self.document.add_paragraph(block.caption, style=CAPTION)
        table = self.document.add_table(1 + len(block.rows), len(block.columns))
        shares = sum(column.share for column in block.columns)
        fix_table(table, [self.width_mm * column.share / shares for column in block.columns])
        inner_margins(table, CELL_MARGIN_MM)
        _grid(table._tbl)
        heads = [(column.title, cell) for column, cell in zip(block.columns, table.rows[0].cells, strict=True)]
        for title, cell in heads:
            paragraph = cell.paragraphs[0]
            paragraph._p.style = self._cell_style
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(title).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row, line in zip(block.rows, table.rows[1:], strict=True):
            if row.is_group:
                line.cells[row.head].merge(line.cells[-1])
            self._row(block, row, [cell.paragraphs[0] for cell in line.cells])
        self._after_table()

    def _row(self, block: Table, row: Row, places: Sequence[WordParagraph]) -> None:
        used = row.head + 1 if row.is_group else len(row.cells)
        for column, runs, paragraph in zip(block.columns[:used], row.cells, places, strict=False):
            paragraph._p.style = self._cell_style
            paragraph.alignment = _ALIGN[column.align]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            self._runs(paragraph, runs, strong=row.strong)

    def _after_table(self) -> None:
        """Word wants a paragraph after a table; it is kept low."""
        paragraph = self.document.add_paragraph(style=style_name("table"))
        paragraph.paragraph_format.line_spacing = Pt(6)

    def _chart(self, block: Chart) -> None:
        paragraph = self.document.add_paragraph(style=CAPTION)
        picture = paragraph.add_run().add_picture(io.BytesIO(chart_png(block.spec)), Mm(self.width_mm))
        for side in ("distT", "distB", "distL", "distR"):
            picture._inline.set(side, "0")
        shape = picture._inline.docPr
        shape.set("name", block.title)
        shape.set("descr", block.alt)
        caption = self.document.add_paragraph(style=CAPTION)
        caption.add_run(_("Chart: %(title)s") % {"title": block.title})
        caption.paragraph_format.keep_with_next = False


def _add_words(paragraph: WordParagraph, text: str) -> WordRun:
    """Add words; the hyphens of a symbol ("17/CTr-UBND") do not let a line break."""
    run = paragraph.add_run()
    for index, piece in enumerate(symbol_pieces(text)):
        if index:
            run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(piece)
    return run


def _grid(table: CT_Tbl) -> None:
    """Thin lines around and between the cells."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties: Any = table.tblPr
    properties.find(qn("w:tblLayout")).addprevious(borders)
