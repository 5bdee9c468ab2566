"""Where the words of a page stand comes back as it was put away."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.places import PlacesUnreadable, pack, unpack

WORD = st.tuples(
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1),
    st.lists(st.floats(width=32, allow_nan=False), min_size=4, max_size=4),
)


@given(st.lists(WORD, max_size=30))
def test_what_is_packed_comes_back(words: list[tuple[int, int, list[float]]]) -> None:
    starts = array("l", (start for start, _end, _edges in words))
    ends = array("l", (end for _start, end, _edges in words))
    edges = array("f", (edge for _start, _end, four in words for edge in four))
    assert unpack(pack(starts, ends, edges)) == (array("I", starts), array("I", ends), edges)


def test_ten_thousand_words_are_small() -> None:
    n = 10_000
    starts = array("I", range(0, 6 * n, 6))
    ends = array("I", range(5, 6 * n, 6))
    edges = array("f", (edge for i in range(n) for edge in (72.0 + i % 12 * 40, 90.0 + i // 12, 100.0, 12.0)))
    assert len(pack(starts, ends, edges)) < 100_000


def test_lists_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(PlacesUnreadable, match="không khớp"):
        pack(array("I", [1]), array("I", [2]), array("f", [0.0] * 3))


@pytest.mark.parametrize("cut", [0, 1, 10])
def test_packed_places_that_were_cut_short_are_refused(cut: int) -> None:
    packed = pack(array("I", [0]), array("I", [3]), array("f", [1.0, 2.0, 3.0, 4.0]))
    with pytest.raises(PlacesUnreadable, match="hỏng"):
        unpack(packed[:cut])
