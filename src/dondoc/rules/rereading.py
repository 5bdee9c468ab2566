"""What a newer reading offers again: which of its findings are the same as those of the reading before.

The rule is our own: two findings are the same when most of the words of each are the words of the other, and what
they say besides (the value of a figure) is equal. No regulation speaks of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a reading offers: its place in the text (code points, end exclusive) and what it says.

    Offers with different `says` are never the same; `names` only decides between several that could be.
    """

    start: int
    end: int
    says: Hashable = None
    names: tuple[str, ...] = ()


def again(text: str, before: Sequence[Offer], now: Sequence[Offer]) -> dict[int, int]:
    """Say which offers of the newer reading are made again: the place of each in `now` → its place in `before`.

    An offer has at most one counterpart. Those that share the most words are paired first; among equals those with
    the same names, then those that come first.
    """
    starts = [match.start() for match in WORD.finditer(text)]
    shares = []
    for new, offer in enumerate(now):
        for old, former in enumerate(before):
            if offer.says == former.says and (share := _share(starts, former, offer)) > 0.5:
                shares.append((-share, offer.names != former.names, abs(offer.start - former.start), old, new))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_closeness, old, new in sorted(shares):
        if new not in pairs and old not in taken:
            pairs[new] = old
            taken.add(old)
    return pairs


def _share(starts: Sequence[int], one: Offer, other: Offer) -> float:
    """Give the share of common words in the longer of two offers; a sign without words counts as one word."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    if start >= end:
        return 0.0
    longer = max(_words(starts, one.start, one.end), _words(starts, other.start, other.end))
    return _words(starts, start, end) / longer


def _words(starts: Sequence[int], start: int, end: int) -> int:
    return max(bisect_left(starts, end) - bisect_left(starts, start), 1)
