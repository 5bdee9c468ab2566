"""Reading a document, from the file to what it asks of whom: all stages in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dondoc.reader.assemble import collect_findings
from dondoc.reader.clean import clean
from dondoc.reader.confidence import with_confidence
from dondoc.reader.conflicts import Source, find_conflicts
from dondoc.reader.find.checks import check_claims
from dondoc.reader.find.citations import find_citations
from dondoc.reader.find.clauses import find_clauses
from dondoc.reader.find.duties import find_assignments
from dondoc.reader.find.frame import frame_of
from dondoc.reader.find.header import find_header
from dondoc.reader.find.petitions import find_petitions
from dondoc.reader.find.quantities import find_claims
from dondoc.reader.find.resolve import with_agencies
from dondoc.reader.find.secrecy import secret_marking
from dondoc.reader.formats import load, page_picture
from dondoc.reader.model import Citation, Conflict, Document, Due, Header, Reading
from dondoc.reader.output import conflict_json, to_json
from dondoc.reader.refusals import EmptyFile, ReaderRefusal

__all__ = [
    "VERSION",
    "Citation",
    "Conflict",
    "Document",
    "Due",
    "Header",
    "ReaderRefusal",
    "Reading",
    "compare",
    "conflict_json",
    "page_picture",
    "read_bytes",
    "read_document",
    "read_file",
    "read_head",
    "read_text",
    "secret_marking",
    "to_json",
]

VERSION = "1"


def read_file(path: Path | str, *, issued_on: date | None = None) -> Reading:
    """Reads one file from the disk; raises a :class:`ReaderRefusal` that says why it cannot be read."""
    path = Path(path)
    return read_bytes(path.read_bytes(), name=path.name, issued_on=issued_on)


def read_bytes(data: bytes, *, name: str, issued_on: date | None = None) -> Reading:
    """Reads the bytes of a file; ``name`` helps to tell what kind of file it is."""
    return read_document(load(data, name=name), issued_on=issued_on)


def read_head(data: bytes, *, name: str) -> tuple[Document, Header]:
    """Reads the words of a file and what stands at its head and foot, and leaves what it asks of whom for later.

    ``read_document`` goes on from its document, so that a scan is recognised once.
    """
    document = load(data, name=name)
    return document, find_header(clean(document.text, document.skips), document.name)


def read_text(text: str, *, name: str = "", issued_on: date | None = None) -> Reading:
    """Reads a text that was pasted. ``issued_on`` is the day the officer gives where the text has none."""
    return read_document(Document(text=text, name=name), issued_on=issued_on)


def compare(readings: Sequence[Reading]) -> list[Conflict]:
    """What several documents state differently about the same thing; see :mod:`dondoc.reader.conflicts`."""
    return find_conflicts([Source(r.document.name, r.document_header.issued_on, r.claims) for r in readings])


def read_document(document: Document, *, issued_on: date | None = None) -> Reading:
    """Runs every stage on a document that is already text."""
    if not document.text.strip():
        raise EmptyFile("Văn bản không có chữ nào để đọc.")
    text = clean(document.text, document.skips)
    header = find_header(text, document.name)
    on = header.issued_on or issued_on
    frame = frame_of(text)
    clauses = find_clauses(frame)
    citations = find_citations(text)
    petitions = find_petitions(frame)
    assignments = find_assignments(frame, header, issued_on=on, petitions=petitions)
    assignments = with_confidence(assignments, document.text, header)
    assignments = with_agencies(assignments, issuer=header.issuer, on=on)
    claims = find_claims(text, header)
    checks = check_claims(claims)
    return Reading(
        document=document,
        document_header=header,
        clauses=tuple(clauses),
        citations=tuple(citations),
        assignments=tuple(assignments),
        petitions=tuple(petitions),
        claims=tuple(claims),
        checks=tuple(checks),
        findings=collect_findings(citations, assignments, petitions, claims),
        version=VERSION,
    )
