"""The letter that urges an agency (công văn), as a Word file to be edited, numbered and signed by the office.

One letter to one agency carries one urge in the very words that were recorded, or several in a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from docx.shared import Pt

from dondoc.office.access import Refused, Viewer
from dondoc.office.queries import ladder, offices, urges
from dondoc.office.queries.ladder import LadderRow
from dondoc.office.queries.urges import UrgeRow
from dondoc.office.reports.blocks import Block, Column, Paragraph, Report, Row, Signer, Table, Text
from dondoc.office.reports.docx import set_properties, steady
from dondoc.office.reports.docx_blocks import BlockWriter
from dondoc.office.reports.docx_footnotes import Footnotes
from dondoc.office.reports.docx_frame import add_head, add_signature
from dondoc.office.reports.docx_styles import dressed, style_name
from dondoc.office.reports.frame import Line, ended, frame_of
from dondoc.rules.layouts import Layout, NoLayout, layout_for
from dondoc.rules.text import vi_date, vi_number
from dondoc.rules.urges import kind, kinds

BLANK_NUMBER = "\u00a0" * 8
_AIR = Pt(12)
Owed = Mapping[int, LadderRow]
LANGUAGE = "vi"  # of the letter, whoever downloads it


class LetterRefused(Refused):
    """No letter can be made of these urges."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it is printed: its frame and blocks, what it is about, and to whom it goes."""

    paper: Report
    subject: str
    agency: str


def letter(ids: Sequence[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> tuple[bytes, str, date]:
    """Print one letter with these urges as a Word file; give its bytes, the agency's name and its day.

    The layout is that of the office's own hierarchy on the day of the letter. All urges must be of one day and to one
    agency.
    """
    with override(LANGUAGE):
        found = urges.urges(viewer=viewer, as_of=as_of, known_at=known_at, ids=ids)
        if len(found) != len(set(ids)) or not found:
            raise urges.NoSuchUrge(_("There is no such urge on this day, or it concerns another agency."))
        first = found[0]
        if any((row.agency_id, row.on) != (first.agency_id, first.on) for row in found):
            raise LetterRefused(_("A letter goes to one agency on one day. Choose urges of one agency and one day."))
        head = offices.letterhead(viewer.office_id, on=first.on, known_at=None)
        try:
            layout = layout_for(head.hierarchy, on=first.on)
        except NoLayout as missing:
            raise LetterRefused(str(missing)) from missing
        owed = _owed(found, viewer=viewer, known_at=known_at)
        made = _made(sorted(found, key=_order), owed, head, layout)
        return to_docx(made, layout), first.agency, first.on


def _order(row: UrgeRow) -> tuple[int, int]:
    keys = [way.key for way in kinds(on=row.on)]
    return (keys.index(row.kind_key) if row.kind_key in keys else len(keys), row.id)


def _made(rows: list[UrgeRow], owed: Owed, head: offices.Head, layout: Layout) -> Letter:
    first = rows[0]
    kept = [name for name in head.recipients if name.strip().removeprefix("-").strip().startswith("Lưu")]
    archive = layout.archive_line.format(office=head.issuer_name, unit="").replace(", .", ".")
    form = layout.letter_number_form.format(number=BLANK_NUMBER, body=head.symbol, unit="")
    subject = _subject(rows)
    paper = Report(
        type_name=pgettext("report", "Letter"),
        title=subject,
        issuer_name=head.issuer_name,
        parent_name=head.parent_name,
        speaker=head.speaker,
        place=head.place,
        issued_on=first.on,
        hierarchy=head.hierarchy,
        number_symbol=form.removesuffix("-"),
        recipients=(_("As above"), *(kept or [archive])),
        signer=Signer(tuple(filter(None, (head.signer_authority,))), head.signer_position, head.signer_name),
        as_of=first.on,
        known_at=None,
        blocks=_words(first) if len(rows) == 1 else _table(rows, owed, speaker=head.speaker),
        language=LANGUAGE,
    )
    return Letter(paper, subject, first.agency)


def _subject(rows: Sequence[UrgeRow]) -> str:
    """Say what the letter is about, shortly: the kind of urging, and the work where there is one only."""
    if len({row.kind_key for row in rows}) > 1:
        return _("urging the work that was assigned")
    return _("%(kind)s on carrying out the work that was assigned") % {"kind": rows[0].kind}


def _words(row: UrgeRow) -> tuple[Block, ...]:
    """Set the words that were recorded as paragraphs; whom they address stands above them already."""
    parts = [part.strip() for part in row.text.split("\n") if part.strip()]
    return tuple(Paragraph((Text(part),)) for part in parts if not part.startswith("Kính gửi:"))


def _table(rows: Sequence[UrgeRow], owed: Owed, *, speaker: str) -> tuple[Block, ...]:
    """Set several urges as a table for each kind, and behind it what is asked."""
    blocks: list[Block] = []
    for key, of_kind in groupby(rows, key=lambda row: row.kind_key):
        found = list(of_kind)
        first = found[0]
        opening = _("By %(day)s, the following work that was assigned to %(agency)s is not finished:")
        blocks.append(Paragraph((Text(opening % {"day": vi_date(first.on), "agency": first.agency}),)))
        blocks.append(_lines(found, owed))
        ask = kind(key, on=first.on).ask.format(agency=first.agency, speaker=speaker)
        by = max((row.answer_by for row in found if row.answer_by), default=None)
        blocks.append(Paragraph((Text(ask + (f" trước ngày {vi_date(by)}." if by else ".")),)))
    return tuple(blocks)


def _lines(rows: Sequence[UrgeRow], owed: Owed) -> Table:
    columns = (
        Column(pgettext("column", "No."), "center", 6),
        Column(_("Work assigned"), share=27),
        Column(_("Source"), share=15),
        Column(_("Due"), "center", 11),
        Column(_("Days late"), "center", 7),
        Column(_("Urge no."), "center", 7),
    )
    lines = []
    for number, row in enumerate(rows, start=1):
        duty = owed.get(row.duty_id or 0)
        due = vi_date(duty.duty.due) if duty and duty.duty.due else ""
        late = vi_number(duty.duty.days_late) if duty and duty.duty.days_late else ""
        cells = (str(number), row.about, duty.source if duty else "", due, late, str(row.number))
        lines.append(Row(tuple((Text(cell),) for cell in cells), head=1))
    return Table(columns, tuple(lines))


def _owed(rows: Sequence[UrgeRow], *, viewer: Viewer, known_at: datetime | None) -> Owed:
    """Give how the duties stood on the day of the letter."""
    ids = [row.duty_id for row in rows if row.duty_id is not None]
    found = ladder.standing(viewer=viewer, as_of=rows[0].on, known_at=known_at, ids=ids) if ids else []
    return {row.duty.id: row for row in found}


def to_docx(letter: Letter, layout: Layout) -> bytes:
    """Print a letter as a Word file in a layout; the same letter gives the same bytes on any day and machine."""
    document = dressed(layout, as_letter=True)
    notes = Footnotes(document, {})
    frame = frame_of(letter.paper, layout)
    about = layout.elements["letter_subject"].words or "về việc "
    add_head(document, replace(frame, letter_subject=(Line("letter_subject", f"{about}{letter.subject}"),)), layout)
    words = layout.elements["addressee"].words
    addressee = document.add_paragraph(f"{words}{letter.agency}", style=style_name("addressee"))
    addressee.paragraph_format.space_before = addressee.paragraph_format.space_after = _AIR
    BlockWriter(document, notes, layout).write(ended(letter.paper.blocks, layout))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_signature(document, frame, layout)
    notes.write()
    set_properties(document, letter.paper)
    return steady(document, letter.paper.issued_on)
