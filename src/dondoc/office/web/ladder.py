"""What is to be urged today by the ladder, sent in one press; and the steps of the ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from dondoc.office import figures
from dondoc.office.access import Refused, require
from dondoc.office.actions.ladder import lay_down_ladder
from dondoc.office.actions.urges import Urged, urge_duties
from dondoc.office.figures import FigureValue
from dondoc.office.figures.ladder import source as to_urge
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import ladder, reminders, urges
from dondoc.office.queries.ladder import LadderRow
from dondoc.office.queries.tasks import WithTask
from dondoc.office.queries.urges import UrgeRow
from dondoc.office.web.forms import DayInput, choice, line, offer
from dondoc.office.web.frame import page, with_query
from dondoc.rules import urges as ways
from dondoc.rules.ladder import WHATS, Step
from dondoc.rules.text import folded
from dondoc.rules.waiting import Waiting

OFFICERS = ("officer", "administrator")
READERS = (*OFFICERS, "leader", "inspection")
SIZE = 200  # rows on the page; what is sent in one press
TOLD = 5  # left-out rows that are named one by one


@dataclass(frozen=True, slots=True)
class Group:
    """What is to be urged of one agency, or was said to it today."""

    agency_id: int
    agency: str
    rows: list[Any]


class SendForm(forms.Form):
    """By which channel the ticked urges go out."""

    channel = forms.ChoiceField(label=gettext_lazy("Channel"), widget=choice())


@require_http_methods(["GET", "HEAD", "POST"])
@page
def today(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what is to be urged today, agency by agency, and send what was ticked."""
    require(here.actor, *READERS)
    form = SendForm(request.POST or None)
    offer(form, "channel", [(way.key, way.label) for way in ways.channels(on=here.today)])
    if request.method == "POST":
        require(here.actor, *OFFICERS)
        if not form.is_valid():
            raise Refused(_("Choose the channel by which the urges go out."))
        ids = [number for text in request.POST.getlist("duty") if (number := number_asked(text)) is not None]
        _tell(request, urge_duties(ids, channel_key=form.cleaned_data["channel"], on=here.today, actor=here.actor))
        return redirect("urges_today")
    start = number_asked(request.GET.get("start", "")) or 0
    ticked = {number for text in request.GET.getlist("duty") if (number := number_asked(text)) is not None}
    every = to_urge(**here.moment)
    rows = [row for row in every if not ticked or row.duty.id in ticked]
    due = sorted((row for row in rows if row.rung.why == "due"), key=lambda row: (row.duty.agency, -row.duty.days_late))
    shown = due if ticked else due[start : start + SIZE]
    sent = urges.urges(**here.moment, day=here.as_of)
    reminded = reminders.reminders(**here.moment, day=here.as_of)
    groups = _grouped(shown)
    numbers = _numbers(here, groups, {to_urge: every, figures.urges.sent: sent, figures.urges.reminded: reminded})
    left_out = len(ticked - {row.duty.id for row in rows})
    context = {
        "numbers": numbers[: len(ABOVE)],
        "groups": [(group, number) for group, number in zip(groups, numbers[len(ABOVE) :], strict=True)],
        "ticked": ticked,
        "left_out": ngettext(
            "%(n)d that was ticked is not to be urged today: closed, waiting for the office, or before its step.",
            "%(n)d that were ticked are not to be urged today: closed, waiting for the office, or before their step.",
            left_out,
        )
        % {"n": left_out}
        if left_out
        else "",
        "held": [row for row in rows if row.rung.why == "held_up"],
        "sent": _sent(sent),
        "reminders": reminded,
        "form": form,
        "may_send": here.may(*OFFICERS) and not here.is_past,
        "pages": _pages(request, here, start, len(due)) if len(due) > len(shown) else None,
    }
    return render(request, "urges/today.html", context)


# The numbers above the page: what is to be urged, what waits for others, what went out on the day.
ABOVE: tuple[tuple[str, dict[str, str]], ...] = (
    ("urges.next", {"which": "due"}),
    ("urges.next", {"which": "held_up"}),
    ("urges.sent", {}),
    ("reminders.sent", {}),
)


def _numbers(here: Here, groups: list[Group], read: Mapping[Any, Any]) -> list[FigureValue]:
    """Give the numbers above the page, then how many are to be urged of each agency; the rows were read already."""
    on = {"on": here.as_of.isoformat()}
    above = [(key, given or on) for key, given in ABOVE]
    each = [("urges.next", {"which": "due", "agency": str(group.agency_id)}) for group in groups]
    return figures.values([*above, *each], **here.moment, given=read)


def _grouped(rows: list[LadderRow]) -> list[Group]:
    found: dict[int, Group] = {}
    for row in rows:
        duty = row.duty
        found.setdefault(duty.agency_id, Group(duty.agency_id, duty.agency, [])).rows.append(row)
    return list(found.values())


def _sent(rows: list[UrgeRow]) -> list[Group]:
    found: dict[int, Group] = {}
    for row in rows:
        found.setdefault(row.agency_id, Group(row.agency_id, row.agency, [])).rows.append(row)
    return list(found.values())


def _pages(request: HttpRequest, here: Here, start: int, whole: int) -> dict[str, Any]:
    last = min(start + SIZE, whole)
    later = {**here.keep, "start": str(start + SIZE)}
    earlier = {**here.keep, "start": str(max(start - SIZE, 0))}
    return {
        "words": _("%(first)d to %(last)d") % {"first": start + 1, "last": last},
        "previous_url": with_query(request.path, earlier) if start else "",
        "next_url": with_query(request.path, later) if last < whole else "",
    }


def _tell(request: HttpRequest, urged: Urged) -> None:
    """Say how many urges were sent, and of what was left out why."""
    n = len(urged.sent)
    if n:
        said = ngettext("%(n)d urge was recorded.", "%(n)d urges were recorded.", n) % {"n": n}
        messages.success(request, said + " " + _("The letters can be downloaded below, one for each agency."))
    for row in urged.left_out[:TOLD]:
        messages.warning(request, _("Left out: %(title)s: %(why)s.") % {"title": row.duty.title, "why": _why(row)})
    more = len(urged.left_out) - TOLD
    if more > 0:
        said = ngettext("%(n)d more was left out.", "%(n)d more were left out.", more)
        messages.warning(request, said % {"n": more})


def _why(row: LadderRow) -> str:
    if row.rung.why == "held_up" and row.hold:
        return _("it waits for %(whom)s") % {"whom": row.hold.whom}
    if row.rung.why == "closed":
        return _("it is done, or waits for the office itself")
    if row.rung.why == "today":
        return _("the agency was told of it today already")
    return _("its next step is not there yet")


def part(here: Here, seen: WithTask, waits: Waiting) -> dict[str, Any]:
    """Give what the duty's page shows of the ladder: the step that comes next, and the reminders that went out."""
    row = ladder.of_duty(seen, waits, **here.moment)
    return {
        "row": row if row.rung.step else None,
        "reminders": reminders.reminders(**here.moment, duty=seen.duty.id),
    }


# The steps.


class StepForm(forms.Form):
    """One step as the administrator writes it; a line without a name is no step."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    label = forms.CharField(required=False, max_length=120, label=gettext_lazy("Name of the step"), widget=line())
    what = forms.ChoiceField(required=False, label=pgettext_lazy("step", "What happens"), widget=choice())
    after_days = forms.IntegerField(
        required=False,
        label=gettext_lazy("Working days after the due day"),
        widget=forms.NumberInput(attrs={"class": "form-control num", "step": "1"}),
    )
    answer_days = forms.IntegerField(
        required=False,
        label=gettext_lazy("Working days for an answer"),
        widget=forms.NumberInput(attrs={"class": "form-control num", "step": "1", "min": "1"}),
    )

    def __init__(self, *args: Any, whats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "what", whats)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("label") and data.get("after_days") is None and "after_days" not in self.errors:
            self.add_error("after_days", _("This must be filled in."))
        return data


class SinceForm(forms.Form):
    """From which day on the steps hold."""

    on = forms.DateField(label=gettext_lazy("From this day on"), widget=DayInput(ahead=True))


Steps = forms.formset_factory(StepForm, extra=3, max_num=60)


def _whats(here: Here) -> list[tuple[str, str]]:
    """List what a step can be: what goes out by itself, and each kind of urging that a person presses."""
    special = {"giai-trinh": "explanation", "giao-ban": "agenda", "cap-tren": "upward"}
    pressed = [(f"{special.get(way.key, 'urge')}:{way.key}", way.label) for way in ways.kinds(on=here.today)]
    return [("reminder", _("reminder, by itself")), *pressed]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def steps(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the steps of the ladder and since when they hold; an administrator lays others down."""
    require(here.actor, *READERS)
    found = ladder.ladder(**here.moment)
    may_change = here.may("administrator") and not here.is_past
    written = request.POST if request.method == "POST" and "reset" not in request.POST else None
    whats = _whats(here)
    lines = Steps(written, initial=[_initial(step) for step in found.steps], form_kwargs={"whats": whats})
    since = SinceForm(written, initial={"on": here.today})
    status = 200
    if request.method == "POST":
        require(here.actor, "administrator")
        if "reset" in request.POST:
            lay_down_ladder([], on=here.today, actor=here.actor)
            messages.success(request, _("From today on the steps of the program hold."))
            return redirect("ladder")
        if lines.is_valid() and since.is_valid():
            try:
                lay_down_ladder(_written(lines), on=since.cleaned_data["on"], actor=here.actor)
            except Refused as refusal:
                since.add_error(None, str(refusal))
            else:
                messages.success(request, _("The steps are laid down."))
                return redirect("ladder")
        status = 422
    context = {
        "ladder": found,
        "rows": [(step, dict(whats).get(str(_initial(step)["what"]), "")) for step in found.steps],
        "coming": ladder.coming(viewer=here.viewer, as_of=here.as_of),
        "lines": lines if may_change else None,
        "since": since,
    }
    return render(request, "urges/steps.html", context, status=status)


def _initial(step: Step) -> dict[str, Any]:
    what = f"{step.what}:{step.urge_kind}" if step.is_pressed else step.what
    return {
        "key": step.key,
        "label": step.label,
        "what": what,
        "after_days": step.after_days,
        "answer_days": step.answer_days,
    }


def _written(lines: Any) -> list[Step]:
    found = []
    for form in lines:
        data = form.cleaned_data
        label = (data.get("label") or "").strip()
        if not label:
            continue
        chosen, _colon, kind = (data.get("what") or "reminder").partition(":")
        what = next(one for one in WHATS if one == chosen)
        key = data.get("key") or slugify(folded(label))[:40].strip("-")
        found.append(Step(key, label, what, data["after_days"], kind, data.get("answer_days")))
    return found
