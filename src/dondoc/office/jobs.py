"""Work that goes on in the background: each name of a job mapped to the action it runs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.intake import READ_JOB, read_document
from dondoc.office.queries import documents

READER = "Bộ đọc văn bản"


@app.task(name=READ_JOB, retry=3)
def read(document_id: int) -> None:
    """Read a document that was taken in."""
    office_id = documents.office_of(document_id)
    actor = Actor(Viewer(user_id=None, office_id=office_id, role="officer"), READER)
    read_document(document_id, actor=actor)
