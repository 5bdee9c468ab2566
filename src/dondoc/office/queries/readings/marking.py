"""The text of a document cut into lines and marked pieces: joined they are the text, character for character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dondoc.reader.lines import lines_of

Stretch = tuple[int, int, str, int]  # start, end, kind, key: key 0 where there is nothing to be linked to


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, cut so that marks never overlap; `kinds` say what lies on it, the keys whose it is."""

    text: str
    start: int
    kinds: tuple[str, ...]
    proposal_ids: tuple[int, ...]
    claim_ids: tuple[int, ...]

    @property
    def of(self) -> str:
        """What the piece belongs to, as the page links it: numbers first, since they lie inside of proposals."""
        return " ".join([*(f"c{key}" for key in self.claim_ids), *(f"p{key}" for key in self.proposal_ids)])


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the text as it is laid out: what kind of line it is, and its cells (one, outside of tables)."""

    start: int
    kind: str
    cells: tuple[tuple[Mark, ...], ...]


def lines(text: str, spans: Sequence[Stretch]) -> list[ShownLine]:
    """Lay a text out line by line, each piece of a line saying what lies on it."""
    laid = lines_of(text)
    edges = {0, len(text), *(edge for line in laid for edge in line.edges)}
    pieces = _pieces(text, spans, edges)
    found, held = [], next(pieces, None)
    for line in laid:
        cells = []
        for _start, end in pairwise(line.edges):
            cell = []
            while held is not None and held.start < end:
                cell.append(held)
                held = next(pieces, None)
            cells.append(tuple(cell))
        found.append(ShownLine(line.start, line.kind, tuple(cells)))
    return found


def _pieces(text: str, spans: Sequence[Stretch], edges: Iterable[int]) -> Iterator[Mark]:
    """Go through the text once, from edge to edge, with the spans that are open at each."""
    cuts = sorted({*edges, *(s for s, _e, _k, _i in spans), *(e for _s, e, _k, _i in spans)})
    waiting = sorted(spans, key=lambda span: span[0], reverse=True)
    on: list[Stretch] = []
    for start, end in pairwise(cuts):
        while waiting and waiting[-1][0] <= start:
            on.append(waiting.pop())
        on = [span for span in on if span[1] > start]
        kinds = dict.fromkeys(kind for _s, _e, kind, _key in on)
        yield Mark(
            text=text[start:end],
            start=start,
            kinds=tuple(kinds),
            proposal_ids=tuple(key for _s, _e, kind, key in on if kind == "proposal"),
            claim_ids=tuple(key for _s, _e, kind, key in on if kind == "claim"),
        )
