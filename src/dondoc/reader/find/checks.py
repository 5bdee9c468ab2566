"""Arithmetic between the numbers of one document."""

from __future__ import annotations

from collections.abc import Sequence

from dondoc.reader.model import Check, Claim


def check_claims(claims: Sequence[Claim]) -> list[Check]:
    """Says which totals are the sum of their parts and which numbers contradict each other."""
    return []
