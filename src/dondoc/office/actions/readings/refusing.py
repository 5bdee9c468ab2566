"""Refusing a proposal, and taking a decision back: nothing vanishes, and the proposal can be decided anew."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dondoc.office.access import Actor, office_wide, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.readings.refusals import AlreadyBegun, ReadingRefused
from dondoc.office.actions.readings.waiting import open_proposals, proposals_of
from dondoc.office.models import Change, Proposal, Review, Task
from dondoc.office.queries import definitions, readings
from dondoc.office.queries.standing import duties_standing


def refuse_proposal(proposal_id: int, *, reason: str, actor: Actor) -> Review:
    """Refuse a proposal: it is no task, and it is kept with the reason."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        (proposal,) = open_proposals(w, [proposal_id])
        review = w.new(Review, proposal=proposal, verdict="refused", reason=reason.strip())
        w.record("refuse_proposal", [review])
        return review


def withdraw_decision(proposal_id: int, *, reason: str, confirmed: bool, actor: Actor) -> list[Review]:
    """Take the decision on a proposal back: what came of it is no longer owed, and the proposal is open again.

    The duties stay on record and move to the state for work that is withdrawn, from today on, with the reason. Where
    proposals were merged all of them are open again. `confirmed` says that the person knows that some of the agencies
    have already recorded steps; without it such a withdrawal is refused.
    """
    require(actor, "administrator", "officer")
    if not reason.strip():
        raise ReadingRefused(_("Say why the decision is withdrawn: the agencies will read it."))
    with writing(actor) as w:
        (proposal,) = proposals_of(w, [proposal_id])
        decision = readings.standing([proposal], known_at=None).get(proposal.pk)
        if decision is None or decision.is_open:
            raise ReadingRefused(_("Nobody has decided on this proposal, so there is nothing to withdraw."))
        tasks = readings.tasks_of(decision, office_id=w.office.pk)
        if not confirmed:
            _check_begun(w, tasks)
        dropped = [change for task in tasks for change in _dropped(w, task, reason.strip())]
        pairs: list[tuple[Proposal, Task | None]] = [
            (offered, task) for task in tasks for offered in readings.decided_with(decision.entry_id, [task.pk])
        ]
        reviews = [
            w.new(Review, proposal=offered, verdict="withdrawn", task=task, reason=reason.strip())
            for offered, task in pairs or [(proposal, None)]
        ]
        w.record("withdraw_decision", [*reviews, *dropped])
        return reviews


def _check_begun(w: Writing, tasks: Sequence[Task]) -> None:
    n = readings.begun([task.pk for task in tasks], office_id=w.office.pk)
    if n:
        raise AlreadyBegun(
            ngettext(
                "On %(n)d duty of this somebody has already recorded a step. "
                "Tick that you know it, and withdraw again.",
                "On %(n)d duties of this somebody has already recorded steps. "
                "Tick that you know it, and withdraw again.",
                n,
            )
            % {"n": n}
        )


def _dropped(w: Writing, task: Task, reason: str) -> list[Change]:
    """Move every duty of a task to the state for work that is no longer owed, from today on."""
    states = definitions.states_of_class(task.workflow_id, "dropped", as_of=w.today)
    if not states:
        raise ReadingRefused(_("The workflow has no state for work that is no longer owed. Lay one down first."))
    owed = duties_standing(
        "state_class <> 'dropped' order by id",
        viewer=office_wide(w.office.pk),
        as_of=w.today,
        known_at=None,
        tasks=[task.pk],
    )
    return [
        w.new(Change, duty_id=duty.id, from_state=duty.state, to_state=states[0], effective_on=w.today, note=reason)
        for duty in owed
    ]
