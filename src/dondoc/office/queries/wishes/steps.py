"""Which step a row of a list may take next: forward and back, by whoever looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.office.access import ASSIGNERS, Viewer, acts_for
from dondoc.office.queries.definitions import Flows, NextState
from dondoc.office.queries.duties import OPEN
from dondoc.office.queries.wishes.rows import ListRow

ONWARD = ("waiting", "active", "done")  # what the straight way leads through; the rest is chosen by name


@dataclass(frozen=True, slots=True)
class Steps:
    """The states into which a row may go: the nearest before it, the nearest behind it, and all of them."""

    back: NextState | None
    forward: NextState | None
    all: tuple[NextState, ...]


def steps(rows: Sequence[ListRow], *, viewer: Viewer, as_of: date) -> dict[int, Steps]:
    """Say for each duty into which states this person may move it on a day."""
    flows = Flows(row.workflow_id for row in rows)
    return {row.duty.id: _steps(row, flows, viewer=viewer, as_of=as_of) for row in rows}


def _steps(row: ListRow, flows: Flows, *, viewer: Viewer, as_of: date) -> Steps:
    assigns = viewer.role in ASSIGNERS
    flow = flows.on(row.workflow_id, as_of)
    mine = acts_for(viewer, row.duty.agency_id) and (assigns or row.duty.state_class in OPEN)
    if not mine or row.duty.state not in flow.ranks:
        return Steps(None, None, ())
    rank = flow.ranks[row.duty.state]
    found = flow.next_states(row.duty.state, assigns=assigns)
    straight = [state for state in found if state.state_class in ONWARD]
    # What must say why is an exception (sent back, put off): it is chosen by name, not on the straight way on.
    later = [state for state in straight if flow.ranks[state.code] > rank and not state.rule.needs_reason]
    earlier = [state for state in straight if flow.ranks[state.code] < rank]
    return Steps(earlier[-1] if earlier else None, later[0] if later else None, tuple(found))
