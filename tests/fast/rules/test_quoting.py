"""Six words in a row are a quotation, however they are written."""

from __future__ import annotations

import pytest

from dondoc.rules.quoting import quotes, runs

SOURCE = "Giao Sở Tài chính chủ trì lập danh mục công trình bông súng tím"


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        (SOURCE, True),
        ("Đã giao: “SỞ  TÀI CHÍNH chủ trì, lập danh mục” từ hôm qua", True),
        ("so tai chinh chu tri lap", True),
        ("Sở Tài chính chủ trì", False),
        ("Sở Tài chính chủ trì việc lập danh mục công trình", False),
        ("", False),
    ],
)
def test_what_is_a_quotation(text: str, is_quoted: bool) -> None:
    assert quotes(text, runs(SOURCE)) is is_quoted


def test_a_short_name_is_one_run_and_two_words_are_none() -> None:
    assert list(runs("Kế hoạch bông súng")) == ["ke hoach bong sung"]
    assert list(runs("Sở Y")) == []
