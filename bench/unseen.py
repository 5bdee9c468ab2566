"""Documents read as if nobody had looked at them: without the words of the reader's lists that only they have.

Names and verbs came into the lists from the documents that were open while rules were written. A document is therefore
read again with every entry struck out that stands in it and in no other open document; entries that stand in none of
them come from general knowledge and stay. What the reader then gets wrong is what it gets wrong on documents to come,
as far as words go; how rules themselves were fitted to what was seen, this cannot take back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dondoc.reader import confidence
from dondoc.reader.find.lexicon import Phrases, lexicon, words

LISTS = ("heads", "portfolios", "predicates", "openings", "things", "trades")
Entry = tuple[str, ...]


def entries_in(phrases: Phrases, low: Sequence[str]) -> set[Entry]:
    """All entries of a list that stand somewhere in a text."""
    found = set()
    for i in range(len(low)):
        branch, k = phrases.tree, i
        while k < len(low) and (step := branch.get(low[k])) is not None:
            kind, branch = step
            k += 1
            if kind is not None:
                found.add(tuple(low[i:k]))
    return found


def of_one_alone(documents: Mapping[str, Path]) -> dict[str, dict[str, set[Entry]]]:
    """For each document and list, the entries that stand in it and in no other of the documents."""
    out: dict[str, dict[str, set[Entry]]] = {name: {} for name in documents}
    tokens = {name: words(path.read_text(encoding="utf-8")) for name, path in documents.items()}
    for title in LISTS:
        holders: dict[Entry, list[str]] = {}
        for name, low in tokens.items():
            for entry in entries_in(getattr(lexicon(), title), low):
                holders.setdefault(entry, []).append(name)
        for entry, names in holders.items():
            if len(names) == 1:
                out[names[0]].setdefault(title, set()).add(entry)
    return out


@contextmanager
def without(struck: Mapping[str, set[Entry]]) -> Iterator[None]:
    """Takes entries out of the reader's lists, and puts them back."""
    whole = {title: getattr(lexicon(), title).tree for title in LISTS}
    try:
        for title, gone in struck.items():
            phrases = getattr(lexicon(), title)
            phrases.tree = Phrases([(" ".join(e), k) for e, k in phrases.known.items() if e not in gone]).tree
        confidence._name.cache_clear()
        yield
    finally:
        for title, tree in whole.items():
            getattr(lexicon(), title).tree = tree
        confidence._name.cache_clear()
