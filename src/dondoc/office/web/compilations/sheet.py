"""What the page of a report in the making shows: sections, passages with their authors, offers, figures, the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dondoc.office.access import Refused
from dondoc.office.figures import FigureValue
from dondoc.office.here import Here
from dondoc.office.queries import compilations
from dondoc.office.queries.compilations import CompilationRow, Offer, PassageRow
from dondoc.office.reports.arranging import SectionPlan
from dondoc.office.reports.blocks import figures_of
from dondoc.office.reports.html import to_html
from dondoc.office.reports.passages import places
from dondoc.office.reports.templates import make, template_of
from dondoc.office.web.compilations.choosing import may_write, scope_of
from dondoc.office.web.frame import with_query
from dondoc.rules.insertions import parts, token, typed_numbers
from dondoc.rules.templates import Template

MOST_FIGURES = 60  # offered for inserting: those that the report shows first


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent and could not be written down: where, the words, what they replace, why; and the other's."""

    section: str
    text: str
    replaces: int | None
    why: str
    now: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for all sections: the report, its template, what is offered, what was typed, numbers by token."""

    row: CompilationRow
    template: Template
    offered: Sequence[Offer]
    typed: Typed | None
    numbers: Mapping[str, str]


def context(row: CompilationRow, here: Here, *, typed: Typed | None = None) -> dict[str, Any]:
    """Give all that the page shows of a report in the making."""
    template = template_of(row.report, on=here.today)
    offered = compilations.offers(row, viewer=here.viewer, as_of=here.as_of, known_at=here.known_at)
    may = may_write(here) and not here.is_past
    own = compilations.owners(viewer=here.viewer, on=here.today) if may else []
    paper, shown, refusal = _paper(row, here)
    numbers = {token(one.key, dict(one.arguments)): one.written for one in shown}
    laid_out = places(row, template, language=get_language() or "vi")
    last = len(laid_out) - 1
    return {
        "row": row,
        "template": template.name[get_language() or "vi"],
        "may_write": may,
        "owners": own,
        "sections": [
            _section(place, Read(row, template, offered, typed, numbers), ends=(number == 0, number == last))
            for number, place in enumerate(laid_out)
        ],
        "taken_away": row.taken_away,
        "sheet": paper,
        "refusal": refusal,
        "figures": [_figure(figure) for figure in shown[:MOST_FIGURES]],
        "print_url": with_query("/report/", {"compilation": str(row.id)}),
    }


def _paper(row: CompilationRow, here: Here) -> tuple[str, tuple[FigureValue, ...], str]:
    """Give the paper that the report will be, the figures that it shows, and what refused it."""
    try:
        made, layout = make(
            row.report,
            scope_of(row),
            viewer=here.viewer,
            as_of=row.as_of,
            known_at=here.known_at,
            issued_on=here.today,
            compilation=row,
        )
    except Refused as refusal:
        return "", (), str(refusal)
    return to_html(made, layout), figures_of(made), ""


def _figure(figure: FigureValue) -> dict[str, str]:
    named = token(figure.key, dict(figure.arguments))
    return {"token": named, "words": f"{figure.written} – {figure.sentence}"}


def _section(place: SectionPlan, read: Read, *, ends: tuple[bool, bool]) -> dict[str, Any]:
    row, typed = read.row, read.typed
    laid_down = row.sections.get(place.key)
    found = next((section for section in read.template.sections if section.key == place.key), None)
    part = found.offers if found else ""
    rows = [one for one in read.offered if part and one.part == part and place.key not in one.taken_into]
    mine = typed if typed is not None and typed.section == place.key else None
    passages = row.of(place.key)
    return {
        "key": place.key,
        "heading": place.heading,
        "own_heading": laid_down.heading if laid_down else "",
        "owner_id": laid_down.owner_id if laid_down else None,
        "owner": laid_down.owner if laid_down else "",
        "left_out": place.left_out,
        "in_annex": place.in_annex,
        "seen": laid_down.id if laid_down else "",
        "counted": _counted(found.blocks if found else ()),
        "passages": [
            _passage(one, mine, read.numbers, first=number == 0, last=number == len(passages) - 1)
            for number, one in enumerate(passages)
        ],
        "offers": rows,
        "typed": mine if mine and mine.replaces is None else None,
        "is_first": ends[0],
        "is_last": ends[1],
    }


def _counted(blocks: Iterable[str]) -> str:
    """Say what the program writes into a section by itself."""
    words = {"sentences": _("sentences"), "table": _("table"), "chart": _("chart")}
    return ", ".join(words[kind] for kind in blocks if kind in words)


def _passage(
    one: PassageRow, typed: Typed | None, numbers: Mapping[str, str], *, first: bool, last: bool
) -> dict[str, Any]:
    return {
        "row": one,
        "authors": [
            {"author": author, "sentences": " ".join(_shown(each.sentence, numbers) for each in group)}
            for author, group in groupby(one.written, key=lambda each: each.author)
        ],
        "numbers": ", ".join(typed_numbers(one.text)),
        "typed": typed if typed is not None and typed.replaces == one.id else None,
        "is_first": first,
        "is_last": last,
    }


def _shown(sentence: str, numbers: Mapping[str, str]) -> str:
    """A sentence as it is read while it is being written: a figure that is named in it as its number."""
    return "".join(
        part if isinstance(part, str) else numbers.get(token(part.key, part.arguments), part.token)
        for part in parts(sentence)
    )
