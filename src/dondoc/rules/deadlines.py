"""When a duty is due, and whether it is in time, due soon or late on a day: computed, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, cast

from dondoc.rules.calendar import next_working_day
from dondoc.rules.parameters import Setting, whole_number
from dondoc.rules.terms import MONTHS, Every, Term, ends_month, months_later, term_of

DueKind = Literal["day", "month", "quarter", "half", "year", "recurring", "event", "none"]
Timeliness = Literal["in_time", "due_soon", "late", "no_due", "done_in_time", "done_late"]

_ONE_DAY = timedelta(days=1)
_PERIODS: dict[str, int] = {str(every): months for every, months in MONTHS.items()}
_DATED: frozenset[DueKind] = frozenset({"day", "month", "quarter", "half", "year", "recurring"})


class DueRuleRefused(ValueError):
    """A due rule that does not hold together, for example a quarter without saying which."""


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a task is due, as its document says it.

    `on`: the day itself; for month, quarter, half and year any day within it; for recurring the first due
    day; for event the day of the event, None until it happens. `every`: only for recurring. `before`: the
    document says "trước" (before), not "chậm nhất", "trong" (by, within). `after`: only for event, how long
    after its day; without it the day of the event is the last one. Raises DueRuleRefused.
    """

    kind: DueKind
    on: date | None = None
    every: Every | None = None
    before: bool = False
    after: Term | None = None

    def __post_init__(self) -> None:
        if self.kind in _DATED and self.on is None:
            raise DueRuleRefused("Hạn này phải có ngày. Hãy nhập ngày, hoặc chọn “không có hạn”.")
        if self.kind == "none" and self.on is not None:
            raise DueRuleRefused("“Không có hạn” thì không có ngày. Hãy bỏ ngày, hoặc chọn loại hạn khác.")
        if (self.kind == "recurring") != (self.every is not None):
            raise DueRuleRefused(
                "Chu kỳ phải có với hạn định kỳ, và chỉ với hạn định kỳ. Hãy sửa loại hạn hoặc chu kỳ."
            )
        if self.after is not None and self.kind != "event":
            raise DueRuleRefused("Chỉ hạn theo sự kiện mới tính số ngày sau sự kiện. Hãy chọn “theo sự kiện”.")

    @property
    def spacing(self) -> str:
        """What is stored beside kind and day: how often it recurs, or how long after the event."""
        return self.every or (self.after.code if self.after else "")


def rule_of(kind: str, on: date | None, spacing: str, *, last_day: date | None = None) -> DueRule:
    """Read a stored due rule back; that it said "before" shows in a last day that lies before its period or day."""
    every = cast(Every, spacing) if kind == "recurring" else None
    plain = DueRule(cast(DueKind, kind), on, every, after=term_of(spacing) if kind == "event" else None)
    if kind in {"recurring", "event", "none"} or on is None or last_day is None:
        return plain
    first = on if kind == "day" else _first_of_period(on, _PERIODS[kind])
    return DueRule(plain.kind, on, before=last_day < first)


@dataclass(frozen=True, slots=True)
class DueDaySetting:
    """How an office understands the end of a due day.

    `before_counts`: "trước ngày D" includes D. `moves_to_working_day`: a due day on a day off moves to the
    next working day. `ends_at`: a product filed after this hour counts for the next day; None is midnight (24
    giờ).
    """

    before_counts: bool = True
    moves_to_working_day: bool = False
    ends_at: time | None = None


AS_WRITTEN = DueDaySetting()


SETTING = ("due_day_ends_at", "before_day_counts", "due_day_moves_to_working_day")


def setting_of(values: Mapping[str, Setting]) -> DueDaySetting:
    """Give the setting that three values of parameters make: those of the program, or an office's own."""
    hour, minute = (int(part) for part in str(values["due_day_ends_at"]).split(":"))
    return DueDaySetting(
        before_counts=bool(values["before_day_counts"]),
        moves_to_working_day=bool(values["due_day_moves_to_working_day"]),
        ends_at=None if hour == 24 else time(hour, minute),
    )


def _first_of_period(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def last_day(rule: DueRule, *, setting: DueDaySetting = AS_WRITTEN) -> date | None:
    """Give the last day on which a duty is still in time; None without a due day, or before its event.

    A month, quarter, half or year ends with its last day; "before" one of them ends with the day before it
    begins. "Before a day" includes the day or not, as the setting says. A recurring rule has no single last
    day: each of its `occurrences` is a duty of its own. Raises calendar.DayNotCovered only when the setting
    moves days off.
    """
    if rule.on is None or rule.kind in {"recurring", "none"}:
        return None
    months = _PERIODS.get(rule.kind)
    if rule.after is not None:
        day = rule.after.end(rule.on)
    elif months is None:
        day = rule.on - _ONE_DAY if rule.before and not setting.before_counts else rule.on
    else:
        first = _first_of_period(rule.on, months)
        day = (first if rule.before else months_later(first, months)) - _ONE_DAY
    return next_working_day(day) if setting.moves_to_working_day else day


def occurrences(
    rule: DueRule, *, from_on: date, until_on: date, setting: DueDaySetting = AS_WRITTEN
) -> tuple[date, ...]:
    """List the last days of a recurring rule from a day until before another.

    Counted from the first due day. One that is the last of its month stays the last of each: the 31st is the 30th
    in June, and the 30th of June the 31st of July. None come before the first. For any other rule: its one last
    day, if it lies between. Raises as `last_day`.
    """
    if rule.kind != "recurring" or rule.on is None or rule.every is None:
        only = last_day(rule, setting=setting)
        return (only,) if only is not None and from_on <= only < until_on else ()
    found: list[date] = []
    count = 0
    while True:
        on = _round(rule.on, rule.every, count)
        if on >= until_on + timedelta(days=2):
            return tuple(found)
        day = last_day(DueRule("day", on, before=rule.before), setting=setting)
        if day is not None and from_on <= day < until_on:
            found.append(day)
        count += 1


def _round(first: date, every: Every, count: int) -> date:
    """Give a later round of a first due day; one at the end of its month stays at the end."""
    if every == "week":
        return first + timedelta(weeks=count)
    on = months_later(first, count * MONTHS[every])
    return months_later(on.replace(day=1), 1) - _ONE_DAY if ends_month(first) else on


def horizon(rule: DueRule, *, today: date, ahead: int, setting: DueDaySetting = AS_WRITTEN) -> date:
    """Tell up to before which day the rounds of a recurring rule are made ahead.

    So many days ahead, and always far enough that the next round after today is among them.
    """
    least = today + timedelta(days=ahead + 1)
    until = max(rule.on or today, today) + timedelta(days=2 * 366)
    coming = occurrences(rule, from_on=today + _ONE_DAY, until_on=until, setting=setting)
    return max(least, coming[0] + _ONE_DAY) if coming else least


def counted_on(filed_at: datetime, *, setting: DueDaySetting) -> date:
    """Tell for which day a filing counts: its own, or the next when it came after the end of the office's
    day.

    `filed_at` in the office's own time. Bộ luật Dân sự 91/2015/QH13, Điều 148 khoản 6, where nothing else is
    set.
    """
    late = setting.ends_at is not None and filed_at.time().replace(tzinfo=None) > setting.ends_at
    return filed_at.date() + _ONE_DAY if late else filed_at.date()


def due_soon_days(*, on: date) -> int:
    """Tell how many calendar days before its last day a duty counts as due soon, by the parameters of a
    day."""
    return whole_number("due_soon_days", on=on)


def timeliness(*, last_day: date | None, done_on: date | None, as_of: date, soon_days: int) -> Timeliness:
    """Tell how a duty stands against its last day, as of a day.

    The last day itself is still in time; late begins the day after. Due soon: `soon_days` calendar days or
    fewer are left. A duty done after `as_of` was not done yet on it. `done_on` is the day of the product. Ask
    only for duties that can come due: one deferred or dropped is neither in time nor late
    (`states.OPEN_CLASSES`).
    """
    if last_day is None:
        return "no_due"
    if done_on is not None and done_on <= as_of:
        return "done_in_time" if done_on <= last_day else "done_late"
    if as_of > last_day:
        return "late"
    return "due_soon" if (last_day - as_of).days <= soon_days else "in_time"


def days_late(*, last_day: date | None, done_on: date | None, as_of: date) -> int:
    """Count the calendar days a duty is, or was when done, behind its last day; 0 when it is not late or has
    none.

    Against the first due day or the extended one: give the one that is meant, and say which on the page.
    """
    if last_day is None:
        return 0
    stands_at = as_of if done_on is None else min(done_on, as_of)
    return max(0, (stands_at - last_day).days)
