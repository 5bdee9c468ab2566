"""The picture of one task: each of its duties from the day it was assigned, and what happened on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dondoc.office import charts
from dondoc.office.access import Viewer
from dondoc.office.charts import CourseBar, CourseMark, Line, mark_words
from dondoc.office.models import DutyRole
from dondoc.office.queries import courses
from dondoc.office.queries.courses import DutyCourse
from dondoc.office.reports.blocks import Chart, Column, Row, Table, Text
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date, vi_date_in_text

DRAWN = 20
"""Duties in a picture; those after them stand in its table."""


def task_timeline(task_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw the duties of a task from the day each was assigned up to a day; refused where the task is out of sight."""
    found = courses.course(task_id, viewer=viewer, as_of=as_of, known_at=known_at)
    at = {"as_of": as_of.isoformat(), **({"known_at": known_at.isoformat()} if known_at else {})}
    title = _("The course of the task, up to %(day)s") % {"day": vi_date_in_text(as_of)}
    drawn = charts.task_course([_line(duty, at) for duty in found[:DRAWN]], as_of=as_of)
    columns = (
        Column(pgettext("report", "Agency"), "start", 4),
        Column(pgettext("chart", "From day"), "start", 2),
        Column(pgettext("chart", "To day"), "start", 2),
        Column(pgettext("chart", "What"), "start", 5),
    )
    rows = tuple(row for duty in found for row in _rows(duty))
    return Chart(drawn.wide, title, _alt(found, as_of), Table(columns, rows), drawn.narrow)


def _line(duty: DutyCourse, at: Mapping[str, str]) -> Line:
    return Line(
        name=duty.agency_short,
        role=str(DutyRole(duty.role).label),
        due_on=duty.due_on,
        bars=tuple(CourseBar(s.first, s.last, cast(StateClass, s.state_class), s.state) for s in duty.stretches),
        marks=tuple(CourseMark(each.kind, each.on, each.words) for each in duty.happened),
        url=f"{duty.url}?{urlencode(at)}",
    )


def _rows(duty: DutyCourse) -> list[Row]:
    """What the table says of a duty: its states from when to when, its due day, and what happened, by day."""
    words = mark_words()
    said = [(s.first, s.last, s.state) for s in duty.stretches]
    said += [(each.on, each.on, f"{words[each.kind]} {each.words}".strip()) for each in duty.happened]
    if duty.due_on:
        said.append((duty.due_on, duty.due_on, pgettext("chart", "due day")))
    head = f"{duty.agency} ({DutyRole(duty.role).label})"
    return [
        Row(((Text(head if not at else ""),), (Text(vi_date(first)),), (Text(vi_date(last)),), (Text(what),)))
        for at, (first, last, what) in enumerate(sorted(said))
    ]


def _alt(found: list[DutyCourse], as_of: date) -> str:
    """Say who owes the task and how each duty stands on the day."""
    lines = "; ".join(f"{duty.agency}: {duty.stretches[-1].state}" for duty in found[:DRAWN])
    said = _("On %(day)s: %(counts)s.") % {"day": vi_date(as_of), "counts": lines}
    if len(found) > DRAWN:
        more = ngettext("%(n)d more stands in the table.", "%(n)d more stand in the table.", len(found) - DRAWN)
        said = f"{said} {more % {'n': len(found) - DRAWN}}"
    return said
