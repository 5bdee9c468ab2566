"""Readings: what the reader offered of a document, laid out for a page, and what people decided on it."""

from dondoc.office.queries.readings.decisions import (
    TAKEN,
    Decision,
    NotYetRead,
    begun,
    decided_since,
    decided_with,
    seen,
    standing,
    tasks_of,
)
from dondoc.office.queries.readings.due import day_of, due_rule, due_words, due_written
from dondoc.office.queries.readings.marking import Mark, ShownLine, Stretch, lines
from dondoc.office.queries.readings.offered import OfferedRow, OfferedTally, ToDecide, offered, tally, to_decide
from dondoc.office.queries.readings.page import (
    PetitionRow,
    ProposalRow,
    ReadingPage,
    clauses,
    document_of,
    of_version,
    problem,
    reading,
)
from dondoc.office.queries.readings.paper import Shape, Sheet, file_of_page, fingerprint, sheets
from dondoc.office.queries.readings.reviewed import Reviewed, reviewed

__all__ = [
    "TAKEN",
    "Decision",
    "Mark",
    "NotYetRead",
    "OfferedRow",
    "OfferedTally",
    "PetitionRow",
    "ProposalRow",
    "ReadingPage",
    "Reviewed",
    "Shape",
    "Sheet",
    "ShownLine",
    "Stretch",
    "ToDecide",
    "begun",
    "clauses",
    "day_of",
    "decided_since",
    "decided_with",
    "document_of",
    "due_rule",
    "due_words",
    "due_written",
    "file_of_page",
    "fingerprint",
    "lines",
    "of_version",
    "offered",
    "problem",
    "reading",
    "reviewed",
    "seen",
    "sheets",
    "standing",
    "tally",
    "tasks_of",
    "to_decide",
]
