"""The course of one task: a line of bars for each duty, from the day it was assigned, with what happened on the way.

Only days are drawn, no counted numbers. Shapes tell apart what happened; each shape is named below the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from dondoc.office.charts.axes import day_axis, day_ticks
from dondoc.office.charts.looks import ORDER, WIDTH, class_words, drawn
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date

_LEFT, _RIGHT, _TOP = 150, 14, 22
_STEP, _BAR, _OVER = 34, 14, 5
_LETTERS = 23
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
class Bar:
    """Some days of a duty in one class of states, the first and the last; `state` in the words of its workflow."""

    first: date
    last: date
    state_class: StateClass
    state: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day: its kind (a key of SHAPES) and its words."""

    kind: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A duty in the picture: its name, its role, its due day, its bars and marks, and the address of its page."""

    name: str
    role: str
    due_on: date | None
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    url: str


def mark_words() -> dict[str, str]:
    """Name what can happen, as the key below the picture does."""
    return {
        "urge": pgettext("chart", "urged"),
        "extension": pgettext("chart", "extension asked"),
        "due_moved": pgettext("chart", "due day moved"),
        "obstacle": pgettext("chart", "obstacle named"),
        "obstacle_end": pgettext("chart", "obstacle ended"),
        "product": pgettext("chart", "product"),
    }


def task_course(lines: Sequence[Line], *, as_of: date) -> Row:
    """Draw each duty from the day it was assigned up to a day, with its due day and what happened to it.

    Days after `as_of` are drawn only for due days that lie ahead. Returns a Vega-Lite specification, 600 pixels wide.
    """
    days = [as_of, *(bar.first for line in lines for bar in line.bars)]
    days += [line.due_on for line in lines if line.due_on]
    days += [mark.on for line in lines for mark in line.marks]
    first, last = min(days), max(days)
    ruler = day_axis(day_ticks(first, last, most=5))
    field = _Field(first.toordinal(), last.toordinal() + 1, _TOP + _STEP * len(lines), ruler)
    classes = [c for c in ORDER if any(bar.state_class == c for line in lines for bar in line.bars)]
    kinds = [kind for kind in mark_words() if any(mark.kind == kind for line in lines for mark in line.marks)]
    data = {
        "bars": [row for at, line in enumerate(lines) for row in _bars(at, line)],
        "ahead": [
            {"x": as_of.toordinal() + 1, "x2": line.due_on.toordinal() + 1, "y": _middle(at), **_said(line, "")}
            for at, line in enumerate(lines)
            if line.due_on and line.due_on > as_of and line.bars and line.bars[-1].state_class in {"waiting", "active"}
        ],
        "dues": [
            {
                "x": line.due_on.toordinal() + 1, "y": _middle(at) - _BAR / 2 - 4, "y2": _middle(at) + _BAR / 2 + 4,
                "day": vi_date(line.due_on), **_said(line, pgettext("chart", "due day")),
            }
            for at, line in enumerate(lines)
            if line.due_on
        ],
        "marks": [row for at, line in enumerate(lines) for row in _marks(at, line)],
        "names": [
            {"y": _middle(at) - 7, "y2": _middle(at) + 8, "name": _short(line.name), "role": line.role}
            for at, line in enumerate(lines)
        ],
        "today": [{"x": as_of.toordinal() + 1, "y": _TOP - 6, "text": vi_date(as_of)}],
        "key": _key(classes, kinds, field, is_due=any(line.due_on for line in lines)),
    }  # fmt: skip
    layers = [*_lines(field, classes), *_words(field), *_keys(field, classes)]
    rows = -(-(len(classes) + len(kinds) + 1) // 4)
    return drawn(
        WIDTH - _LEFT - _RIGHT, field.height, layers, pad=(_LEFT, 0, _RIGHT, 34 + 18 * rows), data=data,
        classes=list(classes),
    )  # fmt: skip


def _middle(at: int) -> float:
    return _TOP + _STEP * (at + 0.5)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"


def _said(line: Line, what: str) -> Row:
    return {"name": line.name, "what": what, "url": line.url}


def _bars(at: int, line: Line) -> list[Row]:
    return [
        {
            "x": bar.first.toordinal(),
            "x2": bar.last.toordinal() + 1,
            "y": _middle(at) - _height(bar) / 2,
            "y2": _middle(at) + _height(bar) / 2,
            "class": bar.state_class,
            "day": f"{vi_date(bar.first)}–{vi_date(bar.last)}",
            **_said(line, bar.state),
        }
        for bar in line.bars
    ]


def _height(bar: Bar) -> int:
    """Work that runs is a bar; what is over for now goes on as a line."""
    return _BAR if bar.state_class in {"waiting", "active"} else _OVER


def _marks(at: int, line: Line) -> list[Row]:
    words = mark_words()
    return [
        {
            "x": mark.on.toordinal() + 0.5,
            "y": _middle(at),
            "kind": mark.kind,
            "day": vi_date(mark.on),
            **_said(line, f"{words[mark.kind]} {mark.words}".strip()),
        }
        for mark in line.marks
    ]


def _key(classes: Sequence[str], kinds: Sequence[str], field: _Field, *, is_due: bool) -> list[Row]:
    """What the fills and shapes mean, four in a row below the days."""
    words: dict[str, str] = {str(key): text for key, text in class_words().items()}
    entries = [("class", each, words[each]) for each in classes]
    entries += [("mark", each, mark_words()[each]) for each in kinds]
    entries += [("due", "due", pgettext("chart", "due day"))] if is_due else []
    rows = []
    for number, (sort, each, text) in enumerate(entries):
        left, y = 8 - _LEFT + number % 4 * 148, field.height + 44 + number // 4 * 18
        rows.append(
            {
                "sort": sort, "class": each, "kind": each, "text": text, "y": y, "top": y - 6, "bottom": y + 6,
                "x": field.day(left), "sx": field.day(left - 6), "sx2": field.day(left + 6), "tx": field.day(left + 12),
            }
        )  # fmt: skip
    return rows


@dataclass(frozen=True, slots=True)
class _Field:
    """The field of days: its first and last day, its height in pixels, its ruler."""

    first: int
    last: int
    height: int
    ruler: Row

    def x(self) -> Row:
        scale = {"domain": [self.first, self.last], "nice": False, "zero": False}
        return {"field": "x", "type": "quantitative", "axis": self.ruler, "scale": scale}

    def y(self) -> Row:
        scale = {"domain": [0, self.height], "range": [0, self.height], "nice": False, "zero": False}
        return {"field": "y", "type": "quantitative", "axis": None, "scale": scale}

    def day(self, pixels: float) -> float:
        """Give the day that stands so many pixels right of the first one."""
        return self.first + pixels * (self.last - self.first) / (WIDTH - _LEFT - _RIGHT)

    def at(self, x: str = "x", y: str = "y", x2: str = "", y2: str = "") -> Row:
        """Say by which columns something is placed."""
        found = {"x": {**self.x(), "field": x}, "y": {**self.y(), "field": y}}
        return found | ({"x2": {"field": x2}} if x2 else {}) | ({"y2": {"field": y2}} if y2 else {})


def _lines(field: _Field, classes: Sequence[StateClass]) -> list[Row]:
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
            "x": field.x(), "y": {"value": _TOP - 4}, "y2": {"value": field.height},
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


def _words(field: _Field) -> list[Row]:
    """The names at the left, and the day of the picture above its line."""

    def text(data: str, column: str, y: str, style: str, *, at_left: bool) -> Row:
        x = {"value": 8 - _LEFT} if at_left else field.x()
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


def _keys(field: _Field, classes: Sequence[StateClass]) -> list[Row]:
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
