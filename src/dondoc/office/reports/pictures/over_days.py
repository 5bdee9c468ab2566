"""Pictures that run over days: how tasks stood, and what was done against what had fallen due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import charts
from dondoc.office.access import Viewer
from dondoc.office.charts.looks import ORDER
from dondoc.office.figures import FigureValue, timelines
from dondoc.office.figures.timelines import TOTAL, Moment
from dondoc.office.queries import programmes
from dondoc.office.queries.programmes import ProgrammeRow
from dondoc.office.queries.timelines import Within
from dondoc.office.reports.blocks import Chart, Column, FigureRun, Row, Run, Table, Text
from dondoc.office.reports.board import Scope
from dondoc.rules.text import vi_date, vi_date_in_text

DRAWN = 240
"""Days in a picture over days: two or three pixels each. Where there are more, each is the last of some."""
WRITTEN = 18
"""Of these, the days in the table."""


def states_over_time(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw how tasks stood up to a day, from the first on record: by class of state, those of a list by its groups."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    listed = _only_list(scope, **moment)
    own = timelines.grouped(listed, **moment, most=DRAWN) if listed else None
    if own is not None:
        moments: Sequence[Moment] = own.moments
        layers = [charts.Layer(g.code, g.label, g.state_class) for c in ORDER for g in own.groups if g.state_class == c]
    else:
        within = Within(**scope.arguments)
        moments = [] if scope.kind == "programme" else timelines.states(within, **moment, most=DRAWN)
        layers = charts.class_layers()
    title = _("How the tasks have stood, up to %(day)s") % {"day": vi_date_in_text(as_of)}
    columns: dict[str, str] = {TOTAL: pgettext("chart", "In all")}
    for layer in layers:
        if any(each.figures[layer.key].value for each in moments):
            columns[layer.key] = layer.words[:1].upper() + layer.words[1:]
    if not moments:
        return Chart(charts.nothing(nothing_words(as_of)), title, "", _table(moments, columns))
    drawn = charts.states_area(moments, layers)
    counted = how_counted(scope, own.counted_by if own else "")
    alt = " ".join(filter(None, (_course_alt(moments, columns), counted)))
    return Chart(drawn.wide, title, alt, _table(moments, columns), drawn.narrow)


def how_counted(scope: Scope, definition: str = "") -> str:
    """Say by which groups the picture of a list counts, or that the lists of a resolution may count otherwise.

    A list may count what is under way as done: "25" beside it and "23" in the picture are then both right.
    """
    if definition:
        return _("Each day is counted by the definition of the list that held then, the last by: %(name)s.") % {
            "name": definition
        }
    if scope.kind != "resolution":
        return ""
    return _(
        "Counted by the state of each task on record; the list's own definition may put a state into another group."
    )


def _only_list(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ProgrammeRow | None:
    """Give the list that a picture is about: the one asked for, or the only one under a resolution."""
    if scope.kind not in {"programme", "resolution"}:
        return None
    rows = programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    found = [row for row in rows if scope.key == (row.key if scope.kind == "programme" else str(row.resolution_id))]
    return found[0] if len(found) == 1 else None


def burn_up(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw the duties done against those that had fallen due, and against all assigned, up to a day."""
    moments = timelines.course(Within(**scope.arguments), viewer=viewer, as_of=as_of, known_at=known_at, most=DRAWN)
    title = _("Duties done and fallen due, up to %(day)s") % {"day": vi_date_in_text(as_of)}
    columns = {
        "owed": pgettext("chart", "Assigned"),
        "fallen_due": pgettext("chart", "Fallen due"),
        "done": pgettext("chart", "Done"),
    }
    if not moments:
        return Chart(charts.nothing(nothing_words(as_of)), title, "", _table(moments, columns))
    drawn = charts.burn_up(moments)
    return Chart(drawn.wide, title, _course_alt(moments, columns), _table(moments, columns), drawn.narrow)


def nothing_words(as_of: date) -> str:
    """Say that there is nothing to draw for a day."""
    return _("Nothing was on record on %(day)s.") % {"day": vi_date(as_of)}


def _table(moments: Sequence[Moment], columns: dict[str, str]) -> Table:
    """The numbers of some days, each opening to its rows; in the drawing every day opens."""
    heads = (Column(pgettext("chart", "Day"), "start", 2), *(Column(title, "end", 1) for title in columns.values()))
    rows = tuple(
        Row(((Text(vi_date(moment.day)),), *((_shown(moment.figures[key]),) for key in columns)))
        for moment in _some(moments)
    )
    return Table(heads, rows)


def _shown(figure: FigureValue) -> Run:
    """The number; a dash on days on which the definition had no such group."""
    return Text("–") if figure.value is None else FigureRun(figure)


def _some(moments: Sequence[Moment]) -> list[Moment]:
    """Keep the first day, the last one of each of some equal periods, and the end."""
    if len(moments) <= WRITTEN:
        return list(moments)
    first, span = moments[0].day, (moments[-1].day - moments[0].day).days + 1
    kept = {(each.day - first).days * (WRITTEN - 1) // span: each for each in moments[1:]}
    return [moments[0], *kept.values()]


def _course_alt(moments: Sequence[Moment], columns: dict[str, str]) -> str:
    """Say the picture in two sentences: how it stood on the first day and on the last."""
    if not moments:
        return ""
    said = []
    for moment in (moments[0], moments[-1]) if len(moments) > 1 else (moments[0],):
        counts = ", ".join(
            f"{title.lower()}: {FigureRun(moment.figures[key]).shown}"
            for key, title in columns.items()
            if moment.figures[key].value is not None
        )
        said.append(_("On %(day)s: %(counts)s.") % {"day": vi_date(moment.day), "counts": counts})
    return " ".join(said)
