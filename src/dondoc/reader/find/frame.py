"""What several finders need of one text, made once: its paragraphs and its words."""

from __future__ import annotations

from dataclasses import dataclass

from dondoc.reader.clean import Clean
from dondoc.reader.find.layout import Paragraph, paragraphs
from dondoc.reader.find.tokens import Tokens, tokenize


@dataclass(frozen=True, slots=True)
class Frame:
    """A plain text with ``flat`` (soft line breaks made spaces), its paragraphs and its words."""

    text: Clean
    flat: str
    parts: list[Paragraph]
    tokens: Tokens


def frame_of(text: Clean) -> Frame:
    """Cuts a text into paragraphs and words."""
    flat, parts = paragraphs(text)
    return Frame(text, flat, parts, tokenize(text.text))
