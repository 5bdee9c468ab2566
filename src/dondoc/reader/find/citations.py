"""Other documents that a document names."""

from __future__ import annotations

from dondoc.reader.clean import Clean
from dondoc.reader.model import Citation


def find_citations(text: Clean) -> list[Citation]:
    """Lists the documents that the text names by their number, in the order of the text."""
    return []
