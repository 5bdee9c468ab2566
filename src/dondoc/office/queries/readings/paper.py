"""The pages of a document's paper, with boxes over the words that were found."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.models import Document, DocumentPage
from dondoc.office.queries.readings.decisions import NotYetRead
from dondoc.office.queries.readings.marking import Stretch
from dondoc.reader.model import Page, Span
from dondoc.rules.places import PlacesUnreadable, unpack

INSET = 1.0  # points by which a box is wider than its words


@dataclass(frozen=True, slots=True)
class Shape:
    """A box over found words, in points of the page, written as a drawing takes them."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number from 1, its size in points, whether its words were recognised, and its boxes."""

    number: int
    width: int
    height: int
    is_scanned: bool
    shapes: tuple[Shape, ...]


def sheets(document_id: int, spans: Sequence[Stretch], *, viewer: Viewer) -> list[Sheet]:
    """Lay the found words of a document over its pages; a document that is no paper has no pages."""
    if not viewer.sees_all:
        return []
    rows = DocumentPage.objects.filter(document_id=document_id, document__office_id=viewer.office_id)
    ordered = sorted(spans)
    return [_sheet(row, ordered) for row in rows.order_by("number")]


def _sheet(row: DocumentPage, spans: Sequence[Stretch]) -> Sheet:
    try:
        starts, ends, edges = unpack(bytes(row.places))
    except PlacesUnreadable:  # the picture is shown all the same, without boxes
        starts, ends, edges = array("I"), array("I"), array("f")
    page = Page(row.number, row.width, row.height, starts, ends, edges, row.is_scanned)
    shapes = tuple(shape for span in _on(page, spans) for shape in _shapes(page, span))
    return Sheet(row.number, round(row.width), round(row.height), row.is_scanned, shapes)


def _on(page: Page, spans: Sequence[Stretch]) -> Iterable[Stretch]:
    """Keep the spans that begin before the page's last word ends; those that ended before it have no box on it."""
    if not page.starts:
        return ()
    return spans[: bisect_left(spans, (max(page.ends),))]


def _shapes(page: Page, span: Stretch) -> Iterable[Shape]:
    start, end, kind, key = span
    if end <= page.starts[0]:
        return
    for box in page.boxes(Span(start, end)):
        yield Shape(
            x=f"{box.left - INSET:.1f}",
            y=f"{box.top - INSET:.1f}",
            width=f"{box.right - box.left + 2 * INSET:.1f}",
            height=f"{box.bottom - box.top + 2 * INSET:.1f}",
            kind=kind,
            of=f"{kind[0]}{key}" if key else "",
        )


def fingerprint(document_id: int, number: int, *, viewer: Viewer) -> str:
    """Say which picture a page of a document is; refused when the page is not there or not in the viewer's sight."""
    rows = DocumentPage.objects.filter(document_id=document_id, number=number, document__office_id=viewer.office_id)
    sha256 = rows.values_list("document__original__sha256", flat=True).first()
    if sha256 is None or not viewer.sees_all:
        raise no_such_page()
    return f"{sha256}-{number}"


def file_of_page(document_id: int, *, viewer: Viewer) -> bytes:
    """Give the file of which a page is to be drawn; refused when it is not in the viewer's sight."""
    rows = Document.objects.filter(pk=document_id, office_id=viewer.office_id)
    content = rows.values_list("original__content", flat=True).first()
    if content is None or not viewer.sees_all:
        raise no_such_page()
    return bytes(content)


def no_such_page() -> NotYetRead:
    """Refuse a page that is not there."""
    return NotYetRead(_("There is no such page, or the document concerns other agencies only."))
