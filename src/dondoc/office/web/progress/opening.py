"""The periods of reporting: listed, opened with one press or with other days, completed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.access import require
from dondoc.office.actions.progress import NewPeriod, complete_period, open_period, regular_period
from dondoc.office.here import Here, day_asked
from dondoc.office.models import AgencyLevel, Period
from dondoc.office.queries import programmes, progress
from dondoc.office.web.forms import DayInput, attempt, choice, line, offer
from dondoc.office.web.frame import counted_only, page
from dondoc.rules.progress import kind_of, kinds, offered, window

OFFICERS = ("officer", "administrator")
COUNTS = ("due", "given", "missing", "late")
_ONE_DAY = timedelta(days=1)


class OpenForm(forms.Form):
    """A period to be opened, with the days that an office may choose."""

    name = forms.CharField(label=gettext_lazy("Name of the period"), max_length=200, widget=line())
    begins_on = forms.DateField(label=gettext_lazy("First day counted"), widget=DayInput())
    last_on = forms.DateField(label=gettext_lazy("Last day counted"), widget=DayInput())
    due_on = forms.DateField(label=gettext_lazy("Reports are due on"), widget=DayInput(ahead=True))
    cut_off_on = forms.DateField(
        label=gettext_lazy("Taken in until"),
        widget=DayInput(ahead=True),
        help_text=gettext_lazy("What comes later is taken in as well, and marked as entered late."),
    )
    programme = forms.ChoiceField(label=gettext_lazy("On which work"), required=False, widget=choice())

    def __init__(self, *args: Any, lists: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "programme", [("", _("all work of the office")), *lists])
        for level in AgencyLevel:
            self.fields[f"due_{level.value}"] = forms.DateField(
                label=level.label, required=False, widget=DayInput(ahead=True)
            )

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that every period needs."""
        return [field for field in self if field.name not in self._levels]

    @property
    def levels(self) -> list[forms.BoundField]:
        """The due days of the levels."""
        return [field for field in self if field.name in self._levels]

    _levels = frozenset(f"due_{level.value}" for level in AgencyLevel)


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the periods with what came in, and offer the next ones to whoever may open them."""
    rows = progress.periods(**here.moment)
    asked = [(f"progress.{count}", {"period": str(row.id)}) for row in rows for count in COUNTS]
    counted = figures.values(asked, **here.moment)
    numbers = [counted[at : at + len(COUNTS)] for at in range(0, len(counted), len(COUNTS))]
    may_open = here.may(*OFFICERS) and not here.is_past
    context = {
        "rows": [{"period": row, "numbers": of_row} for row, of_row in zip(rows, numbers, strict=True)],
        "may_open": may_open,
        "offers": offered(progress.opened(office_id=here.office.pk), on=here.today) if may_open else (),
        "counted_only": counted_only(here),
    }
    return render(request, "progress/list.html", context)


@page
def open_one(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a period: as it is proposed, with one press, or with other days."""
    require(here.actor, *OFFICERS)
    if request.method == "POST" and "kind" in request.POST:
        new = regular_period(request.POST["kind"], day_asked(request.POST.get("day", ""), here.today))
        return _opened(request, open_period(new, on=here.today, actor=here.actor))
    lists = [(row.key, row.title) for row in programmes.programmes(**here.moment)]
    form = OpenForm(request.POST or None, initial=_proposed(request, here), lists=lists)
    if request.method == "POST" and form.is_valid():
        done: list[Period] = []
        if attempt(form, lambda: done.append(open_period(_new(form.cleaned_data), on=here.today, actor=here.actor))):
            return _opened(request, done[0])
    context = {"form": form, "windows": [window(kind.key, here.today) for kind in kinds(on=here.today)]}
    return render(request, "progress/open.html", context, status=422 if form.errors else 200)


def _new(data: dict[str, Any]) -> NewPeriod:
    until_on = data["last_on"] + _ONE_DAY
    return NewPeriod(
        kind=kind_of(data["begins_on"], until_on),
        name=data["name"],
        begins_on=data["begins_on"],
        until_on=until_on,
        due_on=data["due_on"],
        cut_off_on=data["cut_off_on"],
        dues={level.value: day for level in AgencyLevel if (day := data[f"due_{level.value}"])},
        programme=data["programme"] or None,
    )


def _proposed(request: HttpRequest, here: Here) -> dict[str, Any]:
    """Propose the days of the regular period that the address asks for; nothing for days of one's own."""
    kind = request.GET.get("kind", "")
    if not kind:
        return {}
    found = regular_period(kind, day_asked(request.GET.get("day", ""), here.today))
    return {
        "name": found.name,
        "begins_on": found.begins_on,
        "last_on": found.until_on - _ONE_DAY,
        "due_on": found.due_on,
        "cut_off_on": found.cut_off_on,
    }


def _opened(request: HttpRequest, period: Period) -> HttpResponse:
    messages.success(request, _("The period “%(name)s” is open. The agencies see it now.") % {"name": period.name})
    return redirect("period", period.pk)


@require_POST
@page
def complete(request: HttpRequest, here: Here, period_id: int) -> HttpResponse:
    """Add the duties that were assigned after the period was opened."""
    added = complete_period(period_id, on=here.today, actor=here.actor)
    if added:
        said = ngettext("%(n)d duty was added to the period.", "%(n)d duties were added to the period.", added)
        messages.success(request, said % {"n": added})
    else:
        messages.info(request, _("No duty was missing: all that were open have their report."))
    return redirect("period", period_id)
