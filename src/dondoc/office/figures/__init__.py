"""Every number that a person can see: importing this package fills the registry."""

from dondoc.office.figures import claims, clauses, duties, readings, tasks
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
    "duties",
    "every",
    "figure",
    "readings",
    "rows",
    "tasks",
    "value",
    "values",
]
