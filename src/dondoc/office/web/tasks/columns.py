"""The columns of a list of tasks: which there are, which are shown, and what each says of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.office.queries.wishes import EXTRAS, ORDERS, ListRow, Order
from dondoc.office.reports.sheets import Cell, SheetColumn
from dondoc.office.web.frame import with_query
from dondoc.rules.text import vi_number


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be chosen: its words, how it is set on the page, how wide it is in a file."""

    name: str
    label: Any
    look: str = ""
    width: int = 16


COLUMNS = {
    column.name: column
    for column in (
        Column("number", gettext_lazy("No."), "num", 8),
        Column("title", gettext_lazy("Task"), "title", 60),
        Column("lead", gettext_lazy("Lead"), "clip", 28),
        Column("agency", gettext_lazy("Owed by"), "clip", 28),
        Column("role", gettext_lazy("Role"), "nowrap", 12),
        Column("coordinators", gettext_lazy("Coordinators"), "clip", 40),
        Column("person", gettext_lazy("Person named"), "nowrap", 22),
        Column("state", gettext_lazy("State"), "state", 22),
        Column("since", gettext_lazy("Since"), "day", 12),
        Column("assigned", gettext_lazy("Assigned"), "day", 12),
        Column("due", gettext_lazy("Due"), "day", 12),
        Column("first_due", gettext_lazy("First due day"), "day", 12),
        Column("timeliness", gettext_lazy("Timeliness"), "timeliness", 18),
        Column("kind", gettext_lazy("Kind"), "nowrap", 14),
        Column("product", gettext_lazy("Product"), "clip", 30),
        Column("programmes", gettext_lazy("Lists"), "clip", 40),
        Column("documents", gettext_lazy("Documents"), "clip", 30),
        Column("obstacles", gettext_lazy("Obstacles"), "num", 10),
        Column("urges", gettext_lazy("Urges"), "num", 10),
        Column("late_entry", gettext_lazy("Entered so many days late"), "num", 12),
        Column("origin", gettext_lazy("Entered"), "nowrap", 18),
    )
}
USUAL = ("title", "agency", "state", "due", "timeliness")


def columns_asked(request: HttpRequest, *, numbered: bool) -> tuple[str, ...]:
    """Read which columns are wanted, in the order of the table; the task itself is always among them."""
    given = ",".join([request.GET.get("columns", ""), *request.GET.getlist("column")]).split(",")
    wanted = {"title", *given} if set(given) & COLUMNS.keys() else {*USUAL, *(("number",) if numbered else ())}
    return tuple(name for name in COLUMNS if name in wanted)


def columns_kept(names: Sequence[str], *, numbered: bool) -> str:
    """Write the columns for an address; nothing where they are the usual ones."""
    usual = {*USUAL, *(("number",) if numbered else ())}
    return "" if set(names) == usual else ",".join(names)


def heads(path: str, names: Sequence[str], order: Order, kept: dict[str, str]) -> list[dict[str, str]]:
    """Say for each column its words and how its head is linked: the same again turns the order round."""
    found = []
    for name in names:
        is_it = order.column == name
        down = is_it and not order.descending
        state = ("descending" if order.descending else "ascending") if is_it else ""
        url = with_query(path, {**kept, "sort": name, "way": "down" if down else ""}) if name in ORDERS else ""
        column = COLUMNS[name]
        found.append({"label": str(column.label), "look": column.look, "url": url, "state": state, "name": name})
    return found


def extras_of(names: Sequence[str]) -> list[str]:
    """List the columns that need further queries."""
    return [name for name in names if name in EXTRAS]


# What a row has in a column of its own, as it is: a day, a number or words.
VALUES: dict[str, Callable[[ListRow], Cell]] = {
    "number": attrgetter("number"),
    "title": attrgetter("duty.title"),
    "agency": attrgetter("duty.agency"),
    "role": attrgetter("duty.role_label"),
    "state": attrgetter("duty.state_label"),
    "since": attrgetter("since"),
    "assigned": attrgetter("assigned_on"),
    "due": attrgetter("duty.due"),
    "first_due": attrgetter("duty.first_due"),
    "timeliness": lambda row: timeliness(row.duty.timeliness, row.duty.days_late),
    "kind": attrgetter("kind"),
    "product": attrgetter("product"),
    "origin": attrgetter("origin"),
}


def value(row: ListRow, name: str) -> Cell:
    """Give what a row has in a column, also in one that took a further query."""
    if name in EXTRAS:
        found = row.extras.get(name, "")
        return found if found != "" else None
    return VALUES[name](row)


def timeliness(word: str, days: int) -> str:
    """Say how a row stands to its due day, by the word that the rules have for it."""
    if word == "late":
        return ngettext("late %(days)s day", "late %(days)s days", days) % {"days": vi_number(days)}
    words = {
        "due_soon": _("due soon"),
        "no_due": _("no due day"),
        "done_late": _("done late"),
        "done_in_time": _("in time"),
    }
    return words.get(word, "")


def lines(rows: Sequence[ListRow], names: Sequence[str]) -> list[dict[str, Any]]:
    """Make the lines of the table: each row with its cells."""
    return [
        {
            "row": row,
            "cells": [
                {"look": COLUMNS[name].look, "label": COLUMNS[name].label, "value": value(row, name)} for name in names
            ],
        }
        for row in rows
    ]


def sheet_columns(names: Sequence[str]) -> tuple[SheetColumn, ...]:
    """Give the columns as a file has them; lateness has its number of days in a column of its own."""
    found = [SheetColumn(capfirst(str(COLUMNS[name].label)), COLUMNS[name].width) for name in names]
    return (*found, SheetColumn(_("Days late"), 10)) if "timeliness" in names else tuple(found)


def sheet_rows(rows: Sequence[ListRow], names: Sequence[str]) -> list[tuple[Cell, ...]]:
    """Give the rows as a file has them: days are days, numbers are numbers."""
    said = cache(timeliness)  # for one file, in one language: the words are not looked up for each of its rows
    columns: list[Callable[[ListRow], Cell]] = [partial(value, name=name) for name in names]
    if "timeliness" in names:
        columns[names.index("timeliness")] = lambda row: said(row.duty.timeliness, row.duty.days_late)
        columns.append(lambda row: row.duty.days_late or None)
    return [tuple(column(row) for column in columns) for row in rows]
