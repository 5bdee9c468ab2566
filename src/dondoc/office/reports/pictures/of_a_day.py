"""Pictures of one day: how late late work is, and how the duties of each agency stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import charts, figures
from dondoc.office.access import Viewer
from dondoc.office.charts import HeatRow
from dondoc.office.charts.looks import class_words
from dondoc.office.figures.pictures import STANDING, Standing, chosen, days_words, source
from dondoc.office.figures.registry import FigureValue, Request
from dondoc.office.queries import agencies, parameters
from dondoc.office.reports.blocks import Chart, Column, FigureRun, Row, Table, Text
from dondoc.office.reports.board import Scope
from dondoc.office.reports.pictures.over_days import nothing_words
from dondoc.rules.ageing import bands
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date, vi_date_in_text

AGENCIES = 28
"""Agencies in a picture: as many as one page holds; those with fewer duties stand in the list of agencies."""
LATE = "late"
COLUMNS: tuple[StateClass, ...] = ("waiting", "active", "done", "deferred", "dropped")
ALWAYS = ("waiting", "active", "done")


def ageing(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw the late duties of a day by how many days late they are; the bands are a parameter of the office."""
    bounds = parameters.whole_numbers("late_band_days", office_id=viewer.office_id, on=as_of, known_at=known_at)
    found = bands(bounds)
    requests: list[Request] = [
        (STANDING.key, {**scope.arguments, "standing": LATE}),
        (STANDING.key, scope.arguments),
        *((STANDING.key, {**scope.arguments, "late_days": band.code}) for band in found),
    ]
    late, owed, *each = figures.values(requests, viewer=viewer, as_of=as_of, known_at=known_at)
    labels = [days_words(band.first, band.last) for band in found]
    title = _("How long late work has been late, on %(day)s") % {"day": vi_date_in_text(as_of)}
    columns = (Column(pgettext("chart", "Late by"), "start", 3), Column(pgettext("chart", "Duties"), "end", 1))
    if not owed.value:
        return Chart(charts.nothing(nothing_words(as_of)), title, "", Table(columns, ()))
    rows = [Row(((Text(label),), (FigureRun(figure),))) for label, figure in zip(labels, each, strict=True)]
    rows.append(Row(((Text(pgettext("chart", "Late in all")),), (FigureRun(late),)), strong=True))
    counts = ", ".join(f"{label}: {FigureRun(figure).shown}" for label, figure in zip(labels, each, strict=True))
    alt = _("On %(day)s, late in all: %(n)s (%(counts)s).") % {
        "day": vi_date(as_of),
        "n": FigureRun(late).shown,
        "counts": counts,
    }
    drawn = charts.ageing_bars(list(zip(labels, each, strict=True)))
    return Chart(drawn.wide, title, alt, Table(columns, tuple(rows)), drawn.narrow)


def heat_map(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw the duties of each agency by the class of their states, those with most duties first."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    title = _("Agencies and how their duties stand, on %(day)s") % {"day": vi_date_in_text(as_of)}
    read = source(**moment, only=[scope.arguments])
    bearers = _by_size(read, scope)
    used = {piece.state_class for pieces in read.pieces.values() for piece in pieces or ()}
    columns = [each for each in COLUMNS if each in ALWAYS or each in used]
    words = class_words()
    titles = [*(words[each].capitalize() for each in columns), pgettext("chart", "Of these late")]
    heads = (
        Column(pgettext("report", "Agency"), "start", 4),
        Column(pgettext("chart", "In all"), "end", 1),
        *(Column(each, "end", 1) for each in titles),
    )
    if not bearers:
        return Chart(charts.nothing(nothing_words(as_of)), title, "", Table(heads, ()))
    who: list[dict[str, str]] = [{"agency": str(pk)} for pk in bearers[:AGENCIES]]
    # Of a single agency the whole would be said twice.
    who += [{}] if len(bearers) > 1 else []
    standings: list[dict[str, str]] = [{}, *({"standing": each} for each in (*columns, LATE))]
    requests: list[Request] = [(STANDING.key, {**scope.arguments, **each, **how}) for each in who for how in standings]
    found = figures.values(requests, **moment, given={source: read})
    lines = [found[at : at + len(standings)] for at in range(0, len(found), len(standings))]
    names = agencies.names(bearers[:AGENCIES], as_of=as_of, known_at=known_at)
    called = [(name, short or name) for name, short in (names.get(pk, ("", "")) for pk in bearers[:AGENCIES])]
    called += [(_("All agencies"), _("All agencies"))] * (len(who) - len(called))
    drawn = charts.heat_map(
        titles,
        [
            HeatRow(short, line[0], tuple(line[1:]), strong=not each)
            for each, (_name, short), line in zip(who, called, lines, strict=True)
        ],
    )
    rows = [
        Row(((Text(name),), *((FigureRun(figure),) for figure in line)), strong=not each)
        for each, (name, _short), line in zip(who, called, lines, strict=True)
    ]
    own = [(name, line) for each, (name, _short), line in zip(who, called, lines, strict=True) if each]
    alt = _alt(own, as_of, is_cut=len(bearers) > AGENCIES)
    return Chart(drawn.wide, title, alt, Table(heads, tuple(rows)), drawn.narrow)


def _by_size(read: Standing, scope: Scope) -> list[int]:
    """List the agencies that owe something in a scope, those with most duties first."""
    wanted = chosen(scope.arguments)
    found: dict[int, int] = {}
    for pieces in read.pieces.values():
        for piece in pieces or ():
            if piece.fits(wanted):
                found[piece.agency] = found.get(piece.agency, 0) + piece.n
    return sorted(found, key=lambda pk: (-found[pk], pk))


def _alt(own: list[tuple[str, list[FigureValue]]], as_of: date, *, is_cut: bool) -> str:
    """Say who has most duties, and who has most that are late."""
    name, line = own[0]
    said = _("On %(day)s, most duties: %(agency)s (%(n)s).") % {
        "day": vi_date(as_of),
        "agency": name,
        "n": FigureRun(line[0]).shown,
    }
    name, line = max(own, key=lambda each: each[1][-1].value or 0)
    if line[-1].value:
        said += " " + _("Most late: %(agency)s (%(n)s).") % {"agency": name, "n": FigureRun(line[-1]).shown}
    said += " " + _("The darker a square, the larger that part of the agency’s duties.")
    if is_cut:
        said += " " + _("Only the agencies with most duties are drawn; “all agencies” counts the others, too.")
    return said
