"""Issuing a report: its bytes are kept for ever in every form, with every figure it showed."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Issued, IssuedFile
from dondoc.office.queries import frames
from dondoc.office.queries.issued import WORD
from dondoc.office.reports.board import Scope
from dondoc.office.reports.footnotes import figure_records
from dondoc.office.reports.printing import printed
from dondoc.office.reports.program import program_version
from dondoc.office.reports.snapshot import as_text
from dondoc.office.reports.templates import make
from dondoc.rules.chain import digest_bytes


class IssueRefused(Refused):
    """A report cannot be issued like this."""


def issue_report(
    template: str,
    scope: Scope,
    *,
    as_of: date,
    on: date,
    actor: Actor,
    compilation: int | None = None,
    frame: int | None = None,
) -> Issued:
    """Issue a report of a kind about a scope as of a day, in every form; what is known at this instant counts.

    `compilation` is the report in the making whose words it takes, `frame` the office's own Word file into which the
    Word form is written. Refused: a day that has not come, a scope on which
    nothing was on record, whoever is neither officer, leader nor administrator.
    """
    require(actor, "officer", "leader", "administrator")
    if as_of > on:
        raise IssueRefused(_("A report is issued as of a day that has come. Choose today or an earlier day."))
    with writing(actor) as w:
        # The addresses of the figures name the instant: in one zone, whatever zone the clock of the machine is in.
        known_at = w.now.astimezone(UTC)
    # Written outside the lock, for nobody in the office could enter anything meanwhile: what was known at that instant
    # does not change any more.
    moment: dict[str, Any] = {"viewer": actor.viewer, "as_of": as_of, "known_at": known_at, "issued_on": on}
    report, layout = make(template, scope, **moment, compilation=compilation)
    own = frames.content(frame, viewer=actor.viewer) if frame is not None else None
    files = printed(report, layout, frame=own)
    content = files.pop(WORD)
    with writing(actor) as w:
        issued = w.new(
            Issued,
            office=w.office,
            report=template,
            title=report.title,
            scope=scope.arguments,
            as_of=as_of,
            known_at=known_at,
            issued_on=on,
            text=as_text(report),
            figures=figure_records(report),
            program_version=program_version(),
            content=content,
            sha256=digest_bytes(content),
            compilation_id=compilation,
            frame_id=frame,
        )
        others = [
            w.new(IssuedFile, issued=issued, form=form, content=given, sha256=digest_bytes(given))
            for form, given in files.items()
        ]
        w.record("issue_report", [issued, *others])
        return issued
