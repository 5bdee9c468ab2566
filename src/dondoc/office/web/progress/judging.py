"""One report with everything that was done with it; reports accepted, or given back with a reason."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.access import require
from dondoc.office.actions.progress import accept_all, accept_progress, return_progress
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import progress
from dondoc.office.web.forms import attempt, words
from dondoc.office.web.frame import page
from dondoc.office.web.progress.opening import OFFICERS


class ReturnForm(forms.Form):
    """Why a report is given back."""

    reason = forms.CharField(label=gettext_lazy("Why it is given back"), max_length=2000, widget=words(rows=3))
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=32767)


@require_GET
@page
def report(request: HttpRequest, here: Here, progress_id: int) -> HttpResponse:
    """Show one report and its steps."""
    return _show(request, here, progress_id, None)


@require_POST
@page
def give_back(request: HttpRequest, here: Here, progress_id: int) -> HttpResponse:
    """Give a report back to its agency."""
    require(here.actor, *OFFICERS)
    form = ReturnForm(request.POST)
    if form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        if attempt(form, lambda: return_progress(progress_id, **said, on=here.today, actor=here.actor)):
            messages.success(request, _("Given back. The agency sees why, and is waited for again."))
            return redirect("progress_report", progress_id)
    return _show(request, here, progress_id, form)


def _show(request: HttpRequest, here: Here, progress_id: int, form: ReturnForm | None) -> HttpResponse:
    row = progress.report(progress_id, **here.moment)
    may_decide = here.may(*OFFICERS) and not here.is_past
    may_return = may_decide and row.state in {"submitted", "accepted"}
    context = {
        "row": row,
        "period": progress.period(row.period_id, **here.moment),
        "steps": progress.steps(progress_id, as_of=here.as_of, known_at=here.known_at),
        "form": (form or ReturnForm(initial={"seen": row.number})) if may_return else None,
        "may_accept": may_decide and row.state == "submitted",
        "may_write": not here.is_past and not here.viewer.sees_all and row.state != "accepted",
    }
    return render(request, "progress/report.html", context, status=422 if form and form.errors else 200)


@require_POST
@page
def accept(request: HttpRequest, here: Here, period_id: int) -> HttpResponse:
    """Accept the report that was pressed, those that were ticked, or all that wait."""
    require(here.actor, *OFFICERS)
    progress.period(period_id, **here.moment)
    agency = number_asked(request.POST.get("agency", ""))
    only = number_asked(request.POST.get("only", ""))
    if only is not None:
        n = accept_progress([only], on=here.today, actor=here.actor)
    elif "all" in request.POST:
        expected = number_asked(request.POST["all"]) or 0
        n = accept_all(period_id, expected=expected, agency=agency, on=here.today, actor=here.actor)
    else:
        ticked = [key for text in request.POST.getlist("report") if (key := number_asked(text)) is not None]
        n = accept_progress(ticked, on=here.today, actor=here.actor) if ticked else 0
    if n:
        said = ngettext("%(n)d report was accepted.", "%(n)d reports were accepted.", n)
        messages.success(request, said % {"n": n})
    else:
        messages.error(request, _("Tick the reports that are to be accepted first."))
    back = number_asked(request.POST.get("back", ""))
    if back is not None:
        return redirect("progress_report", back)
    return redirect("progress_write", period_id, agency) if agency else redirect("period", period_id)
