"""What is said of a step: of which duty, to which state, since when, on what evidence, with which product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a change: a document in the register, or a file that is kept with it."""

    document_id: int | None = None
    content: bytes | None = None
    filename: str = ""


@dataclass(frozen=True, slots=True)
class NewProduct:
    """The document in which the work ended: its number, the day on it, its title."""

    number: str = ""
    issued_on: date | None = None
    title: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.number.strip() or self.issued_on or self.title.strip())


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a duty: to which state, since when, on what evidence, with what words, with which product."""

    duty_id: int
    to_state: str
    on: date
    note: str = ""
    evidence: Evidence = Evidence()
    seen_state: str | None = None
    product: NewProduct = NewProduct()
