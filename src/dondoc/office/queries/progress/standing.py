"""How the reports of a period stand on a day: the twin in SQL of `rules.progress.standing` and `is_due`.

It goes on from the SQL of how duties stand, so that a report is its duty's present bearer's, as everything else is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime

from dondoc.office.access import Viewer, office_wide
from dondoc.office.models import Agency, AgencyLevel, DutyBearer, Progress
from dondoc.office.queries import agencies, standing
from dondoc.rules.text import sort_key

# ruff: noqa: S608 -- every piece that is put together here is a constant of this layer; values go in as parameters.
REPORT = """
, report as (
    select r.id, r.period_id, duty.id as duty_id, duty.task_id, duty.title, duty.sort_key, duty.role, duty.is_sample,
           duty.bearer_id, coalesce(own.due_on, q.due_on) as due_on,
           coalesce(last.kind, 'not_begun') as state, coalesce(last.number, 0) as number, last.id as step_id,
           last."on" as step_on, said.id as said_id, said.first_on,
           greatest(0, coalesce(said.first_on, %(as_of)s::date) - coalesce(own.due_on, q.due_on)) as days_late
    from duty
    join office_progress r on r.duty_id = duty.id and r.recorded_at <= %(known_at)s
    join office_period q on q.id = r.period_id and q.opened_on <= %(as_of)s
    join office_agency a on a.id = duty.bearer_id
    left join office_perioddue own on own.period_id = q.id and own.level = a.level
    left join lateral (
        select s.id, s.kind, s.number, s."on" from office_progressstep s
        where s.progress_id = r.id and s."on" <= %(as_of)s and s.recorded_at <= %(known_at)s
        order by s.number desc limit 1
    ) last on true
    left join lateral (
        select max(s.id) as id, min(s."on") as first_on from office_progressstep s
        where s.progress_id = r.id and s.kind = 'submitted' and s."on" <= %(as_of)s and s.recorded_at <= %(known_at)s
    ) said on true
    where duty.visible and (%(periods)s::bigint[] is null or r.period_id = any(%(periods)s::bigint[]))
      and (last.id is not null or duty.state_class in ('waiting', 'active')
           or (duty.state_class <> 'dropped' and duty.since >= q.until_on))
)
"""
COLUMNS = (
    "id, period_id, duty_id, task_id, title, role, is_sample, bearer_id, due_on, state, number, "
    "step_id, step_on, said_id, first_on, days_late"
)
# Which reports each count of `ReportCounts` counts.
WHICH = {
    "due": "true",
    "given": "state in ('submitted', 'accepted')",
    "missing": "state in ('not_begun', 'returned')",
    "late": "days_late > 0",
    "submitted": "state = 'submitted'",
    "accepted": "state = 'accepted'",
    "returned": "state = 'returned'",
    "not_begun": "state = 'not_begun'",
    "overdue": "state = 'not_begun' and days_late > 0",
}


@dataclass(frozen=True, slots=True)
class StandingReport:
    """One report as it stands on a day: the columns above, in their order."""

    id: int
    period_id: int
    duty_id: int
    task_id: int
    title: str
    role: str
    is_sample: bool
    bearer_id: int
    due_on: date
    state: str
    number: int
    step_id: int | None
    step_on: date | None
    said_id: int | None
    first_on: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """How many reports of a period stand how on a day; `overdue`: never handed in though the day has passed."""

    due: int = 0
    given: int = 0
    missing: int = 0
    late: int = 0
    submitted: int = 0
    accepted: int = 0
    returned: int = 0
    not_begun: int = 0
    overdue: int = 0

    def __add__(self, other: ReportCounts) -> ReportCounts:
        return ReportCounts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


Tallies = dict[int, dict[int, ReportCounts]]
"""The counts by period, then by the agency that bears the duties."""


@dataclass(frozen=True, slots=True)
class AgencyRank:
    """How far an agency has reported: by when, how many of how many, by how many days what it never sent is late."""

    agency_id: int
    agency: str
    agency_short: str
    due_on: date
    counts: ReportCounts
    days_late: int


def reports(
    viewer: Viewer,
    *,
    as_of: date,
    known_at: datetime | None,
    where: str = "true",
    periods: Collection[int] | None = None,
    duties: list[int] | None = None,
    **more: object,
) -> list[StandingReport]:
    """List reports as they stand on a day; `where` is a condition and an order on the columns of `report`."""
    rows = standing.ask(
        f"{REPORT} select {COLUMNS} from report where {where}",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        duties=duties if duties is not None else borne_by_viewer(viewer),
        tasks=None,
        periods=sorted(periods) if periods is not None else None,
        **more,
    )
    return [StandingReport(*row) for row in rows]


def borne_by_viewer(viewer: Viewer) -> list[int] | None:
    """Narrow what is looked through to the duties that the viewer's agencies ever bore; None for all."""
    return None if viewer.sees_all else _ever_borne(viewer.agency_ids)


def _ever_borne(agencies: Iterable[int]) -> list[int]:
    return sorted(set(DutyBearer.objects.filter(agency__in=list(agencies)).values_list("duty_id", flat=True)))


def standing_reports(
    *,
    office_id: int,
    as_of: date,
    ids: Collection[int] | None = None,
    period: int | None = None,
    agencies: Collection[int] | None = None,
    states: Collection[str] | None = None,
) -> list[StandingReport]:
    """List reports of an office as they stand, for an action on them: by their keys, or by period, agency and state."""
    narrowed = None
    if ids is not None:
        narrowed = list(Progress.objects.filter(pk__in=ids).values_list("duty_id", flat=True))
    elif agencies is not None:
        narrowed = _ever_borne(agencies)
    return reports(
        office_wide(office_id),
        as_of=as_of,
        known_at=None,
        where="""(%(ids)s::bigint[] is null or id = any(%(ids)s::bigint[]))
            and (%(bearers)s::bigint[] is null or bearer_id = any(%(bearers)s::bigint[]))
            and (%(states)s::text[] is null or state = any(%(states)s::text[])) order by id""",
        periods=None if period is None else [period],
        duties=narrowed,
        ids=None if ids is None else list(ids),
        bearers=None if agencies is None else list(agencies),
        states=None if states is None else list(states),
    )


def tallies(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, periods: Collection[int] | None = None
) -> Tallies:
    """Count the reports in a viewer's sight by period and agency, in one query."""
    counts = ", ".join(f"count(*) filter (where {condition})" for condition in WHICH.values())
    rows = standing.ask(
        f"{REPORT} select period_id, bearer_id, {counts} from report group by 1, 2",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        duties=borne_by_viewer(viewer),
        periods=sorted(periods) if periods is not None else None,
    )
    found: Tallies = {}
    for period_id, bearer_id, *numbers in rows:
        found.setdefault(period_id, {})[bearer_id] = ReportCounts(*numbers)
    return found


def ranked(
    by_agency: dict[int, ReportCounts],
    *,
    due_on: date,
    dues: dict[str, date],
    as_of: date,
    known_at: datetime | None,
) -> list[AgencyRank]:
    """Rank the agencies: those past their due day first, then whoever owes most reports; who owes none comes last.

    `dues` are the days of the levels that have one of their own, by the level in words.
    """
    called = agencies.names(by_agency, as_of=as_of, known_at=known_at)
    levels = dict(Agency.objects.filter(pk__in=by_agency).values_list("pk", "level"))
    found = []
    for agency_id, counts in by_agency.items():
        name, short = called.get(agency_id, ("", ""))
        day = dues.get(str(AgencyLevel(levels[agency_id]).label), due_on)
        late = max(0, (as_of - day).days) if counts.overdue else 0
        found.append(AgencyRank(agency_id, name, short, day, counts, late))
    return sorted(
        found,
        key=lambda row: (not row.counts.overdue, -row.counts.missing, -row.days_late, sort_key(row.agency)),
    )


def prepared(period_id: int, *, programme_id: int | None, day: date, office_id: int) -> list[int]:
    """List the duties that are open on a day and have no report in a period yet: those to be prepared."""
    rows = standing.duties_standing(
        """state_class in ('waiting', 'active')
        and not exists (select 1 from office_progress r where r.duty_id = duty.id and r.period_id = %(period)s)
        and (%(programme)s::bigint is null
             or task_id in (select p.task_id from place p where p.programme_id = %(programme)s)) order by id""",
        viewer=office_wide(office_id),
        as_of=day,
        known_at=None,
        period=period_id,
        programme=programme_id,
    )
    return [row.id for row in rows]
