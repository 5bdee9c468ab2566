"""Numbers that the rules use, each from a day on and with the place that lays it down
(`data/parameters.toml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from dondoc.rules.datafiles import read_data

Setting = int | bool | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter is on a day: the value, its unit, the regulation or custom it comes from.

    `sure` is False where no regulation was found and the program's starting value stands in.
    """

    key: str
    says: str
    value: Setting
    unit: str
    from_on: date
    source: str
    sure: bool


class UnknownParameter(LookupError):
    """A parameter that the data file does not have, not on that day, or not of that kind."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"Tham số “{key}” {why}. Hãy kiểm tra tệp dữ liệu parameters.toml.")
        self.key = key


class ParameterRefused(ValueError):
    """A value that a parameter cannot have: of another kind, or out of its range."""


@cache
def parameters() -> tuple[Value, ...]:
    """List all values of all parameters, by key and then by day, for the page that shows the office its
    rules."""
    rows = []
    for key, entry in read_data("parameters").items():
        for row in entry["from"]:
            raw = row["value"]
            value = tuple(raw) if isinstance(raw, list) else raw
            sure = row.get("sure", True)
            rows.append(Value(key, entry["says"], value, entry["unit"], row["on"], row["source"], sure))
    return tuple(sorted(rows, key=lambda row: (row.key, row.from_on)))


def parameter(key: str, *, on: date) -> Value:
    """Tell what a parameter was on a day: the value with the latest day not after it. Raises
    UnknownParameter."""
    rows = [row for row in parameters() if row.key == key]
    if not rows:
        raise UnknownParameter(key, "không có trong dữ liệu")
    valid = [row for row in rows if row.from_on <= on]
    if not valid:
        raise UnknownParameter(key, f"chưa có giá trị vào ngày {on:%d/%m/%Y}")
    return valid[-1]


def bounds(key: str) -> tuple[int, int]:
    """Give the least and the greatest whole number that a parameter can be, from the data file; 0 to 365 without."""
    entry = read_data("parameters").get(key, {})
    return int(entry.get("least", 0)), int(entry.get("most", 365))


def typed(key: str, text: str, *, on: date) -> Setting:
    """Read a value of a parameter as somebody typed it, of the same kind as the program's own on that day.

    "có" or "không"; a whole number; several, parted by commas; an hour like 17:00, at most 24:00; a key. Raises
    UnknownParameter, and ParameterRefused where the words are of another kind or out of range.
    """
    laid = parameter(key, on=on)
    own = laid.value
    words = " ".join(text.split())
    if isinstance(own, bool):
        if words not in _YES_NO:
            raise ParameterRefused("Hãy chọn “có” hoặc “không”.")
        return _YES_NO[words]
    if isinstance(own, str) and laid.unit != HOUR:
        if not _NAME.fullmatch(words):
            raise ParameterRefused("Hãy chọn trong danh sách.")
        return words
    if isinstance(own, str):
        match = _HOUR.fullmatch(words)
        if match is None or int(match[1]) * 60 + int(match[2] or 0) > 24 * 60:
            raise ParameterRefused("Hãy nhập giờ như 17:00; muộn nhất là 24:00.")
        return f"{int(match[1]):02d}:{int(match[2] or 0):02d}"
    numbers = [part.strip() for part in words.split(",")]
    least, most = bounds(key)
    if not all(part.isascii() and part.isdecimal() and least <= int(part) <= most for part in numbers):
        raise ParameterRefused(f"Hãy nhập số nguyên từ {least} đến {most}.")
    if isinstance(own, tuple):
        return tuple(int(part) for part in numbers)
    if len(numbers) > 1:
        raise ParameterRefused("Tham số này chỉ nhận một số. Hãy nhập một số nguyên.")
    return int(numbers[0])


HOUR = "giờ"  # the unit of a parameter that is an hour
_NAME = re.compile(r"[a-z0-9-]{1,40}")
_YES_NO = {"có": True, "không": False}
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?::|h|giờ)\s*([0-5]\d)?)?")


def written(value: Setting) -> str:
    """Write a value as it would be typed: có, không, 7, "7, 3, 1", 17:00."""
    if isinstance(value, bool):
        return "có" if value else "không"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def whole_number(key: str, *, on: date) -> int:
    """Give a parameter that is a whole number, for example "due_soon_days". Raises UnknownParameter for
    another kind."""
    value = parameter(key, on=on).value
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnknownParameter(key, "không phải là số nguyên")
    return value


def whole_numbers(key: str, *, on: date) -> tuple[int, ...]:
    """Give a parameter that is a list of whole numbers, for example "reminder_lead_days". Raises
    UnknownParameter."""
    value = parameter(key, on=on).value
    if not isinstance(value, tuple):
        raise UnknownParameter(key, "không phải là danh sách số nguyên")
    return value


def words(key: str, *, on: date) -> str:
    """Give a parameter that is written in words or signs, for example "due_day_ends_at". Raises
    UnknownParameter."""
    value = parameter(key, on=on).value
    if not isinstance(value, str):
        raise UnknownParameter(key, "không phải là chữ")
    return value
