"""What a report says of a count: none, one, all, some, and what was never recorded."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from dondoc.office.reports.blocks import FigureRun, FigureTextError, Quote, Runs, Text, numbers_in
from dondoc.office.reports.sentences import (
    GroupCount,
    ahead_sentence,
    counted_sentence,
    late_sentence,
    owed_sentence,
    rate_sentence,
    states_sentence,
    timeliness_sentence,
)
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


@pytest.mark.parametrize(
    ("late", "unfinished", "sentence"),
    [
        (0, 0, "Đến ngày 02/12/2023, không có nhiệm vụ nào chưa hoàn thành."),
        (0, 3, "Đến ngày 02/12/2023, không có nhiệm vụ nào quá hạn trong tổng số 3 nhiệm vụ chưa hoàn thành."),
        (1, 3, "Đến ngày 02/12/2023, có 1 nhiệm vụ quá hạn trong tổng số 3 nhiệm vụ chưa hoàn thành, cụ thể như sau:"),
        (3, 8, "Đến ngày 02/12/2023, có 3 nhiệm vụ quá hạn trong tổng số 8 nhiệm vụ chưa hoàn thành, cụ thể như sau:"),
        (3, 3, "Đến ngày 02/12/2023, cả 3 nhiệm vụ chưa hoàn thành đều đã quá hạn, cụ thể như sau:"),
        (1, 1, "Đến ngày 02/12/2023, chỉ còn 1 nhiệm vụ chưa hoàn thành và đã quá hạn, cụ thể như sau:"),
        (None, None, "Đến ngày 02/12/2023, số nhiệm vụ quá hạn: chưa ghi nhận."),
    ],
)
def test_what_is_overdue_is_said_for_none_one_many_and_all(
    late: int | None, unfinished: int | None, sentence: str
) -> None:
    with override("vi"):
        figures = figure("duties.late", late, "quá hạn"), figure("duties.open", unfinished, "chưa xong")
        runs = late_sentence(late=figures[0], unfinished=figures[1], as_of=DAY, listed_below=bool(late))
        assert said(runs) == sentence


@pytest.mark.parametrize(
    ("due_soon", "sentence"),
    [
        (0, "Sau ngày 02/12/2023, không có nhiệm vụ nào sắp đến hạn."),
        (1, "Sau ngày 02/12/2023, có 1 nhiệm vụ sắp đến hạn."),
        (3, "Sau ngày 02/12/2023, có 3 nhiệm vụ sắp đến hạn."),
        (None, "Sau ngày 02/12/2023, số nhiệm vụ sắp đến hạn: chưa ghi nhận."),
    ],
)
def test_what_falls_due_next_is_said(due_soon: int | None, sentence: str) -> None:
    with override("vi"):
        runs = ahead_sentence(due_soon=figure("duties.due_soon", due_soon, "sắp"), as_of=DAY, listed_below=False)
        assert said(runs) == sentence


@pytest.mark.parametrize(
    ("owed", "done", "unfinished", "sentence"),
    [
        (0, 0, 0, "Đến ngày 02/12/2023, không có nhiệm vụ nào được giao."),
        (1, 1, 0, "Đến ngày 02/12/2023, có 1 nhiệm vụ được giao và đã hoàn thành."),
        (1, 0, 1, "Đến ngày 02/12/2023, có 1 nhiệm vụ được giao, trong đó đã hoàn thành: chưa có nhiệm vụ nào, "
         "chưa hoàn thành: 1."),
        (3, 3, 0, "Đến ngày 02/12/2023, cả 3 nhiệm vụ giao các cơ quan, đơn vị đều đã hoàn thành."),
        (9, 4, 5, "Đến ngày 02/12/2023, các cơ quan, đơn vị được giao tổng số 9 nhiệm vụ, trong đó đã hoàn thành: 4, "
         "chưa hoàn thành: 5."),
        (None, None, None, "Đến ngày 02/12/2023, số nhiệm vụ được giao: chưa ghi nhận."),
    ],
)  # fmt: skip
def test_what_was_assigned_is_said_for_none_one_all_and_some(
    owed: int | None, done: int | None, unfinished: int | None, sentence: str
) -> None:
    keys = (("duties.owed", owed), ("duties.done", done), ("duties.open", unfinished))
    with override("vi"):
        whole, finished, left = (figure(key, value, key) for key, value in keys)
        assert said(owed_sentence(owed=whole, done=finished, unfinished=left, as_of=DAY)) == sentence


def test_a_rate_names_its_numerator_and_its_denominator_and_is_never_made_of_nothing() -> None:
    with override("vi"):
        rate, counted, of = (figure("measures.rate", n, "%") for n in (80, 8, 10))
        runs = rate_sentence(name="Tỷ lệ đúng hạn", rate=rate, counted=counted, of=of)
        assert said(runs) == "Tỷ lệ đúng hạn: 80% (8/10 nhiệm vụ)."
        nothing = figure("measures.rate", None, "%")
        runs = rate_sentence(name="Tỷ lệ đúng hạn", rate=nothing, counted=counted, of=of)
        assert said(runs) == "Tỷ lệ đúng hạn: chưa có số để tính (chưa ghi nhận)."


@pytest.mark.parametrize(
    ("n", "sentence"),
    [(0, "chưa đôn đốc."), (1, "đôn đốc 1 lần, cụ thể như sau:"), (3, "đã đôn đốc 3 lần, cụ thể như sau:")],
)
def test_any_count_is_said_by_its_own_pattern(n: int, sentence: str) -> None:
    with override("vi"):
        runs = counted_sentence(
            figure("urges.sent", n, "lần"),
            none="chưa đôn đốc",
            one="đôn đốc %(count)s lần",
            many="đã đôn đốc %(count)s lần",
            listed_below=bool(n),
        )
        assert said(runs) == sentence
