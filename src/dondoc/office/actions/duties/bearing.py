"""Who bears what of a task: a duty passed to another agency, and a further agency or stage of the product added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, office_wide, require
from dondoc.office.actions.dues import due_row
from dondoc.office.actions.duties.refusals import DayRefused, DutyRefused
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import News, notify, notify_assigned
from dondoc.office.models import Change, Duty, DutyBearer, DutyRole, Task
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import agencies, definitions, documents, dues, duties, tasks
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules.deadlines import DueRule
from dondoc.rules.text import vi_date

LONGEST_STAGE = 120


@dataclass(frozen=True, slots=True)
class HandOver:
    """To which agency a duty passes, why or by which document, and by when that agency owes it, if by another rule."""

    duty_id: int
    agency_id: int
    reason: str = ""
    basis_id: int | None = None
    due: DueRule | None = None


@dataclass(frozen=True, slots=True)
class AddedDuty:
    """What a further agency owes of a task: its role, the stage of the product where it owes one, and by when.

    `before_id` is the duty of the stage before which this one comes; without it, it comes behind all others.
    """

    task_id: int
    agency_id: int
    role: str = "lead"
    stage: str = ""
    due_on: date | None = None
    words: str = ""
    due: DueRule | None = None  # where it is no plain day
    before_id: int | None = None


def hand_over_duty(new: HandOver, *, on: date, actor: Actor) -> DutyBearer:
    """Pass an open duty to another agency from a day on, with a reason or by a document.

    Unlike a succession, by which work goes on under another name, this gives the work anew: the agency acknowledges
    it or sends it back, and names a person of its own. What was put off stays put off.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        former = duties.standing_duty(new.duty_id, office_id=w.office.pk, as_of=w.today).bearer_id
        rows = hand_over_rows(w, new, on=on)
        w.record("hand_over_duty", rows)
        notify(w, [News("duty_handed_over", new.duty_id, agency_id=former)])
        bearer = rows[0]
        assert isinstance(bearer, DutyBearer)
        return bearer


def hand_over_rows(w: Writing, new: HandOver, *, on: date) -> list[Recorded]:
    """Make the rows by which a duty passes to another agency, within an action that records them itself."""
    if not new.reason.strip() and new.basis_id is None:
        raise DutyRefused(_("Say why the work passes to another agency, or by which document."))
    duty = duties.standing_duty(new.duty_id, office_id=w.office.pk, as_of=w.today)
    flow = definitions.workflow(duty.workflow_id, as_of=w.today)
    if duty.state_class in {"done", "dropped"}:
        raise DutyRefused(_("This work is closed; it stays with the agency that had it."))
    if duty.state_class == "active" and flow.waits_for.get(duty.state) == "assigner":
        raise DutyRefused(_("The agency has reported. Accept the work or give it back, then pass it on."))
    if new.agency_id == duty.bearer_id:
        raise DutyRefused(_("This agency has the work already. Choose another one."))
    _check_agency(w, new.agency_id, duty.task_id, stage=duty.stage, on=on)
    if not duty.since <= on <= w.today:
        raise DayRefused(
            _("The work passes on between %(day)s, the day of its last step, and today.") % {"day": vi_date(duty.since)}
        )
    documents.check_of_office({new.basis_id} - {None}, office_id=w.office.pk)
    return _passed(w, duty, new, on=on)


def _passed(w: Writing, duty: StandingDuty, new: HandOver, *, on: date) -> list[Recorded]:
    rows: list[Recorded] = [
        w.new(
            DutyBearer,
            duty_id=duty.id,
            agency_id=new.agency_id,
            basis_id=new.basis_id,
            reason=new.reason.strip(),
            effective_on=on,
        )
    ]
    if duty.state_class in duties.OPEN:
        first = definitions.first_state(duty.workflow_id, as_of=on)
        rows.append(w.new(Change, duty_id=duty.id, from_state=duty.state, to_state=first, effective_on=on))
    if new.due is not None:
        row = due_row(w, duty.id, new.due, words="", on=on)
        if row.last_day is not None:
            _check_due(row.last_day, on=on)
        rows.append(row)
    return rows


def add_duty(new: AddedDuty, *, on: date, actor: Actor) -> Duty:
    """Add an agency to a task from a day on, in a role, with a due day of its own.

    A stage of the product comes behind the others, or before one that is not done yet: that one, and those behind it,
    wait for it from this day on.
    """
    require(actor, "administrator", "officer")
    if new.role not in DutyRole.values:
        raise DutyRefused(_("There is no such role. Choose one from the list."))
    with writing(actor) as w:
        task = Task.objects.filter(pk=new.task_id, office=w.office).first()
        if task is None:
            raise tasks.NoSuchTask(_("There is no such task in this office."))
        if not task.assigned_on <= on <= w.today:
            raise DayRefused(
                _("An agency is added from a day on between the assignment, %(day)s, and today.")
                % {"day": vi_date(task.assigned_on)}
            )
        if tasks.was_split(task.pk, as_of=w.today):
            raise DutyRefused(_("This task was split. Add the agency to one of its parts."))
        stage = " ".join(new.stage.split())[:LONGEST_STAGE]
        _check_agency(w, new.agency_id, task.pk, stage=stage, on=on)
        plain = new.due.on if new.due is not None and new.due.kind == "day" else new.due_on
        if plain is not None:
            _check_due(plain, on=on)
        place = _place(w, new, stage=stage)
        duty = w.new(Duty, task=task, role=new.role, order=place, assigned_on=on, stage=stage)
        rule = new.due or (DueRule("day", new.due_on) if new.due_on else DueRule("none"))
        first = definitions.first_state(task.workflow_id, as_of=on)
        rows = [
            duty,
            w.new(DutyBearer, duty=duty, agency_id=new.agency_id, effective_on=on),
            due_row(w, duty.pk, rule, words=new.words, on=on),
            w.new(Change, duty=duty, to_state=first, effective_on=on),
        ]
        w.record("add_duty", rows)
        notify_assigned(w, rows)
        return duty


def _place(w: Writing, new: AddedDuty, *, stage: str) -> int:
    """Give the place that a further agency takes in its task; a stage's place says for which others it waits."""
    if not (stage and new.role == DutyRole.LEAD):
        if new.before_id is not None:
            raise DutyRefused(_("Only a stage of the product comes before another: lead it, and name the stage."))
        return dues.next_place(new.task_id, new.role)
    if new.before_id is not None:
        standing = duties_standing(
            "role = 'lead' and stage <> ''",
            viewer=office_wide(w.office.pk),
            as_of=w.today,
            known_at=None,
            tasks=[new.task_id],
        )
        later = next((row for row in standing if row.id == new.before_id), None)
        if later is None:
            raise DutyRefused(_("There is no such stage on this task. Choose one of its stages."))
        if later.state_class in {"done", "dropped"}:
            raise DutyRefused(
                _("The stage “%(stage)s” is closed: nothing comes before it any more. Put the new stage behind it.")
                % {"stage": later.stage}
            )
    place = dues.stage_place(new.task_id, before=new.before_id)
    if place is None:
        raise DutyRefused(
            _("No room is left between these two stages. Put the new stage before another one, or behind all of them.")
        )
    return place


def _check_due(day: date, *, on: date) -> None:
    if day < on:
        raise DutyRefused(_("The due day lies before the day from which the agency has the work."))


def _check_agency(w: Writing, agency_id: int, task_id: int, *, stage: str, on: date) -> None:
    """Make sure that an agency of the office is there on a day, and does not owe the same of the task already."""
    viewer = office_wide(w.office.pk)
    row = agencies.agency(agency_id, viewer=viewer, as_of=on, known_at=None)
    if row.is_class:
        raise DutyRefused(_("This names a group of agencies. Choose one of them: one agency answers for a duty."))
    if row.ended_on is not None:
        raise DutyRefused(
            _("%(name)s ended on %(day)s. Choose the agency that follows it.")
            % {"name": row.name, "day": vi_date(row.ended_on)}
        )
    owed = duties_standing("state_class <> 'dropped'", viewer=viewer, as_of=w.today, known_at=None, tasks=[task_id])
    for other in owed:
        if other.bearer_id == agency_id and (not stage or not other.stage or other.stage == stage):
            raise DutyRefused(_("This agency stands on the task already. Choose another one, or another stage."))
