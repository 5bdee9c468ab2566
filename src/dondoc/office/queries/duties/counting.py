"""How many duties of a list, a resolution, an agency or the whole office stand how on a day, and the rows behind each.

What is counted and what is listed follow the same buckets, so that a number always opens to as many rows.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant; values go in as parameters.

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from operator import attrgetter

from dondoc.office.access import Viewer
from dondoc.office.queries import standing
from dondoc.office.queries.duties.rows import DutyRow, rows_of
from dondoc.office.queries.standing import duties_standing


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
    late_first: int = 0

    def times(self, n: int) -> DutyCounts:
        """So many duties that count like this one."""
        return DutyCounts(*(n * part for part in _parts(self)))

    def __add__(self, other: DutyCounts) -> DutyCounts:
        return DutyCounts(*(a + b for a, b in zip(_parts(self), _parts(other), strict=True)))


# (`dataclasses.astuple` copies deeply, which takes ten times as long.)
_parts = attrgetter(*(part.name for part in fields(DutyCounts)))


@dataclass(frozen=True, slots=True)
class DutyTallies:
    """The counts of the whole office, of each list and resolution, and of each agency."""

    whole: DutyCounts
    by_programme: dict[str, DutyCounts]
    by_resolution: dict[str, DutyCounts]
    by_agency: dict[str, DutyCounts]


def tally(mark: str, *, by_bearer: bool = False) -> str:
    """Write the question that counts duties on a day by agency, list and resolution, and in buckets.

    Its rows are: scope ("agency", "programme", "resolution"), key, bucket, how many, how many of them bear the `mark`,
    a condition on the columns of `weighed`. With `by_bearer` each list and resolution is counted for each agency, which
    stands behind the key. A list on record without a duty has one row without a bucket.
    """
    each, nobody = ("s.bearer_id, ", "null, ") if by_bearer else ("", "")
    # What is alike is counted as it is recorded, its marks in one number, and only the counts are named: a large office
    # has few sorts of duties. (On several lists of one resolution a task counts there once.)
    return f"""
    select s.scope, s.key, {each}{standing.BUCKET} as bucket,
           sum(s.n)::int, coalesce(sum(s.n) filter (where s.is_marked), 0)::int
    from (
        with counted as materialized (
            select s.task_id, s.bearer_id, s.workflow_id, s.state,
                   s.due_is + case when s.in_time then 4 else 0 end + case when {mark} then 8 else 0 end as marks
            from weighed s where %(sees_all)s or s.bearer_id = any(%(agencies)s::bigint[])
        ), followed as materialized (
            select place.task_id, place.programme_id, place.resolution_id from place
        ), on_lists as materialized (
            select f.programme_id, {each}s.workflow_id, s.state, s.marks, count(*) as n
            from followed f join counted s on s.task_id = f.task_id
            group by f.programme_id, {each}s.workflow_id, s.state, s.marks
        ), again as materialized (
            select task_id, resolution_id, count(*) - 1 as n from followed group by 1, 2 having count(*) > 1
        ), tallied as (
            select 'agency' as scope, s.bearer_id::text as key, {each}s.workflow_id, s.state, s.marks, count(*) as n
            from counted s group by s.bearer_id, s.workflow_id, s.state, s.marks
            union all
            select 'programme', listed.key, {each}s.workflow_id, s.state, s.marks, s.n
            from on_lists s join listed on listed.id = s.programme_id
            union all
            select 'resolution', listed.resolution_id::text, {each}s.workflow_id, s.state, s.marks, s.n
            from on_lists s join listed on listed.id = s.programme_id
            union all
            select 'resolution', a.resolution_id::text, {each}s.workflow_id, s.state, s.marks, -a.n
            from again a join counted s on s.task_id = a.task_id
        )
        select k.*, k.marks & 3 as due_is, k.marks & 4 > 0 as in_time, k.marks & 8 > 0 as is_marked from tallied k
    ) s join named on named.workflow_id = s.workflow_id and named.code = s.state and named.state_class <> ''
    group by s.scope, s.key, {each}bucket
    union all
    select 'programme', key, {nobody}null, 0, 0 from listed
    union all
    select 'resolution', resolution_id::text, {nobody}null, 0, 0 from listed
    """


# An office asks it all day: written once.
_TALLIED = tally("s.first_due_on < %(as_of)s")


def tallies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> DutyTallies:
    """Count the duties in a viewer's sight on a day by list, resolution and agency, in one query."""
    rows = standing.ask(_TALLIED, viewer=viewer, as_of=as_of, known_at=known_at)
    found: dict[str, dict[str, DutyCounts]] = {"agency": {}, "programme": {}, "resolution": {}}
    for scope, key, bucket, n, behind in rows:
        counts = BUCKETS[bucket].times(n) if bucket else DutyCounts()
        if counts.open:
            counts = replace(counts, late_first=behind)
        found[scope][key] = found[scope].get(key, DutyCounts()) + counts
    whole = sum(found["agency"].values(), DutyCounts())
    return DutyTallies(whole, found["programme"], found["resolution"], found["agency"])


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

# What may be asked of a duty behind `duties_standing`: on which list, under which resolution, and whose it is.
IN_SCOPE = standing.in_scope("duty")
OF_AGENCY = "(%(agency)s::bigint is null or bearer_id = %(agency)s::bigint)"


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
    by_first = which == "late_first"
    found = duties_standing(
        f"""
        visible and bucket = any(%(buckets)s) and (not %(by_first)s or first_due_on < %(as_of)s)
        and {IN_SCOPE} and {OF_AGENCY}
        order by due_on nulls last, id
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        buckets=[name for name, counts in BUCKETS.items() if getattr(counts, "open" if by_first else which)],
        by_first=by_first,
        programme=programme,
        resolution=resolution,
        agency=agency,
    )
    return rows_of(found, as_of=as_of, known_at=known_at)


def by_class(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, dict[str, int]]:
    """Count the duties in a viewer's sight by agency and class of state."""
    tail = """
        select s.bearer_id::text, named.state_class, sum(s.n)::int
        from headcount s
        join named on named.workflow_id = s.workflow_id and named.code = s.state and named.state_class <> ''
        where %(sees_all)s or s.bearer_id = any(%(agencies)s::bigint[]) group by 1, 2
    """
    found: dict[str, dict[str, int]] = {}
    for agency, state_class, n in standing.ask(tail, viewer=viewer, as_of=as_of, known_at=known_at):
        found.setdefault(agency, {})[state_class] = n
    return found


def in_class(
    agency: str, state_class: str | None, *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[DutyRow]:
    """List the duties of an agency, those in a state of one class where one is named."""
    found = duties_standing(
        """
        visible and bearer_id = %(agency)s::bigint
        and (%(state_class)s::text is null or state_class = %(state_class)s) order by due_on nulls last, id
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        agency=agency,
        state_class=state_class,
    )
    return rows_of(found, as_of=as_of, known_at=known_at)
