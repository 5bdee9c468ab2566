"""The same step for many duties at once: all of them or none, and of each that cannot take it, why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.office.access import Actor, Refused, office_wide, require
from dondoc.office.actions.dues import due_row
from dondoc.office.actions.duties import HandOver, Move, hand_over_rows, move_duties
from dondoc.office.actions.history import writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.actions.programmes import put_on_programme, take_off_programme, why_it_stays
from dondoc.office.models import DutyDue, Programme, Task
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import duties, parameters, programmes
from dondoc.office.queries.definitions import Flows
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules.deadlines import DueRule
from dondoc.rules.states import MoveRefused, check_move
from dondoc.rules.text import vi_date

MOST = 1000  # duties in one step: more than anybody ticks, and written within seconds


@dataclass(frozen=True, slots=True)
class Seen:
    """A duty that was ticked, and the state in which it was seen."""

    duty_id: int
    state: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A duty that cannot take the step, and why."""

    duty_id: int
    why: str


class BulkRefused(Refused):
    """Some of the duties cannot take the step, so none of them took it."""

    def __init__(self, refusals: Sequence[Refusal], of: int) -> None:
        self.refusals = tuple(refusals)
        super().__init__(
            ngettext(
                "Nothing was recorded: %(n)d of %(all)d cannot take this step.",
                "Nothing was recorded: %(n)d of %(all)d cannot take this step.",
                len(refusals),
            )
            % {"n": len(refusals), "all": of}
        )


Check = Callable[[StandingDuty], str]


def _checked(seen: Sequence[Seen], why: Check, *, on: date, actor: Actor) -> dict[int, StandingDuty]:
    """Look at every duty as it stands; refuse the whole step where one of them cannot take it."""
    if not seen:
        raise Refused(_("Nothing is ticked. Tick what the step is meant for."))
    if len(seen) > MOST:
        raise Refused(_("At most %(most)d at once. Take a filter more, then do it in parts.") % {"most": MOST})
    viewer = office_wide(actor.office_id)
    ids = [one.duty_id for one in seen]
    found = {row.id: row for row in duties_standing("true", viewer=viewer, as_of=on, known_at=None, duties=ids)}
    refusals = []
    for one in seen:
        row = found.get(one.duty_id)
        if row is None:
            reason = str(duties.no_such_duty())
        elif row.state != one.state:
            reason = _("Meanwhile it became “%(state)s”.") % {"state": row.state_label}
        else:
            reason = why(row)
        if reason:
            refusals.append(Refusal(one.duty_id, reason))
    if refusals:
        raise BulkRefused(refusals, len(seen))
    return found


def move_many(seen: Sequence[Seen], *, to_state: str, on: date, note: str, today: date, actor: Actor) -> int:
    """Move many duties into one state from a day on, and say how many; refused as a whole where one cannot go there."""
    require(actor, "administrator", "officer")
    flows: dict[int, Flows] = {}

    def why(row: StandingDuty) -> str:
        flow = flows.setdefault(row.workflow_id, Flows([row.workflow_id])).on(row.workflow_id, on)
        try:
            check_move(flow.moves, row.state, to_state, labels=flow.labels)
        except MoveRefused as refusal:
            return str(refusal)
        if flow.moves[row.state, to_state].needs_reason and not note.strip():
            return _("This step needs its reason: write it into the note.")
        if on < row.since:
            return _("It has been “%(state)s” since %(day)s: the next step is taken on that day or later.") % {
                "state": row.state_label,
                "day": vi_date(row.since),
            }
        return ""

    _checked(seen, why, on=today, actor=actor)
    return move_duties([Move(one.duty_id, to_state, on, note=note) for one in seen], actor=actor)


def set_due_of_many(seen: Sequence[Seen], *, due: DueRule | None, words: str, on: date, actor: Actor) -> int:
    """Set one due rule, or no due day any more, for many open duties; the first due day of each stays on record."""
    require(actor, "administrator", "officer")
    if not words.strip():
        raise Refused(_("Say why the due day is changed: the agency will read it."))
    rule = due or DueRule("none")
    setting = parameters.due_day_setting(office_id=actor.office_id, on=on, known_at=None)
    last_day = parameters.last_day_of(rule, setting=setting, since=on)

    def why(row: StandingDuty) -> str:
        if row.state_class not in duties.OPEN:
            return _("This work is closed or put off: nothing is to be done in it.")
        if row.due_on == last_day and rule.kind in {"day", "none"}:
            return _("This is the due day already. Choose another one.")
        if last_day is not None and last_day < row.assigned_on:
            return _("The due day lies before the day from which the agency has the work.")
        return ""

    _checked(seen, why, on=on, actor=actor)
    with writing(actor) as w:
        w.reserve(DutyDue, len(seen))
        w.record_many([("set_due", [due_row(w, one.duty_id, rule, words=words.strip(), on=on)]) for one in seen])
        until = vi_date(last_day) if last_day else ""
        notify(w, [News("due_changed", one.duty_id, until) for one in seen])
    return len(seen)


def hand_over_many(
    seen: Sequence[Seen],
    *,
    agency_id: int,
    reason: str,
    basis_id: int | None,
    due: DueRule | None = None,
    on: date,
    actor: Actor,
) -> int:
    """Pass many open duties to one agency from a day on, with a reason or by a document; all of them or none.

    With `due`, that agency owes all of them by another day than the former one did.
    """
    require(actor, "administrator", "officer")
    former = _checked(seen, lambda _row: "", on=on, actor=actor)
    refusals = []
    batch: list[tuple[str, Sequence[Recorded]]] = []
    with writing(actor) as w:
        for one in seen:
            new = HandOver(one.duty_id, agency_id, reason=reason, basis_id=basis_id, due=due)
            try:
                batch.append(("hand_over_duty", hand_over_rows(w, new, on=on)))
            except Refused as refusal:
                refusals.append(Refusal(one.duty_id, str(refusal)))
        if refusals:
            raise BulkRefused(refusals, len(seen))
        w.record_many(batch)
        notify(w, [News("duty_handed_over", key, agency_id=row.bearer_id) for key, row in former.items()])
    return len(batch)


def put_many_on_programme(seen: Sequence[Seen], key: str, *, on: date, actor: Actor) -> int:
    """Put the tasks of many duties on a list from a day on, without numbers; each stands on it once."""
    require(actor, "administrator", "officer")
    programme = _list(key, actor=actor)
    there = programmes.on_list(programme.pk, as_of=on)

    def why(row: StandingDuty) -> str:
        return _("It stands on this list already.") if row.task_id in there else ""

    found = _checked(seen, why, on=on, actor=actor)
    ids = list(dict.fromkeys(found[one.duty_id].task_id for one in seen))
    rows = Task.objects.filter(office_id=actor.office_id).in_bulk(ids)
    put_on_programme(programme, [(rows[pk], "") for pk in ids], on=on, actor=actor)
    return len(ids)


def take_many_off_programme(
    seen: Sequence[Seen], key: str, *, off_on: date | None, reason: str, today: date, actor: Actor
) -> int:
    """Take the tasks of many duties off a list from a day on; without a day they stood there by mistake."""
    require(actor, "administrator", "officer")
    programme = _list(key, actor=actor)
    there = programmes.places_on_list(programme.pk, as_of=today)

    def why(row: StandingDuty) -> str:
        place = there.get(row.task_id)
        return _("It does not stand on this list.") if place is None else why_it_stays(place, off_on=off_on)

    found = _checked(seen, why, on=today, actor=actor)
    ids = list(dict.fromkeys(there[found[one.duty_id].task_id].pk for one in seen))
    return len(take_off_programme(ids, on=off_on, reason=reason, actor=actor))


def _list(key: str, *, actor: Actor) -> Programme:
    programme = Programme.objects.filter(office_id=actor.office_id, key=key).first()
    if programme is None:
        raise Refused(_("There is no such list. Choose one."))
    return programme
