"""Accounts: made by an administrator, with a role in the office for a period."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Agency, Grant, User
from dondoc.office.queries import people


class AccountRefused(Refused):
    """An account cannot be made like this."""


LONGEST_USER_NAME = 150
_UNFIT = _("“%(name)s” is no user name. Take letters, digits and . _ - @ +, without spaces.")


class LongEnough(MinimumLengthValidator):
    """A password has enough characters; said in the words of this program."""

    def get_error_message(self) -> str:
        """Say how many characters there have to be."""
        return ngettext(
            "This password is too short. Take at least %(count)d character.",
            "This password is too short. Take at least %(count)d characters.",
            self.min_length,
        ) % {"count": self.min_length}


class NotCommon(CommonPasswordValidator):
    """A password is none of those that everybody tries first; said in the words of this program."""

    def get_error_message(self) -> str:
        """Say what to do instead."""
        return str(
            _("This password is one of those that are tried first. Take a few words that do not belong together.")
        )


def add_account(
    *, username: str, password: str, full_name: str, role: str, agency: Agency | None, on: date, actor: Actor
) -> User:
    """Make an account with a role in the actor's office from a day on; an account of this name gets the role."""
    require(actor, "administrator")
    if role == "focal" and agency is None:
        raise AccountRefused(_("A focal point speaks for an agency. Choose which one."))
    username = _user_name(username)
    if people.account_row(username) is None:
        _check_password(password)
    with writing(actor) as w:
        user = people.account_row(username) or _new_account(username, password, full_name)
        held = people.grants(user, office_id=w.office.pk, on=on)
        if any((grant.role, grant.agency_id) == (role, agency and agency.pk) for grant in held):
            raise AccountRefused(
                _("The account “%(name)s” has this role already. Choose another user name, or another role.")
                % {"name": username}
            )
        grant = w.new(Grant, office=w.office, user=user, role=role, agency=agency, effective_on=on)
        w.record("grant_role", [grant])
    return user


def _user_name(text: str) -> str:
    """Give a user name as it is kept; refused where nobody could sign in with it."""
    name = text.strip()
    try:
        User.username_validator(name)
    except ValidationError as error:
        raise AccountRefused(_UNFIT % {"name": name[:60]}) from error
    if len(name) > LONGEST_USER_NAME:
        raise AccountRefused(_UNFIT % {"name": name[:60]})
    return name


def _new_account(username: str, password: str, full_name: str) -> User:
    """Make an account; when another office makes one of this name in the same moment, one of the two is refused."""
    try:
        with transaction.atomic():
            return User.objects.create_user(username=username, password=password, full_name=full_name)
    except IntegrityError as error:
        raise AccountRefused(
            _("The user name “%(name)s” was taken just now by somebody else. Choose another one.") % {"name": username}
        ) from error


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
    return w.instead(grant, effective_on=min(grant.effective_on, on), until_on=on)
