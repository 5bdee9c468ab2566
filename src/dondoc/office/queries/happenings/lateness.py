"""By how many days what documents, officers and the office itself lay down was entered late, and its ending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from dondoc.office.models import DocumentHeader
from dondoc.office.models.facts import Fact, known, late_by
from dondoc.rules.lateness import LateRule

T = TypeVar("T", bound=Fact)


def came_in(document: str = "", *, known_at: datetime | None) -> Coalesce:
    """Ask for the day on which a document came in: of documents, or of rows that name one in a column.

    What a document says cannot be entered before, so that only the days from then on are days late.
    """
    heads = known(DocumentHeader.objects.filter(document=OuterRef(document or "pk")), known_at=known_at)
    noted = F(f"{document}__received_on" if document else "received_on")
    return Coalesce(Subquery(heads.order_by("-id").values("received_on")[:1]), noted)


def formers(rows: Iterable[T]) -> dict[int, T]:
    """Give the rows that some facts replace, and those that these replace; asks nothing where none does."""
    found: dict[int, T] = {}
    wanted: list[Any] = list(rows)
    while ids := {row.replaces_id for row in wanted if row.replaces_id is not None}:
        before = type(wanted[0])._default_manager.in_bulk(ids)
        found |= before
        wanted = list(before.values())
    return found


def began_late(row: T, before: Mapping[int, T], *names: str, rule: LateRule, not_before: date = date.min) -> int:
    """Say by how many days it was entered late that a fact began: as it stands, by its own day and these columns."""
    on = max(row.effective_on, not_before)
    return late_by(on, _first(row, before, ("effective_on", *names)).recorded_at, rule)


def ended_late(row: T, before: Mapping[int, T], *, rule: LateRule, not_before: date = date.min) -> int:
    """Say by how many days it was entered late that a fact ended; 0 where it has no end."""
    if row.until_on is None:
        return 0
    return late_by(max(row.until_on, not_before), _first(row, before, ("until_on",)).recorded_at, rule)


def _first(row: Any, before: Mapping[int, Any], names: Iterable[str]) -> Any:
    """Give the first row that said the same: one that replaces it for another reason is not what entered it."""
    former = row
    while former is not None and all(getattr(former, name) == getattr(row, name) for name in names):
        row = former
        former = before.get(former.replaces_id) if former.replaces_id is not None else None
    return row
