"""The ranking of agencies within a report: places, points with what they are out of, and who is not ranked, and why."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.figures import FigureValue
from dondoc.office.reports.blocks import Block, Column, FigureRun, Paragraph, Row, Runs, Table, Text
from dondoc.office.reports.content import Ask
from dondoc.office.reports.duty_tables import NONE, how_counted
from dondoc.office.reports.scoreboard import Scoreboard, ScoreCell, ScoreLine, scoreboard
from dondoc.office.reports.wording import fill, listed
from dondoc.rules.scales import Scale
from dondoc.rules.text import vi_date, vi_date_in_text, vi_number

SECTION = "ranking"
NOTED = 5  # agencies without a place whose numbers have notes of their own: a foot of thirty would say nothing
BESIDE = 4  # criteria in one table: more columns do not stand on a page


def ranking_section(ask: Ask) -> tuple[Block, ...]:
    """Rank the agencies of a report's scope by the scale that the office uses on the day.

    There is nothing where the kind of report has no such section, no scale is in force, nothing was owed, or the
    viewer does not see the agencies beside each other; of one agency there is nothing to rank.
    """
    if all(section.key != SECTION for section in ask.template.sections) or ask.scope.kind == "agency":
        return ()
    board = scoreboard(ask.scope, **ask.moment)
    if board.scale is None or not board.ranked or not board.lines:
        return ()
    used = [cell.rate for line in board.lines for cell in line.cells if cell.rate is not None]
    note = _(
        "Where an agency has nothing that a criterion counts (–), the criterion is left out of its points and of what "
        "it can reach."
    )
    return (
        *_said(board.scale, board.lines),
        _places(ask, board),
        *_by_criterion(board),
        *how_counted([board.lines[0].percent, *used], as_of=ask.as_of, known_at=ask.known_at, more=(note,)),
    )


def _said(scale: Scale, lines: Sequence[ScoreLine]) -> list[Paragraph]:
    """Say by which scale is ranked, who is first, and who is not ranked and why."""
    by = _("The agencies are ranked by “%(scale)s”, by their percent of the points within reach.")
    said: list[Runs] = [fill(by, scale=scale.version)]
    first = [line for line in lines if line.rank is not None and line.rank.value == 1]
    if first:
        ahead = _("In the first place, with %(percent)s%% of the points within reach: %(agencies)s.")
        said.append(fill(ahead, percent=FigureRun(first[0].percent), agencies=_names(first)))
    else:
        said.append((Text(_("No agency is ranked: to none of them enough of the scale applies.")),))
    if few := [line for line in lines if line.why]:
        words = _(
            "Not ranked, because the points that apply (in brackets) are less than %(least)s%% of the %(whole)s points "
            "of the scale: %(agencies)s."
        )
        least, whole = vi_number(scale.least_share), vi_number(scale.most)
        noted = len(few) <= NOTED
        each = [
            fill("%(agency)s (%(reach)s)", agency=line.name, reach=FigureRun(line.reach, noted=noted)) for line in few
        ]
        said.append(fill(words, least=least, whole=whole, agencies=listed(each)))
    if ended := [line for line in lines if line.ended_on and line.total.value is not None]:
        words = _("Not ranked, because they had ended by this day: %(agencies)s.")
        each = [(Text(f"{line.name} ({vi_date(line.ended_on)})"),) for line in ended if line.ended_on]
        said.append(fill(words, agencies=listed(each)))
    if none := [line for line in lines if line.total.value is None]:
        words = _("Not ranked, because no criterion has anything to count: %(agencies)s.")
        said.append(fill(words, agencies=_names(none)))
    return [Paragraph(runs) for runs in said]


def _names(lines: Sequence[ScoreLine]) -> Runs:
    return listed([(Text(line.name),) for line in lines])


def _places(ask: Ask, board: Scoreboard) -> Table:
    columns = (
        Column(_("Place"), "center", 5),
        Column(pgettext("report", "Agency"), "start", 18),
        Column(_("Points"), "end", 6),
        Column(_("Within reach"), "end", 6),
        Column(_("Percent of what is within reach"), "end", 7),
        Column(_("Grade"), "start", 12),
    )
    rows = []
    for line in board.lines:
        grade = line.grade or _("not ranked")
        numbers = (_number(one) for one in (line.total, line.reach, line.percent))
        place: Runs = (Text(NONE),) if line.rank is None else _number(line.rank)
        rows.append(Row((place, (Text(line.name),), *numbers, (Text(grade),)), 1))
    caption = _("Ranking of the agencies, on %(day)s") % {"day": vi_date_in_text(ask.as_of)}
    return Table(columns, tuple(rows), caption)


def _number(figure: FigureValue) -> Runs:
    return (FigureRun(figure, NONE if figure.value is None else None, noted=False),)


def _by_criterion(board: Scoreboard) -> list[Table]:
    """What each criterion counted, out of how many, and the points that it brought: so many criteria to a table."""
    caption = _("Points by criterion: counted/out of (rate): points")
    tables = []
    for begin in range(0, len(board.columns), BESIDE):
        shown = slice(begin, begin + BESIDE)
        titles = [
            _("%(rate)s (at most %(most)s points)") % {"rate": one.name, "most": vi_number(one.criterion.points)}
            for one in board.columns[shown]
        ]
        columns = (Column(pgettext("report", "Agency"), "start", 14), *(Column(title, "end", 12) for title in titles))
        rows = tuple(Row(((Text(line.name),), *map(_cell, line.cells[shown]))) for line in board.lines)
        tables.append(Table(columns, rows, caption))
    return tables


def _cell(cell: ScoreCell) -> Runs:
    if cell.rate is None or cell.counted is None or cell.out_of is None or cell.points is None:
        return (Text(NONE),)
    numbers = {"counted": cell.counted, "of": cell.out_of, "rate": cell.rate, "points": cell.points}
    words = _("%(counted)s/%(of)s (%(rate)s%%): %(points)s")
    return fill(words, **{name: FigureRun(number, noted=False) for name, number in numbers.items()})
