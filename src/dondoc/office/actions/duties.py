"""Duties: moved from state to state, on evidence; their due days set anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, assigns, require, require_bearer
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.intake import FIRST_YEAR, refuse_secret
from dondoc.office.models import Change, Duty, DutyDue, Original
from dondoc.office.queries import definitions, documents, duties
from dondoc.rules.calendar import add_working_days
from dondoc.rules.chain import digest_bytes
from dondoc.rules.deadlines import DueRule, last_day
from dondoc.rules.parameters import whole_number
from dondoc.rules.states import MoveRefused, check_move
from dondoc.rules.text import vi_date


class DutyRefused(Refused):
    """A duty cannot be moved like this."""


class DayRefused(Refused):
    """A duty cannot be moved as of this day."""


class ChangedMeanwhile(Refused):
    """Somebody else moved the duty first; the message says to what."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a change: a document in the register, or a file that is kept with it."""

    document_id: int | None = None
    content: bytes | None = None
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a duty: to which state, since when, on what evidence, with what words."""

    duty_id: int
    to_state: str
    on: date
    note: str = ""
    evidence: Evidence = Evidence()
    seen_state: str | None = None


def move_duty(move: Move, *, actor: Actor) -> Change:
    """Move a duty to another state from a day on; refused where the workflow has no such move."""
    if move.evidence.content:
        refuse_secret(move.evidence.content, move.evidence.filename)
    with writing(actor) as w:
        _check_day(move, today=w.today)
        standing = duties.standing_now(move.duty_id, office_id=w.office.pk, as_of=move.on)
        require_bearer(actor, standing.agency_id)
        flow = definitions.workflow(standing.workflow_id, as_of=move.on)
        if move.seen_state is not None:
            _check_seen(move, duties.standing_now(move.duty_id, office_id=w.office.pk, as_of=w.today))
        if not assigns(actor) and flow.classes[standing.state] not in duties.OPEN:
            raise DutyRefused(_("The office that assigned this work has closed it. Only that office opens it again."))
        _check(move, standing.state, flow)
        if not assigns(actor):
            _check_bearer(move, standing, flow)
        change, rows = _change(w, move, standing.state, _Proofs(w, [move]))
        w.record("move_duty", rows)
        return change


def move_duties(moves: Sequence[Move], *, actor: Actor) -> int:
    """Move many duties in one import: each is checked, each gets its own entry of the log.

    A move is checked against the state that its duty has on the day of the move, the earlier moves of the same import
    among it. What all moves need is fetched at once.
    """
    require(actor, "administrator", "officer")
    for move in moves:
        if move.evidence.content:
            refuse_secret(move.evidence.content, move.evidence.filename)
    with writing(actor) as w:
        courses = duties.courses((move.duty_id for move in moves), office_id=w.office.pk)
        flows = definitions.Flows(course.workflow_id for course in courses.values())
        proofs = _Proofs(w, moves)
        w.reserve(Change, len(moves))
        batch = []
        for move in moves:
            _check_day(move, today=w.today)
            course = courses.get(move.duty_id)
            state = course.state_on(move.on) if course else None
            if course is None or state is None:
                raise duties.no_such_duty()
            _check(move, state, flows.on(course.workflow_id, move.on))
            change, rows = _change(w, move, state, proofs)
            course.go_on(change, recorded_at=w.now)
            batch.append(("move_duty", rows))
        w.record_many(batch)
        return len(batch)


def _check_day(move: Move, *, today: date) -> None:
    if move.on > today:
        raise DayRefused(_("That day has not come yet. A step is recorded when it has been taken."))
    if move.on.year < FIRST_YEAR:
        raise duties.no_such_duty()


def _check_bearer(move: Move, standing: duties.Standing, flow: definitions.Flow) -> None:
    """Make sure that a step is the agency's own, and that it is not too late for it."""
    rule = flow.moves[standing.state, move.to_state]
    if rule.by == "assigner":
        raise DutyRefused(_("This step is decided by the office that assigned the work. Report to it first."))
    if rule.within:
        days = whole_number(rule.within, on=standing.since)
        last = add_working_days(standing.since, days)
        if move.on > last:
            raise DayRefused(
                _("This step was possible until %(day)s, %(n)d working days after it came. Ask the office to take it.")
                % {"day": vi_date(last), "n": days}
            )


def _check_seen(move: Move, present: duties.Standing) -> None:
    """Make sure that whoever moves a duty saw how it stands today, and adds a step behind the last one."""
    if move.seen_state != present.state:
        raise ChangedMeanwhile(
            _("Meanwhile this duty became “%(state)s”. Look at its history, then decide again.")
            % {"state": present.state_label}
        )
    if move.on < present.since:
        raise DayRefused(
            _("This duty has been “%(state)s” since %(day)s: the next step is taken on that day or later.")
            % {"state": present.state_label, "day": vi_date(present.since)}
        )


def _check(move: Move, state: str, flow: definitions.Flow) -> None:
    if move.seen_state is not None and move.seen_state != state:
        raise ChangedMeanwhile(
            _("Meanwhile this duty became “%(state)s”. Look at its history, then decide again.")
            % {"state": flow.labels.get(state, state)}
        )
    try:
        check_move(flow.moves, state, move.to_state, labels=flow.labels)
    except MoveRefused as refusal:
        raise DutyRefused(str(refusal)) from refusal
    if flow.moves[state, move.to_state].needs_reason and not move.note.strip():
        raise DutyRefused(_("This step needs its reason: write it into the note."))


class _Proofs:
    """The documents and files that prove a batch of moves: looked up at once, each file kept once."""

    def __init__(self, w: Writing, moves: Sequence[Move]) -> None:
        self._w = w
        self._digests = {id(m.evidence): digest_bytes(m.evidence.content) for m in moves if m.evidence.content}
        self._files = documents.originals(set(self._digests.values()), office_id=w.office.pk)
        named = {move.evidence.document_id for move in moves} - {None}
        documents.check_of_office(named, office_id=w.office.pk)

    def file(self, evidence: Evidence) -> tuple[Original | None, list[Original]]:
        """Give the file of a proof, and the row to be written when it was not here yet."""
        if not evidence.content:
            return None, []
        sha256 = self._digests[id(evidence)]
        if sha256 in self._files:
            return self._files[sha256], []
        made = self._files[sha256] = self._w.new(
            Original,
            office=self._w.office,
            sha256=sha256,
            filename=evidence.filename[-255:],
            media_type=documents.media_type(evidence.filename),
            size=len(evidence.content),
            content=evidence.content,
        )
        return made, [made]


def _change(w: Writing, move: Move, from_state: str, proofs: _Proofs) -> tuple[Change, list[Change | Original]]:
    original, rows = proofs.file(move.evidence)
    change = w.new(
        Change,
        duty_id=move.duty_id,
        from_state=from_state,
        to_state=move.to_state,
        effective_on=move.on,
        note=move.note.strip(),
        document_id=move.evidence.document_id,
        original=original,
    )
    return change, [*rows, change]


def correct_change(change: Change, *, to_state: str, on: date, note: str, actor: Actor) -> Change:
    """Mend a change that was entered wrongly: the right one replaces it and says why."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        change = _standing_change(w, change)
        if not change.from_state and on != change.effective_on:
            raise DutyRefused(_("The first step says when the duty was assigned; its day cannot be moved."))
        if to_state not in definitions.workflow(change.duty.task.workflow_id, as_of=on).labels:
            raise DutyRefused(_("The workflow has no such state on that day. Choose one from the list."))
        right = w.new(
            Change,
            duty_id=change.duty_id,
            from_state=change.from_state,
            to_state=to_state,
            effective_on=on,
            note=note,
            replaces=change,
        )
        w.record("correct_change", [right])
        return right


def withdraw_change(change: Change, *, note: str, actor: Actor) -> Change:
    """Take back a change that never happened: it is replaced by one with an empty period."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        change = _standing_change(w, change)
        if not change.from_state:
            raise DutyRefused(_("The first step cannot be taken back: the duty would vanish. Drop the duty instead."))
        empty = w.new(
            Change,
            duty_id=change.duty_id,
            from_state=change.from_state,
            to_state=change.to_state,
            effective_on=change.effective_on,
            until_on=change.effective_on,
            note=note,
            replaces=change,
        )
        w.record("withdraw_change", [empty])
        return empty


def _standing_change(w: Writing, change: Change) -> Change:
    """Give a change of this office as it is under the lock; refuse one that was corrected or withdrawn meanwhile."""
    found = duties.change(change.pk, office_id=w.office.pk)
    if found is None:
        raise ChangedMeanwhile(_("Meanwhile this entry was corrected or withdrawn. Look at its history again."))
    return found


def set_due(duty: Duty, rule: DueRule, *, words: str, on: date, actor: Actor) -> DutyDue:
    """Set the day by which a duty is owed, from the day that was decided; the first due day stays on record."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        since = duties.due_since(duty.pk) or duty.assigned_on
        if on < since:
            raise DayRefused(
                _("The first due day, named on %(day)s, stays the first. Set another from that day on.")
                % {"day": vi_date(since)}
            )
        row = w.new(
            DutyDue,
            duty=duty,
            kind=rule.kind,
            on=rule.on,
            every=rule.every or "",
            last_day=last_day(rule),
            words=words[:300],
            effective_on=on,
        )
        w.record("set_due", [row])
        return row
