"""Obstacles: what holds duties up, who has to remove it, and for how long it has been waited for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Obstacle, ObstacleEnd, ObstacleEndKind, ProgrammeTask
from dondoc.office.models.facts import in_force, late_by, recorded
from dondoc.office.queries import agencies, parameters
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.standing import duties_standing
from dondoc.office.queries.waiting import Held
from dondoc.rules.lateness import LateRule
from dondoc.rules.obstacles import causes, days_waited


class NoSuchObstacle(Refused):
    """The obstacle does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """What holds a duty up, as of a day: `ended_on` is empty while it stands.

    `late_entry` and `late_end` say by how many days it was entered late that it began and that it ended.
    """

    id: int
    duty_id: int
    task_id: int
    title: str
    agency_id: int
    agency: str
    agency_short: str
    cause: str
    cause_label: str
    text: str
    remover_id: int | None
    remover: str
    began_on: date
    needed_by: date | None
    is_overdue: bool
    days_waited: int
    named_by: str
    ended_on: date | None
    end_kind: str
    end_label: str
    end_note: str
    ended_by: str
    is_sample: bool
    late_entry: int
    late_end: int

    @property
    def url(self) -> str:
        return f"/duties/{self.duty_id}/#obstacles"


def obstacle(obstacle_id: int, *, office_id: int) -> Obstacle:
    """Give an obstacle of an office, for the action that ends it."""
    row = Obstacle.objects.filter(pk=obstacle_id, duty__task__office_id=office_id).first()
    if row is None:
        raise NoSuchObstacle(_("There is no such obstacle in this office."))
    return row


def ending_of(obstacle_id: int) -> ObstacleEnd | None:
    """Give what was recorded of an obstacle's end."""
    return ObstacleEnd.objects.filter(obstacle_id=obstacle_id).select_related("entry").first()


def single(obstacle_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ObstacleRow:
    """Give one obstacle in a viewer's sight."""
    rows = Obstacle.objects.filter(pk=obstacle_id)
    found = _rows(rows, "visible", viewer=viewer, as_of=as_of, known_at=known_at)
    if not found:
        raise NoSuchObstacle(_("There is no such obstacle in this office."))
    return found[0]


def of_duty(duty: DutyRow, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ObstacleRow]:
    """List what holds or held a duty up by a day, what stands first; the duty itself was read, and is in sight."""
    rows = Obstacle.objects.filter(duty_id=duty.id)
    found = _rows(rows, "visible", viewer=viewer, as_of=as_of, known_at=known_at, seen=duty)
    return sorted(found, key=lambda row: (row.ended_on is not None, -row.began_on.toordinal(), -row.id))


def held(rows: Iterable[ObstacleRow]) -> list[Held]:
    """Say the same to the rule that parts delays: what was named by mistake never held anything up."""
    return [
        Held(row.duty_id, row.remover_id, row.remover, row.began_on, row.ended_on)
        for row in sorted(rows, key=lambda row: (row.began_on, row.id))
        if row.end_kind != ObstacleEndKind.MISTAKEN
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a day, and which of it belongs to which list and which resolution."""

    rows: tuple[ObstacleRow, ...]
    by_programme: dict[str, frozenset[int]]
    by_resolution: dict[str, frozenset[int]]

    def of(
        self,
        *,
        cause: str | None = None,
        agency: str | None = None,
        programme: str | None = None,
        resolution: str | None = None,
    ) -> list[ObstacleRow]:
        """Keep what was asked for; `agency` is whoever bears the duty or must remove the obstacle."""
        found = list(self.rows)
        if cause is not None:
            found = [row for row in found if row.cause == cause]
        if agency is not None:
            found = [row for row in found if agency in {str(row.agency_id), str(row.remover_id)}]
        for name, listed in ((programme, self.by_programme), (resolution, self.by_resolution)):
            if name is not None:
                found = [row for row in found if row.task_id in listed.get(name, frozenset())]
        return found


def standing(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Standing:
    """List what stands in a viewer's sight on a day, the longest waited for first.

    An obstacle of work that was closed or put off meanwhile holds nothing up and is left out.
    """
    rows = Obstacle.objects.exclude(pk__in=_ended(as_of=as_of, known_at=known_at).values("obstacle_id"))
    opened = "visible and state_class in ('waiting', 'active')"
    found = _rows(rows, opened, viewer=viewer, as_of=as_of, known_at=known_at)
    listed = in_force(
        ProgrammeTask.objects.filter(task__in={row.task_id for row in found}), as_of=as_of, known_at=known_at
    ).select_related("programme")
    by_programme: dict[str, set[int]] = {}
    by_resolution: dict[str, set[int]] = {}
    for item in listed if found else ():
        by_programme.setdefault(item.programme.key, set()).add(item.task_id)
        by_resolution.setdefault(str(item.programme.resolution_id), set()).add(item.task_id)
    return Standing(
        tuple(sorted(found, key=lambda row: (-row.days_waited, row.id))),
        {key: frozenset(ids) for key, ids in by_programme.items()},
        {key: frozenset(ids) for key, ids in by_resolution.items()},
    )


def _ended(*, as_of: date, known_at: datetime | None) -> QuerySet[ObstacleEnd]:
    return recorded(ObstacleEnd.objects.filter(Q(ended_on__lte=as_of) | Q(kind="mistaken")), known_at=known_at)


def _rows(
    found: QuerySet[Obstacle],
    where: str,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    seen: DutyRow | None = None,
) -> list[ObstacleRow]:
    mine = found.filter(began_on__lte=as_of, duty__task__office_id=viewer.office_id)
    rows = list(recorded(mine, known_at=known_at).select_related("entry", "duty__task").order_by("pk"))
    ids = sorted({row.duty_id for row in rows})
    if seen is None:
        owed = duties_standing(where, viewer=viewer, as_of=as_of, known_at=known_at, duties=ids) if ids else []
        bearer, called = {duty.id: duty.bearer_id for duty in owed}, dict[int, tuple[str, str]]()
    else:
        bearer, called = {seen.id: seen.agency_id}, {seen.agency_id: (seen.agency, seen.agency_short)}
    concerned = {*bearer.values(), *(row.remover_id for row in rows if row.remover_id is not None)}
    if rows and concerned - called.keys():
        called |= agencies.names(concerned - called.keys(), as_of=as_of, known_at=known_at)
    endings = _ended(as_of=as_of, known_at=known_at).filter(obstacle__in=rows).select_related("entry")
    ended = {row.obstacle_id: row for row in endings}
    labels = {cause.key: cause.label for cause in causes(on=as_of)}
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return [
        _row(row, ended.get(row.pk), bearer[row.duty_id], called, labels, rule=rule, as_of=as_of)
        for row in rows
        if row.duty_id in bearer
    ]


def _row(
    row: Obstacle,
    ending: ObstacleEnd | None,
    bearer_id: int,
    called: dict[int, tuple[str, str]],
    labels: dict[str, str],
    *,
    rule: LateRule,
    as_of: date,
) -> ObstacleRow:
    name, short = called.get(bearer_id, ("", ""))
    ended_on = ending.ended_on if ending else None
    remover = called[row.remover_id][0] if row.remover_id in called else row.remover_name
    return ObstacleRow(
        id=row.pk,
        duty_id=row.duty_id,
        task_id=row.duty.task_id,
        title=row.duty.task.title,
        agency_id=bearer_id,
        agency=name,
        agency_short=short,
        cause=row.cause,
        cause_label=labels.get(row.cause, row.cause),
        text=row.text,
        remover_id=row.remover_id,
        remover=remover,
        began_on=row.began_on,
        needed_by=row.needed_by,
        is_overdue=row.needed_by is not None and (ended_on or as_of) > row.needed_by,
        days_waited=days_waited(began_on=row.began_on, ended_on=ended_on, as_of=as_of),
        named_by=row.entry.actor_name,
        ended_on=ended_on,
        end_kind=ending.kind if ending else "",
        end_label=str(ending.get_kind_display()) if ending else "",
        end_note=ending.note if ending else "",
        ended_by=ending.entry.actor_name if ending else "",
        is_sample=row.duty.task.is_sample,
        late_entry=late_by(row.began_on, row.recorded_at, rule),
        late_end=late_by(ending.ended_on, ending.recorded_at, rule) if ending else 0,
    )
