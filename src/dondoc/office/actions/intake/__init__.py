"""Intake: a document comes in, is kept as it came, and is read."""

from dondoc.office.actions.intake.reading import read_document
from dondoc.office.actions.intake.taking import (
    FIRST_YEAR,
    READ_JOB,
    Incoming,
    IntakeRefused,
    SecretRefused,
    TakenIn,
    refuse_secret,
    take_in,
)

__all__ = [
    "FIRST_YEAR",
    "READ_JOB",
    "Incoming",
    "IntakeRefused",
    "SecretRefused",
    "TakenIn",
    "read_document",
    "refuse_secret",
    "take_in",
]
