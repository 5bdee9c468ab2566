"""Due days as the reader wrote them, turned into rules and back."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from dondoc.rules.deadlines import DueKind, DueRule, last_day
from dondoc.rules.terms import Every, first_occurrence, term_in

# "kể từ ngày ký văn bản này": the event is the document's own issue.
_ITS_ISSUE = re.compile(
    r"(?:kể|tính)\s+từ\s+ngày\s+(?:ký(?:\s+ban\s+hành)?|ban\s+hành)"
    r"(?:\s+(?:\w+\s+){1,2}này)?\s*(?:[.,;]|$)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;\n]*")


def due_words(due: dict[str, object] | None, *, text: str = "") -> str:
    """Give the words of a due day; of one that hangs on an event the words behind it too, to the end of the sentence.

    `text` is the assignment in which they stand.
    """
    words = str((due or {}).get("words", ""))
    at = text.find(words) if words else -1
    if due is None or due["kind"] != "event" or at < 0:
        return words
    behind = _SENTENCE.match(text, at + len(words))
    return " ".join((words + (behind[0] if behind else "")).split())


def due_rule(due: dict[str, object] | None, *, issued_on: date | None, text: str = "") -> DueRule | None:
    """Turn a due day as the reader wrote it into a rule; None where the text gives no day that can be counted.

    `text` is the assignment in which its words stand: what an event is and how long after it, and on which day of
    a month something recurs, is said around them.
    """
    if due is None:
        return None
    kind, on = str(due["kind"]), due.get("on")
    if due.get("needs_year") and issued_on is not None:
        return _in_year_of(due, issued_on)
    if kind == "event":
        words = due_words(due, text=text)
        after = term_in(words)
        return DueRule("event", issued_on if after and _ITS_ISSUE.search(words) else None, after=after)
    if kind == "recurring":
        return _recurring(due, issued_on) if issued_on else None
    if not on:
        return None
    return DueRule(cast(DueKind, kind), _first_day(kind, str(on)))


def _recurring(due: dict[str, object], issued_on: date) -> DueRule:
    """Give what recurs its first due day: the one that its words name, else the end of the first period."""
    every = cast(Every, due["every"])
    return DueRule("recurring", first_occurrence(every, str(due.get("words", "")), on=issued_on), every)


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
