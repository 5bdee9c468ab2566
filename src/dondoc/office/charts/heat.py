"""Agencies by the states of their duties: a square for each, the darker, the larger its part; the number printed in it.

The last column is no state: it says how much of the work that is not finished is late, so it stands apart.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from dondoc.office.charts.looks import NARROW, WIDTH, Drawn, both, drawn
from dondoc.office.figures.registry import FigureValue
from dondoc.rules.text import vi_number

_STEP, _HEAD, _LEFT, _APART, _LINE = 25, 36, 200, 14, 14
_LETTERS = 34
# On a phone: what the names take at the left, in two lines; how much higher a row is; what a letter of a title takes.
_NAMES, _NAME_LETTERS, _TALLER, _TITLE_LETTER = 108, 17, 1.2, 5.9
# Not even the darkest square hides its number.
_DARKER = {"domain": [0, 1.2], "interpolate": "rgb"}


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An agency with its numbers, in the order of the columns; `strong` for the whole."""

    name: str
    whole: FigureValue
    cells: tuple[FigureValue, ...]
    strong: bool = False


def heat_map(columns: Sequence[str], rows: Sequence[HeatRow]) -> Drawn:
    """Draw a square for each agency and column; the last column stands apart.

    How dark a square is says what part of the agency's duties it holds, so that large and small agencies compare; the
    number says how many. Returns a Vega-Lite specification, 600 pixels wide, and what is other on a phone.
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
    field = _Field(width, _HEAD + _STEP * len(rows))
    data = {"cells": cells, "heads": heads, "names": names}
    paper = drawn(width, field.height, _layers(field), pad=(_LEFT, 0, 0, 4), data=data)
    return both(paper, _on_phone(columns, rows, field, data))


def _on_phone(
    columns: Sequence[str], rows: Sequence[HeatRow], field: _Field, data: Mapping[str, Sequence[dict[str, Any]]]
) -> dict[str, Any]:
    """The same squares nearer to each other and higher, the words around them in more lines."""
    width, height = NARROW - _NAMES, round(field.height * _TALLER)
    small = _Field(field.width, field.height, (width, height))
    letters = int(width / field.width * (field.width - _APART) / len(columns) / _TITLE_LETTER)
    # A word that is wider than its column stands upright.
    upright = max(len(word) for title in columns for word in title.split()) > letters
    titles = [textwrap.wrap(title, 12 if upright else letters) or [""] for title in columns]
    foot = _HEAD - 8 / _TALLER
    heads = [
        {"x": head["x"], "y": foot if upright else foot - _LINE * (len(lines) - 1) / _TALLER, "lines": lines}
        for head, lines in zip(data["heads"], titles, strict=True)
    ]
    tall = max(map(len, (line for lines in titles for line in lines))) * 7 if upright else _LINE * max(map(len, titles))
    wrapped = [textwrap.wrap(row.name, _NAME_LETTERS, max_lines=2, placeholder="…") or [""] for row in rows]
    names = [
        {**name, "text": lines, "y": name["y"] - _LINE * (len(lines) - 1) / 2 / _TALLER}
        for name, lines in zip(data["names"], wrapped, strict=True)
    ]
    top = max(0, round(tall + 12 - foot * _TALLER))
    layers = _layers(small, upright=upright, names="small")
    return drawn(width, height, layers, pad=(_NAMES, top, 0, 4), data={**data, "heads": heads, "names": names})


@dataclass(frozen=True, slots=True)
class _Field:
    """The field of squares: the width and height in which their places are given, and those that it takes in pixels."""

    width: float
    height: int
    taken: tuple[int, int] | None = None

    def at(self, x: str, y: str) -> dict[str, Any]:
        """Say by which columns something is placed."""
        across, down = self.taken or (self.width, self.height)
        return {"x": _place(x, self.width, across), "y": _place(y, self.height, down)}


def _layers(field: _Field, *, upright: bool = False, names: str = "label") -> list[dict[str, Any]]:
    turned: dict[str, Any] = {"angle": 270, "align": "left", "baseline": "middle"} if upright else {}
    turned |= {"fontSize": 12} if field.taken else {}
    return [
        _squares(field),
        *(_numbers(field, which) for which in ("label", "late-text")),
        {
            "data": {"name": "heads"},
            "mark": {
                "type": "text",
                "align": "center",
                "baseline": "alphabetic",
                "lineHeight": _LINE,
                "style": "quiet",
                **turned,
            },
            "encoding": {**field.at("x", "y"), "text": {"field": "lines", "type": "nominal"}},
        },
        *(_names(field, strong=strong, style=names) for strong in (False, True)),
    ]


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


def _place(field: str, length: float, taken: float) -> dict[str, Any]:
    scale = {"domain": [0, length], "range": [0, taken], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _squares(field: _Field) -> dict[str, Any]:
    said = (
        ("agency", pgettext("report", "Agency")),
        ("column", pgettext("report", "State")),
        ("shown", pgettext("report", "Count")),
    )
    return {
        "data": {"name": "cells"},
        "mark": {"type": "rect", "strokeWidth": 0},
        "encoding": {
            **field.at("x", "y"),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "color": {"field": "part", "type": "quantitative", "legend": None, "scale": _DARKER},
            "href": {"field": "url", "type": "nominal"},
            "tooltip": [{"field": name, "type": "nominal", "title": title} for name, title in said],
        },
    }


def _numbers(field: _Field, style: str) -> dict[str, Any]:
    return {
        "data": {"name": "cells"},
        "transform": [{"filter": f"datum.style === '{style}'"}],
        "mark": {"type": "text", "baseline": "middle", "style": style},
        "encoding": {
            **field.at("cx", "cy"),
            "text": {"field": "shown", "type": "nominal"},
            "href": {"field": "url", "type": "nominal"},
        },
    }


def _names(field: _Field, *, strong: bool, style: str) -> dict[str, Any]:
    mark: dict[str, Any] = {
        "type": "text", "align": "right", "baseline": "middle", "dx": -8, "style": "strong" if strong else style,
    }  # fmt: skip
    return {
        "data": {"name": "names"},
        "transform": [{"filter": f"datum.strong === {'true' if strong else 'false'}"}],
        "mark": mark if field.taken is None else {**mark, "lineHeight": _LINE},
        "encoding": {
            "x": {"value": 0},
            "y": field.at("", "y")["y"],
            "text": {"field": "text", "type": "nominal"},
        },
    }
