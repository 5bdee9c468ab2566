"""A report as a Word file, laid out as Nghị định 30/2020/NĐ-CP or the Party's rules want it, or set into an office's
own file.

The same report gives the same bytes on any day and machine: no clock is read, and every date in the file is
the report's own day of issue. (The chart is drawn with the fonts of `charts.chart_png`; see there.)
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from xml.sax.saxutils import escape

from django.utils.translation import override
from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from dondoc.office.reports.annex import figures_json
from dondoc.office.reports.blocks import Paragraph, Report
from dondoc.office.reports.docx_blocks import BlockWriter
from dondoc.office.reports.docx_footnotes import Footnotes
from dondoc.office.reports.docx_frame import add_annex_head, add_head, add_signature, add_title
from dondoc.office.reports.docx_styles import dressed
from dondoc.office.reports.footnotes import figure_notes
from dondoc.office.reports.frame import annex_lines, ended, frame_of, numbered
from dondoc.office.reports.frame_filling import filled
from dondoc.office.reports.steady import steady_zip
from dondoc.office.reports.wording import plain
from dondoc.rules.layouts import Layout

FIGURES_XML = "urn:dondoc:figures:1"
"""The name by which a program finds the figures in the file: JSON as `annex.figures_json` writes it, inside one
element of XML.
"""


def to_docx(report: Report, layout: Layout, *, frame: bytes | None = None) -> bytes:
    """Print a report as a Word file in a layout (`rules.layouts.layout_for` of its hierarchy and day of
    issue).

    With `frame`, an office's own Word file, its head, foot, styles and margins are kept and the report stands where
    the frame has its places (`frame_files.PLACES`); FrameRefused where the frame cannot be used.
    """
    with override(report.language):
        document = _own_paper(report, layout) if frame is None else filled(frame, report, layout)
        _attach_figures(document, report)
        set_properties(document, report)
        return steady(document, report.issued_on)


def _own_paper(report: Report, layout: Layout) -> WordFile:
    """Lay the report out on a paper of the layout itself."""
    document = dressed(layout)
    notes = Footnotes(document, figure_notes(report))
    frame = frame_of(report, layout)
    add_head(document, frame, layout)
    add_title(document, frame, layout)
    BlockWriter(document, notes, layout).write(ended(numbered(report.blocks, layout), layout))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_signature(document, frame, layout)
    for index, annex in enumerate(report.annexes):
        add_annex_head(document, annex_lines(report, layout, index), layout)
        BlockWriter(document, notes, layout).write(numbered(annex.blocks, layout))
    BlockWriter(document, notes, layout).write([Paragraph(runs, "note") for runs in report.notes])
    notes.write()
    return document


def _attach_figures(document: WordFile, report: Report) -> None:
    """Let the figures travel with the file as a part of XML of its own (ISO/IEC 29500, custom XML data)."""
    words = escape(figures_json(report).decode())
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<figures xmlns="{FIGURES_XML}">{words}</figures>'
    part = Part(
        document.part.package.next_partname("/customXml/item%d.xml"),
        CONTENT_TYPE.XML,
        xml.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def set_properties(document: WordFile, report: Report) -> None:
    """What Word shows under "properties": the report's own words and day, nothing of the machine."""
    issued = datetime.combine(report.issued_on, time(), UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = plain(f"{report.type_name}: {report.title}")
    properties.author = properties.last_modified_by = plain(report.issuer_name)
    properties.created = properties.modified = issued
    properties.language, properties.revision = "vi-VN", 1
    properties.comments = properties.keywords = properties.subject = properties.category = ""


def steady(document: WordFile, on: date) -> bytes:
    """Write the file with the same date on every part, so that the same report is the same bytes."""
    raw = io.BytesIO()
    document.save(raw)
    return steady_zip(raw.getvalue(), on)
