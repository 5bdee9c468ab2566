"""How lists stand on a day: one bar for each, cut into its states.

There is no axis of numbers: a tick would be a number that nobody counted.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import pgettext

from dondoc.office.charts.looks import FONT, INK, LOOKS, SCHEMA, WIDTH, class_words
from dondoc.office.figures.registry import FigureValue
from dondoc.rules.states import StateClass

Bar = tuple[str, StateClass, FigureValue]
"""One part of a bar: the state's words in the source, its class, its figure."""

_BAR, _LINE, _GAP = 20, 15, 6
_LETTERS, _TITLE_LETTERS = 100, 85
_NARROWEST = 18  # pixels that a part needs for its number


class ChartNumber(NamedTuple):
    """A number as it stands in a specification: whose bar, which state, which value (None: not recorded)."""

    programme: str
    group: str
    value: Decimal | None


def programme_bars(rows: Sequence[tuple[str, Sequence[Bar]]], *, width: int = WIDTH) -> dict[str, Any]:
    """Draw one bar for each programme, cut into its states, with the states written under it in their own
    words.

    Every bar is as long as the others: it shows how a list stands, and the words say how long the list is.
    The order of programmes and of states is kept. A state without a value has no part in the bar and is
    written as not recorded. Returns a Vega-Lite specification, 600 pixels wide unless a phone's width is asked.
    """
    titles = [textwrap.wrap(name, _TITLE_LETTERS * width // WIDTH) or [""] for name, _bars in rows]
    captions = [_caption(bars, _LETTERS * width // WIDTH) for _name, bars in rows]
    # The last line of each stands over its bar: shorter titles begin with empty lines.
    most = max((len(lines) for lines in titles), default=1)
    titles = [[""] * (most - len(lines)) + lines for lines in titles]
    above, below = _tallest(titles) + _GAP, _tallest(captions) + 2 * _GAP
    step = above + _BAR + below
    row = {
        "field": "row", "type": "ordinal", "axis": None, "sort": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }  # fmt: skip
    shift = above + _BAR / 2 - step / 2
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": {"step": step},
        "padding": 0,
        "background": "#ffffff",
        "config": {"font": FONT, "view": {"stroke": None}, "text": {"font": FONT}},
        "datasets": {
            "parts": list(_parts(rows, Decimal(_NARROWEST) / width)),
            "words": [
                {"row": number, "title": title, "caption": caption}
                for number, (title, caption) in enumerate(zip(titles, captions, strict=True))
            ],
        },
        "layer": [
            _fills(row, shift, _classes(rows), is_narrow=width < WIDTH),
            _counts(row, shift),
            _words(row, "title", dy=shift - _BAR / 2 - 4 - (most - 1) * _LINE, bold=True),
            _words(row, "caption", dy=shift + _BAR / 2 + 4, bold=False),
        ],
    }


def _tallest(texts: Sequence[Sequence[str]]) -> int:
    return max((len(lines) for lines in texts), default=1) * _LINE


def _parts(rows: Sequence[tuple[str, Sequence[Bar]]], least: Decimal) -> Iterator[dict[str, Any]]:
    """The data of the bars; `roomy` says whether the count fits into its part."""
    for number, (name, bars) in enumerate(rows):
        whole = sum(figure.value or 0 for _label, _class, figure in bars)
        for order, (label, state_class, figure) in enumerate(bars):
            value = figure.value
            yield {
                "row": number,
                "programme": name,
                "group": label,
                "class": state_class,
                "order": order,
                "value": value if value is None or isinstance(value, int) else float(value),
                "shown": figure.written,
                "roomy": bool(value) and Decimal(value or 0) >= whole * least,
                "url": figure.url,
            }


def _classes(rows: Sequence[tuple[str, Sequence[Bar]]]) -> list[StateClass]:
    used = {state_class for _name, bars in rows for _label, state_class, _figure in bars}
    return [state_class for state_class in LOOKS if state_class in used]


_FILLED = {"data": {"name": "parts"}, "transform": [{"filter": "datum.value > 0"}]}
_LENGTH = {
    "field": "value", "type": "quantitative", "axis": None, "stack": "normalize",
    "scale": {"nice": False, "zero": True},
}  # fmt: skip
_ORDER = {"field": "order", "type": "quantitative"}


def _fills(row: Mapping[str, Any], shift: float, classes: Sequence[StateClass], *, is_narrow: bool) -> dict[str, Any]:
    looks = [LOOKS[state_class] for state_class in classes]
    names = class_words()
    # The legend writes the classes in words by a chain of comparisons: plain enough for the interpreter.
    words = '""'
    for name in classes:
        words = f'datum.value === "{name}" ? {json.dumps(names[name], ensure_ascii=False)} : {words}'
    legend = {
        "title": None, "orient": "top", "labelExpr": words, "labelFontSize": 12, "labelLimit": 0,
        "symbolType": "square", "symbolStrokeWidth": 0.8, "symbolSize": 140,
    }  # fmt: skip
    legend |= {"columns": 2} if is_narrow else {}

    def by_class(values: list[Any]) -> dict[str, Any]:
        scale = {"domain": list(classes), "range": values}
        return {"field": "class", "type": "nominal", "scale": scale, "legend": legend}

    said = (
        ("programme", pgettext("report", "List")),
        ("group", pgettext("report", "State")),
        ("shown", pgettext("report", "Count")),
    )
    return {
        **_FILLED,
        "mark": {"type": "bar", "height": _BAR, "yOffset": shift, "strokeWidth": 0.8},
        "encoding": {
            "x": _LENGTH,
            "y": row,
            "order": _ORDER,
            "color": by_class([fill for fill, _dash in looks]),
            "strokeDash": by_class([list(dash) for _fill, dash in looks]),
            "stroke": by_class([INK] * len(classes)),
            "href": {"field": "url", "type": "nominal"},
            "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in said],
        },
    }


def _counts(row: Mapping[str, Any], shift: float) -> dict[str, Any]:
    """The number inside each part that has room for it; every number stands in the words below as well."""
    return {
        **_FILLED,
        "mark": {"type": "text", "yOffset": shift, "fontSize": 13, "fontWeight": "bold", "baseline": "middle"},
        "encoding": {
            "x": {**_LENGTH, "bandPosition": 0.5},
            "y": row,
            "order": _ORDER,
            "text": {"field": "shown", "type": "nominal"},
            "color": {"condition": {"test": "datum.class === 'done'", "value": "#ffffff"}, "value": "#111111"},
            "opacity": {"condition": {"test": "datum.roomy", "value": 1}, "value": 0},
        },
    }


def _words(row: Mapping[str, Any], field: str, *, dy: float, bold: bool) -> dict[str, Any]:
    """Words left-bound over a bar (negative `dy`) or under it."""
    return {
        "data": {"name": "words"},
        "mark": {
            "type": "text", "align": "left", "baseline": "bottom" if dy < 0 else "top", "yOffset": dy, "fontSize": 13,
            "fontWeight": "bold" if bold else "normal", "lineHeight": _LINE, "color": INK,
        },
        "encoding": {"x": {"value": 0}, "y": row, "text": {"field": field, "type": "nominal"}},
    }  # fmt: skip


def _caption(bars: Sequence[Bar], letters: int) -> list[str]:
    """The states of one bar in words: "8 đã thực hiện · 5 đang tổ chức thực hiện", broken between states
    if it can be.
    """
    words = [
        f"{label}: {figure.written}" if figure.value is None else f"{figure.written} {label}"
        for label, _class, figure in bars
    ]
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} · {word}" if lines[-1] else word
        if len(longer) <= letters:
            lines[-1] = longer
        else:
            lines += textwrap.wrap(word, letters)
    return [line for line in lines if line] or [""]


def chart_numbers(spec: Mapping[str, Any]) -> tuple[ChartNumber, ...]:
    """Every counted number in a specification of `programme_bars`, in drawing order, for holding against
    the figures.
    """
    return tuple(
        ChartNumber(row["programme"], row["group"], None if row["value"] is None else Decimal(str(row["value"])))
        for row in spec["datasets"]["parts"]
    )
