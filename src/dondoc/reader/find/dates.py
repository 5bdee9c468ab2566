"""Days, months, quarters and years as official prose writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# 07/4/2025, 15-1-2025, 20.7.2020, 18 tháng 6 năm 2024, 30/7 (no year)
DAY = (
    r"(?:(?P<d1>\d{1,2})\s*tháng\s*(?P<m1>\d{1,2})\s*(?:năm|/)\s*(?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})\s?[/.\-]\s?(?P<m2>\d{1,2})\s?[/.\-]\s?(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})/(?P<m3>\d{1,2})(?![\d/])"
    r"|(?P<d4>\d{1,2})\s*tháng\s*(?P<m4>\d{1,2})(?!\d))"
)
MONTH = r"(?:(?P<m>\d{1,2})\s*(?:/|-|năm)\s*(?P<y>\d{4})|(?P<mx>\d{1,2})(?![\d/]))"
QUARTER = (
    r"quý\s*(?:[IVX1-4]{1,3}\s*[-–,và]+\s*(?:quý\s*)?)?"
    r"(?P<q>IV|III|II|I|[1-4])\b(?:\s*(?:[/,-]|năm)?\s*(?:năm\s*)?(?P<y>\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day as written; ``year`` is None where the text gives none."""

    day: int
    month: int
    year: int | None

    def has_come(self, on: date) -> bool:
        """Whether it is not after a day, whose year it takes where it has none."""
        return (self.year or on.year, self.month, self.day) <= (on.year, on.month, on.day)


def read_day(match: re.Match[str]) -> DayRead | None:
    """The day of a match of :data:`DAY`; None where there is no such day."""
    for i in "1234":
        if match.group("d" + i):
            year = match.groupdict().get("y" + i)
            read = DayRead(int(match.group("d" + i)), int(match.group("m" + i)), int(year) if year else None)
            try:
                date(read.year or 2000, read.month, read.day)
            except ValueError:
                return None
            return read
    return None


def quarter_number(text: str) -> int:
    """1 to 4 for "I" to "IV" and "1" to "4"."""
    return _ROMAN[text.lower()]
