"""What a report says of a count: none, one, all, some, and what was never recorded."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from dondoc.office.reports.blocks import FigureRun, FigureTextError, Quote, Runs, Text, numbers_in
from dondoc.office.reports.sentences import GroupCount, states_sentence, timeliness_sentence
from dondoc.office.reports.wording import fill, listed
from office.reports.sample import DAY, figure


def said(runs: Runs) -> str:
    """The sentence as it is read."""
    return "".join(run.shown if isinstance(run, FigureRun) else run.text for run in runs if not isinstance(run, Quote))


def groups(*counts: int | None) -> list[GroupCount]:
    """Three states with the given counts."""
    labels = (("đã thực hiện", "done"), ("đang tổ chức thực hiện", "active"), ("đang nghiên cứu", "waiting"))
    return [
        GroupCount(label, state_class, figure("tasks.in_group", count, label, group=label))
        for (label, state_class), count in zip(labels, counts, strict=False)
    ]


@pytest.mark.parametrize(
    ("total", "counts", "sentence"),
    [
        (14, (8, 5, 1), "Trong 14 nhiệm vụ do thành phố chủ trì, có 8 nhiệm vụ đã thực hiện, "
         "5 nhiệm vụ đang tổ chức thực hiện và 1 nhiệm vụ đang nghiên cứu."),
        (14, (7, 7, 0), "Trong 14 nhiệm vụ do thành phố chủ trì, có 7 nhiệm vụ đã thực hiện và "
         "7 nhiệm vụ đang tổ chức thực hiện."),
        (3, (0, 2, 1), "Trong 3 nhiệm vụ do thành phố chủ trì, có 2 nhiệm vụ đang tổ chức thực hiện và "
         "1 nhiệm vụ đang nghiên cứu; chưa có nhiệm vụ nào được ghi nhận đã thực hiện."),
        (14, (14, 0, 0), "Cả 14 nhiệm vụ do thành phố chủ trì đều đã thực hiện."),
        (1, (0, 1, 0), "Có 1 nhiệm vụ do thành phố chủ trì: đang tổ chức thực hiện."),
        (0, (0, 0, 0), "Chưa có nhiệm vụ nào do thành phố chủ trì."),
        (None, (None, None, None), "Tại ngày 02/12/2023, số nhiệm vụ do thành phố chủ trì: chưa ghi nhận."),
        (9, (4, None, 0), "Trong 9 nhiệm vụ do thành phố chủ trì, có 4 nhiệm vụ đã thực hiện; "
         "số nhiệm vụ đang tổ chức thực hiện: chưa ghi nhận."),
        (9, (None, 4, 5), "Trong 9 nhiệm vụ do thành phố chủ trì, có 4 nhiệm vụ đang tổ chức thực hiện và "
         "5 nhiệm vụ đang nghiên cứu; số nhiệm vụ đã thực hiện: chưa ghi nhận."),
        (1235, (1200, 35, 0), "Trong 1.235 nhiệm vụ do thành phố chủ trì, có 1.200 nhiệm vụ đã thực hiện và "
         "35 nhiệm vụ đang tổ chức thực hiện."),
        (5, (), "Có 5 nhiệm vụ do thành phố chủ trì."),
    ],
)  # fmt: skip
def test_states_are_said_in_full_and_gaps_are_never_nought(
    total: int | None, counts: tuple[int | None, ...], sentence: str
) -> None:
    with override("vi"):
        runs = states_sentence(
            noun="nhiệm vụ",
            lead=(Text("do thành phố chủ trì"),),
            total=figure("tasks.total", total, "tổng số"),
            groups=groups(*counts),
        )
        assert said(runs) == sentence


@pytest.mark.parametrize(
    ("late", "due_soon", "sentence"),
    [
        (3, 2, "Đến ngày 02/12/2023, có 3 dự án quá hạn và 2 dự án sắp đến hạn."),
        (0, 2, "Đến ngày 02/12/2023, không có dự án nào quá hạn; có 2 dự án sắp đến hạn."),
        (1, 0, "Đến ngày 02/12/2023, có 1 dự án quá hạn; không có dự án nào sắp đến hạn."),
        (0, 0, "Đến ngày 02/12/2023, không có dự án nào quá hạn; không có dự án nào sắp đến hạn."),
        (None, 1, "Đến ngày 02/12/2023, số dự án quá hạn: chưa ghi nhận; có 1 dự án sắp đến hạn."),
    ],
)
def test_none_late_is_said_because_it_is_news(late: int | None, due_soon: int | None, sentence: str) -> None:
    with override("vi"):
        runs = timeliness_sentence(
            noun="dự án",
            late=figure("duties.late", late, "quá hạn"),
            due_soon=figure("duties.due_soon", due_soon, "sắp đến hạn"),
            as_of=DAY,
        )
        assert said(runs) == sentence


def test_a_translation_may_move_the_numbers_of_a_sentence() -> None:
    eight, all_of_them = FigureRun(figure("done", 8, "xong")), FigureRun(figure("total", 14, "tổng"))
    assert fill("%(done)s of %(total)s", done=eight, total=all_of_them) == (eight, Text(" of "), all_of_them)
    assert fill("từ %(total)s: %(done)s", done=eight, total=all_of_them) == (
        Text("từ "), all_of_them, Text(": "), eight,
    )  # fmt: skip


def test_a_sentence_with_a_hole_is_not_printed() -> None:
    with pytest.raises(KeyError):
        fill("%(done)s of %(total)s", done="8")


@pytest.mark.parametrize(
    ("items", "line"),
    [([], ""), (["một"], "một"), (["một", "hai"], "một và hai"), (["1", "2", "3"], "1, 2 và 3")],
)
def test_a_list_ends_in_and(items: list[str], line: str) -> None:
    with override("vi"):
        assert said(listed([(Text(item),) for item in items])) == line


@pytest.mark.parametrize(
    ("value", "words"), [(2, "02"), (0, "không có nhiệm vụ nào"), (None, "chưa có số liệu"), (1635, "1.635")]
)
def test_words_may_stand_for_the_number_they_say(value: int | None, words: str) -> None:
    assert FigureRun(figure("tasks.total", value, "tổng"), words).shown == words


@pytest.mark.parametrize(("value", "words"), [(2, "03"), (2, "hai"), (None, "0"), (0, "1 nhiệm vụ"), (2, "2 trong 3")])
def test_words_that_say_another_number_are_refused(value: int | None, words: str) -> None:
    with pytest.raises(FigureTextError):
        FigureRun(figure("tasks.total", value, "tổng"), words)


def test_numbers_are_read_as_vietnamese_papers_write_them() -> None:
    assert [str(number) for number in numbers_in("1.635 đảng viên, bằng 102,5% trong 19 chỉ tiêu")] == [
        "1635", "102.5", "19",
    ]  # fmt: skip
