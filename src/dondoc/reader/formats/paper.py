"""Pages of words as one text: paragraphs put together across lines and pages, every word with its place on paper."""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from dondoc.reader.formats.grid import Cell
from dondoc.reader.formats.layout import MARKER, Item, PageRows, items_of, page_rows, skip_running_heads
from dondoc.reader.formats.legacy import without_marks
from dondoc.reader.formats.ruled import RuledCell, RuledTable
from dondoc.reader.formats.syllables import is_syllable
from dondoc.reader.formats.words import Line, PageWords, Word, rows_of
from dondoc.reader.formats.writer import TextWriter
from dondoc.reader.model import BlockKind, Document, Doubt, Page, Span

_HYPHENS = "-\u2010\u00ad"
_SURE = 0.6
_NOTE_BEGINS = re.compile(r"[\[(]?(?:\d{1,3}|\*{1,3})(?:[\])]|\b|\s)")


def document_of(pages: Iterable[PageWords], name: str) -> Document:
    """Puts pages together; holds three pages at a time besides the text."""
    paper = _Paper()
    for page in _with_neighbours(map(page_rows, pages)):
        paper.add(page)
    return paper.document(name)


def _with_neighbours(pages: Iterator[PageRows]) -> Iterator[PageRows]:
    """The pages one by one, the running heads found by looking at the two pages before and after."""
    window: deque[PageRows] = deque(maxlen=5)
    waiting: deque[PageRows] = deque()
    for page in pages:
        window.append(page)
        waiting.append(page)
        if len(waiting) > 2:
            yield _without_heads(waiting.popleft(), window)
    while waiting:
        yield _without_heads(waiting.popleft(), window)


def _without_heads(page: PageRows, window: Iterable[PageRows]) -> PageRows:
    skip_running_heads(page, [other for other in window if other is not page])
    return page


@dataclass(slots=True)
class _Places:
    """Where the words of one page came to stand in the text."""

    page: PageWords
    words: list[tuple[int, int, Word]] = field(default_factory=list)

    def page_of(self) -> Page:
        """The page with its words in the order of the text."""
        self.words.sort(key=lambda placed: placed[0])
        edges = array("f")
        for _, _, word in self.words:
            edges.extend((word.left, word.top, word.right, word.bottom))
        return Page(
            self.page.number,
            self.page.width,
            self.page.height,
            array("l", (start for start, _, _ in self.words)),
            array("l", (end for _, end, _ in self.words)),
            edges,
            self.page.scanned,
        )


@dataclass(slots=True)
class _Run:
    """Words that become one paragraph or cell: the text grows by one character between two words."""

    text: list[str] = field(default_factory=list)
    words: list[tuple[int, int, Word, _Places]] = field(default_factory=list)
    skips: list[Span] = field(default_factory=list)
    length: int = 0
    rows: int = 1
    columns: int = 1

    def add(self, words: list[Word], places: _Places) -> None:
        """Adds the words of a line; a hyphen at the end of the line before is not read."""
        for i, word in enumerate(words):
            text = without_marks(word.text)
            if not text:
                continue
            if self.text:
                self._part(text, raised=word.raised, new_line=i == 0)
            start = self.length
            self.text.append(text)
            self.length += len(text)
            self.words.append((start, self.length, word, places))

    def _part(self, text: str, *, raised: bool, new_line: bool) -> None:
        before = self.text[-1]
        if raised:
            self.skips.append(Span(self.length, self.length + 1 + len(text)))
        elif new_line and len(before) > 1 and before[-1] in _HYPHENS and before[-2].isalnum() and text[:1].isalnum():
            # "nghi-" + "ệp" is one syllable; "QĐ-" + "UBND" keeps its hyphen.
            apart = not is_syllable(before[:-1] + text.strip(".,;:)"))
            self.skips.append(Span(self.length if apart else self.length - 1, self.length + 1))
        self.text.append(" ")
        self.length += 1

    def go_on(self, more: _Run) -> None:
        """Adds the words of the part of a cell that stands on the next page."""
        at = self.length + 1 if self.text else 0
        if self.text and more.text:
            self.text.append(" ")
        if more.text:
            self.text += more.text
            self.words += [(at + start, at + end, word, places) for start, end, word, places in more.words]
            self.skips += [Span(at + skip.start, at + skip.end) for skip in more.skips]
            self.length = at + more.length

    @property
    def string(self) -> str:
        """The text of the run."""
        return "".join(self.text)


def _run(line: Line, places: _Places) -> _Run:
    run = _Run()
    run.add(line.words, places)
    return run


def _cell(cell: RuledCell, places: _Places) -> _Run:
    run = _Run(rows=cell.rows, columns=cell.columns)
    for row in rows_of(cell.words):
        for line in row.lines:
            run.add(line.words, places)
    return run


class _Paper:
    """The text as it grows; a paragraph and a table stay open until the next page shows that they are over."""

    def __init__(self) -> None:
        self.writer = TextWriter()
        self.places: list[_Places] = []
        self.skips: list[Span] = []
        self.doubts: list[Doubt] = []
        self.paragraph: _Run | None = None
        self.last = Item("gap")
        self.left: float | None = None
        self.table: list[list[_Run]] = []
        self.unread: set[int] = set()
        self.columns: tuple[float, ...] = ()
        self.margins: list[_Run] = []
        self.notes: list[_Run] = []
        self.remarks: list[str] = []

    def add(self, page: PageRows) -> None:
        """Adds one page."""
        places = _Places(page.page)
        self.places.append(places)
        page.page.words = []
        self.remarks += page.page.notes
        first = True
        own_notes = len(self.notes)
        for item in items_of(page):
            if item.kind == "skip" and item.row is not None:
                self.margins += [_run(line, places) for line in item.row.lines]
            elif item.kind == "footnote" and item.row is not None:
                if len(self.notes) == own_notes or _NOTE_BEGINS.match(item.row.text):
                    self.notes.append(_Run())
                for line in item.row.lines:
                    self.notes[-1].add(line.words, places)
            elif item.kind == "table" and item.table is not None:
                self._add_table(item.table, places, first=first)
                first = False
            else:
                self._add_text(item, places, first=first)
                first = False

    def _add_text(self, item: Item, places: _Places, *, first: bool) -> None:
        self._close_table()
        if item.line is not None:
            if self.paragraph is not None and _goes_on(self.last, item, self.left, over_page=first):
                self.paragraph.add(item.line.words, places)
                self.left = item.line.left
            else:
                self._close()
                self.paragraph, self.left = _run(item.line, places), None
            self.last = item
            return
        self._close()
        if item.row is not None:
            self._write([_run(line, places) for line in item.row.lines], "paragraph")
        else:
            self.writer.paragraph("")

    def _add_table(self, table: RuledTable, places: _Places, *, first: bool) -> None:
        rows = [[_cell(cell, places) for cell in row] for row in table.rows]
        same = len(table.columns) == len(self.columns) and all(map(_near, table.columns, self.columns))
        if not (first and self.table and same):
            self._close_table()
            self._close()
            self.table, self.columns = rows, table.columns
            return
        # The table of the page before goes on: its head is not read again, a row that was cut is put together.
        head = 0
        while head < min(len(rows), len(self.table)) and head < 4 and _texts(rows[head]) == _texts(self.table[head]):
            head += 1
        last = self.table[-1]
        self.unread |= set(range(len(self.table), len(self.table) + head))
        if head < len(rows) and _was_cut(last, rows[head]):
            for run, more in zip(last, rows.pop(head), strict=True):
                run.go_on(more)
        self.table += rows

    def _close(self) -> None:
        """Ends the open paragraph, then writes what stood in the margins meanwhile."""
        if self.paragraph is not None:
            self._write([self.paragraph], "paragraph")
            self.paragraph = None
        for run in self.margins:
            self._write([run], "header", skip=True)
        self.margins = []

    def _close_table(self) -> None:
        if not self.table:
            return
        cells = [[(Cell([run.string], run.rows, run.columns), run) for run in row] for row in self.table]
        runs = {id(cell): run for row in cells for cell, run in row}
        for block, cell in self.writer.table([[cell for cell, _ in row] for row in cells], unread=self.unread):
            self._settle(runs[id(cell)], block.span.start)
        self.table, self.unread, self.columns = [], set(), ()
        self._close()

    def _write(self, runs: list[_Run], kind: BlockKind, *, skip: bool = False) -> None:
        at = self.writer.length
        for run in runs:
            self._settle(run, at)
            at += run.length + 1
        self.writer.paragraph("\t".join(run.string for run in runs), kind, skip=skip)

    def _settle(self, run: _Run, at: int) -> None:
        """Brings the places of a run's words to the text."""
        for start, end, word, places in run.words:
            places.words.append((at + start, at + end, word))
            if word.confidence < _SURE:
                self.doubts.append(Doubt(Span(at + start, at + end), word.confidence))
        self.skips += [Span(at + skip.start, at + skip.end) for skip in run.skips]

    def document(self, name: str) -> Document:
        """The whole document."""
        self._close_table()
        self._close()
        for note in self.notes:
            self._write([note], "footnote")
        for remark in self.remarks:
            # A stamp or a comment laid over a page is no part of the text, but whoever takes it in must see it.
            self.writer.paragraph(remark, "box", skip=True)
        written = self.writer.document(name)
        return replace(
            written,
            skips=_apart([*written.skips, *self.skips]),
            pages=tuple(places.page_of() for places in self.places),
            doubts=tuple(sorted(self.doubts, key=lambda doubt: doubt.span)),
        )


def _near(a: float, b: float) -> bool:
    return abs(a - b) < 6


def _texts(row: list[_Run]) -> list[str]:
    return [run.string for run in row]


def _was_cut(above: list[_Run], below: list[_Run]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before: no number, small letters."""
    if len(above) != len(below) or below[0].text or not above[0].text:
        return False
    pairs = [(old.string, new.string) for old, new in zip(above, below, strict=True) if new.text]
    return any(new[:1].islower() or (old and old[-1] not in ".;:") for old, new in pairs if old)


def _goes_on(last: Item, item: Item, left: float | None, *, over_page: bool) -> bool:
    """Whether a line goes on with the paragraph before: its last line was full, and this one begins where it should.

    ``left`` is where the lines after the first one of the paragraph begin, once there are any.
    """
    before, line = last.line, item.line
    if before is None or line is None or not last.edge or not (item.joins or over_page):
        return False
    height, first = line.height, line.words[0]
    if len(before.text) > 1 and before.text[-1] in _HYPHENS and before.text[-2].isalnum() and first.text[0].isalnum():
        return True
    other_print = abs(before.height - height) > 0.25 * height
    if other_print or last.edge - before.right > (first.right - first.left) + 0.5 * height:
        return False
    closed = before.text[-1] in ".;:!?…”"
    if MARKER.match(first.text) and closed:
        return False
    if left is not None:
        return abs(line.left - left) < 0.8 * height
    hangs = len(before.words) > 1 and MARKER.match(before.words[0].text) and abs(line.left - before.words[1].left) < 4
    indented = line.left - item.left > 0.8 * height
    return bool(hangs) or not indented or (abs(line.left - before.left) < 2 and not closed)


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """Runs in order, those that touch made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
