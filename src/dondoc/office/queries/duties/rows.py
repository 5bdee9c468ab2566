"""Duties with what is derived of them on a day: who bears them, their state, their due day, how late they are.

The rules are in `rules.states` and `rules.deadlines`; what stands here answers the same cases in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer, office_wide
from dondoc.office.models import Change, DutyDue, DutyRole
from dondoc.office.models.facts import known
from dondoc.office.queries import agencies
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules.deadlines import days_late
from dondoc.rules.states import ChangeFact, state_as_of

OPEN = ("waiting", "active")


class NoSuchDuty(Refused):
    """The duty does not exist, or is not in the viewer's sight."""


@dataclass(slots=True)
class Course:
    """All that is recorded of a duty's states, for the action that moves it on many days at once."""

    workflow_id: int
    assigned_on: date
    changes: list[ChangeFact]

    def state_on(self, day: date) -> str | None:
        """Tell the state on a day by the rule itself; None before the duty was assigned."""
        return state_as_of(self.changes, as_of=day, known_at=None) if day >= self.assigned_on else None

    def go_on(self, change: Change, *, recorded_at: datetime) -> None:
        """Take a further change in, one that is not written yet."""
        self.changes.append(ChangeFact(change.pk, change.to_state, change.effective_on, change.until_on, recorded_at))


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty in a list, as of a day."""

    id: int
    task_id: int
    workflow_id: int
    title: str
    role: str
    role_label: str
    stage: str
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
    days_late_first: int
    done_on: date | None
    is_sample: bool

    @property
    def url(self) -> str:
        return f"/duties/{self.id}/"


def rows_of(found: Iterable[StandingDuty], *, as_of: date, known_at: datetime | None) -> list[DutyRow]:
    """Turn duties as they stand into rows with the names of the day: one further query, for the names."""
    duties = list(found)
    called = agencies.names({d.bearer_id for d in duties}, as_of=as_of, known_at=known_at)
    roles = {role.value: str(role.label) for role in DutyRole}  # said once, not for each of a hundred thousand rows
    return [_row(duty, called, roles, as_of=as_of) for duty in duties]


# What the rules call how a duty is counted (`rules.deadlines.timeliness`); nothing where it neither runs nor is done.
TIMELINESS = {
    "late": "late",
    "due_soon": "due_soon",
    "open": "in_time",
    "no_due": "no_due",
    "done_in_time": "done_in_time",
    "done_with_due": "done_late",
    "done": "no_due",
    "owed": "",
}


def _row(d: StandingDuty, called: dict[int, tuple[str, str]], roles: dict[str, str], *, as_of: date) -> DutyRow:
    done_on = d.since if d.state_class == "done" else None
    runs = d.state_class in OPEN or d.state_class == "done"
    name, short = called.get(d.bearer_id, ("", ""))
    return DutyRow(
        id=d.id,
        task_id=d.task_id,
        workflow_id=d.workflow_id,
        title=d.title,
        role=d.role,
        role_label=roles[d.role],
        stage=d.stage,
        agency_id=d.bearer_id,
        agency=name,
        agency_short=short,
        state=d.state,
        state_label=d.state_label,
        state_class=d.state_class,
        due=d.due_on,
        first_due=d.first_due_on,
        timeliness=TIMELINESS[d.bucket],
        days_late=days_late(last_day=d.due_on, done_on=done_on, as_of=as_of) if runs else 0,
        days_late_first=days_late(last_day=d.first_due_on, done_on=done_on, as_of=as_of) if runs else 0,
        done_on=done_on,
        is_sample=d.is_sample,
    )


def standing_duty(duty_id: int, *, office_id: int, as_of: date) -> StandingDuty:
    """Give everything that stands of a duty on a day, for an action on what hangs on it."""
    rows = duties_standing("true", viewer=office_wide(office_id), as_of=as_of, known_at=None, duties=[duty_id])
    if not rows:
        raise no_such_duty()
    return rows[0]


def no_such_duty() -> NoSuchDuty:
    """Refuse a duty that is not there on the day on which it is to be moved."""
    return NoSuchDuty(_("There is no such duty on this day. It may have been assigned later."))


def courses(ids: Iterable[int], *, office_id: int) -> dict[int, Course]:
    """Give the courses of many duties in two queries; those that the office does not have are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select d.id, t.workflow_id, greatest(d.assigned_on, t.assigned_on)
            from office_duty d join office_task t on t.id = d.task_id
            where d.id = any(%s::bigint[]) and t.office_id = %s
            """,
            [sorted(set(ids)), office_id],
        )
        found = {pk: Course(workflow_id, assigned_on, []) for pk, workflow_id, assigned_on in cursor.fetchall()}
        cursor.execute(
            """
            select duty_id, id, to_state, effective_on, until_on, recorded_at, replaces_id
            from office_change where duty_id = any(%s::bigint[])
            """,
            [list(found)],
        )
        for duty_id, *values in cursor.fetchall():
            found[duty_id].changes.append(ChangeFact(*values))
    return found


def change(change_id: int, *, office_id: int) -> Change | None:
    """Give a change of an office that stands: nothing has replaced it."""
    rows = known(Change.objects.filter(pk=change_id, duty__task__office_id=office_id), known_at=None)
    return rows.select_related("duty__task").first()


def due_since(duty_id: int) -> date | None:
    """Say since which day a duty has had a due day; None where it never had one."""
    rows = known(DutyDue.objects.filter(duty_id=duty_id, last_day__isnull=False), known_at=None)
    return rows.order_by("effective_on").values_list("effective_on", flat=True).first()


def open_duties(ids: Iterable[int], *, office_id: int, as_of: date) -> list[int]:
    """Keep of a list of duties those that are open on a day: only these are handed over."""
    rows = duties_standing(
        "state_class in ('waiting', 'active') order by id",
        viewer=office_wide(office_id),
        as_of=as_of,
        known_at=None,
        duties=list(ids),
    )
    return [row.id for row in rows]


def still_owed(task_id: int, *, office_id: int, as_of: date) -> list[StandingDuty]:
    """List the duties of a task that are neither done nor dropped on a day."""
    return duties_standing(
        "state_class not in ('done', 'dropped') order by id",
        viewer=office_wide(office_id),
        as_of=as_of,
        known_at=None,
        tasks=[task_id],
    )


def duty(duty_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> DutyRow:
    """Give one duty as of a day; refused when it is not in the viewer's sight."""
    found = duties_standing("visible", viewer=viewer, as_of=as_of, known_at=known_at, duties=[duty_id])
    if not found:
        raise NoSuchDuty(_("There is no such duty on this day, or it belongs to another agency."))
    return rows_of(found, as_of=as_of, known_at=known_at)[0]


def tasks_in_sight(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[int]:
    """List the tasks of which the viewer's agencies owe something on a day."""
    rows = duties_standing("visible", viewer=viewer, as_of=as_of, known_at=known_at)
    return sorted({row.task_id for row in rows})


def bearers(
    ids: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[int, tuple[int, str, str]]:
    """Give, of these duties, those in a viewer's sight with the key, name and short name of whoever bears each."""
    wanted = list(ids)
    found = duties_standing("visible", viewer=viewer, as_of=as_of, known_at=known_at, duties=wanted) if wanted else []
    called = agencies.names({row.bearer_id for row in found}, as_of=as_of, known_at=known_at)
    return {row.id: (row.bearer_id, *called.get(row.bearer_id, ("", ""))) for row in found}


def any_in_sight(ids: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> bool:
    """Say whether one of these duties is in the viewer's sight on a day."""
    return bool(duties_standing("visible", viewer=viewer, as_of=as_of, known_at=known_at, duties=list(ids)))
