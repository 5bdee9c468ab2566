"""Numbers that a document states about how things stand."""

from __future__ import annotations

from dondoc.reader.clean import Clean
from dondoc.reader.model import Claim, Header


def find_claims(text: Clean, header: Header) -> list[Claim]:
    """Lists the counts and rates of implementation that the text reports, in the order of the text."""
    return []
