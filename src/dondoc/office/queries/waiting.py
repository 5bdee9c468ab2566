"""For whom a duty waits: obstacles that others must remove, coordinators behind their due day, stages not done yet.

The rule that parts a delay is `rules.waiting`; what it needs is read here for many duties at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from dondoc.office.access import Viewer
from dondoc.office.models import Duty, Obstacle, ObstacleEnd
from dondoc.office.models.facts import recorded
from dondoc.office.queries import agencies
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.office.queries.tasks import WithTask
from dondoc.rules.states import OPEN_CLASSES
from dondoc.rules.waiting import Wait, Waiting, wait_for_late, waiting

Called = Mapping[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Held:
    """That an obstacle held a duty up: who must remove it, since when, until when."""

    duty_id: int
    remover_id: int | None
    remover: str
    began_on: date
    ended_on: date | None


def waiting_for(ids: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Waiting]:
    """Say of each of these duties in a viewer's sight how its delay is parted, and for whom it waits on a day."""
    wanted = frozenset(ids)
    tasks = sorted(set(Duty.objects.filter(pk__in=wanted).values_list("task_id", flat=True)))
    return of_tasks(tasks, wanted, viewer=viewer, as_of=as_of, known_at=known_at)


def of_tasks(
    tasks: list[int], wanted: frozenset[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[int, Waiting]:
    """Say the same of duties of which the tasks are known."""
    owed = duties_standing("true", viewer=viewer, as_of=as_of, known_at=known_at, tasks=tasks) if tasks else []
    mine = [duty.id for duty in owed if duty.id in wanted and duty.visible]
    held = obstacles_of(mine, as_of=as_of, known_at=known_at)
    concerned = {duty.bearer_id for duty in owed} | {row.remover_id for row in held if row.remover_id is not None}
    called = agencies.names(concerned, as_of=as_of, known_at=known_at)
    found = parted(owed, held, called, as_of=as_of)
    return {duty_id: found[duty_id] for duty_id in mine}


def of_one(seen: WithTask, held: Iterable[Held], *, as_of: date, known_at: datetime | None) -> Waiting:
    """Say the same of a duty that was read with all that is owed of its task, and with what holds it up."""
    rows = list(held)
    removers = {row.remover_id for row in rows if row.remover_id is not None}
    called = agencies.further_names(seen.called, removers, as_of=as_of, known_at=known_at)
    return parted(seen.owed, rows, called, as_of=as_of)[seen.duty.id]


def obstacles_of(ids: Sequence[int], *, as_of: date, known_at: datetime | None) -> list[Held]:
    """List what held some duties up by a day; what was named by mistake never did."""
    if not ids:
        return []
    rows = recorded(Obstacle.objects.filter(duty_id__in=ids, began_on__lte=as_of), known_at=known_at)
    columns = ("pk", "duty_id", "remover_id", "remover_name", "began_on")
    named = list(rows.order_by("began_on", "pk").values_list(*columns))
    endings = ObstacleEnd.objects.filter(Q(ended_on__lte=as_of) | Q(kind="mistaken"), obstacle__duty_id__in=ids)
    ended = {
        obstacle_id: (kind, on)
        for obstacle_id, kind, on in recorded(endings, known_at=known_at).values_list("obstacle_id", "kind", "ended_on")
    }
    return [
        Held(duty_id, remover_id, remover, began_on, ended.get(pk, ("", None))[1])
        for pk, duty_id, remover_id, remover, began_on in named
        if ended.get(pk, ("", None))[0] != "mistaken"
    ]


def parted(owed: Iterable[StandingDuty], held: Iterable[Held], called: Called, *, as_of: date) -> dict[int, Waiting]:
    """Part the delays of duties of which all that is owed with them is at hand: whole tasks and their obstacles."""
    by_task: dict[int, list[StandingDuty]] = {}
    for duty in sorted(owed, key=lambda duty: (duty.place, duty.id)):
        by_task.setdefault(duty.task_id, []).append(duty)
    by_duty: dict[int, list[Held]] = {}
    for row in held:
        by_duty.setdefault(row.duty_id, []).append(row)
    return {
        duty.id: _of(duty, task, by_duty.get(duty.id, []), called, as_of=as_of)
        for task in by_task.values()
        for duty in task
    }


def _of(
    duty: StandingDuty, task: Sequence[StandingDuty], held: Iterable[Held], called: Called, *, as_of: date
) -> Waiting:
    if duty.state_class not in OPEN_CLASSES | {"done"}:
        return Waiting()
    others = [other for other in task if other.bearer_id != duty.bearer_id]
    waits = [_obstacle(row, called) for row in held if row.remover_id != duty.bearer_id]
    if duty.role == "lead":
        waits += [_coordinator(other, called) for other in others if _is_behind(other, duty, as_of=as_of)]
    if duty.role == "lead" and duty.stage:
        waits += _stages(duty, others, called)
    done_on = duty.since if duty.state_class == "done" else None
    return waiting(last_day=duty.due_on, done_on=done_on, as_of=as_of, waits=waits)


def _obstacle(row: Held, called: Called) -> Wait:
    short = called.get(row.remover_id, ("", ""))[1] if row.remover_id is not None else ""
    return Wait(short or row.remover, row.began_on, row.ended_on)


def _is_behind(other: StandingDuty, lead: StandingDuty, *, as_of: date) -> bool:
    """Say whether a coordinator is, or was when done, behind a due day of its own, one before the lead's.

    One that was given the lead's own day owed nothing before it: both are late then, each by itself.
    """
    if other.role != "coordinate" or other.due_on is None or other.state_class not in OPEN_CLASSES | {"done"}:
        return False
    stands_at = other.since if other.state_class == "done" else as_of
    return other.due_on < stands_at and (lead.due_on is None or other.due_on < lead.due_on)


def _coordinator(duty: StandingDuty, called: Called) -> Wait:
    assert duty.due_on is not None
    done_on = duty.since if duty.state_class == "done" else None
    return wait_for_late(_short(duty, called), last_day=duty.due_on, done_on=done_on, what=duty.stage)


def _stages(duty: StandingDuty, others: Iterable[StandingDuty], called: Called) -> list[Wait]:
    """List the earlier stages of the product: the first that is not done holds up, the ones before it did.

    A stage that was dropped is waited for no longer than until then; one that was put off still is.
    """
    found: list[Wait] = []
    for other in others:
        if other.role == "lead" and other.stage and other.place < duty.place:
            until = other.since if other.state_class in {"done", "dropped"} else None
            since = max(duty.assigned_on, other.assigned_on)  # a stage put in later was not waited for before
            found.append(Wait(_short(other, called), since, until, other.stage))
            if until is None:
                break
    return found


def _short(duty: StandingDuty, called: Called) -> str:
    return called.get(duty.bearer_id, ("", ""))[1]
