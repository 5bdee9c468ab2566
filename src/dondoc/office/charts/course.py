"""The course of one task: a line of bars for each duty, from the day it was assigned, with what happened on the way.

Only days are drawn, no counted numbers. Shapes tell apart what happened; each shape is named below the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from dondoc.office.charts.course_layers import PAPER, PHONE, TOP, Field, Room, layers
from dondoc.office.charts.looks import ORDER, Drawn, both, class_words, drawn
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date

_STEP, _BAR, _OVER = 34, 14, 5
_LETTERS = 23
_OVER_BAR = 24  # pixels from the middle of a bar to the name over it, on a phone

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
    """Something that happened on a day: its kind (a key of `mark_words`) and its words."""

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


def task_course(lines: Sequence[Line], *, as_of: date) -> Drawn:
    """Draw each duty from the day it was assigned up to a day, with its due day and what happened to it.

    Days after `as_of` are drawn only for due days that lie ahead. Returns a Vega-Lite specification, 600 pixels wide,
    and what is other on a phone.
    """
    days = [as_of, *(bar.first for line in lines for bar in line.bars)]
    days += [line.due_on for line in lines if line.due_on]
    days += [mark.on for line in lines for mark in line.marks]
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
    }  # fmt: skip
    is_due = any(line.due_on for line in lines)
    height = TOP + _STEP * len(lines)

    def laid(room: Room) -> Row:
        field = Field(min(days), max(days), height, room)
        mine = {
            **data,
            "names": [_named(at, line, room) for at, line in enumerate(lines)],
            "today": [{"x": as_of.toordinal() + 1, "y": room.day_words, "text": vi_date(as_of)}],
            "key": _key(classes, kinds, field, is_due=is_due),
        }
        rows = -(-(len(classes) + len(kinds) + 1) // room.keys)
        pad = (room.left, 0, room.right, 34 + 18 * rows)
        return drawn(room.days, field.taken, layers(field, classes), pad=pad, data=mine, classes=list(classes))

    return both(laid(PAPER), laid(PHONE))


def _middle(at: int) -> float:
    return TOP + _STEP * (at + 0.5)


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


def _key(classes: Sequence[str], kinds: Sequence[str], field: Field, *, is_due: bool) -> list[Row]:
    """What the fills and shapes mean, some in a row below the days."""
    words: dict[str, str] = {str(key): text for key, text in class_words().items()}
    entries = [("class", each, words[each]) for each in classes]
    entries += [("mark", each, mark_words()[each]) for each in kinds]
    entries += [("due", "due", pgettext("chart", "due day"))] if is_due else []
    room, rows = field.room, []
    for number, (sort, each, text) in enumerate(entries):
        left = 8 - room.left + number % room.keys * ((room.width - 8) // room.keys)
        y = field.height + (44 + number // room.keys * 18) / room.taller
        rows.append(
            {
                "sort": sort, "class": each, "kind": each, "text": text, "y": y,
                "top": y - 6 / room.taller, "bottom": y + 6 / room.taller,
                "x": field.day(left), "sx": field.day(left - 6), "sx2": field.day(left + 6), "tx": field.day(left + 12),
            }
        )  # fmt: skip
    return rows


def _named(at: int, line: Line, room: Room) -> Row:
    """Say where the name of a duty stands: at the left, or over its bar."""
    if room.taller == 1:
        return {"y": _middle(at) - 7, "y2": _middle(at) + 8, "name": _short(line.name), "role": line.role}
    y = _middle(at) - _OVER_BAR / room.taller
    return {"y": y, "y2": y, "name": f"{line.name} · {line.role}", "role": ""}
