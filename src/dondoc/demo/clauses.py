"""The clauses of a resolution in the replay: what was tied to each, and who was urged about those with nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from dondoc.demo import data
from dondoc.demo.stage import Stage
from dondoc.office.actions import clauses, indicators, urges
from dondoc.office.actions.indicators import NewIndicator, NewTarget
from dondoc.office.actions.urges import NewUrge
from dondoc.office.queries import agencies
from dondoc.office.queries import clauses as read
from dondoc.office.queries.clauses import ClauseRow
from dondoc.rules import urges as ways
from dondoc.rules.periods import parse_period


def happenings(key: str) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    """List what became of clauses, each with the instant at which it was written down."""
    for row in data.read(key, "clauses") or []:
        yield data.instant(row["at"]), partial(happen, row=row)


def happen(stage: Stage, row: dict[str, Any]) -> None:
    """Write down what became of one clause; `missing` says when the reader did not find it, or the task from it."""
    clause = _clause(stage, row["of"], row["clause"])
    if clause is None:
        stage.missing.append(f"{row['of']}: {row['clause']}")
    elif "document" in row:
        document = stage.documents[row["document"]]
        clauses.make_concrete(clause.id, document_id=document, on=row["on"], actor=stage.officer)
    elif "task" in row:
        item = (row["task"][0], row["task"][1])
        if item in stage.tasks:
            clauses.tie_task(clause.id, task_id=stage.tasks[item].pk, actor=stage.officer)
    elif "indicator" in row:
        _lay_down(stage, clause, row["indicator"])
    else:
        _urge(stage, clause, row["urge"])


def _clause(stage: Stage, document: str, address: str) -> ClauseRow | None:
    viewer = stage.officer.viewer
    rows = read.clauses(stage.documents[document], viewer=viewer, as_of=stage.today, known_at=None)
    return next((row for row in rows if row.address == address), None)


def _lay_down(stage: Stage, clause: ClauseRow, written: dict[str, Any]) -> None:
    targets = []
    for period, value in written["targets"]:
        begins_on, ends_on = parse_period(period)
        targets.append(NewTarget(begins_on, ends_on, Decimal(value)))
    new = NewIndicator(written["name"], written["direction"], written["unit"])
    indicators.add_indicator(clause.id, new, targets, on=written["on"], actor=stage.officer)


def _urge(stage: Stage, clause: ClauseRow, written: dict[str, Any]) -> None:
    agency = stage.agencies[written["agency"]]
    on = stage.today
    called = agencies.agency(agency.pk, viewer=stage.officer.viewer, as_of=on, known_at=None).name
    text = ways.draft(
        "clause",
        on=on,
        way=ways.kind(written["kind"], on=on),
        agency=called,
        speaker=stage.office.name,
        title=clause.document,
        place=f"mục {clause.address}",
        words=clause.text,
        answer_by=written["answer_by"],
    )
    new = NewUrge(written["kind"], written["channel"], text, written["answer_by"])
    urges.urge_clause(clause.id, new, agency_id=agency.pk, on=on, actor=stage.officer)
