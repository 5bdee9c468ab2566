"""Posts: who holds which from when to when, and which account is whose."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Agency, Holding, Person, Post, User
from dondoc.office.queries import people
from dondoc.rules.text import folded, sort_key, vi_date


class PostRefused(Refused):
    """A post cannot be held like this."""


def hold_post(
    *, name: str, title: str, agency: Agency | int, on: date, actor: Actor, until: date | None = None
) -> Holding:
    """Record that a person holds a post in an agency from a day on; known ones are not made anew.

    `agency` is the agency or its key. `until` is the first day on which the post is not held any more; empty while
    nobody knows.
    """
    require(actor, "administrator", "officer")
    name, title = " ".join(name.split()), " ".join(title.split())
    if not name or not title:
        raise PostRefused(_("A person needs a name, and the post a title. Write both."))
    if until is not None and until <= on:
        raise PostRefused(_("The post is held until a day behind the one on which it was taken up."))
    agency_id = agency if isinstance(agency, int) else agency.pk
    with writing(actor) as w:
        person, post = people.person(name, office_id=w.office.pk), people.post(title, agency_id=agency_id)
        if person is not None and post is not None and people.holds(person, post, on=on, until=until):
            raise PostRefused(_("%(name)s holds this post on that day already.") % {"name": name})
        made: list[Person | Post] = []
        if person is None:
            person = w.new(Person, office=w.office, name=name, folded=folded(name), sort_key=sort_key(name))
            made.append(person)
        if post is None:
            post = w.new(Post, agency_id=agency_id, title=title)
            made.append(post)
        holding = w.new(Holding, post=post, person=person, effective_on=on, until_on=until)
        w.record("hold_post", [*made, holding])
        return holding


def end_holding(holding_id: int, *, on: date, actor: Actor) -> Holding:
    """Record from which day on a post is not held any more; the first day of all says that it never was."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        held = people.holding(holding_id, office_id=w.office.pk)
        if held is None:
            raise PostRefused(_("Meanwhile this was ended or mended by somebody else. Reload the page to see it."))
        if on < held.effective_on:
            since = vi_date(held.effective_on)
            raise PostRefused(_("The post was taken up on %(day)s: it ends on that day or later.") % {"day": since})
        row = w.instead(held, until_on=on)
        w.record("end_holding", [row])
        return row


def tie_account(person_id: int, *, user_id: int | None, on: date, actor: Actor) -> None:
    """Say with which account a person signs in, so that the person is told of what he or she is named for.

    Without an account the tie is loosed. An account is one person's at a time.
    """
    require(actor, "administrator")
    with writing(actor) as w:
        person = people.person_of(person_id, office_id=w.office.pk)
        if person is None:
            raise PostRefused(_("There is no such person in this office."))
        if user_id is not None:
            account = people.account_here(user_id, office_id=w.office.pk, on=on)
            if account is None:
                raise PostRefused(_("There is no such account in this office. Choose one from the list."))
            if account.person_id not in (None, person.pk):
                raise PostRefused(
                    _("The account “%(account)s” is another person's. Loose it there first.") % {"account": account}
                )
        User.objects.filter(person=person).exclude(pk=user_id).update(person=None)
        User.objects.filter(pk=user_id).update(person=person)
        w.record("tie_account", [])
