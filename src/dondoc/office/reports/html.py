"""A report as the sheet of a web page: the same words as the Word file, each number a link to its rows.

Only the sheet is made here; the page around it, its looks and the drawing of the charts belong to the
templates. No style is written into the sheet, because the site's policy allows none, and every name and word
is escaped.

What the look can hold on to: `article.paper.of-party|of-state` > `header.paper-head` (`.left`, `.right`, twice:
names, then number and day), `.paper-title`, `.paper-body` with `.report-block` > text and `aside.margin` >
`p.margin-note`, `.paper-sign`, `section.annex`, `.paper-notes`. A line of the frame carries its part of the layout
as a class (`.motto`, `.subject`) and `.rule-full|part|dashes` where a line is drawn beneath it. Numbers, tables,
quotes and charts are written as the templates under `parts/` write them.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
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
    Row,
    Run,
    Runs,
    Table,
    runs_of,
)
from dondoc.office.reports.drawing import chart_svg
from dondoc.office.reports.footnotes import FigureNote, figure_notes
from dondoc.office.reports.frame import Line, annex_lines, ended, frame_of, numbered
from dondoc.office.reports.measure import symbols_apart
from dondoc.rules.layouts import Layout

EMPTY = mark_safe("")
_TAGS = {1: "h2", 2: "h3", 3: "h4"}


def to_html(report: Report, layout: Layout, *, still: bool = False) -> SafeString:
    """Write the sheet of a report in a layout (that of its hierarchy on its day of issue).

    `still` draws the charts as pictures within the sheet, for a file that is kept and needs no scripts.
    """
    with override(report.language):
        writer = _Writer(figure_notes(report), still=still)
        frame = frame_of(report, layout)
        body = writer.blocks(ended(numbered(report.blocks, layout), layout))
        annexes = _together(
            format_html(
                '<section class="annex"><header class="paper-title">{}</header>{}</section>',
                _lines(annex_lines(report, layout, index), layout),
                writer.blocks(numbered(annex.blocks, layout)),
            )
            for index, annex in enumerate(report.annexes)
        )
        return format_html(
            '<article class="paper of-{}" lang="{}"><header class="paper-head"><div class="left">{}</div>'
            '<div class="right">{}</div><div class="left">{}</div><div class="right">{}</div></header>'
            '<header class="paper-title">{}</header>'
            '<div class="paper-body">{}</div>'
            '<footer class="paper-sign"><div class="left">{}</div><div class="right">{}</div></footer>'
            "{}{}</article>",
            layout.hierarchy,
            report.language,
            _lines(frame.issuer, layout),
            _lines(frame.nation, layout),
            _lines([frame.number], layout),
            _lines([frame.dated], layout),
            _lines(frame.title, layout),
            body,
            _lines(frame.recipients, layout),
            _lines(frame.signer, layout),
            annexes,
            writer.notes(report.notes),
        )


def kept(text: str) -> SafeString:
    """Write words so that no line is broken within a symbol ("59-NQ/TW"); what is copied or searched stays the same."""
    if "-" not in text and "/" not in text:
        return format_html("{}", text)
    pieces = symbols_apart(text)
    return _together(format_html('<span class="symbol">{}</span>' if is_one else "{}", one) for one, is_one in pieces)


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _lines(lines: Sequence[Line], layout: Layout) -> SafeString:
    """The lines of the frame; the kind and the subject of the paper are its heading."""
    parts = []
    for line in lines:
        rule = layout.elements[line.part].rule
        tag = "h1" if line.part == "kind" else "p"
        classes = line.part if rule == "none" else f"{line.part} rule-{rule}"
        parts.append(format_html('<{0} class="{1}">{2}</{0}>', tag, classes, kept(line.text)))
    return _together(parts)


class _Writer:
    """Writes blocks; remembers which figures it has named, for a note stands beside the first mention."""

    def __init__(self, notes: dict[FigureValue, FigureNote], *, still: bool) -> None:
        self._notes = notes
        self._still = still
        self._mentioned: set[FigureValue] = set()
        self._charts = 0

    def blocks(self, blocks: Sequence[Block]) -> SafeString:
        """Each block with the notes of the figures that it is the first to mention."""
        return _together(self._with_margin(block) for block in blocks)

    def notes(self, lines: Sequence[Runs]) -> SafeString:
        """The remarks at the end of the sheet."""
        if not lines:
            return EMPTY
        paragraphs = _together(format_html("<p>{}</p>", self._runs(runs)) for runs in lines)
        return format_html('<footer class="paper-notes">{}</footer>', paragraphs)

    def _with_margin(self, block: Block) -> SafeString:
        figures = dict.fromkeys(run.figure for run in runs_of(block) if isinstance(run, FigureRun) and run.noted)
        new = [self._notes[figure] for figure in figures if figure not in self._mentioned]
        content = self._block(block)
        margin = EMPTY
        if new:
            notes = format_html_join(
                "",
                '<p class="margin-note" id="note-{}"><sup>{}</sup> {}</p>',
                ((note.number, note.number, kept(note.text)) for note in new),
            )
            margin = format_html(
                '<aside class="margin" role="note" aria-label="{}">{}</aside>', _("Where the numbers come from"), notes
            )
        return format_html('<div class="report-block">{}{}</div>', content, margin)

    def _block(self, block: Block) -> SafeString:
        match block:
            case Heading(level, runs):
                return format_html("<{0}>{1}</{0}>", _TAGS[level], self._runs(runs))
            case Paragraph(runs, style):
                return format_html('<p class="{}">{}</p>', style, self._runs(runs))
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)

    def _chart(self, block: Chart) -> SafeString:
        """The place of the picture, its specification, and its numbers as a table for who cannot see it."""
        return format_html(
            '<figure class="chart"><figcaption>{}</figcaption>{}'
            '<details><summary class="small quiet">{}</summary>{}</details></figure>',
            kept(_("Chart: %(title)s") % {"title": block.title}),
            self._picture(block) if self._still else self._drawing(block),
            _("The numbers of the chart"),
            self._table(block.twin),
        )

    def _drawing(self, block: Chart) -> SafeString:
        self._charts += 1
        key = f"report-chart-{self._charts}"
        return format_html(
            '{}{}<div class="drawing" data-spec="{}" role="img" aria-label="{}"></div>',
            json_script(block.spec, key),
            json_script(block.narrow, f"{key}-narrow") if block.narrow else EMPTY,
            key,
            block.alt,
        )

    def _picture(self, block: Chart) -> SafeString:
        drawn = b64encode(chart_svg(block.spec)).decode()
        return format_html('<img class="drawing" src="data:image/svg+xml;base64,{}" alt="{}">', drawn, block.alt)

    def _table(self, table: Table) -> SafeString:
        caption = format_html("<caption>{}</caption>", kept(table.caption)) if table.caption else EMPTY
        head = format_html_join(
            "",
            '<th scope="col" class="{}">{}</th>',
            ((column.align, kept(column.title)) for column in table.columns),
        )
        rows = (
            format_html('<tr class="{}">{}</tr>', "strong" if row.strong else "", self._cells(table, row))
            for row in table.rows
        )
        return format_html(
            '<div class="scroll" tabindex="0"><table class="rows printed">{}<thead><tr>{}</tr></thead><tbody>{}</tbody>'
            "</table></div>",
            caption,
            head,
            _together(rows),
        )

    def _cells(self, table: Table, row: Row) -> SafeString:
        cells = []
        for place, (column, runs) in enumerate(zip(table.columns, row.cells, strict=True)):
            if row.is_group and place > row.head:
                break
            span = len(table.columns) - row.head if row.is_group and place == row.head else 1
            content = self._runs(runs)
            if place == row.head:
                head = '<th scope="row" class="{}" colspan="{}">{}</th>'
                cells.append(format_html(head, column.align, span, content))
            else:
                cells.append(format_html('<td class="{}">{}</td>', column.align, content))
        return _together(cells)

    def _runs(self, runs: Runs) -> SafeString:
        return _together(self._run(run) for run in runs)

    def _run(self, run: Run) -> SafeString:
        if isinstance(run, FigureRun):
            return self._figure(run)
        if isinstance(run, Quote):
            words = kept(run.text)
            words = format_html('<a href="{}">{}</a>', run.url, words) if run.url else words
            return format_html('<q>{}</q> <span class="quiet">({})</span>', words, kept(run.source))
        text = kept(run.text)
        for wanted, tag in ((run.italic, "em"), (run.bold, "strong")):
            text = format_html("<{0}>{1}</{0}>", tag, text) if wanted else text
        return text

    def _figure(self, run: FigureRun) -> SafeString:
        """A number as a link that opens its rows beside the page, with the mark of its note once."""
        shown = format_html("<b>{}</b>", run.shown) if run.bold else run.shown
        if not run.noted:
            return format_html(
                '<a class="figure counted" href="{0}" hx-get="{0}" hx-target="#drawer-body" title="{1}">{2}</a>',
                run.figure.url,
                run.figure.sentence,
                shown,
            )
        note = self._notes[run.figure]
        first = run.figure not in self._mentioned
        self._mentioned.add(run.figure)
        mark = format_html('<sup class="mark"><a href="#note-{0}">{0}</a></sup>', note.number) if first else EMPTY
        return format_html(
            '<a class="figure counted" href="{}" hx-get="{}" hx-target="#drawer-body" title="{}" '
            'aria-describedby="note-{}">{}</a>{}',
            run.figure.url,
            run.figure.url,
            run.figure.sentence,
            note.number,
            shown,
            mark,
        )
