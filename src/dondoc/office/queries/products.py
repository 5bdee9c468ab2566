"""Products: what is to come of tasks, and the documents in which reported work ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from dondoc.office.access import Viewer
from dondoc.office.models import Change, Product, Task, TaskProduct
from dondoc.office.models.facts import beginning_on, known, latest
from dondoc.office.queries import parameters
from dondoc.office.queries.happenings.lateness import began_late, formers
from dondoc.office.queries.standing import HOLDS, LATEST

# What is to come of a task `t` on a day: as it was named last, else as it was entered.
EXPECTED = f"""coalesce((
    select n.words from office_taskproduct n
    where n.task_id = t.id and {HOLDS.format(row="n", table="office_taskproduct")}
    order by {LATEST.format(row="n")} limit 1), t.product)"""  # noqa: S608 -- constants of this file and its neighbour


@dataclass(frozen=True, slots=True)
class NamedLater:
    """What is to come of a task, as it was named after that was entered: since when, by whom, how many days late."""

    words: str
    since: date
    named_by: str
    late_entry: int


def named_later(task_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> NamedLater | None:
    """Give what a task in the viewer's sight is to bring on a day, where it was named after the task was entered."""
    rows = TaskProduct.objects.filter(task_id=task_id, task__office_id=viewer.office_id)
    row = latest(rows, as_of=as_of, known_at=known_at).select_related("entry", "task").first()
    if row is None:
        return None
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    late = began_late(row, formers([row]), "words", rule=rule)
    return NamedLater(row.words, row.effective_on, row.entry.actor_name, late)


def expected(tasks: Collection[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, str]:
    """Give what is to come of each task, where anything says so; the tasks were in sight already."""
    if not tasks:
        return {}
    rows = Task.objects.filter(pk__in=tasks, office_id=viewer.office_id).exclude(product="")
    found = dict(rows.values_list("pk", "product"))
    later = TaskProduct.objects.filter(task_id__in=tasks, task__office_id=viewer.office_id)
    named: dict[int, str] = {}
    for row in latest(later, as_of=as_of, known_at=known_at):
        named.setdefault(row.task_id, row.words)
    return found | named


def standing_on(task_id: int, *, on: date) -> TaskProduct | None:
    """Give what was named for a task from exactly this day on, for the action that mends it."""
    return beginning_on(TaskProduct.objects.filter(task_id=task_id), on=on)


def day_of(duty_id: int) -> date | None:
    """Give the day on the product that was last reported of a duty, for the action that accepts it."""
    rows = known(Change.objects.filter(duty_id=duty_id), known_at=None)
    found = Product.objects.filter(change__in=rows).order_by("-recorded_at", "-pk").first()
    return found.issued_on if found else None


def steps_after(duty_id: int, *, on: date) -> list[Change]:
    """List the steps of a duty that stand and begin after a day."""
    rows = known(Change.objects.filter(duty_id=duty_id, effective_on__gt=on), known_at=None)
    return list(rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=F("effective_on"))).order_by("pk"))
