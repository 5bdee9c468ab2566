"""Acting for another: one account stands in for another for some days, with its rights, under its own name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import Deputy
from dondoc.office.queries import people
from dondoc.rules.text import vi_date


class DeputyRefused(Refused):
    """Nobody can stand in for somebody like this."""


@dataclass(frozen=True, slots=True)
class NewDeputy:
    """Who stands in for whom, from the first to the last day, and why."""

    user_id: int
    deputy_id: int
    first: date
    last: date
    reason: str = ""


def lay_down_deputy(new: NewDeputy, *, actor: Actor) -> Deputy:
    """Lay down that somebody stands in for another for some days: done by that person, or by an administrator."""
    if actor.viewer.stands_for_id is not None:
        raise DeputyRefused(_("You are acting for somebody yourself. Stop that first, then say who stands in for you."))
    if not (actor.viewer.role == "administrator" or actor.user_id == new.user_id):
        raise DeputyRefused(_("Who stands in for somebody is said by that person or by an administrator."))
    with writing(actor) as w:
        _check_days(new, today=w.today)
        _check_people(new, w)
        _check_chain(new, office_id=w.office.pk)
        row = w.new(
            Deputy,
            office=w.office,
            user_id=new.user_id,
            deputy_id=new.deputy_id,
            effective_on=new.first,
            until_on=new.last + timedelta(days=1),
            reason=new.reason.strip()[:300],
        )
        w.record("lay_down_deputy", [row])
        days = f"{vi_date(new.first)}–{vi_date(new.last)}"
        notify(w, [News("deputy_named", user_ids=(new.user_id, new.deputy_id), words=days, url="/deputies/")])
        return row


def _check_days(new: NewDeputy, *, today: date) -> None:
    if new.first < today:
        raise DeputyRefused(_("Nobody can have acted for somebody yesterday. Begin today or later."))
    if new.last < new.first:
        raise DeputyRefused(_("The last day must not come before the first."))


def _check_people(new: NewDeputy, w: Writing) -> None:
    """Make sure that both have a role in the office, and that whoever stands in is of the same circle."""
    if new.user_id == new.deputy_id:
        raise DeputyRefused(_("Nobody stands in for himself. Choose somebody else."))
    may = {one.id for one in people.fit_to_act(new.user_id, office_id=w.office.pk, on=new.first)}
    if w.actor.viewer.role == "administrator":
        may = {one.id for one in people.accounts_of(w.office.pk, on=new.first)}
    if new.deputy_id not in may or people.account_here(new.user_id, office_id=w.office.pk, on=new.first) is None:
        raise DeputyRefused(
            _("This account cannot stand in: it needs a role in the office, or for a focal point in the same agency.")
        )


def _check_chain(new: NewDeputy, *, office_id: int) -> None:
    """Make sure that nobody becomes the deputy of a deputy, in either order of laying it down."""
    between = partial(people.deputies_between, office_id=office_id, first=new.first, until=new.last + timedelta(days=1))
    if between(user_id=new.user_id, deputy_id=new.deputy_id):
        raise DeputyRefused(_("This person stands in already on some of these days. End that first."))
    if between(deputy_id=new.user_id):
        raise DeputyRefused(
            _("Whoever acts for somebody else on these days cannot be stood in for: there is no deputy of a deputy.")
        )
    if between(user_id=new.deputy_id):
        raise DeputyRefused(
            _("Somebody stands in for this deputy on some of these days: there is no deputy of a deputy.")
        )


def end_deputy(deputy_id: int, *, actor: Actor) -> Deputy:
    """End from today on that somebody stands in for another: by either of the two, or by an administrator."""
    with writing(actor) as w:
        found = people.deputy(deputy_id, office_id=w.office.pk)
        if found is None or (found.until_on is not None and found.until_on <= w.today):
            raise DeputyRefused(_("This has ended already. Reload the page to see it."))
        own = actor.user_id in (found.user_id, found.deputy_id) and actor.viewer.stands_for_id is None
        if not (own or (actor.viewer.role == "administrator" and actor.viewer.stands_for_id is None)):
            raise DeputyRefused(_("This is ended by one of the two persons or by an administrator, not by a deputy."))
        row = w.instead(found, effective_on=min(found.effective_on, w.today), until_on=w.today)
        w.record("end_deputy", [row])
        notify(w, [News("deputy_ended", user_ids=(found.user_id, found.deputy_id), url="/deputies/")])
        return row
