"""The first page of the day: open duties by what they wait for, what changed since somebody last looked."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.models import (
    Change,
    DutyDue,
    Extension,
    ExtensionDecision,
    LastLook,
    LogEntry,
    Obstacle,
    Urge,
    WorkflowState,
)
from dondoc.office.queries import duties, parameters, standing
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.progress.rows import ReportRow, rows_of
from dondoc.office.queries.progress.standing import COLUMNS, REPORT, StandingReport, borne_by_viewer
from dondoc.office.queries.standing import HOLDS, LATEST, StandingDuty
from dondoc.rules.calendar import DayNotCovered, add_working_days
from dondoc.rules.text import vi_date

GROUPS = ("unacknowledged", "given_back", "reported", "sent_back", "late", "due_soon")
MOST_NEWS = 40  # of one kind

# What a duty waits for: its first state (nobody has acknowledged it), the office (reported, or sent back), or its
# agency, to which the last step gave a report back.
_GROUPED = f"""
, least as (
    select workflow_id, min(rank) as rank from named group by workflow_id
), open_now as (
    select duty.*, s.waits_for, duty.rank = least.rank as is_first, gave.state_class as gave_class
    from duty join named s on s.workflow_id = duty.workflow_id and s.code = duty.state
    join least on least.workflow_id = duty.workflow_id
    left join lateral (
        select c.from_state from office_change c
        where duty.state_class = 'active' and c.duty_id = duty.id and {HOLDS.format(row="c", table="office_change")}
        order by {LATEST.format(row="c")} limit 1
    ) moved on true
    left join named gave on gave.workflow_id = duty.workflow_id and gave.code = moved.from_state
         and gave.waits_for = 'assigner' and s.waits_for <> 'assigner'
    where duty.visible and duty.state_class in ('waiting', 'active')
), grouped as (
    select g.waits, o.* from open_now o cross join lateral (values
        ('unacknowledged', o.state_class = 'waiting' and o.waits_for <> 'assigner' and o.is_first),
        ('given_back', coalesce(o.gave_class = 'active', false)),
        ('reported', o.state_class = 'active' and o.waits_for = 'assigner'),
        ('sent_back', o.state_class = 'waiting' and o.waits_for = 'assigner'),
        ('late', o.bucket = 'late'),
        ('due_soon', o.bucket = 'due_soon')
    ) g(waits, fits) where g.fits and g.waits = any(%(kinds)s)
)
select x.waits, x.total, {", ".join(f"x.{column.name}" for column in fields(StandingDuty))}
from (
    select grouped.*, count(*) over (partition by waits) as total,
           row_number() over (partition by waits order by due_on nulls last, id) as nth
    from grouped
) x where %(most)s::int is null or x.nth <= %(most)s order by x.waits, x.nth
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Open duties that wait for one thing: how many, and the most urgent of them."""

    total: int = 0
    rows: tuple[DutyRow, ...] = ()
    since: dict[int, date] = field(default_factory=dict)


def groups(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    kinds: Iterable[str] = GROUPS,
    most: int | None = None,
) -> dict[str, Group]:
    """Give the open duties in a viewer's sight by what they wait for, each group with its count: two queries in all."""
    found = standing.ask(_GROUPED, viewer=viewer, as_of=as_of, known_at=known_at, kinds=list(kinds), most=most)
    owed = [StandingDuty(*row[2:]) for row in found]
    named = {row.id: row for row in duties.rows_of({d.id: d for d in owed}.values(), as_of=as_of, known_at=known_at)}
    out: dict[str, Group] = {kind: Group() for kind in kinds}
    for kind in out:
        mine = [(row[1], duty) for row, duty in zip(found, owed, strict=True) if row[0] == kind]
        if mine:
            rows = tuple(named[duty.id] for _total, duty in mine)
            out[kind] = Group(mine[0][0], rows, {duty.id: duty.since for _total, duty in mine})
    return out


def to_acknowledge_by(group: Group, *, office_id: int, as_of: date, known_at: datetime | None) -> dict[int, date]:
    """Say by which day each new duty is to be acknowledged, by the office's own number of working days."""
    if not group.rows:
        return {}
    days = parameters.whole_number("acknowledge_working_days", office_id=office_id, on=as_of, known_at=known_at)
    found = {}
    for duty_id, since in group.since.items():
        try:
            found[duty_id] = add_working_days(since, days)
        except DayNotCovered:
            continue
    return found


@dataclass(frozen=True, slots=True)
class Awaited:
    """The reports that an agency is waited for in one period: the first of them, and how many were not begun at all."""

    period_id: int
    period: str
    not_begun: int
    rows: tuple[ReportRow, ...]


# Counted before the list is cut: the deed on all of them names this number.
_AWAITED = f"""{REPORT}
select x.not_begun, {", ".join(f"x.{column}" for column in COLUMNS.split(", "))}
from (
    select report.*, count(*) filter (where state = 'not_begun') over (partition by period_id) as not_begun,
           min(due_on) over (partition by period_id) as first_due_on
    from report where state in ('not_begun', 'returned')
) x order by x.first_due_on, x.period_id, x.due_on, x.id limit %(size)s
"""


def reports_due(*, viewer: Viewer, as_of: date, known_at: datetime | None, size: int) -> list[Awaited]:
    """List the reports of progress that an agency is waited for, by period, the first due first."""
    found = standing.ask(
        _AWAITED,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        duties=borne_by_viewer(viewer),
        periods=None,
        size=size,
    )
    rows = rows_of([StandingReport(*row[1:]) for row in found], as_of=as_of, known_at=known_at)
    by_period: dict[int, list[ReportRow]] = {}
    for row in rows:
        by_period.setdefault(row.period_id, []).append(row)
    left = {row.period_id: shown[0] for row, shown in zip(rows, found, strict=True)}
    return [Awaited(key, owed[0].period, left[key], tuple(owed)) for key, owed in by_period.items()]


@dataclass(frozen=True, slots=True)
class News:
    """Something that was recorded since somebody last looked, in plain words."""

    at: datetime
    on: date
    who: str
    says: str
    title: str
    agency: str
    url: str


def news(*, viewer: Viewer, since: datetime, as_of: date, known_at: datetime | None) -> list[News]:
    """List what others recorded since an instant of the duties in a viewer's sight, the newest first."""
    found = [
        *_steps(viewer, since),
        *_due_days(viewer, since),
        *_requests(viewer, since),
        *_urged(viewer, since),
        *_hindered(viewer, since),
    ]
    found = [one for one in found if known_at is None or one[1].at <= known_at]
    bearers = duties.bearers({duty_id for duty_id, _one in found}, viewer=viewer, as_of=as_of, known_at=known_at)
    shown = [
        News(one.at, one.on, one.who, one.says, one.title, bearers[duty_id][2] or bearers[duty_id][1], one.url)
        for duty_id, one in found
        if duty_id in bearers
    ]
    return sorted(shown, key=lambda one: one.at, reverse=True)[:MOST_NEWS]


Found = list[tuple[int, News]]
OfDuty = Change | DutyDue | Extension | Obstacle | Urge
D = TypeVar("D", Change, DutyDue, Extension, Obstacle, Urge)


def _mine(viewer: Viewer) -> Q:
    """What somebody wrote down with the own hand is no news to that person."""
    return Q(entry__actor_id=viewer.user_id) if viewer.user_id is not None else Q(pk__isnull=True)


def _new(rows: QuerySet[D], viewer: Viewer, since: datetime) -> QuerySet[D]:
    found = rows.filter(recorded_at__gt=since, entry__office_id=viewer.office_id).exclude(_mine(viewer))
    if not viewer.sees_all:
        found = found.filter(duty__bearers__agency_id__in=viewer.agency_ids).distinct()
    return found.select_related("entry", "duty__task").order_by("-recorded_at", "-id")[:MOST_NEWS]


def _one(row: OfDuty, *, on: date, says: str, part: str = "") -> tuple[int, News]:
    assert row.duty is not None  # an urge about a clause is no news of a duty
    duty_id, entry, task = row.duty.pk, row.entry, row.duty.task
    url = f"/duties/{duty_id}/{part}"
    return duty_id, News(row.recorded_at, on, entry.actor_name, says, task.title, "", url)


def _steps(viewer: Viewer, since: datetime) -> Found:
    rows = list(_new(Change.objects.all(), viewer, since))
    flows = {row.duty.task.workflow_id for row in rows}
    named = WorkflowState.objects.filter(workflow_id__in=flows).order_by("effective_on", "id")
    labels = {(flow, code): label for flow, code, label in named.values_list("workflow_id", "code", "label")}
    out = []
    for row in rows:
        state = labels.get((row.duty.task.workflow_id, row.to_state), row.to_state)
        says = _("new: %(state)s") % {"state": state} if not row.from_state else state
        if row.until_on == row.effective_on:
            says = _("step withdrawn: %(state)s") % {"state": state}
        out.append(_one(row, on=row.effective_on, says=says))
    return out


def _due_days(viewer: Viewer, since: datetime) -> Found:
    """List due days set later: those that came with their duty are no news of their own."""
    rows = _new(DutyDue.objects.exclude(entry_id=F("duty__entry_id")), viewer, since)
    return [
        _one(
            row,
            on=row.effective_on,
            says=_("due day set: %(day)s") % {"day": vi_date(row.last_day)}
            if row.last_day
            else _("no due day any more"),
        )
        for row in rows
    ]


def _requests(viewer: Viewer, since: datetime) -> Found:
    asked = _new(Extension.objects.all(), viewer, since)
    out = [
        _one(
            row,
            on=row.asked_on,
            says=_("a later due day is asked for: %(day)s") % {"day": vi_date(row.wanted_on)},
            part="#extensions",
        )
        for row in asked
    ]
    rows = ExtensionDecision.objects.filter(recorded_at__gt=since, entry__office_id=viewer.office_id)
    rows = rows.exclude(_mine(viewer)).select_related("entry", "extension__duty__task").order_by("-recorded_at", "-id")
    for decision in rows[:MOST_NEWS]:
        duty = decision.extension.duty
        says = _("request for a later due day: %(verdict)s") % {"verdict": decision.get_verdict_display()}
        at, who, url = decision.recorded_at, decision.entry.actor_name, f"/duties/{duty.pk}/#extensions"
        out.append((duty.pk, News(at, decision.decided_on, who, says, duty.task.title, "", url)))
    return out


def _urged(viewer: Viewer, since: datetime) -> Found:
    rows = _new(Urge.objects.filter(duty__isnull=False), viewer, since)
    return [_one(row, on=row.urged_on, says=_("urged, no. %(n)d") % {"n": row.number}, part="#urges") for row in rows]


def _hindered(viewer: Viewer, since: datetime) -> Found:
    rows = _new(Obstacle.objects.all(), viewer, since)
    return [
        _one(
            row,
            on=row.began_on,
            says=_("an obstacle was named: %(text)s") % {"text": row.text[:120]},
            part="#obstacles",
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class LateEntry:
    """A step that was recorded long after its day, or a correction of an earlier one."""

    id: int
    title: str
    url: str
    on: date
    at: datetime
    who: str
    days: int
    is_correction: bool


def entered_late(*, viewer: Viewer, as_of: date, known_at: datetime | None, days: int, size: int) -> list[LateEntry]:
    """List steps that were recorded more than so many days after their day, and corrections, the newest first."""
    if not viewer.sees_all:
        return []
    rows = Change.objects.filter(entry__office_id=viewer.office_id, effective_on__lte=as_of)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    behind = Q(recorded_at__date__gt=F("effective_on") + timedelta(days=days)) & ~Q(from_state="")
    rows = rows.filter(behind | Q(replaces__isnull=False)).select_related("entry", "duty__task")
    return [
        LateEntry(
            id=row.pk,
            title=row.duty.task.title,
            url=f"/duties/{row.duty_id}/",
            on=row.effective_on,
            at=row.recorded_at,
            who=row.entry.actor_name,
            days=(row.recorded_at.date() - row.effective_on).days,
            is_correction=row.replaces_id is not None,
        )
        for row in rows.order_by("-recorded_at", "-id")[:size]
    ]


@dataclass(frozen=True, slots=True)
class LogState:
    """How the log of the office stands: its last entry, by whom and when."""

    seq: int
    at: datetime | None
    who: str
    hash: str


def log_state(*, viewer: Viewer) -> LogState | None:
    """Give the head of the log to those who see the whole office."""
    if not viewer.sees_all:
        return None
    last = LogEntry.objects.filter(office_id=viewer.office_id).order_by("-seq").defer("detail").first()
    return LogState(last.seq, last.recorded_at, last.actor_name, last.hash) if last else None


def last_look(*, viewer: Viewer) -> datetime | None:
    """Give the instant of somebody's visit before the present one."""
    row = LastLook.objects.filter(office_id=viewer.office_id, user_id=viewer.user_id).first()
    return None if row is None else row.before_at
