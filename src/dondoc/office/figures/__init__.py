"""Every number that a person can see: importing this package fills the registry."""

from dondoc.office.figures import (
    claims,
    clauses,
    documents,
    duties,
    extensions,
    obstacles,
    progress,
    readings,
    tasks,
)
from dondoc.office.figures.registry import (
    FIGURES,
    ArgumentsRefused,
    FigureValue,
    UnknownFigure,
    address,
    check,
    every,
    figure,
    rows,
    value,
    values,
)

__all__ = [
    "FIGURES",
    "ArgumentsRefused",
    "FigureValue",
    "UnknownFigure",
    "address",
    "check",
    "claims",
    "clauses",
    "documents",
    "duties",
    "every",
    "extensions",
    "figure",
    "obstacles",
    "progress",
    "readings",
    "rows",
    "tasks",
    "value",
    "values",
]
