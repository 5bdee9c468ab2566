"""A report printed: the forms in which it is handed out and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Refused
from dondoc.office.reports.annex import figures_json
from dondoc.office.reports.blocks import Report
from dondoc.office.reports.docx import to_docx
from dondoc.office.reports.html_file import to_html_file
from dondoc.office.reports.pdf import CannotPrint, to_pdf
from dondoc.office.reports.xlsx import to_xlsx
from dondoc.rules.layouts import Layout


class FormRefused(Refused):
    """A report cannot be printed in this form."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a report: its key, which ends the names of its files, its media type, what it is called and is for."""

    key: str
    media_type: str
    name: str
    says: str


FORMS: Mapping[str, Form] = {
    form.key: form
    for form in (
        Form(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Word (DOCX)",
            gettext_noop("to go on editing"),
        ),
        Form("pdf", "application/pdf", "PDF", gettext_noop("to print and to send")),
        Form(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel (XLSX)",
            gettext_noop("its tables, to reckon with"),
        ),
        Form("html", "text/html; charset=utf-8", "HTML", gettext_noop("to read in a browser")),
        Form("json", "application/json", "JSON", gettext_noop("its figures, for a machine")),
    )
}


def form_of(key: str) -> Form:
    """Find a form by its key; refused where there is none such."""
    if key not in FORMS:
        raise FormRefused(
            _("A report is not printed as “%(form)s”. It can be had as: %(forms)s.")
            % {"form": key, "forms": ", ".join(one.upper() for one in FORMS)}
        )
    return FORMS[key]


def print_as(form: str, report: Report, layout: Layout, *, frame: bytes | None) -> bytes:
    """Print a report in one form; the same report gives the same bytes on any day and machine.

    `frame` is the office's own Word file into which the DOCX is written. Raises FormRefused.
    """
    printers: Mapping[str, Callable[[], bytes]] = {
        "docx": lambda: to_docx(report, layout, frame=frame),
        "pdf": lambda: to_pdf(report, layout),
        "xlsx": lambda: to_xlsx(report, layout),
        "html": lambda: to_html_file(report, layout),
        "json": lambda: figures_json(report),
    }
    try:
        return printers[form_of(form).key]()
    except CannotPrint as reason:
        raise FormRefused(str(reason)) from reason


def printed(report: Report, layout: Layout, *, frame: bytes | None) -> dict[str, bytes]:
    """Print a report in every form, by the form's key."""
    return {form: print_as(form, report, layout, frame=frame) for form in FORMS}
