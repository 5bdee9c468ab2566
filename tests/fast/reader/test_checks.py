"""Arithmetic between the claims of one document: what adds up, what does not, and which words say so."""

from __future__ import annotations

from dondoc.reader.clean import clean
from dondoc.reader.find.checks import check_claims, format_number
from dondoc.reader.find.quantities import find_claims
from dondoc.reader.model import Check, Header


def checks(text: str) -> list[Check]:
    return check_claims(find_claims(clean(text), Header(kind="tin")))


def test_parts_that_make_up_their_total() -> None:
    found = checks("Có 35 đề án, trong đó 20 đề án đã ban hành, 11 đề án đang xây dựng, 4 đề án đang được rà soát.")
    assert [(c.kind, c.holds, c.stated, c.computed, len(c.parts)) for c in found] == [("sum", True, 35, 35, 3)]
    assert found[0].total is not None
    assert found[0].total.value == 35
    assert found[0].sentence == "20 + 11 + 4 = 35 đề án, khớp với tổng số đã nêu."


def test_parts_that_miss_their_total_are_named() -> None:
    text = (
        "Đã giao 9.831 nhiệm vụ, trong đó đã hoàn thành 7.892 nhiệm vụ, đang thực hiện 1.602 nhiệm vụ, "
        "quá hạn 319 nhiệm vụ."
    )
    assert [(c.kind, c.holds, c.computed, c.sentence) for c in checks(text)] == [
        (
            "sum",
            False,
            9813,
            "7.892 + 1.602 + 319 = 9.813 nhiệm vụ, không khớp với tổng số đã nêu là 9.831.",
        )
    ]


def test_an_unfinished_list_is_no_contradiction() -> None:
    assert checks("Có 34 dự án. Trong đó có 5 dự án đường sắt, 2 dự án sân bay.") == []


def test_a_share_is_held_against_its_percentage() -> None:
    found = checks("Giải ngân đạt 2.477/10.825 tỷ đồng (23%). Có 18/24 chỉ tiêu đạt và vượt (đạt 70%).")
    assert [(c.kind, c.holds, c.stated, round(c.computed, 1)) for c in found] == [
        ("share", True, 23, 22.9),
        ("share", False, 70, 75.0),
    ]


def test_met_and_unmet_make_up_all_indicators() -> None:
    holds = checks("Thành phố đạt và vượt 15/19 chỉ tiêu. Công tác khác được quan tâm. Có 4 chỉ tiêu chưa đạt.")
    fails = checks("Thành phố đạt và vượt 15/19 chỉ tiêu. Công tác khác được quan tâm. Có 5 chỉ tiêu chưa đạt.")
    assert [(c.kind, c.holds, c.stated, c.computed) for c in holds + fails] == [
        ("sum", True, 19, 19),
        ("sum", False, 19, 20),
    ]


def test_numbers_are_written_as_vietnamese_writes_them() -> None:
    assert [format_number(n) for n in (1234.5, 9831, 0.25)] == ["1.234,5", "9.831", "0,25"]
