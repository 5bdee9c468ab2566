"""Real Word footnotes: the part of the file that python-docx does not write."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports.docx_styles import FOOTNOTE, MARK
from dondoc.office.reports.footnotes import FigureNote

_FOOTNOTES = RELATIONSHIP_TYPE.FOOTNOTES
# What stands behind the declaration of footnotes in the settings (ISO/IEC 29500-1, 17.15.1.78).
_AFTER_NOTES = frozenset(
    qn(f"w:{name}")
    for name in ("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping",
                 "doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol", "listSeparator")
) | {qn("m:mathPr")}  # fmt: skip


class Footnotes:
    """The footnotes of one file: hands out a mark at the first mention of a figure and writes them all at
    the end.
    """

    def __init__(self, document: WordFile, notes: dict[FigureValue, FigureNote]) -> None:
        self._document = document
        self._notes = notes
        self._placed: list[FigureNote] = []
        self._marked: set[int] = set()
        # A file that was not made here can have footnotes of its own; ours are numbered after them.
        self._own = next((r.target_part for r in document.part.rels.values() if r.reltype == _FOOTNOTES), None)
        self._first = 0 if self._own is None else max(_numbers(self._own.blob), default=0)

    def mark(self, paragraph: Paragraph, figure: FigureValue) -> None:
        """Set the raised mark of a figure's footnote, at its first mention only: Word numbers a note once."""
        note = self._notes[figure]
        if note.number in self._marked:
            return
        self._marked.add(note.number)
        self._placed.append(note)
        run = paragraph.add_run(style=MARK)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._first + len(self._placed)))
        run._r.append(reference)

    def write(self) -> None:
        """Add the footnotes to the file; without any mark nothing is added."""
        if not self._placed:
            return
        text, sign = (self._document.styles[name].style_id for name in (FOOTNOTE, MARK))
        notes = "".join(
            f'<w:footnote w:id="{self._first + number}"><w:p><w:pPr><w:pStyle w:val="{text}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{sign}"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r></w:p></w:footnote>'
            for number, note in enumerate(self._placed, start=1)
        )
        part = self._document.part
        if self._own is not None:
            root = parse_xml(self._own.blob)
            for note in parse_xml(f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>"):
                root.append(note)
            self._own._blob = serialize_part_xml(root)
            return
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:footnotes {nsdecls('w')}>{_line(-1, 'separator')}{_line(0, 'continuationSeparator')}{notes}"
            "</w:footnotes>"
        )
        name = PackURI("/word/footnotes.xml")
        footnotes = Part(name, CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), part.package)
        part.relate_to(footnotes, RELATIONSHIP_TYPE.FOOTNOTES)
        self._declare()

    def _declare(self) -> None:
        """Name the two separator lines in the settings, before the place where Word expects the rest."""
        settings = self._document.settings.element
        declared = parse_xml(
            f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        )
        if settings.find(qn("w:footnotePr")) is not None:
            return
        after = next((each for each in settings if each.tag in _AFTER_NOTES), None)
        if after is None:
            settings.append(declared)
        else:
            after.addprevious(declared)


def _numbers(content: bytes) -> list[int]:
    return [int(note.get(qn("w:id"), "0")) for note in parse_xml(content).iter(qn("w:footnote"))]


def _line(number: int, kind: str) -> str:
    return (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:ind w:firstLine="0"/>'
        f'<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
    )
