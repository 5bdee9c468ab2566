"""Two days compared: the numbers of a list on both, and every reason for which they differ, in lines that add up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.figures import FigureValue
from dondoc.office.figures.comparisons import line_request, source
from dondoc.office.figures.registry import Request
from dondoc.office.figures.states import of_agencies
from dondoc.office.figures.tasks import of_office, on_lists
from dondoc.office.here import Here, day_asked, instant_asked, number_asked
from dondoc.office.queries import agencies, comparisons, documents, history, programmes
from dondoc.office.queries.comparisons import Compared, Comparison, Lists, Moment
from dondoc.office.queries.programmes import Tally
from dondoc.office.reports.movements import line_words, signed, told
from dondoc.office.reports.sheets import Cell, Sheet, SheetColumn
from dondoc.office.web import sheets
from dondoc.office.web.frame import page, with_query
from dondoc.rules.text import vi_date

MONTH = timedelta(days=30)
OFFICE = "office"  # as the scope: all tasks, whatever list they are on


@require_GET
@page
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how the numbers of a list, a resolution, an agency or the office came from one day to another."""
    lists = Lists(here.viewer)
    what, title = _asked(request, here, lists)
    first, second = _moments(request, here)
    found = comparisons.compare(what, first, second, viewer=here.viewer, lists=lists)
    query = _query(what, first, here)
    context = {
        "title": title,
        "found": found,
        "told": told(found),
        "before": _ends(here, what, found, first, lists),
        "after": _ends(here, what, found, second, lists),
        "lines": _lines(here, what, found),
        "redefined": found.first_definition != found.second_definition,
        "scopes": _scopes(here, what, lists),
        "files": [(form.upper(), with_query(reverse("compare_sheet", args=(form,)), query)) for form in sheets.FORMS],
    }
    return render(request, "comparisons/page.html", context)


@require_GET
@page
def sheet(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """Hand the lines between two days out as a file, with the tasks of each."""
    if form not in sheets.FORMS:
        raise Http404
    lists = Lists(here.viewer)
    what, title = _asked(request, here, lists)
    first, second = _moments(request, here)
    found = comparisons.compare(what, first, second, viewer=here.viewer, lists=lists)
    columns = [capfirst(column.label) for column in found.columns]
    rows: list[tuple[Cell, ...]] = [(vi_date(first.as_of), *found.before, found.before_all, "")]
    on_list = bool(what.programme or what.resolution)
    for line in found.lines:
        titles = "; ".join(task.title for task in line.tasks)
        rows.append(
            (line_words(line, on_list=on_list), *(n or None for n in line.changes), line.changes_all or None, titles)
        )
    rows.append((vi_date(second.as_of), *found.after, found.after_all, ""))
    made = Sheet(
        title=_("Two days compared: %(title)s") % {"title": title},
        says=" ".join(told(found)),
        columns=(
            SheetColumn(_("Why"), 50),
            *(SheetColumn(label, 14) for label in columns),
            SheetColumn(_("All"), 10),
            SheetColumn(_("Tasks"), 80),
        ),
        rows=rows,
        office=here.office.name,
        as_of=second.as_of,
        known_at=second.known_at,
        made_at=timezone.now(),
        made_by=str(here.user),
        notes=tuple(_notes(found)),
    )
    return sheets.hand_out(made, form)


def _notes(found: Comparison) -> list[str]:
    at = found.first.known_at
    words = {"day": vi_date(found.first.as_of)}
    if at is None:
        first = _("First day: %(day)s, with all that is known today") % words
    else:
        known = f"{timezone.localtime(at):%H:%M %d/%m/%Y}"
        first = _("First day: %(day)s, counting what was recorded by %(known)s") % {**words, "known": known}
    names = dict.fromkeys(filter(None, (found.first_definition, found.second_definition)))
    return [first, *(_("Definition: %(name)s") % {"name": name} for name in names)]


def _moments(request: HttpRequest, here: Here) -> tuple[Moment, Moment]:
    second = Moment(here.as_of, here.known_at)
    asked = request.GET.get("from", "")
    known = instant_asked(request.GET.get("from_known", ""))
    if known is not None:
        history.settle(here.office.pk, known)
    return Moment(day_asked(asked, here.today) if asked else second.as_of - MONTH, known), second


def _asked(request: HttpRequest, here: Here, lists: Lists) -> tuple[Compared, str]:
    """Say what is compared; without a wish the first list of the day, and where there is none the whole office."""
    name, _colon, key = request.GET.get("scope", "").partition(":")
    given = {name: key} if key else {one: request.GET.get(one, "") for one in ("programme", "resolution", "agency")}
    if name == OFFICE:
        return Compared(), here.office.name
    if number_asked(key := given.get("resolution", "")) is not None:
        titles = dict(documents.resolutions(**here.moment))
        if int(key) in titles:
            return Compared(resolution=str(int(key))), titles[int(key)]
    if (number := number_asked(given.get("agency", ""))) is not None:
        return Compared(agency=str(number)), agencies.agency(number, **here.moment).name
    rows = lists.at(Moment(here.as_of, here.known_at))
    wanted = given.get("programme", "")
    row = next((row for row in rows if row.key == wanted), rows[0] if rows and not wanted else None)
    if row is None and wanted:
        raise programmes.NotRecorded(_("This list was not on record on this day."))
    return (Compared(), here.office.name) if row is None else (Compared(programme=row.key), row.title)


def _scope(what: Compared) -> dict[str, str]:
    asked = {"programme": what.programme, "resolution": what.resolution, "agency": what.agency}
    return {name: key for name, key in asked.items() if key}


def _scopes(here: Here, what: Compared, lists: Lists) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """List what can be compared, in groups: value, words, and whether it is compared now."""
    offered = [
        ("", [(f"{OFFICE}:", _("The whole office"))]),
        (_("Resolution"), [(f"resolution:{pk}", title) for pk, title in documents.resolutions(**here.moment)]),
        (_("List"), [(f"programme:{row.key}", row.title) for row in lists.at(Moment(here.as_of, here.known_at))]),
        (_("Agency"), [(f"agency:{row.id}", row.name) for row in agencies.agencies(**here.moment)]),
    ]
    now = next((f"{name}:{key}" for name, key in _scope(what).items()), f"{OFFICE}:")
    return [(label, [(value, words, value == now) for value, words in group]) for label, group in offered if group]


def _query(what: Compared, first: Moment, here: Here) -> dict[str, str]:
    scope = _scope(what) or {"scope": f"{OFFICE}:"}
    known = first.known_at.isoformat() if first.known_at else ""
    return {**scope, "from": first.as_of.isoformat(), "from_known": known, **here.keep}


def _ends(here: Here, what: Compared, found: Comparison, at: Moment, lists: Lists) -> list[FigureValue]:
    """Give the numbers of one day: one for each column, then that of the whole; they were counted with the lines."""
    scope = _scope(what)
    each, name, whole = "tasks.all", "state_class", "tasks.all"
    if what.programme:
        each, name, whole = "tasks.in_group", "group", "tasks.total"
    elif what.resolution:
        each, whole = "tasks.in_class", "tasks.followed"
    elif what.agency:
        each = whole = "duties.in_class"
    asked: list[Request] = [(each, {**scope, name: column.code}) for column in found.columns]
    given = _given(what, found, at, lists)
    moment: dict[str, Any] = {"viewer": here.viewer, "as_of": at.as_of, "known_at": at.known_at}
    return figures.values([*asked, (whole, scope)], **moment, given=given)


def _given(what: Compared, found: Comparison, at: Moment, lists: Lists) -> dict[Any, Any]:
    """Give what the figures of one day count, as the comparison has counted it; of a resolution they read its title."""
    numbers, whole = (found.before, found.before_all) if at == found.first else (found.after, found.after_all)
    counts = {column.code: n for column, n in zip(found.columns, numbers, strict=True)}
    if what.programme:
        row = lists.single(what.programme, at)
        groups = {group.code: counts[group.code] for group in row.counting.groups}
        return {on_lists: {what.programme: Tally(row, whole, groups)}}
    if what.agency:
        return {of_agencies: {what.agency: counts}}
    return {} if what.resolution else {of_office: counts}


def _lines(here: Here, what: Compared, found: Comparison) -> list[dict[str, Any]]:
    """Give the lines with their reasons in words, each with the figure by which it opens."""
    asked = [line_request(line, what, found.first) for line in found.lines]
    read = {source: {(what, found.first): found}}
    numbers = figures.values(asked, **here.moment, given=read)
    return [
        {
            "cause": line.cause,
            "words": line_words(line, on_list=bool(what.programme or what.resolution)),
            "changes": [signed(n) for n in (*line.changes, line.changes_all)],
            "figure": number,
        }
        for line, number in zip(found.lines, numbers, strict=True)
    ]
