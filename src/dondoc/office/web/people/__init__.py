"""People: signing in, posts and who holds them, and acting for another."""

from dondoc.office.web.people.accounts import AccountAdapter, PasswordForm
from dondoc.office.web.people.deputies import act, deputies, end, notice
from dondoc.office.web.people.posts import account, end_holding, posts

__all__ = ["AccountAdapter", "PasswordForm", "account", "act", "deputies", "end", "end_holding", "notice", "posts"]
