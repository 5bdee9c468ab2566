"""The course of one task for its picture: how its duties stood from when to when, and what happened on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.queries import agencies, duties, timelines
from dondoc.office.queries.tasks import NoSuchTask


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days on which a duty stood in one state: the first and the last of them."""

    first: date
    last: date
    state_class: str
    state: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to a duty on a day: due_moved, extension, obstacle, obstacle_end, urge, product; and its words."""

    kind: str
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class DutyCourse:
    """A duty of a task: who bears it in which role, its due day, its stretches and what happened."""

    id: int
    agency: str
    agency_short: str
    role: str
    due_on: date | None
    stretches: tuple[Stretch, ...]
    happened: tuple[Happened, ...]

    @property
    def url(self) -> str:
        return f"/duties/{self.id}/"


STRETCHES = (
    timelines.SPANS
    + """
select id, bearer_id, role, place, due_on, state_class, state_label, from_on, least(to_on, %(as_of)s::date + 1)
from duty
order by role = 'lead' desc, role, place, id, from_on
"""
)
# Each thing that happened, of all duties at once; a granted extension is a moved due day as well, so it is told once.
HAPPENED = """
select duty_id, kind, on_day, words from (
    select u.duty_id, 'due_moved' as kind, u.effective_on as on_day, to_char(u.last_day, 'DD/MM/YYYY') as words,
           u.recorded_at, row_number() over (partition by u.duty_id order by u.effective_on, u.recorded_at, u.id) as n
    from office_dutydue u
    where u.last_day is not null and u.until_on is null and not exists (
        select 1 from office_dutydue later where later.replaces_id = u.id and later.recorded_at <= %(known_at)s)
    union all
    select x.duty_id, 'extension', x.asked_on, to_char(x.wanted_on, 'DD/MM/YYYY'), x.recorded_at, 2
    from office_extension x
    union all
    select o.duty_id, 'obstacle', o.began_on, o.remover_name, o.recorded_at, 2 from office_obstacle o
    union all
    select o.duty_id, 'obstacle_end', e.ended_on, o.remover_name, e.recorded_at, 2
    from office_obstacleend e join office_obstacle o on o.id = e.obstacle_id
    union all
    select u.duty_id, 'urge', u.urged_on, u.number::text, u.recorded_at, 2 from office_urge u
    union all
    select c.duty_id, 'product', p.issued_on, p.number, p.recorded_at, 2
    from office_product p join office_change c on c.id = p.change_id
    where not exists (
        select 1 from office_change later where later.replaces_id = c.id and later.recorded_at <= %(known_at)s)
) told
where told.duty_id = any(%(duties)s) and told.recorded_at <= %(known_at)s and told.on_day <= %(as_of)s and told.n > 1
order by on_day, kind, words
"""


def course(task_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[DutyCourse]:
    """Give the duties of a task in sight with their course up to a day, leads first: three queries."""
    parameters = timelines.parameters(viewer=viewer, as_of=as_of, known_at=known_at, task=task_id)
    rows = timelines.asked(STRETCHES, parameters)
    if not rows or not duties.any_in_sight({row[0] for row in rows}, viewer=viewer, as_of=as_of, known_at=known_at):
        raise NoSuchTask(_("There is no such task on this day, or it belongs to other agencies."))
    ids = list(dict.fromkeys(row[0] for row in rows))
    happened: dict[int, list[Happened]] = {}
    for duty_id, kind, on, words in timelines.asked(HAPPENED, {**parameters, "duties": ids}):
        happened.setdefault(duty_id, []).append(Happened(kind, on, words or ""))
    names = agencies.names({row[1] for row in rows}, as_of=as_of, known_at=known_at)
    found = []
    for duty_id in ids:
        own = [row for row in rows if row[0] == duty_id]
        _id, bearer, role, _place, due_on, *_rest = own[-1]
        name, short = names.get(bearer, ("", ""))
        stretches = _stretches([(row[7], row[8], row[5], row[6]) for row in own])
        found.append(
            DutyCourse(duty_id, name, short or name, role, due_on, stretches, tuple(happened.get(duty_id, ())))
        )
    return found


def _stretches(rows: list[tuple[date, date, str, str]]) -> tuple[Stretch, ...]:
    """Join spans that differ in something else than the state."""
    found: list[Stretch] = []
    for begin, end, state_class, state in rows:
        last = end - timedelta(days=1)
        if found and (found[-1].state_class, found[-1].state) == (state_class, state):
            found[-1] = Stretch(found[-1].first, last, state_class, state)
        else:
            found.append(Stretch(begin, last, state_class, state))
    return tuple(found)
