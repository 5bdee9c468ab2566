"""Reminders: what the ladder sends by itself, once a day, to whoever bears a duty or holds it up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, office_wide, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import Reminder
from dondoc.office.queries import agencies, ladder
from dondoc.office.queries.ladder import LadderRow
from dondoc.rules.ladder import reminder


class RemindersRefused(Refused):
    """Reminders cannot be sent for this day."""


def send_reminders(*, on: date, actor: Actor) -> list[Reminder]:
    """Send the reminders that have come by a day, in one batch; whoever asks twice on a day sends nothing twice.

    They go to the agency that bears the duty. Where an agency of the register holds it up by an obstacle, that agency
    is reminded instead; where somebody outside or a coordinator does, nobody is: a coordinator has a ladder of its own.
    What is due is looked up again under the office's lock, so nothing goes out for work that closed meanwhile.
    """
    require(actor, "administrator", "officer")
    ids = [row.duty.id for row in _due(actor, on=on, ids=None)]
    if not ids:
        return []
    with writing(actor) as w:
        if on > w.today:
            raise RemindersRefused(_("That day has not come yet. A reminder is sent on its day."))
        due = list(_due(actor, on=on, ids=ids))
        receivers = {row.duty.id: _receiver(row) for row in due}
        called = agencies.names(receivers.values(), as_of=on, known_at=None)
        w.reserve(Reminder, len(due))
        rows = [
            w.new(
                Reminder,
                duty_id=row.duty.id,
                agency_id=receivers[row.duty.id],
                step=row.step.key,
                on=on,
                due_on=row.duty.due,
                text=reminder(
                    called[receivers[row.duty.id]][0],
                    title=row.duty.title,
                    due_on=row.duty.due or on,
                    today=on,
                    held_up_for=row.duty.agency if row.hold else "",
                ),
            )
            for row in due
        ]
        w.record_many([("send_reminder", [row]) for row in rows])
        notify(w, [_news(row, by_name=receivers) for row in due])
        return rows


def _due(actor: Actor, *, on: date, ids: list[int] | None) -> Iterable[LadderRow]:
    """List the duties of which the program reminds on a day."""
    whole = office_wide(actor.office_id)
    for row in ladder.standing(viewer=whole, as_of=on, known_at=None, ids=ids):
        held = row.rung.why == "held_up" and row.hold is not None and row.hold.remover_id is not None
        if row.is_reminder and (row.rung.why == "due" or (held and not row.was_sent_on(on))):
            yield row


def _receiver(row: LadderRow) -> int:
    return row.hold.remover_id if row.hold and row.hold.remover_id is not None else row.duty.agency_id


def _news(row: LadderRow, *, by_name: dict[int, int]) -> News:
    if row.hold is not None:
        return News("obstacle_reminder", row.duty.id, row.step.label, agency_id=by_name[row.duty.id])
    return News("reminder", row.duty.id, row.step.label)
