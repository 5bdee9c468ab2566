"""Due days as the reader wrote them, turned into rules and back."""

from __future__ import annotations

from datetime import date

from dondoc.rules.deadlines import DueRule, last_day


def due_rule(due: dict[str, object] | None, *, issued_on: date | None) -> DueRule | None:
    """Turn a due day as the reader wrote it into a rule; None where the text gives no day that can be counted."""
    if due is None:
        return None
    kind, on = str(due["kind"]), due.get("on")
    if due.get("needs_year") and issued_on is not None:
        return _in_year_of(due, issued_on)
    if kind == "event":
        return DueRule("event")
    if kind == "recurring":
        return DueRule("recurring", issued_on, due.get("every")) if issued_on else None  # type: ignore[arg-type]
    if not on:
        return None
    return DueRule(kind, _first_day(kind, str(on)))  # type: ignore[arg-type]


def _in_year_of(due: dict[str, object], issued_on: date) -> DueRule | None:
    """Give a day or month without a year the year of the document's own day."""
    month, day = due.get("month"), due.get("day") or 1
    try:
        return DueRule(due["kind"], date(issued_on.year, int(str(month)), int(str(day))))  # type: ignore[arg-type]
    except ValueError:
        return None


def day_of(rule: DueRule | None) -> date | None:
    """Give the last day of a rule that names one."""
    return last_day(rule) if rule is not None else None


def _first_day(kind: str, on: str) -> date:
    if kind == "quarter":
        year, quarter = on.split("-Q")
        return date(int(year), int(quarter) * 3 - 2, 1)
    parts = [int(part) for part in on.split("-")]
    return date(*[*parts, 1, 1][:3])


def due_written(kind: str, on: date | None, every: str) -> dict[str, str] | None:
    """Write a due rule as the reader writes due days; None where there is none."""
    if kind in ("none", "") or (on is None and kind not in ("event", "recurring")):
        return None
    if kind == "event":
        return {"kind": "event"}
    if kind == "recurring":
        return {"kind": "recurring", "every": every}
    assert on is not None
    quarter = f"{on.year}-Q{(on.month + 2) // 3}"
    forms = {"month": on.isoformat()[:7], "quarter": quarter, "year": str(on.year)}
    return {"kind": kind if kind in forms else "day", "on": forms.get(kind, on.isoformat())}
