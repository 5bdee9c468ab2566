"""Head, title, signature and annex head of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from dondoc.office.reports.docx_styles import style_name
from dondoc.office.reports.frame import DASHES, Frame, Line
from dondoc.office.reports.measure import balanced, head_widths_mm, rule_mm, text_width_mm
from dondoc.office.reports.wording import plain
from dondoc.rules.layouts import Align, Layout


def add_head(document: WordFile, frame: Frame, layout: Layout, *, widths_mm: tuple[float, float] | None = None) -> None:
    """Write the two-column head: issuer and number on the left, the nation's or the Party's words and the
    day right. `widths_mm` are those of the columns; without them they follow from the words.
    """
    # LibreOffice puts an empty line of full height above a table that begins a file; this one is hardly high.
    first = document.add_paragraph(style=style_name("table")).paragraph_format
    first.line_spacing_rule, first.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    widths = widths_mm or head_widths_mm(frame, layout)
    table = plain_table(document, 2, widths)
    left, right = table.rows[0].cells
    _lines(left, frame.issuer, layout, widths[0])
    _lines(right, frame.nation, layout, widths[1])
    _lines(table.rows[1].cells[0], [frame.number, *frame.letter_subject], layout, widths[0], space_before=4)
    _lines(table.rows[1].cells[1], [frame.dated], layout, widths[1], space_before=4)


def add_title(document: WordFile, frame: Frame, layout: Layout) -> None:
    """Write kind and subject in the middle of the page, with the line that the layout sets beneath."""
    width = text_width_mm(layout)
    for index, line in enumerate(frame.title):
        words = balanced(plain(line.text), layout.elements[line.part].size, width * 0.85)
        paragraph = document.add_paragraph(words, style=style_name(line.part))
        paragraph.paragraph_format.keep_with_next = True
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(18)
        _rule(document, line, words, layout, width)
    document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def add_signature(document: WordFile, frame: Frame, layout: Layout) -> None:
    """Write the last block: recipients on the left, who signs on the right, room for hand and seal
    between.
    """
    width = text_width_mm(layout)
    table = plain_table(document, 1, (width * 0.5, width * 0.5))
    table.rows[0].cells[0].paragraphs[0].paragraph_format.space_before = Pt(6)
    left, right = table.rows[0].cells
    _lines(left, frame.recipients, layout, width * 0.5, space_before=6)
    _lines(right, frame.signer, layout, width * 0.5, space_before=6)
    right.paragraphs[-1].paragraph_format.space_before = Pt(72)


def add_annex_head(document: WordFile, lines: Sequence[Line], layout: Layout) -> None:
    """Begin an annex on a new page with its head; the annexes of a State paper count their pages from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if layout.hierarchy == "state":
        # Nghị định 30/2020/NĐ-CP, Phụ lục I, III: each annex has page numbers of its own.
        restart = OxmlElement("w:pgNumType")
        restart.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:pgMar")).addnext(restart)
    else:
        section.different_first_page_header_footer = False
    for line in lines:
        words = balanced(plain(line.text), layout.elements[line.part].size, text_width_mm(layout))
        paragraph = document.add_paragraph(words, style=style_name(line.part))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(10)


def plain_table(document: WordFile, rows: int, widths_mm: Sequence[float]) -> Table:
    """A table that only holds columns beside each other: no lines, no inner margins, rows that do not
    break.
    """
    table = document.add_table(rows, len(widths_mm))
    fix_table(table, widths_mm)
    inner_margins(table, 0)
    return table


def inner_margins(table: Table, width_mm: float) -> None:
    """Set how far the words of a table that was held to its widths keep from the sides of their cells."""
    side = f'w:w="{Mm(width_mm).twips}" w:type="dxa"'
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}><w:left {side}/><w:right {side}/></w:tblCellMar>")
    shape: Any = table._tbl.tblPr
    shape.find(qn("w:tblLayout")).addnext(margins)


def fix_table(table: Table, widths_mm: Sequence[float]) -> None:
    """Hold a table to given column widths in millimetres and keep its rows whole."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def _lines(cell: _Cell, lines: Sequence[Line], layout: Layout, width_mm: float, *, space_before: float = 0) -> None:
    for index, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        centred = layout.elements[line.part].align == "centre"
        size = layout.elements[line.part].size
        words = balanced(plain(line.text), size, width_mm) if centred else plain(line.text)
        paragraph.text = words
        paragraph.style = style_name(line.part)
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(space_before)
        _rule(cell, line, words, layout, width_mm)


def _rule(place: Any, line: Line, words: str, layout: Layout, width_mm: float) -> None:
    """Draw the line under a part: as long as its words, a part of them, or five dashes; most parts have
    none.
    """
    element = layout.elements[line.part]
    if element.rule == "none":
        return
    paragraph: Paragraph = place.add_paragraph(style=style_name(line.part))
    length = rule_mm(line, words.split("\n"), layout, width_mm)
    if length is None:
        paragraph.text = DASHES
    else:
        _border(paragraph, length, width_mm, element.align)


def _border(paragraph: Paragraph, length_mm: float, width_mm: float, align: Align) -> None:
    """A thin line of a given length, as the upper border of an empty paragraph that is hardly high."""
    form, free = paragraph.paragraph_format, max(width_mm - length_mm, 0)
    form.left_indent = Mm(free if align == "right" else free / 2)
    form.right_indent = Mm(0 if align == "right" else free / 2)
    form.space_before = Pt(2)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
