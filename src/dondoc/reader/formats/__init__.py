"""Files of every known kind, turned into text with blocks."""

from __future__ import annotations

from dondoc.reader.formats.txt import load_txt
from dondoc.reader.model import Document


def load(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a file into a document; refuses with one sentence what it cannot read."""
    return load_txt(data, name=name)
