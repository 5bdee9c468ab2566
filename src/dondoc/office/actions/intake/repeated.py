"""Which findings of a newer reading were offered before, and by which row first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dondoc.office.queries.rereading import Offered, Offers
from dondoc.reader import api as reader
from dondoc.rules.rereading import Offer, again


@dataclass(frozen=True, slots=True)
class Repeated:
    """For the proposals, claims and petitions of a newer reading, by their places in it: the key of the first row."""

    proposals: dict[int, int] = field(default_factory=dict)
    claims: dict[int, int] = field(default_factory=dict)
    petitions: dict[int, int] = field(default_factory=dict)


def repeated(read: reader.Reading, text: str, before: Offers) -> Repeated:
    """Find which findings of a reading had been offered by the readings before it."""
    return Repeated(
        proposals=_firsts(
            text,
            before.proposals,
            [Offer(a.span.start, a.span.end, names=tuple(m.text for m in a.leads)) for a in read.assignments],
        ),
        claims=_firsts(
            text, before.claims, [Offer(c.span.start, c.span.end, says=round(c.value, 4)) for c in read.claims]
        ),
        petitions=_firsts(text, before.petitions, [Offer(p.span.start, p.span.end) for p in read.petitions]),
    )


def _firsts(text: str, before: Sequence[Offered], now: Sequence[Offer]) -> dict[int, int]:
    pairs = again(text, [one.offer for one in before], now)
    return {new: before[old].first for new, old in pairs.items()}
