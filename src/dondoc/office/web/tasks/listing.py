"""The list of tasks: what the address asks for, in the shape it asks for, on the page or in a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office.access import Refused
from dondoc.office.figures.wishes import numbers
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import documents, programmes, saved_views, wishes
from dondoc.office.queries.wishes import WHOLE, Choices
from dondoc.office.queries.wishes.choices import Options
from dondoc.office.reports.sheets import Sheet
from dondoc.office.web import sheets
from dondoc.office.web.filters import filters, pages
from dondoc.office.web.frame import page, with_query
from dondoc.office.web.tasks import board, calendar, columns, timeline
from dondoc.office.web.tasks.asking import Asked, chips, fields_of, query_of, read_asked, sentence, together

SIZE = 100
SHAPES = {
    "": gettext_lazy("Table"),
    "calendar": gettext_lazy("Calendar"),
    "timeline": gettext_lazy("Timeline"),
    "board": gettext_lazy("Cards"),
}
KEPT = ("month", "by", "span", "view")  # how a shape is shown; carried along in its addresses


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows and how: the wish, the columns, the shape, and all of it as parameters of an address."""

    asked: Asked
    choices: Choices
    columns: tuple[str, ...]
    shape: str
    query: dict[str, str]
    start: int
    taskless: int | None = None  # the document asked for, where it is on record and no task comes from it

    @property
    def numbered(self) -> bool:
        return bool(self.asked.wish.numbered_by)


def shown_by(request: HttpRequest, here: Here) -> Shown:
    """Read what a list shows from its address."""
    choices = wishes.choices(**here.moment)
    taskless = _taskless(request.GET.get("document", ""), here, choices)
    choices = replace(choices, document=(*choices.document, *taskless))
    asked = read_asked(request.GET.dict(), here, choices)
    numbered = bool(asked.wish.numbered_by)
    names = columns.columns_asked(request, numbered=numbered)
    shape = request.GET.get("shape", "")
    shape = shape if shape in SHAPES else ""
    query = {
        **query_of(asked.wish, asked.order),
        "columns": columns.columns_kept(names, numbered=numbered),
        "shape": shape,
        **{name: request.GET.get(name, "")[:40] for name in KEPT},
    }
    start = number_asked(request.GET.get("start", "")) or 0
    query = {key: value for key, value in query.items() if value}
    return Shown(asked, choices, names, shape, query, start, int(taskless[0][0]) if taskless else None)


def _taskless(text: str, here: Here, choices: Choices) -> Options:
    """Find the one document that is asked for, where it is in sight and no task comes from it."""
    wanted = number_asked(text)
    if wanted is None or str(wanted) in dict(choices.document):
        return ()
    try:
        row = documents.document(wanted, **here.moment)
    except Refused:
        return ()
    return ((str(wanted), row.title),)


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the tasks that fit what the address asks for, as a table, a calendar, a timeline or a board."""
    joined = together(request.GET)
    if joined is not None:
        return redirect(with_query(request.path, joined))
    shown = shown_by(request, here)
    fill = {"calendar": calendar.context, "timeline": timeline.context, "board": board.context}.get(shown.shape, _table)
    context = {**frame(request, here, shown), **fill(request, here, shown)}
    return render(request, "tasks/list.html", context)


def frame(request: HttpRequest, here: Here, shown: Shown) -> dict[str, Any]:
    """Give what stands around a list in every shape: filters, shapes, kept lists, files."""
    path, wish = "/tasks/", shown.asked.wish
    keep = {**{name: value for name, value in shown.query.items() if name not in _filters(shown)}, **here.keep}
    kept = {**shown.query, **here.keep}
    views = saved_views.views(viewer=here.viewer)
    opened = number_asked(request.GET.get("view", ""))
    return {
        "filters": filters(
            path,
            noun=_("Tasks"),
            asked=query_of(wish, shown.asked.order),
            fields=fields_of(shown.choices),
            chips=chips(wish, shown.choices),
            keep={**keep, "view": ""},
            clear={"shape": shown.shape, **here.keep},
        ),
        "counted_by": _counting(here, wish.numbered_by),
        "urge_url": reverse("urges_today") if here.may("officer", "administrator") and not here.is_past else "",
        "unknown": shown.asked.unknown,
        "shape": shown.shape,
        "shapes": [
            {
                "label": label,
                "url": with_query(path, {**kept, "shape": key}),
                "current": key == shown.shape,
            }
            for key, label in SHAPES.items()
        ],
        "views": views,
        "opened": next((row for row in views if row.id == opened), None),
        "keeping": [{"name": name, "value": value} for name, value in shown.query.items() if name != "view"],
        "column_choice": {
            "all": [(name, column.label, name in shown.columns) for name, column in columns.COLUMNS.items()],
            "keep": [{"name": name, "value": value} for name, value in kept.items() if name != "columns"],
        },
        "files": [
            (form.upper(), with_query(f"/tasks/sheet/{form}/", {**kept, "shape": "", "view": ""}))
            for form in sheets.FORMS
        ],
        "may_add": here.may("officer", "administrator") and not here.is_past,
        "may_tick": here.may("officer", "administrator") and not here.is_past,
        "empty": _empty(here, shown.taskless),
    }


def _empty(here: Here, taskless: int | None) -> dict[str, str]:
    """Say why no task is shown, and what to do next."""
    if taskless is None:
        return {
            "title": _("No task fits"),
            "text": _("Take a filter away, or look at a later day: tasks are shown from the day they were assigned."),
            "action_url": with_query("/tasks/", here.keep),
            "action_label": _("Show all tasks"),
        }
    may_read = here.may("officer", "administrator") and not here.is_past
    return {
        "title": _("No task comes from this document"),
        "text": _("Read the document and accept what it assigns, or enter a task from it by hand.")
        if may_read
        else _("A task stands here from the day on which the office took it from the words of the document."),
        "action_url": with_query(reverse("reading" if may_read else "document", args=(taskless,)), here.keep),
        "action_label": _("Read the document") if may_read else _("Open the document"),
    }


def _counting(here: Here, programme: str) -> str:
    """Name the definition by which the tasks of one list are counted on the day; empty where no one list is asked."""
    rows = programmes.programmes(**here.moment) if programme else []
    return next((row.counting.name for row in rows if row.key == programme), "")


def _filters(shown: Shown) -> set[str]:
    return query_of(shown.asked.wish, wishes.Order()).keys() | {"view"}


def _table(request: HttpRequest, here: Here, shown: Shown) -> dict[str, Any]:
    asked = shown.asked
    found = wishes.listed(asked.wish, order=asked.order, start=shown.start, size=SIZE, **here.moment)
    rows = wishes.with_extras(found.rows, columns.extras_of(shown.columns), **here.moment)
    kept = {**shown.query, **here.keep}
    return {
        "rows": rows,
        "total": found.total,
        "counted": numbers({(asked.wish, WHOLE): found.total}, **here.moment)[0],
        "lines": columns.lines(rows, shown.columns),
        "heads": columns.heads("/tasks/", shown.columns, asked.order, kept),
        "pages": pages("/tasks/", kept, start=shown.start, total=found.total, size=SIZE),
        "all_query": with_query("", {**query_of(asked.wish, asked.order), "all": "1"}).removeprefix("?"),
    }


@require_GET
@page
def sheet(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """Hand the whole list out as a file: all rows that fit, in the columns that are shown."""
    if form not in sheets.FORMS:
        raise Http404
    shown = shown_by(request, here)
    asked = shown.asked
    # The number first: a list that is too long is refused before it is fetched.
    sheets.check_length(wishes.listed(asked.wish, size=0, **here.moment).total)
    rows = wishes.listed(asked.wish, order=asked.order, **here.moment).rows
    rows = tuple(wishes.with_extras(rows, columns.extras_of(shown.columns), **here.moment))
    made = Sheet(
        title=_("Tasks"),
        says="; ".join([sentence(asked.wish, shown.choices), *asked.unknown]),
        columns=columns.sheet_columns(shown.columns),
        rows=columns.sheet_rows(rows, shown.columns),
        office=here.office.name,
        as_of=here.as_of,
        known_at=here.known_at,
        made_at=timezone.now(),
        made_by=str(here.user),
    )
    return sheets.hand_out(made, form)
