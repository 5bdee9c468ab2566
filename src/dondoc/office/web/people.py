"""Signing in: accounts are made by an administrator, never by whoever comes by."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the door shut to self-made accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
