"""The head and the foot of a document: number, kind, issuer, date, subject, signer, recipients."""

from __future__ import annotations

from dondoc.reader.clean import Clean
from dondoc.reader.model import Header


def find_header(text: Clean, name: str = "") -> Header:
    """Says who issued the document, when, under which number, and who signed it."""
    return Header()
