"""Urges: an agency is reminded of a duty, or of a clause of which nothing was made; what was said never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, office_wide, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Urge
from dondoc.office.queries import agencies, clauses, duties, urges
from dondoc.rules.text import vi_date
from dondoc.rules.urges import UnknownWay, channel, kind


class UrgeRefused(Refused):
    """An agency cannot be urged like this."""


class NothingToUrge(UrgeRefused):
    """What is to be urged was done meanwhile, or was never owed."""


@dataclass(frozen=True, slots=True)
class NewUrge:
    """What is said to an agency: of which kind, by which channel, in which words, to be answered by when."""

    kind: str
    channel: str
    text: str
    answer_by: date | None = None


def urge_clause(clause_id: int, new: NewUrge, *, agency_id: int, on: date, actor: Actor) -> Urge:
    """Urge an agency about a clause of which nothing has been made; refused when something has been made meanwhile."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        _check(new, on=on, today=w.today)
        whole = office_wide(w.office.pk)
        clause = clauses.clause(clause_id, viewer=whole, as_of=w.today, known_at=None)
        if not clause.is_counted:
            raise NothingToUrge(_("This clause only carries others, or tells how things are. Urge one that asks."))
        if not clause.has_nothing:
            raise NothingToUrge(
                _("Meanwhile something was made of clause %(clause)s: look at it before you urge.")
                % {"clause": clause.address}
            )
        former = agencies.agency(agency_id, viewer=whole, as_of=on, known_at=None)
        if former.ended_on is not None and former.ended_on <= on:
            raise UrgeRefused(_("%(agency)s does not exist any more. Urge who follows it.") % {"agency": former.name})
        return _urge(w, new, agency=agency_id, on=on, clause=clause_id)


def urge_duty(duty_id: int, new: NewUrge, *, on: date, actor: Actor) -> Urge:
    """Urge the agency that bears a duty; refused when the duty is not open any more."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        _check(new, on=on, today=w.today)
        duty = duties.duty(duty_id, viewer=office_wide(w.office.pk), as_of=w.today, known_at=None)
        if duty.state_class not in duties.OPEN:
            raise NothingToUrge(
                _("Meanwhile this duty is “%(state)s”: there is nothing to urge.") % {"state": duty.state_label}
            )
        return _urge(w, new, agency=duty.agency_id, on=on, duty=duty_id)


def _check(new: NewUrge, *, on: date, today: date) -> None:
    if not new.text.strip():
        raise UrgeRefused(_("The letter is empty. Write what is asked of the agency."))
    if on > today:
        raise UrgeRefused(_("That day has not come yet. An urge is recorded when it has been sent."))
    try:
        kind(new.kind, on=on), channel(new.channel, on=on)
    except UnknownWay as unknown:
        raise UrgeRefused(str(unknown)) from unknown
    if new.answer_by is not None and new.answer_by <= on:
        raise UrgeRefused(_("The day of the answer must come after the day of the letter."))


def _urge(
    w: Writing, new: NewUrge, *, agency: int, on: date, clause: int | None = None, duty: int | None = None
) -> Urge:
    about: dict[str, Any] = {"office_id": w.office.pk, "agency": agency, "clause": clause, "duty": duty}
    number, day = urges.last(**about)
    if day is not None and on <= day:
        raise UrgeRefused(
            _("This agency was urged about it on %(day)s already: the next urge is of a later day.")
            % {"day": vi_date(day)}
        )
    row = w.new(
        Urge,
        office=w.office,
        clause_id=clause,
        duty_id=duty,
        agency_id=agency,
        number=number + 1,
        kind=new.kind,
        channel=new.channel,
        urged_on=on,
        answer_by=new.answer_by,
        text=new.text.strip(),
    )
    w.record("urge_clause" if clause is not None else "urge_duty", [row])
    return row
