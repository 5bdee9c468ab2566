"""What stands around a report's text: head, title, numbering, ending, recipients, signer, in the words of the
layout.

Page and Word file both print this frame, so that they cannot disagree. Each line names the part of the layout
(`rules.layouts`) that says how large, how bold and where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.reports.blocks import Annex, Block, Heading, Paragraph, Report, Text
from dondoc.office.reports.wording import dated_line, joined
from dondoc.rules.layouts import Layout
from dondoc.rules.text import vi_date_in_full

UNBROKEN = "\u00a0"
"""A space at which no line is broken: a day is not torn apart."""
DASHES = "-----"
"""What a Party paper has under its subject in the place of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line and the part of the layout it is set as."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The fixed parts of a paper: head left and right, number, place and day, title, signer, recipients.

    A letter has no title; what it is about stands under its number.
    """

    issuer: tuple[Line, ...]
    nation: tuple[Line, ...]
    number: Line
    dated: Line
    title: tuple[Line, ...]
    signer: tuple[Line, ...]
    recipients: tuple[Line, ...]
    letter_subject: tuple[Line, ...] = ()


def frame_of(report: Report, layout: Layout) -> Frame:
    """Lay out the fixed parts of a report as its hierarchy's rules have them."""
    mark = layout.elements.get("issuer_mark")
    issuer = [Line("superior", report.parent_name)] if report.parent_name else []
    issuer.append(Line("issuer", report.issuer_name))
    if mark:
        issuer.append(Line("issuer_mark", mark.words))
    nation = [
        Line(part, layout.elements[part].words) for part in ("national_title", "motto") if part in layout.elements
    ]
    signer = [Line("signer_authority", line) for line in report.signer.authority]
    return Frame(
        issuer=_set(issuer, layout),
        nation=_set(nation, layout),
        number=Line("number", report.number_symbol),
        dated=Line("place_and_date", dated_line(report.place, report.issued_on)),
        title=_set([Line("kind", report.type_name), Line("subject", report.title)], layout),
        signer=_set(
            [*signer, Line("signer_post", report.signer.position), Line("signer_name", report.signer.name)],
            layout,
        ),
        recipients=_recipients(report.recipients, layout),
    )


def _set(lines: Sequence[Line], layout: Layout) -> tuple[Line, ...]:
    return tuple(replace(line, text=set_text(line, layout)) for line in lines)


def set_text(line: Line, layout: Layout) -> str:
    """The words of a line, in capitals where the layout wants them."""
    return line.text.upper() if layout.elements[line.part].caps else line.text


def _recipients(names: Sequence[str], layout: Layout) -> tuple[Line, ...]:
    """Recipients one to a line with a dash; a Party paper parts them by commas, a State paper by
    semicolons.
    """
    between = "," if layout.hierarchy == "party" else ";"
    bare = [name.strip().removeprefix("-").strip().rstrip(".,;") for name in names]
    lines = [Line("recipients", f"- {name}{between}") for name in bare[:-1]]
    lines += [Line("recipients", f"- {name}.") for name in bare[-1:]]
    return (Line("recipients_label", layout.elements["recipients_label"].words), *lines) if bare else ()


# Numbers of headings: Nghị định 30/2020, Phụ lục I, II.6 ("I.", "1.", "a)"); Party papers write a dash
# ("I-", "1-").
_MARKS = {"state": ("{}.", "{}.", "{})"), "party": ("{}-", "{}-", "{})")}
_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
    "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip


def numbered(blocks: Sequence[Block], layout: Layout) -> tuple[Block, ...]:
    """Number the headings of a text: I, II; under each 1, 2; under each a), b). First-level titles go in
    capitals.
    """
    counts = [0, 0, 0]
    out: list[Block] = []
    for block in blocks:
        if not isinstance(block, Heading):
            out.append(block)
            continue
        level = block.level - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        number = (_ROMAN[counts[0] - 1], str(counts[1]), chr(ord("a") + counts[2] - 1))[level]
        mark = _MARKS[layout.hierarchy][level].format(number)
        runs = tuple(
            replace(run, text=run.text.upper()) if level == 0 and isinstance(run, Text) else run for run in block.runs
        )
        out.append(replace(block, runs=joined((Text(f"{mark} "), *runs))))
    return tuple(out)


def ended(blocks: Sequence[Block], layout: Layout) -> tuple[Block, ...]:
    """Close the last sentence of a text with the layout's ending mark: "./." in State papers, "." in Party
    papers.
    """
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or not isinstance(last.runs[-1], Text):
        return tuple(blocks)
    closing = last.runs[-1]
    text = closing.text.rstrip().removesuffix("./.").rstrip(".") + layout.ending_mark
    return (*blocks[:-1], replace(last, runs=(*last.runs[:-1], replace(closing, text=text))))


def annex_lines(report: Report, layout: Layout, index: int) -> tuple[Line, ...]:
    """The head of an annex: its word and number, its title, and the paper it belongs to."""
    annex: Annex = report.annexes[index]
    word = (
        pgettext("report", "Annex") if len(report.annexes) == 1 else _("Annex %(number)s") % {"number": _ROMAN[index]}
    )
    number = report.number_symbol.removeprefix("Số").lstrip(": ")
    belongs = _("(With %(kind)s No. %(number)s, %(day)s, of %(issuer)s)") % {
        "kind": report.type_name,
        "number": number,
        "day": vi_date_in_full(report.issued_on).replace(" ", UNBROKEN),
        "issuer": report.speaker,
    }
    return (
        *_set([Line("annex", word), Line("annex_title", annex.title)], layout),
        Line("place_and_date", belongs),
    )
