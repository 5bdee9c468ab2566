"""A document's number is one grammar with three shapes; a citation keeps it as the text writes it."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.reader.clean import clean
from dondoc.reader.find.citations import find_citations, parse_number


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("71-NQ/TW", ("party", "71", None, "NQ", "TW", None, "nghị quyết")),
        ("Số 215-CV/TU", ("party", "215", None, "CV", "TU", None, "công văn")),
        ("03-CTr/ĐU", ("party", "03", None, "CTr", "ĐU", None, "chương trình")),
        ("14-TT/TU", ("party", "14", None, "TT", "TU", None, "thông tri")),
        ("77/NQ-CP", ("administrative", "77", None, "NQ", "CP", None, "nghị quyết")),
        ("512/UBND-KT", ("administrative", "512", None, None, "UBND", "KT", "công văn")),
        ("9001/VPCP-V.I", ("administrative", "9001", None, None, "VPCP", "V.I", "công văn")),
        ("31/CĐ-TTg", ("administrative", "31", None, "CĐ", "TTg", None, "công điện")),
        ("19/2023/QĐ-TTg", ("normative", "19", 2023, "QĐ", "TTg", None, "quyết định")),
        ("08/2024/TT-BNV", ("normative", "08", 2024, "TT", "BNV", None, "thông tư")),
        ("52/2024/QH15", ("normative", "52", 2024, None, "QH15", None, None)),
        ("05/2015/TTLT-VPCP-BNV", ("normative", "05", 2015, "TTLT", "VPCP-BNV", None, "thông tư liên tịch")),
    ],
)
def test_a_number_is_taken_apart(written: str, expected: tuple[object, ...]) -> None:
    number = parse_number(written)
    assert number is not None
    assert (
        number.grammar,
        number.serial,
        number.year,
        number.kind,
        number.body,
        number.unit,
        number.kind_name,
    ) == expected


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("59/NQ-TW", "59-NQ/TW"),
        ("59–NQ/TW", "59-NQ/TW"),
        ("21 /KH-UBND", "21/KH-UBND"),
        ("98/NQ – CP", "98/NQ-CP"),
        ("02-QC/BC\u00d0TW", "02-QC/BC\u0110TW"),
        ("1899/QĐ-TTG", "1899/QĐ-TTg"),
    ],
)
def test_typing_slips_are_put_right_in_the_standard_form_only(written: str, standard: str) -> None:
    number = parse_number(written)
    assert number is not None
    assert number.standard == standard


@pytest.mark.parametrize("written", ["24/7", "9/11 dự án", "30/6/2024", "59", "NQ/TW", "", "5,8%/năm", "10/Đ"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert parse_number(written) is None


def test_citations_keep_the_text_and_the_day() -> None:
    text = "Thực hiện Nghị quyết số 77/NQ-CP ngày 05/7/2024 của Chính phủ và Luật số 52/2024/QH15, báo cáo."
    found = find_citations(clean(text))
    assert [(c.number, c.span.cut(text), c.title, c.issued_on) for c in found] == [
        ("77/NQ-CP", "77/NQ-CP", "Nghị quyết", date(2024, 7, 5)),
        ("52/2024/QH15", "52/2024/QH15", "Luật", None),
    ]


def test_a_title_in_quotes_belongs_to_the_citation() -> None:
    text = "Nghị quyết số 71-NQ/TW ngày 03/2/2021 của Bộ Chính trị “Về phát triển vùng biển đến năm 2045” và kế hoạch."
    assert find_citations(clean(text))[0].title == "Nghị quyết về phát triển vùng biển đến năm 2045"


def test_the_own_number_is_no_citation() -> None:
    text = "TỈNH ỦY MINH SƠN\n*\nSố 215-CV/TU\n\nThực hiện Kết luận số 44-KL/TW, đề nghị báo cáo."
    assert [c.number for c in find_citations(clean(text))] == ["44-KL/TW"]


def test_a_short_form_means_the_number_given_in_full() -> None:
    text = "Nghị quyết số 71-NQ/TW được quán triệt. Kết quả thực hiện Nghị quyết số 71 và Nghị quyết 12 được nêu sau."
    found = find_citations(clean(text))
    assert [(c.number, c.rule, c.span.cut(text)) for c in found] == [
        ("71-NQ/TW", "number", "71-NQ/TW"),
        ("71-NQ/TW", "short form", "71"),
    ]


def test_two_full_numbers_make_a_short_form_unsure_and_it_is_left_out() -> None:
    text = "Nghị quyết số 59-NQ/TW và Nghị quyết số 59/NQ-CP. Nghị quyết số 59 được triển khai."
    assert [c.rule for c in find_citations(clean(text))] == ["number", "number"]


def test_a_bare_body_needs_a_word_before_it() -> None:
    assert find_citations(clean("Tỷ lệ đạt 10/UBND theo bảng.")) == []
    assert [c.number for c in find_citations(clean("theo Văn bản số 10/UBND đã gửi"))] == ["10/UBND"]


def test_hostile_text_stays_cheap() -> None:
    text = "1/" * 30_000 + " " + "Số " * 20_000 + "9-" * 30_000
    assert find_citations(clean(text)) == []
