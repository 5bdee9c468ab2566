"""The scoreboard: how agencies stand by a scale on a day, put together from figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office import figures
from dondoc.office.access import Viewer
from dondoc.office.figures import FigureValue
from dondoc.office.queries import scales
from dondoc.office.queries.scales import AgencyScore, Scored
from dondoc.office.reports.board import Scope
from dondoc.office.reports.sheets import Cell, SheetColumn
from dondoc.rules.scales import Criterion, Scale
from dondoc.rules.text import vi_date, vi_number

PARTS = ("rate", "counted", "out_of")  # of a measure, as figures


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One criterion of one agency: what was counted over what, and its points; nothing where nothing is to be counted.

    `words` is the rate as it stands in one link, with its numerator and denominator: 12/15 · 80,0%.
    """

    label: str
    rate: FigureValue | None = None
    points: FigureValue | None = None
    words: str = ""
    counted: FigureValue | None = None
    out_of: FigureValue | None = None


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One agency: its criteria, the sum of its points, its percent with the grade, its place.

    `reach` is how many of the scale's points apply to it; `why` says behind it why it is not ranked ("of 100 points…"),
    "" where it is, where nothing at all applies, and where the agency had ended by the day (`ended_on`).
    """

    agency_id: int
    name: str
    short_name: str
    cells: tuple[ScoreCell, ...]
    total: FigureValue
    reach: FigureValue
    percent: FigureValue
    grade: str
    rank: FigureValue | None
    why: str
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One criterion of the table: the version of its measure, what it says, the most points that it brings."""

    key: str
    name: str
    version: str
    sentence: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """A ranking of agencies on a day: the scale and the measures that it used, and the agencies, the best first.

    `scales` are those in force on the day, by key and name, from which another can be chosen.
    """

    scale: Scale | None
    columns: tuple[ScoreColumn, ...]
    lines: tuple[ScoreLine, ...]
    ranked: bool
    recorded: bool
    scales: tuple[tuple[str, str], ...] = ()


def scoreboard(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None, scale: str = "") -> Scoreboard:
    """Put the ranking of a scope together: the whole office, a resolution or a list.

    `scale` is the key of the scale by which is ranked; "" is the one that the office has chosen for that day.
    """
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    found = scales.scored(**moment)
    key = scales.chosen(scale, found.scales, **moment)
    laid = found.scales.get(key)
    place = "" if scope.kind == "office" else f"{scope.kind}:{scope.key}"
    rows = found.scores(key, place)
    others = tuple((other.key, other.name) for other in found.scales.values())
    if laid is None or rows is None:
        return Scoreboard(laid, (), (), found.ranked, recorded=False, scales=others)
    asked = [(row, _requests(row, laid, scope.arguments, ranked=found.ranked)) for row in rows.values()]
    given = {figures.scales.source: found, figures.measures.source: found.measured}
    numbers = iter(figures.values([one for _row, each in asked for one in each], **moment, given=given))
    lines = tuple(_line(row, found, laid, [next(numbers) for _one in each]) for row, each in asked)
    return Scoreboard(laid, _columns(laid, found), lines, found.ranked, recorded=True, scales=others)


def _requests(
    row: AgencyScore, scale: Scale, about: dict[str, str], *, ranked: bool
) -> list[tuple[str, dict[str, str]]]:
    """List the figures of a line: rate and points of each criterion that applies, then sum, percent and place."""
    mine = {**about, "agency": str(row.agency_id)}
    scored = {"scale": scale.key, **mine}
    found = []
    for criterion, points in zip(scale.criteria, row.score.points, strict=True):
        if points is not None:
            found += [
                *((f"measures.{part}", {"measure": criterion.measure, **mine}) for part in PARTS),
                ("scales.points", {"measure": criterion.measure, **scored}),
            ]
    ends = ("scales.points", "scales.reach", "scales.percent", *(("scales.rank",) if ranked else ()))
    return [*found, *((key, scored) for key in ends)]


def _line(row: AgencyScore, found: Scored, scale: Scale, numbers: list[FigureValue]) -> ScoreLine:
    left = iter(numbers)
    cells = []
    for criterion, points in zip(scale.criteria, row.score.points, strict=True):
        measure, ratio = found.measured.measures.get(criterion.measure), row.ratios[criterion.measure]
        label = measure.name if measure else criterion.measure
        if points is None:
            cells.append(ScoreCell(label))
            continue
        rate, counted, out_of = (next(left) for _part in PARTS)
        shown = "" if ratio.shown is None else vi_number(ratio.shown, 1)
        words = f"{vi_number(ratio.counted)}/{vi_number(ratio.out_of)} · {shown}%"
        cells.append(ScoreCell(label, rate, next(left), words, counted, out_of))
    total, reach, percent = (next(left) for _each in range(3))
    return ScoreLine(
        agency_id=row.agency_id,
        name=row.name,
        short_name=row.short_name,
        cells=tuple(cells),
        total=total,
        reach=reach,
        percent=percent,
        grade=row.grade,
        rank=next(left, None),
        why=_why(row, scale),
        ended_on=row.ended_on,
    )


def _why(row: AgencyScore, scale: Scale) -> str:
    if row.score.is_ranked or row.score.total is None or row.ended_on:
        return ""
    words = _("of %(whole)s points apply, less than the %(least)s%% that the scale asks for")
    return words % {"whole": vi_number(scale.most), "least": vi_number(scale.least_share)}


def _columns(scale: Scale, found: Scored) -> tuple[ScoreColumn, ...]:
    columns = []
    for criterion in scale.criteria:
        measure = found.measured.measures.get(criterion.measure)
        name, version, says = (
            (measure.name, measure.version, measure.sentence) if measure else (criterion.measure, "", "")
        )
        columns.append(ScoreColumn(criterion.measure, name, version, says, criterion))
    return tuple(columns)


def sheet_columns(board: Scoreboard) -> tuple[SheetColumn, ...]:
    """Give the columns of the ranking as a file: numerator, denominator and points of each criterion apart."""
    parts = []
    for column in board.columns:
        most = vi_number(column.criterion.points)
        parts += [
            SheetColumn(_("%(rate)s: counted") % {"rate": column.name}),
            SheetColumn(_("%(rate)s: out of") % {"rate": column.name}),
            SheetColumn(_("%(rate)s, %%") % {"rate": column.name}),
            SheetColumn(_("%(rate)s: points of %(most)s") % {"rate": column.name, "most": most}),
        ]
    titles = (_("Points"), _("Within reach"), _("Percent of what is within reach"))
    ends = [SheetColumn(title) for title in titles]
    judged = (SheetColumn(_("Grade"), 24), SheetColumn(_("Why not ranked"), 60))
    return (SheetColumn(_("Place"), 8), SheetColumn(_("Agency"), 40), *parts, *ends, *judged)


def sheet_rows(board: Scoreboard) -> list[tuple[Cell, ...]]:
    """Give the lines of the ranking as they go into a file; what does not apply stays empty."""
    rows = []
    for line in board.lines:
        cells: list[Cell] = []
        for cell in line.cells:
            numbers = (cell.counted, cell.out_of, cell.rate, cell.points)
            cells += [None if number is None else number.value for number in numbers]
        ends = (line.total.value, line.reach.value, line.percent.value, line.grade, _not_ranked(line))
        rows.append((line.rank.value if line.rank else None, line.name, *cells, *ends))
    return rows


def _not_ranked(line: ScoreLine) -> str:
    if line.reach.value is None:
        return _("no criterion has anything to count")
    if line.ended_on:
        return _("ended on %(day)s") % {"day": vi_date(line.ended_on)}
    return f"{vi_number(line.reach.value)} {line.why}" if line.why else ""
