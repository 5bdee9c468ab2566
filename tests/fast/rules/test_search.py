"""Words are found whatever their accents, and every place that is marked holds the words that were asked for."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules import search
from dondoc.rules.search import Term
from dondoc.rules.text import folded

SYLLABLES = [
    "Đôn",
    "đốc",
    "Ðôn",
    "đo\u0302\u0301c",
    "hoà",
    "hòa",
    "NQ",
    "59",
    "báo",
    "cáo",
    "Tài",
    "chính",
    "ư\u200bớc",
]
MARKS = [" ", "\n", ", ", "-", "/", " – ", "\u00a0", ". "]
texts = st.lists(st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(MARKS)), max_size=30).map(
    lambda parts: "".join(word + mark for word, mark in parts)
)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("don doc", [Term(("don",)), Term(("doc",), is_open=True)]),
        ("Đôn đốc ", [Term(("don",)), Term(("doc",))]),
        ("“Đôn đốc”", [Term(("don", "doc"))]),
        ('"đôn đốc" sở tài', [Term(("don", "doc")), Term(("so",)), Term(("tai",), is_open=True)]),
        ("1022-cv/tu", [Term(("1022", "cv", "tu"), is_open=True)]),
        ("a a", [Term(("a",), is_open=True)]),
        ("  /// ", []),
        ('"', []),
    ],
)
def test_what_is_typed_is_read_as_terms(typed: str, terms: list[Term]) -> None:
    assert list(search.asked(typed)) == terms


@pytest.mark.parametrize("typed", ["don doc", "đôn đốc", "ĐÔN ĐỐC", "Ðôn Ðốc", unicodedata.normalize("NFD", "đôn đốc")])
def test_every_writing_finds_the_same_places(typed: str) -> None:
    text = "Việc Đôn  đốc\nvà " + unicodedata.normalize("NFD", "đôn đốc") + "."
    assert [text[a:b] for a, b in search.places(text, search.asked(f"“{typed}”"))] == [
        "Đôn  đốc",
        unicodedata.normalize("NFD", "đôn đốc"),
    ]


def test_a_phrase_ends_where_its_word_ends_and_an_open_one_goes_on() -> None:
    text = "An Giang và Lan Giang, An Giàng"
    assert [text[a:b] for a, b in search.places(text, search.asked("“an giang”"))] == ["An Giang", "An Giàng"]
    assert [text[a:b] for a, b in search.places(text, search.asked("gian "))] == []
    assert [text[a:b] for a, b in search.places(text, search.asked("gia"))] == ["Giang", "Giang", "Giàng"]


def test_the_database_is_asked_for_every_word() -> None:
    assert search.tsquery(search.asked("“đôn đốc” sở tài")) == "'doc' & 'don' & 'so' & 'tai':*"
    assert search.phrases(search.asked("“đôn đốc” sở 12-cv")) == [" don doc ", " 12 cv"]
    assert search.line("Đôn  đốc, 12-CV/TU.") == " don doc 12 cv tu "
    assert search.line("—") == " "
    assert search.searchable("Đôn đốc", "đốc") == " don doc doc "
    assert search.searchable() == " "


def test_a_text_of_endless_different_words_is_searched_as_far_as_the_index_reaches() -> None:
    text = " ".join(f"tu{n}" for n in range(200_000))
    held = search.searchable(text).split()
    assert 10_000 < len(held) < 200_000
    assert sum(map(len, set(held))) < 500_000


@given(texts)
def test_words_keep_their_places_and_say_what_the_folded_text_says(text: str) -> None:
    found = list(search.words(text))
    assert [word.folded for word in found] == [folded(text[word.start : word.end]) for word in found]
    loose = "".join(char if char.isalnum() else " " for char in folded(text)).split()
    assert [word.folded for word in found] == loose
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


@given(st.text(max_size=80))
def test_any_text_has_words_that_are_found_in_it_again(text: str) -> None:
    for word in search.words(text):
        assert (word.start, word.end) in search.places(text, [Term((word.folded,))])
        assert search.fits(text, [Term((word.folded,))])


@given(texts, st.data())
def test_words_in_a_row_are_found_in_a_row_in_text_line_and_snippet(text: str, data: st.DataObject) -> None:
    found = list(search.words(text))
    if not found:
        assert search.snippets(text, [Term(("x",))], most=3) == []
        return
    first = data.draw(st.integers(0, len(found) - 1))
    row = found[first : first + data.draw(st.integers(1, 3))]
    term = Term(tuple(word.folded for word in row))
    assert search.fits(text, [term])
    for phrase in search.phrases([term]):
        assert phrase in search.line(text)
    for start, end in search.places(text, [term]):
        assert tuple(word.folded for word in search.words(text[start:end])) == term.words
    shown = search.snippets(text, [term], most=2)
    assert 1 <= len(shown) <= 2
    for snippet in shown:
        marked = [piece for piece, is_found in snippet.pieces if is_found]
        assert marked
        assert text[snippet.start :].startswith(marked[0])
        assert "".join(piece for piece, _found in snippet.pieces) in text


def test_a_snippet_shows_the_stretch_with_the_most_words_and_cuts_at_words() -> None:
    far = "xa " * 100
    text = f"Tài sản. {far}Sở Tài chính chủ trì đôn đốc. {far}Tài liệu."
    [snippet] = search.snippets(text, search.asked("tài đốc "), most=1)
    assert [piece for piece, is_found in snippet.pieces if is_found] == ["Tài", "đốc"]
    assert (snippet.is_cut_before, snippet.is_cut_after) == (True, True)
    assert snippet.pieces[0][0].startswith("xa ")


@pytest.mark.parametrize(
    ("number", "where"),
    [("59-NQ/TW", "party"), ("45/QĐ-UBND", "state"), ("12/2024/NĐ-CP", "state"), ("", ""), ("TB-giao ban", "")],
)
def test_the_number_says_from_which_hierarchy_a_document_comes(number: str, where: str) -> None:
    assert search.hierarchy(number) == where


def test_numbers_are_ordered_by_value() -> None:
    numbers = ["10-CV/TU", "9-cv/tu", "100/QĐ-UBND", "9-CV/TU"]
    assert sorted(numbers, key=search.order_key) == ["9-cv/tu", "9-CV/TU", "10-CV/TU", "100/QĐ-UBND"]
