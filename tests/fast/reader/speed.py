"""How long reading takes, by what this thread alone has computed, as far as a busy machine can tell.

A processor that is shared makes a thing look slower, never quicker: so of several tries the quickest is believed.
"""

from __future__ import annotations

from collections.abc import Callable

TRIES = 6


def quickest(measured: Callable[[], float], bound: float) -> float:
    """Return the best of several tries; the first below the bound is enough."""
    best = measured()
    for _ in range(TRIES - 1):
        if best < bound:
            break
        best = min(best, measured())
    return best


def in_proportion(short: Callable[[], float], long: Callable[[], float], bound: Callable[[float], float]) -> None:
    """Fail when the long text takes longer than the short one lets expect, each by the best of its tries."""
    shortest, longest = short(), long()
    for _ in range(TRIES - 1):
        if longest < bound(shortest):
            break
        shortest, longest = min(shortest, short()), min(longest, long())
    assert longest < bound(shortest), (shortest, longest)
