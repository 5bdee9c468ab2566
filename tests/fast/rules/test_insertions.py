"""Figures named within words, and numbers that were only typed."""

from __future__ import annotations

import pytest

from dondoc.rules.insertions import Insertion, insertions, parts, token, typed_numbers


def test_a_figure_is_named_within_words_and_read_back() -> None:
    written = f"Còn {token('duties.late', {'agency': '7'})} việc, {token('duties.open', {})} chưa xong."
    assert parts(written) == (
        "Còn ",
        Insertion("duties.late", {"agency": "7"}, "{duties.late agency=7}"),
        " việc, ",
        Insertion("duties.open", {}, "{duties.open}"),
        " chưa xong.",
    )
    assert [one.key for one in insertions(written)] == ["duties.late", "duties.open"]
    assert parts("{không phải} {so lieu}") == ("{không phải} {so lieu}",)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Đã hoàn thành 12 nhiệm vụ, đạt 85,7%.", ("12", "85,7%")),
        ("Giải ngân 1.234,5 tỷ đồng", ("1.234,5",)),
        ("Ngày 02/12/2023, theo Nghị quyết số 59-NQ/TW và Nghị quyết 45/2022/QH15", ()),
        (
            "Điều 3, khoản 2 Nghị định 30/2020/NĐ-CP; quý 4; giai đoạn 2021-2025; tháng 5/2023; đợt 2 quý I/2024",
            (),
        ),
        ("Trong 3 dự án có 3 dự án xong", ("3",)),
        ("Còn {duties.late agency=7} việc", ()),
        ("", ()),
    ],
)
def test_only_numbers_that_count_something_are_marked_as_typed(text: str, numbers: tuple[str, ...]) -> None:
    assert typed_numbers(text) == numbers
