"""Promises that reading takes time in proportion to the text, whatever stands in it."""

import time
from pathlib import Path

import pytest

from dondoc.reader.api import read_text
from fast.reader.speed import in_proportion, quickest

CORPUS = Path(__file__).parents[2] / "corpus"
WHOLE = "\n".join(p.read_text("utf-8") for p in sorted(CORPUS.glob("orders-*.txt")))


def seconds(text: str) -> float:
    started = time.thread_time()
    read_text(text)
    return time.thread_time() - started


def test_a_text_ten_times_as_long_takes_at_most_sixteen_times_as_long() -> None:
    # Twelve is the aim of the bench; a busy machine is given a margin.
    seconds(WHOLE)
    in_proportion(
        lambda: min(seconds(WHOLE * 10) for _ in range(3)), lambda: seconds(WHOLE * 100), lambda once: 16 * once
    )


@pytest.mark.parametrize(
    "run",
    [
        "a",
        " ",
        "(",
        ". ",
        "các sở, ",
        "Bộ Tài chính và ",
        "yêu cầu các sở ",
        "1. a\n",
        "1",
        "|a",
        "trước ngày 1/",
        "“",
        "khi ",
        "rà soát; ",
        "Các sở theo ",
        "Kính gửi: - ",
        "- Thời gian: 1/2024\n",
        "Các Bộ: Y tế, ",
        "kiến nghị UBND ",
        "1. Sở Y tế:\n- Cơ quan chủ trì: Sở Y tế\n",
        "STT\n1\n",
        "\t\t",
        "a) b) ",
        "Trong 9 xã, có 5 đơn vị, ",
        "(đúng hạn 2 nhiệm vụ ",
        "I. TÌNH HÌNH\n1. Về a\n",
        "đề nghị Sở A làm, các xã làm, ",
        "đề nghị nêu rõ, ",
        "trường hợp không thì ",
        "Đối với các xã chưa báo cáo, đề nghị gửi; ",
        "2. Kiến nghị\n- Kính trình UBND tỉnh xem xét:\n",
    ],
)
def test_no_run_of_the_same_words_blows_up(run: str) -> None:
    text = "x " + run * (60_000 // len(run))
    assert quickest(lambda: seconds(text), 5) < 5
