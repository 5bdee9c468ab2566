"""A report as a workbook: its text, a sheet for each of its tables and charts, and a sheet of all its figures.

A number that was counted is a number in its cell, so that it can be reckoned with; every text is written as a
text, whatever sign it begins with, so that nothing of a document is taken for a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from dondoc.office.reports.annex import instant
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
from dondoc.office.reports.footnotes import figure_notes
from dondoc.office.reports.frame import annex_lines, ended, frame_of, numbered
from dondoc.office.reports.sheets import LONGEST_CELL
from dondoc.office.reports.steady import steady_zip
from dondoc.office.reports.xlsx_pictures import insert, unstretched
from dondoc.rules.layouts import Layout

_LONGEST_UNIT = 60
_TABLE_LETTERS = 100
_FIGURE_COLUMNS = 10
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)")
_WHOLE = re.compile(r"0|[1-9]\d{0,2}(\.\d{3}){1,3}|[1-9]\d{0,8}")


def to_xlsx(report: Report, layout: Layout) -> bytes:
    """Print a report as a workbook; the same report gives the same bytes on any day and machine.

    The first sheet holds the text, line by line, with the numbers of each line beside it; then follow the tables
    and charts of the text (a picture beside its numbers), the annexes, and "Số liệu", which says of each number what
    it counts.
    """
    with override(report.language):
        content = BytesIO()
        # Formulas and links are never made out of text; nothing is written to the machine's disk.
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(content, options) as book:
            issued = datetime.combine(report.issued_on, time())
            book.set_properties(
                {
                    "title": f"{report.type_name}: {report.title}",
                    "author": report.issuer_name,
                    "created": issued,
                }
            )
            _Writer(book, report, layout).write()
        written = content.getvalue()
        return steady_zip(written, report.issued_on, added=unstretched(written))


class _Writer:
    """Writes the sheets of one workbook; knows the looks of its cells."""

    def __init__(self, book: Any, report: Report, layout: Layout) -> None:
        self._book = book
        self._report = report
        self._layout = layout
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        report, layout = self._report, self._layout
        blocks = ended(numbered(report.blocks, layout), layout)
        names = self._names(blocks)
        self._text(self._sheet(pgettext("sheet", "Report"), 1), blocks, names)
        for block, name in zip(_grids(blocks), names, strict=True):
            self._grid_sheet(name, block)
        for index, annex in enumerate(report.annexes):
            lines = [line.text for line in annex_lines(report, layout, index)]
            self._annex(self._named(lines[0]), lines, numbered(annex.blocks, layout))
        self._figures(self._sheet(pgettext("sheet", "Figures"), 6))

    def _names(self, blocks: Sequence[Block]) -> list[str]:
        """The names of the sheets of tables and charts, counted apart."""
        counts = {Table: 0, Chart: 0}
        words = {Table: _("Table %(number)s"), Chart: _("Chart %(number)s")}
        names = []
        for block in _grids(blocks):
            counts[type(block)] += 1
            names.append(words[type(block)] % {"number": counts[type(block)]})
        return names

    def _sheet(self, name: str, across: int) -> Any:
        page = self._named(name)
        page.fit_to_pages(1, 0)
        if across > 1:
            page.set_landscape()
        return page

    def _named(self, name: str) -> Any:
        page = self._book.add_worksheet(name[:31])
        page.set_paper(9)  # A4
        return page

    def _format(self, **wanted: Any) -> Any:
        wanted = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True} | wanted
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]

    def _text(self, page: Any, blocks: Sequence[Block], names: Sequence[str]) -> None:
        """The text of the paper, a line of the paper to a line of the sheet, its numbers in the columns beside it."""
        page.set_column(0, 0, 90)
        page.set_column(1, _FIGURE_COLUMNS, 9)
        frame, at = frame_of(self._report, self._layout), 0
        head = [*frame.issuer, frame.number, *frame.nation, frame.dated, *frame.title]
        for line in head:
            element = self._layout.elements[line.part]
            self._words(page, at, 0, line.text, bold=element.bold, italic=element.italic)
            at += 1
        grids = iter(names)
        for block in blocks:
            at += 1
            match block:
                case Heading(_level, runs):
                    self._line(page, at, runs, bold=True)
                case Paragraph(runs, style):
                    self._line(page, at, runs, italic=style == "note", bold=style == "caption")
                case Table() | Chart():
                    title = block.caption if isinstance(block, Table) else block.title
                    words = _("%(title)s: see the sheet “%(sheet)s”") % {"title": title, "sheet": next(grids)}
                    self._words(page, at, 0, words.removeprefix(": "), italic=True)
        at += 2
        for line in (*frame.signer, *frame.recipients):
            self._words(page, at, 0, line.text, bold=self._layout.elements[line.part].bold)
            at += 1
        for runs in self._report.notes:
            self._line(page, at, runs, italic=True)
            at += 1

    def _line(self, page: Any, at: int, runs: Runs, **looks: bool) -> None:
        self._words(page, at, 0, said(runs), **looks)
        figures = [run.figure for run in runs if isinstance(run, FigureRun) and run.figure.value is not None]
        for place, figure in enumerate(figures[:_FIGURE_COLUMNS], start=1):
            page.write_number(at, place, figure.value, self._format(num_format=_digits(figure.value)))

    def _words(self, page: Any, row: int, place: int, text: str, **looks: Any) -> None:
        if text:
            page.write_string(row, place, text[:LONGEST_CELL], self._format(**looks))

    def _grid_sheet(self, name: str, block: Table | Chart) -> None:
        page = self._named(name)
        self._landscape(page, block)
        if isinstance(block, Chart):
            self._words(page, 0, 0, block.title, bold=True, text_wrap=False)
        self._table(page, 2 if isinstance(block, Chart) else 0, block, frozen=True)

    def _landscape(self, page: Any, block: Table | Chart) -> None:
        page.set_landscape()
        page.fit_to_pages(1, 0)
        table = block.twin if isinstance(block, Chart) else block
        shares = sum(column.share for column in table.columns)
        for place, column in enumerate(table.columns):
            page.set_column(place, place, max(6, round(_TABLE_LETTERS * column.share / shares)))

    def _annex(self, page: Any, lines: Sequence[str], blocks: Sequence[Block]) -> None:
        for at, line in enumerate(lines):
            self._words(page, at, 0, line, bold=at < 2, italic=at >= 2, text_wrap=False)
        at, frozen = len(lines) + 1, True
        for block in blocks:
            if isinstance(block, Table | Chart):
                if frozen:
                    self._landscape(page, block)
                at, frozen = self._table(page, at, block, frozen=frozen) + 1, False
            else:
                self._words(page, at, 0, said(block.runs), text_wrap=False, bold=isinstance(block, Heading))
                at += 1

    def _table(self, page: Any, at: int, block: Table | Chart, *, frozen: bool) -> int:
        """Write a table from a line on; give the line after it. The head of the first one stays in sight."""
        table = block.twin if isinstance(block, Chart) else block
        if table.caption:
            self._words(page, at, 0, table.caption, bold=True, text_wrap=False)
            at += 1
        for place, column in enumerate(table.columns):
            looks = {"bold": True, "border": 1, "align": "center", "valign": "vcenter"}
            page.write_string(at, place, column.title, self._format(**looks))
        if frozen:
            page.freeze_panes(at + 1, 0)
            page.repeat_rows(at)
        lines = len(table.rows)
        if isinstance(block, Chart):
            lines = max(lines, insert(page, at + 1, len(table.columns) + 1, block))
        for line, row in enumerate(table.rows, at + 1):
            for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
                align = {"start": "left", "center": "center", "end": "right"}[column.align]
                self._cell(page, line, place, cell, align=align, border=1, bold=row.strong)
        return at + 1 + lines

    def _cell(self, page: Any, row: int, place: int, runs: Runs, **looks: Any) -> None:
        """A cell with one number is that number, with the words around it as the look of the number."""
        figures = [run.figure for run in runs if isinstance(run, FigureRun)]
        around = sum(len(_one(run)) for run in runs if not isinstance(run, FigureRun))
        if len(figures) == 1 and figures[0].value is not None and around <= _LONGEST_UNIT:
            shape = "".join(
                _digits(run.figure.value, run.text) if isinstance(run, FigureRun) else _literal(_one(run))
                for run in runs
            )
            page.write_number(row, place, figures[0].value, self._format(num_format=shape, **looks))
        elif not figures and (day := _day(text := said(runs))):
            page.write_datetime(row, place, day, self._format(num_format="dd/mm/yyyy", **looks))
        elif not figures and _WHOLE.fullmatch(text):
            page.write_number(row, place, int(text.replace(".", "")), self._format(num_format="#,##0", **looks))
        elif runs:
            page.write_string(row, place, said(runs)[:LONGEST_CELL], self._format(**looks))
        else:
            page.write_blank(row, place, None, self._format(**looks))

    def _figures(self, page: Any) -> None:
        """One line for each number: its key and arguments, its value, what it counts, its days, its address."""
        columns = (
            (pgettext("column", "No."), 5), (_("Key"), 24), (_("Arguments"), 28), (_("Value"), 11), (_("Sentence"), 60),
            (_("As of"), 12), (_("Known until"), 26), (pgettext("column", "Definition"), 36), (_("Address"), 40),
        )  # fmt: skip
        for place, (title, width) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(0, place, title, self._format(bold=True, bottom=1))
        last = 0
        for last, (figure, note) in enumerate(figure_notes(self._report).items(), start=1):
            arguments = "; ".join(f"{name}={given}" for name, given in figure.arguments)
            page.write_number(last, 0, note.number, self._format())
            self._words(page, last, 1, figure.key)
            self._words(page, last, 2, arguments)
            if figure.value is None:
                self._words(page, last, 3, _("not recorded"))
            else:
                page.write_number(last, 3, figure.value, self._format(num_format=_digits(figure.value)))
            self._words(page, last, 4, figure.sentence)
            page.write_datetime(last, 5, figure.as_of, self._format(num_format="dd/mm/yyyy"))
            self._words(page, last, 6, instant(figure.known_at) or "")
            self._words(page, last, 7, figure.definition or "")
            self._words(page, last, 8, figure.url)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.autofilter(0, 0, last, len(columns) - 1)


def _grids(blocks: Iterable[Block]) -> list[Table | Chart]:
    return [block for block in blocks if isinstance(block, Table | Chart)]


def said(runs: Iterable[Run]) -> str:
    """The words of a line as one text."""
    return "".join(_one(run) for run in runs)


def _one(run: Run) -> str:
    if isinstance(run, FigureRun):
        return run.shown
    return f"“{run.text}” ({run.source})" if isinstance(run, Quote) else run.text


def _digits(value: int | Decimal | None, text: str | None = None) -> str:
    """The look of a number: whole or with its decimals, and with the leading nought that the sentence gives it."""
    if text is not None and text.isascii() and text.isdecimal():
        return "0" * len(text)
    places = str(value).partition(".")[2] if isinstance(value, Decimal) else ""
    return f"#,##0.{'0' * len(places)}" if places else "#,##0"


def _day(text: str) -> date | None:
    """The day that a text names and nothing else; None where it is another text or there is no such day."""
    found = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in reversed(found.groups()))) if found else None
    except ValueError:
        return None


def _literal(text: str) -> str:
    """Words inside the look of a number, each sign taken as itself."""
    return "".join(f"\\{letter}" for letter in text)
