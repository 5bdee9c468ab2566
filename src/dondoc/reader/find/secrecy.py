"""Secrecy marks: a document that bears one must not be kept on this machine."""

from __future__ import annotations


def secret_marking(text: str) -> str | None:
    """Says which secrecy mark (MẬT, TỐI MẬT, TUYỆT MẬT) a document bears, or None."""
    return None
