"""Contradictions: two documents in sight that state different numbers of the same thing for the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import cast

from dondoc.office.access import Viewer
from dondoc.office.queries import claims
from dondoc.office.queries.claims import ClaimRow
from dondoc.reader.conflicts import Source, find_conflicts
from dondoc.reader.model import Claim, ClaimState, Span

MOST = 6  # of the documents that state one thing differently, so many are set beside each other


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What two documents state differently, with both places; the one that was issued first stands first.

    `by_figure` says that both are held against the same figure of ours, not that their words are alike.
    """

    what: str
    first: ClaimRow
    second: ClaimRow
    by_figure: bool

    @property
    def key(self) -> tuple[int, int | None]:
        return claims.pair(self.first.root, self.second.root)


def contradictions(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Contradiction]:
    """List the pairs of claims that contradict each other, the latest day first; for the office's own people.

    Two claims speak of the same thing where `reader.conflicts` finds their words alike, or where an officer holds both
    against the same figure with the same arguments. Numbers of different days may differ: progress moves.
    """
    if not viewer.sees_all:
        return []
    rows = claims.claims(viewer=viewer, as_of=as_of, known_at=known_at)
    found: dict[tuple[int, int | None], Contradiction] = {}
    for pair in (*_by_figure(rows), *_by_words(rows)):
        found.setdefault(pair.key, pair)
    return sorted(found.values(), key=lambda p: (-p.second.day.toordinal(), p.what, p.key[0], p.key[1] or 0))


def _by_figure(rows: Iterable[ClaimRow]) -> Iterator[Contradiction]:
    groups: dict[object, list[ClaimRow]] = defaultdict(list)
    for row in rows:
        if row.figure:
            groups[row.figure, tuple(sorted(row.arguments.items())), row.day, row.unit == "%"].append(row)
    for group in groups.values():
        yield from _pairs(group, "", by_figure=True)


def _by_words(rows: Iterable[ClaimRow]) -> Iterator[Contradiction]:
    by_document: dict[int, dict[Claim, ClaimRow]] = defaultdict(dict)
    for row in rows:
        by_document[row.document_id][_as_read(row)] = row
    sources = [
        Source(str(document_id), next(iter(found.values())).day, list(found))
        for document_id, found in by_document.items()
    ]
    for conflict in find_conflicts(sources):
        if conflict.kind == "contradiction":
            stated = [by_document[int(one.document)][one.claim] for one in conflict.stated]
            yield from _pairs(stated, conflict.what, by_figure=False)


def _as_read(row: ClaimRow) -> Claim:
    return Claim(
        span=Span(row.start, row.end),
        value=float(row.value),
        of=None if row.of is None else float(row.of),
        unit=row.unit,
        state=cast(ClaimState, row.state),
        approximate=row.is_approximate,
        scope=row.scope,
    )


def _pairs(stated: list[ClaimRow], what: str, *, by_figure: bool) -> Iterator[Contradiction]:
    """Set those of different documents that differ beside each other, two and two."""
    ordered = sorted(stated, key=lambda row: (row.day, row.document_id, row.start))[:MOST]
    for first, second in combinations(ordered, 2):
        if first.document_id != second.document_id and _differ(first, second):
            yield Contradiction(" ".join((what or second.scope or second.words).split()), first, second, by_figure)


def _differ(first: ClaimRow, second: ClaimRow) -> bool:
    if first.value == second.value:
        return first.of is not None and second.of is not None and first.of != second.of
    near = first.is_approximate or second.is_approximate
    return not near or abs(first.value - second.value) > abs(max(first.value, second.value)) * 2 / 100
