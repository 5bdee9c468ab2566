"""Lists of tasks that somebody kept under a name: one's own, and those shared with the office."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import SavedView


class NoSuchView(Refused):
    """The list does not exist, or is another person's own."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A kept list: its name, what its address asks for, whose it is."""

    id: int
    name: str
    query: str
    is_shared: bool
    is_mine: bool
    owner: str

    @property
    def url(self) -> str:
        return f"/tasks/views/{self.id}/"


def _visible(viewer: Viewer) -> QuerySet[SavedView]:
    rows = SavedView.objects.filter(office_id=viewer.office_id)
    return rows.filter(Q(user_id=viewer.user_id) | Q(is_shared=True))


def _row(row: SavedView, viewer: Viewer) -> ViewRow:
    return ViewRow(row.pk, row.name, row.query, row.is_shared, row.user_id == viewer.user_id, str(row.user))


def views(*, viewer: Viewer) -> list[ViewRow]:
    """List the kept lists that somebody may open: the own ones first, then those shared with the office."""
    found = [_row(row, viewer) for row in _visible(viewer).select_related("user").order_by("name", "pk")]
    return sorted(found, key=lambda row: not row.is_mine)


def view(view_id: int, *, viewer: Viewer) -> ViewRow:
    """Give one kept list that somebody may open."""
    row = _visible(viewer).filter(pk=view_id).select_related("user").first()
    if row is None:
        raise NoSuchView(_("There is no such list, or whoever made it keeps it to themselves."))
    return _row(row, viewer)


def own(view_id: int, *, viewer: Viewer) -> SavedView | None:
    """Give a list of a person's own, for the action that changes it; an administrator's reach is what is shared."""
    may = Q(user_id=viewer.user_id)
    if viewer.role == "administrator":
        may |= Q(is_shared=True)
    return SavedView.objects.filter(may, office_id=viewer.office_id, pk=view_id).first()


def named(name: str, *, user_id: int, office_id: int) -> SavedView | None:
    """Find a person's own list by its name."""
    return SavedView.objects.filter(user_id=user_id, office_id=office_id, name=name).first()


def count(*, user_id: int, office_id: int) -> int:
    """Count the lists that a person keeps in an office."""
    return SavedView.objects.filter(user_id=user_id, office_id=office_id).count()
