"""Promises how due days, periods and events are read; a day without a year takes the year of the document."""

from datetime import date

import pytest

from dondoc.reader.find.deadlines import find_due

CASES = [
    ("báo cáo trước ngày 31 tháng 12 năm 2014", ("day", "2014-12-31", None)),
    ("xong trước 30/7", ("day", "2024-07-30", None)),
    ("chậm nhất ngày 20.7.2020", ("day", "2020-07-20", None)),
    ("hoàn thành trước 15-1-2025", ("day", "2025-01-15", None)),
    ("hoàn thành trong tháng 11 năm 2025", ("month", "2025-11", None)),
    ("trình trong quý IV/2024", ("quarter", "2024-Q4", None)),
    ("hoàn thành trong năm 2025", ("year", "2025", None)),
    ("định kỳ 6 tháng báo cáo", ("recurring", None, "half")),
    ("trước ngày 10 tháng 01 hàng năm báo cáo", ("recurring", None, "year")),
    ("Hàng tháng, họp giao ban", ("recurring", None, "month")),
    ("triển khai ngay sau khi được phê duyệt", ("event", None, None)),
    ("trả lời trong vòng 05 ngày kể từ ngày nhận được", ("event", None, None)),
    ("theo Nghị quyết số 38/NQ-CP ngày 25/11/2025", None),
    ("trong dự toán chi ngân sách hàng năm của đơn vị", None),
    ("khẩn trương, sớm hoàn thành", None),
    ("giai đoạn 2021-2025", None),
    ("trước ngày 31/02/2024", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_due_rule_is_read(text: str, expected: tuple[str, str | None, str | None] | None) -> None:
    due = find_due(text, 0, len(text), date(2024, 5, 1))
    assert (due and (due.kind, due.on, due.every)) == expected


def test_without_a_year_anywhere_the_day_is_kept_and_asked_for() -> None:
    due = find_due("xong trước ngày 30/7", 0, 20, None)
    assert due is not None
    assert (due.on, due.needs_year, due.day, due.month) == (None, True, 30, 7)
