"""The ladder of urging: which step comes next, and which steps make no ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dondoc.rules import urges
from dondoc.rules.ladder import (
    LadderRefused,
    Rung,
    Sent,
    Step,
    check,
    goes_out_on,
    in_order,
    next_step,
    reminder,
    step_label,
    steps,
)
from dondoc.rules.parameters import whole_numbers

DAY = date(2024, 6, 18)
CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/ladder.yaml").read_text(encoding="utf-8"))
LADDER = (
    *(Step(f"b{n}", f"trước {n}", "reminder", -n) for n in (7, 3, 1)),
    *(Step(f"a{n}", f"sau {n}", "reminder", n) for n in (1, 5, 10)),
    Step("first", "nhắc nhở", "urge", 12, "nhac-nho", 5),
    Step("second", "phê bình", "urge", 17, "phe-binh", 5),
    Step("last", "cấp trên", "upward", 30, "cap-tren"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_which_step_comes_next(case: dict[str, Any]) -> None:
    found = next_step(
        LADDER,
        due_on=case.get("due_on", date(2024, 6, 14)),
        today=case["today"],
        sent=[Sent(*one) for one in case.get("sent", [])],
        is_open=case.get("open", True),
        is_held_up=case.get("held_up", False),
    )
    key, since, why = case["expect"]
    assert found == Rung(next((step for step in LADDER if step.key == key), None), since, why)


def test_the_programs_ladder_takes_its_reminders_from_the_parameters_and_nowhere_else() -> None:
    found = steps(on=DAY)
    assert [(step.key, step.after_days) for step in found] == [
        *((f"truoc-han-{n}", -n) for n in whole_numbers("reminder_lead_days", on=DAY)),
        *((f"qua-han-{n}", n) for n in whole_numbers("reminder_overdue_days", on=DAY)),
        ("nhac-nho", 12),
        ("phe-binh", 17),
        ("giai-trinh", 22),
        ("giao-ban", 30),
        ("cap-tren", 40),
    ]
    assert [step.what for step in found][6:] == ["urge", "urge", "explanation", "agenda", "upward"]
    check(found)
    own = steps(on=DAY, numbers={"reminder_lead_days": (2,), "reminder_overdue_days": ()})
    assert [step.key for step in own][:2] == ["truoc-han-2", "nhac-nho"]
    called = [step_label(key, on=DAY) for key in ("truoc-han-2", "qua-han-5", "nhac-nho", "qua-han-x", "la")]
    assert called == ["nhắc trước hạn 2 ngày làm việc", "nhắc quá hạn 5 ngày làm việc", "nhắc nhở", "qua-han-x", "la"]


def test_every_step_has_its_source_is_not_sure_and_names_a_kind_of_urging() -> None:
    found = steps(on=DAY)
    assert [step.key for step in found if not step.source or step.sure] == []
    kinds = {way.key for way in urges.kinds(on=DAY)}
    assert [step.key for step in found if step.is_pressed and step.urge_kind not in kinds] == []


FIRST, SECOND, LAST = LADDER[6:]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ([FIRST, replace(SECOND, key="first")], "cùng tên"),
        ([FIRST, replace(SECOND, after_days=12)], "“phê bình” phải sau bước “nhắc nhở”"),
        ([SECOND, FIRST], "“nhắc nhở” phải sau bước “phê bình”"),
        ([FIRST, Step("late", "nhắc", "reminder", 20)], "tự nhắc “nhắc” phải đứng trước"),
        ([replace(FIRST, after_days=-1)], "đứng trước hạn"),
        ([replace(FIRST, label=" ")], "chưa có tên"),
        ([replace(FIRST, after_days=400)], "quá xa"),
        ([replace(FIRST, key=str(n), after_days=n) for n in range(41)], "nhiều nhất 40 bước"),
    ],
)
def test_steps_that_make_no_ladder_are_refused_with_what_to_change(changed: list[Step], says: str) -> None:
    with pytest.raises(LadderRefused, match=says):
        check(changed)


def test_steps_are_taken_in_the_order_of_their_days() -> None:
    assert in_order(reversed(LADDER)) == LADDER


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2024, 6, 11), "còn 3 ngày"),
        (date(2024, 6, 14), "hết hạn hôm nay"),
        (date(2024, 6, 17), "đã quá hạn 3 ngày"),
    ],
)
def test_a_reminder_says_the_days_that_are_left_or_over(today: date, says: str) -> None:
    about = {"title": "Lập danh mục", "due_on": date(2024, 6, 14), "today": today}
    assert reminder("Sở Tài chính", **about) == (
        f"Nhắc Sở Tài chính thực hiện: “Lập danh mục”. Hạn 14/06/2024, {says}."
    )
    assert "tháo gỡ vướng mắc để Sở Xây dựng thực hiện" in reminder("UBND quận", **about, held_up_for="Sở Xây dựng")


def test_reminders_go_out_on_working_days() -> None:
    days = [date(2024, 6, 14), date(2024, 6, 15), date(2024, 9, 2), date(2031, 6, 14), date(2031, 6, 16)]
    assert [goes_out_on(day) for day in days] == [True, False, False, False, True]
