"""The first page of the day: open duties by what they wait for, what changed since somebody last looked."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.models import Change, ExtensionVerdict, LastLook, LogEntry
from dondoc.office.queries import duties, happenings, parameters, standing
from dondoc.office.queries.definitions import Labels
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.happenings import Recent, Row
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


# What is news, and the part of the duty's page where it stands.
NEWS = {
    "state": "",
    "due": "",
    "extension_asked": "#extensions",
    "extension_decided": "#extensions",
    "urged": "#urges",
    "obstacle_named": "#obstacles",
}


def news(*, viewer: Viewer, since: datetime, as_of: date, known_at: datetime | None) -> list[News]:
    """List what others recorded since an instant of the duties in a viewer's sight, the newest first."""
    # More than are shown: what a duty's bearer of that day no longer lets the viewer see falls away.
    found = happenings.recorded_since(since, viewer=viewer, known_at=known_at, kinds=tuple(NEWS), most=5 * MOST_NEWS)
    if not found:
        return []
    bearers = duties.bearers({one.duty_id for one in found}, viewer=viewer, as_of=as_of, known_at=known_at)
    flows = {one.workflow_id for one in found}
    labels = Labels(flows, known_at=known_at)
    return [
        News(
            at=one.row.recorded_at,
            on=one.row.on,
            who=one.row.actor,
            says=_says(one, labels),
            title=one.title,
            agency=bearers[one.duty_id][2] or bearers[one.duty_id][1],
            url=f"/duties/{one.duty_id}/{NEWS[one.row.kind]}",
        )
        for one in found
        if one.duty_id in bearers
    ][:MOST_NEWS]


def _says(one: Recent, labels: Labels) -> str:
    row, said = one.row, one.row.said
    if row.kind == "state":
        return _step(row, labels.on(one.workflow_id, said["to"], row.on))
    if row.kind == "due":
        day = row.day("last_day")
        return _("due day set: %(day)s") % {"day": vi_date(day)} if day else _("no due day any more")
    if row.kind == "extension_asked":
        return _("a later due day is asked for: %(day)s") % {"day": vi_date(row.day("wanted") or row.on)}
    if row.kind == "extension_decided":
        label = ExtensionVerdict(said["verdict"]).label
        return _("request for a later due day: %(verdict)s") % {"verdict": label}
    if row.kind == "urged":
        return _("urged, no. %(n)d") % {"n": said["number"]}
    return _("an obstacle was named: %(text)s") % {"text": said["note"][:120]}


def _step(row: Row, state: str) -> str:
    if row.is_empty:
        return _("step withdrawn: %(state)s") % {"state": state}
    return state if row.said["from"] else _("new: %(state)s") % {"state": state}


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


def entered_late(*, viewer: Viewer, as_of: date, known_at: datetime | None, size: int | None = None) -> list[LateEntry]:
    """List steps that were entered late, and corrections, the newest first."""
    rows = _entered_late(viewer, as_of, known_at).select_related("entry", "duty__task")
    return [
        LateEntry(
            id=row.pk,
            title=row.duty.task.title,
            url=f"/duties/{row.duty_id}/",
            on=row.effective_on,
            at=row.recorded_at,
            who=row.entry.actor_name,
            days=(row.recorded_at.astimezone(timezone.get_default_timezone()).date() - row.effective_on).days,
            is_correction=row.replaces_id is not None,
        )
        for row in rows.order_by("-recorded_at", "-id")[:size]
    ]


def count_entered_late(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> int:
    """Count the steps that were entered late, and the corrections."""
    return _entered_late(viewer, as_of, known_at).count()


def _entered_late(viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Change]:
    if not viewer.sees_all:
        return Change.objects.none()
    rows = Change.objects.filter(entry__office_id=viewer.office_id, effective_on__lte=as_of)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    late = Q()
    for since, until, days in zip(rule.since, (*rule.since[1:], None), rule.days, strict=True):
        one = Q(recorded_at__date__gt=F("effective_on") + timedelta(days=days))
        if since != rule.since[0]:
            one &= Q(recorded_at__date__gte=since)
        late |= one & Q(recorded_at__date__lt=until) if until else one
    # A correction is told once: neither the row that only ends the former step, nor what counts again beside it.
    ends = Q(until_on=F("effective_on"), replaced_by__entry=F("entry"))
    again = Q(replaces__until_on=F("replaces__effective_on")) & ~Q(replaces__entry=F("entry"))
    return rows.filter(late & ~Q(from_state="") | Q(replaces__isnull=False)).exclude(ends).exclude(again)


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
