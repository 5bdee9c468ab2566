"""What became of an agency: merged, split, renamed, dissolved, on a day and by a document.

Agencies that continue keep their own row: when a part of A becomes C and A goes on, the split has two rows,
A→A and A→C. An agency founded again later is a new agency, so that no chain ever leads back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dondoc.rules.states import facts_as_of

SuccessionKind = Literal["merge", "split", "rename", "dissolve"]


@dataclass(frozen=True, slots=True)
class SuccessionFact:
    """One step: on `effective_on` the predecessor passed to the successor, or ended without one (None:
    dissolved).

    `until_on` is None for a step that stands; a correction with the empty period [d, d) withdraws the step it
    replaces.
    """

    id: int
    predecessor: int
    successor: int | None
    kind: SuccessionKind
    effective_on: date
    until_on: date | None
    recorded_at: datetime
    replaces: int | None = None


class SuccessionCycle(ValueError):
    """Steps that lead from an agency back to itself through others."""

    def __init__(self, agencies: tuple[int, ...]) -> None:
        chain = " → ".join(str(agency) for agency in agencies)
        super().__init__(
            f"Chuỗi kế thừa đi vòng: {chain}. Một cơ quan không thể kế thừa chính mình qua cơ quan khác. "
            "Nếu cơ quan được lập lại, hãy ghi thành một cơ quan mới."
        )
        self.agencies = agencies


def check_acyclic(steps: Iterable[SuccessionFact]) -> None:
    """Refuse steps that lead back to where they began; a step of an agency to itself (it continues) is none.

    Raises SuccessionCycle with the agencies of one cycle in order.
    """
    onward: dict[int, set[int]] = {}
    for step in steps:
        if step.successor is not None and step.successor != step.predecessor:
            onward.setdefault(step.predecessor, set()).add(step.successor)
    finished: set[int] = set()
    for start in sorted(onward):
        # A walk by hand, not by recursion: chains come from outside and may be long.
        path: list[int] = []
        todo: list[tuple[int, int]] = [(start, 0)]
        while todo:
            agency, depth = todo.pop()
            finished.update(path[depth:])
            del path[depth:]
            if agency in path:
                raise SuccessionCycle((*path[path.index(agency) :], agency))
            if agency in finished:
                continue
            path.append(agency)
            todo.extend((after, depth + 1) for after in sorted(onward.get(agency, ()), reverse=True))
        finished.update(path)


def _standing(steps: Iterable[SuccessionFact], *, as_of: date, known_at: datetime | None) -> tuple[SuccessionFact, ...]:
    standing = facts_as_of(steps, as_of=as_of, known_at=known_at)
    check_acyclic(standing)
    return standing


def _goes_on(agency: int, steps: Iterable[SuccessionFact]) -> bool:
    own = [step for step in steps if step.predecessor == agency]
    if not own:
        return True
    latest = max(step.effective_on for step in own)
    return any(step.successor == agency for step in own if step.effective_on == latest)


def stands(agency: int, steps: Iterable[SuccessionFact], *, as_of: date, known_at: datetime | None) -> bool:
    """Tell whether an agency still stands on a day: nothing followed it, or its last step says that it
    continues.

    Raises SuccessionCycle.
    """
    return _goes_on(agency, _standing(steps, as_of=as_of, known_at=known_at))


def successors(
    agency: int, steps: Iterable[SuccessionFact], *, as_of: date, known_at: datetime | None
) -> tuple[int, ...]:
    """List the agencies that stand for an agency on a day, by number: itself while it stands, else those
    after it.

    Follows chains in the order of their days: what a successor had given away before it took over does not
    count. Empty when the agency was dissolved and nobody followed. Raises SuccessionCycle.
    """
    standing = _standing(steps, as_of=as_of, known_at=known_at)
    found: set[int] = set()
    seen: set[tuple[int, date]] = set()
    todo = [(agency, date.min)]
    while todo:
        current, since = todo.pop()
        if (current, since) in seen:
            continue
        seen.add((current, since))
        every = [step for step in standing if step.predecessor == current]
        own = [step for step in every if step.effective_on >= since]
        if not own and not _goes_on(current, every):
            # It took over after its own end, as late or mistaken entries have it: go on where its end leads.
            ended = max(step.effective_on for step in every)
            own = [step for step in every if step.effective_on == ended]
        if _goes_on(current, own):
            found.add(current)
        todo.extend(
            (step.successor, step.effective_on)
            for step in own
            if step.successor is not None and step.successor != current
        )
    return tuple(sorted(found))
