"""What was issued: the list of it, each report with its files and figures, and a report made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dondoc.office.access import SEES_ALL, require
from dondoc.office.here import Here
from dondoc.office.queries import issued
from dondoc.office.queries.issued import IssuedReport, IssuedRow
from dondoc.office.reports.html_file import sheet_of
from dondoc.office.reports.printing import FORMS, form_of
from dondoc.office.reports.remaking import Again, remade
from dondoc.office.reports.templates import templates
from dondoc.office.web.documents import download
from dondoc.office.web.frame import page
from dondoc.rules.text import folded

SHEET = "html"


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List what the office has issued, newest first, each with the forms in which it is kept."""
    require(here.actor, *SEES_ALL)
    rows = issued.issued(viewer=here.viewer, known_at=here.known_at)
    return render(request, "issued/list.html", {"issued": rows_shown(rows, here)})


def rows_shown(rows: Iterable[IssuedRow], here: Here) -> list[dict[str, Any]]:
    """Give the issued reports as a list shows them: what kind each is, and a link for each form."""
    names = {row.key: row.name for row in templates(on=here.today)}
    return [
        {
            "row": row,
            "kind": names.get(row.report, row.report),
            "forms": [
                {"label": form.upper(), "url": f"/issued/{row.id}/files/{form}/"} for form in _ordered(row.forms)
            ],
        }
        for row in rows
    ]


def _ordered(forms: Iterable[str]) -> list[str]:
    """Put forms into the order in which they are offered everywhere."""
    given = set(forms)
    return [*(form for form in FORMS if form in given), *sorted(given - FORMS.keys())]


@require_GET
@page
def show(request: HttpRequest, here: Here, issued_id: int) -> HttpResponse:
    """Show an issued report: what it is about, its files, its numbers, and the sheet as it was printed."""
    require(here.actor, *SEES_ALL)
    report = issued.one(issued_id, viewer=here.viewer, known_at=here.known_at)
    names = {row.key: row.name for row in templates(on=report.issued_on)}
    files = {file.form: file for file in report.files}
    context = {
        "report": report,
        "kind": names.get(report.report, report.report),
        "files": [_file_shown(files[form], report) for form in _ordered(files)],
        "figures": [_figure_shown(record) for record in report.figures],
        "altered": [file.form.upper() for file in report.files if not file.is_whole],
        "sheet": _sheet(report, here),
    }
    return render(request, "issued/page.html", context)


def _sheet(report: IssuedReport, here: Here) -> str:
    """Give the sheet as it was printed; nothing where it is not kept or is not what was issued."""
    if not any(file.form == SHEET and file.is_whole for file in report.files):
        return ""
    return sheet_of(issued.content(report.id, SHEET, viewer=here.viewer, known_at=here.known_at)[1])


def _file_shown(file: issued.StoredFile, report: IssuedReport) -> dict[str, Any]:
    form = FORMS.get(file.form)
    return {
        "file": file,
        "name": form.name if form else file.form.upper(),
        "says": _(form.says) if form else "",
        "url": f"{report.url}files/{file.form}/",
    }


def _figure_shown(record: Mapping[str, Any]) -> dict[str, Any]:
    """Give a stored number as the part `figure` of a page takes it: as it was printed, opening to its rows."""
    value = record["value"]
    return {
        "number": record["number"],
        "label": record["label"],
        "definition": record["definition"],
        "sentence": record["sentence"],
        "figure": {
            "value": Decimal(value) if isinstance(value, str) else value,
            "sentence": record["sentence"],
            "url": record["url"],
        },
    }


@require_GET
@page
def file(request: HttpRequest, here: Here, issued_id: int, paper: str) -> HttpResponse:
    """Give an issued report in one form, exactly as it was printed."""
    require(here.actor, *SEES_ALL)
    form = form_of(paper)
    report, found = issued.content(issued_id, form.key, viewer=here.viewer, known_at=here.known_at)
    return download(found, file_name(report.title, form.key), form.media_type)


def file_name(title: str, form: str) -> str:
    """Name a file after the title of its report, in letters that every program takes."""
    return f"{slugify(folded(title))[:80].strip('-') or 'bao-cao'}.{form}"


@require_GET
@page
def again(request: HttpRequest, here: Here, issued_id: int) -> HttpResponse:
    """Make an issued report again: is it the same, and what differs, with what was known then and with today's."""
    require(here.actor, *SEES_ALL)
    issued.one(issued_id, viewer=here.viewer, known_at=here.known_at)  # at an earlier instant it was not issued yet
    found = remade(issued_id, viewer=here.viewer)
    context = {
        "report": found.issued,
        "program_version": found.program_version,
        "parts": [
            _part("then", _("With what was known when it was issued"), found.then, found.issued.known_at),
            _part("today", _("With what is known today"), found.today, None),
        ],
    }
    return render(request, "issued/again.html", context)


def _part(key: str, title: str, made: Again, known_at: datetime | None) -> dict[str, Any]:
    return {"key": key, "title": title, "again": made, "known_at": known_at}
