"""Removals: a document withdrawn as wrong, or expunged as secret by two persons."""

from dondoc.office.actions.removals.backups import record_backup
from dondoc.office.actions.removals.expunging import ask_expunging, expunge, take_back_expunging, word_to_type
from dondoc.office.actions.removals.withdrawing import RemovalRefused, put_back, withdraw_document

__all__ = [
    "RemovalRefused",
    "ask_expunging",
    "expunge",
    "put_back",
    "record_backup",
    "take_back_expunging",
    "withdraw_document",
    "word_to_type",
]
