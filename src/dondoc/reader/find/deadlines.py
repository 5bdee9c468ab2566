"""By when something must be done: days, months, quarters, years, recurrences and events in a run of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dondoc.reader.find.dates import DAY, MONTH, QUARTER, quarter_number, read_day
from dondoc.reader.model import DueKind

_BEFORE = (
    r"(?:xong\s+)?(?:trước\s+(?:hoặc\s+trong\s+)?(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?\s*(?:phút)?,?\s*)?(?:ngày\s+)?"
    r"|(?:chậm\s+nhất|muộn\s+nhất|hạn\s+cuối|hạn\s+chót)(?:\s+(?:là|vào|đến|trước|trong|hết|ngày))*:?\s+"
    r"|(?:đến\s+)?hết\s+ngày\s+|trong\s+ngày\s+|xong\s+(?:vào\s+)?ngày\s+|vào\s+ngày\s+"
    r"|(?:hoàn\s+thành|thời\s+hạn|hạn)\s*:?\s*(?:vào\s+|là\s+|đến\s+)*ngày\s+"
    r"|đến\s+ngày\s+)"
)
_YEARLY = r"(?P<again>\s*(?:,|\()?\s*(?:hàng|hằng|mỗi)\s+(?:năm|quý|tháng|tuần))?"
_DAY = re.compile(_BEFORE + DAY + _YEARLY, re.IGNORECASE)
_MONTH = re.compile(
    r"(?:trong|trước|hết|cuối|đầu|giữa|vào|chậm\s+nhất(?:\s+(?:là|vào|trong))?|Phiên\s+họp|hoàn\s+thành(?:\s+vào)?)"
    r"\s+(?:(?:đầu|cuối|giữa|hết|nửa\s+đầu|nửa\s+cuối|tuần\s+(?:đầu|cuối|thứ\s+\S+|\d)(?:\s+của)?)\s+)?(?:tháng)\s+"
    + MONTH
    + r"(?:\s*(?:,|và|-|–|đến)\s*(?:đầu\s+|cuối\s+)?(?:tháng\s+)?(?P<m2>\d{1,2})\s*(?:/|-|năm)\s*(?P<y2>\d{4}))?",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"(?:trong|trước|hết|cuối|đầu|vào|xong|thành|giữa|nhất|:)\s*" + QUARTER, re.IGNORECASE)
_YEAR = re.compile(
    r"(?:(?<!tháng\s)(?:hoàn\s+thành|xong)\s+(?:trong\s+)?(?:cuối\s+)?năm\s+|(?<!đến\s)hết\s+năm\s+|trước\s+năm\s+"
    r"|vào\s+(?:cuối\s+)?năm\s+|ngay\s+trong\s+(?:cuối\s+)?năm\s+|trong\s+(?:cuối\s+)?năm\s+|chậm\s+nhất[^.;]{0,12}\s+năm\s+)"
    r"(?P<y>\d{4})(?:\s+và\s+(?:đầu\s+)?năm\s+(?P<y2>\d{4}))?(?!\s*[-–]\s*\d{4})",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?:trong|hết|xong|thành|trước)\s+(?P<half>(?:6|06|sáu)\s+tháng\s+(?:đầu|cuối)\s+năm)(?:\s+(?P<y>20\d{2}))?",
    re.IGNORECASE,
)
_PERIODS = {"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
_EVERY = re.compile(
    r"(?P<fixed>định\s+kỳ\s+(?:\d\s+lần\s+|một\s+lần\s+)?(?:mỗi|hàng|hằng|vào|trong|báo cáo)?\s*)?"
    r"(?P<word>\b(?:hàng|hằng|mỗi)\s+(?P<unit>tuần|tháng|quý|năm)|(?P<half>6\s+tháng|sáu\s+tháng|06\s+tháng|nửa\s+năm))",
    re.IGNORECASE,
)
_FIXED_EVERY = re.compile(
    r"định\s+kỳ\s+(?:báo\s+cáo\s+)?(?:\(?\s*)?(?:hàng|hằng|theo)?\s*(?P<u>tuần|tháng|quý|năm|6\s+tháng|sáu\s+tháng|06\s+tháng|0?3\s+tháng)"
    r"|\d+\s+lần\s*/\s*(?P<u2>tuần|tháng|quý|năm)|(?:ngày\s+\d{1,2}|thứ\s+\w+|ngày\s+cuối|cuối|ngày\s+làm\s+việc\s+cuối\s+cùng)\s+(?:của\s+)?(?:hàng|hằng|mỗi)\s+(?P<u3>tuần|tháng|quý|năm)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:ngay\s+)?sau\s+khi\s+(?!(?:đã\s+)?(?:nghe|xem\s+xét|thảo\s+luận|trao\s+đổi|khảo\s+sát|kiểm\s+tra\s+thực))"
    r"|ngay\s+(?:khi|sau)\s"
    r"|trong\s+(?:vòng|thời\s+hạn|thời\s+gian)\s+(?:không\s+quá\s+)?\d{1,3}\s+(?:ngày|giờ|tháng|tuần)"
    r"|(?:chậm\s+nhất|không\s+quá|muộn\s+nhất)\s+(?:là\s+|sau\s+)?\d{1,3}\s+(?:ngày|giờ|tháng|tuần)"
    r"|kể\s+từ\s+(?:ngày|khi|thời\s+điểm)\s"
    r"|(?:để\s+)?kịp\s+(?:thời\s+)?(?:báo\s+cáo|trình)\s+[^.;,]{3,60}?(?:Kỳ\s+họp|kỳ\s+họp|Phiên\s+họp|phiên\s+họp|Hội\s+nghị)"
    r"|\b(?:trình|báo\s+cáo|thông\s+qua|ban\s+hành)\s[^.;,]{0,80}?\btại\s+(?:kỳ|phiên)\s+họp"
    r"|\btrước\s+khi\s+(?:gửi|trình|ban\s+hành|phê\s+duyệt|khởi\s+công|triển\s+khai|tổ\s+chức)"
    r"|(?<!trước\s)\bkhi\s+(?:[^.;]{3,300}?\s)?(?:ban\s+hành|được\s+ban\s+hành|được\s+phê\s+duyệt|được\s+thông\s+qua|kết\s+thúc|có\s+hiệu\s+lực)\b",
    re.IGNORECASE,
)
# "đến ngày 31/5 giải ngân mới đạt 9%", written in June: the day says how far things stood.
_REACHED = re.compile(r"[^;\n]{0,80}?\bđạt\s+(?:tỷ\s+lệ\s+|gần\s+|trên\s+|khoảng\s+)?\d")
# "dự toán chi hằng năm của …": the period belongs to a noun, nothing is done anew.
_NOUN_PERIOD = re.compile(
    r"(?:dự\s+toán|ngân\s+sách|nhà\s+nước|kế\s+hoạch|chi|thu|vốn|kinh\s+phí|biên\s+chế|chương\s+trình|chỉ\s+tiêu|hợp\s+đồng)\s*$",
    re.IGNORECASE,
)
_DEED_AHEAD = re.compile(
    r"[\s,]*(?:(?:trước\s|vào\s|chậm\s+nhất\s|từ\s+ngày\s|tổ\s+chức|báo\s+cáo|rà\s+soát|đánh\s+giá|tổng\s+hợp|thực\s+hiện|xây\s+dựng|kiểm\s+tra|họp|sơ\s+kết|tổng\s+kết"
    r"|công\s+bố|cập\s+nhật|thống\s+kê|gửi|lập|trình|tiến\s+hành)|[A-ZĐÀ-Ỹ])"
)


@dataclass(frozen=True, slots=True)
class DueRead:
    """A due rule found in a run of text; places count in the run's text."""

    kind: DueKind
    start: int
    end: int
    on: str | None = None
    every: str | None = None
    needs_year: bool = False
    day: int | None = None
    month: int | None = None
    rule: str = ""


def _days(text: str, start: int, end: int, on: date | None) -> Iterator[DueRead]:
    for match in _DAY.finditer(text, start, end):
        read = read_day(match)
        if read is None or (_REACHED.match(text, match.end(), end) and on and read.has_come(on)):
            continue
        again = match.group("again")
        if again:
            yield DueRead(
                "recurring",
                match.start(),
                match.end(),
                every=_PERIODS[again.split()[-1].lower()],
                rule="day-every",
            )
            continue
        year = read.year or (on.year if on else None)
        day = f"{year:04d}-{read.month:02d}-{read.day:02d}" if year else None
        yield DueRead(
            "day",
            match.start(),
            match.end(),
            on=day,
            needs_year=year is None,
            day=read.day,
            month=read.month,
            rule="day",
        )


def _months(text: str, start: int, end: int, on: date | None) -> Iterator[DueRead]:
    for match in _MONTH.finditer(text, start, end):
        month = int(match.group("m2") or match.group("m") or match.group("mx"))
        stated = match.group("y2") or match.group("y")
        year = int(stated) if stated else (on.year if on else None)
        if 1 <= month <= 12:
            yield DueRead(
                "month",
                match.start(),
                match.end(),
                on=f"{year:04d}-{month:02d}" if year else None,
                needs_year=year is None,
                month=month,
                rule="month",
            )


def _quarters(text: str, start: int, end: int, on: date | None) -> Iterator[DueRead]:
    for match in _QUARTER.finditer(text, start, end):
        year = int(match.group("y")) if match.group("y") else (on.year if on else None)
        quarter = quarter_number(match.group("q"))
        yield DueRead(
            "quarter",
            match.start(),
            match.end(),
            on=f"{year:04d}-Q{quarter}" if year else None,
            needs_year=year is None,
            rule="quarter",
        )


def _halves(text: str, start: int, end: int, on: date | None) -> Iterator[DueRead]:
    """ "trong 6 tháng đầu năm 2026": the half ends with its second or fourth quarter."""
    for match in _HALF.finditer(text, start, end):
        year = int(match.group("y")) if match.group("y") else (on.year if on else None)
        quarter = 4 if "cuối" in match.group("half").lower() else 2
        yield DueRead(
            "quarter",
            match.start(),
            match.end(),
            on=f"{year:04d}-Q{quarter}" if year else None,
            needs_year=year is None,
            rule="half",
        )


def _years(text: str, start: int, end: int) -> Iterator[DueRead]:
    for match in _YEAR.finditer(text, start, end):
        yield DueRead("year", match.start(), match.end(), on=match.group("y2") or match.group("y"), rule="year")


def _recurring(text: str, start: int, end: int) -> Iterator[DueRead]:
    for match in _FIXED_EVERY.finditer(text, start, end):
        unit = " ".join((match.group("u") or match.group("u2") or match.group("u3")).lower().split())
        every = _PERIODS.get(unit) or ("quarter" if unit.startswith(("03", "3")) else "half")
        yield DueRead("recurring", match.start(), match.end(), every=every, rule="every")
    for match in _EVERY.finditer(text, start, end):
        if not match.group("unit"):
            continue
        before = text[max(start, match.start() - 40) : match.start()]
        at_start = not text[start : match.start()].strip(" -,")
        if at_start or (_DEED_AHEAD.match(text, match.end()) and not _NOUN_PERIOD.search(before)):
            yield DueRead(
                "recurring",
                match.start(),
                match.end(),
                every=_PERIODS[match.group("unit").lower()],
                rule="every",
            )


def _events(text: str, start: int, end: int) -> Iterator[DueRead]:
    for match in _EVENT.finditer(text, start, end):
        yield DueRead("event", match.start(), match.end(), rule="event")


def _best_day(days: list[DueRead], text: str, on: date | None) -> DueRead | None:
    """The day by which something is owed among those named: not the day up to which figures are given.

    A yearly day rules where the days beside it have no year; a day before the document's own gives way.
    """
    if on:
        days = [d for d in days if d.on is None or d.on >= on.isoformat()] or days
    again = next((d for d in days if d.rule == "day-every"), None)
    if again and not _FULL_YEAR.search(text, days[0].start, days[0].end):
        return again
    owed = [d for d in days if not _UP_TO.match(text, d.start)]
    return next(iter(owed or days), None)


_FULL_YEAR = re.compile(r"\b20\d{2}\b")
_UP_TO = re.compile(r"(?:đến\s+)?(?:hết\s+)?ngày|đến\s+ngày", re.IGNORECASE)


def find_due(text: str, start: int, end: int, on: date | None) -> DueRead | None:
    """The due rule of a run of text, or None; a day without a year takes the year of ``on``.

    Where several stand, a fixed recurrence comes first, then the first day, month, quarter or year, then an event.
    """
    low = text[start:end].lower()
    if not _HINT.search(low):
        return None
    recurring = next(_recurring(text, start, end), None)
    if not _NUMBER.search(low):
        return recurring or next(_events(text, start, end), None)
    days = _best_day(list(_days(text, start, end, on)), text, on)
    if recurring and days and days.rule == "day-every" and recurring.start > days.end + 12:
        return days
    before = recurring and days and recurring.start < days.start and not _FULL_YEAR.search(text, days.start, days.end)
    fixed = recurring if recurring and (days is None or before or "định" in low) else None
    if fixed:
        return fixed
    dated = [
        d
        for d in (
            days,
            next(_months(text, start, end, on), None),
            next(_quarters(text, start, end, on), None),
            next(_halves(text, start, end, on), None),
            next(_years(text, start, end), None),
        )
        if d
    ]
    if dated:
        order = {"day": 0, "recurring": 0, "month": 1, "quarter": 2, "year": 3}
        return min(dated, key=lambda d: (order[d.kind], d.start))
    return recurring or next(_events(text, start, end), None)


_NUMBER = re.compile(r"\d|quý|sáu tháng")
_HINT = re.compile(r"\d|kỳ họp|phiên họp|hàng|hằng|mỗi|định|khi|sau|kịp|kể từ")
# "Thời gian hoàn thành: …" as a line of its own, or as the cell of a table.
_BARE_MONTH = re.compile(r"(?<![\d/])(0?[1-9]|1[0-2])\s?/\s?(20\d{2})(?![\d/])")
_BARE_YEARS = re.compile(r"(?<![\d/.\-])(20\d{2})(?![\d/.]\d)")
_PLAIN = (
    re.compile(DAY, re.IGNORECASE),
    re.compile(r"tháng\s+(?:\d{1,2}\s*(?:-|–|,|và|đến)\s*(?:tháng\s+)?)*" + MONTH, re.IGNORECASE),
    re.compile(QUARTER, re.IGNORECASE),
)


def read_term(text: str, start: int, end: int, on: date | None) -> DueRead | None:
    """The due rule of a cell or a line that is nothing but a due rule ("Thời gian: Tháng 12/2025")."""
    low = text[start:end].lower()
    every = re.search(r"(?:hàng|hằng|mỗi)\s+(tuần|tháng|quý|năm)", low)
    if every:
        return DueRead("recurring", start, end, every=_PERIODS[every.group(1)], rule="term")
    if days := [m for m in _PLAIN[0].finditer(text, start, end) if read_day(m)]:
        read = read_day(days[-1])
        if read and (read.year or on):
            year = read.year or (on.year if on else 0)
            return DueRead(
                "day",
                start,
                end,
                on=f"{year:04d}-{read.month:02d}-{read.day:02d}",
                day=read.day,
                month=read.month,
                rule="term",
            )
    if months := list(_PLAIN[1].finditer(text, start, end)):
        match = months[-1]
        month = int(match.group("m") or match.group("mx"))
        year = int(match.group("y")) if match.group("y") else (on.year if on else 0)
        if 1 <= month <= 12 and year:
            return DueRead("month", start, end, on=f"{year:04d}-{month:02d}", month=month, rule="term")
    if bare := _BARE_MONTH.findall(text, start, end):
        number, of_year = bare[-1]
        return DueRead("month", start, end, on=f"{of_year}-{int(number):02d}", month=int(number), rule="term")
    if quarters := list(_PLAIN[2].finditer(text, start, end)):
        match = quarters[-1]
        year = int(match.group("y")) if match.group("y") else (on.year if on else 0)
        if year:
            quarter = quarter_number(match.group("q"))
            return DueRead("quarter", start, end, on=f"{year:04d}-Q{quarter}", rule="term")
    if years := _BARE_YEARS.findall(text, start, end):
        return DueRead("year", start, end, on=years[0] if "tiếp theo" in low else years[-1], rule="term")
    return find_due(text, start, end, on)
