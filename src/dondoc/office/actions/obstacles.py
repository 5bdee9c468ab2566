"""Obstacles: what holds a duty up is named, and later that it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require_bearer
from dondoc.office.actions.history import writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import Obstacle, ObstacleEnd
from dondoc.office.queries import agencies, duties, obstacles
from dondoc.rules.obstacles import causes


class ObstacleRefused(Refused):
    """An obstacle cannot be named or ended like this."""


class AlreadyEnded(Refused):
    """Somebody else ended the obstacle first."""


@dataclass(frozen=True, slots=True)
class NewObstacle:
    """What holds a duty up: the sort of cause, in words, who must remove it, since when, and by when it must go."""

    duty_id: int
    cause: str
    text: str
    remover: str
    began_on: date
    needed_by: date | None = None


def name_obstacle(new: NewObstacle, *, on: date, actor: Actor) -> Obstacle:
    """Name what holds a duty up; whoever must remove it need not be in the register (a ministry)."""
    _check(new, on=on)
    with writing(actor) as w:
        standing = duties.standing_duty(new.duty_id, office_id=w.office.pk, as_of=on)
        require_bearer(actor, standing.bearer_id)
        if standing.state_class not in duties.OPEN:
            raise ObstacleRefused(_("This work is closed or put off: nothing holds it up any more."))
        row = w.new(
            Obstacle,
            duty_id=new.duty_id,
            cause=new.cause,
            text=new.text.strip(),
            remover_id=agencies.named(new.remover, office_id=w.office.pk, as_of=on),
            remover_name=new.remover.strip()[:300],
            began_on=new.began_on,
            needed_by=new.needed_by,
        )
        w.record("name_obstacle", [row])
        notify(w, [News("obstacle_named", row.duty_id, agency_id=row.remover_id)])
        return row


def _check(new: NewObstacle, *, on: date) -> None:
    if new.cause not in {cause.key for cause in causes(on=on)}:
        raise ObstacleRefused(_("There is no such cause. Choose one from the list."))
    if not (new.text.strip() and new.remover.strip()):
        raise ObstacleRefused(_("Say what holds the work up and who must remove it."))
    if new.began_on > on:
        raise ObstacleRefused(_("An obstacle is named when it is there, not before."))
    if new.needed_by is not None and new.needed_by < new.began_on:
        raise ObstacleRefused(_("It must be gone by a day behind the one on which it began."))


def end_obstacle(obstacle_id: int, *, kind: str, ended_on: date, note: str, on: date, actor: Actor) -> ObstacleEnd:
    """Record that an obstacle was removed, or that it was named by mistake."""
    with writing(actor) as w:
        found = obstacles.obstacle(obstacle_id, office_id=w.office.pk)
        standing = duties.standing_duty(found.duty_id, office_id=w.office.pk, as_of=on)
        require_bearer(actor, standing.bearer_id)
        ending = obstacles.ending_of(found.pk)
        if ending is not None:
            raise AlreadyEnded(
                _("Meanwhile %(name)s recorded that this is no more. Reload the page to see it.")
                % {"name": ending.entry.actor_name}
            )
        if not found.began_on <= ended_on <= on:
            raise ObstacleRefused(_("It ended between the day on which it began and today."))
        row = w.new(ObstacleEnd, obstacle=found, kind=kind, ended_on=ended_on, note=note.strip())
        w.record("end_obstacle", [row])
        notify(w, [News("obstacle_ended", standing.id)])
        return row
