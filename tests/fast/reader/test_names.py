"""Promises how lists of agencies are cut into names, as official prose writes them."""

from pathlib import Path

import pytest

from dondoc.reader.find.agencies import read_names
from dondoc.reader.find.orders import find_deed
from dondoc.reader.find.tokens import tokenize

CASES = [
    ("Bộ Lao động - Thương binh và Xã hội khẩn trương rà soát", ["Bộ Lao động - Thương binh và Xã hội"]),
    (
        "các sở, ban, ngành, UBND các xã, phường và các đơn vị trực thuộc tiếp tục",
        ["các sở, ban, ngành", "UBND các xã, phường", "các đơn vị trực thuộc"],
    ),
    ("Các Bộ: Quốc phòng, Công an chủ động", ["Bộ Quốc phòng", "Bộ Công an"]),
    ("Bộ Tài chính, Y tế khẩn trương", ["Bộ Tài chính", "Bộ Y tế"]),
    ("Giám đốc Sở Xây dựng - Phó Trưởng Ban Chỉ đạo chống ngập chỉ đạo", ["Giám đốc Sở Xây dựng"]),
    ("đồng chí Trần Văn Mẫu, Phó Chủ tịch UBND tỉnh trực tiếp chỉ đạo", ["Trần Văn Mẫu"]),
    (
        "Các cơ quan được phân công chủ trì thực hiện nhiệm vụ có trách nhiệm lập",
        ["Các cơ quan được phân công chủ trì thực hiện nhiệm vụ"],
    ),
    ("Uỷ ban nhân dân 11 phường tham gia", ["Uỷ ban nhân dân 11 phường"]),
    (
        "Bí thư Tỉnh ủy, Chủ tịch Ủy ban nhân dân các tỉnh Đắk Lắk, Gia Lai và Lâm Đồng phải",
        ["Bí thư Tỉnh ủy", "Chủ tịch Ủy ban nhân dân các tỉnh Đắk Lắk, Gia Lai và Lâm Đồng"],
    ),
    ("Văn phòng Ban chỉ đạo phòng thủ dân sự theo dõi sát", ["Văn phòng Ban chỉ đạo phòng thủ dân sự"]),
]


LISTED = [
    tuple(line.split(" | "))
    for line in (Path(__file__).parents[2] / "corpus" / "names.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("text", "names"), LISTED)
def test_the_addressees_of_an_order_are_told_apart_and_the_deed_follows(text: str, names: str) -> None:
    tokens = tokenize(text)
    found, after = read_names(tokens, 0, len(tokens.low))
    assert "; ".join(n.text for n in found) == names
    assert find_deed(tokens, after, len(tokens.low)) is not None


@pytest.mark.parametrize(("text", "names"), CASES)
def test_a_list_is_cut_into_its_names(text: str, names: list[str]) -> None:
    tokens = tokenize(text)
    found, _ = read_names(tokens, 0, len(tokens.low))
    assert [n.text for n in found] == names


@pytest.mark.parametrize("text", ["tổ chức thực hiện", "phòng chống bão", "cấp phát kinh phí", "vụ việc phức tạp"])
def test_words_that_look_like_agencies_are_none(text: str) -> None:
    tokens = tokenize(text)
    assert read_names(tokens, 0, len(tokens.low)) == ([], 0)
