"""What the pictures of a day count: tasks by class, duties fallen due, duties by agency, state and lateness."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dondoc.office.access import Viewer
from dondoc.office.queries import duties, standing
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.standing import duties_standing


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of something in the whole office, on each list and under each resolution."""

    whole: Mapping[str, int]
    by_programme: Mapping[str, Mapping[str, int]]
    by_resolution: Mapping[str, Mapping[str, int]]


def tasks_by_class(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Counts:
    """Count the tasks of the office and of each list on a day by class of state, in one query."""
    rows = standing.ask(
        """
        select 'whole', '', state_class, count(*)::int from task group by 3
        union all
        select 'programme', place.key, task.state_class, count(*)::int
        from place join task on task.task_id = place.task_id group by 2, 3
        union all select 'programme', key, 'done', 0 from listed
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
    )
    return _counts(rows)


# What had to be finished by the end of a day: neither deferred nor dropped, and due not after it.
FALLEN_DUE = "visible and bucket <> 'owed' and due_on <= %(as_of)s"
IN_SCOPE = """
    (%(programme)s::text is null or task_id in (select p.task_id from place p where p.key = %(programme)s))
    and (%(resolution)s::bigint is null
         or task_id in (select p.task_id from place p where p.resolution_id = %(resolution)s::bigint))
"""


def fallen_due(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Counts:
    """Count the duties that had fallen due by a day, in the office, on each list and under each resolution."""
    rows = standing.ask(
        f"""
        select 'whole', '', 'n', count(*)::int from duty where {FALLEN_DUE}
        union all
        select 'programme', place.key, 'n', count(*)::int
        from place join duty on duty.task_id = place.task_id where {FALLEN_DUE} group by 2
        union all
        select 'resolution', place.resolution_id::text, 'n', count(distinct duty.id)::int
        from place join duty on duty.task_id = place.task_id where {FALLEN_DUE} group by 2
        union all select 'programme', key, 'n', 0 from listed
        union all select 'resolution', resolution_id::text, 'n', 0 from listed
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
    )
    return _counts(rows)


def _counts(rows: list[tuple[str, str, str, int]]) -> Counts:
    found: dict[str, dict[str, dict[str, int]]] = {"whole": {"": {}}, "programme": {}, "resolution": {}}
    for scope, key, what, n in rows:
        counts = found[scope].setdefault(key, {})
        counts[what] = counts.get(what, 0) + n
    return Counts(found["whole"][""], found["programme"], found["resolution"])


def fallen_due_rows(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    programme: str | None = None,
    resolution: str | None = None,
) -> list[DutyRow]:
    """List the duties that had fallen due by a day, the earliest due first."""
    found = duties_standing(
        f"{FALLEN_DUE} and {IN_SCOPE} order by due_on, id",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        programme=programme,
        resolution=resolution,
    )
    return duties.rows_of(found, as_of=as_of, known_at=known_at)
