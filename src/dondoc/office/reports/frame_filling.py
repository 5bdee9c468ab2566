"""A report written into an office's own Word file: its head, foot, styles and margins stay as the office made them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from dondoc.office.reports.blocks import Paragraph, Report
from dondoc.office.reports.docx_blocks import BlockWriter
from dondoc.office.reports.docx_footnotes import Footnotes
from dondoc.office.reports.docx_frame import add_annex_head
from dondoc.office.reports.docx_styles import lend
from dondoc.office.reports.footnotes import figure_notes
from dondoc.office.reports.frame import annex_lines, ended, frame_of, numbered
from dondoc.office.reports.frame_files import BODY, PLACE, FrameRefused, checked, place_name, texts
from dondoc.office.reports.measure import symbol_pieces
from dondoc.office.reports.wording import plain
from dondoc.rules.layouts import Layout
from dondoc.rules.text import vi_date_in_full, vi_date_in_text

HELD = "\u2011"  # a hyphen at which no line is broken
_TWIPS_TO_A_MM = 1440 / 25.4
_HEADS = ("/word/header", "/word/footer")


def filled(frame: bytes, report: Report, layout: Layout) -> WordFile:
    """Write a report into a frame; the text looks like the paragraph in whose place it comes.

    Headings, tables, notes and annexes take the frame's styles of their names ("Heading 1", "Bảng", "Tên bảng",
    "Ghi chú", "Phụ lục") where it has them, else those of the layout. Annexes follow behind the frame's last page.
    Raises FrameRefused.
    """
    checked(frame)
    try:
        document = Document(io.BytesIO(frame))
    except (KeyError, ValueError, AttributeError) as error:
        raise FrameRefused(_("The file is broken: Word would have to repair it. Save it anew in Word.")) from error
    lend(document, layout)
    notes = Footnotes(document, figure_notes(report))
    place = _body_place(document)
    _fill(document, _values(report, layout))
    width = _width_mm(place)
    writer = _LikeTheFrame(document, notes, layout, width_mm=width, model=place)
    body = document.element.body
    before = list(body)
    writer.write(ended(numbered(report.blocks, layout), layout))
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # who signs does not stand on a page alone
    for element in [each for each in body if each not in before]:
        place.addprevious(element)
    _take_out(place)
    for index, annex in enumerate(report.annexes):
        add_annex_head(document, annex_lines(report, layout, index), layout)
        document.sections[-1].different_first_page_header_footer = False
        BlockWriter(document, notes, layout, width_mm=width).write(numbered(annex.blocks, layout))
    BlockWriter(document, notes, layout, width_mm=width).write([Paragraph(runs, "note") for runs in report.notes])
    notes.write()
    return document


KEEPING = ("w:keepNext", "w:pageBreakBefore")


class _LikeTheFrame(BlockWriter):
    """Writes blocks whose running text looks like a given paragraph: its style, its own shape, its first words."""

    def __init__(self, *args: Any, model: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shape = model.find(qn("w:pPr"))
        self._shape = deepcopy(shape) if shape is not None else None
        if self._shape is not None:
            # What holds one paragraph to the next, or begins a page, is not meant for each of a whole report.
            for name in ("w:sectPr", "w:rPr", *KEEPING):
                for element in self._shape.findall(qn(name)):
                    self._shape.remove(element)
        look = model.find(f"{qn('w:r')}/{qn('w:rPr')}")
        self._look = [] if look is None else list(deepcopy(look))

    def _paragraph(self, block: Paragraph) -> None:
        super()._paragraph(block)
        if block.style in ("body", "item"):
            self._dress(self.document.paragraphs[-1])

    def _dress(self, paragraph: WordParagraph) -> None:
        element: Any = paragraph._p
        if self._shape is not None:
            keeps = paragraph.paragraph_format.keep_with_next
            if element.pPr is not None:
                element.remove(element.pPr)
            element.insert(0, deepcopy(self._shape))
            paragraph.paragraph_format.keep_with_next = keeps
        for run in element.iter(qn("w:r")):
            if run.find(qn("w:footnoteReference")) is not None:
                continue
            own = run.get_or_add_rPr()
            there = {each.tag for each in own}
            own.extend(deepcopy(each) for each in self._look if each.tag not in there)
            own[:] = sorted(own, key=lambda each: _ORDER.get(each.tag, len(_ORDER)))


# The order in which Word expects what a run looks like (ISO/IEC 29500-1, 17.3.2.28).
_ORDER = {
    qn(f"w:{name}"): place
    for place, name in enumerate(
        [
            "rStyle",
            "rFonts",
            "b",
            "bCs",
            "i",
            "iCs",
            "caps",
            "smallCaps",
            "strike",
            "dstrike",
            "outline",
            "shadow",
            "emboss",
            "imprint",
            "noProof",
            "snapToGrid",
            "vanish",
            "webHidden",
            "color",
            "spacing",
            "w",
            "kern",
            "position",
            "sz",
            "szCs",
            "highlight",
            "u",
            "effect",
            "bdr",
            "shd",
            "fitText",
            "vertAlign",
            "rtl",
            "cs",
            "em",
            "lang",
            "eastAsianLayout",
            "specVanish",
            "oMath",
        ]
    )
}


def _body_place(document: WordFile) -> Any:
    """The paragraph of the text that holds the place of the report."""
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        said = "".join(piece.text or "" for piece in texts(paragraph)).strip()
        found = PLACE.fullmatch(said)
        if found and place_name(found[1]) == BODY:
            return paragraph
    raise AssertionError("a frame that was checked has its place")


def _take_out(place: Any) -> None:
    """Take the paragraph of the place away; where a section of the frame ends in it, it stays, empty."""
    if place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        place.getparent().remove(place)
        return
    for run in place.findall(qn("w:r")):
        place.remove(run)


def _width_mm(place: Any) -> float:
    """The width of the text in the section in which a paragraph stands."""
    following = [place, *place.itersiblings()]
    found = (each if each.tag == qn("w:sectPr") else each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for each in following)
    section = next((each for each in found if each is not None), None)
    size = None if section is None else section.find(qn("w:pgSz"))
    margins = None if section is None else section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return 165
    twips = int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))
    return max(twips / _TWIPS_TO_A_MM, 40)


def _values(report: Report, layout: Layout) -> Mapping[str, str]:
    """What is written in each place of a frame."""
    frame = frame_of(report, layout)
    values = {
        "so_hieu": report.number_symbol.removeprefix("Số").lstrip(": "),
        "ngay": vi_date_in_full(report.issued_on),
        "ngay_so": vi_date_in_text(report.issued_on),
        "dia_danh": report.place,
        "loai": report.type_name,
        "trich_yeu": report.title,
        "co_quan": report.issuer_name,
        "co_quan_cap_tren": report.parent_name,
        "tham_quyen": "\n".join(report.signer.authority),
        "chuc_vu": report.signer.position,
        "nguoi_ky": report.signer.name,
        "noi_nhan": "\n".join(line.text for line in frame.recipients if line.part == "recipients"),
        "so_lieu_den": vi_date_in_text(report.as_of),
    }
    lines = {name: "\n".join(map(plain, value.split("\n"))) for name, value in values.items()}
    return {name: HELD.join(symbol_pieces(value)) for name, value in lines.items()}


def _fill(document: WordFile, values: Mapping[str, str]) -> None:
    for root in _roots(document):
        for paragraph in list(root.iter(qn("w:p"))):
            _fill_paragraph(paragraph, values)


def _roots(document: WordFile) -> Iterator[Any]:
    yield document.element.body
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith(_HEADS) and hasattr(part, "element"):
            yield part.element


def _fill_paragraph(paragraph: Any, values: Mapping[str, str]) -> None:
    """Write the values into the places of a paragraph; Word may have cut a place into several pieces."""
    pieces = texts(paragraph)
    whole = "".join(piece.text or "" for piece in pieces)
    for match in reversed(list(PLACE.finditer(whole))):
        name = place_name(match[1])
        if name == BODY:
            continue
        value = values[name].upper() if match[1].isupper() else values[name]
        _replace(pieces, match.start(), match.end(), value)
    if PLACE.fullmatch(whole.strip()) and not any((piece.text or "").strip() for piece in pieces):
        _leave_out(paragraph)
        return
    for piece in pieces:
        _broken(piece)


def _replace(pieces: list[Any], start: int, end: int, value: str) -> None:
    at = 0
    for piece in pieces:
        text = piece.text or ""
        begin, stop = max(start - at, 0), min(end - at, len(text))
        if begin < stop:
            # The value goes where the place begins; of the further pieces only what is behind the place stays.
            piece.text = text[:begin] + (value if start >= at else "") + text[stop:]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += len(text)


def _leave_out(paragraph: Any) -> None:
    """Take a line away that has nothing to say, unless its cell or page would be left without any paragraph."""
    siblings = [each for each in paragraph.getparent() if each.tag == qn("w:p")]
    if len(siblings) > 1 and paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        paragraph.getparent().remove(paragraph)


def _broken(piece: Any) -> None:
    """Write a value of several lines as lines, and the hyphens of symbols so that no line is broken at them."""
    text = piece.text or ""
    if "\n" not in text and HELD not in text:
        return
    first, *further = re.split(f"([\n{HELD}])", text)
    piece.text, after = first, piece
    for mark, words in zip(further[::2], further[1::2], strict=True):
        for element in (OxmlElement("w:br" if mark == "\n" else "w:noBreakHyphen"), OxmlElement("w:t")):
            after.addnext(element)
            after = element
        after.text = words
        after.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
