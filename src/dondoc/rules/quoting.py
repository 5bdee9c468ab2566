"""Whether a text repeats the words of another: what is left of a document that had to be destroyed must not.

Our own rule: six words in a row, however they are accented, spaced or capitalised, are a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dondoc.rules.text import folded

RUN = 6
_WORD = re.compile(r"[^\W_]+")


def runs(text: str) -> Iterator[str]:
    """Give every run of six words of a text, folded; a shorter text is one run by itself, if it has three words."""
    words = _WORD.findall(folded(text))
    if 3 <= len(words) < RUN:
        yield " ".join(words)
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def quotes(text: str, told: Iterable[str]) -> bool:
    """Say whether a text holds one of these runs of words, as `runs` gives them."""
    words = f" {' '.join(_WORD.findall(folded(text)))} "
    return any(f" {run} " in words for run in told)
