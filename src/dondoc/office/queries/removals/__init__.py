"""Removals: documents that were withdrawn or expunged, and what hangs on a document."""

from dondoc.office.queries.removals.reach import reach
from dondoc.office.queries.removals.told import (
    Asked,
    Consequences,
    Expunged,
    Gone,
    Removal,
    asked,
    backups,
    consequences,
    is_expunged,
    removal,
    tasks_of,
    withdrawn,
)

__all__ = [
    "Asked",
    "Consequences",
    "Expunged",
    "Gone",
    "Removal",
    "asked",
    "backups",
    "consequences",
    "is_expunged",
    "reach",
    "removal",
    "tasks_of",
    "withdrawn",
]
