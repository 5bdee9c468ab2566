"""Clauses with what was made of each: tasks, documents, indicators, urges, or nothing."""

from dondoc.office.queries.clauses.ended import Ended, ended, untied
from dondoc.office.queries.clauses.rows import (
    ClauseLink,
    ClauseRow,
    ClauseTask,
    NoSuchClause,
    Release,
    Which,
    clause,
    clauses,
    kept,
    listed,
    of_whole,
)
from dondoc.office.queries.clauses.single import is_concrete, is_released, is_tied, release, row, tie
from dondoc.office.queries.clauses.ties import CONCRETE, KINDS, Coverage, coverages, followed

__all__ = [
    "CONCRETE",
    "KINDS",
    "ClauseLink",
    "ClauseRow",
    "ClauseTask",
    "Coverage",
    "Ended",
    "NoSuchClause",
    "Release",
    "Which",
    "clause",
    "clauses",
    "coverages",
    "ended",
    "followed",
    "is_concrete",
    "is_released",
    "is_tied",
    "kept",
    "listed",
    "of_whole",
    "release",
    "row",
    "tie",
    "untied",
]
