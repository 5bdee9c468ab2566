"""Duties: moved from state to state, on evidence; their due days set anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require, require_bearer
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Change, Duty, DutyDue, Original
from dondoc.office.queries import definitions, documents, duties
from dondoc.rules.chain import digest_bytes
from dondoc.rules.deadlines import DueRule, last_day
from dondoc.rules.states import MoveRefused, check_move

FOCAL_STATES = frozenset({"acknowledged", "in_progress", "reported"})


class DutyRefused(Refused):
    """A duty cannot be moved like this."""


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
    with writing(actor) as w:
        standing = duties.standing_now(move.duty_id, office_id=w.office.pk, as_of=move.on)
        require_bearer(actor, standing.agency_id)
        if actor.viewer.role == "focal" and move.to_state not in FOCAL_STATES:
            raise DutyRefused(_("Whether the work is done is decided by the office that assigned it. Report it first."))
        if move.seen_state is not None and move.seen_state != standing.state:
            raise ChangedMeanwhile(
                _("Meanwhile this duty became “%(state)s”. Look at its history, then decide again.")
                % {"state": standing.state_label}
            )
        _allowed(standing, move, definitions.workflow(standing.workflow_id, as_of=move.on))
        change, rows = _change(w, move, standing.state)
        w.record("move_duty", rows)
        return change


def move_duties(moves: Sequence[Move], *, actor: Actor) -> int:
    """Move many duties in one import: each is checked, each gets its own entry of the log."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        ids = [move.duty_id for move in moves]
        standings = duties.standings_now(ids, office_id=w.office.pk, as_of=max(move.on for move in moves))
        w.reserve(Change, len(moves))
        batch = []
        flow_on = cache(lambda workflow_id, on: definitions.workflow(workflow_id, as_of=on))
        for move in moves:
            standing = standings[move.duty_id]
            _allowed(standing, move, flow_on(standing.workflow_id, move.on))
            _made, rows = _change(w, move, standing.state)
            standings[move.duty_id] = standing.moved(move.to_state)
            batch.append(("move_duty", rows))
        w.record_many(batch)
        return len(batch)


def _allowed(standing: duties.Standing, move: Move, flow: definitions.Flow) -> None:
    try:
        check_move(flow.moves, standing.state, move.to_state, labels=flow.labels)
    except MoveRefused as refusal:
        raise DutyRefused(str(refusal)) from refusal


def _change(w: Writing, move: Move, from_state: str) -> tuple[Change, list[Change | Original]]:
    rows: list[Change | Original] = []
    original = None
    if move.evidence.content:
        sha256 = digest_bytes(move.evidence.content)
        original = documents.original(sha256, office_id=w.office.pk)
        if original is None:
            original = w.new(
                Original,
                office=w.office,
                sha256=sha256,
                filename=move.evidence.filename[-255:],
                media_type=documents.media_type(move.evidence.filename),
                size=len(move.evidence.content),
                content=move.evidence.content,
            )
            rows.append(original)
    change = w.new(
        Change,
        duty_id=move.duty_id,
        from_state=from_state,
        to_state=move.to_state,
        effective_on=move.on,
        note=move.note.strip(),
        document_id=documents.of_office(move.evidence.document_id, office_id=w.office.pk),
        original=original,
    )
    return change, [*rows, change]


def correct_change(change: Change, *, to_state: str, on: date, note: str, actor: Actor) -> Change:
    """Mend a change that was entered wrongly: the right one replaces it and says why."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
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


def set_due(duty: Duty, rule: DueRule, *, words: str, on: date, actor: Actor) -> DutyDue:
    """Set the day by which a duty is owed, from the day that was decided; the first due day stays on record."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
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
