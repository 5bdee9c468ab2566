"""The ladder of urging (`data/ladder.toml`): which step comes next for work that is not finished, and since when.

No regulation was found that lays such steps down; they are what offices and their software do, as dated data that an
office may replace by its own. A step is never taken twice and never gone back to; a new due day begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from dondoc.rules.calendar import DayNotCovered, add_working_days
from dondoc.rules.datafiles import read_data
from dondoc.rules.parameters import whole_numbers
from dondoc.rules.text import vi_date, vi_number

What = Literal["reminder", "urge", "explanation", "agenda", "upward"]
Why = Literal["due", "not_yet", "held_up", "today", "top", "closed", "no_due_day"]

WHATS: tuple[What, ...] = ("reminder", "urge", "explanation", "agenda", "upward")
PARAMETERS = ("reminder_lead_days", "reminder_overdue_days")
FURTHEST = 250  # working days before or after the due day: about a year
MOST = 40  # steps of a ladder
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `after_days` working days after the due day (less than nought: before it), `answer_days` for an answer.

    `from_on`, `source` and `sure` as in parameters; an office's own step names no source.
    """

    key: str
    label: str
    what: What
    after_days: int
    urge_kind: str = ""
    answer_days: int | None = None
    from_on: date = date.min
    source: str = ""
    sure: bool = True

    @property
    def is_pressed(self) -> bool:
        """Whether a person takes this step; a reminder goes out by itself."""
        return self.what != "reminder"

    @property
    def days_before(self) -> int:
        """How many working days before the due day it comes; nought or less behind it."""
        return -self.after_days


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out about a duty: by which step (empty: outside the ladder), on which day, about which due day."""

    step: str
    on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Rung:
    """How a duty stands on the ladder: the step that comes next, since when, and whether it is to be taken today.

    `why` is "due" when it is; otherwise what speaks against it. No step where the work is closed, has no due day or
    has been through the whole ladder.
    """

    step: Step | None
    since: date | None
    why: Why


class LadderRefused(ValueError):
    """Steps that make no ladder: the message says which, why, and what to change."""


def steps(*, on: date, numbers: Mapping[str, tuple[int, ...]] | None = None) -> tuple[Step, ...]:
    """List the steps of the program's own ladder as of a day, in their order.

    `numbers` gives the days of the reminders by the keys of PARAMETERS, where an office has its own.
    """
    days = numbers or {key: whole_numbers(key, on=on) for key in PARAMETERS}
    data = read_data("ladder")
    found = [step for row in _latest(data["reminder"], on) for step in _reminders(row, days[row["days_of"]])]
    found += [_step(row) for row in _latest(data["step"], on)]
    return in_order(found)


def step_label(key: str, *, on: date) -> str:
    """Name a step of the program's ladder by its key, whatever days its parameter has; another keeps its key."""
    data = read_data("ladder")
    for row in _latest(data["reminder"], on):
        days = key.removeprefix(f"{row['key']}-")
        if days != key and days.isdecimal():
            label: str = row["label"].format(days=days)
            return label
    return next((row["label"] for row in _latest(data["step"], on) if row["key"] == key), key)


def _latest(rows: Iterable[dict[str, Any]], on: date) -> Iterable[dict[str, Any]]:
    """Keep of each key the row with the latest day not after this one."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["from"] <= on and (row["key"] not in found or found[row["key"]]["from"] <= row["from"]):
            found[row["key"]] = row
    return found.values()


def _reminders(row: dict[str, Any], days: tuple[int, ...]) -> Iterable[Step]:
    for n in days:
        after = -n if row["before"] else n
        label = row["label"].format(days=n)
        yield Step(f"{row['key']}-{n}", label, "reminder", after, "", None, row["from"], row["source"], row["sure"])


def _step(row: dict[str, Any]) -> Step:
    wait = row.get("answer_days")
    about = (row["from"], row["source"], row.get("sure", True))
    return Step(row["key"], row["label"], row["what"], row["after_days"], row["urge_kind"], wait, *about)


def in_order(found: Iterable[Step]) -> tuple[Step, ...]:
    """Put steps in the order in which they are taken: by their days, what goes out by itself first."""
    return tuple(sorted(found, key=lambda step: (step.is_pressed, step.after_days, WHATS.index(step.what), step.key)))


def check(found: Sequence[Step]) -> None:
    """Refuse steps that make no ladder: keys twice, days out of order, reminders behind what a person presses.

    Raises LadderRefused.
    """
    if len(found) > MOST:
        raise LadderRefused(f"Thang đôn đốc có nhiều nhất {MOST} bước. Hãy bỏ bớt bước.")
    seen: set[str] = set()
    before: Step | None = None
    for step in found:
        if not step.label.strip():
            raise LadderRefused("Có bước chưa có tên. Hãy đặt tên cho bước, hoặc bỏ bước đó.")
        if step.key in seen:
            raise LadderRefused(f"Có hai bước cùng tên “{step.label}”. Hãy đặt cho mỗi bước một tên riêng.")
        seen.add(step.key)
        if abs(step.after_days) > FURTHEST:
            raise LadderRefused(f"Bước “{step.label}” cách hạn quá xa: nhiều nhất {FURTHEST} ngày làm việc.")
        if step.is_pressed and step.after_days < 0:
            raise LadderRefused(f"Bước “{step.label}” đứng trước hạn. Trước hạn chỉ có bước tự nhắc.")
        _check_behind(step, before)
        before = step


def _check_behind(step: Step, before: Step | None) -> None:
    if before is None:
        return
    if before.is_pressed and not step.is_pressed:
        raise LadderRefused(f"Bước tự nhắc “{step.label}” phải đứng trước bước “{before.label}” do người thực hiện.")
    if step.after_days <= before.after_days:
        raise LadderRefused(
            f"Bước “{step.label}” phải sau bước “{before.label}” ít nhất một ngày làm việc. Hãy sửa số ngày."
        )


def next_step(
    ladder: Sequence[Step],
    *,
    due_on: date | None,
    today: date,
    sent: Iterable[Sent],
    is_open: bool,
    is_held_up: bool,
) -> Rung:
    """Say which step comes next for a duty, since when, and whether it is to be taken on a day.

    Only what was sent about the present due day counts for the order; whatever was sent today, about which due day or
    by which step soever, is enough for the day. A reminder whose time is over gives way to the step behind it; a step
    that a person takes is taken one after the other, as far apart as the ladder has them.
    """
    if not is_open:
        return Rung(None, None, "closed")
    if due_on is None:
        return Rung(None, None, "no_due_day")
    gone = [one for one in sent if one.on <= today]
    found = _next(ladder, due_on, today, [one for one in gone if one.due_on == due_on])
    if found is None:
        return Rung(None, None, "top")
    step, since = found
    if since > today:
        return Rung(step, since, "not_yet")
    if is_held_up:
        return Rung(step, since, "held_up")
    return Rung(step, since, "today" if any(one.on == today for one in gone) else "due")


def _next(ladder: Sequence[Step], due_on: date, today: date, gone: Sequence[Sent]) -> tuple[Step, date] | None:
    places = {step.key: index for index, step in enumerate(ladder)}
    taken = [(places[one.step], one.on) for one in gone if one.step in places]
    ahead = ladder[max((place for place, _on in taken), default=-1) + 1 :]
    if not ahead:
        return None
    pressed = next((step for step in ahead if step.is_pressed), None)
    if pressed is not None and (ahead[0] is pressed or step_day(due_on, pressed.after_days) <= today):
        return pressed, max(step_day(due_on, pressed.after_days), _spaced(ladder, pressed, taken))
    reminders = [(step, step_day(due_on, step.after_days)) for step in ahead if not step.is_pressed]
    come = [(step, day) for step, day in reminders if day <= today]
    return come[-1] if come else reminders[0]


def _spaced(ladder: Sequence[Step], step: Step, taken: Iterable[tuple[int, date]]) -> date:
    """Give the day from which a step keeps its distance to the last one that a person took."""
    pressed = [(place, on) for place, on in taken if ladder[place].is_pressed]
    if not pressed:
        return date.min
    place, on = max(pressed)
    return step_day(on, step.after_days - ladder[place].after_days)


def reminder(agency: str, *, title: str, due_on: date, today: date, held_up_for: str = "") -> str:
    """Write what a reminder says: to whom, about which work, how many days are left or over.

    `held_up_for` is the agency whose work waits until this one has removed an obstacle.
    """
    left = (due_on - today).days
    when = f"còn {vi_number(left)} ngày" if left > 0 else f"đã quá hạn {vi_number(-left)} ngày"
    when = when if left else "hết hạn hôm nay"
    if held_up_for:
        return f"Nhắc {agency} tháo gỡ vướng mắc để {held_up_for} thực hiện: “{title}”. Hạn {vi_date(due_on)}, {when}."
    return f"Nhắc {agency} thực hiện: “{title}”. Hạn {vi_date(due_on)}, {when}."


def goes_out_on(day: date) -> bool:
    """Say whether reminders go out on a day: on working days, and where none are recorded from Monday to Friday."""
    return step_day(step_day(day, -1), 1) == day


@lru_cache(maxsize=16384)
def step_day(due_on: date, after_days: int) -> date:
    """Give the day of a step: so many working days after (or before) a due day.

    Where no holidays are recorded for the years in question, Saturdays and Sundays alone are left out.
    """
    try:
        return add_working_days(due_on, after_days)
    except DayNotCovered:
        day, left = due_on, abs(after_days)
        while left:
            day += timedelta(days=1 if after_days > 0 else -1)
            left -= day.weekday() < _WEEKEND
        return day
