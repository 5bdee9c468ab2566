"""Which clauses are to be made concrete: the innermost, outside the parts that only tell how things are."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules.clauses import Part, innermost, is_narrative, tree

DAY = date(2024, 6, 18)


def parts(*rows: tuple[int, int, int, str]) -> list[Part]:
    return [Part(*row) for row in rows]


RESOLUTION = parts(
    (1, 0, 100, "TÌNH HÌNH VÀ NGUYÊN NHÂN"),
    (2, 30, 60, "Kinh tế tăng trưởng khá, nhưng chưa vững chắc."),
    (3, 60, 100, "Nguyên nhân"),
    (4, 100, 300, "NHIỆM VỤ, GIẢI PHÁP"),
    (5, 130, 220, "Quy hoạch"),
    (6, 150, 180, "Lập quy hoạch phân khu;"),
    (7, 180, 220, "Công bố quy hoạch."),
    (8, 220, 300, "Kết quả quan trắc phải được công bố hằng quý."),
    (9, 300, 380, "TỔ CHỨC THỰC HIỆN"),
)


def test_the_innermost_clauses_outside_the_narrative_parts_are_counted():
    places = tree(RESOLUTION, on=DAY)
    assert [p.part.key for p in places if p.is_counted] == [6, 7, 8, 9]
    assert {p.part.key: (p.parent, p.depth) for p in places} == {
        **{1: (None, 0), 2: (1, 1), 3: (1, 1), 4: (None, 0), 5: (4, 1)},
        **{6: (5, 2), 7: (5, 2), 8: (4, 1), 9: (None, 0)},
    }


def test_a_sentence_that_begins_like_a_heading_is_none():
    assert [p.part.key for p in tree(RESOLUTION, on=DAY) if p.is_narrative] == [1, 2, 3]


@pytest.mark.parametrize(
    ("heading", "narrative"),
    [
        ("TÌNH HÌNH", True),
        ("Quan điểm:", True),
        ("quan diem chi dao", True),
        ("Kết quả đạt được", True),
        ("Kết quả phải được báo cáo.", False),
        ("MỤC TIÊU", False),
        ("NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", False),
        ("Tình hìnhh", False),
        ("Hạn chế việc cấp phép mới " + "và kiểm tra " * 8, False),
        ("", False),
    ],
)
def test_headings(heading: str, narrative: bool):
    assert is_narrative(heading, on=DAY) is narrative


def test_a_document_without_parts_has_no_clause():
    assert tree([], on=DAY) == []


def test_parts_that_a_later_reading_cut_otherwise_stand_side_by_side():
    places = tree(parts((1, 0, 50, "a"), (2, 20, 80, "b"), (3, 30, 40, "c")), on=DAY)
    assert {p.part.key: p.parent for p in places} == {1: None, 2: None, 3: 2}


def test_a_span_belongs_to_the_innermost_part_in_which_it_begins():
    places = tree(RESOLUTION, on=DAY)
    assert [innermost(places, *span) for span in [(155, 260), (125, 140), (390, 395), (10, 10)]] == [6, 4, None, None]
