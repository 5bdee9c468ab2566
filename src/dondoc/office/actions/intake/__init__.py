"""Intake: a document comes in, is kept as it came, and is read."""

from dondoc.office.actions.intake.failing import fail_reading, give_up, read_or_fail
from dondoc.office.actions.intake.reading import READER_VERSION, keep_reading, read_again, read_document
from dondoc.office.actions.intake.taking import (
    FIRST_YEAR,
    READ_JOB,
    Incoming,
    IntakeRefused,
    Place,
    SecretRefused,
    TakenIn,
    is_slow,
    placed,
    refuse_secret,
    take_in,
)

__all__ = [
    "FIRST_YEAR",
    "READER_VERSION",
    "READ_JOB",
    "Incoming",
    "IntakeRefused",
    "Place",
    "SecretRefused",
    "TakenIn",
    "fail_reading",
    "give_up",
    "is_slow",
    "keep_reading",
    "placed",
    "read_again",
    "read_document",
    "read_or_fail",
    "refuse_secret",
    "take_in",
]
