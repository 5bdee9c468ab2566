"""A duty passed to another agency, given another due day; a further agency added to a task."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.office.access import require
from dondoc.office.actions.duties import AddedDuty, HandOver, add_duty, change_due, hand_over_duty
from dondoc.office.here import Here
from dondoc.office.queries import agencies, documents, dues, duties, tasks
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.tasks import TaskPage
from dondoc.office.web.duties.forms import AddForm, DueForm, HandOverForm
from dondoc.office.web.duties.together import brought_up, meanwhile, now, say
from dondoc.office.web.forms import attempt
from dondoc.office.web.frame import page, sheet
from dondoc.rules.deadlines import DueRule

ASSIGNERS = ("officer", "administrator")


def may_pass(here: Here, duty: DutyRow) -> bool:
    """Say whether this person may pass the work to another agency or set its due day, today."""
    return here.may(*ASSIGNERS) and not here.is_past and duty.state_class in duties.OPEN


@page
def hand_over(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Pass a duty to another agency."""
    require(here.actor, *ASSIGNERS)
    duty = duties.duty(duty_id, **here.moment)
    changed = meanwhile(request, here, duty_id)
    sent = (brought_up(request.POST) if changed else request.POST) if request.method == "POST" else None
    form = HandOverForm(
        sent,
        agencies=[pair for pair in _agencies(here) if pair[0] != str(duty.agency_id)],
        documents=documents.recent(viewer=here.viewer, as_of=here.today),
        initial={"on": here.today, "seen": now()},
    )
    if changed:
        say(form, changed, files=False)
    elif form.is_valid():
        data = form.cleaned_data
        new = HandOver(
            duty_id,
            int(data["agency"]),
            reason=data["reason"],
            basis_id=int(data["basis"]) if data["basis"] else None,
            due=data["due"],
        )
        if attempt(form, lambda: hand_over_duty(new, on=data["on"], actor=here.actor)):
            messages.success(request, _("Recorded. The agency has to acknowledge the work."))
            return redirect("duty", duty_id)
    title = _("Pass the work to another agency")
    says = _("%(agency)s keeps what it did until then; the other agency begins with acknowledging the work.")
    says = says % {"agency": duty.agency}
    return sheet(request, form, duty, title=title, says=says, label=_("Pass it on"))


@page
def due(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Set another due day."""
    require(here.actor, *ASSIGNERS)
    duty = duties.duty(duty_id, **here.moment)
    changed = meanwhile(request, here, duty_id)
    sent = (brought_up(request.POST) if changed else request.POST) if request.method == "POST" else None
    form = DueForm(sent, initial={"due": _rule(here, duty_id), "seen": now()})
    if changed:
        say(form, changed, files=False)
    elif form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: change_due(duty_id, data["due"], words=data["words"], actor=here.actor)):
            messages.success(request, _("Recorded."))
            return redirect("duty", duty_id)
    says = _("It counts for this agency alone; the others on the task keep their own days.")
    return sheet(request, form, duty, title=_("Set another due day"), says=says, label=_("Record it"))


def _rule(here: Here, duty_id: int) -> DueRule | None:
    """Give the due rule that stands now, for the form in which another is chosen."""
    found = dues.standing(duty_id, as_of=here.as_of, known_at=here.known_at)
    return found.rule if found is not None and found.rule.kind != "none" else None


@page
def add(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Add an agency to a task, or a stage of its product."""
    require(here.actor, *ASSIGNERS)
    task = tasks.task(task_id, **here.moment)
    form = AddForm(request.POST or None, agencies=_agencies(here), later=_later(task), on=here.today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = AddedDuty(
            task_id,
            int(data["agency"]),
            data["role"],
            stage=data["stage"],
            due=data["due"],
            words=data["words"],
            before_id=int(data["before"]) if data.get("before") else None,
        )
        if attempt(form, lambda: add_duty(new, on=here.today, actor=here.actor)):
            messages.success(request, _("Recorded. The agency has to acknowledge the work."))
            return redirect("task", task_id)
    return render(request, "duties/add.html", {"task": task, "form": form}, status=422 if form.errors else 200)


def _later(task: TaskPage) -> list[tuple[str, str]]:
    """List the stages that are not closed: a new one can come before each of them."""
    return [
        (str(row.id), _("before “%(stage)s”, %(agency)s") % {"stage": row.stage, "agency": row.agency})
        for row in task.duties
        if row.stage and row.role == "lead" and row.state_class not in {"done", "dropped"}
    ]


def _agencies(here: Here) -> list[tuple[str, str]]:
    """List the agencies that can be given work today."""
    found = agencies.agencies(viewer=here.viewer, as_of=here.today, known_at=None)
    return [(str(row.id), row.name) for row in found if row.ended_on is None and not row.is_class]
