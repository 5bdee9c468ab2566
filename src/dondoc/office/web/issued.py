"""Reports: shown as the paper they will be, downloaded, issued, and given again as they were issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.actions.issued import issue_progress
from dondoc.office.here import Here
from dondoc.office.queries import documents, issued, programmes
from dondoc.office.reports.board import Scope
from dondoc.office.reports.docx import to_docx
from dondoc.office.reports.gather import NothingToReport, progress
from dondoc.office.reports.html import to_html
from dondoc.office.web.documents import download
from dondoc.office.web.frame import PastRefused, counted_only, of_a_day, page, with_query
from dondoc.rules.text import folded, vi_date

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@page
def report(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the progress report on a resolution or a list as of a day."""
    options = _options(here)
    scope = _scope(request, options)
    context: dict[str, Any] = {
        "scopes": [
            {
                "label": label,
                "url": with_query(request.path, {**option.arguments, **here.keep}),
                "current": option == scope,
            }
            for option, label in options
        ],
        "scope": {"label": dict(options).get(scope, _("choose"))},
        "only": counted_only(here),
        "issued": issued.issued(viewer=here.viewer),
    }
    try:
        made, layout = progress(scope, **here.moment, issued_on=here.today)
    except NothingToReport as refusal:
        context["empty"] = {"title": _("Nothing to report"), "text": str(refusal)}
        return render(request, "reports/page.html", context)
    about = {**scope.arguments, "as_of": here.as_of.isoformat()}
    may_issue = here.may("officer", "leader", "administrator") and here.known_at is None
    context |= {
        "sheet": to_html(made, layout),
        "docx_url": with_query("/report/docx/", {**scope.arguments, **here.keep}),
        "issue": {
            "url": with_query("/report/issue/", about),
            "label": _("Issue"),
            "confirm": _("The report as of %(day)s is kept for ever as it is printed now, with every figure.")
            % {"day": vi_date(here.as_of)},
        }
        if may_issue
        else None,
    }
    return render(request, "reports/page.html", context)


def _options(here: Here) -> list[tuple[Scope, str]]:
    return [
        *((Scope("resolution", str(pk)), title) for pk, title in documents.resolutions(**here.moment)),
        *((Scope("programme", row.key), row.title) for row in programmes.programmes(**here.moment)),
    ]


def _scope(request: HttpRequest, options: list[tuple[Scope, str]]) -> Scope:
    for kind in ("resolution", "programme"):
        if key := request.GET.get(kind):
            return Scope(kind, key)
    return options[0][0] if options else Scope("resolution", "0")


@require_GET
@page
def docx(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the report as a Word file."""
    made, layout = progress(_scope(request, _options(here)), **here.moment, issued_on=here.today)
    return download(to_docx(made, layout), f"bao-cao-{here.as_of.isoformat()}.docx", DOCX)


@require_POST
@page
@of_a_day
def issue(request: HttpRequest, here: Here) -> HttpResponse:
    """Issue the report: its bytes are kept for ever, with what is known now."""
    scope = _scope(request, [])
    if here.known_at is not None:
        raise PastRefused(_("A report is issued with what is known now. Go back to what is known today."))
    issue_progress(scope, as_of=here.as_of, on=here.today, actor=here.actor)
    messages.success(request, _("The report is issued. Its bytes are kept as they are."))
    return redirect(with_query("/report/", {**scope.arguments, **here.keep}))


@require_GET
@page
def content(request: HttpRequest, here: Here, issued_id: int) -> HttpResponse:
    """Give an issued report exactly as it was printed."""
    title, found = issued.content(issued_id, viewer=here.viewer)
    return download(found, f"{folded(title)[:80].replace(' ', '-').replace('/', '-')}.docx", DOCX)
