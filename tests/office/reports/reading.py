"""Opens a Word file again and reads out what a person would see in it, without the program that wrote it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordFile
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(content: bytes) -> WordFile:
    """The file through python-docx."""
    return Document(io.BytesIO(content))


def part(content: bytes, name: str) -> etree._Element:
    """One XML part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return etree.fromstring(file.read(name))


def pictures(content: bytes) -> list[bytes]:
    """The pictures of the file, in the order of their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return [file.read(name) for name in sorted(file.namelist()) if name.startswith("word/media/")]


def select(element: etree._Element, selector: str) -> list[etree._Element]:
    """The elements of a page by a plain selector: names, classes, "a inside b" ("figure.chart tbody tr")."""
    path = "."
    for step in selector.split():
        name, _, mark = step.partition(".")
        path += f"//{name or '*'}"
        if mark:
            path += f"[contains(concat(' ', normalize-space(@class), ' '), ' {mark} ')]"
    return list(element.xpath(path))


def words(element: etree._Element) -> str:
    """The words under an element as they are read; a hyphen that holds a line together is a hyphen."""
    pieces = []
    for node in element.iter(f"{W}t", f"{W}br", f"{W}noBreakHyphen"):
        pieces.append({f"{W}t": node.text or "", f"{W}br": "\n"}.get(str(node.tag), "-"))
    return "".join(pieces)


def paragraphs(content: bytes) -> list[str]:
    """Every paragraph of the body that has words, tables included, in reading order."""
    body = part(content, "word/document.xml")
    return [line for line in (words(paragraph) for paragraph in body.iter(f"{W}p")) if line]


def tables(content: bytes) -> list[list[list[str]]]:
    """The ruled tables (those with a repeated line of titles) as rows of cell words."""
    body = part(content, "word/document.xml")
    return [
        [[words(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        for table in body.iter(f"{W}tbl")
        if table.find(f".//{W}tblHeader") is not None
    ]


@dataclass(frozen=True)
class Noted:
    """A printed number and the footnote set to it."""

    shown: str
    note: str


def noted(content: bytes) -> list[Noted]:
    """Every footnote mark with the words just before it and the note that it leads to."""
    notes = {
        note.get(f"{W}id"): words(note).strip()
        for note in part(content, "word/footnotes.xml").iter(f"{W}footnote")
        if note.get(f"{W}type") is None
    }
    found = []
    for mark in part(content, "word/document.xml").iter(f"{W}footnoteReference"):
        before = mark.getparent().getprevious()
        found.append(Noted(words(before), notes.pop(mark.get(f"{W}id"))))
    assert notes == {}, "footnotes that no mark leads to"
    return found
