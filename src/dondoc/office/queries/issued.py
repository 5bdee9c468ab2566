"""Reports that the office has issued, as they were printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Issued


class NoSuchIssue(Refused):
    """The report was not issued by the viewer's office."""


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """An issued report in a list."""

    id: int
    title: str
    as_of: date
    issued_on: date
    recorded_at: datetime
    actor: str
    sha256: str


def issued(*, viewer: Viewer) -> list[IssuedRow]:
    """List the reports that the viewer's office has issued, newest first; an agency's focal point sees none."""
    if not viewer.sees_all:
        return []
    rows = Issued.objects.filter(office_id=viewer.office_id).select_related("entry").defer("content", "text")
    return [
        IssuedRow(r.pk, r.title, r.as_of, r.issued_on, r.recorded_at, r.entry.actor_name, r.sha256)
        for r in rows.order_by("-recorded_at", "-id")
    ]


def content(issued_id: int, *, viewer: Viewer) -> tuple[str, bytes]:
    """Give the printed bytes of an issued report, exactly as they were issued, and its title."""
    row = Issued.objects.filter(pk=issued_id, office_id=viewer.office_id).first() if viewer.sees_all else None
    if row is None:
        raise NoSuchIssue(_("There is no such report, or it belongs to another office."))
    if not row.content:
        raise NoSuchIssue(_("This report was destroyed with a document that was found secret."))
    return row.title, bytes(row.content)
