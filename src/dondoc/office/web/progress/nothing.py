"""“Nothing new” in one press, from the list of the day: of one report, or of all that a period still waits for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dondoc.office.access import Refused
from dondoc.office.actions.progress import NewReport, nothing_new, submit_progress
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import progress
from dondoc.office.web.frame import page


def _require_agency(here: Here) -> None:
    if not here.may("focal"):
        raise Refused(_("Reports are handed in by the agency's focal point, or entered by a compiling officer."))


@require_POST
@page
def say_nothing(request: HttpRequest, here: Here, progress_id: int) -> HttpResponse:
    """Report of one duty that nothing happened, and offer the way back for whoever pressed by mistake."""
    _require_agency(here)
    row = progress.report(progress_id, **here.moment)
    seen = number_asked(request.POST.get("seen", ""))
    submit_progress([NewReport(progress_id, nothing_new=True, seen=seen)], on=here.today, actor=here.actor)
    said = _("“Nothing new” was handed in: %(title)s.") % {"title": row.title}
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, row.write_url, _("Write a report instead")))
    return redirect("my_day")


@require_POST
@page
def say_nothing_at_all(request: HttpRequest, here: Here, period_id: int) -> HttpResponse:
    """Report of all that was not begun in a period that nothing happened; what has a draft is left as it is."""
    _require_agency(here)
    row = progress.period(period_id, **here.moment)
    expected = number_asked(request.POST.get("expected", "")) or 0
    besides = {key for text in request.POST.getlist("besides") if (key := number_asked(text)) is not None}
    n = nothing_new(period_id, expected=expected, besides=besides, on=here.today, actor=here.actor)
    said = ngettext(
        "“Nothing new” was handed in for %(n)d report of %(period)s.",
        "“Nothing new” was handed in for %(n)d reports of %(period)s.",
        n,
    ) % {"n": n, "period": row.name}
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, row.url, _("Look at them")))
    return redirect("my_day")
