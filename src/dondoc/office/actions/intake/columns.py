"""What was read, cut to what a column holds: the whole of it stands in the text."""

from __future__ import annotations

from dondoc.office.models.facts import Recorded


def fit(model: type[Recorded], field: str, text: str | None) -> str:
    """Cut what was read to what the column holds: the whole of it stands in the text."""
    return (text or "")[: getattr(model._meta.get_field(field), "max_length", None)]
