"""How long work has been late, in bands of days: 1-7, 8-30, 31-90, more than 90.

The bounds are a parameter (`late_band_days`), which an office may set; the program's own are a starting value, for
which no regulation was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WRITTEN = re.compile(r"([1-9]\d{0,3})-([1-9]\d{0,3})?")


class BandRefused(ValueError):
    """Days that are written in a way that names no band."""

    def __init__(self, written: str) -> None:
        super().__init__(
            f"“{written}” không phải là khoảng số ngày. Hãy viết như 8-30, hoặc 91- nếu không có giới hạn."
        )


@dataclass(frozen=True, slots=True)
class Band:
    """From how many days late to how many (None: any number more)."""

    first: int
    last: int | None

    @property
    def code(self) -> str:
        """The band as it is written in an address: 8-30, 91-."""
        return f"{self.first}-{'' if self.last is None else self.last}"

    def holds(self, days: int) -> bool:
        """Say whether so many days late fall into the band."""
        return self.first <= days and (self.last is None or days <= self.last)


def bands(bounds: Iterable[int]) -> tuple[Band, ...]:
    """Cut the days from the first one late into bands that each end with a bound, and a last one without an end.

    Every day from 1 on falls into exactly one band. Bounds may come in any order; those below 1 are left out.
    """
    ends = sorted({bound for bound in bounds if bound >= 1})
    firsts = [1, *(end + 1 for end in ends)]
    return tuple(Band(first, last) for first, last in zip(firsts, [*ends, None], strict=True))


def band_of(written: str) -> Band:
    """Read a band as it is written in an address: 8-30, 91-. Raises BandRefused."""
    match = _WRITTEN.fullmatch(written)
    if match is None or (match[2] and int(match[2]) < int(match[1])):
        raise BandRefused(written)
    return Band(int(match[1]), int(match[2]) if match[2] else None)
