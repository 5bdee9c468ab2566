"""Word documents (.docx): paragraphs, tables, text boxes, and the numbers of numbered lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from dondoc.reader.find.secrecy import secret_marking
from dondoc.reader.formats.limits import open_package, read_entry
from dondoc.reader.formats.numbering import Numbering
from dondoc.reader.formats.writer import TextWriter
from dondoc.reader.model import Document
from dondoc.reader.refusals import BrokenFile, UnknownFormat

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIP = frozenset({W + "del", W + "moveFrom", W + "instrText", W + "delText", _MC + "Fallback", W + "rPr", W + "pPr"})
_DEEPEST = 40
_PAGE_HEAD = re.compile(r"word/(?:header|footer)\d*\.xml$")


def parse_xml(data: bytes) -> Any:
    """An XML tree without entities, network or huge nodes; refuses what is not well formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFile("Tệp Word bị hỏng: nội dung bên trong không đúng định dạng.") from error


def load_docx(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a .docx file into a document."""
    with open_package(data) as package:
        body = read_entry(package, "word/document.xml")
        if body is None:
            names = set(package.namelist())
            if any(n.startswith("xl/") for n in names):
                raise UnknownFormat("Tệp Excel chưa đọc được; đề nghị đưa văn bản dạng .docx.")
            if any(n.startswith("ppt/") for n in names) or "mimetype" in names:
                raise UnknownFormat("Tệp không phải văn bản Word (.docx); đề nghị lưu lại thành .docx.")
            raise UnknownFormat("Tệp nén không phải là văn bản Word (.docx).")
        stamps = [read_entry(package, n) for n in package.namelist() if _PAGE_HEAD.match(n)]
        numbers, styles = read_entry(package, "word/numbering.xml"), read_entry(package, "word/styles.xml")
    numbering = Numbering(parse_xml(numbers) if numbers else None, parse_xml(styles) if styles else None)
    root = parse_xml(body)
    writer = TextWriter()
    for stamp in stamps:
        # Page headers are no part of the reading, but a secrecy mark in one must be seen by whoever takes it in.
        page_head = "\n".join("".join(_runs(p, [], 0)) for p in parse_xml(stamp).iter(W + "p")) if stamp else ""
        if mark := secret_marking(page_head):
            writer.paragraph(mark, "header")
    main = root.find(W + "body")
    if main is None:
        raise BrokenFile("Tệp Word bị hỏng: không có phần thân văn bản.")
    _blocks(main, writer, numbering, 0)
    return writer.document(name)


def _blocks(parent: Any, writer: TextWriter, numbering: Numbering, depth: int) -> None:
    if depth > _DEEPEST:
        raise BrokenFile("Tệp Word bị hỏng: các phần lồng nhau quá sâu.")
    for node in parent:
        if node.tag == W + "p":
            _paragraph(node, writer, numbering, depth)
        elif node.tag == W + "tbl":
            writer.table(list(_rows(node, numbering, depth)))
        elif node.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "smartTag", W + "customXml"):
            _blocks(node, writer, numbering, depth + 1)


def _paragraph(node: Any, writer: TextWriter, numbering: Numbering, depth: int) -> None:
    boxes: list[Any] = []
    text = "".join(_runs(node, boxes, 0))
    label = numbering.label(node) if text.strip() else ""
    writer.paragraph(label + text)
    for box in boxes:
        inner = TextWriter()
        _blocks(box, inner, numbering, depth + 1)
        for line in "".join(inner.pieces).split("\n"):
            if line.strip():
                writer.paragraph(line, "box")


def _runs(node: Any, boxes: list[Any], depth: int) -> Iterator[str]:
    """The text of a paragraph; text boxes inside it are set aside."""
    if depth > _DEEPEST * 2:
        return
    for child in node:
        tag = child.tag
        if tag in _SKIP or not isinstance(tag, str):
            continue
        if tag == W + "t":
            yield child.text or ""
        elif tag == W + "tab":
            yield "\t"
        elif tag in (W + "br", W + "cr"):
            yield "\n"
        elif tag == W + "noBreakHyphen":
            yield "-"
        elif tag == W + "txbxContent":
            boxes.append(child)
        else:
            yield from _runs(child, boxes, depth + 1)


def _rows(table: Any, numbering: Numbering, depth: int) -> Iterator[list[list[str]]]:
    """The rows of a table; a cell merged with the one above repeats its text."""
    above: dict[int, list[str]] = {}
    for row in table.iter(W + "tr"):
        if next(row.iterancestors(W + "tbl")) is not table:
            continue
        cells: list[list[str]] = []
        column = 0
        for cell in row.iter(W + "tc"):
            if next(cell.iterancestors(W + "tr")) is not row:
                continue
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            inner = TextWriter()
            _blocks(cell, inner, numbering, depth + 1)
            text = [line for line in "".join(inner.pieces).split("\n") if line.strip()]
            if merged is not None and merged.get(W + "val") != "restart" and not text:
                text = above.get(column, [])
            above[column] = text
            cells.append(text)
            column += _number(span)
        yield cells


def _number(span: Any) -> int:
    value = span.get(W + "val") if span is not None else "1"
    return int(value) if value and value.isdigit() and len(value) < 4 else 1
