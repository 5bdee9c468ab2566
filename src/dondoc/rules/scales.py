"""Scales: how the points of an agency come from its rates, which grade their sum is, and who stands where.

No regulation lays such a scale down for agencies; it is dated data that an office may replace (`data/scales.toml`).
Bands and grades leave no gap and do not overlap, so that every rate has exactly one number of points. A criterion of
which an agency has nothing to count is left out, of its points and of the greatest that it could reach. Where too
little of the points is left (`Scale.least_share`), the agency has its points but neither place nor grade.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from dondoc.rules.datafiles import read_data
from dondoc.rules.rates import rounded, share
from dondoc.rules.text import vi_date, vi_number

WHOLE = Decimal(100)
PLACES = 2  # decimals of points
MOST = 12  # criteria of a scale, bands of a criterion, grades


class ScaleRefused(ValueError):
    """A scale that does not hold together; the message names the criterion, the interval, and what to change."""


@dataclass(frozen=True, slots=True)
class Band:
    """From a value up to, but not reaching, another (None: to the end): its points, or the grade it is.

    Without `per_value` the points as they stand; with it, in proportion: points x value / per_value.
    """

    from_value: Decimal
    below: Decimal | None = None
    points: Decimal | None = None
    per_value: Decimal | None = None
    label: str = ""

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in the band."""
        return Fraction(self.from_value) <= value and (self.below is None or value < Fraction(self.below))

    def brings(self, value: Fraction) -> Decimal:
        """Give the points that a value of this band brings, rounded as they are printed and added."""
        points = Fraction(self.points or 0)
        return decimal(points if self.per_value is None else points * value / Fraction(self.per_value))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: the key of its measure, the most points it can bring, and its bands from the lowest on."""

    measure: str
    points: Decimal
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A way to rank agencies from a day on: criteria and grades. `source` and `sure` as in parameters.

    `least_share` is how many percent of all its points must apply to an agency for it to be ranked; 0: all are ranked.
    """

    key: str
    name: str
    sentence: str
    criteria: tuple[Criterion, ...]
    grades: tuple[Band, ...]
    from_on: date = date(1990, 1, 1)
    source: str = ""
    sure: bool = True
    least_share: Decimal = Decimal(0)

    @property
    def version(self) -> str:
        """The scale with the day since which it holds, as a table prints it."""
        return f"{self.name}, từ {vi_date(self.from_on)}"

    @property
    def most(self) -> Decimal:
        """The points of all its criteria together."""
        return decimal(sum((Fraction(criterion.points) for criterion in self.criteria), Fraction(0)))


@dataclass(frozen=True, slots=True)
class Score:
    """What one agency has by a scale: the points of each criterion (None: nothing to count), and their sum.

    `attainable` is what the criteria that apply could bring, `share` that in percent of all points of the scale, not
    rounded; `percent` the sum in percent of it, not rounded, None where none applies. Where `is_ranked` is false, too
    little applies for a place, and there is no grade.
    """

    points: tuple[Decimal | None, ...]
    total: Decimal | None
    attainable: Decimal
    percent: Fraction | None
    grade: str
    share: Fraction = Fraction(0)
    is_ranked: bool = True

    @property
    def shown(self) -> Decimal | None:
        """The percent as it is printed, with two decimals."""
        return None if self.percent is None else decimal(self.percent)


def decimal(value: Fraction) -> Decimal:
    """Write an exact number with the decimals of points, a half away from zero."""
    return rounded(share(value.numerator, value.denominator) or 0, PLACES)


def points_of(criterion: Criterion, rate: Fraction | None) -> Decimal | None:
    """Give the points that a rate in percent brings; None, and not 0, where there is nothing to count."""
    if rate is None:
        return None
    return next(band.brings(rate) for band in criterion.bands if band.holds(rate))


def score(scale: Scale, rates: Mapping[str, Fraction | None]) -> Score:
    """Give the points of an agency by its rates: each rounded to two decimals, their exact sum, the grade.

    The grade is of the exact percent: 89,996 is printed as 90,00 and still below 90. `rates` are exact and in percent,
    by the keys of the measures; one that is missing does not apply. There is no grade where less than the least share
    of the scale's points applies, as there is no place.
    """
    points = tuple(points_of(criterion, rates.get(criterion.measure)) for criterion in scale.criteria)
    applies = [
        (got, criterion.points) for got, criterion in zip(points, scale.criteria, strict=True) if got is not None
    ]
    attainable = sum((Fraction(most) for _got, most in applies), Fraction(0))
    if not attainable:
        return Score(points, None, decimal(attainable), None, "", is_ranked=False)
    total = sum((Fraction(got) for got, _most in applies), Fraction(0))
    percent = 100 * total / attainable
    part = 100 * attainable / Fraction(scale.most)
    is_ranked = part >= Fraction(scale.least_share)
    grade = next(band.label for band in scale.grades if band.holds(percent)) if is_ranked else ""
    return Score(points, decimal(total), decimal(attainable), percent, grade, part, is_ranked)


def ranks(percents: Sequence[Fraction | None]) -> list[int | None]:
    """Give each percent its place, the highest first: equal ones share a place, and the next leaves as many out.

    None has no place, and takes none.
    """
    known = [percent for percent in percents if percent is not None]
    return [None if percent is None else 1 + sum(other > percent for other in known) for percent in percents]


def check(scale: Scale, *, measures: Collection[str]) -> None:
    """Refuse a scale that leaves a rate without points, gives one twice, or brings more than its most.

    `measures` are the keys that exist. Raises ScaleRefused, which names the interval.
    """
    if not scale.name.strip() or not scale.sentence.strip():
        raise ScaleRefused("Thang điểm phải có tên và một câu giải thích. Hãy ghi cả hai.")
    if not 0 <= scale.least_share <= WHOLE:
        raise ScaleRefused("Tỷ lệ điểm tối thiểu để được xếp hạng phải từ 0 đến 100. Hãy sửa; 0 là không đặt mức.")
    if not scale.criteria or len(scale.criteria) > MOST:
        raise ScaleRefused(f"Thang điểm có từ 1 đến {MOST} tiêu chí. Hãy thêm hoặc bớt tiêu chí.")
    seen: set[str] = set()
    for number, criterion in enumerate(scale.criteria, 1):
        where = f"Tiêu chí {number}"
        if criterion.measure not in measures:
            raise ScaleRefused(f"{where}: không có cách tính “{criterion.measure}”. Hãy chọn trong danh sách.")
        if criterion.measure in seen:
            raise ScaleRefused(f"{where}: cách tính này đã có ở tiêu chí khác. Mỗi cách tính chỉ dùng một lần.")
        seen.add(criterion.measure)
        if criterion.points <= 0:
            raise ScaleRefused(f"{where}: điểm tối đa phải lớn hơn 0.")
        check_bands(criterion.bands, where=where)
        for band in criterion.bands:
            _check_points(band, criterion, where)
    check_bands(scale.grades, where="Xếp loại")
    labels = [band.label.strip() for band in scale.grades]
    if not all(labels):
        raise ScaleRefused("Xếp loại: có mức chưa có tên. Hãy đặt tên cho từng mức.")
    if len(set(labels)) < len(labels):
        raise ScaleRefused("Xếp loại: có hai mức cùng tên. Hãy đặt cho mỗi mức một tên riêng.")


def check_bands(bands: Sequence[Band], *, where: str) -> None:
    """Refuse bands that leave a value from 0 to 100 out or hold one twice; 100 itself belongs to the last.

    Raises ScaleRefused with the interval that is missing or double.
    """
    if not bands or len(bands) > MOST:
        raise ScaleRefused(f"{where}: phải có từ 1 đến {MOST} khoảng. Hãy thêm hoặc bớt khoảng.")
    for band in bands:
        if band.from_value < 0 or (band.below is not None and band.below <= band.from_value):
            raise ScaleRefused(f"{where}: khoảng {_words(band)} không đi lên từ 0. Hãy sửa hai đầu của khoảng.")
    reached: Decimal | None = Decimal(0)
    for band in sorted(bands, key=lambda each: each.from_value):
        if reached is None or band.from_value < reached:
            double = Band(band.from_value, _lower(band.below, reached))
            raise ScaleRefused(f"{where}: khoảng {_words(double)} nằm trong hai mức. Hãy sửa để mỗi giá trị một mức.")
        if band.from_value > reached:
            raise ScaleRefused(f"{where}: thiếu khoảng {_words(Band(reached, band.from_value))}. Hãy thêm khoảng này.")
        reached = band.below
    if reached is not None and reached <= WHOLE:
        missing = "giá trị 100" if reached == WHOLE else f"khoảng từ {vi_number(reached)} đến 100"
        raise ScaleRefused(f"{where}: thiếu {missing}. Hãy để trống đầu trên của khoảng cuối, tức là đến hết.")


def _lower(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    ends = [end for end in (first, second) if end is not None]
    return min(ends) if ends else None


def _words(band: Band) -> str:
    below = "đến hết" if band.below is None else f"đến dưới {vi_number(band.below)}"
    return f"từ {vi_number(band.from_value)} {below}"


def _check_points(band: Band, criterion: Criterion, where: str) -> None:
    if band.points is None or band.points < 0:
        raise ScaleRefused(f"{where}: khoảng {_words(band)} chưa có điểm, hoặc điểm nhỏ hơn 0. Hãy ghi điểm.")
    if band.per_value is not None and band.per_value <= 0:
        raise ScaleRefused(f"{where}: khoảng {_words(band)} tính theo tỷ lệ với một số phải lớn hơn 0.")
    top = WHOLE if band.below is None else min(band.below, WHOLE)
    most = band.brings(Fraction(top))
    if most > criterion.points:
        raise ScaleRefused(
            f"{where}: khoảng {_words(band)} cho đến {vi_number(most)} điểm, "
            f"nhiều hơn điểm tối đa {vi_number(criterion.points)}. Hãy giảm điểm hoặc tăng điểm tối đa."
        )


@cache
def shipped() -> tuple[Scale, ...]:
    """List the scales of the program, all their versions."""
    return tuple(_scale(row) for row in read_data("scales")["scale"])


def shipped_on(on: date) -> dict[str, Scale]:
    """Give the program's scales of a day, of each key the latest not after it."""
    return {row.key: row for row in sorted(shipped(), key=lambda each: each.from_on) if row.from_on <= on}


def _scale(row: dict[str, Any]) -> Scale:
    criteria = tuple(
        Criterion(one["measure"], Decimal(str(one["points"])), _bands(one["bands"])) for one in row["criterion"]
    )
    about = (row["from_on"], row["source"], row.get("sure", True), Decimal(str(row.get("least_share", 0))))
    return Scale(row["key"], row["name"], row["sentence"], criteria, _bands(row["grade"]), *about)


def _bands(rows: Iterable[dict[str, Any]]) -> tuple[Band, ...]:
    return tuple(
        Band(
            from_value=Decimal(str(row["from"])),
            below=_number(row.get("below")),
            points=_number(row.get("points")),
            per_value=_number(row.get("per_value")),
            label=row.get("label", ""),
        )
        for row in rows
    )


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
