"""Web pages: the text a person sees, block by block."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from dondoc.reader.formats.grid import Cell
from dondoc.reader.formats.legacy import without_marks
from dondoc.reader.formats.numbering import as_format
from dondoc.reader.formats.writer import TextWriter
from dondoc.reader.model import Document
from dondoc.reader.refusals import BrokenFile

_HIDDEN = frozenset(
    {
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "nav",
        "button",
        "audio",
        "video",
        "canvas",
        "map",
        "math",
    }
)
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
        "address",
        "details",
        "summary",
        "fieldset",
        "hr",
        "table",
        "tr",
        "td",
        "th",
        "caption",
    }
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# An item that already says its number, as people write it who do not trust the list.
_NUMBERED = re.compile(r"(?:\d{1,3}|[a-zđ]|[IVX]{1,5})[.)/]\s")
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
_DEEPEST = 250


def load_html(data: bytes, *, name: str) -> Document:
    """Turns the bytes of a web page into a document."""
    try:
        parser = lxml_html.HTMLParser(no_network=True, encoding=_encoding(data))
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        raise BrokenFile("Tệp HTML bị hỏng hoặc không có nội dung; đề nghị lưu lại trang rồi đưa vào lại.") from error
    writer = TextWriter()
    line: list[str] = []
    _walk(root, writer, line, 0)
    _flush(writer, line)
    return writer.document(name)


def _encoding(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Label(str):
    """The number of an item of a list: no text of the page, but read with the words that follow it."""

    __slots__ = ()


def _flush(writer: TextWriter, line: list[str]) -> None:
    said = [part for part in line if not isinstance(part, _Label)]
    text = " ".join(without_marks("".join(said)).split())
    if not text:
        # The number waits for the first words of its item.
        line[:] = [part for part in line if isinstance(part, _Label)]
        return
    if not _NUMBERED.match(text):
        text = " ".join([*(part for part in line if isinstance(part, _Label) and part), text])
    line.clear()
    if text:
        writer.paragraph(text)


def _is_hidden(node: Any) -> bool:
    return (
        node.tag in _HIDDEN
        or node.get("hidden") is not None
        or (node.get("style") is not None and _INVISIBLE.search(node.get("style")) is not None)
    )


def _walk(node: Any, writer: TextWriter, line: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise BrokenFile("Tệp HTML bị hỏng: các phần lồng nhau quá sâu.")
    tag = node.tag if isinstance(node.tag, str) else ""
    if not tag or _is_hidden(node):
        return
    # A table around other tables only lays out the page.
    if tag == "table" and node.find(".//table") is None:
        _flush(writer, line)
        for caption in node.iterchildren("caption"):
            _walk(caption, writer, line, depth + 1)
        writer.table(_rows(node, depth))
        return
    if tag == "br":
        _flush(writer, line)
        return
    block = tag in _BLOCKS
    if block:
        _flush(writer, line)
    line.append(node.text or "")
    numbers = _numbers(node) if tag == "ol" else None
    for child in node:
        if numbers is not None and child.tag == "li":
            _flush(writer, line)
            line[:] = [_Label(numbers(child))]
        _walk(child, writer, line, depth + 1)
        line.append(child.tail or "")
    if block:
        _flush(writer, line)
    if tag == "li":
        line[:] = [part for part in line if not isinstance(part, _Label)]


def _numbers(ol: Any) -> Callable[[Any], str]:
    """Gives the number that stands before each item of an ordered list, asked in their order."""
    style, kind = ol.get("style") or "", ol.get("type") or "1"
    step = -1 if ol.get("reversed") is not None else 1
    at = _whole(ol.get("start"))
    if at is None:
        at = 1 if step == 1 else sum(1 for _item in ol.iterchildren("li"))
    here = [at - step]

    def number(li: Any) -> str:
        own = _whole(li.get("value"))
        here[0] = here[0] + step if own is None else own
        if _UNNUMBERED.search(style) or _UNNUMBERED.search(li.get("style") or ""):
            return ""
        # Before the first letter there is none: a browser writes the number.
        return f"{as_format(here[0], _KINDS.get(kind, 'decimal') if here[0] > 0 else 'decimal')}."

    return number


def _whole(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _rows(table: Any, depth: int) -> list[list[Cell]]:
    """The rows of a table itself, not of the tables in its cells."""
    rows = []
    for group in table:
        if group.tag in ("thead", "tbody", "tfoot"):
            rows += [(row, group.tag == "thead") for row in group.iterchildren("tr")]
        elif group.tag == "tr":
            rows.append((group, False))
    return [
        [_cell(cell, in_head, depth) for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell)]
        for row, in_head in rows
        if not _is_hidden(row)
    ]


def _cell(cell: Any, in_head: bool, depth: int) -> Cell:
    inner = TextWriter()
    line: list[str] = [cell.text or ""]
    for child in cell:
        _walk(child, inner, line, depth + 2)
        line.append(child.tail or "")
    _flush(inner, line)
    lines = [text for text in "".join(inner.pieces).split("\n") if text.strip()]
    # A heading cell at a row's left names the row, not a column.
    head = in_head or (cell.tag == "th" and cell.get("scope") not in ("row", "rowgroup") and _heads_only(cell))
    return Cell(lines, _number(cell.get("rowspan")), _number(cell.get("colspan")), head)


def _heads_only(cell: Any) -> bool:
    return all(other.tag == "th" for other in cell.getparent() if other.tag in ("td", "th"))


def _number(value: str | None) -> int:
    value = (value or "").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 5 else 1
