"""The blocks of a report as paragraphs, tables and pictures of a Word file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

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
from dondoc.office.reports.wording import plain
from dondoc.rules.layouts import Layout

_ALIGN = {
    "start": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
}
_PARAGRAPH, _RUN, _LOOK, _BOLD, _ITALIC, _HELD, _WORDS = (
    qn(f"w:{name}") for name in ("p", "r", "rPr", "b", "i", "noBreakHyphen", "t")
)
_SPACE = qn("xml:space")
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
        """Write runs at the end of a paragraph, as elements: by python-docx a long table takes five times as long."""
        for run in runs:
            if isinstance(run, FigureRun):
                _add_text(_looking(paragraph._p, bold=run.bold or strong), run.shown)
                if run.noted:
                    self.notes.mark(paragraph, run.figure)
            elif isinstance(run, Quote):
                _add_words(etree.SubElement(paragraph._p, _RUN), f"“{run.text}” ({run.source})")
            else:
                _add_words(_looking(paragraph._p, bold=run.bold or strong, italic=run.italic), run.text)

    def _table(self, block: Table) -> None:
        """A ruled table; its line of titles is repeated on every page it reaches."""
        if block.caption:
            self.document.add_paragraph(plain(block.caption), style=CAPTION)
        # One line of each shape is made by python-docx; the lines of the table are copies of them.
        shapes = list(dict.fromkeys(_shape(row) for row in block.rows))
        table = self.document.add_table(1 + len(shapes), len(block.columns))
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
            paragraph.add_run(plain(title)).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        models = {shape: self._model(block, shape, row) for shape, row in zip(shapes, table.rows[1:], strict=True)}
        for row in block.rows:
            line = deepcopy(models[_shape(row)])
            for runs, place in zip(row.cells, line.iter(_PARAGRAPH), strict=False):
                self._runs(WordParagraph(place, self.document._body), runs, strong=row.strong)
            table._tbl.append(line)
        self._after_table()

    def _model(self, block: Table, head: int | None, line: WordRow) -> Any:
        """Make an empty line of a shape and take it out of its table, to be copied."""
        if head is not None:
            line.cells[head].merge(line.cells[-1])
        made: Any = line._tr
        for column, paragraph in zip(block.columns, made.iter(_PARAGRAPH), strict=False):
            paragraph.style = self._cell_style
            place = WordParagraph(paragraph, self.document._body)
            place.alignment = _ALIGN[column.align]
            place.paragraph_format.space_before = place.paragraph_format.space_after = Pt(2)
        made.getparent().remove(made)
        return made

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
        caption.add_run(_("Chart: %(title)s") % {"title": plain(block.title)})
        caption.paragraph_format.keep_with_next = False


def _shape(row: Row) -> int | None:
    """What tells two lines of one table apart but for their words: of a line that names a group, from where it runs."""
    return row.head if row.is_group else None


def _looking(paragraph: Any, *, bold: bool, italic: bool = False) -> Any:
    """Add an empty run of a look to a paragraph."""
    run = etree.SubElement(paragraph, _RUN)
    look = etree.SubElement(run, _LOOK)
    for wanted, tag in ((bold, _BOLD), (italic, _ITALIC)):
        if wanted:
            etree.SubElement(look, tag)
    return run


def _add_words(run: Any, text: str) -> None:
    """Add words to a run; the hyphens of a symbol ("17/CTr-UBND") do not let a line break."""
    for index, piece in enumerate(symbol_pieces(text)):
        if index:
            etree.SubElement(run, _HELD)
        _add_text(run, piece)


def _add_text(run: Any, text: str) -> None:
    """Add words to a run as they stand."""
    text = plain(text)
    words = etree.SubElement(run, _WORDS)
    words.text = text
    if text != text.strip():
        words.set(_SPACE, "preserve")


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
