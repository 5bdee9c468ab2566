"""A list as a file for Excel: CSV or XLSX, with what it holds, of which day, and who took it, above its rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from dondoc.rules.text import vi_date, vi_number

Cell = str | int | Decimal | date | None

# What a spreadsheet would take for the beginning of a formula; such a text gets an apostrophe before it (OWASP).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32767  # letters in a cell of Excel
_TITLE, _HEAD, _TEXT, _DAY, _WHOLE, _PART = range(6)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: its head, and how wide it is, in letters."""

    title: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it goes into a file. `says` is the sentence of its filters, `rows` hold as many cells as columns.
    `notes` are further lines above the rows.

    `known_at` is None where all that is known counts; `made_at` is the instant at which the file is taken.
    """

    title: str
    says: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[tuple[Cell, ...]]
    office: str
    as_of: date
    known_at: datetime | None
    made_at: datetime
    made_by: str
    notes: tuple[str, ...] = ()

    @property
    def preamble(self) -> list[str]:
        """The lines above the head: what it is, of whom, as of which day, taken when and by whom."""
        said = {"day": vi_date(self.as_of), "known": _moment(self.known_at) if self.known_at else ""}
        as_of = _("As of %(day)s, counting what was recorded by %(known)s") if self.known_at else _("As of %(day)s")
        taken = _("Taken at %(moment)s by %(name)s") % {"moment": _moment(self.made_at), "name": self.made_by}
        return [f"{self.title} · {self.office}", self.says, *self.notes, as_of % said, taken]


def _moment(instant: datetime) -> str:
    return f"{instant.astimezone(timezone.get_default_timezone()):%H:%M %d/%m/%Y}"


def harmless(text: str) -> str:
    """Keep a text from being taken for a formula by the program that opens the file."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Write a sheet as CSV, some rows at a time: in UTF-8 after a byte order mark, days and numbers as on paper."""
    # What is said above the rows is said now, in the language of whoever asks; the rows go out later.
    above = [*([line] for line in sheet.preamble), [], [column.title for column in sheet.columns]]
    return _lines(above, sheet.rows)


def _lines(above: list[list[str]], rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    out = StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerows([[harmless(text) for text in line] for line in above])
    for number, row in enumerate(rows):
        writer.writerow([_written(cell) for cell in row])
        if number % 200 == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return vi_date(cell)
    return vi_number(cell) if isinstance(cell, Decimal) else harmless(cell) if isinstance(cell, str) else str(cell)


def to_xlsx(sheet: Sheet) -> bytes:
    """Write a sheet as XLSX: days are days and numbers are numbers, the head stays in sight and can be filtered."""
    content = BytesIO()
    # In memory, so that no file of the machine ever holds the words of the list.
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {"title": sheet.title, "author": sheet.made_by, "created": sheet.made_at.replace(tzinfo=None)}
        )
        page = book.add_worksheet(_sheet_name(sheet.title))
        formats = _formats(book)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width)
        for number, line in enumerate(sheet.preamble):
            page.write_string(number, 0, line[:LONGEST_CELL], formats[_TITLE] if number == 0 else None)
        head = len(sheet.preamble) + 1
        for place, column in enumerate(sheet.columns):
            page.write_string(head, place, column.title, formats[_HEAD])
        last = head
        for last, row in enumerate(sheet.rows, head + 1):
            for place, cell in enumerate(row):
                _put(page, last, place, cell, formats)
        page.freeze_panes(head + 1, 1)
        page.autofilter(head, 0, last, len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(head)
    return content.getvalue()


def _formats(book: Any) -> list[Any]:
    text = {"valign": "top", "text_wrap": True}
    return [
        book.add_format({"bold": True, "font_size": 13}),
        book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        book.add_format(text),
        book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "right"}),
        book.add_format({"valign": "top", "num_format": "#,##0"}),
        book.add_format({"valign": "top", "num_format": "#,##0.0##"}),
    ]


def _put(page: Any, row: int, place: int, cell: Cell, formats: list[Any]) -> None:
    """Write a cell as what it is; a text is written as a text, whatever it begins with."""
    if isinstance(cell, date):
        page.write_datetime(row, place, cell, formats[_DAY])
    elif isinstance(cell, int):
        page.write_number(row, place, cell, formats[_WHOLE])
    elif isinstance(cell, Decimal):
        page.write_number(row, place, cell, formats[_PART])
    elif cell:
        page.write_string(row, place, cell[:LONGEST_CELL], formats[_TEXT])


def _sheet_name(title: str) -> str:
    """Give the name of a sheet that Excel takes: at most 31 letters, without the signs it uses itself."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\").strip("'")[:31] or "1"
