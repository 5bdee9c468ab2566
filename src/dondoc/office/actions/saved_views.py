"""Keeping a list of tasks under a name, for oneself or for the office. It is no record: the log says nothing of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused
from dondoc.office.actions.history import writing
from dondoc.office.models import SavedView
from dondoc.office.queries import saved_views

MOST = 100  # lists that one person keeps in an office
LONGEST_NAME, LONGEST_QUERY = 120, 2000


class ViewRefused(Refused):
    """A list cannot be kept like this."""


def save_view(*, name: str, query: str, is_shared: bool, actor: Actor) -> SavedView:
    """Keep a list under a name; the person's own list of that name becomes this one."""
    user_id = _person(actor)
    name = _name(name)
    if len(query) > LONGEST_QUERY:
        raise ViewRefused(_("This list asks for too much to be kept. Take a filter away."))
    with writing(actor) as w:
        row = saved_views.named(name, user_id=user_id, office_id=w.office.pk)
        if row is None:
            if saved_views.count(user_id=user_id, office_id=w.office.pk) >= MOST:
                raise ViewRefused(_("You keep %(most)d lists already. Delete one first.") % {"most": MOST})
            row = SavedView(office=w.office, user_id=user_id, name=name)
        row.query, row.is_shared, row.made_at = query, is_shared, w.now
        row.save()
        return row


def change_view(view_id: int, *, name: str, is_shared: bool, actor: Actor) -> SavedView:
    """Rename a list, share it with the office or keep it to oneself again."""
    name = _name(name)
    with writing(actor) as w:
        row = _own(view_id, actor)
        taken = saved_views.named(name, user_id=row.user_id, office_id=w.office.pk)
        if taken is not None and taken.pk != row.pk:
            raise ViewRefused(_("There is a list “%(name)s” already. Choose another name.") % {"name": name})
        row.name, row.is_shared = name, is_shared
        row.save()
        return row


def delete_view(view_id: int, *, actor: Actor) -> None:
    """Delete a list that was kept; the tasks on it stay as they are."""
    with writing(actor):
        _own(view_id, actor).delete()


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise ViewRefused(_("A list is kept by a person who has signed in."))
    return actor.user_id


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ViewRefused(_("Give the list a name of at most %(most)d letters.") % {"most": LONGEST_NAME})
    return name


def _own(view_id: int, actor: Actor) -> SavedView:
    row = saved_views.own(view_id, viewer=actor.viewer)
    if row is None:
        raise ViewRefused(_("Only whoever made a list changes it; a shared one also the administrator."))
    return row
