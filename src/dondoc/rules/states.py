"""Which state holds on a day, as it was known at an instant, and which moves a workflow allows.

Two clocks: a fact is true from `effective_on` until before `until_on` (open when None), and the office has
known it since `recorded_at`. Facts are appended; a correction is a later fact whose `replaces` names the
corrected one, and a correction with the empty period [d, d) withdraws it. The SQL twins in `office/queries`
answer the same cases (`tests/cases/states.yaml`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar

StateClass = Literal["waiting", "active", "done", "deferred", "dropped"]

OPEN_CLASSES: frozenset[StateClass] = frozenset({"waiting", "active"})
"""Classes whose duties can come due. A duty deferred beyond its period is neither late nor done."""


class DatedFact(Protocol):
    """What every two-clock record shows of itself: its period, when it was learned, what it corrects."""

    @property
    def id(self) -> int: ...
    @property
    def effective_on(self) -> date: ...
    @property
    def until_on(self) -> date | None: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def replaces(self) -> int | None: ...


FactT = TypeVar("FactT", bound=DatedFact)


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """One recorded change: this duty is in `state` from `effective_on` until before `until_on`."""

    id: int
    state: str
    effective_on: date
    until_on: date | None
    recorded_at: datetime
    replaces: int | None = None


def facts_known(facts: Iterable[FactT], *, known_at: datetime | None) -> tuple[FactT, ...]:
    """Keep what the office held to be true at an instant: recorded by then and not corrected by then.

    A corrected fact stays out even when its correction is corrected in turn. Without an instant: all that is
    recorded. Order is kept.
    """
    recorded = [fact for fact in facts if known_at is None or fact.recorded_at <= known_at]
    replaced = {fact.replaces for fact in recorded if fact.replaces is not None}
    return tuple(fact for fact in recorded if fact.id not in replaced)


def facts_as_of(facts: Iterable[FactT], *, as_of: date, known_at: datetime | None) -> tuple[FactT, ...]:
    """List all facts that were true on a day as it was known at an instant, the strongest first.

    The strongest has the latest `effective_on`, then the later `recorded_at`, then the higher id.
    """
    true = [
        fact
        for fact in facts_known(facts, known_at=known_at)
        if fact.effective_on <= as_of and (fact.until_on is None or as_of < fact.until_on)
    ]
    return tuple(sorted(true, key=lambda fact: (fact.effective_on, fact.recorded_at, fact.id), reverse=True))


def fact_as_of(facts: Iterable[FactT], *, as_of: date, known_at: datetime | None) -> FactT | None:
    """Find the one fact that holds on a day (a name, a due day, a definition, a bearer), or None if none is
    recorded.

    For facts of which one holds at a time. When a fact of limited period ends, the older open one holds
    again.
    """
    found = facts_as_of(facts, as_of=as_of, known_at=known_at)
    return found[0] if found else None


def state_as_of(changes: Iterable[ChangeFact], *, as_of: date, known_at: datetime | None) -> str | None:
    """Tell the state of a duty on a day as it was known at an instant; None means "not recorded", never "not
    begun"."""
    change = fact_as_of(changes, as_of=as_of, known_at=known_at)
    return change.state if change else None


@dataclass(frozen=True, slots=True)
class DutyState:
    """The state of one lead duty on the day asked about; None while nothing is recorded of it."""

    id: int
    state: str | None


class UnknownState(ValueError):
    """A state that the workflow does not have."""

    def __init__(self, state: str) -> None:
        super().__init__(
            f"Quy trình không có trạng thái “{state}”. Hãy bổ sung trạng thái này vào quy trình hoặc sửa lại bản ghi."
        )
        self.state = state


def task_state(duty_states: Iterable[DutyState], rank: Mapping[str, int]) -> str | None:
    """Tell a task's state from its lead duties: the least advanced one, so a task is done only when all leads
    are done.

    `rank` is the workflow's order of its states, the least advanced lowest; "dropped" states rank highest, so
    that a withdrawn co-lead does not hold the task. Equal ranks are decided by the lower duty id. Leads of
    which nothing is recorded are left out; None when that leaves none. Raises UnknownState for a state
    without a rank.
    """
    least: tuple[int, int, str] | None = None
    for duty in duty_states:
        if duty.state is None:
            continue
        if duty.state not in rank:
            raise UnknownState(duty.state)
        candidate = (rank[duty.state], duty.id, duty.state)
        least = candidate if least is None else min(least, candidate)
    return least[2] if least else None


class MoveRefused(ValueError):
    """A move that the workflow does not allow: what was asked, why it is refused, what can be done next."""

    def __init__(self, *, what: str, why: str, what_next: str) -> None:
        super().__init__(f"{what} {why} {what_next}")
        self.what = what
        self.why = why
        self.what_next = what_next


def check_move(
    workflow_moves: Collection[tuple[str | None, str]] | Collection[tuple[str, str]],
    from_state: str | None,
    to_state: str,
    *,
    labels: Mapping[str, str] | None = None,
) -> None:
    """Refuse a change of state that the workflow does not list.

    `workflow_moves` holds pairs (from, to); from None is the first state of a new duty. `labels` are the
    words shown for the states. Staying in a state is a move like any other. Raises MoveRefused.
    """
    if (from_state, to_state) in workflow_moves:
        return

    def label(state: str | None) -> str:
        if state is None:
            return "chưa giao"
        return (labels or {}).get(state, state)

    allowed = sorted(label(to) for start, to in workflow_moves if start == from_state)
    choices = ", ".join(f"“{choice}”" for choice in allowed)
    raise MoveRefused(
        what=f"Không chuyển được từ “{label(from_state)}” sang “{label(to_state)}”.",
        why="Quy trình đang áp dụng không có bước chuyển này.",
        what_next=(
            f"Từ “{label(from_state)}” có thể chuyển sang: {choices}."
            if allowed
            else f"“{label(from_state)}” là trạng thái cuối; nếu ghi nhầm, hãy đính chính bản ghi trước."
        ),
    )
