"""Duties with what is derived of them on a day: who bears them, their state, their due day, how late they are.

The rules are in `rules.states` and `rules.deadlines`; what stands here answers the same cases in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer, visible_duties
from dondoc.office.models import Change, Duty, DutyBearer, DutyDue, Programme, ProgrammeTask, WorkflowState
from dondoc.office.models.facts import in_force, known, latest, recorded
from dondoc.office.queries import agencies, definitions
from dondoc.rules.deadlines import days_late, due_soon_days, timeliness

OPEN = ("waiting", "active")


class NoSuchDuty(Refused):
    """The duty does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a duty stands at the moment it is to be moved."""

    duty_id: int
    workflow_id: int
    agency_id: int
    state: str
    state_label: str

    def moved(self, state: str) -> Standing:
        """The same duty after a move of the same batch."""
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty in a list, as of a day."""

    id: int
    task_id: int
    title: str
    role: str
    role_label: str
    agency_id: int
    agency: str
    agency_short: str
    state: str
    state_label: str
    state_class: str
    due: date | None
    first_due: date | None
    timeliness: str
    days_late: int
    done_on: date | None
    is_sample: bool

    @property
    def url(self) -> str:
        return f"/duties/{self.id}/"


def standing(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Duty]:
    """Give the duties in a viewer's sight that were assigned by a day, each with bearer_id, state, since, due_on."""
    rows = recorded(Duty.objects.filter(assigned_on__lte=as_of), known_at=known_at)
    return with_standing(rows, as_of=as_of, known_at=known_at).filter(
        visible_duties(viewer), state__isnull=False
    )


def with_standing(rows: QuerySet[Duty], *, as_of: date, known_at: datetime | None) -> QuerySet[Duty]:
    """Annotate duties with what held on a day: bearer_id, state, since (of the state), due_on, state_class, rank."""
    moment = {"as_of": as_of, "known_at": known_at}
    change = latest(Change.objects.filter(duty=OuterRef("pk")), **moment)
    bearer = latest(DutyBearer.objects.filter(duty=OuterRef("pk")), **moment)
    due = latest(DutyDue.objects.filter(duty=OuterRef("pk")), **moment)
    first = known(DutyDue.objects.filter(duty=OuterRef("pk")), known_at=known_at).order_by("effective_on", "id")
    state = in_force(
        WorkflowState.objects.filter(workflow=OuterRef("task__workflow"), code=OuterRef("state")), **moment
    ).order_by("-effective_on", "-id")
    return rows.annotate(
        bearer_id=Subquery(bearer.values("agency")[:1]),
        state=Subquery(change.values("to_state")[:1]),
        since=Subquery(change.values("effective_on")[:1]),
        due_on=Subquery(due.values("last_day")[:1]),
        first_due_on=Subquery(first.values("last_day")[:1]),
    ).annotate(
        state_class=Subquery(state.values("state_class")[:1]),
        state_label=Subquery(state.values("label")[:1]),
        rank=Subquery(state.values("rank")[:1]),
    )


def rows_of(duties: QuerySet[Duty], *, as_of: date, known_at: datetime | None) -> list[DutyRow]:
    """Turn annotated duties into rows with the names of the day: one query for the duties, one for the names."""
    found = list(duties.select_related("task"))
    called = agencies.names({d.bearer_id for d in found}, as_of=as_of, known_at=known_at)  # type: ignore[attr-defined]
    soon = due_soon_days(on=as_of)
    return [_row(duty, called, as_of=as_of, soon=soon) for duty in found]


def _row(duty: Duty, called: dict[int, tuple[str, str]], *, as_of: date, soon: int) -> DutyRow:
    d: Standing | Duty = duty
    done_on = d.since if d.state_class == "done" else None
    runs = d.state_class in OPEN or d.state_class == "done"
    name, short = called.get(d.bearer_id, ("", ""))
    return DutyRow(
        id=d.pk,
        task_id=d.task_id,
        title=d.task.title,
        role=d.role,
        role_label=str(d.get_role_display()),
        agency_id=d.bearer_id,
        agency=name,
        agency_short=short,
        state=d.state,
        state_label=d.state_label,
        state_class=d.state_class,
        due=d.due_on,
        first_due=d.first_due_on,
        timeliness=timeliness(last_day=d.due_on, done_on=done_on, as_of=as_of, soon_days=soon) if runs else "",
        days_late=days_late(last_day=d.due_on, done_on=done_on, as_of=as_of) if runs else 0,
        done_on=done_on,
        is_sample=d.task.is_sample,
    )


def standing_now(duty_id: int, *, office_id: int, as_of: date) -> Standing:
    """Say how a duty stands on a day, for the action that will move it."""
    found = standings_now([duty_id], office_id=office_id, as_of=as_of)
    if duty_id not in found:
        raise NoSuchDuty(_("There is no such duty on this day. It may have been assigned later."))
    return found[duty_id]


def standings_now(ids: Iterable[int], *, office_id: int, as_of: date) -> dict[int, Standing]:
    """Say how many duties stand on a day, by their keys."""
    rows = with_standing(
        Duty.objects.filter(pk__in=list(ids), task__office_id=office_id, assigned_on__lte=as_of),
        as_of=as_of,
        known_at=None,
    ).values_list("pk", "task__workflow_id", "bearer_id", "state", "state_label")
    return {row[0]: Standing(*row) for row in rows}


def open_duties(ids: Iterable[int], *, office_id: int, as_of: date) -> list[Duty]:
    """Keep of a list of duties those that are open on a day: only these are handed over."""
    rows = with_standing(
        Duty.objects.filter(pk__in=list(ids), task__office_id=office_id), as_of=as_of, known_at=None
    )
    return list(rows.filter(state_class__in=OPEN).order_by("pk"))


def duty(duty_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> DutyRow:
    """Give one duty as of a day; refused when it is not in the viewer's sight."""
    rows = rows_of(
        standing(viewer=viewer, as_of=as_of, known_at=known_at).filter(pk=duty_id), as_of=as_of, known_at=known_at
    )
    if not rows:
        raise NoSuchDuty(_("There is no such duty on this day, or it belongs to another agency."))
    return rows[0]


def next_states(row: DutyRow, *, as_of: date) -> list[tuple[str, str]]:
    """List the states to which a duty may move on a day, with their labels."""
    workflow_id = Duty.objects.values_list("task__workflow_id", flat=True).get(pk=row.id)
    return definitions.workflow(workflow_id, as_of=as_of).next_states(row.state)


def state_labels(workflow_id: int) -> dict[str, str]:
    """Name every state a workflow ever had, by its code; the latest name stands."""
    rows = WorkflowState.objects.filter(workflow_id=workflow_id).order_by("effective_on", "id")
    return dict(rows.values_list("code", "label"))


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a duty, in plain words, newest first on its page."""

    id: int
    on: date
    recorded_at: datetime
    actor: str
    from_label: str
    to_label: str
    note: str
    document_id: int | None
    original_id: int | None
    original_name: str
    is_late_entry: bool
    is_correction: bool
    is_withdrawn: bool
    is_replaced: bool


def history(duty_id: int, *, known_at: datetime | None) -> list[Happening]:
    """List everything that was recorded of a duty's states, the corrected rows too, newest first."""
    rows = recorded(Change.objects.filter(duty_id=duty_id), known_at=known_at).select_related(
        "entry", "original", "duty__task"
    )
    standing_ids = set(known(Change.objects.filter(duty_id=duty_id), known_at=known_at).values_list("pk", flat=True))
    found = list(rows.order_by("-effective_on", "-recorded_at", "-id"))
    if not found:
        return []
    labels = state_labels(found[0].duty.task.workflow_id)
    return [
        Happening(
            id=row.pk,
            on=row.effective_on,
            recorded_at=row.recorded_at,
            actor=row.entry.actor_name,
            from_label=labels.get(row.from_state, ""),
            to_label=labels.get(row.to_state, row.to_state),
            note=row.note,
            document_id=row.document_id,
            original_id=row.original_id,
            original_name=row.original.filename if row.original else "",
            is_late_entry=(row.recorded_at.date() - row.effective_on).days > 7,
            is_correction=row.replaces_id is not None,
            is_withdrawn=row.until_on == row.effective_on,
            is_replaced=row.pk not in standing_ids,
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class DutyCounts:
    """How many duties of a scope stand how on a day."""

    owed: int = 0
    open: int = 0
    done: int = 0
    late: int = 0
    due_soon: int = 0
    no_due: int = 0
    done_with_due: int = 0
    done_in_time: int = 0

    def __add__(self, other: DutyCounts) -> DutyCounts:
        return DutyCounts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class DutyTallies:
    """The counts of the whole office, of each list and resolution, and of each agency."""

    whole: DutyCounts
    by_programme: dict[str, DutyCounts]
    by_resolution: dict[str, DutyCounts]
    by_agency: dict[str, DutyCounts]


def tallies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> DutyTallies:
    """Count the duties in a viewer's sight on a day by list, resolution and agency: one query for each."""
    rows = _bucketed(standing(viewer=viewer, as_of=as_of, known_at=known_at), as_of=as_of)
    listed = recorded(
        Programme.objects.filter(office_id=viewer.office_id, begins_on__lte=as_of), known_at=known_at
    ).values_list("pk", "key", "resolution_id")
    keys = {pk: key for pk, key, _resolution in listed}
    places = in_force(
        ProgrammeTask.objects.filter(programme_id__in=list(keys)), as_of=as_of, known_at=known_at
    ).filter(task=OuterRef("task"))
    by_programme = {key: DutyCounts() for key in keys.values()}
    by_resolution = {str(resolution): DutyCounts() for _pk, _key, resolution in listed}
    for pk, key in keys.items():
        by_programme[key] = _summed(rows.filter(Exists(places.filter(programme_id=pk))), by=None).get("", DutyCounts())
    for resolution in by_resolution:
        under = places.filter(programme__resolution_id=int(resolution))
        by_resolution[resolution] = _summed(rows.filter(Exists(under)), by=None).get("", DutyCounts())
    by_agency = _summed(rows, by="bearer_id")
    return DutyTallies(sum(by_agency.values(), DutyCounts()), by_programme, by_resolution, by_agency)


def _bucketed(rows: QuerySet[Duty], *, as_of: date) -> QuerySet[Duty]:
    """Say of each duty which way it counts: twin of `rules.deadlines.timeliness` over the classes that can be due."""
    until = as_of + timedelta(days=due_soon_days(on=as_of))
    is_open, is_done, dated = Q(state_class__in=OPEN), Q(state_class="done"), Q(due_on__isnull=False)
    return rows.annotate(
        bucket=Case(
            When(is_open & Q(due_on__lt=as_of), then=Value("late")),
            When(is_open & Q(due_on__lte=until), then=Value("due_soon")),
            When(is_open & dated, then=Value("open")),
            When(is_open, then=Value("no_due")),
            When(is_done & dated & Q(since__lte=F("due_on")), then=Value("done_in_time")),
            When(is_done & dated, then=Value("done_with_due")),
            When(is_done, then=Value("done")),
            default=Value("owed"),
        )
    )


BUCKETS = {
    "late": DutyCounts(owed=1, open=1, late=1),
    "due_soon": DutyCounts(owed=1, open=1, due_soon=1),
    "open": DutyCounts(owed=1, open=1),
    "no_due": DutyCounts(owed=1, open=1, no_due=1),
    "done_in_time": DutyCounts(owed=1, done=1, done_with_due=1, done_in_time=1),
    "done_with_due": DutyCounts(owed=1, done=1, done_with_due=1),
    "done": DutyCounts(owed=1, done=1),
    "owed": DutyCounts(owed=1),
}


def in_bucket(rows: QuerySet[Duty], which: str, *, as_of: date) -> QuerySet[Duty]:
    """Keep the duties that a count counts: late, due_soon, no_due, open, done and so on."""
    names = [name for name, counts in BUCKETS.items() if getattr(counts, which)]
    return _bucketed(rows, as_of=as_of).filter(bucket__in=names)


def _summed(rows: QuerySet[Duty], *, by: str | None) -> dict[str, DutyCounts]:
    fields = ("bucket",) if by is None else (by, "bucket")
    found: dict[str, DutyCounts] = {}
    for *scope, bucket, n in rows.order_by().values_list(*fields).annotate(n=Count("pk")):
        key = str(scope[0]) if scope else ""
        one = DutyCounts(*(n * part for part in astuple(BUCKETS[bucket])))
        found[key] = found.get(key, DutyCounts()) + one
    return found


def listed(
    which: str,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    programme: str | None = None,
    resolution: str | None = None,
    agency: str | None = None,
) -> list[DutyRow]:
    """List the duties that a count of `tallies` counts, the longest overdue first."""
    rows = in_bucket(standing(viewer=viewer, as_of=as_of, known_at=known_at), which, as_of=as_of)
    places = in_force(
        ProgrammeTask.objects.filter(
            programme__office_id=viewer.office_id, programme__begins_on__lte=as_of, task=OuterRef("task")
        ),
        as_of=as_of,
        known_at=known_at,
    )
    if programme is not None:
        rows = rows.filter(Exists(places.filter(programme__key=programme)))
    if resolution is not None:
        rows = rows.filter(Exists(places.filter(programme__resolution_id=int(resolution))))
    if agency is not None:
        rows = rows.filter(bearer_id=int(agency))
    return rows_of(rows.order_by(F("due_on").asc(nulls_last=True), "pk"), as_of=as_of, known_at=known_at)
