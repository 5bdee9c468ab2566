"""Pictures that run over days: how tasks stood, and what was done against what had fallen due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import charts
from dondoc.office.access import Viewer
from dondoc.office.charts.looks import ORDER, class_words
from dondoc.office.figures import timelines
from dondoc.office.figures.timelines import TOTAL, Moment
from dondoc.office.queries.timelines import Within
from dondoc.office.reports.blocks import Chart, Column, FigureRun, Row, Table, Text
from dondoc.office.reports.board import Scope
from dondoc.rules.text import vi_date, vi_date_in_text

DRAWN = 240
"""Days in a picture over days: two or three pixels each. Where there are more, each is the last of some."""
WRITTEN = 18
"""Of these, the days in the table."""


def states_over_time(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw how many tasks stood in each class of states, from the first day on record up to a day."""
    moments = timelines.states(Within(**scope.arguments), viewer=viewer, as_of=as_of, known_at=known_at, most=DRAWN)
    title = _("How the tasks have stood, up to %(day)s") % {"day": vi_date_in_text(as_of)}
    used = [c for c in ORDER if any(moment.figures[c].value for moment in moments)]
    words = class_words()
    columns: dict[str, str] = {TOTAL: pgettext("chart", "In all")}
    columns |= {c: words[c].capitalize() for c in used}
    spec = charts.states_area(moments) if moments else charts.nothing(nothing_words(as_of))
    alt = " ".join(filter(None, (_course_alt(moments, columns), how_counted(scope) if moments else "")))
    return Chart(spec, title, alt, _course_table(moments, columns))


def how_counted(scope: Scope) -> str:
    """Say of a list or a resolution that its own groups may count otherwise than the states drawn; else nothing.

    A list may count what is under way as done: "25" beside it and "23" in the picture are then both right.
    """
    if scope.kind not in {"programme", "resolution"}:
        return ""
    return _(
        "Counted by the state of each task on record; the list's own definition may put a state into another group."
    )


def burn_up(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw the duties done against those that had fallen due, and against all assigned, up to a day."""
    moments: list[Moment] = []
    if scope.kind != "document":
        moments = timelines.course(Within(**scope.arguments), viewer=viewer, as_of=as_of, known_at=known_at, most=DRAWN)
    title = _("Duties done and fallen due, up to %(day)s") % {"day": vi_date_in_text(as_of)}
    columns = {
        "owed": pgettext("chart", "Assigned"),
        "fallen_due": pgettext("chart", "Fallen due"),
        "done": pgettext("chart", "Done"),
    }
    spec = charts.burn_up(moments) if moments else charts.nothing(nothing_words(as_of))
    return Chart(spec, title, _course_alt(moments, columns), _course_table(moments, columns))


def nothing_words(as_of: date) -> str:
    """Say that there is nothing to draw for a day."""
    return _("Nothing was on record on %(day)s.") % {"day": vi_date(as_of)}


def _course_table(moments: Sequence[Moment], columns: dict[str, str]) -> Table:
    """The numbers of some days, each opening to its rows; in the drawing every day opens."""
    heads = (Column(pgettext("chart", "Day"), "start", 2), *(Column(title, "end", 1) for title in columns.values()))
    rows = tuple(
        Row(((Text(vi_date(moment.day)),), *((FigureRun(moment.figures[key]),) for key in columns)))
        for moment in _some(moments)
    )
    return Table(heads, rows)


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
        counts = ", ".join(f"{title.lower()}: {FigureRun(moment.figures[key]).shown}" for key, title in columns.items())
        said.append(_("On %(day)s: %(counts)s.") % {"day": vi_date(moment.day), "counts": counts})
    return " ".join(said)
