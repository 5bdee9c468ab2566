"""A list handed out as a file, CSV or XLSX."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dondoc.office.access import Refused
from dondoc.office.reports.sheets import Sheet, csv_lines, to_xlsx
from dondoc.office.web.documents import download
from dondoc.rules.text import folded

FORMS = ("csv", "xlsx")
MOST = 50_000  # rows in a file: more than anybody reads, and what a small machine still writes in seconds
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TooLong(Refused):
    """A list has more rows than one file takes."""


def check_length(rows: int) -> None:
    """Refuse to put a list into a file that has more rows than one takes; ask before fetching them."""
    if rows > MOST:
        raise TooLong(
            _("This list has %(rows)d rows; a file takes %(most)d. Take a filter more, then take it in parts.")
            % {"rows": rows, "most": MOST}
        )


def hand_out(sheet: Sheet, form: str) -> HttpResponse:
    """Hand a sheet out as a file, `form` being "csv" or "xlsx", named after its title and its day."""
    name = f"{slugify(folded(sheet.title)) or 'list'}-{sheet.as_of:%Y-%m-%d}.{form}"
    if form == "csv":
        return download("".join(csv_lines(sheet)).encode(), name, "text/csv; charset=utf-8")
    return download(to_xlsx(sheet), name, XLSX)
