"""Urges: the list of what was said to whom, and the letter about a clause or a duty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.access import Refused, acts_for, assigns, require
from dondoc.office.actions.urges import Answer, NewUrge, answer_urge, receive_urge, urge_clause, urge_duty
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import agencies, clauses, duties, ladder, tasks, urges
from dondoc.office.queries.clauses import ClauseRow
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.ladder import LadderRow
from dondoc.office.reports.letters import letter
from dondoc.office.web.documents import download
from dondoc.office.web.forms import DayInput, attempt, choice, line, offer, words
from dondoc.office.web.frame import page, with_query
from dondoc.office.web.uploads import refused_file
from dondoc.rules import urges as ways
from dondoc.rules.ladder import step_day
from dondoc.rules.text import folded

OFFICERS = ("officer", "administrator")
READERS = (*OFFICERS, "leader", "inspection")
SIZE = 50
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
        "figures": figures.values(_figures(agency), **here.moment),
        "may_read_today": here.may(*READERS),
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


def _figures(agency: int | None) -> list[figures.registry.Request]:
    """Name the numbers above the list, of one agency where the list is."""
    of = {"agency": str(agency)} if agency is not None else {}
    return [("urges.sent", of), ("urges.unanswered", of), ("reminders.sent", of)]


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
    require(here.actor, *OFFICERS, "leader")
    row = duties.duty(duty_id, **here.moment)
    stands = next(iter(ladder.standing(viewer=here.viewer, as_of=here.today, known_at=None, ids=[duty_id])), None)
    context = {
        "duty": row,
        "stands": stands,
        "earlier": urges.urges(**here.moment, duty=duty_id),
        "task": tasks.task_of_duty(row, **here.moment),
        "back": f"/duties/{duty_id}/",
    }
    return _letter(request, here, [(str(row.agency_id), row.agency)], context, duty=row, stands=stands)


def _letter(
    request: HttpRequest,
    here: Here,
    offered: list[tuple[str, str]],
    context: dict[str, Any],
    *,
    clause: ClauseRow | None = None,
    duty: DutyRow | None = None,
    stands: LadderRow | None = None,
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
        proposed = _proposed(request, here, offered, clause=clause, duty=duty, stands=stands)
        form = UrgeForm(initial=proposed, here=here, agencies=offered)
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
    *,
    clause: ClauseRow | None,
    duty: DutyRow | None,
    stands: LadderRow | None,
) -> dict[str, Any]:
    """Propose a letter in our own words for the agency and the kind that are chosen so far.

    Where nothing is chosen yet, the kind and the day of the answer are those of the step that comes next.
    """
    step = stands.rung.step if stands is not None and stands.is_pressed else None
    first = {"kind": step.urge_kind} if step else {}
    chosen = {**first, **request.GET.dict(), **request.POST.dict()}
    agency = dict(offered).get(chosen.get("agency", ""), "")
    if not agency and offered:
        agency = offered[0][1]
    kinds = ways.kinds(on=here.today)
    way = next((one for one in kinds if one.key == chosen.get("kind")), kinds[0])
    answer_by = _day(chosen.get("answer_by", ""), here)
    if request.method != "POST" and step and step.answer_days:
        answer_by = step_day(here.today, step.answer_days)
    text = ways.draft(
        "clause" if clause else "duty",
        on=here.today,
        way=way,
        agency=agency,
        speaker=here.office.name,
        title=clause.document if clause else "",
        place=_place(clause, stands),
        words=clause.text if clause else duty.title if duty else "",
        answer_by=answer_by,
        due_on=duty.due if duty else None,
        days_late=duty.days_late if duty else 0,
    )
    return {
        "agency": next((key for key, name in offered if name == agency), ""),
        "kind": way.key,
        "channel": chosen.get("channel", ""),
        "answer_by": answer_by,
        "text": text,
    }


def _place(clause: ClauseRow | None, stands: LadderRow | None) -> str:
    if clause is not None:
        return _("clause %(clause)s") % {"clause": clause.address}
    return f" ({stands.source})" if stands is not None and stands.source else ""


def _day(typed: str, here: Here) -> Any:
    field = forms.DateField(required=False)
    widget = DayInput(ahead=True)
    try:
        return field.clean(widget.value_from_datadict({"day": typed}, {}, "day"))
    except forms.ValidationError:
        return None


# One urge: that it arrived, what was answered, and its letter.


class ReceiptForm(forms.Form):
    """That an urge reached the agency; whoever records it for an agency says who took it."""

    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput())
    received_by = forms.CharField(label=gettext_lazy("Received by"), required=False, max_length=200, widget=line())


class AnswerForm(forms.Form):
    """What the agency answers."""

    text = forms.CharField(label=gettext_lazy("Answer"), max_length=8000, widget=words(rows=5))
    answered_on = forms.DateField(label=gettext_lazy("Answered on"), widget=DayInput())
    file = forms.FileField(
        label=gettext_lazy("File"), required=False, widget=forms.ClearableFileInput(attrs={"class": "form-control"})
    )


@require_GET
@page
def show(request: HttpRequest, here: Here, urge_id: int) -> HttpResponse:
    """Show one urge with its words, its receipt and the answers to it."""
    return _page(request, here, urge_id)


def _page(
    request: HttpRequest,
    here: Here,
    urge_id: int,
    *,
    receipt: forms.Form | None = None,
    answer: forms.Form | None = None,
) -> HttpResponse:
    row = urges.urge(urge_id, **here.moment)
    may = acts_for(here.viewer, row.agency_id) and not here.is_past
    together = urges.urges(**here.moment, agency=row.agency_id, day=row.on)
    context = {
        "urge": row,
        "receipt": (receipt or ReceiptForm(initial={"received_on": here.today}))
        if may and not row.received_on
        else None,
        "one_press": not assigns(here.actor),
        "answer": (answer or AnswerForm(initial={"answered_on": here.today})) if may else None,
        "may_print": here.may(*READERS),
        "together": together if len(together) > 1 else [],
    }
    wrong = any(form is not None and form.errors for form in (receipt, answer))
    return render(request, "urges/page.html", context, status=422 if wrong else 200)


def _check_concerned(here: Here, urge_id: int) -> None:
    if not acts_for(here.viewer, urges.urge(urge_id, **here.moment).agency_id):
        raise Refused(_("This urge went to another agency. Only its focal point or a compiling officer answers it."))


@require_POST
@page
def receive(request: HttpRequest, here: Here, urge_id: int) -> HttpResponse:
    """Record that an urge reached its agency; the agency's own people do so with one press."""
    _check_concerned(here, urge_id)
    sent = {"received_on": here.today.isoformat(), "received_by": str(here.user)}
    form = ReceiptForm(request.POST if assigns(here.actor) and "received_on" in request.POST else sent)
    if form.is_valid() and attempt(form, lambda: receive_urge(urge_id, **form.cleaned_data, actor=here.actor)):
        messages.success(request, _("Its receipt is recorded."))
        return redirect("urge", urge_id)
    return _page(request, here, urge_id, receipt=form)


@require_POST
@page
def answer(request: HttpRequest, here: Here, urge_id: int) -> HttpResponse:
    """Record what the agency answers."""
    _check_concerned(here, urge_id)
    form = AnswerForm(request.POST, request.FILES)
    if too_large := refused_file(request):
        form.add_error("file", too_large)
    elif form.is_valid() and attempt(form, lambda: answer_urge(urge_id, _answer(form), actor=here.actor)):
        messages.success(request, _("The answer is recorded. The office that urged reads it here."))
        return redirect("urge", urge_id)
    return _page(request, here, urge_id, answer=form)


def _answer(form: AnswerForm) -> Answer:
    data, upload = form.cleaned_data, form.cleaned_data["file"]
    content = upload.read() if upload else None
    return Answer(data["text"], data["answered_on"], content, upload.name if upload else "")


@require_GET
@page
def answer_file(request: HttpRequest, here: Here, answer_id: int) -> HttpResponse:
    """Give the file of an answer exactly as it came."""
    row = urges.file_of(answer_id, **here.moment)
    return download(bytes(row.content), row.filename)


@require_GET
@page
def print_letter(request: HttpRequest, here: Here, urge_id: int) -> HttpResponse:
    """Give the draft letter of an urge as a Word file, or one letter with all urges to its agency on its day."""
    require(here.actor, *READERS)
    row = urges.urge(urge_id, **here.moment)
    ids = [urge_id]
    if "together" in request.GET:
        ids = [one.id for one in urges.urges(**here.moment, agency=row.agency_id, day=row.on)]
    content, agency, on = letter(ids, **here.moment)
    return download(content, f"don-doc-{folded(agency).replace(' ', '-')}-{on.isoformat()}.docx", DOCX)
