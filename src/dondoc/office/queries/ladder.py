"""The ladder of urging in an office: its steps on a day, and how each open duty stands on it.

The rule is `rules.ladder`; what went out, whether the work is open and who holds it up is read here for many at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.models import DutyDue, LadderStep, Obstacle, ObstacleEnd, Reminder, TaskClause, Urge, WorkflowState
from dondoc.office.models.facts import in_force, known, recorded
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import documents, duties, parameters, waiting
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.office.queries.tasks import WithTask
from dondoc.rules import ladder as rules
from dondoc.rules.ladder import Rung, Sent, Step, next_step
from dondoc.rules.states import fact_as_of
from dondoc.rules.urges import kind_label
from dondoc.rules.waiting import Wait, Waiting


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps that hold on a day; `since` and `by` say who laid the office's own down, empty for the program's."""

    steps: tuple[Step, ...]
    is_own: bool = False
    since: date | None = None
    by: str = ""

    def step(self, key: str) -> Step | None:
        """Find a step by its key."""
        return next((step for step in self.steps if step.key == key), None)


@dataclass(frozen=True, slots=True)
class Hold:
    """That others hold a duty up now: who, since when, and the agency of the register that must remove an obstacle."""

    whom: str
    since: date
    what: str
    remover_id: int | None = None


@dataclass(frozen=True, slots=True)
class LadderRow:
    """An open duty on the ladder: the step that comes next, what went out before, and who holds it up."""

    duty: DutyRow
    rung: Rung
    reminders: int
    urges: int
    last_on: date | None
    last_label: str
    hold: Hold | None
    source: str

    @property
    def step(self) -> Step:
        """The step that comes next; only for a duty that has one."""
        assert self.rung.step is not None
        return self.rung.step

    def was_sent_on(self, day: date) -> bool:
        """Whether anything went out about the duty on a day."""
        return self.last_on == day

    @property
    def is_reminder(self) -> bool:
        """Whether the program takes the next step by itself."""
        return self.rung.step is not None and not self.rung.step.is_pressed

    @property
    def is_pressed(self) -> bool:
        """Whether a person takes the next step."""
        return self.rung.step is not None and self.rung.step.is_pressed


def ladder(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Ladder:
    """Give the steps that hold in the viewer's office on a day: its own, or else those of the program."""
    office_id = viewer.office_id
    found = in_force(LadderStep.objects.filter(office_id=office_id), as_of=as_of, known_at=known_at)
    rows = list(found.select_related("entry"))
    if not rows:
        days = parameters.values(rules.PARAMETERS, office_id=office_id, on=as_of, known_at=known_at)
        return Ladder(rules.steps(on=as_of, numbers={key: n for key, n in days.items() if isinstance(n, tuple)}))
    newest = max(rows, key=lambda row: (row.effective_on, row.recorded_at, row.pk))
    steps = rules.in_order(_step(row) for row in rows)
    return Ladder(steps, is_own=True, since=newest.effective_on, by=newest.entry.actor_name)


def coming(*, viewer: Viewer, as_of: date) -> date | None:
    """Give the day from which other steps of the office are to hold; None where nothing is laid down for later."""
    rows = known(LadderStep.objects.filter(office_id=viewer.office_id, effective_on__gt=as_of), known_at=None)
    return next((row.effective_on for row in rows.order_by("effective_on") if row.until_on != row.effective_on), None)


def own_rows(*, office_id: int, since: date) -> list[LadderStep]:
    """List the office's own steps that hold on a day or come to hold later, for the action that replaces them."""
    rows = known(LadderStep.objects.filter(office_id=office_id), known_at=None).order_by("pk")
    return [row for row in rows if row.until_on is None or row.until_on > max(since, row.effective_on)]


def _step(row: LadderStep) -> Step:
    what = next(what for what in rules.WHATS if what == row.what)
    return Step(row.key, row.label, what, row.after_days, row.urge_kind, row.answer_days, row.effective_on)


def step_labels(keys: Iterable[str], *, office_id: int, on: date) -> dict[str, str]:
    """Name steps by their keys, also those of a former ladder; one that nobody remembers keeps its key."""
    wanted = set(keys)
    if not wanted:
        return {}
    own = LadderStep.objects.filter(office_id=office_id, key__in=wanted).order_by("pk")
    return {**{key: rules.step_label(key, on=on) for key in wanted}, **dict(own.values_list("key", "label"))}


def standing(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    ids: Collection[int] | None = None,
) -> list[LadderRow]:
    """List the open duties in a viewer's sight whose next step has come by a day, by due day, the longest late first.

    `ids` are the only duties asked about; then those whose step is not there yet, or that have none, are listed too.
    """
    steps = ladder(viewer=viewer, as_of=as_of, known_at=known_at).steps
    asked: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    owed = _owed(steps, ids, **asked)
    if not owed:
        return []
    theirs = _turns(viewer.office_id, as_of=as_of, known_at=known_at)
    owing = [duty for duty in owed if (duty.workflow_id, duty.state) not in theirs]
    gone = _sent([duty.id for duty in owed], as_of=as_of, known_at=known_at)
    rungs = {duty.id: Rung(None, None, "closed") for duty in owed}
    rungs |= {duty.id: _rung(steps, duty, gone.get(duty.id, []), as_of=as_of, held=False) for duty in owing}
    listed = [duty for duty in owed if ids is not None or rungs[duty.id].why in {"due", "today"}]
    holds = _holds([duty.id for duty in listed], **asked)
    for duty in owing:
        if duty.id in holds:
            rungs[duty.id] = _rung(steps, duty, gone.get(duty.id, []), as_of=as_of, held=True)
    called = step_labels(
        {one.sent.step for sent in gone.values() for one in sent}, office_id=viewer.office_id, on=as_of
    )
    sources = _sources({duty.task_id for duty in listed}, known_at=known_at)
    rows = duties.rows_of(listed, as_of=as_of, known_at=known_at)
    found = []
    for row in rows:
        sent = gone.get(row.id, [])
        label = _label(sent[-1], called) if sent else ""
        found.append(_row(row, rungs[row.id], sent, label=label, hold=holds.get(row.id), source=sources[row.task_id]))
    return found


def of_duty(seen: WithTask, waits: Waiting, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> LadderRow:
    """Say how one duty stands on the ladder, where it was read already and it is known for whom it waits.

    Which agency must remove an obstacle, and from which document the work comes, is not said.
    """
    steps = ladder(viewer=viewer, as_of=as_of, known_at=known_at).steps
    duty = seen.standing
    sent = _sent([duty.id], as_of=as_of, known_at=known_at).get(duty.id, [])
    hold = _hold(waits.holding[0], None) if waits.holds_now else None
    rung = Rung(None, None, "closed")
    if (duty.workflow_id, duty.state) not in _turns(viewer.office_id, as_of=as_of, known_at=known_at):
        rung = _rung(steps, duty, sent, as_of=as_of, held=hold is not None)
    called = step_labels({one.sent.step for one in sent}, office_id=viewer.office_id, on=as_of)
    return _row(seen.duty, rung, sent, label=_label(sent[-1], called) if sent else "", hold=hold, source="")


def _owed(
    steps: Sequence[Step], ids: Collection[int] | None, *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[StandingDuty]:
    """List the duties that can stand on the ladder: open, with a due day that the first step reaches."""
    where, more = "visible order by due_on nulls last, id", dict[str, Any]()
    if ids is None:
        ahead = max((-step.after_days for step in steps), default=0)
        where = (
            "visible and state_class in ('waiting', 'active') and due_on <= %(last_due)s order by due_on nulls last, id"
        )
        more = {"last_due": rules.step_day(as_of, max(ahead, 0) + 1)}
    wanted = None if ids is None else sorted(ids)
    return duties_standing(where, viewer=viewer, as_of=as_of, known_at=known_at, duties=wanted, **more)


def _turns(office_id: int, *, as_of: date, known_at: datetime | None) -> set[tuple[int, str]]:
    """List the states in which work waits for the office itself: what was reported is not urged on the agency."""
    rows = in_force(WorkflowState.objects.filter(workflow__office_id=office_id), as_of=as_of, known_at=known_at)
    return set(rows.filter(waits_for="assigner").values_list("workflow_id", "code"))


def _rung(steps: Sequence[Step], duty: StandingDuty, gone: Iterable[Gone], *, as_of: date, held: bool) -> Rung:
    opened, sent = duty.state_class in duties.OPEN, [one.sent for one in gone]
    return next_step(steps, due_on=duty.due_on, today=as_of, sent=sent, is_open=opened, is_held_up=held)


@dataclass(frozen=True, slots=True)
class Gone:
    """What went out, and by which kind of urging; no kind where the program reminded by itself."""

    sent: Sent
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _DueFact:
    """A due day as the rules see a dated fact."""

    id: int
    duty_id: int
    last_day: date | None
    effective_on: date
    until_on: date | None
    recorded_at: datetime
    replaces: int | None


def _sent(ids: Sequence[int], *, as_of: date, known_at: datetime | None) -> dict[int, list[Gone]]:
    """List what went out about some duties by a day, by whomever, the earliest first."""
    reminders = recorded(Reminder.objects.filter(duty_id__in=ids, on__lte=as_of), known_at=known_at)
    urges = recorded(Urge.objects.filter(duty_id__in=ids, urged_on__lte=as_of), known_at=known_at)
    found = [(duty, Gone(Sent(step, on, due))) for duty, step, on, due in reminders.values_list(*_REMINDED)]
    urged = list(urges.values_list("duty_id", "step", "urged_on", "recorded_at", "kind"))
    facts = _dues({duty for duty, *_rest in urged})
    for duty, step, on, at, kind in urged:
        fact = fact_as_of(facts.get(duty, ()), as_of=on, known_at=at)
        found.append((duty, Gone(Sent(step, on, fact.last_day if fact else None), kind)))
    gone: dict[int, list[Gone]] = {}
    for duty, one in sorted(found, key=lambda each: each[1].sent.on):
        gone.setdefault(duty, []).append(one)
    return gone


_REMINDED = ("duty_id", "step", "on", "due_on")


def _dues(ids: Collection[int]) -> dict[int, list[_DueFact]]:
    """Give all that was ever recorded of the due days of some duties: what an urge spoke of is asked of its own day."""
    found: dict[int, list[_DueFact]] = {}
    columns = ("id", "duty_id", "last_day", "effective_on", "until_on", "recorded_at", "replaces_id")
    for row in DutyDue.objects.filter(duty_id__in=ids).values_list(*columns) if ids else ():
        fact = _DueFact(*row)
        found.setdefault(fact.duty_id, []).append(fact)
    return found


def _holds(ids: Sequence[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, Hold]:
    """Say who holds up which of these duties now; where an agency of the register must remove it, which."""
    waits = waiting.waiting_for(ids, viewer=viewer, as_of=as_of, known_at=known_at) if ids else {}
    held = {duty: found.holding[0] for duty, found in waits.items() if found.holds_now}
    removers = _removers(held, as_of=as_of, known_at=known_at)
    return {duty: _hold(wait, removers.get(duty)) for duty, wait in held.items()}


def _hold(wait: Wait, remover_id: int | None) -> Hold:
    return Hold(wait.whom, wait.first or wait.since, wait.what, remover_id)


def _removers(ids: Collection[int], *, as_of: date, known_at: datetime | None) -> dict[int, int]:
    """Give the agencies of the register that must remove what holds these duties up."""
    if not ids:
        return {}
    ended = recorded(ObstacleEnd.objects.filter(ended_on__lte=as_of), known_at=known_at).values("obstacle_id")
    wrong = recorded(ObstacleEnd.objects.filter(kind="mistaken"), known_at=known_at).values("obstacle_id")
    rows = Obstacle.objects.filter(duty_id__in=ids, remover__isnull=False, began_on__lte=as_of)
    rows = recorded(rows.exclude(pk__in=ended).exclude(pk__in=wrong), known_at=known_at).order_by("-began_on", "-pk")
    return {duty: remover for duty, remover in rows.values_list("duty_id", "remover_id") if remover is not None}


def _sources(ids: Collection[int], *, known_at: datetime | None) -> dict[int, str]:
    """Name the documents that tasks come from, each task's first, with the clause; nothing where there is none."""
    ties = standing_ties(TaskClause.objects.filter(task_id__in=ids), known_at=known_at)
    rows = ties.select_related("clause").order_by("-pk") if ids else ()
    tied = {row.task_id: row for row in rows}
    titles = documents.short_titles({row.document_id for row in tied.values()}, known_at=known_at)
    words = {}
    for task, row in tied.items():
        clause = _("clause %(clause)s") % {"clause": row.clause.address} if row.clause else ""
        words[task] = ", ".join(filter(None, (clause, titles.get(row.document_id, ""))))
    return {task: words.get(task, "") for task in ids}


def _label(one: Gone, called: dict[str, str]) -> str:
    return kind_label(one.kind, on=one.sent.on) if one.kind else called[one.sent.step]


def _row(duty: DutyRow, rung: Rung, gone: Sequence[Gone], *, label: str, hold: Hold | None, source: str) -> LadderRow:
    return LadderRow(
        duty=duty,
        rung=rung,
        reminders=len([one for one in gone if not one.kind]),
        urges=len([one for one in gone if one.kind]),
        last_on=gone[-1].sent.on if gone else None,
        last_label=label,
        hold=hold,
        source=source,
    )
