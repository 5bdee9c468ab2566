"""People: accounts and their roles, posts and who holds them, and who acts for whom."""

from dondoc.office.actions.people.accounts import (
    AccountRefused,
    LongEnough,
    NotCommon,
    add_account,
    disable_account,
    revoke_role,
    set_password,
)
from dondoc.office.actions.people.deputies import DeputyRefused, NewDeputy, end_deputy, lay_down_deputy
from dondoc.office.actions.people.posts import PostRefused, end_holding, hold_post, tie_account

__all__ = [
    "AccountRefused",
    "DeputyRefused",
    "LongEnough",
    "NewDeputy",
    "NotCommon",
    "PostRefused",
    "add_account",
    "disable_account",
    "end_deputy",
    "end_holding",
    "hold_post",
    "lay_down_deputy",
    "revoke_role",
    "set_password",
    "tie_account",
]
