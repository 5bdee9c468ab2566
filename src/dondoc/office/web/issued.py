"""Reports: shown as the paper they will be, downloaded, issued, and given again as they were issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.actions.issued import issue_report
from dondoc.office.here import Here
from dondoc.office.queries import documents, issued, programmes
from dondoc.office.reports.board import Scope
from dondoc.office.reports.content import NothingToReport
from dondoc.office.reports.html import to_html
from dondoc.office.reports.printing import FORMS, form_of, print_as
from dondoc.office.reports.templates import make
from dondoc.office.web.documents import download
from dondoc.office.web.frame import PastRefused, counted_only, of_a_day, page, with_query
from dondoc.office.web.remaking import rows_shown
from dondoc.rules.text import vi_date

LATEST = 10  # issued reports on this page; all of them have a page of their own


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
        "issued": rows_shown(issued.issued(viewer=here.viewer, known_at=here.known_at), here)[:LATEST],
    }
    try:
        made, layout = make("progress", scope, **here.moment, issued_on=here.today)
    except NothingToReport as refusal:
        context["empty"] = {"title": _("Nothing to report"), "text": str(refusal)}
        return render(request, "reports/page.html", context)
    about = {**scope.arguments, "as_of": here.as_of.isoformat()}
    may_issue = here.may("officer", "leader", "administrator") and here.known_at is None
    context |= {
        "sheet": to_html(made, layout),
        "forms": _forms({**scope.arguments, **here.keep}),
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


def _forms(about: dict[str, str]) -> list[dict[str, str]]:
    """Give a link for each form of a report that is not issued yet."""
    return [{"label": form.key.upper(), "url": with_query(f"/report/{form.key}/", about)} for form in FORMS.values()]


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
def printed(request: HttpRequest, here: Here, paper: str) -> HttpResponse:
    """Give the report as a file: for Word, PDF, Excel, the browser, or its figures for a machine."""
    form = form_of(paper)
    made, layout = make("progress", _scope(request, _options(here)), **here.moment, issued_on=here.today)
    return download(
        print_as(form.key, made, layout, frame=None), f"bao-cao-{here.as_of.isoformat()}.{form.key}", form.media_type
    )


@require_POST
@page
@of_a_day
def issue(request: HttpRequest, here: Here) -> HttpResponse:
    """Issue the report: its bytes are kept for ever, with what is known now."""
    scope = _scope(request, [])
    if here.known_at is not None:
        raise PastRefused(_("A report is issued with what is known now. Go back to what is known today."))
    issue_report("progress", scope, as_of=here.as_of, on=here.today, actor=here.actor)
    messages.success(request, _("The report is issued. Its bytes are kept as they are."))
    return redirect(with_query("/report/", {**scope.arguments, **here.keep}))
