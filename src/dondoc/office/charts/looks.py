"""How pictures look: one set of looks for paper, and the names under which the page lays its own light or dark ones.

A specification names what its marks are (a class of state, a style); on paper these are the looks below, on the screen
those of the page (`static/dondoc/charts.js`). Greys lie far apart, and every part is named beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import pgettext

from dondoc.rules.states import StateClass

FONT = "Tinos, 'Times New Roman', 'Liberation Serif', serif"
FONTS_FOLDER = Path(__file__).resolve().parents[1] / "static" / "vendor" / "fonts"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
WIDTH = 600
"""Pixels at 96 to the inch: a little under the text width of an A4 page (165 mm)."""
NARROW = 336
"""Pixels that a phone of 360 leaves a picture; a wider phone draws it a little larger."""

INK, QUIET, RULE = "#333333", "#595959", "#c9c9c9"
LOOKS: Mapping[StateClass, tuple[str, tuple[int, ...]]] = {
    # Fill and dash of the outline. The greys of the fills lie far apart: a black-and-white print still reads.
    "done": ("#1d6b45", (1, 0)),
    "active": ("#79acd2", (1, 0)),
    "waiting": ("#dedede", (1, 0)),
    "deferred": ("#ffffff", (4, 2)),
    "dropped": ("#ffffff", (1, 2)),
}
LATE = "#8c1119"
# The classes from the ground of a pile upwards.
ORDER: tuple[StateClass, ...] = ("done", "active", "waiting", "deferred", "dropped")

_PAPER_STYLES: Mapping[str, Mapping[str, Any]] = {
    "label": {"color": INK, "fontSize": 13},
    "strong": {"color": INK, "fontSize": 13, "fontWeight": "bold"},
    "quiet": {"color": QUIET, "fontSize": 12},
    "on-dark": {"color": "#ffffff", "fontSize": 13, "fontWeight": "bold"},
    "on-light": {"color": "#111111", "fontSize": 13},
    "lead": {"color": QUIET, "strokeWidth": 0.6},
    "today": {"color": INK, "strokeWidth": 1.2},
    "thick": {"color": LOOKS["done"][0], "strokeWidth": 2.6},
    "thin": {"color": INK, "strokeWidth": 1.2},
    "dashed": {"color": LATE, "strokeWidth": 1.8, "strokeDash": [5, 3]},
    "late": {"color": LATE},
    "late-text": {"color": LATE, "fontSize": 13, "fontWeight": "bold"},
    "ground": {"color": "#e9eef4", "stroke": "#ffffff", "strokeWidth": 1},
    "halo": {"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 3, "opacity": 0.8, "fontSize": 12},
    "small": {"color": INK, "fontSize": 12},
    "due": {"color": LATE, "strokeWidth": 2.6},
    "ahead": {"color": QUIET, "strokeWidth": 1.2, "strokeDash": [2, 3]},
    "swatch": {"stroke": INK, "strokeWidth": 0.6},
    "outline": {"color": "#ffffff", "stroke": INK, "strokeWidth": 0.8},
    "mark": {"color": INK, "stroke": "#ffffff", "strokeWidth": 0.6},
    "hit": {"color": "#ffffff", "fillOpacity": 0, "strokeOpacity": 0},
}


class Drawn(NamedTuple):
    """A picture laid out for a page, and what is other about it where only the width of a phone is there."""

    wide: dict[str, Any]
    narrow: dict[str, Any]


def both(wide: dict[str, Any], narrow: Mapping[str, Any]) -> Drawn:
    """Keep of a narrow layout what differs from the wide one: a page carries the same numbers once for both."""
    other = {key: value for key, value in narrow.items() if value != wide[key]}
    if "datasets" in other:
        rows = wide["datasets"]
        other["datasets"] = {name: own for name, own in other["datasets"].items() if own != rows.get(name)}
    return Drawn(wide, other)


def class_words() -> dict[StateClass, str]:
    """Name the classes of states as the office reads them."""
    return {
        "done": pgettext("state class", "done"),
        "active": pgettext("state class", "under way"),
        "waiting": pgettext("state class", "not begun"),
        "deferred": pgettext("state class", "deferred"),
        "dropped": pgettext("state class", "dropped"),
    }


def paper(classes: Sequence[str] = ()) -> dict[str, Any]:
    """Give the looks of a picture on paper: black on white, the colours of the classes in the order of their scale."""
    fills: dict[str, str] = {name: fill for name, (fill, _dash) in LOOKS.items()}
    # An area has no dashes: what is dropped has a grey of its own between its neighbours.
    fills |= {"late": LATE, "dropped": "#bdbdbd"}
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFont": FONT, "titleFont": FONT, "labelFontSize": 12, "titleFontSize": 12, "labelColor": INK,
            "titleColor": INK, "titleFontWeight": "normal", "gridColor": RULE, "gridWidth": 0.6, "domainColor": QUIET,
            "tickColor": QUIET,
        },
        "text": {"font": FONT},
        "area": {"stroke": INK, "strokeWidth": 0.5},
        "range": {"category": [fills[name] for name in classes] or [INK], "heatmap": ["#ffffff", "#7f9dc0"]},
        "style": {name: dict(look) for name, look in _PAPER_STYLES.items()},
    }  # fmt: skip


def drawn(
    width: int, height: int, layers: Sequence[Mapping[str, Any]], *, pad: tuple[int, int, int, int],
    data: Mapping[str, Sequence[Mapping[str, Any]]], classes: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """Put layers together to one specification as wide as the text of a page, whatever stands at its edges.

    `width` and `height` are those of the field within the four paddings (left, top, right, bottom), in pixels.
    """
    left, top, right, bottom = pad
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "autosize": "none",
        "padding": {"left": left, "top": top, "right": right, "bottom": bottom},
        "background": "#ffffff",
        "datasets": {name: list(rows) for name, rows in data.items()},
        "layer": [dict(layer) for layer in layers],
        "usermeta": {"classes": list(classes)},
        "config": paper(classes),
    }


def nothing(words: str) -> dict[str, Any]:
    """Write, where there is nothing to draw, the words that say so."""
    mark = {"type": "text", "align": "left", "style": "quiet"}
    said = {
        "mark": mark,
        "data": {"values": [{"text": words}]},
        "encoding": {"text": {"field": "text"}, "x": {"value": 0}, "y": {"value": 12}},
    }
    return drawn(WIDTH, 24, [said], pad=(0, 0, 0, 0), data={})
