"""The list of reports in the making, and beginning one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office.access import require
from dondoc.office.actions.compilations import WRITERS, NewCompilation, begin_compilation
from dondoc.office.here import Here, number_asked
from dondoc.office.models import Compilation
from dondoc.office.queries import compilations, frames, progress
from dondoc.office.queries.compilations import CompilationRow
from dondoc.office.reports.scopes import choices
from dondoc.office.reports.templates import make, templates
from dondoc.office.web.compilations.choosing import Wanted, may_write, wanted
from dondoc.office.web.forms import DayInput, attempt, choice, line, offer
from dondoc.office.web.frame import PastRefused, of_a_day, page


class BeginForm(forms.Form):
    """What a report in the making begins with."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        widget=line(),
        help_text=gettext_lazy("Left empty, the template's own title is taken."),
    )
    as_of = forms.DateField(label=gettext_lazy("Figures as of"), widget=DayInput())
    period = forms.ChoiceField(
        label=gettext_lazy("Period of progress"),
        required=False,
        widget=choice(),
        help_text=gettext_lazy("What agencies reported for this period is offered section by section."),
    )
    frame = forms.ChoiceField(
        label=gettext_lazy("Own Word file"),
        required=False,
        widget=choice(),
        help_text=gettext_lazy("The Word form is written into it. Another one can still be chosen when it is printed."),
    )


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the reports in the making."""
    rows = compilations.compilations(viewer=here.viewer, known_at=here.known_at)
    context = {"rows": [_listed(row, here) for row in rows], "may_begin": may_write(here)}
    return render(request, "compilations/list.html", context)


def _listed(row: CompilationRow, here: Here) -> dict[str, Any]:
    names = {template.key: template.name for template in templates(on=here.today)}
    return {"row": row, "template": names.get(row.report, row.report)}


@page
@of_a_day
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a report of the kind and about what the address names."""
    require(here.actor, *WRITERS)
    if request.method == "POST" and here.known_at is not None:
        raise PastRefused(_("A report is begun with what is known now. Go back to what is known today."))
    chosen = wanted(request.GET, here)
    made, _layout = make(chosen.template.key, chosen.scope, **here.moment, issued_on=here.today)
    form = BeginForm(request.POST or None, initial={"title": made.title, "as_of": here.as_of})
    rows = progress.periods(viewer=here.viewer, as_of=here.today, known_at=None)
    offer(form, "period", [("", _("none")), *((str(row.id), row.name) for row in rows)])
    own = frames.frames(viewer=here.viewer, as_of=here.today, known_at=None)
    offer(form, "frame", [("", _("the program's own layout")), *((str(row.id), row.name) for row in own)])
    if request.method == "POST" and form.is_valid():
        begun: list[Compilation] = []
        new = _new(chosen, form.cleaned_data)
        if attempt(form, lambda: begun.append(begin_compilation(new, on=here.today, actor=here.actor))):
            messages.success(request, _("The report is begun. Write it here, alone or together."))
            return redirect("compilation", begun[0].pk)
    context = {
        "form": form,
        "template": chosen.template,
        "scope": next(
            (one.label for one in choices(chosen.template.scopes, **here.moment) if one.scope == chosen.scope), ""
        ),
    }
    return render(request, "compilations/begin.html", context, status=422 if form.errors else 200)


def _new(chosen: Wanted, said: dict[str, Any]) -> NewCompilation:
    return NewCompilation(
        report=chosen.template.key,
        scope=chosen.scope,
        as_of=said["as_of"],
        period_id=number_asked(said["period"]),
        frame_id=number_asked(said["frame"]),
        title=said["title"],
    )
