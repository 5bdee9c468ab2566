"""A frame to begin with, and a report in sample words to try a frame with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from dondoc.office.queries.offices import Head
from dondoc.office.reports.blocks import Annex, Column, Heading, Paragraph, Report, Row, Signer, Table, Text
from dondoc.office.reports.docx import steady
from dondoc.office.reports.docx_frame import add_head, add_signature, add_title
from dondoc.office.reports.docx_styles import dressed
from dondoc.office.reports.frame import Line, frame_of
from dondoc.office.reports.frame_files import BODY
from dondoc.office.reports.measure import head_widths_mm
from dondoc.rules.layouts import Layout

LANGUAGE = "vi"
LONGEST_DAY = "Bà Rịa - Vũng Tàu, ngày 22 tháng 12 năm 2022"


def starter(layout: Layout, *, on: date) -> bytes:
    """Make a Word file that is a frame already: the layout's own head and end, with every place in it.

    An office changes it in Word and sends it back.
    """
    with override(LANGUAGE):
        document = dressed(layout)
        frame = frame_of(_with_places(on, layout), layout)
        label = frame.recipients[:1]
        frame = replace(
            frame,
            dated=Line("place_and_date", f"{_place('dia_danh')}, {_place('ngay')}"),
            recipients=(*label, Line("recipients", _place("noi_nhan"))),
        )
        # As wide as the longest day that will stand there, not as the place for it.
        filled = replace(frame, dated=Line("place_and_date", LONGEST_DAY))
        add_head(document, frame, layout, widths_mm=head_widths_mm(filled, layout))
        add_title(document, frame, layout)
        document.add_paragraph(_place(BODY))
        add_signature(document, frame, layout)
        return steady(document, on)


def _place(name: str) -> str:
    # Without spaces, so that no line is broken within a place.
    return "{{" + name + "}}"


def _with_places(on: date, layout: Layout) -> Report:
    number = layout.number_form.partition("{")[0]
    return Report(
        type_name=_place("loai"),
        title=_place("trich_yeu"),
        issuer_name=_place("co_quan"),
        parent_name=_place("co_quan_cap_tren"),
        speaker="",
        place="",
        issued_on=on,
        hierarchy=layout.hierarchy,
        number_symbol=f"{number}{_place('so_hieu')}",
        recipients=("-",),
        signer=Signer((_place("tham_quyen"),), _place("chuc_vu"), _place("nguoi_ky")),
        as_of=on,
        known_at=None,
        blocks=(),
    )


def trial(head: Head, layout: Layout, *, on: date) -> Report:
    """A short report in sample words, without any figure, with what a report can hold: headings, a table, an annex."""
    with override(LANGUAGE):
        words = _("These are sample words, by which one sees how a report looks in this frame.")
        columns = (
            Column(pgettext("column", "No."), "center"),
            Column(_("Content"), share=6),
            Column(_("Note"), share=3),
        )
        rows = tuple(
            Row(((Text(str(number)),), (Text(words),), (Text(_("sample")),)), head=1) for number in range(1, 4)
        )
        table = Table(columns, rows, _("A sample table"))
        return Report(
            type_name=pgettext("report", "Report"),
            title=_("Sample of a report in the office's own frame"),
            issuer_name=head.issuer_name,
            parent_name=head.parent_name,
            speaker=head.speaker,
            place=head.place,
            issued_on=on,
            hierarchy=head.hierarchy,
            number_symbol=layout.number_line(1, kind="BC", body=head.symbol or "MAU"),
            recipients=head.recipients or (_("sample"),),
            signer=Signer(tuple(filter(None, (head.signer_authority,))), head.signer_position, head.signer_name),
            as_of=on,
            known_at=None,
            blocks=(
                Heading(1, (Text(_("First part")),)),
                Heading(2, (Text(_("A section")),)),
                Paragraph((Text(words),)),
                Paragraph((Text(words),), "item"),
                table,
                Paragraph((Text(words),)),
            ),
            annexes=(Annex(_("A sample annex"), (table,)),),
        )
