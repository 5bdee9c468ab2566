"""What people wrote into a report, as blocks: paragraphs, dash entries, and the figures that they named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office import figures
from dondoc.office.access import Refused, Viewer
from dondoc.office.figures import FigureValue, UnknownFigure
from dondoc.office.queries.compilations import CompilationRow
from dondoc.office.reports.arranging import SectionPlan
from dondoc.office.reports.blocks import Block, FigureRun, Paragraph, Run, Text
from dondoc.office.reports.wording import joined
from dondoc.rules.insertions import Insertion, insertions, parts
from dondoc.rules.templates import Template

DASHES = ("- ", "– ", "+ ", "• ")
Values = Mapping[str, FigureValue]


class InsertionRefused(Refused):
    """A figure was named in a passage that cannot be worked out."""


def check_insertions(text: str) -> None:
    """Refuse a text that names a figure which does not exist, or with arguments that it does not take."""
    for one in insertions(text):
        if not _understood(one):
            raise InsertionRefused(
                _("The figure “%(token)s” does not exist or is written wrongly. Choose it from the list.")
                % {"token": one.token}
            )


def _understood(one: Insertion) -> bool:
    try:
        figures.check(one.key, one.arguments)
    except (UnknownFigure, Refused):
        return False
    return True


def written(text: str, values: Values) -> tuple[Block, ...]:
    """Turn a passage into blocks: a paragraph for each line, an entry for each that begins with a dash."""
    found: list[Block] = []
    for line in (line.strip() for line in text.splitlines()):
        dash = next((dash for dash in DASHES if line.startswith(dash)), "")
        runs = _runs(line.removeprefix(dash), values)
        if runs:
            found.append(Paragraph(runs, "item" if dash else "body"))
    return tuple(found)


def _runs(line: str, values: Values) -> tuple[Run, ...]:
    found: list[Run] = []
    for part in parts(line):
        if isinstance(part, str):
            found.append(Text(part))
        elif part.token in values:
            found.append(FigureRun(values[part.token]))
        else:
            found.append(Text(part.token))
    return joined(found)


def inserted(texts: Iterable[str], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, FigureValue]:
    """Work out every figure that is named in some texts, by the words that name it.

    One that the program does not know any more is left out, and its words are printed as they stand.
    """
    named = {one.token: one for text in texts for one in insertions(text) if _understood(one)}
    requests = [(one.key, one.arguments) for one in named.values()]
    found = figures.values(requests, viewer=viewer, as_of=as_of, known_at=known_at)
    return dict(zip(named, found, strict=True))


def plan(
    row: CompilationRow,
    template: Template,
    *,
    language: str,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
) -> tuple[SectionPlan, ...]:
    """Lay out the sections of a report in the making: the template's and its own, in their order, with their words."""
    values = inserted((one.text for one in row.passages), viewer=viewer, as_of=as_of, known_at=known_at)
    return tuple(
        SectionPlan(
            key=place.key,
            heading=place.heading,
            left_out=place.left_out,
            in_annex=place.in_annex,
            written=tuple(block for one in row.of(place.key) for block in written(one.text, values)),
        )
        for place in places(row, template, language=language)
    )


def places(row: CompilationRow, template: Template, *, language: str) -> list[SectionPlan]:
    """List the sections of a report in the making in their order, without what is in them.

    A section of the template stands at ten times its number, unless somebody moved it.
    """
    found: list[tuple[int, int, SectionPlan]] = []
    known = {section.key for section in template.sections}
    for number, section in enumerate(template.sections, start=1):
        changed = row.sections.get(section.key)
        heading = changed.heading if changed and changed.heading else section.heading[language]
        order = changed.order if changed else number * 10
        left_out = changed.left_out if changed else False
        found.append((order, number, SectionPlan(section.key, heading, left_out, section.place == "annex")))
    for number, (key, own) in enumerate(row.sections.items(), start=len(known) + 1):
        if key not in known:
            found.append((own.order, number, SectionPlan(key, own.heading, own.left_out)))
    return [place for _order, _number, place in sorted(found, key=lambda one: one[:2])]
