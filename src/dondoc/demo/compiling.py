"""A report in the making in the replay: begun, taken over from agencies' reports, written on by two people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from dondoc.demo import data
from dondoc.demo.stage import Stage
from dondoc.office.actions import compilations
from dondoc.office.actions.compilations import NewCompilation, SectionWords
from dondoc.office.queries import compilations as read
from dondoc.office.queries.compilations import CompilationRow
from dondoc.office.reports.board import Scope
from dondoc.rules.insertions import token


def happenings(key: str) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    """List what happened to the report, each with the instant at which it was written down."""
    file = data.read(key, "compiling")
    if not file:
        return
    yield data.instant(file["begin_at"]), partial(_begin, file=file)
    yield data.instant(file["take_at"]), partial(_take_over, file=file)
    yield data.instant(file["owner"]["at"]), partial(_own, written=file["owner"])
    for row in file["write"]:
        yield data.instant(row[0]), partial(_write, file=file, row=row)


def _begin(stage: Stage, *, file: dict[str, Any]) -> None:
    scope = Scope("programme", stage.programmes[file["programme"]].key)
    period = stage.periods[file["of"]]
    frame = stage.frames[file["frame"]]
    new = NewCompilation(file["report"], scope, file["as_of"], period.pk, frame.pk, title=file["title"])
    compilations.begin_compilation(new, on=stage.today, actor=stage.officer)


def _take_over(stage: Stage, *, file: dict[str, Any]) -> None:
    row = _row(stage)
    offered = read.offers(row, viewer=stage.officer.viewer, as_of=stage.today, known_at=None)
    parts = {"results": "result", "obstacles": "difficulties", "ahead": "next_steps"}
    for section in file["take"]:
        steps = [one.step_id for one in offered if one.part == parts[section]]
        compilations.take_over(row.id, section, steps, on=stage.today, actor=stage.officer)


def _own(stage: Stage, *, written: dict[str, Any]) -> None:
    user, _viewer = stage.users[written["by"]]
    words = SectionWords(owner_id=user.pk)
    compilations.lay_down_section(_row(stage).id, written["section"], words, actor=stage.officer)


def _write(stage: Stage, *, file: dict[str, Any], row: list[Any]) -> None:
    _at, by, section, text, replaced = row
    of_list = {"programme": stage.programmes[file["programme"]].key}
    for name in ("late", "open"):
        text = text.replace(f"{{{name}}}", token(f"duties.{name}", of_list))
    found = _row(stage)
    old = [one.id for one in found.of(section) if replaced and one.text.startswith(replaced)]
    replaces = old[0] if old else None
    compilations.write_passage(found.id, section, text, actor=stage.actor(by), replaces=replaces)


def _row(stage: Stage) -> CompilationRow:
    key = read.compilations(viewer=stage.officer.viewer, known_at=None)[0].id
    return read.compilation(key, viewer=stage.officer.viewer, as_of=stage.today, known_at=None)
