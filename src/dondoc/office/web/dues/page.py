"""What a page says of a due day: its rule, its words, the day off it falls on; events, series, and the year's days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
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
from dondoc.office.actions.dues import end_recurrence, make_occurrences, record_event
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import dues, duties, tasks
from dondoc.office.queries.duties import OPEN, DutyRow
from dondoc.office.web.dues.rule import EVERY, in_words
from dondoc.office.web.forms import DayInput, attempt, words
from dondoc.office.web.frame import page, sheet
from dondoc.rules.calendar import SpecialDay, vietnam

MAY_SET = ("officer", "administrator")
KINDS = {
    "holiday": gettext_lazy("public holiday"),
    "compensated": gettext_lazy("day off in lieu"),
    "swapped_off": gettext_lazy("working day off, made up for"),
    "swapped_work": gettext_lazy("rest day that is worked"),
}


class EventForm(forms.Form):
    """On which day the event happened."""

    happened_on = forms.DateField(label=gettext_lazy("The day on which it happened"), widget=DayInput())


class EndForm(forms.Form):
    """From which day on something recurs no more, and why."""

    from_on = forms.DateField(
        label=gettext_lazy("From which day on"),
        widget=DayInput(ahead=True),
        help_text=gettext_lazy("What falls due on that day or later is not owed any more."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, widget=words(rows=2))


def part(here: Here, duty: DutyRow) -> dict[str, Any]:
    """Give what the page of a duty says of its due day; see dues/part.html."""
    found = dues.standing(duty.id, as_of=here.as_of, known_at=here.known_at)
    sets = here.may(*MAY_SET) and not here.is_past
    return {
        "words": found.words if found else "",
        "rule": in_words(found.rule) if found and not found.ended else "",
        "kind": found.rule.kind if found else "none",
        "waits_for_event": bool(found and found.waits_for_event),
        "day_off": dues.day_off(duty.due),
        "moved": duty.first_due is not None and duty.first_due != duty.due,
        "may_record_event": sets and bool(found and found.rule.kind == "event") and duty.state_class in OPEN,
    }


@page
def event(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Record the day of the event from which a due day counts."""
    require(here.actor, *MAY_SET)
    duty = duties.duty(duty_id, **here.moment)
    form = EventForm(request.POST or None, initial={"happened_on": here.today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["happened_on"]
        if attempt(form, lambda: record_event(duty_id, happened_on=day, actor=here.actor)):
            messages.success(request, _("The event is recorded; the due day follows from it."))
            return redirect("duty", duty_id)
    found = dues.standing(duty_id, as_of=here.as_of, known_at=here.known_at)
    says = f"{found.words}: {in_words(found.rule)}" if found and found.words else ""
    return sheet(request, form, duty, title=_("The event has happened"), label=_("Record it"), says=says)


@page
def end(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """End what recurs, from a day on."""
    require(here.actor, *MAY_SET)
    duty = duties.duty(duty_id, **here.moment)
    dues.recurrence(duty_id, office_id=here.office.pk)
    form = EndForm(request.POST or None, initial={"from_on": here.today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        dropped: list[int] = []
        if attempt(form, lambda: dropped.append(end_recurrence(duty_id, actor=here.actor, **data))):
            sentence = ngettext("%(n)d open round was dropped.", "%(n)d open rounds were dropped.", dropped[0])
            messages.success(request, _("It recurs no more.") + " " + sentence % {"n": dropped[0]})
            return redirect("task", duty.task_id)
    says = _("What was done stays done; open rounds that fall due from that day on are dropped, with your reason.")
    return sheet(request, form, duty, title=_("Recur no more"), label=_("End it"), says=says)


@require_POST
@page
def make(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Make the rounds of a task that fall due before long; the program does it by itself every hour."""
    tasks.task(task_id, **here.moment)
    n = make_occurrences(on=here.today, actor=here.actor, task_id=task_id)
    sentence = ngettext("%(n)d further round was made.", "%(n)d further rounds were made.", n) % {"n": n}
    messages.success(request, sentence if n else _("Every round that falls due before long is there already."))
    return redirect("task", task_id)


def series(here: Here, task_id: int) -> dict[str, Any]:
    """Give what the page of a task says of what recurs; see dues/series.html."""
    found = dues.series_of(task_id, **here.moment)
    asked = [("dues.rounds", {"duty": str(row.head_id), **more}) for row in found for more in ({}, IN_TIME)]
    counted = iter(figures.values(asked, **here.moment)) if found else iter(())
    return {
        "rows": [
            {
                "row": row,
                "every": dict(EVERY)[row.every],
                "made": next(counted),
                "in_time": next(counted),
            }
            for row in found
        ],
        "may_set": here.may(*MAY_SET) and not here.is_past,
    }


IN_TIME = {"outcome": "done_in_time"}


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year that is not what its weekday says, as the calendar lists it."""

    on: date
    name: str
    kind: str
    kind_label: str
    source: str
    sure: bool
    is_work: bool


@require_GET
@page
def calendar(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the days off of a year, and the rest days that are worked, each with its kind and its source."""
    book = vietnam()
    years = range(book.covers_from.year, (book.covers_until - timedelta(days=1)).year + 1)
    asked = number_asked(request.GET.get("year", "")) or here.as_of.year
    year = asked if asked in years else min(max(asked, years[0]), years[-1])
    days = [_year_day(day) for _on, day in sorted(book.special_days.items()) if day.on.year == year]
    context = {
        "year": year,
        "missing": asked if asked not in years else None,
        "years": [{"label": str(n), "url": f"{request.path}?year={n}", "current": n == year} for n in years],
        "days": days,
        "unsure": any(not day.sure for day in days),
    }
    return render(request, "dues/calendar.html", context)


def _year_day(day: SpecialDay) -> YearDay:
    return YearDay(
        day.on, day.name, day.kind, str(KINDS[day.kind]), day.source, day.sure, is_work=day.kind == "swapped_work"
    )
