"""From the sections of a report to the report: headings in their order, what was written into them, opening, closing.

Pure: what was counted and what was written come in, blocks come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office.reports.blocks import Annex, Block, Heading, Paragraph, Report, Signer, Text
from dondoc.office.reports.content import Content
from dondoc.office.reports.wording import fill
from dondoc.rules.layouts import Hierarchy
from dondoc.rules.templates import Template
from dondoc.rules.text import vi_date_in_text


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a paper whatever it reports: who issues it and how, of which day it speaks, in which language."""

    issuer_name: str
    parent_name: str
    speaker: str
    place: str
    hierarchy: Hierarchy
    number_symbol: str
    recipients: tuple[str, ...]
    signer: Signer
    as_of: date
    known_at: datetime | None
    issued_on: date
    language: str


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section in its place: its key, its heading, whether it is printed, whether behind the signature, what was
    written into it.
    """

    key: str
    heading: str
    left_out: bool = False
    in_annex: bool = False
    written: tuple[Block, ...] = ()


def plain_plan(template: Template, *, language: str) -> tuple[SectionPlan, ...]:
    """The sections of a kind of report as it comes: in their own order, with nothing written into them."""
    return tuple(
        SectionPlan(section.key, section.heading[language], in_annex=section.place == "annex")
        for section in template.sections
    )


def arranged(content: Content, plan: Sequence[SectionPlan], paper: Paper, *, type_name: str, title: str) -> Report:
    """Put a report together: a section that neither counts nor says anything, and one left out, is not printed."""
    printed = [section for section in plan if not section.left_out]
    filled = [(section, (*content.sections.get(section.key, ()), *section.written)) for section in printed]
    body = [(section, blocks) for section, blocks in filled if blocks and not section.in_annex]
    annexes = tuple(Annex(section.heading, blocks) for section, blocks in filled if blocks and section.in_annex)
    return Report(
        type_name=type_name,
        title=title,
        issuer_name=paper.issuer_name,
        parent_name=paper.parent_name,
        speaker=paper.speaker,
        place=paper.place,
        issued_on=paper.issued_on,
        hierarchy=paper.hierarchy,
        number_symbol=paper.number_symbol,
        recipients=paper.recipients,
        signer=paper.signer,
        as_of=paper.as_of,
        known_at=paper.known_at,
        blocks=(
            _opening(title, paper),
            *(block for section, blocks in body for block in (Heading(1, (Text(section.heading),)), *blocks)),
            _closing(title, paper, annexed=bool(annexes)),
        ),
        annexes=annexes,
        notes=content.notes,
        language=paper.language,
    )


def _about(title: str) -> str:
    """A title as it stands within a sentence."""
    return title[:1].lower() + title[1:]


def _opening(title: str, paper: Paper) -> Paragraph:
    words = _("%(speaker)s reports on %(about)s up to the end of %(day)s as follows:")
    return Paragraph(fill(words, speaker=paper.speaker, about=_about(title), day=vi_date_in_text(paper.as_of)))


def _closing(title: str, paper: Paper, *, annexed: bool) -> Paragraph:
    words = _("The above is %(about)s up to the end of %(day)s.")
    if annexed:
        words = _("The above is %(about)s up to the end of %(day)s; the items are listed in the annex.")
    return Paragraph(fill(words, about=_about(title), day=vi_date_in_text(paper.as_of)))
