"""Pictures that run over days: how tasks stood, and what was done against what had fallen due.

From one day to the next change a number stays, so the lines have steps. Each number stands on its day, opens to its
rows, and the last ones are written beside the picture; only the ruler at the left was not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.charts.fields import Field, Key, number_of
from dondoc.office.charts.looks import ORDER, Drawn, both, class_words
from dondoc.office.figures.registry import FigureValue
from dondoc.office.figures.timelines import TOTAL, Moment
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date, vi_number

Row = dict[str, Any]
# How each line of duties is drawn.
_STROKES = {"owed": "thin", "fallen_due": "dashed", "done": "thick"}


@dataclass(frozen=True, slots=True)
class Layer:
    """What is drawn apart: its key among the figures of a day, its words, and the class whose looks it has."""

    key: str
    words: str
    look: StateClass


def class_layers() -> list[Layer]:
    """Give the classes of states from the ground upwards."""
    words = class_words()
    return [Layer(c, words[c], c) for c in ORDER]


def states_area(moments: Sequence[Moment], layers: Sequence[Layer]) -> Drawn:
    """Draw how many tasks stood in each class of states, or group of a list, from day to day, one upon another.

    Returns a Vega-Lite specification, 600 pixels wide, and what is other on a phone.
    """
    used = [layer for layer in layers if any(number_of(moment, layer.key) for moment in moments)]
    classes = [layer.key for layer in used]
    words = {layer.key: layer.words for layer in used}
    field = Field(moments, max(number_of(moment, TOTAL) for moment in moments))
    parts = [row for moment, until in field.steps() for row in _pile(moment, until, classes)]
    last = parts[len(parts) - len(classes) :]
    ends = [
        (f"{vi_number(row['n'])} {words[row['class']]}", (row["y"] + row["y2"]) / 2, "label")
        for row in last
        if row["n"] and row["x2"] == field.end
    ]
    total = number_of(moments[-1], TOTAL)
    in_all = _("%(n)s in all") % {"n": vi_number(total)}
    data = {"parts": [{**row, "state": words[row["class"]]} for row in parts], "edges": _edges(parts, field.end)}
    looks = [layer.look for layer in used]
    by_class = {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": classes}}

    def laid(field: Field) -> list[Row]:
        return [
            {
                "data": {"name": "edges"},
                "mark": {"type": "area", "interpolate": "step-after", "style": "pile"},
                "encoding": {**field.places(), "y2": {"field": "y2"}, "color": by_class},
            },
            field.hits("parts", "state", pgettext("report", "State")),
            *field.totals(moments),
        ]

    small = field.on_phone()
    # From the top of the pile downwards; what was there once and is not on the last day has its name, too.
    named = [Key(row["class"], f"{vi_number(row['n'])} {words[row['class']]}") for row in reversed(last)]
    key = [Key("", f"{vi_date(small.last)}: {in_all}"), *named]
    return both(
        field.drawn(laid(field), data=data, labels=[*ends, (in_all, total, "strong")], classes=looks),
        small.keyed([*laid(small), small.squares(by_class)], data=data, key=key, classes=looks),
    )


def burn_up(moments: Sequence[Moment]) -> Drawn:
    """Draw the duties assigned, those fallen due and those done from day to day: three lines that only seldom sink.

    Where the line of what is done lies below that of what had fallen due, work is behind. Returns a Vega-Lite
    specification, 600 pixels wide, and what is other on a phone.
    """
    field = Field(moments, max(number_of(moment, "owed") for moment in moments))
    names = {"owed": _("assigned"), "fallen_due": _("fallen due"), "done": _("done")}
    rows = [
        {**_point(moment, until, name), "line": name, "class": name, "state": names[name]}
        for name in names
        for moment, until in field.steps()
    ]
    lines = [*rows, *({**row, "x": field.end} for row in rows if row["x2"] == field.end)]
    last = [row for row in rows if row["x2"] == field.end]
    words = [f"{vi_number(row['n'])} {row['state']}" for row in last]
    labels = [(text, row["y"], "strong") for text, row in zip(words, last, strict=True)]
    small = field.on_phone()
    key = [Key("", vi_date(small.last)), *map(Key, _STROKES.values(), words)]
    strokes = [small.stroke(style) for style in _STROKES.values()]
    data = {"lines": lines, "parts": rows}
    return both(
        field.drawn(_burning(field), data=data, labels=labels, classes=["done"]),
        small.keyed([*_burning(small), *strokes], data=data, key=key, classes=["done"]),
    )


def _burning(field: Field) -> list[Row]:
    """The three lines, the ground below what is done, and the points that open."""
    lines = [
        {
            "data": {"name": "lines"},
            "transform": [{"filter": f"datum.line === '{name}'"}],
            "mark": {"type": "line", "interpolate": "step-after", "style": style},
            "encoding": field.places(),
        }
        for name, style in _STROKES.items()
    ]
    filled = {
        "data": {"name": "lines"},
        "transform": [{"filter": "datum.line === 'done'"}],
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.25, "strokeWidth": 0},
        "encoding": {
            **field.places(),
            "color": {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": ["done"]}},
        },
    }
    return [filled, *lines, field.points("parts")]


def moments_drawn(spec: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Give every number in a picture over days as day, what it counts, and the number, for holding against figures."""
    return [(row["day"], row.get("line") or row["class"], row["n"]) for row in spec["datasets"]["parts"]]


def _point(moment: Moment, until: int, key: str) -> Row:
    figure: FigureValue = moment.figures[key]
    return {
        "x": moment.day.toordinal(),
        "x2": until,
        "y": number_of(moment, key),
        "n": number_of(moment, key),
        "day": vi_date(moment.day),
        "shown": vi_number(number_of(moment, key)),
        "url": figure.url,
    }


def _pile(moment: Moment, until: int, classes: Sequence[str]) -> Iterator[Row]:
    """The parts of one day's pile, from the ground up; those of nought too, so that no edge slants."""
    ground = 0
    for name in classes:
        point = _point(moment, until, name)
        yield {**point, "class": name, "y2": ground, "y": ground + point["n"]}
        ground += point["n"]


def _edges(parts: Sequence[Row], end: int) -> list[Row]:
    """The corners of the areas: each part's begin, and the end of the last ones."""
    rows = [*parts, *({**row, "x": end} for row in parts if row["x2"] == end)]
    return [{name: row[name] for name in ("x", "y", "y2", "class")} for row in rows]
