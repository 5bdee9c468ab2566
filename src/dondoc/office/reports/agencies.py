"""The report on assigned tasks by agency: how much each owes, what is done and overdue, its rates, and its rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import figures
from dondoc.office.figures import FigureValue
from dondoc.office.figures.registry import Request
from dondoc.office.queries import agencies, duties, measures
from dondoc.office.queries.duties import DutyRow
from dondoc.office.reports import pictures
from dondoc.office.reports.blocks import Block, Paragraph, Text
from dondoc.office.reports.content import Ask, Content
from dondoc.office.reports.duty_tables import counts_table, how_counted, said_and_listed, unnoted
from dondoc.office.reports.ranking import SECTION, ranking_section
from dondoc.office.reports.scopes import scope_words
from dondoc.office.reports.sentences import late_sentence, owed_sentence, rate_sentence
from dondoc.rules.text import vi_date_in_text

COUNTED = ("owed", "done", "open", "late", "due_soon")
RATES = ("done-of-assigned", "done-of-due", "in-time-of-done")


@dataclass(frozen=True, slots=True)
class Line:
    """An agency with its figures in the order of the columns; without a name, all of them together."""

    name: str
    figures: tuple[FigureValue, ...]


def gathered(ask: Ask) -> Content:
    """Gather what the report on assigned tasks by agency says, and write its sections."""
    called = scope_words(ask)
    rates = _rates(ask)
    lines, whole, found = _counted(ask, tuple(rates))
    owed, done, unfinished, late = whole.figures[:4]
    overview: list[Block] = [
        Paragraph(owed_sentence(owed=owed, done=done, unfinished=unfinished, as_of=ask.as_of)),
        Paragraph(late_sentence(late=late, unfinished=unfinished, as_of=ask.as_of, listed_below=False)),
    ]
    for name in rates.values():
        rate, counted, of = (next(found) for _each in range(3))
        overview.append(Paragraph(rate_sentence(name=name, rate=rate, counted=counted, of=of), "item"))
    return Content(
        scope=called,
        sections={
            "overview": tuple(overview),
            "by-agency": _table(ask, lines, whole, tuple(rates.values())),
            SECTION: ranking_section(ask),
            "late": late_section(ask, late=late, unfinished=unfinished),
        },
    )


def late_section(ask: Ask, *, late: FigureValue, unfinished: FigureValue) -> tuple[Block, ...]:
    """Say what is overdue under the scope of a report, and list it."""
    rows = late_duties(ask) if late.value else []
    sentence = late_sentence(late=late, unfinished=unfinished, as_of=ask.as_of, listed_below=bool(rows))
    return said_and_listed(sentence, rows)


def late_duties(ask: Ask) -> list[DutyRow]:
    """List what is overdue under the scope of a report, the longest overdue first."""
    return duties.listed("late", **{**ask.moment, **ask.scope.arguments})


def _table(ask: Ask, lines: Sequence[Line], whole: Line, rates: Sequence[str]) -> tuple[Block, ...]:
    if not lines:
        return ()
    titles = (
        pgettext("report", "Assigned"),
        pgettext("report", "Done"),
        pgettext("report", "Not finished"),
        pgettext("report", "Overdue"),
        pgettext("report", "Due soon"),
        *(_("%(rate)s (%%)") % {"rate": rate} for rate in rates),
    )
    caption = _("Tasks of each agency, on %(day)s") % {"day": vi_date_in_text(ask.as_of)}
    shown = [(line.name, line.figures) for line in (*lines, whole)]
    first = pgettext("report", "Agency")
    counted = _("Each task counts for every agency that leads it or takes part in it.")
    # Of one agency there is nothing to compare.
    picture = () if ask.scope.kind == "agency" else (unnoted(pictures.heat_map(ask.scope, **ask.moment)),)
    return (
        counts_table(titles, shown, first=first, caption=caption),
        Paragraph((Text(counted),), "note"),
        *how_counted(whole.figures, as_of=ask.as_of, known_at=ask.known_at),
        *picture,
    )


def _rates(ask: Ask) -> dict[str, str]:
    """Give the rates that are laid down on the day, by key, as they are called."""
    laid_down = measures.in_force(**ask.moment)
    return {key: laid_down[key].name for key in RATES if key in laid_down}


def _counted(ask: Ask, rates: Sequence[str]) -> tuple[list[Line], Line, Iterator[FigureValue]]:
    """Give a line for each agency that owes something under the scope, the line of all together, and each rate of
    the whole with what it counts and out of how many.
    """
    about, kind = ask.scope.arguments, ask.scope.kind
    names = {
        str(row.id): row.name
        for row in agencies.agencies(**ask.moment)
        if kind != "agency" or str(row.id) == ask.scope.key
    }
    requests: list[Request] = [(f"duties.{which}", about) for which in COUNTED]
    requests += [("measures.rate", {**about, "measure": rate}) for rate in rates]
    for key in names:
        its = {**about, "agency": key}
        if kind in {"programme", "resolution"}:
            requests += [("duties.of_agency", {**its, "which": which}) for which in COUNTED]
        else:
            requests += [(f"duties.{which}", its) for which in COUNTED]
        requests += [("measures.rate", {**its, "measure": rate}) for rate in rates]
    for rate in rates:
        requests += [(f"measures.{part}", {**about, "measure": rate}) for part in ("rate", "counted", "out_of")]
    found = iter(figures.values(requests, **ask.moment))
    size = len(COUNTED) + len(rates)
    whole = Line("", tuple(next(found) for _each in range(size)))
    lines = [Line(name, tuple(next(found) for _each in range(size))) for name in names.values()]
    return [line for line in lines if line.figures[0].value], whole, found
