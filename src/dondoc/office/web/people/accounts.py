"""Signing in and the password: accounts are made by an administrator, never by whoever comes by."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the door shut to self-made accounts, and says what is wrong in the words of this program."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account may not sign in any more. Ask the administrator of your office."),
        "enter_current_password": _("This is not your present password. Write it once more."),
        "incorrect_password": _("This is not your password. Write it once more."),
        "too_many_login_attempts": _("There were too many tries. Wait some minutes, then try again."),
        "rate_limited": _("There were too many tries. Wait some minutes, then try again."),
        "username_password_mismatch": _("The user name or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class PasswordForm(ChangePasswordForm):
    """One's own password: the present one, the new one, and the new one again."""

    def clean(self) -> dict[str, Any]:
        """Say it when the new password was not written alike both times."""
        first, again = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        cleaned: dict[str, Any] = super().clean()
        if first and again and first != again:
            said = _("This is not the same as the new password above. Write it once more.")
            self.errors["password2"] = self.error_class([said])
        return cleaned
