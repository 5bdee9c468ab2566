"""Issuing a report: its bytes are kept for ever, with every figure it showed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc import __version__
from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Issued
from dondoc.office.reports.board import Scope
from dondoc.office.reports.docx import to_docx
from dondoc.office.reports.footnotes import figure_records
from dondoc.office.reports.gather import progress
from dondoc.office.reports.snapshot import as_text
from dondoc.rules.chain import digest_bytes


class IssueRefused(Refused):
    """A report cannot be issued like this."""


def issue_progress(scope: Scope, *, as_of: date, on: date, actor: Actor) -> Issued:
    """Issue the progress report on a resolution or a list as of a day; what is known at this instant counts."""
    require(actor, "officer", "leader", "administrator")
    if as_of > on:
        raise IssueRefused(_("A report is issued as of a day that has come. Choose today or an earlier day."))
    with writing(actor) as w:
        known_at = w.now
    # Written outside the lock, for nobody in the office could enter anything meanwhile: what was known at that instant
    # does not change any more.
    report, layout = progress(scope, viewer=actor.viewer, as_of=as_of, known_at=known_at, issued_on=on)
    content = to_docx(report, layout)
    with writing(actor) as w:
        issued = w.new(
            Issued,
            office=w.office,
            report="progress",
            title=report.title,
            scope=scope.arguments,
            as_of=as_of,
            known_at=known_at,
            issued_on=on,
            text=as_text(report),
            figures=figure_records(report),
            program_version=__version__,
            content=content,
            sha256=digest_bytes(content),
        )
        w.record("issue_report", [issued])
        return issued
