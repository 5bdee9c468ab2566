"""What lower units ask of higher ones (kiến nghị, đề xuất)."""

from __future__ import annotations

from collections.abc import Sequence

from dondoc.reader.clean import Clean
from dondoc.reader.model import Clause, Petition


def find_petitions(text: Clean, clauses: Sequence[Clause]) -> list[Petition]:
    """Lists the petitions of a document in the order of the text."""
    return []
