"""Reports: shown as the paper they will be, printed in every form, and issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.actions.issued import issue_report
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import frames, issued
from dondoc.office.queries.frames import FrameRow
from dondoc.office.reports.blocks import Report
from dondoc.office.reports.content import NothingToReport
from dondoc.office.reports.html import to_html
from dondoc.office.reports.printing import FORMS, form_of, print_as
from dondoc.office.reports.templates import make
from dondoc.office.web.compilations.choosing import Wanted, check_named, chooser, wanted
from dondoc.office.web.documents import download
from dondoc.office.web.frame import PastRefused, counted_only, of_a_day, page, with_query
from dondoc.office.web.remaking import file_name, rows_shown
from dondoc.rules.layouts import Layout
from dondoc.rules.text import vi_date

LATEST = 10  # issued reports on this page; all of them have a page of their own
MAY_ISSUE = ("officer", "leader", "administrator")


@dataclass(frozen=True, slots=True)
class Asked:
    """The report that an address asks for: which, as of which day, and in which of the office's own Word files.

    No file is the program's own layout; a report in the making that was begun in one says so (`frame=0`).
    """

    wanted: Wanted
    as_of: date
    frame: FrameRow | None

    @property
    def frame_id(self) -> int | None:
        """The key of the Word file."""
        return self.frame.id if self.frame is not None else None

    def arguments(self, here: Here) -> dict[str, str]:
        """What asks for the same report again, with its day."""
        day = {} if self.wanted.compilation is not None else {"as_of": self.as_of.isoformat()}
        known = {"known_at": here.known_at.isoformat()} if here.known_at else {}
        return {**self.wanted.arguments, **day, **known, **self.in_frame(self.frame_id)}

    def in_frame(self, frame_id: int | None) -> dict[str, str]:
        """What asks for a Word file, or for none; nothing where that is understood."""
        begun_in = self.wanted.compilation.frame_id if self.wanted.compilation is not None else None
        return {} if frame_id == begun_in else {"frame": str(frame_id or 0)}


def _asked(request: HttpRequest, here: Here) -> Asked:
    """Read the address; a report in the making brings its own day and its own Word file."""
    found = wanted(request.GET, here)
    row = found.compilation
    chosen = number_asked(request.GET.get("frame", ""))
    if chosen is None and row is not None:
        chosen = row.frame_id
    frame = frames.frame(chosen, viewer=here.viewer, known_at=here.known_at) if chosen else None
    return Asked(found, here.as_of if row is None else row.as_of, frame)


def _made(asked: Asked, here: Here) -> tuple[Report, Layout]:
    return make(
        asked.wanted.template.key,
        asked.wanted.scope,
        viewer=here.viewer,
        as_of=asked.as_of,
        known_at=here.known_at,
        issued_on=here.today,
        compilation=asked.wanted.compilation,
    )


@require_GET
@page
def report(request: HttpRequest, here: Here) -> HttpResponse:
    """Show a report of a kind about a scope as of a day, or one in the making, as the paper it will be."""
    asked = _asked(request, here)
    context: dict[str, Any] = {
        **chooser(request, here, asked.wanted),
        "only": counted_only(here),
        "issued": rows_shown(issued.issued(viewer=here.viewer, known_at=here.known_at), here)[:LATEST],
    }
    try:
        made, layout = _made(asked, here)
    except NothingToReport as refusal:
        context["empty"] = {"title": _("Nothing to report"), "text": str(refusal)}
        return render(request, "reports/page.html", context)
    about = asked.arguments(here)
    context |= {
        "sheet": to_html(made, layout),
        "forms": [
            {"label": form.key.upper(), "says": _(form.says), "url": with_query(f"/report/{form.key}/", about)}
            for form in FORMS.values()
        ],
        "frames": _frames(asked, here),
        "issue": _issue(asked, here, about),
    }
    return render(request, "reports/page.html", context)


def _frames(asked: Asked, here: Here) -> dict[str, Any] | None:
    """Offer the office's own Word files, where it has any: the report is written into the one that is chosen."""
    rows = frames.frames(viewer=here.viewer, as_of=here.today, known_at=here.known_at)
    if asked.frame is not None and asked.frame_id not in {row.id for row in rows}:
        rows.append(asked.frame)  # one that was ended, or has a newer file, since the report was begun in it
    if not rows:
        return None
    about = {key: value for key, value in asked.arguments(here).items() if key != "frame"}
    offered = [(None, _("the program's own layout")), *((row.id, _frame_words(row, here)) for row in rows)]
    return {
        "label": next(name for key, name in offered if key == asked.frame_id),
        "options": [
            {
                "label": name,
                "url": with_query("/report/", about | asked.in_frame(key)),
                "current": key == asked.frame_id,
            }
            for key, name in offered
        ],
    }


def _frame_words(row: FrameRow, here: Here) -> str:
    """Call a Word file by its name, and say of one that is not in use any more until when it was."""
    if row.until is None or row.until > here.today:
        return row.name
    return _("%(name)s (until %(day)s)") % {"name": row.name, "day": vi_date(row.until)}


def _issue(asked: Asked, here: Here, about: dict[str, str]) -> dict[str, str] | None:
    if not here.may(*MAY_ISSUE) or here.known_at is not None or asked.as_of > here.today:
        return None
    words = _("The report as of %(day)s is kept for ever as it is printed now, with every figure.")
    return {
        "url": with_query("/report/issue/", about),
        "label": _("Issue"),
        "confirm": words % {"day": vi_date(asked.as_of)},
    }


@require_GET
@page
def printed(request: HttpRequest, here: Here, paper: str) -> HttpResponse:
    """Give the report as a file: for Word, PDF, Excel, the browser, or its figures for a machine."""
    form, asked = form_of(paper), _asked(request, here)
    made, layout = _made(asked, here)
    frame = frames.content(asked.frame_id, viewer=here.viewer) if asked.frame_id else None
    content = print_as(form.key, made, layout, frame=frame)
    return download(content, file_name(f"{made.title} {asked.as_of.isoformat()}", form.key), form.media_type)


@require_POST
@page
@of_a_day
def issue(request: HttpRequest, here: Here) -> HttpResponse:
    """Issue the report: its bytes are kept for ever, with what is known now."""
    if here.known_at is not None:
        raise PastRefused(_("A report is issued with what is known now. Go back to what is known today."))
    check_named(request.GET, here)
    asked = _asked(request, here)
    row = asked.wanted.compilation
    kept = issue_report(
        asked.wanted.template.key,
        asked.wanted.scope,
        as_of=asked.as_of,
        on=here.today,
        actor=here.actor,
        compilation=row.id if row is not None else None,
        frame=asked.frame_id,
    )
    messages.success(request, _("The report is issued. Its bytes are kept as they are."))
    return redirect("issued", kept.pk)
