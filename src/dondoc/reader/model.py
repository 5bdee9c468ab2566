"""What the reader says about a document: the frozen types that pass between its stages.

Every :class:`Span` counts Unicode code points of the original text of the document, end exclusive, so that
``document.text[span.start:span.end]`` is always the text shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

BlockKind = Literal["paragraph", "cell", "header", "footer", "box"]
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
    """One paragraph, table cell or text box of a document.

    ``table``, ``row`` and ``column`` are counted from 0 and are None outside a table.
    """

    span: Span
    kind: BlockKind = "paragraph"
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came: its untouched text, its name and the blocks it is made of."""

    text: str
    name: str = ""
    blocks: tuple[Block, ...] = ()


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
class Mention:
    """A name of an agency, post, person or class of agencies as the text writes it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposal: somebody is told to do something. It becomes a task only when a person accepts it.

    ``inherited`` says that the lead is not named here but by the text before it.
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
