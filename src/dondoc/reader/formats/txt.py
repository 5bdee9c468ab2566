"""Plain text files."""

from __future__ import annotations

from dondoc.reader.model import Document


def load_txt(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a text file into a document, keeping every character."""
    return Document(text=data.decode("utf-8"), name=name)
