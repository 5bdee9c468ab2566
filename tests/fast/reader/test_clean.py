"""Promises that what is found in the plain text can always be brought back to its place in the original."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dondoc.reader.api import read_text, to_json
from dondoc.reader.clean import clean

MIXED = st.text(
    alphabet=st.sampled_from("aăâệĐÐđ\u0301\u0302\u0323\u00a0\u200b\ufeff\r\n \tUỷy.;:,1/-()“”")
    | st.characters(exclude_categories=("Cs",)),
    max_size=120,
)
PHRASES = st.lists(
    st.sampled_from(
        [
            "Giao ",
            "Bộ Tài chính",
            " chủ trì, phối hợp với ",
            "các sở, ngành",
            "\n1. ",
            "\n- ",
            "; ",
            ". ",
            "Yêu cầu ",
            ":",
            "rà soát ",
            "trước ngày 30/6",
            " như sau:\n",
            "Ðiều 2. ",
            "khẩn trương ",
            "(",
            ")",
            "“",
            "\u00a0",
            "kiến nghị ",
            "|",
            "\t",
            "STT\n",
            "Cơ quan chủ trì",
            "Thời gian: Quý II/2024",
        ]
    ),
    max_size=40,
).map("".join)


@given(MIXED)
def test_plain_text_is_composed_and_maps_back(text: str) -> None:
    plain = clean(text)
    assert "Ð" not in plain.text
    assert "\u00a0" not in plain.text
    previous = 0
    for i in range(len(plain.text)):
        span = plain.span(i, i + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert span.start >= previous
        previous = span.start


def test_decomposed_letters_find_their_whole_original() -> None:
    text = "Ngày " + unicodedata.normalize("NFD", "Đặng") + "!"
    plain = clean(text)
    at = plain.text.index("Đặng")
    assert plain.text == "Ngày Đặng!"
    assert unicodedata.normalize("NFC", plain.span(at, at + 4).cut(text)) == "Đặng"


@given(PHRASES | MIXED)
def test_any_text_is_read_and_each_place_cut_from_it_is_the_text_shown(text: str) -> None:
    if not text.strip():
        return
    reading = to_json(read_text(text))
    for a in reading["assignments"]:
        assert text[slice(*a["span"])] == a["text"]
        assert a["leads"]
    for f in reading["figures"]:
        assert text[slice(*f["span"])] == f["text"]
