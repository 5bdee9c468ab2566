"""Word documents (.docx): paragraphs, tables, text boxes, footnotes, page heads, and the numbers of lists."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dondoc.reader.find.secrecy import secret_marking
from dondoc.reader.formats.fonts import Fonts
from dondoc.reader.formats.grid import Cell
from dondoc.reader.formats.legacy import marked, without_marks
from dondoc.reader.formats.limits import parse_xml, read_entry
from dondoc.reader.formats.numbering import Numbering
from dondoc.reader.formats.writer import TextWriter
from dondoc.reader.model import BlockKind, Document
from dondoc.reader.refusals import BrokenFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIP = frozenset({W + "del", W + "moveFrom", W + "instrText", W + "delText", _MC + "Fallback", W + "rPr", W + "pPr"})
_WRAPPERS = frozenset({W + n for n in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")})
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_DEEPEST = 40
_PAGE_HEAD = re.compile(r"(?:header|footer)\d*\.xml$")
# A letterhead that stands in the page header belongs to the reading; "Trang 2" does not.
_LETTERHEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM", re.IGNORECASE)


def load_docx(package: zipfile.ZipFile, main: str, *, name: str) -> Document:
    """Turns an opened Word package into a document; ``main`` is the part that holds its text."""
    folder = main.rpartition("/")[0] + "/" if "/" in main else ""

    def part(file: str) -> Any:
        data = read_entry(package, folder + file)
        return parse_xml(data.replace(_STRICT, _USUAL)) if data else None

    body = read_entry(package, main)
    root = parse_xml(body.replace(_STRICT, _USUAL)) if body else None
    content = root.find(W + "body") if root is not None else None
    if content is None:
        raise BrokenFile("Tệp Word bị hỏng: không có phần thân văn bản; đề nghị đưa lại bản gốc.")
    styles = part("styles.xml")
    word = _Word(Numbering(part("numbering.xml"), styles), Fonts(styles), part("footnotes.xml"))
    writer = TextWriter()
    late = _page_heads(package, folder, word, writer)
    word.blocks(content, writer, 0)
    word.write_footnotes(writer)
    for text, kind in late:
        writer.paragraph(text, kind, skip=True)
    return writer.document(name)


def _page_heads(package: zipfile.ZipFile, folder: str, word: _Word, writer: TextWriter) -> list[tuple[str, BlockKind]]:
    """Writes what must be read of the page headers, and gives the rest, which stands at the end and is not read."""
    late: list[tuple[str, BlockKind]] = []
    for file in sorted(n for n in package.namelist() if n.startswith(folder) and _PAGE_HEAD.match(n[len(folder) :])):
        data = read_entry(package, file)
        if not data:
            continue
        inner = TextWriter()
        word.blocks(parse_xml(data.replace(_STRICT, _USUAL)), inner, 0)
        text = "".join(inner.pieces)
        kind: BlockKind = "header" if "header" in file[len(folder) :] else "footer"
        if kind == "header" and _LETTERHEAD.search(without_marks(text)):
            for line in text.split("\n"):
                writer.paragraph(line, kind)
            continue
        if mark := secret_marking(without_marks(text)):
            # No part of the reading, but whoever takes the document in must see it.
            writer.paragraph(mark, kind)
        late += [(line, kind) for line in text.split("\n") if line.strip()]
    return late


@dataclass(slots=True)
class _Word:
    """What all parts of one Word document share."""

    numbering: Numbering
    fonts: Fonts
    notes: Any
    used_notes: list[str] = field(default_factory=list)

    def blocks(self, parent: Any, writer: TextWriter, depth: int) -> None:
        """Writes the paragraphs and tables that stand in a node."""
        if depth > _DEEPEST:
            raise BrokenFile("Tệp Word bị hỏng: các phần lồng nhau quá sâu; đề nghị đưa lại bản gốc.")
        for node in parent:
            if node.tag == W + "p":
                self._paragraph(node, writer, depth)
            elif node.tag == W + "tbl":
                self._table(node, writer, depth)
            elif node.tag in _WRAPPERS:
                self.blocks(node, writer, depth + 1)

    def _paragraph(self, node: Any, writer: TextWriter, depth: int) -> None:
        boxes: list[Any] = []
        text = "".join(self._runs(node, boxes, self.fonts.of_paragraph(node), 0))
        label = self.numbering.label(node) if without_marks(text).strip() else ""
        writer.paragraph(label + text)
        for box in boxes:
            inner = TextWriter()
            if box.tag == _WORD_ART:
                # Letters drawn as a picture: a watermark or a stamp.
                inner.paragraph(without_marks(box.get("string") or ""))
            self.blocks(box, inner, depth + 1)
            for line in "".join(inner.pieces).split("\n"):
                if line.strip():
                    writer.paragraph(line, "box")

    def _runs(self, node: Any, boxes: list[Any], encoding: str | None, depth: int) -> Iterator[str]:
        """The text of a paragraph; text boxes inside it are set aside, hidden text is left out."""
        if depth > _DEEPEST * 2:
            return
        for child in node:
            tag = child.tag
            if tag in _SKIP or not isinstance(tag, str):
                continue
            if tag in (W + "t", _MATH_TEXT):
                text = without_marks(child.text or "").replace("\n", " ")
                yield marked(text, encoding) if encoding else text
            elif tag in (W + "tab", W + "ptab"):
                yield "\t"
            elif tag in (W + "br", W + "cr"):
                yield "\n"
            elif tag == W + "noBreakHyphen":
                yield "-"
            elif tag in (W + "txbxContent", _WORD_ART):
                boxes.append(child)
            elif tag == W + "footnoteReference":
                self.used_notes.append(str(child.get(W + "id")))
            elif tag == W + "r":
                if not _is_hidden(child):
                    yield from self._runs(child, boxes, self.fonts.of_run(child, encoding), depth + 1)
            else:
                yield from self._runs(child, boxes, encoding, depth + 1)

    def _table(self, table: Any, writer: TextWriter, depth: int) -> None:
        rows = [row for row in _own(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        if table.find(f".//{W}tc//{W}tbl") is not None and all(len(list(_own(row, "tc"))) <= 2 for row in rows):
            # A table around other tables only lays out the page.
            for row in rows:
                for cell in _own(row, "tc"):
                    self.blocks(cell, writer, depth + 1)
            return
        out: list[list[Cell]] = []
        above: dict[int, Cell] = {}
        for row in rows:
            head = row.find(f"{W}trPr/{W}tblHeader")
            cells: list[Cell] = [Cell([]) for _ in range(min(_number(row.find(f"{W}trPr/{W}gridBefore"), 0), 50))]
            column = len(cells)
            for node in _own(row, "tc"):
                width = _number(node.find(f"{W}tcPr/{W}gridSpan"), 1)
                merged = node.find(f"{W}tcPr/{W}vMerge")
                lines = self._lines(node, depth)
                goes_on = merged is not None and merged.get(W + "val") != "restart"
                if goes_on and column in above and not any(line.strip() for line in lines):
                    above[column].rows += 1
                else:
                    cell = Cell(lines, 1, width, head is not None and head.get(W + "val") not in ("0", "false"))
                    cells.append(cell)
                    above.pop(column, None)
                    if merged is not None:
                        above[column] = cell
                column += width
            out.append(cells)
        writer.table(out)

    def _lines(self, cell: Any, depth: int) -> list[str]:
        inner = TextWriter()
        self.blocks(cell, inner, depth + 1)
        return [line for line in "".join(inner.pieces).split("\n") if line.strip()]

    def write_footnotes(self, writer: TextWriter) -> None:
        """Writes the footnotes that the text refers to after it, in their order."""
        if self.notes is None or not self.used_notes:
            return
        by_id = {str(note.get(W + "id")): note for note in self.notes}
        for number, used in enumerate(dict.fromkeys(self.used_notes), start=1):
            note = by_id.get(used)
            inner = TextWriter()
            if note is not None:
                self.blocks(note, inner, 1)
            text = " ".join(" ".join(inner.pieces).split())
            if text:
                writer.paragraph(f"[{number}] {text}", "footnote")


def _own(node: Any, tag: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, through what Word wraps around them."""
    for child in node:
        if child.tag == W + tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _own(child, tag)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val") not in ("0", "false")


def _number(node: Any, default: int) -> int:
    value = node.get(W + "val") if node is not None else None
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 4 else default
