"""A register written row by row as its instants were, for holding SQL against the rules."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from dondoc.office.access import Viewer, office_wide
from dondoc.office.actions import spans
from dondoc.office.models import (
    Agency,
    AgencyName,
    Change,
    Duty,
    DutyBearer,
    DutyDue,
    LogEntry,
    Office,
    Task,
    Workflow,
    WorkflowState,
)
from dondoc.office.models.facts import Fact, Recorded
from dondoc.rules import chain

FIRST_DAY = date(2019, 1, 1)
FIRST_INSTANT = datetime(2019, 1, 1, tzinfo=UTC)
APART = 100
"""A fact numbered n of the k-th history gets the key base + k·100 + n, so that keys keep the order of the numbers."""


@dataclass(frozen=True)
class Register:
    """An office with one workflow, whose entries may be of any instant, each later than the one before."""

    office: Office
    workflow: Workflow

    @property
    def viewer(self) -> Viewer:
        return office_wide(self.office.pk)

    def enter(self, recorded_at: datetime, rows: Sequence[Recorded]) -> None:
        """Write rows under an entry of this instant. The instants of cases may lie ahead of the server's clock."""
        last = LogEntry.objects.filter(office=self.office).order_by("seq").last()
        entry = LogEntry.objects.create(
            office=self.office,
            seq=last.seq + 1 if last else 1,
            recorded_at=recorded_at,
            previous=last.hash if last else chain.START,
            hash=secrets.token_hex(32),
        )
        for row in rows:
            row.entry, row.recorded_at = entry, recorded_at
        for model, same in groupby(rows, key=type):
            model._base_manager.bulk_create(list(same))
        spans.keep(rows, now=recorded_at)

    def enter_all(self, facts: Iterable[tuple[datetime, Fact]]) -> None:
        """Write facts in the order in which they were learned; those of one instant under one entry."""
        ordered = sorted(facts, key=lambda fact: (fact[0], type(fact[1]).__name__, fact[1].pk))
        for recorded_at, same in groupby(ordered, key=lambda fact: fact[0]):
            self.enter(recorded_at, [row for _at, row in same])

    def agency(self, name: str) -> Agency:
        row = Agency(office=self.office, key=name, kind="department", level="province")
        self.enter(FIRST_INSTANT, [row])
        names = {"name": name, "short_name": name, "folded": name, "sort_key": name}
        self.enter(FIRST_INSTANT, [AgencyName(agency=row, effective_on=FIRST_DAY, **names)])
        return row

    def tasks(self, count: int) -> list[Task]:
        texts = {"kind": "task", "origin": "hand", "title": "Việc", "folded": "viec", "sort_key": "viec"}
        owner = {"office": self.office, "workflow": self.workflow}
        rows = [Task(assigned_on=FIRST_DAY, **owner, **texts) for _n in range(count)]
        self.enter(FIRST_INSTANT, rows)
        return rows

    def duties(self, count: int) -> list[Duty]:
        """Write so many duties, each of a task of its own."""
        rows = [Duty(task=task, role="lead", order=0, assigned_on=FIRST_DAY) for task in self.tasks(count)]
        self.enter(FIRST_INSTANT, rows)
        return rows

    def duty(self, task: Task, *, order: int = 0, pk: int | None = None) -> Duty:
        row = Duty(pk=pk, task=task, role="lead", order=order, assigned_on=FIRST_DAY)
        self.enter(FIRST_INSTANT, [row])
        return row

    def borne(self, duty: Duty, agency: Agency) -> None:
        self.enter(FIRST_INSTANT, [DutyBearer(duty=duty, agency=agency, effective_on=FIRST_DAY)])

    def due(self, duty: Duty, day: date | None) -> None:
        self.enter(FIRST_INSTANT, [DutyDue(duty=duty, kind="day", last_day=day, effective_on=FIRST_DAY)])

    def changed(self, duty: Duty, state: str, on: date) -> None:
        self.enter(FIRST_INSTANT, [Change(duty=duty, to_state=state, effective_on=on)])


def register(states: Mapping[str, tuple[str, int]]) -> Register:
    """Found an office; `states` gives each state of its workflow its class and rank."""
    office = Office.objects.create(key="so", name="Sổ", place="Cần Thơ", hierarchy="state")
    workflow = Workflow(office=office, key="standard", name="Quy trình")
    made = Register(office, workflow)
    made.enter(FIRST_INSTANT, [workflow])
    rows = [
        WorkflowState(workflow=workflow, code=code, label=code, state_class=group, rank=rank, effective_on=FIRST_DAY)
        for code, (group, rank) in states.items()
    ]
    made.enter(FIRST_INSTANT, rows)
    return made
