"""How words are looked for in a document, whatever their accents, and where they stand in its text.

Everything goes through `text.folded`: the words of a document, the words that somebody asks for, and the places that
are marked. A word is a run of letters and digits; "1022-CV/TU" is the three words 1022, cv, tu in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dondoc.rules.text import folded, sort_key

# With the marks that follow a letter in decomposed writing, and what is invisible inside a word.
_RUN = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])+")
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]*)[\"“”»]")
LONGEST_WORD = 60  # letters that are kept of a word: longer ones are no words
MOST_TERMS = 16
_MOST_LETTERS = 500_000  # bytes of different words: a tsvector of PostgreSQL holds a million
_REACH = 70  # letters of text shown on either side of a place


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as it is searched, with the place where it stands: characters from `start` up to `end`."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand in a row; the last one of an open term may go on ("don d" finds "đôn đốc")."""

    words: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text around places that were found: its pieces, each with whether it was found."""

    start: int
    pieces: tuple[tuple[str, bool], ...]
    is_cut_before: bool
    is_cut_after: bool


@lru_cache(maxsize=50_000)  # a language repeats its words: folding each once makes a long text quick
def _folded_word(run: str) -> str:
    return folded(run)[:LONGEST_WORD]


def words(text: str) -> Iterator[Word]:
    """List the words of a text as they are searched, each with its place in the text as it is.

    "Đôn  đốc," gives don at 0–3 and doc at 5–8; a word written with separate marks keeps its whole place.
    """
    for run in _RUN.finditer(text):
        if word := _folded_word(run[0]):
            yield Word(word, run.start(), run.end())


def line(text: str) -> str:
    """Write the words of a text in one line, with a space before, between and after: what a phrase is looked for in."""
    found = " ".join(word.folded for word in words(text))
    return f" {found} " if found else " "


def searchable(*texts: str) -> str:
    """Write the words of several texts in one line (see `line`), as far as a search index can hold different words.

    Half a megabyte of different words is more than any office's document has; what comes after them is not searched.
    """
    kept: list[str] = []
    seen: set[str] = set()
    room = _MOST_LETTERS
    for word in (word.folded for text in texts for word in words(text)):
        if word not in seen:
            room -= 4 * len(word)  # bytes, at the most
            if room < 0:
                break
            seen.add(word)
        kept.append(word)
    return f" {' '.join(kept)} " if kept else " "


def order_key(text: str) -> str:
    """Give the form by which numbers and names are ordered: 9-CV/TU before 10-CV/TU, small as capital letters."""
    return sort_key(text.lower())


def hierarchy(number: str) -> str:
    """Say from which hierarchy a document comes by how its number is written: "party", "state", or "" when unclear.

    The Party writes the serial, a hyphen and the kind (59-NQ/TW); the State writes the serial and a slash
    (12/2024/NĐ-CP, 45/QĐ-UBND; Nghị định 30/2020/NĐ-CP, Điều 8 khoản 3 and Phụ lục I, mục I).
    """
    found = re.match(r"\s*\d+\s*([-–/])", number)
    return {"/": "state", "-": "party", "–": "party"}[found[1]] if found else ""


def listed(
    *, number: str, kind: str, issuer: str, subject: str, short_title: str, signer: str, incoming: str, text: str
) -> dict[str, str]:
    """Give the keys by which a document is listed and the words by which it is found, by the columns that hold them."""
    head = searchable(number, kind, issuer, subject, short_title, signer, incoming)
    return {
        "kind": kind.lower(),
        "number_key": order_key(number),
        "issuer_key": order_key(issuer),
        "signer_key": folded(signer),
        "incoming_key": order_key(incoming),
        "hierarchy": hierarchy(number),
        "head": head,
        "folded": searchable(head, text),
    }


def asked(text: str) -> tuple[Term, ...]:
    """Read what somebody typed: words of which each must occur, "words in quotes" that must stand in a row.

    What is written without a space (1022-CV/TU) stands in a row too. The last word may be the beginning of one, unless
    a space or a quotation mark follows it. At most sixteen terms count.
    """
    terms: list[Term] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        terms += _loose(text[at : quoted.start()])
        terms.append(_term(quoted[1]))
        at = quoted.end()
    rest = text[at:]
    terms += _loose(rest)
    terms = [term for term in dict.fromkeys(terms) if term.words][:MOST_TERMS]
    if terms and rest and not rest[-1].isspace() and terms[-1] == _term(rest.split()[-1]):
        terms[-1] = Term(terms[-1].words, is_open=True)
    return tuple(terms)


def _loose(text: str) -> list[Term]:
    return [_term(part) for part in text.split()]


def _term(text: str) -> Term:
    return Term(tuple(word.folded for word in words(text)))


def tsquery(terms: Sequence[Term]) -> str:
    """Write terms as a tsquery of PostgreSQL: every word must occur; "" when nothing was asked."""
    closed = {word for term in terms for word in (term.words[:-1] if term.is_open else term.words)}
    begun = {term.words[-1] for term in terms if term.is_open}
    return " & ".join([*(f"'{word}'" for word in sorted(closed)), *(f"'{word}':*" for word in sorted(begun))])


def phrases(terms: Sequence[Term], *, single: bool = False) -> list[str]:
    """Write the terms of more than one word (`single`: of one too) as they stand in `line`: " don doc "."""
    return [_written(term) for term in dict.fromkeys(terms) if single or len(term.words) > 1]


def _written(term: Term) -> str:
    return " " + " ".join(term.words) + ("" if term.is_open else " ")


def fits(text: str, terms: Sequence[Term]) -> bool:
    """Say whether every term occurs in a text."""
    within = line(text)
    return all(_written(term) in within for term in terms)


def places(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """List where any of the terms stands in a text, in the order of the text; none inside or across another."""
    found = list(words(text))
    spans: list[tuple[int, int]] = []
    for term in terms:
        size = len(term.words)
        for at, word in enumerate(found):
            if _stands(found, at, term):
                spans.append((word.start, found[at + size - 1].end))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _stands(found: Sequence[Word], at: int, term: Term) -> bool:
    first, *others = term.words
    if not others:
        return found[at].folded.startswith(first) if term.is_open else found[at].folded == first
    if found[at].folded != first or at + len(term.words) > len(found):
        return False
    row = [word.folded for word in found[at : at + len(term.words)]]
    return row[:-1] == list(term.words[:-1]) and (
        row[-1].startswith(term.words[-1]) if term.is_open else row[-1] == term.words[-1]
    )


def snippets(text: str, terms: Sequence[Term], *, most: int) -> list[Snippet]:
    """Cut out the stretches of a text where terms stand, those with the most different words first chosen.

    At most `most` of them, in the order of the text; the words in them are the text's own, accents and all.
    """
    groups: list[list[tuple[int, int]]] = []
    for place in places(text, terms):
        if groups and place[0] - groups[-1][0][0] <= 2 * _REACH:
            groups[-1].append(place)
        else:
            groups.append([place])
    worth = [len({folded(text[start:end]) for start, end in group}) for group in groups]
    chosen = sorted(sorted(range(len(groups)), key=lambda n: (-worth[n], n))[:most])
    return [_snippet(text, groups[n]) for n in chosen]


def _snippet(text: str, group: Sequence[tuple[int, int]]) -> Snippet:
    start, end = group[0][0], group[-1][1]
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    # Whole words only.
    while first > 0 and first < start and not text[first - 1].isspace():
        first += 1
    while last < len(text) and last > end and not text[last].isspace():
        last -= 1
    pieces: list[tuple[str, bool]] = []
    at = first
    for begin, stop in group:
        pieces += [(text[at:begin], False), (text[begin:stop], True)]
        at = stop
    pieces.append((text[at:last], False))
    return Snippet(start, tuple(piece for piece in pieces if piece[0]), first > 0, last < len(text))
