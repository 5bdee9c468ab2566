"""Progress by period in the replay: periods opened, what agencies reported, and what the office said to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from dondoc.demo import data
from dondoc.demo.stage import Stage
from dondoc.office.access import Actor
from dondoc.office.actions import progress
from dondoc.office.actions.progress import NewReport, Paper
from dondoc.office.models import Period
from dondoc.office.queries import progress as read
from dondoc.office.queries.progress import ReportRow

NOT_BEGUN, NOT_GIVEN, GIVEN = "not_begun", "missing", "submitted"


def happenings(key: str) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    """List what happened to periods and reports, each with the instant at which it was written down."""
    for row in (data.read(key, "progress") or {}).get("rows", []):
        yield data.instant(row["at"]), partial(happen, row=row)


def happen(stage: Stage, row: dict[str, Any]) -> None:
    """Write down one thing: a period opened, reports handed in, one given back, all accepted that wait."""
    on = stage.today
    if "open" in row:
        written = row["open"]
        new = progress.regular_period(written["kind"], written["day"])
        period = progress.open_period(replace(new, programme=written["programme"]), on=on, actor=stage.officer)
        stage.periods[written["of"]] = period
    elif "submit" in row:
        _submit(stage, stage.periods[row["submit"]["of"]], row["submit"], on=on)
    elif "return" in row:
        wanted = row["return"]
        period = stage.periods[wanted["of"]]
        found = [one for one in _rows(stage, period, GIVEN, on=on) if one.title == wanted["task"]]
        progress.return_progress(found[0].id, reason=wanted["reason"], on=on, actor=stage.officer)
    else:
        period = stage.periods[row["accept"]["of"]]
        waiting = len(_rows(stage, period, GIVEN, on=on))
        progress.accept_all(period.pk, expected=waiting, on=on, actor=stage.officer)


def open_present(stage: Stage, *, today: date) -> None:
    """Open the period of the day on which the demo is built, and hand in a first report, so that pages show some."""
    written = (data.read(stage.key, "progress") or {}).get("present")
    if written:
        period = progress.open_period(progress.regular_period(written["kind"], today), on=today, actor=stage.officer)
        _submit(stage, period, written, on=today)


def _submit(stage: Stage, period: Period, written: dict[str, Any], *, on: date) -> None:
    paper, actor = None, stage.officer
    if "paper" in written:
        content = data.content(stage.key, "evidence", written["paper"])
        paper, agency = Paper(content, written["paper"], written["came_on"]), stage.agencies[written["by"]].pk
    else:
        actor = stage.actor(written["by"])
        (agency,) = actor.viewer.agency_ids
    rows = {row.title: row for row in _rows(stage, period, NOT_GIVEN, on=on, agency=agency)}
    reports = []
    for title, share, result, difficulties, next_steps in written["reports"]:
        row = rows.get(title)
        if row is None:
            stage.missing.append(f"{period.name}: {title}")
            continue
        reports.append(NewReport(row.id, result, share, difficulties, next_steps))
    if reports:
        progress.submit_progress(reports, on=on, actor=actor, paper=paper)
    if written.get("rest"):
        _rest(stage, period, actor, paper, agency, on=on)


def _rest(stage: Stage, period: Period, actor: Actor, paper: Paper | None, agency: int, *, on: date) -> None:
    rest = _rows(stage, period, NOT_BEGUN, on=on, agency=agency)
    if paper is None:
        progress.nothing_new(period.pk, expected=len(rest), on=on, actor=actor)
    else:
        found = [NewReport(row.id, nothing_new=True) for row in rest]
        progress.submit_progress(found, on=on, actor=actor, paper=paper)


def _rows(stage: Stage, period: Period, which: str, *, on: date, agency: int | None = None) -> list[ReportRow]:
    viewer = stage.officer.viewer
    return read.listed(period.pk, viewer=viewer, as_of=on, known_at=None, agency=agency, which=which)
