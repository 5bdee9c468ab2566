"""Every number that a person can see: importing this package fills the registry."""

from dondoc.office.figures import claims, duties, tasks
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
    "duties",
    "every",
    "figure",
    "rows",
    "tasks",
    "value",
    "values",
]
