"""What the reader says about a document: the frozen types that pass between its stages.

Every :class:`Span` counts Unicode code points of the text of the document, end exclusive, so that
``document.text[span.start:span.end]`` is always the text shown. Where the file's own characters are no Unicode,
:meth:`Document.in_origin` leads on to them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

BlockKind = Literal["paragraph", "cell", "header", "footer", "box", "footnote"]
RowPart = Literal["", "head", "section"]
DueKind = Literal["day", "month", "quarter", "year", "recurring", "event"]
AssignmentKind = Literal["task", "orientation"]
ClaimState = Literal["done", "active", "waiting", "deferred", "late", "met", "unmet", "rate", "total", "other"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of the original text; code points, end exclusive."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The words that stand at this place of the text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, table cell, text box, footnote or page header of a document.

    ``table``, ``row`` and ``column`` are counted from 0 and are None outside a table. A merged cell says how many
    ``rows`` and ``columns`` it covers; its words stand in the text once a row, the later times as blocks that are
    ``repeated``. ``part`` tells the rows that name the columns ("head") and the running headings between the
    rows ("section": one filled cell across the table, such as "I. Nhóm nhiệm vụ ...") from the rows themselves ("").
    """

    span: Span
    kind: BlockKind = "paragraph"
    table: int | None = None
    row: int | None = None
    column: int | None = None
    rows: int = 1
    columns: int = 1
    repeated: bool = False
    part: RowPart = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: points (1/72 inch) from the top left corner of the page as it is seen."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of paper: its number from 1, its size in points, and where each of its words stands.

    Word ``i`` is ``text[starts[i]:ends[i]]`` and lies in ``edges[4 * i : 4 * i + 4]`` (left, top, right, bottom).
    The words are sorted by ``starts``. ``scanned`` pages are pictures whose words were recognised.
    """

    number: int
    width: float
    height: float
    starts: array[int]
    ends: array[int]
    edges: array[float]
    scanned: bool = False

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Where a run of the text stands on this page: one box for each line of it."""
        found: list[Box] = []
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        for i in range(first, last):
            left, top, right, bottom = self.edges[4 * i : 4 * i + 4]
            if found:
                line = found[-1]
                same = min(bottom, line.bottom) - max(top, line.top) > 0.5 * min(bottom - top, line.bottom - line.top)
                if same and -1 < left - line.right < 4 * (line.bottom - line.top):
                    found[-1] = Box(self.number, line.left, min(top, line.top), right, max(bottom, line.bottom))
                    continue
            found.append(Box(self.number, left, top, right, bottom))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Origin:
    """The characters as they stand in the file, where they are no Unicode (TCVN3, VNI), and the way back to them.

    Character ``i`` of the document's text was made of ``text[starts[i]:ends[i]]``.
    """

    text: str
    encodings: tuple[str, ...]
    starts: array[int]
    ends: array[int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that was recognised in a picture without certainty; ``confidence`` lies between 0 and 1."""

    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came: its text, its name and the blocks it is made of.

    ``text`` holds everything that stands in the file, in Unicode. ``skips`` are the runs of it that are no part of
    the reading (page numbers, running heads, hyphens at a line's end), in order. ``origin`` is there where the
    file's characters are no Unicode. ``pages`` are there for PDF and pictures. ``notes`` are sentences for the
    officer about what could not be read.
    """

    text: str
    name: str = ""
    blocks: tuple[Block, ...] = ()
    skips: tuple[Span, ...] = ()
    pages: tuple[Page, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    origin: Origin | None = None
    notes: tuple[str, ...] = ()

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Where a run of the text stands on the pages: one box for each line; none where there are no pages."""
        return tuple(box for page in self.pages for box in page.boxes(span))

    def in_origin(self, span: Span) -> Span:
        """The same run counted in the characters as they stand in the file."""
        if self.origin is None:
            return span
        starts, ends = self.origin.starts, self.origin.ends
        if span.start >= span.end:
            place = starts[span.start] if span.start < len(starts) else len(self.origin.text)
            return Span(place, place)
        return Span(starts[span.start], ends[span.end - 1])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen at one place of the text, by one rule.

    ``kind`` is "agency", "date", "due", "citation", "claim" and so on; ``value`` is a short printable form.
    """

    kind: str
    span: Span
    value: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Header:
    """What the head and the foot of a document state about it. Unknown is None or empty, never a guess."""

    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    subject: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    recipients: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document that this one names, such as 45/2022/QH15; ``title`` is what the text calls it."""

    number: str
    span: Span
    title: str | None = None
    issued_on: date | None = None
    rule: str = "number"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered part of a document under a stable address: "3", "3.a", "II.2"."""

    address: str
    span: Span
    heading: str
    level: int


@dataclass(frozen=True, slots=True)
class Due:
    """By when something must be done, as the text says it.

    ``on`` is "2024-06-30", "2024-06", "2024-Q2" or "2024"; None with ``needs_year`` where the text and the
    document give no year (``day`` and ``month`` keep what was said). ``every`` is week, month, quarter, half
    or year.
    """

    kind: DueKind
    span: Span
    on: str | None = None
    every: str | None = None
    needs_year: bool = False
    day: int | None = None
    month: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency behind a name; ``key`` tells it from all others, None for classes, persons and open names.

    ``post`` is the post named with it ("Giám đốc"); ``relative`` says that the issuer does not complete it;
    ``known`` that its kind is on our lists (else it is proposed as new); ``was`` is the ended name that the text
    still uses, ``ended`` the day it ended, where nothing follows ``key`` is that of the ended agency.
    """

    name: str
    key: str | None
    post: str | None = None
    several: bool = False
    relative: bool = False
    known: bool = True
    was: str | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an agency, post, person or class of agencies as the text writes it, and the agency it stands for."""

    text: str
    span: Span
    agency: Agency | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step that a product passes ("drafts", "submits", "passes") and who takes it; None where not said."""

    name: str
    by: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposal: somebody is told to do something. It becomes a task only when a person accepts it.

    ``inherited`` says that the lead is not named here but by the text before it. ``stages`` are the names of
    ``chain``, the steps that the product passes; ``product`` is what is to be handed in, where a table or a line
    names it.
    """

    span: Span
    leads: tuple[Mention, ...]
    coordinators: tuple[Mention, ...]
    due: Due | None
    clause: str | None
    kind: AssignmentKind
    rule: str
    confidence: float
    inherited: bool = False
    stages: tuple[str, ...] = ()
    chain: tuple[Stage, ...] = ()
    product: Mention | None = None


@dataclass(frozen=True, slots=True)
class Petition:
    """A kiến nghị: what a lower unit asks of a higher one. It is not a task."""

    span: Span
    by: str | None
    to: str | None
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the document states about how things stand (GUIDE's list ``figures``).

    ``of`` is the total of the same set where stated; ``scope`` is what is counted, in the text's words.
    """

    span: Span
    value: float
    of: float | None
    unit: str
    state: ClaimState
    approximate: bool = False
    scope: str = ""
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Check:
    """Whether claims of one document agree with each other, such as parts that should make their total."""

    kind: Literal["sum", "share", "contradiction"]
    holds: bool
    total: Claim | None
    parts: tuple[Claim, ...]
    stated: float
    computed: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim and the document that states it."""

    document: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same thing stated with different numbers by different documents.

    "contradiction": said of the same day, or of no day. "moved": said of different days, as progress is; the
    claims stand in the order of their days.
    """

    kind: Literal["contradiction", "moved"]
    what: str
    unit: str
    stated: tuple[Stated, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the reader found in one document."""

    document: Document
    document_header: Header
    clauses: tuple[Clause, ...]
    citations: tuple[Citation, ...]
    assignments: tuple[Assignment, ...]
    petitions: tuple[Petition, ...]
    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    version: str
