"""The picture of a page, drawn from the file that was kept whenever somebody looks at it."""

from __future__ import annotations

from dondoc.office.access import Viewer
from dondoc.office.queries import readings
from dondoc.reader import api as reader


def picture(document_id: int, number: int, *, viewer: Viewer) -> tuple[bytes, str]:
    """Draw one page of a document, counted from 1: the picture and its kind; refused when it is not in sight."""
    readings.fingerprint(document_id, number, viewer=viewer)
    try:
        return reader.page_picture(readings.file_of_page(document_id, viewer=viewer), number)
    except reader.ReaderRefusal as refusal:
        raise readings.NotYetRead(str(refusal)) from refusal
