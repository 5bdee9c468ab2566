"""What the pictures of a day count: tasks by class, duties fallen due, duties by agency, state and lateness."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dondoc.office.access import Viewer
from dondoc.office.models import Task
from dondoc.office.queries import duties, standing
from dondoc.office.queries.duties import IN_SCOPE, OF_AGENCY, DutyRow
from dondoc.office.queries.standing import duties_standing


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of something in the whole office, on each list and under each resolution."""

    whole: Mapping[str, int]
    by_programme: Mapping[str, Mapping[str, int]]
    by_resolution: Mapping[str, Mapping[str, int]]
    by_document: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


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


# The tasks that a board of a document, and a list asked for one, count: those from its words, whatever else names them.
FROM_DOCUMENT = f"""
    and duty.task_id in (select c.task_id from office_taskclause c
                         where c.document_id = %(document)s::bigint and {standing.TIED})
"""
# What had to be finished by the end of a day: neither deferred nor dropped, and due not after it.
FALLEN_DUE = "visible and bucket <> 'owed' and due_on <= %(as_of)s"


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


def fallen_due_from(
    documents: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[int, int]:
    """Count the duties that had fallen due by a day, of the tasks from the words of each of some documents."""
    rows = standing.ask(
        f"""
        select c.document_id, count(distinct duty.id)::int
        from office_taskclause c join duty on duty.task_id = c.task_id
        where c.document_id = any(%(documents)s::bigint[]) and {standing.TIED} and {FALLEN_DUE} group by 1
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        documents=sorted(set(documents)),
    )
    return dict(rows)


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
    document: str | None = None,
) -> list[DutyRow]:
    """List the duties that had fallen due by a day, the earliest due first."""
    found = duties_standing(
        f"{FALLEN_DUE} and {IN_SCOPE} {FROM_DOCUMENT if document is not None else ''} order by due_on, id",
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        programme=programme,
        resolution=resolution,
        document=document,
    )
    return duties.rows_of(found, as_of=as_of, known_at=known_at)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which duties are meant; an empty wish keeps all. `document`: any from whose words their task was taken.

    `standing` is a class of states, or "late"; `first_late` and `last_late` say how many days late, from and to.
    `whence` is the one document that WHENCE finds for a task; 0: none. "But" some agencies or documents: all others.
    """

    agency: int | None = None
    standing: str | None = None
    first_late: int | None = None
    last_late: int | None = None
    whence: int | None = None
    task: int | None = None
    programme: str | None = None
    resolution: str | None = None
    document: int | None = None
    agencies_but: frozenset[int] = frozenset()
    whence_but: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Piece:
    """So many duties that are alike: of one agency in one class, late by so many days; of one task where asked.

    `whence` is the document that WHENCE finds for their task.
    """

    whence: int
    task: int
    agency: int
    state_class: str
    days_late: int
    n: int

    def fits(self, wanted: Chosen) -> bool:
        """Say whether these duties are among those meant."""
        late = wanted.standing == "late" or wanted.first_late is not None
        return (
            wanted.agency in {None, self.agency}
            and self.agency not in wanted.agencies_but
            and self.whence not in wanted.whence_but
            and wanted.whence in {None, self.whence}
            and wanted.task in {None, self.task}
            and (wanted.standing in {None, "late"} or wanted.standing == self.state_class)
            and (not late or self.days_late >= (wanted.first_late or 1))
            and (wanted.last_late is None or self.days_late <= wanted.last_late)
        )


# Whence each task comes: the first document from whose words it was taken, else that under which its first list stands.
WHENCE = f"""
    select t.id as task_id, coalesce(tie.document_id, followed.resolution_id, 0) as document
    from office_task t
    left join (select distinct on (c.task_id) c.task_id, c.document_id from office_taskclause c
               where {standing.TIED} order by c.task_id, c.id) tie on tie.task_id = t.id
    left join (select distinct on (p.task_id) p.task_id, p.resolution_id from place p
               order by p.task_id, p.programme_id) followed on followed.task_id = t.id
    where t.office_id = %(office)s
"""


def pieces(
    programme: str | None,
    resolution: str | None,
    document: int | None,
    *,
    by: frozenset[str],
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
) -> list[Piece] | None:
    """Count the duties of a scope that are alike, in one query; None where the scope was not on record on the day.

    `by` says what else they must be alike in, of "whence", "task" and "days": the rest is left at 0, and late duties
    at 1 day late. Whether a document was on record is the caller's to know.
    """
    whence = "whence.document" if "whence" in by else "0"
    task = "duty.task_id" if "task" in by else "0"
    days = "%(as_of)s::date - due_on" if "days" in by else "1"
    join = f"join ({WHENCE}) whence on whence.task_id = duty.task_id" if "whence" in by else ""
    # Where no document is asked for, nothing of it stands in the question: those about lists are asked all day.
    tied = FROM_DOCUMENT if document is not None else ""
    rows = standing.ask(
        f"""
        select found.*, count(*)::int from (
            select {whence}, {task}, bearer_id, state_class, case when bucket = 'late' then {days} else 0 end
            from duty {join} where visible and {IN_SCOPE}{tied}) found
        group by 1, 2, 3, 4, 5
        union all
        select null, null, null, null, null, count(*)::int from listed
        where listed.key = %(programme)s or listed.resolution_id = %(resolution)s::bigint
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        programme=programme,
        resolution=resolution,
        document=document,
    )
    is_listed = any(row[-1] for row in rows if row[2] is None)
    if not is_listed and (programme or resolution):
        return None
    return sorted((Piece(*row) for row in rows if row[2] is not None), key=lambda p: (p.whence, p.task, p.agency))


def chosen_rows(wanted: Chosen, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DutyRow]:
    """List the duties that are meant, the earliest due first."""
    found = duties_standing(
        f"""
        visible and {IN_SCOPE}
        and {OF_AGENCY}
        and (%(task)s::bigint is null or task_id = %(task)s::bigint)
        {FROM_DOCUMENT if wanted.document is not None else ""}
        and (%(whence)s::bigint is null or task_id in (
            select w.task_id from ({WHENCE}) w where w.document = %(whence)s::bigint))
        and not bearer_id = any(%(agencies_but)s::bigint[])
        and (%(whence_but)s::bigint[] = '{{}}'
             or task_id in (
                 select w.task_id from ({WHENCE}) w where w.document <> all(%(whence_but)s::bigint[])))
        and (%(state_class)s::text is null or state_class = %(state_class)s)
        and (%(first_late)s::int is null or (bucket = 'late' and %(as_of)s::date - due_on >= %(first_late)s::int))
        and (%(last_late)s::int is null or %(as_of)s::date - due_on <= %(last_late)s::int)
        order by due_on nulls last, id
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        agency=wanted.agency,
        task=wanted.task,
        document=wanted.document,
        whence=wanted.whence,
        state_class=None if wanted.standing == "late" else wanted.standing,
        first_late=wanted.first_late or (1 if wanted.standing == "late" else None),
        last_late=wanted.last_late,
        agencies_but=sorted(wanted.agencies_but),
        whence_but=sorted(wanted.whence_but),
        programme=wanted.programme,
        resolution=wanted.resolution,
    )
    return duties.rows_of(found, as_of=as_of, known_at=known_at)


def titles(ids: Iterable[int], *, office_id: int) -> dict[int, str]:
    """Give the titles of tasks."""
    return dict(Task.objects.filter(pk__in=set(ids), office_id=office_id).values_list("pk", "title"))
