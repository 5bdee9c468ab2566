"""The reports that an office can have written: which kinds there are, and one of them made for a scope and a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.queries import compilations, definitions, offices
from dondoc.office.queries.compilations import CompilationRow
from dondoc.office.reports import agencies, annex_tables, briefing, gather, urging
from dondoc.office.reports.arranging import Paper, arranged, plain_plan
from dondoc.office.reports.blocks import Report, Runs, Signer, Text
from dondoc.office.reports.board import Scope
from dondoc.office.reports.content import Ask, Maker
from dondoc.office.reports.passages import plan
from dondoc.rules import templates as rules
from dondoc.rules.layouts import Layout, layout_for
from dondoc.rules.text import vi_date

BLANK_NUMBER = "\u00a0" * 8
MAKERS: Mapping[str, Maker] = {
    "progress": gather.gathered,
    "agencies": agencies.gathered,
    "urging": urging.gathered,
    "briefing": briefing.gathered,
    "annex": annex_tables.gathered,
}


class TemplateRefused(Refused):
    """There is no such kind of report, or it cannot be about this."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section of a kind of report: its key, heading, of what it consists, which part of progress it is offered."""

    key: str
    heading: str
    blocks: tuple[str, ...]
    offers: str
    in_annex: bool


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind of report: its key, its name, what it can be about, its sections in their order."""

    key: str
    name: str
    scopes: tuple[str, ...]
    sections: tuple[SectionRow, ...]


def templates(*, on: date) -> list[TemplateRow]:
    """List the kinds of report of a day, in the language of whoever looks."""
    language = get_language() or "vi"
    return [_row(template, language) for template in rules.templates(on=on) if template.key in MAKERS]


def _row(template: rules.Template, language: str) -> TemplateRow:
    sections = tuple(
        SectionRow(s.key, s.heading[language], s.blocks, s.offers, s.place == "annex") for s in template.sections
    )
    return TemplateRow(template.key, template.name[language], template.scopes, sections)


def template_of(key: str, *, on: date) -> rules.Template:
    """Give a kind of report by its key as of a day. Raises TemplateRefused."""
    try:
        found = rules.template(key, on=on)
    except rules.UnknownTemplate as unknown:
        raise TemplateRefused(str(unknown)) from unknown
    if key not in MAKERS:
        raise TemplateRefused(str(rules.UnknownTemplate(key, on)))
    return found


def make(
    key: str,
    scope: Scope,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    issued_on: date,
    compilation: int | CompilationRow | None = None,
    language: str = "vi",
) -> tuple[Report, Layout]:
    """Write a report of a kind about a scope as of a day, in the layout of the office's own hierarchy.

    `compilation` is the report in the making, or its key, whose title, sections and passages it takes, as they were
    known at `known_at`.
    Raises TemplateRefused, NothingToReport, and whatever refuses the scope.
    """
    template = template_of(key, on=issued_on)
    if scope.kind not in template.scopes:
        raise TemplateRefused(
            _("The report “%(name)s” is not written about this. Choose what it is to be about from its list.")
            % {"name": template.name[get_language() or "vi"]}
        )
    with override(language):
        content = MAKERS[key](Ask(template, scope, viewer, as_of, known_at, issued_on))
        content = replace(content, notes=(*content.notes, *_defined(viewer, as_of=as_of, known_at=known_at)))
        paper, layout = _paper(template, viewer, as_of=as_of, known_at=known_at, issued_on=issued_on, language=language)
        laid_out = plain_plan(template, language=language)
        title = template.title(scope.kind, content.scope, language=language)
        if compilation is not None:
            row = compilation
            if not isinstance(row, CompilationRow):
                row = compilations.compilation(row, viewer=viewer, as_of=as_of, known_at=known_at)
            title = row.title
            laid_out = plan(row, template, language=language, viewer=viewer, as_of=as_of, known_at=known_at)
        report = arranged(content, laid_out, paper, type_name=template.type_name[language], title=title)
    return report, layout


def _defined(viewer: Viewer, *, as_of: date, known_at: datetime | None) -> tuple[Runs, ...]:
    """Say of which day the definitions are that every number of the report follows."""
    day = definitions.laid_on(viewer=viewer, as_of=as_of, known_at=known_at)
    if day is None:
        return ()
    words = _("What done and overdue mean, and how rates are worked out: as in force since %(day)s.")
    return ((Text(words % {"day": vi_date(day)}),),)


def _paper(
    template: rules.Template,
    viewer: Viewer,
    *,
    as_of: date,
    known_at: datetime | None,
    issued_on: date,
    language: str,
) -> tuple[Paper, Layout]:
    head = offices.letterhead(viewer.office_id, on=issued_on, known_at=known_at)
    layout = layout_for(head.hierarchy, on=issued_on)
    form = layout.number_form.format(number=BLANK_NUMBER, kind=template.symbol, body=head.symbol, unit="")
    paper = Paper(
        issuer_name=head.issuer_name,
        parent_name=head.parent_name,
        speaker=head.speaker,
        place=head.place,
        hierarchy=head.hierarchy,
        number_symbol=form.removesuffix("-"),
        recipients=head.recipients,
        signer=Signer(tuple(filter(None, (head.signer_authority,))), head.signer_position, head.signer_name),
        as_of=as_of,
        known_at=known_at,
        issued_on=issued_on,
        language=language,
    )
    return paper, layout
