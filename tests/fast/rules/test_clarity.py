"""The six things that must be clear before work is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dondoc.rules.clarity import Given, points, unclear

ON = date(2025, 3, 1)
CLEAR = Given("Lập danh mục công trình", ("Sở Tài chính",), frozenset(), True, "Danh mục", "Thành ủy Cần Thơ")


def missing(**more: object) -> list[str]:
    return [point.key for point in unclear(replace(CLEAR, **more), on=ON)]


@pytest.mark.parametrize(
    ("more", "keys"),
    [
        ({}, []),
        ({"leads": ()}, ["who", "answers"]),
        ({"leads": ("các sở, ngành",), "classes": frozenset({"các sở, ngành"})}, ["who"]),
        ({"leads": ("Sở Tài chính", "Sở Xây dựng")}, ["answers"]),
        ({"leads": ("Sở Tài chính", "các quận"), "classes": frozenset({"các quận"})}, ["answers"]),
        # One after the other each answers for its own stage; one that owes no stage answers beside the others.
        ({"leads": ("Sở Tài chính", "Sở Xây dựng"), "staged": frozenset({"Sở Tài chính", "Sở Xây dựng"})}, []),
        ({"leads": ("Sở Tài chính", "Sở Xây dựng"), "staged": frozenset({"Sở Xây dựng"})}, ["answers"]),
        ({"leads": ("Sở Tài chính", "Sở Tài chính")}, []),
        ({"title": " "}, ["what"]),
        ({"has_due": False, "product": ""}, ["when", "product"]),
        ({"given_by": ""}, ["authority"]),
    ],
)
def test_what_is_missing_is_named(more: dict[str, object], keys: list[str]) -> None:
    assert missing(**more) == keys


def test_there_are_six_in_their_usual_order() -> None:
    assert [point.label for point in points(on=ON)] == [
        *("rõ người", "rõ việc", "rõ thời gian"),
        *("rõ trách nhiệm", "rõ sản phẩm", "rõ thẩm quyền"),
    ]
    assert points(on=date(1999, 1, 1)) == ()
