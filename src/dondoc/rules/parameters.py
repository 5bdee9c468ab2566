"""Numbers that the rules use, each from a day on and with the place that lays it down
(`data/parameters.toml`)."""

from __future__ import annotations

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


def yes_or_no(key: str, *, on: date) -> bool:
    """Give a parameter that is a yes or a no, for example "before_day_counts". Raises UnknownParameter."""
    value = parameter(key, on=on).value
    if not isinstance(value, bool):
        raise UnknownParameter(key, "không phải là có/không")
    return value


def words(key: str, *, on: date) -> str:
    """Give a parameter that is written in words or signs, for example "due_day_ends_at". Raises
    UnknownParameter."""
    value = parameter(key, on=on).value
    if not isinstance(value, str):
        raise UnknownParameter(key, "không phải là chữ")
    return value
