"""People: accounts, the roles they are given, persons, posts and who holds them."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Agency, Grant, Holding, Person, Post, User
from dondoc.office.queries import people
from dondoc.rules.text import folded, sort_key


class AccountRefused(Refused):
    """An account cannot be made like this."""


def add_account(
    *, username: str, password: str, full_name: str, role: str, agency: Agency | None, on: date, actor: Actor
) -> User:
    """Make an account with a role in the actor's office from a day on; an account of this name gets the role."""
    require(actor, "administrator")
    if role == "focal" and agency is None:
        raise AccountRefused(_("A focal point speaks for an agency. Choose which one."))
    user = User.objects.filter(username=username).first()
    if user is None:
        _check_password(password)
    with writing(actor) as w:
        if user is None:
            user = User.objects.create_user(username=username, password=password, full_name=full_name)
        grant = w.new(Grant, office=w.office, user=user, role=role, agency=agency, effective_on=on)
        w.record("grant_role", [grant])
    return user


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise AccountRefused(
            _("The password is too short or too common. Take at least 14 characters, such as a few words.")
        ) from error


def set_password(user: User, password: str, *, actor: Actor) -> None:
    """Give an account another password; who did so, and when, stands in the log, the password nowhere."""
    require(actor, "administrator")
    _check_password(password)
    with writing(actor) as w:
        user.set_password(password)
        user.save(update_fields=["password"])
        w.record("set_password", [])


def disable_account(user: User, *, on: date, actor: Actor) -> int:
    """End every role that an account has in the office from a day on; it sees nothing there any more."""
    require(actor, "administrator")
    with writing(actor) as w:
        ended = [_ended(w, grant, on=on) for grant in people.grants(user, office_id=w.office.pk, on=on)]
        w.record("disable_account", ended)
        return len(ended)


def revoke_role(grant: Grant, *, on: date, actor: Actor) -> None:
    """End a role that an account has, from a day on."""
    require(actor, "administrator")
    with writing(actor) as w:
        if not people.stands(grant.pk, office_id=w.office.pk):
            raise AccountRefused(_("This role has ended already, or was given by another office."))
        w.record("revoke_role", [_ended(w, grant, on=on)])


def _ended(w: Writing, grant: Grant, *, on: date) -> Grant:
    return w.new(
        Grant,
        office=w.office,
        user_id=grant.user_id,
        role=grant.role,
        agency_id=grant.agency_id,
        effective_on=min(grant.effective_on, on),
        until_on=on,
        replaces=grant,
    )


def hold_post(*, name: str, title: str, agency: Agency, on: date, actor: Actor) -> Holding:
    """Record that a person holds a post in an agency from a day on."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        person = w.new(Person, office=w.office, name=name, folded=folded(name), sort_key=sort_key(name))
        post = w.new(Post, agency=agency, title=title)
        holding = w.new(Holding, post=post, person=person, effective_on=on)
        w.record("hold_post", [person, post, holding])
        return holding
