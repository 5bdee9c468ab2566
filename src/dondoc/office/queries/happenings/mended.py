"""The steps of one duty among its records: what replaces what, what stands, and what stood before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dondoc.office.queries.happenings.rows import Row

# By which entries a step is written by itself: what a hand-over or a split brought along is mended with that.
BY_ITSELF = frozenset({"move_duty", "correct_change", "withdraw_change"})


class Steps:
    """The steps of one duty, newest first, each in the light of the others."""

    def __init__(self, rows: Sequence[Row]) -> None:
        steps = [row for row in rows if row.kind == "state"]
        self._by_id = {row.id: row for row in steps}
        self._later = {row.replaces: row for row in steps if row.replaces is not None}
        # Entries that ended steps of later days: what these say of the state before is how it was seen then.
        self._ending = {row.entry_id for row in steps if row.is_empty and row.replaced_in != row.entry_id}
        stand = [row for row in steps if row.replaced_in is None and not row.is_empty]
        self._former = {later.id: earlier for later, earlier in pairwise(stand)}

    def instead(self, row: Row) -> Row | None:
        """Give the record that replaces a step, where it is of a day up to the one that is shown."""
        return self._later.get(row.id) if row.kind == "state" else None

    def is_restored(self, row: Row) -> bool:
        """Say whether a step counts again that another one had made void."""
        former = self._by_id.get(row.replaces or 0) if row.kind == "state" and not row.is_empty else None
        return former is not None and former.is_empty and former.entry_id != row.entry_id

    def says_no_day(self, row: Row) -> bool:
        """Say whether a record takes a step back, or repeats one of the same day: that one said when it was entered."""
        if row.kind != "state" or row.replaces is None:
            return False
        former = self._by_id.get(row.replaces)
        if former is not None and former.is_empty:
            former = self._by_id.get(former.replaces or 0)
        return row.is_empty or (former is not None and (former.on, former.said["to"]) == (row.on, row.said["to"]))

    def may_mend(self, row: Row) -> bool:
        """Say whether a step stands and was recorded by itself, so that it can be corrected or withdrawn."""
        stands = row.kind == "state" and row.replaced_in is None and not row.is_empty
        return stands and bool(row.said["from"]) and row.action in BY_ITSELF

    def before(self, row: Row) -> str:
        """Give the state before a step: that of the step which now stands before it, else as it was recorded."""
        former = self._former.get(row.id)
        said: str = row.said["from"]
        if row.is_empty:
            return ""
        if not said or former is None or (row.entry_id in self._ending and row.replaces is None):
            return said
        state: str = former.said["to"]
        return state
