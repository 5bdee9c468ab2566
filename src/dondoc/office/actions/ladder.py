"""The ladder of urging: an office lays its own steps down from a day on, or goes back to those of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import LadderStep
from dondoc.office.queries import ladder
from dondoc.rules.ladder import WHATS, LadderRefused, Step, check, in_order
from dondoc.rules.urges import kinds


class StepsRefused(Refused):
    """These steps cannot be laid down like this; the message says which and what to change."""


def lay_down_ladder(steps: Sequence[Step], *, on: date, actor: Actor) -> list[LadderStep]:
    """Lay down the steps of an office's own ladder from a day on; they replace whatever held or was to hold then.

    No steps at all: from that day on the steps of the program hold again. `on` is today or later, so that no letter
    that was sent stands on a ladder that did not hold yet.
    """
    require(actor, "administrator")
    with writing(actor) as w:
        if on < w.today:
            raise StepsRefused(_("Steps hold from today or from a later day on. Choose such a day."))
        _check(steps, on=on)
        former = ladder.own_rows(office_id=w.office.pk, since=on)
        if not steps and not former:
            raise StepsRefused(_("The office has no steps of its own: those of the program hold already."))
        ended = [_ended(w, row, on=on) for row in former]
        made = [_row(w, step, on=on) for step in in_order(steps)]
        w.record("lay_down_ladder", [*ended, *made])
        return made


def _check(steps: Sequence[Step], *, on: date) -> None:
    known = {way.key for way in kinds(on=on)}
    for step in steps:
        if step.what not in WHATS or (step.is_pressed and step.urge_kind not in known):
            raise StepsRefused(_("Choose for the step “%(step)s” what it is from the list.") % {"step": step.label})
        if step.answer_days is not None and not 1 <= step.answer_days <= 60:
            raise StepsRefused(
                _("The step “%(step)s” waits between 1 and 60 working days for an answer.") % {"step": step.label}
            )
    try:
        check(steps)
    except LadderRefused as refusal:
        raise StepsRefused(str(refusal)) from refusal


def _ended(w: Writing, row: LadderStep, *, on: date) -> LadderStep:
    """End a former step: it holds until the day before; one that had not begun yet never holds."""
    return w.instead(row, until_on=max(on, row.effective_on))


def _row(w: Writing, step: Step, *, on: date) -> LadderStep:
    step = replace(step, label=step.label.strip(), urge_kind=step.urge_kind if step.is_pressed else "")
    return w.new(
        LadderStep,
        office=w.office,
        key=step.key,
        label=step.label,
        what=step.what,
        urge_kind=step.urge_kind,
        after_days=step.after_days,
        answer_days=step.answer_days if step.is_pressed else None,
        effective_on=on,
    )
