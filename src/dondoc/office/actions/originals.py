"""Files: the same bytes are kept once in an office, whoever brings them, with whatever they come."""

from __future__ import annotations

from collections.abc import Mapping

from dondoc.office.actions.history import Writing
from dondoc.office.models import Original
from dondoc.office.queries import documents
from dondoc.rules.chain import digest_bytes

Found = Mapping[str, Original]  # by their fingerprints


def keep_file(
    w: Writing, content: bytes, filename: str, *, sha256: str = "", found: Found | None = None
) -> tuple[Original, list[Original]]:
    """Give the file with these bytes, and the row to be written where the office does not hold it yet.

    `sha256` and `found` spare the work of a caller who has the fingerprint, or looked many files up at once.
    """
    sha256 = sha256 or digest_bytes(content)
    held = (documents.originals([sha256], office_id=w.office.pk) if found is None else found).get(sha256)
    if held is not None:
        return held, []
    made = w.new(
        Original,
        office=w.office,
        sha256=sha256,
        filename=filename[-255:],
        media_type=documents.media_type(filename),
        size=len(content),
        content=content,
    )
    return made, [made]
