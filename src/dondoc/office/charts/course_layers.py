"""The layers of the course of a task: its bars, its marks and its words, in the room that paper or a phone has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from dondoc.office.charts.axes import day_axis, day_ticks
from dondoc.office.charts.looks import NARROW, WIDTH
from dondoc.rules.states import StateClass

TOP = 22
# On a phone the names stand over their bars: what is left beside the days, and how much higher a duty is.
_LEFT, _EDGE, _RIGHT, _TALLER = 150, 8, 14, 1.45
# The shapes of what happened, as Vega draws them.
SHAPES = {
    "urge": "triangle-down",
    "extension": "triangle-right",
    "due_moved": "triangle-up",
    "obstacle": "diamond",
    "obstacle_end": "cross",
    "product": "square",
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """What a picture has of room in pixels: its width, what is left beside the days; its keys in a row, its ruler."""

    width: int
    left: int
    right: int
    keys: int
    ticks: int
    taller: float = 1

    @property
    def days(self) -> int:
        """The width of the field of days."""
        return self.width - self.left - self.right

    @property
    def day_words(self) -> float:
        """How far down the day of the picture is written: over its line, and on a phone clear of the first name."""
        return TOP - 6 if self.taller == 1 else 8 / self.taller


PAPER = Room(WIDTH, _LEFT, _RIGHT, keys=4, ticks=5)
PHONE = Room(NARROW, _EDGE, _RIGHT, keys=2, ticks=3, taller=_TALLER)


@dataclass(frozen=True, slots=True)
class Field:
    """The field of days: its first and last day, the height in which places are given, and the room that it has."""

    first_day: date
    last_day: date
    height: int
    room: Room

    @property
    def first(self) -> int:
        """The first day as a number."""
        return self.first_day.toordinal()

    @property
    def last(self) -> int:
        """The end of the last day as a number."""
        return self.last_day.toordinal() + 1

    @property
    def taken(self) -> int:
        """The height in pixels."""
        return round(self.height * self.room.taller)

    def x(self) -> Row:
        scale = {"domain": [self.first, self.last], "nice": False, "zero": False}
        ticks = day_ticks(self.first_day, self.last_day, most=self.room.ticks)
        ruler = day_axis(ticks, flush=True if self.room.taller == 1 else 34)
        return {"field": "x", "type": "quantitative", "axis": ruler, "scale": scale}

    def y(self) -> Row:
        scale = {"domain": [0, self.height], "range": [0, self.taken], "nice": False, "zero": False}
        return {"field": "y", "type": "quantitative", "axis": None, "scale": scale}

    def day(self, pixels: float) -> float:
        """Give the day that stands so many pixels right of the first one."""
        return self.first + pixels * (self.last - self.first) / self.room.days

    def at(self, x: str = "x", y: str = "y", x2: str = "", y2: str = "") -> Row:
        """Say by which columns something is placed."""
        found = {"x": {**self.x(), "field": x}, "y": {**self.y(), "field": y}}
        return found | ({"x2": {"field": x2}} if x2 else {}) | ({"y2": {"field": y2}} if y2 else {})


def layers(field: Field, classes: Sequence[StateClass]) -> list[Row]:
    """Give all layers, those that lie above others last."""
    return [*_lines(field, classes), *_words(field), *_keys(field, classes)]


def _lines(field: Field, classes: Sequence[StateClass]) -> list[Row]:
    """The bars, what lies ahead of them, their due days, what happened, and the day of the picture."""
    by_kind = {"domain": list(SHAPES), "range": list(SHAPES.values())}
    return [
        {
            "data": {"name": "bars"},
            "mark": {"type": "rect", "style": "swatch"},
            "encoding": {
                **field.at(x2="x2", y2="y2"),
                "color": {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": list(classes)}},
                **_opens(),
            },
        },
        {
            "data": {"name": "ahead"},
            "mark": {"type": "rule", "style": "ahead"},
            "encoding": field.at(x2="x2"),
        },
        {"data": {"name": "today"}, "mark": {"type": "rule", "style": "today"}, "encoding": {
            "x": field.x(), "y": {"value": TOP - 4}, "y2": {"value": field.taken},
        }},
        {"data": {"name": "dues"}, "mark": {"type": "rule", "style": "due"}, "encoding": {
            **field.at(y2="y2"), **_opens(),
        }},
        {
            "data": {"name": "marks"},
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "style": "mark"},
            "encoding": {
                **field.at(),
                "shape": {"field": "kind", "type": "nominal", "legend": None, "scale": by_kind},
                **_opens(),
            },
        },
    ]  # fmt: skip


def _words(field: Field) -> list[Row]:
    """The names at the left, and the day of the picture above its line."""

    def text(data: str, column: str, y: str, style: str, *, at_left: bool) -> Row:
        x = {"value": 8 - field.room.left} if at_left else field.x()
        mark = {"type": "text", "align": "left" if at_left else "right", "baseline": "middle", "style": style}
        return {
            "data": {"name": data},
            "mark": mark,
            "encoding": {"x": x, "y": {**field.y(), "field": y}, "text": {"field": column, "type": "nominal"}},
        }

    return [
        text("names", "name", "y", "small", at_left=True),
        text("names", "role", "y2", "quiet", at_left=True),
        text("today", "text", "y", "quiet", at_left=False),
    ]


def _keys(field: Field, classes: Sequence[StateClass]) -> list[Row]:
    """What the fills and shapes mean, below the days."""

    def layer(sort: str, mark: Row, encoding: Row) -> Row:
        only = [{"filter": f"datum.sort === '{sort}'"}]
        return {"data": {"name": "key"}, "transform": only, "mark": mark, "encoding": encoding}

    by_class = {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": list(classes)}}
    by_kind = {"domain": list(SHAPES), "range": list(SHAPES.values())}
    shape = {"field": "kind", "type": "nominal", "legend": None, "scale": by_kind}
    point = {"type": "point", "filled": True, "size": 90, "opacity": 1, "style": "mark"}
    square = field.at("sx", "top", "sx2", "bottom")
    return [
        layer("class", {"type": "rect", "style": "swatch"}, {**square, "color": by_class}),
        layer("mark", point, {**field.at(), "shape": shape}),
        layer("due", {"type": "rule", "style": "due"}, field.at("x", "top", y2="bottom")),
        {
            "data": {"name": "key"},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "style": "small"},
            "encoding": {**field.at("tx"), "text": {"field": "text", "type": "nominal"}},
        },
    ]


def _opens() -> Row:
    said = (
        ("name", pgettext("report", "Agency")),
        ("what", pgettext("chart", "What")),
        ("day", pgettext("report", "Day")),
    )
    return {
        "href": {"field": "url", "type": "nominal"},
        "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in said],
    }
