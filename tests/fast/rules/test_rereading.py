"""Which findings of a newer reading are the same as before: cases that a clerk would decide without thinking."""

from __future__ import annotations

import pytest

from dondoc.rules.rereading import Offer, again

TEXT = "Sở Tài chính chủ trì lập danh mục công trình. Sở Xây dựng phối hợp. Đã xong 25 dự án, còn 25 dự án."


def place(words: str, *, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


WHOLE = Offer(*place("Sở Tài chính chủ trì lập danh mục công trình"))
SHORTER = Offer(*place("chủ trì lập danh mục công trình"))
HALF = Offer(*place("Sở Tài chính"))
OTHER = Offer(*place("Sở Xây dựng phối hợp"))
FIRST_25 = Offer(*place("25"), says=25)
SECOND_25 = Offer(*place("25", after=FIRST_25.end), says=25)


@pytest.mark.parametrize(
    ("why", "before", "now", "same"),
    [
        ("nothing was read before", [], [WHOLE], {}),
        ("nothing is read now", [WHOLE], [], {}),
        ("the same place", [WHOLE, OTHER], [WHOLE, OTHER], {0: 0, 1: 1}),
        ("the end was moved, most words stayed", [WHOLE], [SHORTER], {0: 0}),
        ("less than half of the words", [WHOLE], [HALF], {}),
        ("another sentence", [WHOLE], [OTHER], {}),
        ("two now in the place of one: the larger part goes on", [WHOLE], [HALF, SHORTER], {1: 0}),
        ("one in the place of two: what it resembles more goes on", [HALF, SHORTER], [WHOLE], {0: 1}),
        ("another value at the same place", [FIRST_25], [Offer(FIRST_25.start, FIRST_25.end, says=26)], {}),
        ("the same value at another place", [FIRST_25], [SECOND_25], {}),
        ("both the same value, each at its place", [FIRST_25, SECOND_25], [SECOND_25, FIRST_25], {0: 1, 1: 0}),
        (
            "two of one sentence are told apart by their names",
            [Offer(WHOLE.start, WHOLE.end, names=("A",)), Offer(WHOLE.start, WHOLE.end, names=("B",))],
            [Offer(WHOLE.start, WHOLE.end, names=("B",)), Offer(WHOLE.start, WHOLE.end, names=("A",))],
            {0: 1, 1: 0},
        ),
        (
            "the exact one is preferred to one that only resembles it",
            [SHORTER, WHOLE],
            [WHOLE, SHORTER],
            {0: 1, 1: 0},
        ),
        ("a sign without words", [Offer(44, 45)], [Offer(44, 45)], {0: 0}),
    ],
)  # fmt: skip
def test_what_is_offered_again(why: str, before: list[Offer], now: list[Offer], same: dict[int, int]) -> None:
    assert again(TEXT, before, now) == same, why
