"""Who is told to do what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dondoc.reader.clean import Clean
from dondoc.reader.model import Assignment, Clause, Header, Petition


def find_assignments(
    text: Clean,
    clauses: Sequence[Clause],
    header: Header,
    *,
    issued_on: date | None,
    petitions: Sequence[Petition],
) -> list[Assignment]:
    """Lists who is told to do what by when, in the order of the text."""
    return []
