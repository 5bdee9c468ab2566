"""The report "Báo cáo tình hình thực hiện": how the tasks of a resolution or programme stand on a day.

Pure: rows and figures go in, blocks come out. Who may see the rows and how the figures are counted was
decided before.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dondoc.office.charts import NARROW, Bar, both, programme_bars
from dondoc.office.reports.blocks import Block, Chart, FigureRun, Heading, Paragraph, Text
from dondoc.office.reports.content import Content
from dondoc.office.reports.duty_tables import how_counted, said_and_listed
from dondoc.office.reports.progress_data import ProgrammeProgress, ProgressFacts
from dondoc.office.reports.progress_tables import (
    annex_table,
    chart_twin,
    claims_table,
    hindrances_table,
    summary_table,
)
from dondoc.office.reports.sentences import ahead_sentence, late_sentence, states_sentence, timeliness_sentence
from dondoc.office.reports.wording import fill
from dondoc.rules.text import vi_date_in_text


def progress_content(data: ProgressFacts) -> Content:
    """Write the sections of the progress report, each by its key in the template."""
    return Content(
        scope=data.scope,
        sections={
            "results": _lists(data),
            "summary": _summary(data),
            "limits": _limits(data),
            "obstacles": _hindrances(data),
            "claims": _claims(data),
            "ahead": _ahead(data),
            "annex": _annex(data),
        },
        notes=tuple((Text(note),) for note in data.notes),
    )


def _lists(data: ProgressFacts) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if not data.programmes:
        words = _("On %(day)s, no list of tasks of %(scope)s had been recorded.")
        blocks.append(Paragraph(fill(words, day=vi_date_in_text(data.as_of), scope=data.scope)))
    for programme in data.programmes:
        blocks.append(Heading(2, (Text(programme.title),)))
        blocks.append(
            Paragraph(
                states_sentence(
                    noun=programme.noun, lead=programme.lead, total=programme.total, groups=programme.groups
                )
            )
        )
        if programme.total.value:
            noun = programme.duty_noun or programme.noun
            sentence = timeliness_sentence(
                noun=noun, late=programme.late, due_soon=programme.due_soon, as_of=data.as_of
            )
            blocks.append(Paragraph(sentence))
    return tuple(blocks)


def _summary(data: ProgressFacts) -> tuple[Block, ...]:
    if not data.programmes:
        return ()
    table = summary_table(data.programmes, data.as_of)
    return (table, *_how_counted(data), *_chart(data))


def _chart(data: ProgressFacts) -> tuple[Chart, ...]:
    """The picture of the lists whose states are defined; without one there is nothing to draw."""
    drawn = [programme for programme in data.programmes if programme.groups]
    if not drawn:
        return ()
    rows = [(programme.title, _bars(programme)) for programme in drawn]
    spec, narrow = both(programme_bars(rows), programme_bars(rows, width=NARROW))
    title = _("Items by state, on %(day)s") % {"day": vi_date_in_text(data.as_of)}
    return (Chart(spec, title, _alt(drawn), chart_twin(drawn), narrow),)


def _bars(programme: ProgrammeProgress) -> list[Bar]:
    return [(group.label, group.state_class, group.figure) for group in programme.groups]


def _alt(programmes: Sequence[ProgrammeProgress]) -> str:
    """Say the chart in one line for those who cannot see it, from the same figures."""
    lines = []
    for programme in programmes:
        counts = ", ".join(f"{group.label}: {FigureRun(group.figure).shown}" for group in programme.groups)
        lines.append(f"{programme.title} ({counts})")
    return "; ".join(lines) + "."


def _hindrances(data: ProgressFacts) -> tuple[Block, ...]:
    """What holds the work up; a report on which nobody named anything has no such section."""
    found = data.hindrances
    if found is None or not found.rows:
        return ()
    words = _("Up to the end of %(day)s, %(figure)s difficulties and obstacles had been named and not yet removed:")
    return (
        Paragraph(fill(words, day=vi_date_in_text(data.as_of), figure=FigureRun(found.standing))),
        hindrances_table(found.rows),
    )


def _claims(data: ProgressFacts) -> tuple[Block, ...]:
    if not data.claims:
        return ()
    lead = _("Figures that documents have published are held against the register of the same day as follows:")
    return (
        Paragraph((Text(lead),)),
        claims_table(data.claims),
    )


def _limits(data: ProgressFacts) -> tuple[Block, ...]:
    """What is overdue of all lists together, and each of it."""
    found = data.work
    if found is None:
        return ()
    sentence = late_sentence(
        late=found.late, unfinished=found.unfinished, as_of=data.as_of, listed_below=bool(found.late_rows)
    )
    return said_and_listed(sentence, found.late_rows)


def _ahead(data: ProgressFacts) -> tuple[Block, ...]:
    """What falls due next, and each of it."""
    found = data.work
    if found is None:
        return ()
    sentence = ahead_sentence(due_soon=found.due_soon, as_of=data.as_of, listed_below=bool(found.due_soon_rows))
    return said_and_listed(sentence, found.due_soon_rows)


def _annex(data: ProgressFacts) -> tuple[Block, ...]:
    if not any(programme.rows for programme in data.programmes):
        return ()
    return (annex_table(data.programmes),)


def _how_counted(data: ProgressFacts) -> tuple[Block, ...]:
    """Say how the figures were counted, and which lists do not add up."""
    counted = [
        figure
        for programme in data.programmes
        for figure in (programme.total, *(g.figure for g in programme.groups), programme.late, programme.due_soon)
    ]
    amiss = [
        _("The states of “%(title)s” do not add up to its total: check the entries.") % {"title": p.title}
        for p in data.programmes
        if not _adds_up(p)
    ]
    return how_counted(counted, as_of=data.as_of, known_at=data.known_at, more=amiss)


def _adds_up(programme: ProgrammeProgress) -> bool:
    """Whether the states make up the total; unknown where anything is unrecorded, and then nothing is
    said.
    """
    values = [group.figure.value for group in programme.groups if group.figure.value is not None]
    if programme.total.value is None or len(values) < len(programme.groups) or not values:
        return True
    return sum(values) == programme.total.value
