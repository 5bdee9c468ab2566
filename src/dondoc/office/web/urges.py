"""Urges: the list of what was said to whom, and the letter about a clause or a duty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office.access import Refused, require
from dondoc.office.actions.urges import NewUrge, urge_clause, urge_duty
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import agencies, clauses, duties, tasks, urges
from dondoc.office.queries.clauses import ClauseRow
from dondoc.office.queries.duties import DutyRow
from dondoc.office.web.forms import DayInput, choice, offer, words
from dondoc.office.web.frame import page, with_query
from dondoc.rules import urges as ways

OFFICERS = ("officer", "administrator")
SIZE = 50


class UrgeForm(forms.Form):
    """To whom, how, by when to be answered, and in which words."""

    agency = forms.ChoiceField(label=gettext_lazy("To the agency"), widget=choice())
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), widget=choice())
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), widget=choice())
    answer_by = forms.DateField(label=gettext_lazy("To be answered by"), required=False, widget=DayInput(ahead=True))
    text = forms.CharField(label=gettext_lazy("The letter"), widget=words(rows=11))

    def __init__(self, *args: Any, here: Here, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        offer(self, "kind", [(way.key, way.label) for way in ways.kinds(on=here.today)])
        offer(self, "channel", [(way.key, way.label) for way in ways.channels(on=here.today)])


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the urges that were sent, the latest first; a focal point sees those to its own agency."""
    start = number_asked(request.GET.get("start", "")) or 0
    agency = number_asked(request.GET.get("agency", ""))
    rows = urges.urges(**here.moment, agency=agency, start=start, size=SIZE + 1)
    keep = {**here.keep, "agency": str(agency) if agency is not None else ""}
    context = {
        "rows": rows[:SIZE],
        "pages": {
            "words": _("%(first)d to %(last)d") % {"first": start + 1, "last": start + len(rows[:SIZE])},
            "previous_url": with_query(request.path, {**keep, "start": str(max(start - SIZE, 0))}) if start else "",
            "next_url": with_query(request.path, {**keep, "start": str(start + SIZE)}) if len(rows) > SIZE else "",
        }
        if start or len(rows) > SIZE
        else None,
        "empty": {
            "title": _("Nobody was urged by this day"),
            "text": _("An urge is written on the page of a clause of which nothing was made, or of an open duty."),
        },
    }
    return render(request, "urges/list.html", context)


@page
def clause(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Write to an agency about a clause of which nothing has been made."""
    require(here.actor, *OFFICERS)
    row = clauses.clause(clause_id, **here.moment)
    listed = agencies.agencies(viewer=here.viewer, as_of=here.today, known_at=None)
    offered = [(str(one.id), one.name) for one in listed if one.ended_on is None]
    context = {"clause": row, "earlier": row.urges, "back": row.url}
    return _letter(request, here, offered, context, clause=row)


@page
def duty(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Write to the agency that bears an open duty."""
    require(here.actor, *OFFICERS)
    row = duties.duty(duty_id, **here.moment)
    context = {
        "duty": row,
        "earlier": urges.urges(**here.moment, duty=duty_id),
        "task": tasks.task_of_duty(row, **here.moment),
        "back": f"/duties/{duty_id}/",
    }
    return _letter(request, here, [(str(row.agency_id), row.agency)], context, duty=row)


def _letter(
    request: HttpRequest,
    here: Here,
    offered: list[tuple[str, str]],
    context: dict[str, Any],
    *,
    clause: ClauseRow | None = None,
    duty: DutyRow | None = None,
) -> HttpResponse:
    """Propose a letter, propose it anew for another agency or kind, or send what was written."""
    form = UrgeForm(request.POST or None, here=here, agencies=offered)
    status = 200
    if request.method == "POST" and "draft" not in request.POST:
        if form.is_valid():
            try:
                number = _send(here, form, clause, duty)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Recorded as urge no. %(number)d.") % {"number": number})
                return redirect("clause", clause.id) if clause else redirect("duty", duty.id if duty else 0)
        status = 422
    else:
        form = UrgeForm(initial=_proposed(request, here, offered, clause, duty), here=here, agencies=offered)
    return render(request, "urges/letter.html", {**context, "form": form}, status=status)


def _send(here: Here, form: UrgeForm, clause: ClauseRow | None, duty: DutyRow | None) -> int:
    data = form.cleaned_data
    new = NewUrge(data["kind"], data["channel"], data["text"], data["answer_by"])
    if clause is not None:
        return urge_clause(clause.id, new, agency_id=int(data["agency"]), on=here.today, actor=here.actor).number
    assert duty is not None  # a letter is about one of the two
    return urge_duty(duty.id, new, on=here.today, actor=here.actor).number


def _proposed(
    request: HttpRequest,
    here: Here,
    offered: list[tuple[str, str]],
    clause: ClauseRow | None,
    duty: DutyRow | None,
) -> dict[str, Any]:
    """Propose a letter in our own words for the agency and the kind that are chosen so far."""
    chosen = {**request.GET.dict(), **request.POST.dict()}
    agency = dict(offered).get(chosen.get("agency", ""), "")
    if not agency and offered:
        agency = offered[0][1]
    kinds = ways.kinds(on=here.today)
    way = next((one for one in kinds if one.key == chosen.get("kind")), kinds[0])
    answer_by = _day(chosen.get("answer_by", ""), here)
    text = ways.draft(
        "clause" if clause else "duty",
        on=here.today,
        way=way,
        agency=agency,
        speaker=here.office.name,
        title=clause.document if clause else "",
        place=_("clause %(clause)s") % {"clause": clause.address} if clause else "",
        words=clause.text if clause else duty.title if duty else "",
        answer_by=answer_by,
    )
    return {
        "agency": next((key for key, name in offered if name == agency), ""),
        "kind": way.key,
        "channel": chosen.get("channel", ""),
        "answer_by": answer_by,
        "text": text,
    }


def _day(typed: str, here: Here) -> Any:
    field = forms.DateField(required=False)
    widget = DayInput(ahead=True)
    try:
        return field.clean(widget.value_from_datadict({"day": typed}, {}, "day"))
    except forms.ValidationError:
        return None
