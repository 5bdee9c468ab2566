"""Changes of duties that were entered wrongly: mended, or taken back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, require
from dondoc.office.actions.duties.refusals import ChangedMeanwhile, DutyRefused
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Change
from dondoc.office.queries import definitions, duties


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
        empty = w.instead(change, until_on=change.effective_on, note=note, document_id=None, original_id=None)
        w.record("withdraw_change", [empty])
        return empty


def _standing_change(w: Writing, change: Change) -> Change:
    """Give a change of this office as it is under the lock; refuse one that was corrected or withdrawn meanwhile."""
    found = duties.change(change.pk, office_id=w.office.pk)
    if found is None:
        raise ChangedMeanwhile(_("Meanwhile this entry was corrected or withdrawn. Look at its history again."))
    return found
