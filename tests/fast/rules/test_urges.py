"""Kinds and channels of urging are dated data with a source; the draft of a letter says all that it must."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules import urges

DAY = date(2024, 6, 18)


def test_kinds_go_from_the_mildest_on():
    assert [way.label for way in urges.kinds(on=DAY)] == [
        *("nhắc nhở", "đôn đốc", "phê bình", "yêu cầu kiểm điểm"),
        *("yêu cầu giải trình", "đưa ra giao ban", "báo cáo cấp trên"),
    ]


def test_every_way_has_its_source_and_says_whether_it_is_sure():
    ways = [*urges.kinds(on=DAY), *urges.channels(on=DAY)]
    assert [way.key for way in ways if not way.source] == []
    assert {way.sure for way in ways} == {False}


def test_there_was_no_electronic_mail_before_its_day():
    def before(day: date) -> list[str]:
        return [way.key for way in urges.channels(on=day)]

    assert before(date(1999, 12, 31)) == ["cong-van", "dien-thoai", "truc-tiep"]
    assert before(DAY) == ["cong-van", "dien-thoai", "thu-dien-tu", "truc-tiep"]


def test_an_unknown_way_is_refused_by_name():
    with pytest.raises(urges.UnknownWay, match="Không có hình thức đôn đốc “bo-cau” vào ngày 18/06/2024"):
        urges.channel("bo-cau", on=DAY)


def test_a_draft_about_a_clause():
    assert urges.draft(
        "clause",
        on=DAY,
        way=urges.kind("don-doc", on=DAY),
        agency="Sở Xây dựng",
        speaker="Văn phòng Thành ủy",
        title="Nghị quyết 7-NQ/TU",
        place="mục II.3",
        words="Xây dựng cơ chế riêng\nđể huy động nguồn lực.",
        answer_by=date(2024, 7, 5),
    ) == (
        "Kính gửi: Sở Xây dựng\n\n"
        "Nghị quyết 7-NQ/TU, mục II.3: “Xây dựng cơ chế riêng để huy động nguồn lực”\n\n"
        "Đến ngày 18/06/2024, chưa có văn bản, nhiệm vụ hoặc chỉ tiêu nào cụ thể hóa nội dung này. "
        "Văn phòng Thành ủy đôn đốc Sở Xây dựng khẩn trương thực hiện nội dung trên và báo cáo kết quả "
        "trước ngày 05/07/2024."
    )


def test_long_words_are_cut_and_braces_in_them_stay_words():
    found = urges.draft(
        "duty",
        on=DAY,
        way=urges.kind("phe-binh", on=DAY),
        agency="Sở {A}",
        speaker="Văn phòng",
        title="",
        place="",
        words="{words} " + "dài " * 400,
        answer_by=None,
    )
    assert "“{words} dài" in found
    assert "dài …”." in found
    assert len(found) < 1100
    assert found.endswith("báo cáo kết quả.")
