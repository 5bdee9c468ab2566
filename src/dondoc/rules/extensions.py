"""When a later due day may be asked for and granted.

Peers' rule, no regulation was found: later than the present last day, not later than that of the work it is part of,
and from a certain number on marked for whoever decides (parameter "flagged_extension").
"""

from __future__ import annotations

from datetime import date
from typing import Literal

Hindrance = Literal["no_due_day", "not_later", "beyond_parent"]


def hindrance(*, present: date | None, wanted: date, parent: date | None) -> Hindrance | None:
    """Say what speaks against a new last day; None when nothing does.

    `present` is the last day now (None: the duty has none, so there is nothing to extend), `parent` the last day of
    the work that this duty is part of (None: no limit).
    """
    if present is None:
        return "no_due_day"
    if wanted <= present:
        return "not_later"
    return "beyond_parent" if parent is not None and wanted > parent else None


def is_flagged(number: int, *, flagged: int) -> bool:
    """Say whether the how many-th extension of a duty is one to look at twice; `flagged` is the first of these (the
    parameter "flagged_extension", or the office's own)."""
    return number >= flagged
