"""Who owes a task, with the person who does it at each agency and for whom it waits: the table on the task's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dondoc.office.here import Here
from dondoc.office.queries import assignees, waiting
from dondoc.office.queries.assignees import Named
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.tasks import TaskPage
from dondoc.rules.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty in the table; whoever does not speak for an agency is not told of its persons."""

    row: DutyRow
    waiting: Waiting | None
    person: Named | None
    late_entry: int = 0


def owed(here: Here, task: TaskPage, late: Mapping[int, int] = MappingProxyType({})) -> list[Owed]:
    """Give the rows of the table, in the order of the task; `late` says which stand by a step entered late."""
    mine = frozenset(row.id for row in task.duties if here.viewer.sees_all or row.agency_id in here.viewer.agency_ids)
    waits = waiting.of_tasks([task.row.id], mine, **here.moment)
    named = assignees.named(mine, **here.moment)
    return [Owed(row, waits.get(row.id), named.get(row.id), late.get(row.id, 0)) for row in task.duties]
