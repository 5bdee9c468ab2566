"""Duties: moved from state to state, on evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, assigns, require, require_bearer
from dondoc.office.actions.duties.refusals import ChangedMeanwhile, DayRefused, DutyRefused
from dondoc.office.actions.duties.results import ended_from, filled, product_of
from dondoc.office.actions.duties.steps import Evidence, Move
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.intake import FIRST_YEAR, refuse_secret
from dondoc.office.actions.notices import notify_moved
from dondoc.office.actions.originals import keep_file
from dondoc.office.models import Change, Original
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import definitions, documents, duties, happenings, parameters, products
from dondoc.office.queries.standing import StandingDuty
from dondoc.rules.calendar import add_working_days
from dondoc.rules.chain import digest_bytes
from dondoc.rules.states import MoveRefused, check_move
from dondoc.rules.text import vi_date


def move_duty(move: Move, *, actor: Actor) -> Change:
    """Move a duty to another state from a day on; refused where the workflow has no such move.

    Work is done since the day on its product, also where that day lies before the last steps: those count no longer
    from that day on.
    """
    if move.evidence.content:
        refuse_secret(move.evidence.content, move.evidence.filename)
    with writing(actor) as w:
        _check_day(move, today=w.today)
        present = duties.standing_duty(move.duty_id, office_id=w.office.pk, as_of=w.today)
        require_bearer(actor, present.bearer_id)
        if move.seen_state is not None:
            _check_seen(move, present)
        reaching = _reaches_back(w, move, present)
        standing = present if reaching else _standing_on(w, move, present)
        flow = definitions.workflow(standing.workflow_id, as_of=move.on)
        if not assigns(actor) and flow.classes[standing.state] not in duties.OPEN:
            raise DutyRefused(_("The office that assigned this work has closed it. Only that office opens it again."))
        _check(move, standing.state, flow)
        if not assigns(actor):
            _check_bearer(move, standing, flow, office_id=w.office.pk)
        change, rows = _change(w, move, standing.state, _Proofs(w, [move]))
        rows += ended_from(w, move.duty_id, on=move.on) if reaching else []
        rows += product_of(w, filled(move), change, flow, assigned_on=present.assigned_on)
        w.record("move_duty", rows)
        notify_moved(w, [(move.duty_id, standing.state, move.to_state, flow)])
        return change


def _standing_on(w: Writing, move: Move, present: StandingDuty) -> StandingDuty:
    """Say how a duty stands on the day of a move; after the last step behind which the move must lie."""
    if move.seen_state is not None and move.on < present.since:
        raise DayRefused(
            _("This duty has been “%(state)s” since %(day)s: the next step is taken on that day or later.")
            % {"state": present.state_label, "day": vi_date(present.since)}
        )
    return duties.standing_duty(move.duty_id, office_id=w.office.pk, as_of=move.on)


def _reaches_back(w: Writing, move: Move, present: StandingDuty) -> bool:
    """Say whether work is found done since the day on its product, before the last step was recorded as taken."""
    if not present.assigned_on <= move.on < present.since or present.state_class != "active":
        return False
    flow = definitions.workflow(present.workflow_id, as_of=w.today)
    if flow.classes.get(move.to_state) != "done":
        return False
    issued_on = move.product.issued_on or products.day_of(move.duty_id)
    return issued_on is not None and issued_on <= move.on


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
        batch, told = [], []
        for move in moves:
            _check_day(move, today=w.today)
            course = courses.get(move.duty_id)
            state = course.state_on(move.on) if course else None
            if course is None or state is None:
                raise duties.no_such_duty()
            flow = flows.on(course.workflow_id, move.on)
            _check_course(move, course, flow, today=w.today)
            _check(move, state, flow)
            change, rows = _change(w, move, state, proofs)
            rows += product_of(w, move, change, flow, assigned_on=course.assigned_on)
            course.go_on(change, recorded_at=w.now)
            batch.append(("move_duty", rows))
            told.append((move.duty_id, state, move.to_state, flow))
        w.record_many(batch)
        notify_moved(w, told)
        return len(batch)


def _check_day(move: Move, *, today: date) -> None:
    if move.on > today:
        raise DayRefused(_("That day has not come yet. A step is recorded when it has been taken."))
    if move.on.year < FIRST_YEAR:
        raise duties.no_such_duty()


def _check_bearer(move: Move, standing: StandingDuty, flow: definitions.Flow, *, office_id: int) -> None:
    """Make sure that a step is the agency's own, and that it is not too late for it."""
    rule = flow.moves[standing.state, move.to_state]
    if rule.by == "assigner":
        raise DutyRefused(_("This step is decided by the office that assigned the work. Report to it first."))
    if rule.within:
        days = parameters.whole_number(rule.within, office_id=office_id, on=standing.since, known_at=None)
        last = add_working_days(standing.since, days)
        if move.on > last:
            raise DayRefused(
                _("This step was possible until %(day)s, %(n)d working days after it came. Ask the office to take it.")
                % {"day": vi_date(last), "n": days}
            )


def _check_seen(move: Move, present: StandingDuty) -> None:
    """Make sure that whoever moves a duty saw how it stands today; else say who changed it, and when."""
    if move.seen_state == present.state:
        return
    raise _changed_meanwhile(move, present.state_label)


def _check_course(move: Move, course: duties.Course, flow: definitions.Flow, *, today: date) -> None:
    """The same within an import, where the earlier moves of the import count as well."""
    state = course.state_on(today)
    if move.seen_state is not None and move.seen_state != state:
        raise _changed_meanwhile(move, flow.labels.get(state or "", ""))


def _changed_meanwhile(move: Move, label: str) -> ChangedMeanwhile:
    by, at = happenings.last_moved(move.duty_id)
    return ChangedMeanwhile(
        _("Meanwhile, at %(at)s, %(name)s recorded that this duty is “%(state)s”. Look at it, then decide again.")
        % {"at": happenings.said_at(at), "name": by, "state": label}
    )


def _check(move: Move, state: str, flow: definitions.Flow) -> None:
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
        kept = keep_file(self._w, evidence.content, evidence.filename, sha256=sha256, found=self._files)
        self._files[sha256] = kept[0]
        return kept


def _change(w: Writing, move: Move, from_state: str, proofs: _Proofs) -> tuple[Change, list[Recorded]]:
    original, kept = proofs.file(move.evidence)
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
    return change, [*kept, change]
