"""The urging summary: who was urged, how often, of which kind, what was answered, and what is still overdue."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import figures
from dondoc.office.figures import FigureValue
from dondoc.office.figures.registry import Request
from dondoc.office.queries import agencies, urges
from dondoc.office.queries.urges import UrgeRow
from dondoc.office.reports.agencies import late_section
from dondoc.office.reports.blocks import Block, Column, FigureRun, Paragraph, Runs, Table
from dondoc.office.reports.content import Ask, Content
from dondoc.office.reports.duty_tables import NONE, counts_table, day_or_none, how_counted, words
from dondoc.office.reports.scopes import scope_words
from dondoc.office.reports.sentences import counted_sentence
from dondoc.office.reports.wording import fill, listed
from dondoc.rules.text import vi_date, vi_date_in_text
from dondoc.rules.urges import kind_label

BY_AGENCY = ("urges.sent", "urges.unanswered", "reminders.sent", "duties.late")


def gathered(ask: Ask) -> Content:
    """Gather what the urging summary says, and write its sections."""
    called = scope_words(ask)
    about = ask.scope.arguments
    owner = int(ask.scope.key) if ask.scope.kind == "agency" else None
    rows = urges.urges(**ask.moment, agency=owner)
    kinds = {row.kind_key: kind_label(row.kind_key, on=ask.as_of) for row in rows}
    names = {str(row.id): row.name for row in agencies.agencies(**ask.moment) if owner is None or row.id == owner}
    requests: list[Request] = [(key, about) for key in (*BY_AGENCY, "duties.open")]
    requests += [("urges.sent", {**about, "kind": kind}) for kind in kinds]
    requests += [(key, {"agency": agency}) for agency in names for key in BY_AGENCY]
    found = iter(figures.values(requests, **ask.moment))
    whole = tuple(next(found) for _key in BY_AGENCY)
    unfinished = next(found)
    by_kind = [(label, next(found)) for label in kinds.values()]
    lines = [(name, tuple(next(found) for _key in BY_AGENCY)) for name in names.values()]
    sent, unanswered, reminders, late = whole
    return Content(
        scope=called,
        sections={
            "overview": _overview(ask, sent, by_kind, reminders),
            "by-agency": _by_agency(ask, lines, whole),
            # Where nobody was urged there is nothing to be answered, and nothing is said of it.
            "unanswered": _unanswered([row for row in rows if row.is_unanswered], unanswered) if sent.value else (),
            "late": late_section(ask, late=late, unfinished=unfinished),
            "annex": (_urges_table(rows, answered=True),) if rows else (),
        },
    )


def _overview(
    ask: Ask, sent: FigureValue, by_kind: Sequence[tuple[str, FigureValue]], reminders: FigureValue
) -> tuple[Block, ...]:
    said: Runs = (
        *fill(_("Up to %(day)s, "), day=vi_date_in_text(ask.as_of)),
        *counted_sentence(
            sent,
            none=_("no urge had been sent"),
            one=_("%(count)s urge had been sent"),
            many=_("%(count)s urges had been sent"),
        ),
    )
    if sent.value and len(by_kind) > 1:
        parts = [fill("%(count)s %(kind)s", count=FigureRun(n), kind=label) for label, n in by_kind]
        said = (*said, *fill(_(" Of these: %(parts)s."), parts=listed(parts)))
    told = counted_sentence(
        reminders,
        none=_("The program sent no reminder by itself"),
        one=_("The program sent %(count)s reminder by itself, before or after a due day"),
        many=_("The program sent %(count)s reminders by itself, before or after due days"),
    )
    return (Paragraph(said), Paragraph(told))


def _by_agency(
    ask: Ask, lines: Sequence[tuple[str, Sequence[FigureValue]]], whole: Sequence[FigureValue]
) -> tuple[Block, ...]:
    """Leave out who was neither urged nor reminded and owes nothing that is overdue."""
    shown = [(name, counts) for name, counts in lines if any(figure.value for figure in counts)]
    if not shown:
        return ()
    titles = (
        pgettext("report", "Urges"),
        pgettext("report", "Unanswered"),
        pgettext("report", "Reminders"),
        pgettext("report", "Still overdue"),
    )
    caption = _("Urging of each agency, up to %(day)s") % {"day": vi_date_in_text(ask.as_of)}
    table = counts_table(titles, [*shown, ("", whole)], first=pgettext("report", "Agency"), caption=caption)
    return (table, *how_counted(whole, as_of=ask.as_of, known_at=ask.known_at))


def _unanswered(rows: Sequence[UrgeRow], figure: FigureValue) -> tuple[Block, ...]:
    sentence = counted_sentence(
        figure,
        none=_("Every urge that expected an answer has one"),
        one=_("%(count)s urge that expects an answer has none yet"),
        many=_("%(count)s urges that expect an answer have none yet"),
        listed_below=bool(rows),
    )
    return (Paragraph(sentence), *((_urges_table(rows, answered=False),) if rows else ()))


def _urges_table(rows: Sequence[UrgeRow], *, answered: bool) -> Table:
    """Each urge: to whom, of which kind, when, about what, and by when an answer is expected or when it came."""
    columns = (
        Column(pgettext("report", "No."), "center", 3),
        Column(pgettext("report", "Agency"), "start", 9),
        Column(pgettext("report", "Kind"), "start", 6),
        Column(pgettext("report", "Day"), "center", 5),
        Column(pgettext("report", "About"), "start", 13),
        Column(pgettext("report", "Answer by"), "center", 5),
        Column(pgettext("report", "Answered on") if answered else pgettext("report", "Days late"), "center", 5),
    )
    lines = []
    for number, row in enumerate(rows, start=1):
        last = _answered_on(row) if answered else str(row.days_late or "")
        by = day_or_none(row.answer_by)
        lines.append(words(str(number), row.agency, row.kind, vi_date(row.on), row.about, by, last))
    return Table(columns, tuple(lines))


def _answered_on(row: UrgeRow) -> str:
    if row.answers:
        return vi_date(row.answers[0].on)
    return _("not answered yet") if row.answer_by else NONE
