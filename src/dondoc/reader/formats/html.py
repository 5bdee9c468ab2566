"""Web pages: the text a person sees, block by block."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml import html as lxml_html

from dondoc.reader.formats.writer import TextWriter
from dondoc.reader.model import Document
from dondoc.reader.refusals import BrokenFile

_HIDDEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "iframe", "object", "select", "nav"})
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "ul",
        "ol",
        "pre",
        "main",
        "body",
        "center",
        "dl",
        "dt",
        "dd",
        "form",
        "aside",
        "figure",
        "figcaption",
    }
)
_DEEPEST = 250


def load_html(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a web page into a document."""
    try:
        parser = lxml_html.HTMLParser(no_network=True, encoding=_encoding(data))
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        raise BrokenFile("Tệp HTML bị hỏng hoặc không có nội dung.") from error
    writer = TextWriter()
    line: list[str] = []
    _walk(root, writer, line, 0)
    _flush(writer, line)
    return writer.document(name)


def _encoding(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _flush(writer: TextWriter, line: list[str]) -> None:
    text = " ".join("".join(line).split())
    line.clear()
    if text:
        writer.paragraph(text)


def _walk(node: Any, writer: TextWriter, line: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise BrokenFile("Tệp HTML bị hỏng: các phần lồng nhau quá sâu.")
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag in _HIDDEN or not tag:
        return
    if tag == "table":
        _flush(writer, line)
        writer.table(_rows(node))
        return
    if tag == "br":
        _flush(writer, line)
        return
    block = tag in _BLOCKS
    if block:
        _flush(writer, line)
    line.append(node.text or "")
    for child in node:
        _walk(child, writer, line, depth + 1)
        line.append(child.tail or "")
    if block:
        _flush(writer, line)


def _rows(table: Any) -> list[list[list[str]]]:
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = []
        for cell in row:
            if cell.tag in ("td", "th"):
                inner = TextWriter()
                line: list[str] = []
                _walk_cell(cell, inner, line)
                cells.append([text for text in "".join(inner.pieces).split("\n") if text.strip()])
        rows.append(cells)
    return rows


def _walk_cell(cell: Any, writer: TextWriter, line: list[str]) -> None:
    line.append(cell.text or "")
    for child in cell:
        _walk(child, writer, line, 1)
        line.append(child.tail or "")
    _flush(writer, line)
