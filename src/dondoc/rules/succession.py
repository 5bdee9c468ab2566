"""What became of an agency that ended: who stands for it, and which step would lead in a circle.

An agency that is founded again is a new agency, so that no chain leads back. What is on record may be wrong all the
same: following it ends, whatever it says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

Onward = Mapping[int, Collection[int | None]]
"""Who followed each agency that ended; None among them: it was dissolved."""


def follower(agency: int, onward: Onward) -> int:
    """Give the agency that stands for one: itself, or what it became alone, however many steps on.

    One that split, or that was dissolved, stays itself, also at the end of a chain: who follows it alone cannot be
    said. So does one whose steps lead in a circle.
    """
    seen = {agency}
    reached = agency
    while len(after := {*onward.get(reached, ())}) == 1:
        (following,) = after
        if following is None:
            break
        if following in seen:
            return agency
        seen.add(following)
        reached = following
    return reached


def circle(predecessor: int, successor: int, onward: Onward) -> tuple[int, ...]:
    """Give the agencies through which a further step would lead back to where it begins; empty where it does not.

    The chain begins with the successor and ends with the predecessor, by the fewest steps.
    """
    came_from: dict[int, int | None] = {successor: None}
    todo = [successor]
    while todo:
        found = []
        for one in todo:
            if one == predecessor:
                return _back(one, came_from)
            for after in sorted(key for key in onward.get(one, ()) if key is not None and key not in came_from):
                came_from.setdefault(after, one)
                found.append(after)
        todo = found
    return ()


def _back(last: int, came_from: Mapping[int, int | None]) -> tuple[int, ...]:
    chain = [last]
    while (before := came_from[chain[-1]]) is not None:
        chain.append(before)
    return tuple(reversed(chain))
