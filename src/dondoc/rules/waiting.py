"""To whom the days of a delay belong: what a duty waited for, and which of its days late are its own.

Days are counted from evening to evening, as `deadlines.days_late` and `obstacles.days_waited` count them: a day late
belongs to those for whom the duty waited on it, and to the agency itself where it waited for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dondoc.rules.deadlines import days_late


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing of others that a duty waited for: of whom, which stage of theirs, from the evening of `since` on.

    `until` is the day on which it was there, None while it is not. `first` is the first day on which it held: the
    day of an obstacle itself, the day behind the due day of a coordinator.
    """

    whom: str
    since: date
    until: date | None = None
    what: str = ""
    first: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the duty waits for it on a day."""
        return (self.first or self.since) <= day and (self.until is None or day < self.until)


def wait_for_late(whom: str, *, last_day: date, done_on: date | None, what: str = "") -> Wait:
    """Give the wait for somebody who is behind the own due day: it begins with the day after that."""
    return Wait(whom, last_day, done_on, what, first=last_day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a delay is parted on a day: days late in all, days it waited for others at any time, days late of its own.

    `waited` counts a day once, however many held the duty up on it, and also days before the due day; so `late` is
    `own` and those of the days waited that lie behind the due day. `on_whom` are all for whom it waited, those that
    hold it up now first; `holding` is what holds it up now.
    """

    late: int = 0
    waited: int = 0
    own: int = 0
    on_whom: tuple[str, ...] = ()
    holding: tuple[Wait, ...] = field(default=())

    @property
    def holds_now(self) -> bool:
        """Whether something of others holds the duty up on that day: then its delay is not urged on it."""
        return bool(self.holding)

    @property
    def late_of_others(self) -> int:
        """How many of the days late belong to others."""
        return self.late - self.own


def waiting(*, last_day: date | None, done_on: date | None, as_of: date, waits: Iterable[Wait]) -> Waiting:
    """Part the delay of a duty between its agency and those for whom it waited, as of a day.

    What was done is not held up any more; what it waited for after it was done does not count. Days waited before the
    due day excuse nothing: the work was not late yet, and what others owe is due before that day. Ask only for duties
    that can come due or are done, as for `deadlines.timeliness`.
    """
    end = as_of if done_on is None else min(done_on, as_of)
    spans = [(wait, wait.since, min(wait.until or end, end)) for wait in waits]
    counted = [(wait, since, until) for wait, since, until in spans if since < until]
    late = days_late(last_day=last_day, done_on=done_on, as_of=as_of)
    excused = 0
    if last_day is not None and late:
        excused = _days([(max(since, last_day), until) for _wait, since, until in counted])
    closed = done_on is not None and done_on <= as_of
    holding = () if closed else tuple(wait for wait, _since, _until in spans if wait.holds_on(as_of))
    named = [*(wait.whom for wait in holding), *(wait.whom for wait, _since, _until in counted)]
    return Waiting(
        late=late,
        waited=_days([(since, until) for _wait, since, until in counted]),
        own=late - excused,
        on_whom=tuple(dict.fromkeys(named)),
        holding=holding,
    )


def _days(spans: Sequence[tuple[date, date]]) -> int:
    """Count the days that lie in one span at least."""
    total, reached = 0, date.min
    for since, until in sorted(spans):
        begins = max(since, reached)
        if begins < until:
            total += (until - begins).days
            reached = until
    return total
