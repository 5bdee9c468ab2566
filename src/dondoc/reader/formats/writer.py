"""Builds the text of a document block by block, so that every block knows its place."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from dondoc.reader.formats.grid import (
    Cell,
    GridRow,
    Placed,
    head_rows,
    is_ruled,
    last_head_names_all,
    part_of,
    placed,
    ruled_part,
    used_columns,
)
from dondoc.reader.formats.limits import LARGEST_TEXT
from dondoc.reader.model import Block, BlockKind, Document, Span
from dondoc.reader.refusals import TooLarge


@dataclass(slots=True)
class TextWriter:
    """Collects paragraphs and table rows."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    skips: list[Span] = field(default_factory=list)
    length: int = 0
    tables: int = 0

    def _put(self, text: str) -> Span:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        if self.length > LARGEST_TEXT:
            raise TooLarge("Văn bản dài bất thường nên không được đọc; đề nghị tách tệp.")
        return Span(start, self.length)

    def paragraph(self, text: str, kind: BlockKind = "paragraph", *, skip: bool = False) -> None:
        """Adds a paragraph; an empty one leaves an empty line. ``skip`` keeps it out of the reading."""
        start = self.length
        if text.strip():
            self.blocks.append(Block(self._put(text), kind))
        self._put("\n")
        if skip:
            self.skips.append(Span(start, self.length))

    def table(self, rows: Sequence[Sequence[Cell]], *, unread: Container[int] = ()) -> list[tuple[Block, Cell]]:
        """Adds a table, and gives the block in which each filled cell begins.

        A grid of three columns or more becomes a line a row with tabs between its cells, merged cells repeated in
        each of their rows; a smaller one (a letterhead, a signature) is written cell by cell. Of a head of several
        rows the last is read, which names every column; the rows above it stay in the text only, and so do
        the rows that ``unread`` names.
        """
        grid = placed(rows)
        begun: list[tuple[Block, Cell]] = []
        number, self.tables = self.tables, self.tables + 1
        first, last = ruled_part(grid) if grid else (0, 0)
        if not is_ruled(grid[first:last]):
            first, last = 0, 0
        self._frame(grid[:first], number, 0, begun)
        if first < last:
            self._ruled(grid, number, (first, last), unread, begun)
        self._frame(grid[last:], number, last, begun)
        return begun

    def _ruled(
        self,
        grid: Sequence[GridRow],
        number: int,
        reach: tuple[int, int],
        unread: Container[int],
        begun: list[tuple[Block, Cell]],
    ) -> None:
        part_rows = grid[reach[0] : reach[1]]
        heads = head_rows(part_rows)
        read_from = heads - 1 if last_head_names_all(part_rows, heads) else 0
        columns = {column: c for c, column in enumerate(used_columns(part_rows))}
        for r, row in enumerate(part_rows):
            start = self.length
            part = part_of(row, r, heads)
            for column, place in enumerate(row):
                c = columns.get(column)
                if c is None:
                    continue
                if c:
                    self._put("\t")
                if place is not None and (text := " ".join(" ".join(place.cell.lines).split())):
                    self._cell(Block(self._put(text), "cell", number, reach[0] + r, c, part=part), place, begun)
            self._put("\n")
            if r < read_from or reach[0] + r in unread:
                self.skips.append(Span(start, self.length))

    def _cell(self, block: Block, place: Placed, begun: list[tuple[Block, Cell]]) -> None:
        cell = place.cell
        self.blocks.append(replace(block, rows=cell.rows, columns=cell.columns, repeated=place.repeated))
        if not place.repeated:
            begun.append((self.blocks[-1], cell))

    def _frame(self, grid: Sequence[GridRow], number: int, first: int, begun: list[tuple[Block, Cell]]) -> None:
        for r, row in enumerate(grid, start=first):
            for c, place in enumerate(row):
                if place is None or place.repeated:
                    continue
                for text in place.cell.lines:
                    if text.strip():
                        self._cell(Block(self._put(text), "cell", number, r, c), place, begun)
                        self._put("\n")
                self._put("\n")

    def document(self, name: str) -> Document:
        """The document that was written."""
        return Document("".join(self.pieces), name, tuple(self.blocks), skips=tuple(self.skips))
