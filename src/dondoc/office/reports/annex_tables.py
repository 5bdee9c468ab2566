"""The table of tasks: each with who leads and who helps, what is expected, its due day and its state."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import figures
from dondoc.office.figures.registry import Request
from dondoc.office.queries import products, programmes, tasks
from dondoc.office.queries.tasks import TaskRow, Wanted
from dondoc.office.reports.blocks import Block, Column, Paragraph, Row, Table, Text
from dondoc.office.reports.content import Ask, Content
from dondoc.office.reports.duty_tables import how_counted, words
from dondoc.office.reports.scopes import scope_words
from dondoc.office.reports.sentences import late_sentence, owed_sentence
from dondoc.rules.text import vi_date


def gathered(ask: Ask) -> Content:
    """Gather the tasks of a scope, and write the table of them."""
    called, about = scope_words(ask), ask.scope.arguments
    asked: list[Request] = [(f"duties.{which}", about) for which in ("owed", "done", "open", "late")]
    owed, done, unfinished, late = found = figures.values(asked, **ask.moment)
    groups = _groups(ask)
    listed = [row for _title, rows in groups for row in rows]
    expected = products.expected([row.id for row in listed], **ask.moment)
    overview: tuple[Block, ...] = (
        Paragraph(owed_sentence(owed=owed, done=done, unfinished=unfinished, as_of=ask.as_of)),
        Paragraph(late_sentence(late=late, unfinished=unfinished, as_of=ask.as_of, listed_below=False)),
        *how_counted(found, as_of=ask.as_of, known_at=ask.known_at),
    )
    return Content(
        scope=called,
        sections={"overview": overview, "tasks": (_table(groups, expected),) if listed else ()},
    )


def _groups(ask: Ask) -> list[tuple[str, list[TaskRow]]]:
    """Give the tasks by the list on which each stands, in the lists' order; a task on two lists stands once."""
    kind, key = ask.scope.kind, ask.scope.key
    agency = key if kind == "agency" else None
    rows = [
        row
        for row in programmes.programmes(**ask.moment)
        if kind in {"office", "agency"} or key == (row.key if kind == "programme" else str(row.resolution_id))
    ]
    seen: set[int] = set()
    groups = []
    for row in rows:
        wanted = Wanted(programme=row.key, agency=agency)
        labels = {state: group.label for state, group in row.counting.group_of.items()}
        found = [one for one in tasks.tasks(wanted, **ask.moment, groups=labels) if one.id not in seen]
        seen |= {one.id for one in found}
        if found:
            groups.append((row.title, found))
    if kind in {"office", "agency"}:
        others = [one for one in tasks.tasks(Wanted(agency=agency), **ask.moment) if one.id not in seen]
        if others:
            groups.append((_("Tasks on no list"), others))
    return groups


def _table(groups: Sequence[tuple[str, Sequence[TaskRow]]], expected: dict[int, str]) -> Table:
    columns = (
        Column(pgettext("report", "No."), "center", 4),
        Column(pgettext("report", "Task"), "start", 15),
        Column(pgettext("report", "In charge"), "start", 9),
        Column(pgettext("report", "Product"), "start", 8),
        Column(pgettext("report", "Due day"), "center", 7),
        Column(pgettext("report", "State"), "start", 8),
        Column(pgettext("report", "Days late"), "end", 5),
    )
    rows: list[Row] = []
    for title, items in groups:
        if len(groups) > 1:
            rows.append(Row(((), (Text(title),), (), (), (), (), ()), head=1, strong=True))
        rows += [_line(number, row, expected.get(row.id, "")) for number, row in enumerate(items, start=1)]
    return Table(columns, tuple(rows))


def _line(number: int, row: TaskRow, product: str) -> Row:
    due = vi_date(row.due) if row.due else _("no due day")
    return words(str(number), row.title, row.lead, product, due, row.group, str(row.days_late or ""))
