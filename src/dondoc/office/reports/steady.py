"""Files in a zip that are the same bytes on any day and machine: every part carries the report's own day."""

from __future__ import annotations

import io
import zipfile
from datetime import date


def steady_zip(raw: bytes, on: date, *, added: dict[str, bytes] | None = None) -> bytes:
    """Write a zip anew with one date on every part and nothing of the machine; `added` names further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        parts = {name: source.read(name) for name in source.namelist()} | (added or {})
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system, part.external_attr = 0, 0
            target.writestr(part, content)
    return out.getvalue()
