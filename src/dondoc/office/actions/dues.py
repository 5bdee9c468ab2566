"""Due days: written by their rule, set when an event happens, made ahead round by round where work recurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, office_wide, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Change, Duty, DutyBearer, DutyDue
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import agencies, definitions, dues, duties, parameters
from dondoc.office.queries.dues import Recurrence
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules.calendar import DayNotCovered
from dondoc.rules.deadlines import DueDaySetting, DueRule, horizon, occurrences
from dondoc.rules.text import vi_date

ENDED = "Thôi định kỳ từ ngày {day}"


class DueRefused(Refused):
    """A due day cannot be set like this."""


def setting(w: Writing, *, on: date) -> DueDaySetting:
    """Give how the office understands the end of a due day; asked once for each day within an action."""
    if on not in w.settings:
        w.settings[on] = parameters.due_day_setting(office_id=w.office.pk, on=on, known_at=None)
    return w.settings[on]


def due_row(w: Writing, duty_id: int, rule: DueRule, *, words: str, on: date) -> DutyDue:
    """Make the row of a due day, with the last day that its rule and the office's setting make of it."""
    return w.new(
        DutyDue,
        duty_id=duty_id,
        kind=rule.kind,
        on=rule.on,
        every=rule.spacing,
        last_day=parameters.last_day_of(rule, setting=setting(w, on=on), since=on),
        words=" ".join(words.split())[:300],
        effective_on=on,
    )


def record_event(duty_id: int, *, happened_on: date, actor: Actor) -> DutyDue:
    """Record on which day the event happened from which a due day counts; its last day is computed from then on."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        if happened_on > w.today:
            raise DueRefused(_("That day has not come yet. Record the event when it has happened."))
        duties.standing_duty(duty_id, office_id=w.office.pk, as_of=w.today)
        found = dues.standing(duty_id, as_of=w.today, known_at=None)
        if found is None or found.rule.kind != "event":
            raise DueRefused(_("The due day of this duty does not hang on an event."))
        row = due_row(w, duty_id, replace(found.rule, on=happened_on), words=found.words, on=w.today)
        w.record("record_event", [row])
        return row


def end_recurrence(duty_id: int, *, from_on: date, reason: str, actor: Actor) -> int:
    """End what recurs from a day on: no round that falls due then is owed. Gives how many open rounds were dropped."""
    require(actor, "administrator", "officer")
    if not reason.strip():
        raise DueRefused(_("Say why it recurs no more: the agency will read it."))
    with writing(actor) as w:
        found = dues.recurrence(duty_id, office_id=w.office.pk)
        if found.ends_on is not None:
            raise DueRefused(_("It recurs no more since %(day)s.") % {"day": vi_date(found.ends_on)})
        head = duties.standing_duty(found.head_id, office_id=w.office.pk, as_of=w.today)
        made = dues.rounds([found.head_id]).get(found.head_id, [])
        later = [duty.pk for duty in made if duty.occurs_on and duty.occurs_on >= from_on]
        dropped = _dropped(w, later, head.workflow_id, reason.strip())
        end = w.new(
            DutyDue,
            duty_id=found.head_id,
            kind="recurring",
            on=from_on,
            every="",
            last_day=head.due_on,
            words=f"{ENDED.format(day=vi_date(from_on))}: {reason.strip()}"[:300],
            effective_on=w.today,
        )
        w.record("end_recurrence", [end, *dropped])
        return len(dropped)


def _dropped(w: Writing, ids: Sequence[int], workflow_id: int, reason: str) -> list[Change]:
    """Drop the rounds that nobody has begun or finished: what is done stays done."""
    if not ids:
        return []
    to_state = definitions.states_of_class(workflow_id, "dropped", as_of=w.today)
    if not to_state:
        raise DueRefused(_("The workflow has no state for work that is no longer owed. Lay one down first."))
    rows = duties_standing(
        "state_class not in ('done', 'dropped') order by id",
        viewer=office_wide(w.office.pk),
        as_of=w.today,
        known_at=None,
        duties=list(ids),
    )
    return [
        w.new(Change, duty_id=row.id, from_state=row.state, to_state=to_state[0], effective_on=w.today, note=reason)
        for row in rows
    ]


def make_occurrences(*, on: date, actor: Actor, task_id: int | None = None) -> int:
    """Make the rounds of what recurs that fall due before long, each as a duty of its own; gives how many were made.

    Rounds are made ahead by the days of the parameter "occurrences_ahead_days", the next one always. What was made
    is never made again; of a series whose first duty was dropped, or that ended, nothing more is made. A round is
    borne by whoever bears the round before it on that day, or by the agency that followed.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        if on > w.today:
            raise DueRefused(_("That day has not come yet."))
        found = dues.recurrences(office_id=w.office.pk, tasks=None if task_id is None else [task_id], known_at=None)
        made = dues.rounds([each.head_id for each in found])
        ids = [*(each.head_id for each in found), *dues.made_ids(made)]
        standing = {row.id: row for row in _standing(w, ids, on=on)}
        ahead = parameters.whole_number("occurrences_ahead_days", office_id=w.office.pk, on=on, known_at=None)
        rule = setting(w, on=on)
        places = _Places()
        batch: list[tuple[str, Sequence[Recorded]]] = []
        for each in found:
            head = standing.get(each.head_id)
            if head is None or head.state_class == "dropped" or not _still_owed(each, standing):
                continue
            so_far = made.get(each.head_id, [])
            last = max([d.occurs_on for d in so_far if d.occurs_on] + [head.first_due_on or each.recorded_on])
            for day in _days(each, after=last, today=on, ahead=ahead, rule=rule):
                before = standing.get(so_far[-1].pk if so_far else head.id, head)
                rows = _round(w, each, day, before=before, order=places.next(each.task_id, each.role), on=on)
                batch.append(("make_occurrence", rows))
        w.record_many(batch)
        return len(batch)


def _standing(w: Writing, ids: list[int], *, on: date) -> list[StandingDuty]:
    if not ids:
        return []
    return duties_standing("true", viewer=office_wide(w.office.pk), as_of=on, known_at=None, duties=ids)


def _still_owed(each: Recurrence, standing: dict[int, StandingDuty]) -> bool:
    """Say whether the work of a series goes on: not when every round that is there was dropped."""
    return any(row.state_class != "dropped" for row in standing.values() if row.task_id == each.task_id)


def _days(each: Recurrence, *, after: date, today: date, ahead: int, rule: DueDaySetting) -> list[date]:
    """List the days of the rounds to be made: after the last one, not of the time before the rule was on record."""
    from_on = max(after + timedelta(days=1), min(each.recorded_on, today))
    try:
        until = horizon(each.rule, today=today, ahead=ahead, setting=rule)
        days = occurrences(each.rule, from_on=from_on, until_on=until, setting=rule)
    except DayNotCovered:  # nobody knows yet which days are off: the days stay as the rule says
        kept = replace(rule, moves_to_working_day=False)
        until = horizon(each.rule, today=today, ahead=ahead, setting=kept)
        days = occurrences(each.rule, from_on=from_on, until_on=until, setting=kept)
    return [day for day in dict.fromkeys(days) if each.ends_on is None or day < each.ends_on]


class _Places:
    """Gives the next free place of a role in a task, several times within one action."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, str], int] = {}

    def next(self, task_id: int, role: str) -> int:
        """Give the place behind all that are taken."""
        key = (task_id, role)
        self._taken[key] = self._taken[key] + 1 if key in self._taken else dues.next_place(task_id, role)
        return self._taken[key]


def _round(w: Writing, each: Recurrence, day: date, *, before: StandingDuty, order: int, on: date) -> list[Recorded]:
    """Make one round: a duty of the same task and role, due on its own day, borne as the round before it is."""
    duty = w.new(
        Duty,
        task_id=each.task_id,
        role=each.role,
        order=order,
        assigned_on=on,
        series_id=each.head_id,
        occurs_on=day,
    )
    bearer = agencies.stands_for(before.bearer_id, office_id=w.office.pk, as_of=on)
    first = definitions.first_state(before.workflow_id, as_of=on)
    return [
        duty,
        w.new(DutyBearer, duty=duty, agency_id=bearer, effective_on=on),
        w.new(DutyDue, duty=duty, kind="day", on=day, last_day=day, words=each.words, effective_on=on),
        w.new(Change, duty=duty, to_state=first, effective_on=on),
    ]
