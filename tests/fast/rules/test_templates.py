"""The reports that offices owe, as dated data."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules.templates import UnknownTemplate, template, templates

DAY = date(2023, 12, 2)
BLOCKS = {"sentences", "table", "chart", "text"}


def test_five_kinds_of_report_each_with_its_sections_and_a_title_for_each_scope() -> None:
    assert [one.key for one in templates(on=DAY)] == ["progress", "agencies", "urging", "briefing", "annex"]
    for one in templates(on=DAY):
        keys = [section.key for section in one.sections]
        assert len(keys) == len(set(keys)) > 1
        assert all(section.blocks and BLOCKS.issuperset(section.blocks) for section in one.sections)
        assert set(one.scopes) <= {"office", "agency", "resolution", "programme"}
        for kind in one.scopes:
            needs_name = kind != "office"
            assert ("X" in one.title(kind, "X", language="vi")) == needs_name
        assert one.name["vi"] != one.name["en"]


def test_a_report_on_a_resolution_has_the_parts_that_offices_expect() -> None:
    found = template("progress", on=DAY)
    assert [section.key for section in found.sections if section.place == "body"] == [
        "results", "summary", "limits", "causes", "obstacles", "claims", "ahead", "proposals",
    ]  # fmt: skip
    assert found.title("programme", "danh mục 25 dự án", language="vi") == "Tình hình thực hiện danh mục 25 dự án"


def test_an_unknown_kind_is_refused_in_words() -> None:
    with pytest.raises(UnknownTemplate, match="Không có mẫu báo cáo “thu-tuong” vào ngày 02/12/2023"):
        template("thu-tuong", on=DAY)
