"""The report on assigned tasks by agency: how much each owes, what is done, what is overdue, at which rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import figures
from dondoc.office.figures import FigureValue
from dondoc.office.figures.registry import Request
from dondoc.office.queries import agencies, duties
from dondoc.office.queries.duties import DutyRow
from dondoc.office.reports.blocks import Block, Paragraph
from dondoc.office.reports.content import Ask, Content
from dondoc.office.reports.duty_tables import counts_table, duties_table, figure_notes
from dondoc.office.reports.scopes import scope_words
from dondoc.office.reports.sentences import late_sentence, owed_sentence, rate_sentence
from dondoc.rules.text import vi_date_in_text

COUNTED = ("duties.owed", "duties.done", "duties.open", "duties.late", "duties.due_soon", "duties.in_time")


@dataclass(frozen=True, slots=True)
class Line:
    """An agency with its figures in the order of the columns; without a name, all of them together."""

    name: str
    figures: tuple[FigureValue, ...]


def gathered(ask: Ask) -> Content:
    """Gather what the report on assigned tasks by agency says, and write its sections."""
    called = scope_words(ask)
    lines, whole = _lines(ask)
    owed, done, unfinished, late, _soon, in_time = whole.figures
    late_rows = late_duties(ask) if late.value else []
    overview: tuple[Block, ...] = (
        Paragraph(owed_sentence(owed=owed, done=done, unfinished=unfinished, as_of=ask.as_of)),
        Paragraph(late_sentence(late=late, unfinished=unfinished, as_of=ask.as_of, listed_below=False)),
        Paragraph(
            rate_sentence(
                name=_("Share of the tasks done, of those with a due day, that were done in time"), rate=in_time
            )
        ),
    )
    titles = (
        pgettext("report", "Assigned"),
        pgettext("report", "Done"),
        pgettext("report", "Not finished"),
        pgettext("report", "Overdue"),
        pgettext("report", "Due soon"),
        _("Done in time (%)"),
    )
    caption = _("Tasks of each agency, on %(day)s") % {"day": vi_date_in_text(ask.as_of)}
    shown = [(line.name, line.figures) for line in [*lines, whole]]
    table = counts_table(titles, shown, first=pgettext("report", "Agency"), caption=caption)
    sentence = late_sentence(late=late, unfinished=unfinished, as_of=ask.as_of, listed_below=bool(late_rows))
    return Content(
        scope=called,
        sections={
            "overview": overview,
            "by-agency": (table, *figure_notes(whole.figures)) if lines else (),
            "late": (Paragraph(sentence), *((duties_table(late_rows),) if late_rows else ())),
        },
    )


def late_duties(ask: Ask) -> list[DutyRow]:
    """List what is overdue under the scope of a report, the longest overdue first."""
    return duties.listed("late", **{**ask.moment, **ask.scope.arguments})


def _lines(ask: Ask) -> tuple[list[Line], Line]:
    """Give a line for each agency that owes something under the scope, and the line of all together."""
    whole = ask.scope.arguments
    names = {
        str(row.id): row.name
        for row in agencies.agencies(**ask.moment)
        if ask.scope.kind != "agency" or str(row.id) == ask.scope.key
    }
    requests = [*_requests(whole), *(one for key in names for one in _requests({**whole, "agency": key}))]
    found = iter(figures.values(requests, **ask.moment))
    together = Line("", tuple(_next(found, COUNTED)))
    lines = [Line(name, tuple(_next(found, COUNTED))) for name in names.values()]
    return [line for line in lines if line.figures[0].value], together


def _requests(arguments: dict[str, str]) -> list[Request]:
    return [(key, arguments) for key in COUNTED]


def _next(found: Iterator[FigureValue], keys: Sequence[str]) -> Iterator[FigureValue]:
    return (next(found) for _key in keys)
