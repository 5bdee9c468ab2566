"""Which records a number counts by what is known today and not by what was known then, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dondoc.office import figures
from dondoc.office.access import Refused, Viewer
from dondoc.office.figures import FigureValue
from dondoc.office.queries.comparisons import BridgeLine, Compared, Comparison, Moment, compare
from dondoc.office.queries.issued import Touched
from dondoc.office.reports.movements import line_words

# The numbers that a comparison of two moments explains line by line: by what argument they name a column.
COLUMNS = {"tasks.in_group": "group", "tasks.in_class": "state_class", "tasks.total": "", "tasks.followed": ""}
_KEYS = {"task_id": "tasks", "duty_id": "duties", "document_id": "documents"}
_OWN = {"TaskRow": "tasks", "DutyRow": "duties"}

Bridges = dict[tuple[Compared, Moment], Comparison | None]


def touched(figure: FigureValue, *, viewer: Viewer, known_at: datetime | None) -> Touched:
    """Find the records that stand behind a number at one of two instants only, or otherwise: its own and `known_at`."""
    first, second = (_rows(figure, viewer, at) for at in (figure.known_at, known_at))
    found = Touched()
    for key in first.keys() | second.keys():
        if first.get(key) != second.get(key):
            for kind, number in _keys(first.get(key) or second[key]):
                getattr(found, kind).add(number)
    return found


def _rows(figure: FigureValue, viewer: Viewer, known_at: datetime | None) -> dict[Any, Any]:
    try:
        found = figures.opened(
            figure.key, viewer=viewer, as_of=figure.as_of, known_at=known_at, arguments=dict(figure.arguments)
        )
    except Refused:  # at that instant there was no such list
        return {}
    rows = enumerate((*found.rows, *found.rest))
    return {(type(row).__name__, getattr(row, "id", place)): row for place, row in rows}


def _keys(row: Any) -> Iterator[tuple[str, int]]:
    row = getattr(row, "claim", row)
    if own := _OWN.get(type(row).__name__):
        yield own, row.id
    for name, kind in _KEYS.items():
        if isinstance(number := getattr(row, name, None), int):
            yield kind, number


def bridged(
    figure: FigureValue, *, viewer: Viewer, known_at: datetime | None, bridges: Bridges
) -> list[tuple[BridgeLine, str]]:
    """Explain a count of tasks by the lines between its own instant and `known_at`, each with its words.

    `bridges` keeps the comparisons that were made already. Of other numbers nothing is said.
    """
    arguments = dict(figure.arguments)
    scope = {name: arguments[name] for name in ("programme", "resolution") if name in arguments}
    if figure.key not in COLUMNS or len(scope) != 1:
        return []
    what, first = Compared(**scope), Moment(figure.as_of, figure.known_at)
    if (what, first) not in bridges:
        bridges[what, first] = _compared(what, first, Moment(figure.as_of, known_at), viewer)
    comparison = bridges[what, first]
    if comparison is None:
        return []
    place = _column(comparison, arguments.get(COLUMNS[figure.key], ""))
    found = []
    for line in comparison.lines:
        change = line.changes_all if place is None else line.changes[place]
        if change:
            sign = "+" if change > 0 else "−"
            found.append((line, f"{sign}{abs(change)}: {line_words(line)}"))
    return found


def _compared(what: Compared, first: Moment, second: Moment, viewer: Viewer) -> Comparison | None:
    try:
        return compare(what, first, second, viewer=viewer)
    except Refused:
        return None


def _column(comparison: Comparison, code: str) -> int | None:
    return next((place for place, column in enumerate(comparison.columns) if column.code == code), None)
