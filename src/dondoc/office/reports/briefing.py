"""The briefing for a meeting: what changed since the last one, what is overdue, what waits for whom, what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.figures import FigureValue
from dondoc.office.figures.registry import Request
from dondoc.office.queries import comparisons, duties, extensions, obstacles, parameters, today
from dondoc.office.queries.comparisons import BridgeLine, Compared, Moment
from dondoc.office.queries.compilations import last_issued
from dondoc.office.queries.extensions import ExtensionRow
from dondoc.office.reports.agencies import late_section
from dondoc.office.reports.blocks import Block, Column, FigureRun, Paragraph, Row, Runs, Table, Text
from dondoc.office.reports.content import Ask, Content
from dondoc.office.reports.duty_tables import day_or_none, said_and_listed, words
from dondoc.office.reports.movements import line_words
from dondoc.office.reports.scopes import scope_words
from dondoc.office.reports.sentences import ahead_sentence, counted_sentence
from dondoc.office.reports.wording import fill, listed
from dondoc.rules.text import vi_date, vi_date_in_text

DAYS = "briefing_days"  # the parameter that says how many days lie between two meetings
WAITS = ("unacknowledged", "sent_back", "reported", "given_back")


def gathered(ask: Ask) -> Content:
    """Gather what the briefing says, and write its sections."""
    called, about = scope_words(ask), ask.scope.arguments
    keys = ("duties.open", "duties.late", "duties.due_soon")
    unfinished, late, due_soon = figures.values([(key, about) for key in keys], **ask.moment)
    soon = duties.listed("due_soon", **{**ask.moment, **about}) if due_soon.value else []
    return Content(
        scope=called,
        sections={
            "changes": _changes(ask, since(ask)),
            "late": late_section(ask, late=late, unfinished=unfinished),
            "waiting": _waiting(ask),
            "decisions": _decisions(ask),
            "ahead": said_and_listed(ahead_sentence(due_soon=due_soon, as_of=ask.as_of, listed_below=bool(soon)), soon),
        },
    )


def since(ask: Ask) -> date:
    """Say of which day the last briefing on the same spoke; without one, so many days before as the office meets in."""
    about = ask.scope.arguments
    last = last_issued("briefing", about, viewer=ask.viewer, before=ask.as_of, known_at=ask.known_at)
    if last is not None:
        return last
    days = parameters.whole_number(DAYS, office_id=ask.viewer.office_id, on=ask.as_of, known_at=ask.known_at)
    return ask.as_of - timedelta(days=days)


def _changes(ask: Ask, first: date) -> tuple[Block, ...]:
    """Say the same numbers of both days side by side, then list each task that stands elsewhere, and why."""
    about = ask.scope.arguments
    asked: list[Request] = [(key, about) for key in ("duties.owed", "duties.done", "duties.late")]
    before = figures.values(asked, **{**ask.moment, "as_of": first})
    after = figures.values(asked, **ask.moment)
    labels = (_("assigned"), _("done"), _("overdue"))
    parts = [_moved(label, *pair) for label, *pair in zip(labels, before, after, strict=True)]
    sentence = fill(
        _("From %(first)s to %(day)s, tasks: %(parts)s."),
        first=vi_date_in_text(first),
        day=vi_date_in_text(ask.as_of),
        parts=listed(parts),
    )
    lines = _lines(ask, first)
    if not lines:
        return (Paragraph(sentence), Paragraph((Text(_("No task changed its state in these days.")),)))
    return (Paragraph(sentence), _changes_table(lines))


def _moved(label: str, before: FigureValue, after: FigureValue) -> Runs:
    if before.value == after.value:
        return fill(_("%(label)s %(after)s (as before)"), label=label, after=FigureRun(after))
    return fill(
        _("%(label)s from %(before)s to %(after)s"), label=label, before=FigureRun(before), after=FigureRun(after)
    )


def _lines(ask: Ask, first: date) -> tuple[BridgeLine, ...]:
    what = Compared(**ask.scope.arguments)
    one, two = Moment(first, ask.known_at), Moment(ask.as_of, ask.known_at)
    try:
        return comparisons.compare(what, one, two, viewer=ask.viewer).lines
    except Refused:  # the list was not on record on the first day: all of it is new
        return ()


def _changes_table(lines: Sequence[BridgeLine]) -> Table:
    """What happened, and under it each task to which it did."""
    columns = (
        Column(pgettext("report", "No."), "center", 3),
        Column(pgettext("report", "What changed, and the tasks"), "start", 42),
    )
    rows: list[Row] = []
    number = 0
    for line in lines:
        rows.append(Row(((), (Text(line_words(line)),)), 1, strong=True))
        for task in line.tasks:
            number += 1
            rows.append(words(str(number), task.title))
    return Table(columns, tuple(rows))


def _waiting(ask: Ask) -> tuple[Block, ...]:
    """What waits for whom: duties for a step of their agency or of the office, and obstacles for who removes them."""
    found = today.groups(**ask.moment, kinds=WAITS)
    within = _within(ask)
    lines = [
        (row.title, row.agency, _for_whom(which, row.agency), found[which].since.get(row.id))
        for which in WAITS
        for row in found[which].rows
        if within is None or row.id in within
    ]
    standing = obstacles.standing(**ask.moment)
    held = standing.of(**ask.scope.arguments)
    lines += [(f"{row.title}: {row.text}", row.agency, row.remover, row.began_on) for row in held]
    asked: list[Request] = [("duties.waiting", {"which": which}) for which in WAITS]
    asked.append(("obstacles.standing", ask.scope.arguments))
    *counts, stand = figures.values(asked, **ask.moment, given={obstacles.standing: standing})
    blocks: list[Block] = []
    if within is None:
        blocks.append(Paragraph(_waits_sentence(ask, counts)))
    blocks.append(Paragraph(_obstacles_sentence(ask, stand)))
    return (*blocks, *((_waiting_table(lines),) if lines else ()))


def _within(ask: Ask) -> frozenset[int] | None:
    """Give the open duties of the scope; None for the whole office."""
    if ask.scope.kind == "office":
        return None
    return frozenset(row.id for row in duties.listed("open", **{**ask.moment, **ask.scope.arguments}))


def _for_whom(which: str, agency: str) -> str:
    return agency if which in {"unacknowledged", "given_back"} else _("the office that assigned it")


def _waits_sentence(ask: Ask, counts: Sequence[FigureValue]) -> Runs:
    words_of = (
        _("to be acknowledged by their agency"),
        _("sent back, to be given anew by the office"),
        _("reported, to be accepted by the office"),
        _("given back, to be reported on anew"),
    )
    some = [(label, figure) for label, figure in zip(words_of, counts, strict=True) if figure.value]
    day = vi_date_in_text(ask.as_of)
    if not some:
        none = FigureRun(counts[0], _("no task"))
        return fill(_("On %(day)s, %(none)s waits for a step of its agency or of the office."), day=day, none=none)
    parts = [fill(_("%(count)s %(label)s"), count=FigureRun(figure), label=label) for label, figure in some]
    return fill(_("On %(day)s, tasks wait: %(parts)s."), day=day, parts=listed(parts))


def _obstacles_sentence(ask: Ask, figure: FigureValue) -> Runs:
    return counted_sentence(
        figure,
        none=_("Nothing was named that holds the work up"),
        one=_("%(count)s obstacle holds the work up and has not been removed"),
        many=_("%(count)s obstacles hold the work up and have not been removed"),
    )


def _waiting_table(lines: Sequence[tuple[str, str, str, date | None]]) -> Table:
    columns = (
        Column(pgettext("report", "No."), "center", 3),
        Column(pgettext("report", "Task"), "start", 18),
        Column(pgettext("report", "Agency"), "start", 9),
        Column(pgettext("report", "Waits for"), "start", 9),
        Column(pgettext("report", "Since"), "center", 6),
    )
    rows = [
        words(str(number), title, agency, whom, day_or_none(day))
        for number, (title, agency, whom, day) in enumerate(lines, start=1)
    ]
    return Table(columns, tuple(rows))


def _decisions(ask: Ask) -> tuple[Block, ...]:
    """What only the office can decide: requests for a later due day. What else is asked, people write."""
    within = _within(ask)
    rows = [row for row in extensions.undecided(**ask.moment) if within is None or row.duty_id in within]
    if within is not None:
        if not rows:
            return ()
        return (Paragraph((Text(_("Requests for a later due day wait to be decided:")),)), _extensions_table(rows))
    figure = figures.values([("extensions.undecided", {})], **ask.moment)[0]
    sentence = counted_sentence(
        figure,
        none=_("No request for a later due day waits to be decided"),
        one=_("%(count)s request for a later due day waits to be decided"),
        many=_("%(count)s requests for a later due day wait to be decided"),
        listed_below=bool(rows),
    )
    return (Paragraph(sentence), *((_extensions_table(rows),) if rows else ()))


def _extensions_table(rows: Sequence[ExtensionRow]) -> Table:
    columns = (
        Column(pgettext("report", "No."), "center", 3),
        Column(pgettext("report", "Task"), "start", 14),
        Column(pgettext("report", "Agency"), "start", 8),
        Column(pgettext("report", "Due day"), "center", 5),
        Column(pgettext("report", "Wanted until"), "center", 5),
        Column(pgettext("report", "Why"), "start", 10),
    )
    lines = [
        words(str(number), row.title, row.agency, vi_date(row.present_on), vi_date(row.wanted_on), row.reason)
        for number, row in enumerate(rows, start=1)
    ]
    return Table(columns, tuple(lines))
