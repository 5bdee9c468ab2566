"""Measures: the rates by which work is counted, each with what it counts and out of what, from a day on.

No regulation lays the rates down. Two completion rates are in use side by side, done of assigned and done of due, and
a report must say which it means; so each rate is dated data with a sentence (`data/measures.toml`), and an office may
lay its own down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal, get_args

from dondoc.rules.datafiles import read_data
from dondoc.rules.deadlines import timeliness
from dondoc.rules.rates import percent, share
from dondoc.rules.states import OPEN_CLASSES, StateClass
from dondoc.rules.text import vi_date

Bucket = Literal["open", "due_soon", "late", "no_due", "done_in_time", "done_with_due", "done", "owed"]
"""How a duty stands on a day, each in one of these.

Not finished: `open` (in time), `due_soon`, `late`, `no_due` (no due day). Done: `done_in_time`, `done_with_due` (late),
`done` (had no due day). `owed`: assigned, but deferred or dropped.
"""
BUCKETS: tuple[Bucket, ...] = get_args(Bucket)
_FIRST_DAY = date(1990, 1, 1)


class MeasureRefused(ValueError):
    """A measure that does not hold together; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate as it is worked out from a day on: among which duties, and which of them it counts.

    `only_due` keeps to the duties whose last day has come. `source` and `sure` as in parameters.
    """

    key: str
    name: str
    sentence: str
    counts: frozenset[str]
    out_of: frozenset[str]
    only_due: bool = False
    from_on: date = _FIRST_DAY
    source: str = ""
    sure: bool = True

    @property
    def version(self) -> str:
        """The measure with the day since which it is worked out so, as a report prints it."""
        return f"{self.name}, từ {vi_date(self.from_on)}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a measure counted, and out of how many."""

    counted: int
    out_of: int

    @property
    def rate(self) -> Fraction | None:
        """The rate in percent, exact; out of nothing there is none, neither 0 nor 100."""
        return Fraction(100 * self.counted, self.out_of) if self.out_of else None

    @property
    def shown(self) -> Decimal | None:
        """The rate in percent with one decimal, rounded once."""
        return percent(share(self.counted, self.out_of))

    def __add__(self, other: Ratio) -> Ratio:
        """Two parts together: their counts added, never the mean of their rates."""
        return Ratio(self.counted + other.counted, self.out_of + other.out_of)


NOTHING = Ratio(0, 0)


def bucket(
    *, state_class: StateClass, last_day: date | None, done_on: date | None, as_of: date, soon_days: int
) -> Bucket:
    """Tell how a duty stands on a day, in one of BUCKETS; the last day itself is in time and due soon.

    `done_on` is the day since which it is done, for a duty whose state is of the class “done”.
    """
    if state_class == "done":
        if last_day is None or done_on is None:
            return "done"
        return "done_in_time" if done_on <= last_day else "done_with_due"
    if state_class not in OPEN_CLASSES:
        return "owed"
    found = timeliness(last_day=last_day, done_on=None, as_of=as_of, soon_days=soon_days)
    buckets: dict[str, Bucket] = {"late": "late", "due_soon": "due_soon", "in_time": "open"}
    return buckets.get(found, "no_due")


def has_come(last_day: date | None, *, as_of: date) -> bool:
    """Say whether the last day of a duty has come: the day itself counts, a duty without one never falls due."""
    return last_day is not None and last_day <= as_of


def ratio(measure: Measure, standing: Mapping[tuple[str, bool], int]) -> Ratio:
    """Count by a measure: `standing` says how many duties stand in each bucket, and whether their last day has come."""
    kept = {cell: n for cell, n in standing.items() if cell[1] or not measure.only_due}
    return Ratio(
        sum(n for (where, _come), n in kept.items() if where in measure.counts),
        sum(n for (where, _come), n in kept.items() if where in measure.out_of),
    )


def together(ratios: Iterable[Ratio]) -> Ratio:
    """Give the counts of several parts together: sums over sums."""
    return sum(ratios, NOTHING)


def check(measure: Measure) -> None:
    """Refuse a measure that counts nothing, what is unknown, or what it is not counted out of.

    Raises MeasureRefused.
    """
    if not measure.name.strip() or not measure.sentence.strip():
        raise MeasureRefused("Cách tính phải có tên và một câu nói rõ tính gì trên gì. Hãy ghi cả hai.")
    unknown = sorted((measure.counts | measure.out_of) - set(BUCKETS))
    if unknown:
        raise MeasureRefused(f"Không có nhóm việc “{', '.join(unknown)}”. Hãy chọn trong các nhóm đã nêu.")
    if not measure.counts or not measure.out_of:
        raise MeasureRefused("Tỷ lệ phải tính ít nhất một nhóm việc, trên ít nhất một nhóm. Hãy chọn thêm nhóm.")
    if measure.counts - measure.out_of:
        raise MeasureRefused(
            "Nhóm được tính phải nằm trong số dùng làm mẫu số, nếu không tỷ lệ có thể vượt 100%. "
            "Hãy chọn nhóm đó ở cả hai cột, hoặc bỏ ở cột được tính."
        )
    if measure.counts == measure.out_of:
        raise MeasureRefused("Tử số và mẫu số là một nên tỷ lệ luôn là 100%. Hãy bỏ bớt nhóm được tính.")
    if measure.only_due and not (measure.counts - {"no_due", "done"}):
        raise MeasureRefused("Chỉ tính việc đã đến hạn thì việc không có hạn không bao giờ được tính. Hãy chọn lại.")


@cache
def shipped() -> tuple[Measure, ...]:
    """List the measures of the program, all their versions, in the order of the data file."""
    return tuple(
        Measure(
            key=row["key"],
            name=row["name"],
            sentence=row["sentence"],
            counts=frozenset(row["counts"]),
            out_of=frozenset(row["out_of"]),
            only_due=row.get("only_due", False),
            from_on=row["from_on"],
            source=row["source"],
            sure=row.get("sure", True),
        )
        for row in read_data("measures")["measure"]
    )


def shipped_on(on: date) -> dict[str, Measure]:
    """Give the program's measures of a day, of each key the latest not after it."""
    found: dict[str, Measure] = {}
    for row in sorted(shipped(), key=lambda each: each.from_on):
        if row.from_on <= on:
            found[row.key] = row
    return {row.key: found[row.key] for row in shipped() if row.key in found}
