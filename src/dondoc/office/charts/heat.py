"""Agencies by the states of their duties: a square for each, the darker, the larger its part; the number printed in it.

The last column is no state: it says how much of the work that is not finished is late, so it stands apart.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from dondoc.office.charts.looks import WIDTH, drawn
from dondoc.office.figures.registry import FigureValue
from dondoc.rules.text import vi_number

_STEP, _HEAD, _LEFT, _APART, _LINE = 25, 36, 200, 14, 14
_LETTERS = 34
# Not even the darkest square hides its number.
_DARKER = {"domain": [0, 1.2], "interpolate": "rgb"}


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An agency with its numbers, in the order of the columns; `strong` for the whole."""

    name: str
    whole: FigureValue
    cells: tuple[FigureValue, ...]
    strong: bool = False


def heat_map(columns: Sequence[str], rows: Sequence[HeatRow]) -> dict[str, Any]:
    """Draw a square for each agency and column; the last column stands apart.

    How dark a square is says what part of the agency's duties it holds, so that large and small agencies compare; the
    number says how many. Returns a Vega-Lite specification, 600 pixels wide.
    """
    width = WIDTH - _LEFT
    wide = (width - _APART) / len(columns)
    lefts = [at * wide + (_APART if at == len(columns) - 1 else 0) for at in range(len(columns))]
    cells = [
        _cell(row, columns[at], figure, x=lefts[at], y=_HEAD + number * _STEP, wide=wide)
        for number, row in enumerate(rows)
        for at, figure in enumerate(row.cells)
    ]
    heads = [
        {"x": x + wide / 2, "y": _HEAD - 8 - _LINE * (len(lines) - 1), "lines": lines}
        for x, lines in zip(lefts, (textwrap.wrap(title, 12) or [""] for title in columns), strict=True)
    ]
    names = [
        {
            "y": _HEAD + (number + 0.5) * _STEP,
            "text": textwrap.shorten(row.name, _LETTERS, placeholder="…"),
            "strong": row.strong,
        }
        for number, row in enumerate(rows)
    ]
    height = _HEAD + _STEP * len(rows)
    layers = [
        _squares(width, height),
        *(_numbers(width, height, which) for which in ("label", "late-text")),
        {
            "data": {"name": "heads"},
            "mark": {
                "type": "text",
                "align": "center",
                "baseline": "alphabetic",
                "lineHeight": _LINE,
                "style": "quiet",
            },
            "encoding": {**_at("x", "y", width, height), "text": {"field": "lines", "type": "nominal"}},
        },
        *(_names(height, strong=strong) for strong in (False, True)),
    ]
    return drawn(width, height, layers, pad=(_LEFT, 0, 0, 4), data={"cells": cells, "heads": heads, "names": names})


def _cell(row: HeatRow, column: str, figure: FigureValue, *, x: float, y: float, wide: float) -> dict[str, Any]:
    n, whole = int(figure.value or 0), int(row.whole.value or 0)
    return {
        "x": x + 1,
        "x2": x + wide - 1,
        "y": y + 1,
        "y2": y + _STEP - 1,
        "cx": x + wide / 2,
        "cy": y + _STEP / 2,
        "part": n / whole if whole else 0,
        "n": n,
        "shown": vi_number(n) if n else "–",
        "agency": row.name,
        "column": column,
        "style": "late-text" if n and dict(figure.arguments).get("standing") == "late" else "label",
        "url": figure.url,
    }


def _place(field: str, length: float) -> dict[str, Any]:
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _at(x: str, y: str, width: float, height: float) -> dict[str, Any]:
    return {"x": _place(x, width), "y": _place(y, height)}


def _squares(width: float, height: float) -> dict[str, Any]:
    said = (
        ("agency", pgettext("report", "Agency")),
        ("column", pgettext("report", "State")),
        ("shown", pgettext("report", "Count")),
    )
    return {
        "data": {"name": "cells"},
        "mark": {"type": "rect", "strokeWidth": 0},
        "encoding": {
            **_at("x", "y", width, height),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "color": {"field": "part", "type": "quantitative", "legend": None, "scale": _DARKER},
            "href": {"field": "url", "type": "nominal"},
            "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in said],
        },
    }


def _numbers(width: float, height: float, style: str) -> dict[str, Any]:
    return {
        "data": {"name": "cells"},
        "transform": [{"filter": f"datum.style === '{style}'"}],
        "mark": {"type": "text", "baseline": "middle", "style": style},
        "encoding": {
            **_at("cx", "cy", width, height),
            "text": {"field": "shown", "type": "nominal"},
            "href": {"field": "url", "type": "nominal"},
        },
    }


def _names(height: float, *, strong: bool) -> dict[str, Any]:
    return {
        "data": {"name": "names"},
        "transform": [{"filter": f"datum.strong === {'true' if strong else 'false'}"}],
        "mark": {
            "type": "text", "align": "right", "baseline": "middle", "dx": -8, "style": "strong" if strong else "label",
        },
        "encoding": {"x": {"value": 0}, "y": _place("y", height), "text": {"field": "text", "type": "nominal"}},
    }  # fmt: skip
