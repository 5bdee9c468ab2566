"""Tasks: entered with their duties, by hand, from a note or from a proposal; split into others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.dues import due_row
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import notify_assigned
from dondoc.office.models import (
    Agency,
    Change,
    Clause,
    Document,
    Duty,
    DutyBearer,
    Note,
    Programme,
    ProgrammeTask,
    Task,
    TaskClause,
    TaskLineage,
    TaskProduct,
    Workflow,
)
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import definitions, dues, duties, products, programmes, tasks
from dondoc.rules.deadlines import DueRule
from dondoc.rules.text import folded, sort_key, vi_date

LONGEST_STAGE = 120  # letters of its name


class TaskRefused(Refused):
    """A task cannot be entered like this."""


@dataclass(frozen=True, slots=True)
class NewDuty:
    """Who owes the task in which role, by when; `words` are the document's own for the due day.

    `stage` names the stage of the product that is owed, where agencies owe it one after the other, in their order.
    """

    agency: Agency
    role: str = "lead"
    due: DueRule | None = None
    words: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be entered: what, in which kind and workflow, whence, and the duties it is owed by."""

    title: str
    duties: tuple[NewDuty, ...]
    workflow: Workflow
    kind: str = "task"
    origin: str = "hand"
    product: str = ""
    note: Note | None = None
    document: Document | None = None
    clause: Clause | None = None
    start: int | None = None
    end: int | None = None
    is_sample: bool = False
    first_state: str | None = None
    programmes: tuple[tuple[Programme, str], ...] = field(default=())


def add_task(new: NewTask, *, on: date, actor: Actor) -> Task:
    """Enter a task with its duties, assigned on a day."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        return enter_task(w, new, on=on)


def add_tasks(many: Sequence[NewTask], *, on: date, actor: Actor) -> list[Task]:
    """Enter many tasks in one go, each with its own entry of the log."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        for new in many:
            _check(new)
        first = cache(lambda workflow_id: definitions.first_state(workflow_id, as_of=on))
        known = (replace(new, first_state=new.first_state or first(new.workflow.pk)) for new in many)
        made = [_rows(w, new, on=on) for new in known]
        w.record_many([("add_task", rows) for _task, rows in made])
        notify_assigned(w, [row for _task, rows in made for row in rows])
        return [task for task, _rows in made]


def enter_task(w: Writing, new: NewTask, *, on: date) -> Task:
    """Enter a task within an action that is already open."""
    _check(new)
    task, rows = _rows(w, new, on=on)
    w.record("add_task", rows)
    notify_assigned(w, rows)
    return task


def task_rows(w: Writing, new: NewTask, *, on: date) -> tuple[Task, list[Recorded]]:
    """Make a task with its rows within an action that is already open and that records them itself."""
    _check(new)
    return _rows(w, new, on=on)


def _check(new: NewTask) -> None:
    if not new.title.strip():
        raise TaskRefused(_("The task has no words. Write what must be done."))
    if not any(duty.role == "lead" for duty in new.duties):
        raise TaskRefused(_("The task has no lead. Name the agency that answers for it."))
    # Whoever drafts may also submit: an agency can owe several stages, each of another name.
    places = [(duty.agency.pk, duty.stage.strip()) for duty in new.duties]
    unstaged = [agency for agency, stage in places if not stage]
    if len(places) != len(set(places)) or len(unstaged) != len(set(unstaged)):
        raise TaskRefused(_("An agency stands twice on the task. Leave it in one role."))


def _rows(w: Writing, new: NewTask, *, on: date) -> tuple[Task, list[Recorded]]:
    title = " ".join(new.title.split())
    task = w.new(
        Task,
        office=w.office,
        kind=new.kind,
        origin=new.origin,
        title=title,
        product=new.product,
        workflow=new.workflow,
        note=new.note,
        assigned_on=on,
        is_sample=new.is_sample,
        folded=folded(title),
        sort_key=sort_key(title[:200]),
    )
    rows: list[Recorded] = [task]
    if new.document is not None:
        rows.append(
            w.new(TaskClause, task=task, document=new.document, clause=new.clause, start=new.start, end=new.end)
        )
    first = new.first_state or definitions.first_state(new.workflow.pk, as_of=on)
    # Stages leave room for others between them.
    staged = any(duty.stage.strip() for duty in new.duties)
    for nth, duty in enumerate(new.duties):
        order = (nth + 1) * dues.STAGE_STEP if staged else nth
        rows += _duty(w, task, duty, order=order, state=first, on=on)
    rows += [
        w.new(ProgrammeTask, programme=programme, task=task, number=number, effective_on=on)
        for programme, number in new.programmes
    ]
    return task, rows


def _duty(w: Writing, task: Task, new: NewDuty, *, order: int, state: str, on: date) -> list[Recorded]:
    stage = " ".join(new.stage.split())[:LONGEST_STAGE]
    duty = w.new(Duty, task=task, role=new.role, order=order, assigned_on=on, stage=stage)
    rule = new.due or DueRule(kind="none")
    return [
        duty,
        w.new(DutyBearer, duty=duty, agency=new.agency, effective_on=on),
        due_row(w, duty.pk, rule, words=new.words, on=on),
        w.new(Change, duty=duty, to_state=state, effective_on=on),
    ]


def name_product(task_id: int, words: str, *, on: date, actor: Actor) -> TaskProduct:
    """Name from a day on what is to come of a task that was entered without it, or other than it is.

    What was named from the same day on is mended by it; days before keep what they had. Refused: no words or the same
    ones, a day before the work was assigned or one that has not come, and a task that was read in a document: what is
    to come of it is read in the document's own words.
    """
    require(actor, "administrator", "officer")
    said = " ".join(words.split())
    with writing(actor) as w:
        present = tasks.task(task_id, viewer=actor.viewer, as_of=w.today, known_at=None)
        if present.is_read:
            raise TaskRefused(
                _("This task was read in a document. Withdraw its acceptance, then accept it with its product.")
            )
        if not said:
            raise TaskRefused(_("Write what is to come of the work: a plan, a decision, a report."))
        if on > w.today:
            raise TaskRefused(_("That day has not come yet. A product is named from a day up to today."))
        if on < present.assigned_on:
            raise TaskRefused(
                _("The work was assigned on %(day)s: its product is named from that day on or later.")
                % {"day": vi_date(present.assigned_on)}
            )
        if said == products.expected([task_id], viewer=actor.viewer, as_of=on, known_at=None).get(task_id):
            raise TaskRefused(_("That is the product already on that day. Write another one, or choose another day."))
        former = products.standing_on(task_id, on=on)
        row = w.new(TaskProduct, task_id=task_id, words=said, effective_on=on, replaces=former)
        w.record("name_product", [row])
        return row


def split_task(task: Task, parts: Sequence[NewTask], *, on: date, actor: Actor, note: str = "") -> list[Task]:
    """Split a task into others on a day: they take its place on every list, and only they are owed from then on."""
    require(actor, "administrator", "officer")
    if len(parts) < 2:
        raise TaskRefused(_("A task is split into two or more. Write at least two parts."))
    with writing(actor) as w:
        if on > w.today:
            raise TaskRefused(_("That day has not come yet. A step is recorded when it has been taken."))
        if tasks.was_split(task.pk, as_of=w.today):
            raise TaskRefused(_("This task was split already. Split one of its parts instead."))
        places = programmes.places(task.pk, as_of=on)
        rows: list[Recorded] = [_ended(w, place, on=on) for place in places]
        rows += _no_longer_owed(w, task, on=on, note=note)
        made: list[Task] = []
        for number, part in enumerate(parts, 1):
            _check(part)
            result, part_rows = _rows(w, part, on=on)
            rows += [*part_rows, w.new(TaskLineage, origin=task, result=result, kind="split", effective_on=on)]
            rows += [_place_of_part(w, place, result, number, on=on) for place in places]
            made.append(result)
        w.record("split_task", rows)
        notify_assigned(w, rows)
        return made


def _no_longer_owed(w: Writing, task: Task, *, on: date, note: str) -> list[Change]:
    """Drop what is still owed of a task that is split, so that nothing is owed twice; what was done stays done."""
    owed = duties.still_owed(task.pk, office_id=w.office.pk, as_of=w.today)
    dropped = definitions.states_of_class(task.workflow_id, "dropped", as_of=on)
    if owed and not dropped:
        raise TaskRefused(_("The workflow has no state for work that is no longer owed. Lay one down first."))
    for duty in owed:
        if duty.since > on:
            raise TaskRefused(
                _("This duty has been “%(state)s” since %(day)s: the next step is taken on that day or later.")
                % {"state": duty.state_label, "day": vi_date(duty.since)}
            )
    return [
        w.new(Change, duty_id=duty.id, from_state=duty.state, to_state=dropped[0], effective_on=on, note=note)
        for duty in owed
    ]


def _place_of_part(w: Writing, place: ProgrammeTask, part: Task, number: int, *, on: date) -> ProgrammeTask:
    own = f"{place.number}.{number}" if place.number else ""
    # Where the whole comes off the list later, or the list ends, its parts come off with it.
    later: dict[str, Any] = {"until_on": place.until_on, "reason": place.reason} if place.until_on else {}
    return w.new(ProgrammeTask, programme_id=place.programme_id, task=part, number=own, effective_on=on, **later)


def _ended(w: Writing, place: ProgrammeTask, *, on: date) -> ProgrammeTask:
    return w.instead(place, until_on=on)
