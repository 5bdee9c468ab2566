"""Readings: a named person accepts, changes, merges, splits, refuses what the reader proposed, or takes that back."""

from dondoc.office.actions.readings.accepting import (
    Acceptance,
    Accepted,
    accept_proposal,
    accept_proposals,
    merge_proposals,
    split_proposal,
)
from dondoc.office.actions.readings.refusals import AlreadyBegun, AlreadyDecided, ReadingRefused
from dondoc.office.actions.readings.refusing import refuse_proposal, withdraw_decision

__all__ = [
    "Acceptance",
    "Accepted",
    "AlreadyBegun",
    "AlreadyDecided",
    "ReadingRefused",
    "accept_proposal",
    "accept_proposals",
    "merge_proposals",
    "refuse_proposal",
    "split_proposal",
    "withdraw_decision",
]
