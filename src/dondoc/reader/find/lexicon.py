"""The words the finders know: names of agencies, fields of ministries, words that open an order.

Every list is a data file of ``dondoc.reader.data`` with its source in its first lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The two ways of placing a tone mark on an open "oa", "oe", "uy" are one word to a reader ("hoà", "hòa"); before a
# consonant ("hoàn") and after "q" ("quỹ") there is only one way.
_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")


def fold(text: str) -> str:
    """Lower case with one way of placing tone marks; every character keeps its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _OLD_TONE.sub(lambda match: _TONES[match.group()], low.replace("–", "-"))


def terms(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def rows(name: str) -> list[list[str]]:
    """The lines of a data file, cut at tabs, without comments."""
    text = files("dondoc.reader.data").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def words(text: str) -> tuple[str, ...]:
    """A phrase as the tokens that :func:`dondoc.reader.find.tokens.tokenize` makes of it."""
    from dondoc.reader.find.tokens import WORD

    return tuple(m.group() for m in WORD.finditer(fold(text)))


_Branch = dict[str, tuple[str | None, "_Branch"]]


class Phrases:
    """Phrases with a class each; finds the longest one that starts at a token."""

    def __init__(self, entries: list[tuple[str, str]]) -> None:
        self.known: dict[tuple[str, ...], str] = {words(text): kind for text, kind in entries}
        # Each word leads to the phrases that go on with it: what was found, and the words that may follow.
        self.tree: _Branch = {}
        for key, kind in self.known.items():
            branch = self.tree
            for word in key[:-1]:
                branch = branch.setdefault(word, (None, {}))[1]
            branch[key[-1]] = kind, branch.get(key[-1], (None, {}))[1]

    def at(self, low: list[str], i: int, end: int) -> tuple[str, int] | None:
        """The class and the number of tokens of the longest phrase that starts at token ``i``."""
        found = None
        branch, k = self.tree, i
        while k < end and (step := branch.get(low[k])) is not None:
            kind, branch = step
            k += 1
            if kind is not None:
                found = kind, k - i
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists, ready to be matched against tokens."""

    heads: Phrases
    portfolios: Phrases
    predicates: Phrases
    openings: Phrases
    things: Phrases
    trades: Phrases
    abbreviations: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    return Lexicon(
        heads=Phrases([(row[0], row[1]) for row in rows("heads.txt")]),
        portfolios=Phrases([(row[0], row[0]) for row in rows("portfolios.txt")]),
        predicates=Phrases([(row[0], row[1]) for row in rows("predicates.txt") if row[1] != "opening"]),
        openings=Phrases([(row[0], "verb") for row in rows("predicates.txt") if row[1] == "opening"]),
        trades=Phrases([(row[0], "trade") for row in rows("trades.txt")]),
        things=Phrases([(row[0], "thing") for row in rows("things.txt")]),
        abbreviations={row[0]: row[1] for row in rows("abbreviations.txt")},
    )
