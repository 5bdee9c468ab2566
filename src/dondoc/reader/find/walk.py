"""What is known at each point of the walk through a document, and the assignments under way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dondoc.reader.find.deadlines import DueRead
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.find.scope import Scope
from dondoc.reader.find.tokens import Tokens


@dataclass(slots=True)
class Draft:
    """An assignment under way; places count in the plain text."""

    start: int
    end: int
    leads: list[tuple[str, int, int]]
    coordinators: list[tuple[str, int, int]]
    due: DueRead | None
    paragraph: int
    rule: str
    inherited: bool
    deed: int
    product: tuple[int, int] | None = None


@dataclass(slots=True)
class Walk:
    """What is known at one point of the walk through the document."""

    flat: str
    tokens: Tokens
    parts: list[Paragraph]
    on: date | None
    official: bool
    document: Scope | None = None
    scopes: dict[int, Scope] = field(default_factory=dict)
    headed: set[int] = field(default_factory=set)
    tones: dict[int, str] = field(default_factory=dict)
    tone: str = ""
    directive: bool = False
    spoken: bool = False
    said: Scope | None = None
    addressed: list[tuple[str, int, int]] = field(default_factory=list)
    norms: bool = False
    drafts: list[Draft] = field(default_factory=list)

    def parent_of(self, index: int) -> int:
        """The paragraph that opens the numbered part in which a paragraph stands, or -1."""
        return self.parts[index].parent

    def scope_of(self, index: int) -> Scope | None:
        """What the headings above a paragraph hand down to it."""
        at = index
        while at >= 0:
            if at in self.scopes and at != index:
                return self.scopes[at]
            at = self.parent_of(at)
        return self.document

    def under_name(self, index: int) -> bool:
        """Whether the nearest heading above a paragraph that hands names down is nothing but those names."""
        at = self.parent_of(index)
        while at >= 0 and at not in self.scopes:
            at = self.parent_of(at)
        return at in self.headed

    def tone_of(self, index: int) -> str:
        """ "assess" where the headings above tell how things stand, "duty" where they tell what to do."""
        at = index
        while at >= 0:
            if at in self.tones:
                return self.tones[at]
            at = self.parent_of(at)
        return self.tone or ("assess" if self.norms else "")
