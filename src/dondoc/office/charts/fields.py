"""The field of pictures over days: its rulers, its steps, and the words at its right edge or, on a phone, below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from textwrap import wrap
from typing import Any, NamedTuple

from django.utils.translation import pgettext

from dondoc.office.charts.axes import apart, day_axis, day_ticks, number_axis, number_ticks
from dondoc.office.charts.looks import NARROW, WIDTH, drawn
from dondoc.office.figures.timelines import TOTAL, Moment
from dondoc.rules.text import vi_date, vi_number

_GAP, _LEAD, _LINE = 17, 14, 14
_WIDE = 19  # letters that have room beside the picture
_LONG = 44  # letters that have room below it on a phone
_JUMPS = 3

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """The pixels of a picture over days: its field, what stands around it, and how many days its ruler names."""

    left: int
    top: int
    right: int
    bottom: int
    width: int
    height: int
    ticks: int = 5
    flush: bool | int = True


PAPER = Room(42, 38, 138, 26, WIDTH - 42 - 138, 220)
_PHONE = Room(0, 24, 10, 26, 0, 200, ticks=3, flush=34)


class Key(NamedTuple):
    """A line of what is written below a picture: the class or the style of what it names, and its words."""

    look: str
    text: str


class Field:
    """The field of a picture over days: its rulers, its steps, and the words at its right edge or below it."""

    def __init__(self, moments: Sequence[Moment], highest: int, room: Room = PAPER) -> None:
        self.moments = moments
        self.first, self.last = moments[0].day, moments[-1].day
        # The last day has its width like the others.
        self.end = self.last.toordinal() + 1
        self.numbers = number_ticks(highest)
        self.room = room

    def on_phone(self) -> Field:
        """Give the same field as a phone shows it: as much at the left as its numbers need, all words below it."""
        left = 12 + 7 * len(vi_number(self.numbers[-1]))
        room = replace(_PHONE, left=left, width=NARROW - left - _PHONE.right)
        return Field(self.moments, self.numbers[-1], room)

    def steps(self) -> Iterator[tuple[Moment, int]]:
        """Each day with the day on which the next one takes over."""
        followers = [*(moment.day.toordinal() for moment in self.moments[1:]), self.end]
        return zip(self.moments, followers, strict=True)

    def places(self) -> Row:
        ticks = day_ticks(self.first, self.last, most=self.room.ticks)
        return {
            "x": {
                "field": "x", "type": "quantitative", "axis": day_axis(ticks, flush=self.room.flush),
                "scale": {"domain": [self.first.toordinal(), self.end], "nice": False, "zero": False},
            },
            "y": {
                "field": "y", "type": "quantitative", "axis": number_axis(self.numbers), "stack": None,
                "scale": {"domain": [0, self.numbers[-1]], "nice": False},
            },
        }  # fmt: skip

    def hits(self, data: str, field: str, title: str) -> Row:
        """What one points at: the part of a day, which opens to its rows."""
        return {
            "data": {"name": data},
            "transform": [{"filter": "datum.n > 0"}],
            "mark": {"type": "rect", "style": "hit"},
            "encoding": {**self.places(), "x2": {"field": "x2"}, "y2": {"field": "y2"}, **_opens(field, title)},
        }

    def points(self, data: str) -> Row:
        """The same on lines: a point for each day, seen when it is pointed at."""
        return {
            "data": {"name": data},
            "mark": {"type": "point", "size": 60, "filled": True, "style": "hit"},
            "encoding": {**self.places(), **_opens("state", pgettext("report", "Count of"))},
        }

    def totals(self, moments: Sequence[Moment]) -> list[Row]:
        """The whole, written on the first day and where it grew most: there tasks were added."""
        grown = [
            (number_of(after, TOTAL) - number_of(before, TOTAL), after)
            for before, after in pairwise(moments)
            if number_of(after, TOTAL) - number_of(before, TOTAL) >= max(1, self.numbers[-1] / 20)
        ]
        largest = sorted(grown, key=lambda each: (-each[0], each[1].day))[:_JUMPS]
        room = 40 / self.room.width * (self.end - self.first.toordinal())
        rows: list[Row] = []
        for moment in sorted([moments[0], *(each for _by, each in largest)], key=lambda each: each.day):
            x = moment.day.toordinal()
            if x < self.end - room and (not rows or x - rows[-1]["x"] >= room):
                rows.append({"x": x, "y": number_of(moment, TOTAL), "text": vi_number(number_of(moment, TOTAL))})
        mark = {"type": "text", "align": "left", "baseline": "bottom", "dx": 1, "dy": -3, "style": "strong"}
        return [{"data": {"values": rows}, "mark": mark, "encoding": {**self.places(), "text": {"field": "text"}}}]

    def drawn(
        self, layers: Sequence[Row], *, data: Mapping[str, Sequence[Row]], labels: Sequence[tuple[str, float, str]],
        classes: Sequence[str],
    ) -> dict[str, Any]:  # fmt: skip
        """Put the layers together, with the words at the right edge and the last day above them."""
        words = self._labels(labels)
        x, y = self.places()["x"], self.places()["y"]
        leads = {
            "data": {"name": "labels"},
            "mark": {"type": "rule", "style": "lead"},
            "encoding": {
                "x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "field": "at"}, "y2": {"field": "y"},
            },
        }  # fmt: skip
        said = [
            {
                "data": {"name": "labels"},
                "transform": [{"filter": f"datum.style === '{style}'"}],
                "mark": {"type": "text", "align": "left", "baseline": "middle", "style": style},
                "encoding": {"x": {**x, "field": "x"}, "y": y, "text": {"field": "text"}},
            }
            for style in ("label", "strong", "quiet")
        ]
        return self._put([*layers, leads, *said], data={**data, "labels": words}, classes=classes)

    def keyed(
        self, layers: Sequence[Row], *, data: Mapping[str, Sequence[Row]], key: Sequence[Key], classes: Sequence[str]
    ) -> dict[str, Any]:
        """Put the layers together with the key below them, a line for each of its words, the first in bold."""
        by_day, by_number = self._units()
        begin = self.first.toordinal() - self.room.left * by_day
        rows: list[Row] = []
        down = self.room.bottom + 14
        for number, each in enumerate(key):
            for n, text in enumerate(wrap(each.text, _LONG, break_on_hyphens=False) or [""]):
                rows.append(
                    {
                        "look": each.look if n == 0 else "", "text": text, "style": "label" if number else "strong",
                        "x": begin + (18 * by_day if number else 0), "y": -down * by_number,
                        "from": begin, "to": begin + 12 * by_day,
                        "top": (5.5 - down) * by_number, "bottom": (-5.5 - down) * by_number,
                    }
                )  # fmt: skip
                down += _GAP
        x, y = self.places()["x"], self.places()["y"]
        said = [
            {
                "data": {"name": "key"},
                "transform": [{"filter": f"datum.style === '{style}'"}],
                "mark": {"type": "text", "align": "left", "baseline": "middle", "style": style},
                "encoding": {"x": x, "y": y, "text": {"field": "text"}},
            }
            for style in ("label", "strong")
        ]
        return self._put([*layers, *said], data={**data, "key": rows}, classes=classes, below=down - _GAP + 10)

    def squares(self, by_class: Row) -> Row:
        """A square before each line of the key that names a class."""
        x, y = self.places()["x"], self.places()["y"]
        return {
            "data": {"name": "key"},
            "transform": [{"filter": "datum.look !== ''"}],
            "mark": {"type": "rect", "style": "swatch"},
            "encoding": {
                "x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "field": "top"},
                "y2": {"field": "bottom"}, "color": {**by_class, "field": "look"},
            },
        }  # fmt: skip

    def stroke(self, style: str) -> Row:
        """A piece of a line before the line of the key that names it."""
        x, y = self.places()["x"], self.places()["y"]
        return {
            "data": {"name": "key"},
            "transform": [{"filter": f"datum.look === '{style}'"}],
            "mark": {"type": "rule", "style": style},
            "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y},
        }

    def _put(
        self, layers: Sequence[Row], *, data: Mapping[str, Sequence[Row]], classes: Sequence[str], below: int = 0
    ) -> dict[str, Any]:
        pad = (self.room.left, self.room.top, self.room.right, below or self.room.bottom)
        return drawn(self.room.width, self.room.height, layers, pad=pad, data=data, classes=classes)

    def _units(self) -> tuple[float, float]:
        """How many days and how many of what is counted a pixel stands for."""
        return (self.end - self.first.toordinal()) / self.room.width, self.numbers[-1] / self.room.height

    def _labels(self, labels: Sequence[tuple[str, float, str]]) -> list[Row]:
        by_day, by_number = self._units()
        ranked = sorted(labels, key=lambda label: label[1])
        said = _lines([text for text, _at, _style in ranked])
        tall = max(map(len, said)) - 1
        heights = apart(
            [at / by_number for _text, at, _style in ranked],
            gap=_GAP + _LINE * tall, low=4 + _LINE * tall / 2, high=self.room.height + 8,
        )  # fmt: skip
        rows: list[Row] = [
            {
                "text": line,
                "style": style,
                "at": at if n == 0 else (height + _LINE * ((len(lines) - 1) / 2 - n)) * by_number,
                "y": (height + _LINE * ((len(lines) - 1) / 2 - n)) * by_number,
                "from": self.end if n == 0 else self.end + _LEAD * by_day,
                "to": self.end + _LEAD * by_day,
                "x": self.end + (_LEAD + 4) * by_day,
            }
            for lines, (_text, at, style), height in zip(said, ranked, heights, strict=True)
            for n, line in enumerate(lines)
        ]
        top = max((self.room.height + 14) * by_number, max(row["y"] for row in rows) + _GAP * by_number)
        return [
            *rows,
            {
                "text": vi_date(self.last), "style": "quiet", "at": top, "y": top,
                "from": self.end, "to": self.end, "x": self.end + (_LEAD + 4) * by_day,
            },
        ]  # fmt: skip


def number_of(moment: Moment, key: str) -> int:
    """Give a number of a day; what was not on record counts nothing."""
    return int(moment.figures[key].value or 0)


def _lines(texts: Sequence[str]) -> list[list[str]]:
    """Break the words beside a picture into lines, as many as there is room for; the table has them in full."""
    most = next((n for n in (3, 2) if len(texts) * (_GAP + _LINE * (n - 1)) <= PAPER.height + PAPER.top), 1)
    return [wrap(text, _WIDE, max_lines=most, placeholder=" …", break_on_hyphens=False) or [text] for text in texts]


def _opens(field: str, title: str) -> Row:
    said = (("day", pgettext("report", "Day")), (field, title), ("shown", pgettext("report", "Count")))
    return {
        "href": {"field": "url", "type": "nominal"},
        "tooltip": [{"field": name, "type": "nominal", "title": words} for name, words in said],
    }
