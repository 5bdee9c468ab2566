"""From where work comes, and to whom it goes: documents, tasks and agencies, joined by ribbons as wide as their duties.

Vega-Lite knows no such picture: where each ribbon runs is worked out here, from the order of the nodes and the numbers
alone, so that the same numbers give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from dondoc.office.charts.looks import ORDER, WIDTH, class_words, drawn
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_number

_NODE, _STEPS = 8, 12
_COLUMNS = (134, 342, 470)  # where the nodes of documents, tasks and agencies begin
_LINE, _GAP, _NAME = 20, 3, 13
_LETTERS = (22, 33, 20)

Row = dict[str, Any]
Span = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Node:
    """A document, a task or an agency: its name, and its number of duties in words where that is a figure."""

    key: str
    name: str
    shown: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """So many duties between two nodes of neighbouring columns; `state_class` where they are alike in it."""

    begin: str
    end: str
    n: int
    url: str
    state_class: str = ""


def flow(columns: Sequence[Sequence[Node]], left: Sequence[Ribbon], right: Sequence[Ribbon]) -> dict[str, Any]:
    """Draw three columns of nodes in the order given, joined by ribbons from the first to the second to the third.

    Returns a Vega-Lite specification, 600 pixels wide.
    """
    height = max(200, *(_LINE * len(column) + _GAP for column in columns))
    sizes = [_sizes(column, left, right) for column in columns]
    unit = min(_unit(list(size.values()), height) for size in sizes)
    places = [_places(column, size, unit, height) for column, size in zip(columns, sizes, strict=True)]
    classes = [c for c in ORDER if any(ribbon.state_class == c for ribbon in right)]
    names = {node.key: node.name for column in columns for node in column}
    bands = [
        *_bands(left, *places[:2], x=(_COLUMNS[0] + _NODE, _COLUMNS[1]), unit=unit, names=names, side="l"),
        *_bands(right, *places[1:], x=(_COLUMNS[1] + _NODE, _COLUMNS[2]), unit=unit, names=names, side="r"),
    ]
    nodes = [
        {"x": x, "x2": x + _NODE, "y": top, "y2": bottom, "url": node.url, "name": node.name, "shown": node.shown}
        for x, column, place in zip(_COLUMNS, columns, places, strict=True)
        for node in column
        for top, bottom in [place[node.key]]
    ]
    words = list(_words(columns, places))
    legend = list(_legend(classes, height))
    data = {
        "plain": [row for row in bands if not row["class"]],
        "classed": [row for row in bands if row["class"]],
        "nodes": nodes,
        "words": words,
        "legend": legend,
    }
    layers = [
        _ribbons("plain", height, None),
        _ribbons("classed", height, classes),
        {
            "data": {"name": "nodes"},
            "mark": {"type": "rect", "style": "mark"},
            "encoding": {
                **_at(height),
                "x2": {"field": "x2"},
                "y2": {"field": "y2"},
                **_opens((("name", ""), ("shown", pgettext("report", "Count")))),
            },
        },
        _texts("words", height, "right", "halo"),
        *(_texts("words", height, align) for align in ("left", "right")),
        _swatches(height, classes),
        _texts("legend", height, "left"),
    ]
    return drawn(WIDTH, height, layers, pad=(0, 6, 0, 28), data=data, classes=classes)


def _sizes(column: Sequence[Node], left: Iterable[Ribbon], right: Iterable[Ribbon]) -> dict[str, int]:
    """How many duties pass each node: what comes in, or else what goes out."""
    come, go = dict.fromkeys((node.key for node in column), 0), dict.fromkeys((node.key for node in column), 0)
    for ribbon in (*left, *right):
        if ribbon.end in come:
            come[ribbon.end] += ribbon.n
        if ribbon.begin in go:
            go[ribbon.begin] += ribbon.n
    return {key: max(come[key], go[key]) for key in come}


def _places(
    column: Sequence[Node], size: Mapping[str, int], unit: float, height: float
) -> dict[str, tuple[float, float]]:
    """From where to where each node stands: in the order of the column, with the room that is left between them."""
    taken = sum(max(n * unit, _NAME) for n in size.values())
    gap = (height - taken) / max(1, len(column))
    found, top = {}, gap / 2
    for node in column:
        tall, slot = size[node.key] * unit, max(size[node.key] * unit, _NAME)
        found[node.key] = (top + (slot - tall) / 2, top + (slot + tall) / 2)
        top += slot + gap
    return found


def _unit(sizes: Sequence[int], height: float) -> float:
    """How many pixels one duty may take in a column in which even the smallest node has room for its name."""
    room, rest = height - _GAP * len(sizes), sorted(sizes)
    while rest and rest[0] * room < _NAME * sum(rest):
        room -= _NAME
        rest = rest[1:]
    return room / max(1, sum(rest))


def _bands(
    ribbons: Sequence[Ribbon], begins: Span, ends: Span, *, x: tuple[float, float], unit: float,
    names: Mapping[str, str], side: str,
) -> list[Row]:  # fmt: skip
    """The outlines of ribbons: they leave a node in the order of where they go, and arrive in that of their origin."""
    order: dict[str, int] = {state_class: at for at, state_class in enumerate(ORDER)}

    def rank(state_class: str) -> int:
        return order.get(state_class, len(order))

    out = {key: top for key, (top, _bottom) in begins.items()}
    into = {key: top for key, (top, _bottom) in ends.items()}
    starts: dict[int, float] = {}
    for at, ribbon in sorted(
        enumerate(ribbons), key=lambda each: (ends[each[1].end][0], rank(each[1].state_class), each[0])
    ):
        starts[at] = out[ribbon.begin]
        out[ribbon.begin] += ribbon.n * unit
    rows: list[Row] = []
    for at, ribbon in sorted(
        enumerate(ribbons), key=lambda each: (begins[each[1].begin][0], rank(each[1].state_class), each[0])
    ):
        stop = into[ribbon.end]
        into[ribbon.end] += ribbon.n * unit
        for step in range(_STEPS + 1):
            part = step / _STEPS
            bend = part * part * (3 - 2 * part)
            y = starts[at] + (stop - starts[at]) * bend
            rows.append(
                {
                    "ribbon": f"{side}{at}",
                    "x": round(x[0] + (x[1] - x[0]) * part, 2),
                    "y": round(y, 2),
                    "y2": round(y + ribbon.n * unit, 2),
                    "class": ribbon.state_class,
                    "way": f"{names[ribbon.begin]} → {names[ribbon.end]}",
                    "shown": vi_number(ribbon.n),
                    "url": ribbon.url,
                }
            )
    return rows


def _words(columns: Sequence[Sequence[Node]], places: Sequence[Mapping[str, tuple[float, float]]]) -> Iterable[Row]:
    """Names beside the nodes: of tasks over the pale ribbons that lead to them, of agencies at the right edge."""
    for at, (x, column, place) in enumerate(zip(_COLUMNS, columns, places, strict=True)):
        for node in column:
            top, bottom = place[node.key]
            name = node.name if len(node.name) <= _LETTERS[at] else node.name[: _LETTERS[at] - 1].rstrip(" ,;.-") + "…"
            yield {
                "x": x + _NODE + 5 if at == 2 else x - 5,
                "y": (top + bottom) / 2,
                "text": f"{name} {node.shown}".strip(),
                "align": "left" if at == 2 else "right",
            }


def _legend(classes: Sequence[StateClass], height: float) -> Iterable[Row]:
    words: Mapping[str, str] = {str(key): text for key, text in class_words().items()}
    for at, state_class in enumerate(classes):
        x = at * 120
        yield {
            "x": x + 16, "y": height + 16, "sx": x, "sx2": x + 11, "sy": height + 10, "sy2": height + 21,
            "class": state_class, "text": words[state_class], "align": "left",
        }  # fmt: skip


def _place(field: str, length: float) -> Row:
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "stack": None, "scale": scale}


def _at(height: float) -> Row:
    return {"x": _place("x", WIDTH), "y": _place("y", height)}


def _ribbons(data: str, height: float, classes: Sequence[StateClass] | None) -> Row:
    mark: Row = (
        {"type": "area", "fillOpacity": 0.65, "strokeWidth": 0.4, "style": "ribbon"}
        if classes is not None
        else {"type": "area", "style": "ground"}
    )
    encoding: Row = {
        **_at(height),
        "y2": {"field": "y2"},
        "detail": {"field": "ribbon", "type": "nominal"},
        **_opens((("way", ""), ("shown", pgettext("report", "Count")))),
    }
    if classes is not None:
        encoding["color"] = {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": list(classes)}}
    return {"data": {"name": data}, "mark": mark, "encoding": encoding}


def _texts(data: str, height: float, align: str, style: str = "small") -> Row:
    return {
        "data": {"name": data},
        "transform": [{"filter": f"datum.align === '{align}'"}],
        "mark": {"type": "text", "align": align, "baseline": "middle", "style": style},
        "encoding": {**_at(height), "text": {"field": "text", "type": "nominal"}},
    }


def _swatches(height: float, classes: Sequence[StateClass]) -> Row:
    return {
        "data": {"name": "legend"},
        "mark": {"type": "rect", "strokeWidth": 0.6, "style": "swatch"},
        "encoding": {
            "x": _place("sx", WIDTH),
            "x2": {"field": "sx2"},
            "y": _place("sy", height),
            "y2": {"field": "sy2"},
            "color": {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": list(classes)}},
        },
    }


def _opens(said: Sequence[tuple[str, str]]) -> Row:
    return {
        "href": {"field": "url", "type": "nominal"},
        "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in said],
    }
