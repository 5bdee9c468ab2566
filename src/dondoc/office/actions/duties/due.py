"""Due days of duties, set anew by the office that assigned the work."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, require
from dondoc.office.actions.dues import due_row
from dondoc.office.actions.duties.refusals import DayRefused, DutyRefused
from dondoc.office.actions.history import writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import Duty, DutyDue
from dondoc.office.queries import duties
from dondoc.rules.deadlines import DueRule
from dondoc.rules.text import vi_date


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
        row = due_row(w, duty.pk, rule, words=words, on=on)
        w.record("set_due", [row])
        notify(w, [News("due_changed", row.duty_id, vi_date(row.last_day) if row.last_day else "")])
        return row


def change_due(duty_id: int, due: DueRule | date | None, *, words: str, actor: Actor) -> DutyDue:
    """Set another due day of an open duty from today on, or none, and say why; each duty of a task has its own."""
    require(actor, "administrator", "officer")
    if not words.strip():
        raise DutyRefused(_("Say why the due day is changed: the agency will read it."))
    rule = DueRule("day", due) if isinstance(due, date) else due or DueRule("none")
    with writing(actor) as w:
        duty = duties.standing_duty(duty_id, office_id=w.office.pk, as_of=w.today)
        if duty.state_class not in duties.OPEN:
            raise DutyRefused(_("This work is closed or put off: nothing is to be done in it."))
        row = due_row(w, duty.id, rule, words=words, on=w.today)
        day = row.last_day
        if day == duty.due_on and rule.kind in {"day", "none"}:
            raise DutyRefused(_("This is the due day already. Choose another one."))
        if day is not None and day < duty.assigned_on:
            raise DutyRefused(_("The due day lies before the day from which the agency has the work."))
        w.record("set_due", [row])
        notify(w, [News("due_changed", row.duty_id, vi_date(row.last_day) if row.last_day else "")])
        return row
