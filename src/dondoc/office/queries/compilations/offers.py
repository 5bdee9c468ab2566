"""What agencies reported in a period, as it can be taken over into a report in the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dondoc.office.access import Viewer
from dondoc.office.models import ProgressStep, ProgressStepKind
from dondoc.office.models.facts import recorded
from dondoc.office.queries import progress, tasks
from dondoc.office.queries.compilations.rows import CompilationRow
from dondoc.office.queries.progress import ReportRow
from dondoc.office.queries.tasks import Wanted

PARTS = ("result", "difficulties", "next_steps")


@dataclass(frozen=True, slots=True)
class Offer:
    """A part of an agency's report of progress that can become a passage: which part, of which step, whose, on what.

    `state` is "submitted" or "accepted"; `taken_into` are the sections into which it was taken over already.
    """

    step_id: int
    part: str
    text: str
    agency: str
    task: str
    duty_id: int
    on: date
    state: str
    state_label: str
    taken_into: frozenset[str]

    @property
    def url(self) -> str:
        return f"/duties/{self.duty_id}/#progress"


def offers(row: CompilationRow, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Offer]:
    """List what agencies had reported by a day for the period and scope of a report in the making, in its order.

    A report that says that nothing happened, and one that was given back, offers nothing.
    """
    if row.period_id is None:
        return []
    given = progress.listed(row.period_id, viewer=viewer, as_of=as_of, known_at=known_at, which="given")
    within = _within(row.scope, viewer=viewer, as_of=as_of, known_at=known_at)
    found = [
        one
        for one in given
        if not one.nothing_new
        and (within is None or one.task_id in within)
        and row.scope.get("agency") in {None, str(one.agency_id)}
    ]
    steps = _steps([one.id for one in found], as_of=as_of, known_at=known_at)
    taken: dict[int, set[str]] = {}
    for passage in (*row.passages, *row.taken_away):
        if passage.source is not None:
            taken.setdefault(passage.source.step_id, set()).add(passage.section)
    return [
        _offer(one, part, steps[one.id], frozenset(taken.get(steps[one.id], ())))
        for one in sorted(found, key=lambda one: (one.agency, one.title, one.id))
        for part in PARTS
        if getattr(one, part).strip() and one.id in steps
    ]


def _offer(one: ReportRow, part: str, step_id: int, taken_into: frozenset[str]) -> Offer:
    return Offer(
        step_id=step_id,
        part=part,
        text=getattr(one, part).strip(),
        agency=one.agency,
        task=one.title,
        duty_id=one.duty_id,
        on=one.said_on or one.due_on,
        state=one.state,
        state_label=one.state_label,
        taken_into=taken_into,
    )


def _within(
    scope: Mapping[str, str], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> frozenset[int] | None:
    """Give the tasks of a list or resolution; None where the scope sets no such limit."""
    wanted = Wanted(programme=scope.get("programme"), resolution=scope.get("resolution"))
    if wanted == Wanted():
        return None
    rows = tasks.tasks(wanted, viewer=viewer, as_of=as_of, known_at=known_at)
    return frozenset(row.id for row in rows)


def _steps(ids: list[int], *, as_of: date, known_at: datetime | None) -> dict[int, int]:
    """Give the last handing-in of each report."""
    rows = ProgressStep.objects.filter(progress_id__in=ids, kind=ProgressStepKind.SUBMITTED, on__lte=as_of)
    found = recorded(rows, known_at=known_at).order_by("number").values_list("progress_id", "pk")
    return dict(found) if ids else {}
