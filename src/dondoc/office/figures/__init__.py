"""Every number that a person can see: importing this package fills the registry."""

from dondoc.office.figures import claims, duties, tasks
from dondoc.office.figures.registry import (
    FIGURES,
    FigureValue,
    UnknownFigure,
    address,
    every,
    figure,
    rows,
    value,
    values,
)

__all__ = [
    "FIGURES",
    "FigureValue",
    "UnknownFigure",
    "address",
    "claims",
    "duties",
    "every",
    "figure",
    "rows",
    "tasks",
    "value",
    "values",
]
