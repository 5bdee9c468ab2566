"""What happened to a duty, in plain words: every record that is about it, whatever its table, newest first."""

from dondoc.office.queries.happenings.listing import history, last_moved, said_at, since
from dondoc.office.queries.happenings.rows import (
    Happening,
    ProductRow,
    Recent,
    Row,
    recorded_since,
)

__all__ = [
    "Happening",
    "ProductRow",
    "Recent",
    "Row",
    "history",
    "last_moved",
    "recorded_since",
    "said_at",
    "since",
]
