"""Builds the text of a document block by block, so that every block knows its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from dondoc.reader.model import Block, BlockKind, Document, Span


@dataclass(slots=True)
class TextWriter:
    """Collects paragraphs and table rows."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    tables: int = 0

    def _put(self, text: str) -> tuple[int, int]:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start, self.length

    def paragraph(self, text: str, kind: BlockKind = "paragraph") -> None:
        """Adds a paragraph; an empty one leaves an empty line."""
        if text.strip():
            self.blocks.append(Block(Span(*self._put(text)), kind))
        self._put("\n")

    def table(self, rows: list[list[list[str]]]) -> None:
        """Adds a table of rows of cells of paragraphs.

        A grid of three columns or more becomes a line a row with tabs between its cells; a smaller one (a
        letterhead, a signature) is written cell by cell.
        """
        number, self.tables = self.tables, self.tables + 1
        grid = len(rows) > 1 and max((len(row) for row in rows), default=0) >= 3
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if grid:
                    if c:
                        self._put("\t")
                    text = " ".join(" ".join(cell).split())
                    if text:
                        self.blocks.append(Block(Span(*self._put(text)), "cell", number, r, c))
                    continue
                for text in cell:
                    if text.strip():
                        self.blocks.append(Block(Span(*self._put(text)), "cell", number, r, c))
                        self._put("\n")
                self._put("\n")
            if grid:
                self._put("\n")

    def document(self, name: str) -> Document:
        """The document that was written."""
        return Document("".join(self.pieces), name, tuple(self.blocks))
