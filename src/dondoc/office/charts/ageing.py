"""How long late work has been late: a bar for each band of days, from the shortest delay to the longest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import pgettext

from dondoc.office.charts.looks import NARROW, WIDTH, Drawn, both, drawn
from dondoc.office.figures.registry import FigureValue
from dondoc.rules.text import vi_number

_STEP, _BAR = 32, 20
_LEFT, _RIGHT = 150, 60
_LETTER = 7  # pixels that a letter takes, at most: what the words at the left of a narrow picture need


def ageing_bars(bands: Sequence[tuple[str, FigureValue]]) -> Drawn:
    """Draw a bar for each band, as long as the number of duties in it, with the number at its end.

    The order of the bands is kept. Returns a Vega-Lite specification, 600 pixels wide, and what is other on a phone.
    """
    rows = [
        {
            "band": at,
            "label": label,
            "n": int(figure.value or 0),
            "shown": vi_number(int(figure.value or 0)),
            "url": figure.url,
        }
        for at, (label, figure) in enumerate(bands)
    ]
    longest = max([1, *(int(figure.value or 0) for _label, figure in bands)])
    x = {
        "field": "n", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, longest], "nice": False, "zero": True},
    }  # fmt: skip
    y = {
        "field": "band", "type": "ordinal", "axis": None, "sort": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }  # fmt: skip
    said = (("label", pgettext("chart", "Late by")), ("shown", pgettext("report", "Count")))
    layers = [
        {
            "data": {"name": "bands"},
            "mark": {"type": "bar", "height": _BAR, "style": "late", "strokeWidth": 0},
            "encoding": {
                "x": x,
                "y": y,
                "href": {"field": "url", "type": "nominal"},
                "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in said],
            },
        },
        {
            "data": {"name": "bands"},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "style": "strong"},
            "encoding": {"x": x, "y": y, "text": {"field": "shown", "type": "nominal"}},
        },
        {
            "data": {"name": "bands"},
            "mark": {"type": "text", "align": "right", "baseline": "middle", "dx": -10, "style": "label"},
            "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "label", "type": "nominal"}},
        },
    ]
    words = min(_LEFT, 14 + _LETTER * max(len(label) for label, _figure in bands))
    figures = 12 + 8 * len(vi_number(longest))

    def laid(width: int, left: int, right: int) -> dict[str, Any]:
        height = _STEP * len(rows)
        return drawn(width - left - right, height, layers, pad=(left, 6, right, 6), data={"bands": rows})

    return both(laid(WIDTH, _LEFT, _RIGHT), laid(NARROW, words, figures))
