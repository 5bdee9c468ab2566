"""Periods of whole days, as indicators have them: a year, some years, or from one day to another."""

from __future__ import annotations

import re
from datetime import date

from dondoc.rules.text import NotADate, parse_vi_date, vi_date

_YEARS = re.compile(r"(?:năm |giai đoạn )?(?P<first>(?:19|20)\d\d)(?:\s*[-–]\s*(?P<last>(?:19|20)\d\d))?", re.I | re.A)
_BETWEEN = re.compile(r"\s+(?:-|–|đến)\s+|\s*–\s*", re.I)


class NotAPeriod(ValueError):
    """A text that does not read as a year, some years, or two days."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}” không đọc được là một kỳ. Hãy viết như 2025, 2021-2025 hoặc 01/7/2025 - 31/12/2025."
        )
        self.text = text


def parse_period(text: str) -> tuple[date, date]:
    """Read a period: "2025", "2021-2025", "01/7/2025 - 31/12/2025"; one day alone ends a period that begins with its
    year. Raises NotAPeriod."""
    words = " ".join(text.split())
    if years := _YEARS.fullmatch(words):
        first, last = int(years["first"]), int(years["last"] or years["first"])
        begins, ends = date(first, 1, 1), date(last, 12, 31)
    else:
        try:
            days = [parse_vi_date(part) for part in _BETWEEN.split(words)]
        except NotADate:
            raise NotAPeriod(text) from None
        if len(days) > 2:
            raise NotAPeriod(text)
        begins, ends = days[0] if len(days) == 2 else date(days[0].year, 1, 1), days[-1]
    if ends < begins:
        raise NotAPeriod(text)
    return begins, ends


def period_words(begins: date, ends: date) -> str:
    """Write a period as briefly as it can be read again: "2025", "2021–2025", "01/07/2025 – 31/12/2025"."""
    if (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31):
        return str(begins.year) if begins.year == ends.year else f"{begins.year}–{ends.year}"
    return f"{vi_date(begins)} – {vi_date(ends)}"
