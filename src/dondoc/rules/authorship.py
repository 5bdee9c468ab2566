"""Who wrote which sentence of a text that several people had under their hands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.rules.text import folded

# A sentence may end at its stop, and does where a new one begins; a line always ends one.
_STOP = re.compile(r"(?<=[.!?…;])\s+")
_OPENERS = "“\"'({"


@dataclass(frozen=True, slots=True)
class Version:
    """A text as somebody left it."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence, with whoever wrote it first in these words."""

    sentence: str
    author: str


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text into its sentences, each as it stands."""
    found: list[str] = []
    for line in text.splitlines():
        pieces = [piece for piece in _STOP.split(line.strip()) if piece]
        for index, piece in enumerate(pieces):
            begins = piece[0].isupper() or piece[0].isdigit() or piece[0] in _OPENERS
            if index and not begins:
                found[-1] = f"{found[-1]} {piece}"
            else:
                found.append(piece)
    return tuple(found)


def authors(versions: Sequence[Version]) -> tuple[Written, ...]:
    """Say of each sentence of the last version who wrote it: the author of the first version that holds it.

    `versions` are in their order of time. A sentence in which one letter was changed is the work of whoever changed
    it; capitals, spaces and marks make no other sentence.
    """
    if not versions:
        return ()
    first: dict[str, str] = {}
    for version in versions:
        for sentence in sentences(version.text):
            first.setdefault(folded(sentence), version.author)
    return tuple(Written(sentence, first[folded(sentence)]) for sentence in sentences(versions[-1].text))
