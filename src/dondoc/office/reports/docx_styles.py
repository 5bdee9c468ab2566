"""An empty Word file dressed for a layout: A4, its margins, its styles, its page number.

Every part of the layout becomes a paragraph style with a Vietnamese name, so that an officer who edits the
file in Word changes the look of all addressee lines or all table text at one place.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from docx import Document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from dondoc.rules.layouts import Element, Layout

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_NAMES = {
    "national_title": "Tiêu đề quốc gia",
    "motto": "Tiêu ngữ",
    "superior": "Cơ quan cấp trên",
    "issuer": "Cơ quan ban hành",
    "issuer_mark": "Dấu sao",
    "number": "Số ký hiệu",
    "place_and_date": "Địa danh ngày tháng",
    "kind": "Tên loại",
    "subject": "Trích yếu",
    "annex": "Phụ lục",
    "annex_title": "Tên phụ lục",
    "table": "Bảng",
    "signer_authority": "Quyền hạn người ký",
    "signer_post": "Chức vụ người ký",
    "signer_name": "Họ tên người ký",
    "recipients_label": "Nơi nhận",
    "recipients": "Danh sách nơi nhận",
}
# What only a letter (công văn) has; a report does not carry these styles.
_LETTER = {"letter_subject": "Trích yếu công văn", "addressee": "Kính gửi"}
_KEPT = {
    "Normal",
    "DefaultParagraphFont",
    "TableNormal",
    "NoList",
    "Heading1",
    "Heading2",
    "Heading3",
    "Header",
}
_UNUSED = {"thumbnail", "stylesWithEffects", "numbering", "customXml"}
CAPTION, NOTE, FOOTNOTE, MARK = "Tên bảng", "Ghi chú", "footnote text", "footnote reference"


def style_name(part: str) -> str:
    """The Word style that sets a part of the layout."""
    return _NAMES.get(part) or _LETTER[part]


def dressed(layout: Layout, *, as_letter: bool = False) -> WordFile:
    """Open an empty A4 file with the margins, styles and page number of a layout."""
    document = Document()
    _strip(document)
    _defaults(document, layout)
    for part, name in (_NAMES | _LETTER if as_letter else _NAMES).items():
        if part in layout.elements:
            _set(_added(document, name, part), layout.elements[part], layout)
    _running_text(document, layout)
    _headings(document, layout)
    _small_print(document, layout)
    _page_head(document, layout)
    _page(document.sections[0], layout)
    _page_number(document.sections[0], layout)
    return document


def lend(document: WordFile, layout: Layout) -> None:
    """Give a file that has styles of its own those that a report needs and it has not, as the layout wants them."""
    there = {style.name for style in document.styles}
    before = f"Dondoc{len(there)}"
    for part in ("annex", "annex_title", "place_and_date", "table"):
        if _NAMES[part] not in there:
            _set(_added(document, _NAMES[part], f"{before}_{part}"), layout.elements[part], layout)
    for level in (1, 2, 3):
        if f"Heading {level}" not in there:
            style = document.styles.add_style(f"Heading {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            _set(style, layout.elements["section"], layout)
            style.font.italic = level == 3 or None
            style.paragraph_format.first_line_indent = Mm(layout.body.first_line_mm)
            style.paragraph_format.space_after = Pt(layout.body.space_after_pt)
            style.paragraph_format.keep_with_next = True
    _small_print(document, layout, but=there, before=before)


def _strip(document: WordFile) -> None:
    """Take out the template's own styles, lists and thumbnail: an office's file shows the office's styles
    only.
    """
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT:
            styles.remove(style)
    for link in styles.iter(qn("w:link")):
        link.getparent().remove(link)
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED:
                del relations[key]


def _defaults(document: WordFile, layout: Layout) -> None:
    """One font and one language for the whole file, whatever the theme says."""
    styles = document.styles.element
    old = styles.find(qn("w:docDefaults"))
    font = layout.font
    new = parse_xml(
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    styles.replace(old, new)


def _added(document: WordFile, name: str, key: str) -> Any:
    """A new paragraph style; its key is plain letters, its name is what the officer reads."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == FOOTNOTE)
    style.element.set(qn("w:styleId"), key.replace("_", " ").title().replace(" ", ""))
    return style


def _set(style: Any, element: Element, layout: Layout) -> None:
    """Give a style the font, size and shape of a layout part, without indent or space."""
    _font(style, layout.font, element.size, bold=element.bold, italic=element.italic)
    style.font.underline = element.underline or None
    style.base_style = None
    form = style.paragraph_format
    form.alignment = _ALIGN[element.align]
    form.first_line_indent = Mm(0)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1.0
    style.quick_style = True


def _font(style: Any, name: str, size: float, *, bold: bool, italic: bool) -> None:
    style.font.name = name
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold or None, italic or None
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _running_text(document: WordFile, layout: Layout) -> None:
    style = document.styles["Normal"]
    _set(style, layout.elements["body"], layout)
    body, form = layout.body, style.paragraph_format
    form.alignment = _ALIGN[body.align]
    form.first_line_indent = Mm(body.first_line_mm)
    form.space_after = Pt(body.space_after_pt)
    form.widow_control = True
    if body.line_pt is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(body.line_pt)
    elif body.line_spacing is not None:
        form.line_spacing = body.line_spacing


def _headings(document: WordFile, layout: Layout) -> None:
    element = layout.elements["section"]
    for level in (1, 2, 3):
        style = document.styles[f"Heading {level}"]
        style.base_style = document.styles["Normal"]
        _font(style, layout.font, element.size, bold=element.bold, italic=level == 3)
        form = style.paragraph_format
        form.space_before = Pt(layout.body.space_after_pt if level == 1 else 0)
        form.space_after = Pt(layout.body.space_after_pt)
        form.keep_with_next = True


def _small_print(document: WordFile, layout: Layout, *, but: Collection[str] = (), before: str = "") -> None:
    """Captions, notes, footnotes and their raised marks, but for those that are there."""
    table, footnote = layout.elements["table"], layout.elements["footnote"]
    if CAPTION not in but:
        caption = _added(document, CAPTION, f"{before}_caption")
        _set(caption, table, layout)
        caption.font.bold = True
        caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.space_before = caption.paragraph_format.space_after = Pt(6)
        caption.paragraph_format.keep_with_next = True
    for name in (NOTE, FOOTNOTE):
        if name not in but:
            style = _added(document, name, f"{before}_note" if name == NOTE else f"{before}_footnote_text")
            _set(style, footnote, layout)
            if name == NOTE:
                style.font.italic = True
                style.paragraph_format.space_before = Pt(4)
    if MARK not in but:
        mark = document.styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True


def _page_head(document: WordFile, layout: Layout) -> None:
    """The look of the page number."""
    header = document.styles["Header"]
    _set(header, layout.elements["table"], layout)
    header.font.size = Pt(layout.page_number.size)
    header.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    header.paragraph_format.tab_stops.clear_all()


def _page(section: Section, layout: Layout) -> None:
    margins = layout.margins
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    edge = layout.page_number.from_edge_mm
    section.header_distance = Mm(edge if edge is not None else margins.top / 2)
    section.footer_distance = Mm(margins.bottom / 2)
    section.different_first_page_header_footer = not layout.page_number.on_first_page


def _page_number(section: Section, layout: Layout) -> None:
    """The page number, centred in the upper margin; a first page without a header of its own shows none."""
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Header"
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("shown", "2"), ("end", None)):
        run = paragraph.add_run()
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
        elif kind == "shown":
            run.text = text
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
