"""What a document does to another is read from the words before its name, and only from those."""

from __future__ import annotations

import pytest

from dondoc.rules.citing import link_kind, strongest


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("Kế hoạch triển khai thực hiện Nghị quyết số ", "implements"),
        ("về việc thực hiện có hiệu quả Nghị quyết số ", "implements"),
        ("Tiếp tục quán triệt, thực hiện nghiêm Chỉ thị số ", "implements"),
        ("Chương trình hành động cụ thể hóa Nghị quyết số ", "makes_concrete"),
        ("Thông tư hướng dẫn thực hiện Nghị định số ", "makes_concrete"),
        ("quy định chi tiết một số điều của Luật Đầu tư công số ", "makes_concrete"),
        ("sửa đổi, bổ sung một số điều của Nghị định số ", "amends"),
        ("Điều chỉnh Quyết định số ", "amends"),
        ("Quyết định này thay thế Quyết định số ", "replaces"),
        ("bãi bỏ Quyết định số ", "replaces"),
        ("Căn cứ Nghị quyết số ", "cites"),
        ("Thực hiện nhiệm vụ được giao tại Nghị quyết số ", "cites"),
        ("thực hiện theo Công văn số ", "cites"),
        ("Các sở tổ chức thực hiện. Nghị quyết số ", "cites"),
        ("Thực hiện:\n- Nghị quyết số ", "cites"),
        ("thực hiện; Nghị quyết số ", "cites"),
        ("việc chưa từng thực hiện-nghị quyết" + " và các nội dung khác" * 8 + " số ", "cites"),
        ("", "cites"),
        ("Tình hình hiện nay theo Báo cáo số ", "cites"),
    ],
)
def test_the_words_before_a_name_say_what_is_done_to_it(before: str, kind: str) -> None:
    assert link_kind(before) == kind


def test_a_document_named_often_is_linked_by_what_says_most() -> None:
    assert strongest(["cites", "implements", "amends"]) == "implements"
    assert strongest(["cites", "cites"]) == "cites"
    assert strongest([]) == "cites"
