"""Promises that the same document asks the same of the same, whether it comes as text, Word file or web page."""

import html
import io
from pathlib import Path

import docx
import pytest

from dondoc.reader.api import read_bytes, to_json

DOCS = Path(__file__).parents[2] / "corpus/own/docs"
NAMES = ("003-chi-thi-tinh-2025", "008-ke-hoach-bang", "016-ket-luan-thuong-truc-thanh-uy", "029-ke-hoach-dang-bang")


def runs(text: str) -> list[list[str]]:
    """The lines of a text; those with tabs that stand together are one table."""
    out: list[list[str]] = []
    for line in text.splitlines():
        if "\t" in line and out and "\t" in out[-1][0]:
            out[-1].append(line)
        else:
            out.append([line])
    return out


def as_word(text: str) -> bytes:
    document = docx.Document()
    for lines in runs(text):
        if "\t" not in lines[0]:
            document.add_paragraph(lines[0])
            continue
        cells = [line.split("\t") for line in lines]
        table = document.add_table(rows=len(cells), cols=max(map(len, cells)))
        for row, found in zip(table.rows, cells, strict=True):
            for cell, words in zip(row.cells, found, strict=False):
                cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_page(text: str) -> bytes:
    parts = []
    for lines in runs(text):
        if "\t" not in lines[0]:
            parts.append(f"<p>{html.escape(lines[0])}</p>")
            continue
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t")) for line in lines)
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return f"<!doctype html><html><meta charset=utf-8><body>{''.join(parts)}</body></html>".encode()


def asked(data: bytes, name: str) -> list[tuple[object, ...]]:
    found = to_json(read_bytes(data, name=name))["assignments"]
    return [
        (a["leads"], a["coordinators"], a["due"] and (a["due"]["kind"], a["due"].get("on"), a["due"].get("every")))
        for a in found
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("made", "kind"), [(as_word, "docx"), (as_page, "html")])
def test_a_document_asks_the_same_in_every_format(name: str, made: object, kind: str) -> None:
    text = (DOCS / f"{name}.txt").read_text("utf-8")
    assert callable(made)
    assert asked(made(text), f"{name}.{kind}") == asked(text.encode(), f"{name}.txt")
