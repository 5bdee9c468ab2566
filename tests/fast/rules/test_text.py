"""How words are found and ordered, and how numbers and days are written and read."""

from __future__ import annotations

import random
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.rules.text import (
    NotADate,
    NotANumber,
    folded,
    parse_vi_date,
    parse_vi_number,
    sort_key,
    vi_date,
    vi_date_in_full,
    vi_date_in_text,
    vi_number,
)

VOWELS = (  # noqa: SIM905
    "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ i ì ỉ ĩ í ị "
    "o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ u ù ủ ũ ú ụ ư ừ ử ữ ứ ự y ỳ ỷ ỹ ý ỵ"
).split()
ALPHABET = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()  # noqa: SIM905
IN_ORDER = [
    "",
    "- gạch đầu dòng",
    "8 nhiệm vụ",
    "14 nhiệm vụ",
    "an",
    "An",
    "án",
    "an toàn",
    "án treo",
    "Ân Thi",
    "bàn",
    "Ban Dân vận",
    "Ban Tổ chức",
    "Ban Tuyên giáo",
    "Bắc Kạn",
    "Bắc Ninh",
    "Cần Thơ",
    "dân",
    "Đảng ủy",
    "Hậu Giang",
    "Hoa",
    "hòa",
    "Hòa Bình",
    "Khóm 9",
    "Khóm 09",
    "Khóm 009",
    "Khóm 10",
    "Khóm 10A",
    "Khóm Một",
    "Sóc Trăng",
    "Sở Nội vụ",
    "Sở Y tế",
    "Ủy ban",
    "Vĩnh Long",
    "Ω",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đồng chí", "dong chi"),
        ("Ðồng chí HÐND", "dong chi hdnd"),
        ("  ỦY BAN\u00a0NHÂN\n DÂN ", "uy ban nhan dan"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("ĐƯỜNG ƯỚC", "duong uoc"),
        ("59-NQ/TW", "59-nq/tw"),
        ("Số\u200b 1022", "so 1022"),
        ("", ""),
    ],
)
def test_the_form_under_which_a_text_is_searched(text, expected):
    assert folded(text) == expected


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing_and_spelling_apart_neither(text):
    assert folded(folded(text)) == folded(text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(text)
    assert "\x00" not in folded(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*VOWELS, *ALPHABET, " ", "-", "2"])).map("".join))
def test_other_writing_in_a_text_does_not_change_how_the_rest_is_folded(text):
    for written in (text, text.upper()):
        assert folded(f"{written}:Ω") == folded(f"{text}:") + "ω"


@pytest.mark.parametrize("words", [VOWELS, ALPHABET, IN_ORDER], ids=["vowels", "alphabet", "words"])
def test_the_order_of_a_vietnamese_list(words):
    shuffled = list(words)
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=lambda word: sort_key(word).encode()) == words


def test_the_place_of_the_tone_says_nothing():
    assert sort_key("hoà bình") == sort_key("hòa bình")


def test_small_stands_before_capital_only_where_all_else_is_equal():
    assert sort_key("sở") < sort_key("Sở") < sort_key("sợ")


def test_the_legacy_d_stands_with_the_real_one():
    assert sort_key("Ðảng") == sort_key("Đảng")


NUMBERS = st.integers(0, 20).flatmap(lambda digits: st.integers(10**digits // 10, 10**digits))


@settings(deadline=None, max_examples=300)
@given(NUMBERS, NUMBERS)
def test_numbers_are_ordered_by_value(one, other):
    assert (sort_key(f"Khóm {one} A") < sort_key(f"Khóm {other} A")) == (one < other)


@settings(deadline=None)
@given(st.lists(st.sampled_from(ALPHABET)), st.lists(st.sampled_from(ALPHABET)))
def test_letters_are_ordered_by_the_alphabet(one, other):
    places = [[ALPHABET.index(letter) for letter in word] for word in (one, other)]
    assert (sort_key("".join(one)) < sort_key("".join(other))) == (places[0] < places[1])


@settings(deadline=None)
@given(st.text(), st.text())
def test_the_key_can_be_stored_and_compares_alike_as_text_and_as_bytes(one, other):
    keys = [sort_key(one), sort_key(other)]
    assert (keys[0] < keys[1]) == (keys[0].encode("utf-8") < keys[1].encode("utf-8"))
    assert all(char not in key for key in keys for char in "\x00\n\t")
    assert sort_key(unicodedata.normalize("NFD", one)) == keys[0]


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (1635, None, "1.635"),
        (0, None, "0"),
        (999, None, "999"),
        (-1234567, None, "-1.234.567"),
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("42.50"), None, "42,5"),
        (Decimal("42.50"), 2, "42,50"),
        (Decimal("42.45"), 1, "42,5"),
        (Decimal("-0.001"), 2, "0,00"),
        (Decimal("1E+4"), None, "10.000"),
        (16, 1, "16,0"),
    ],
)
def test_a_number_as_offices_write_it(value, places, expected):
    assert vi_number(value, places) == expected


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_not_written_as_one(value):
    with pytest.raises(NotANumber):
        vi_number(value)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_number_written_is_read_back_the_same(value):
    assert parse_vi_number(vi_number(value)) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1234,5", "1234.5"),
        (" 12\u00a0345 ", "12345"),
        ("0,5", "0.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
    ],
)
def test_a_number_as_offices_write_it_is_read(text, expected):
    assert parse_vi_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "1.23", "1,234.5", "12.34.567", "1.234,", ",5", "59-NQ", "1e5", "٣", "½"])
def test_what_may_be_two_numbers_or_none_is_refused(text):
    with pytest.raises(NotANumber, match="không đọc được là một số"):
        parse_vi_number(text)


@pytest.mark.parametrize(
    ("day", "table", "text", "full"),
    [
        (date(2023, 12, 2), "02/12/2023", "02/12/2023", "ngày 02 tháng 12 năm 2023"),
        (date(2024, 6, 5), "05/06/2024", "05/6/2024", "ngày 05 tháng 6 năm 2024"),
        (date(2022, 1, 17), "17/01/2022", "17/01/2022", "ngày 17 tháng 01 năm 2022"),
        (date(2020, 3, 5), "05/03/2020", "05/3/2020", "ngày 05 tháng 3 năm 2020"),
        (date(2024, 2, 29), "29/02/2024", "29/02/2024", "ngày 29 tháng 02 năm 2024"),
    ],
)
def test_a_day_in_a_table_in_a_text_and_in_full(day, table, text, full):
    assert (vi_date(day), vi_date_in_text(day), vi_date_in_full(day)) == (table, text, full)


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_written_is_read_back_the_same(day):
    assert [parse_vi_date(write(day)) for write in (vi_date, vi_date_in_text, vi_date_in_full)] == [day] * 3


@pytest.mark.parametrize(
    "text",
    ["5/6/2024", "05-06-2024", "5.6.2024", " 5 / 6 / 2024 ", "ngày 5 tháng 6 năm 2024", "Ngày 05/6/2024"],
)
def test_a_day_as_offices_write_it_is_read(text):
    assert parse_vi_date(text) == date(2024, 6, 5)


@pytest.mark.parametrize(
    "text", ["", "31/6/2024", "29/2/2023", "5/6", "5/6/24", "2024-06-05", "5/6-2024", "13/13/2024", "hôm nay"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(NotADate, match="không phải là một ngày có thật"):
        parse_vi_date(text)
