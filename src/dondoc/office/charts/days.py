"""Pictures that run over days: how tasks stood, and what was done against what had fallen due.

From one day to the next change a number stays, so the lines have steps. Each number stands on its day, opens to its
rows, and the last ones are written beside the picture; only the ruler at the left was not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.charts.axes import apart, day_axis, day_ticks, number_axis, number_ticks
from dondoc.office.charts.looks import ORDER, WIDTH, class_words, drawn
from dondoc.office.figures.registry import FigureValue
from dondoc.office.figures.timelines import TOTAL, Moment
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date, vi_number

_LEFT, _TOP, _RIGHT, _BOTTOM = 42, 38, 138, 26
_FIELD, _HEIGHT = WIDTH - _LEFT - _RIGHT, 220
_GAP, _LEAD, _LINE = 17, 14, 14
_WIDE = 19  # letters that have room beside the picture
_JUMPS = 3

Row = dict[str, Any]


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


def states_area(moments: Sequence[Moment], layers: Sequence[Layer]) -> dict[str, Any]:
    """Draw how many tasks stood in each class of states, or group of a list, from day to day, one upon another.

    Returns a Vega-Lite specification, 600 pixels wide.
    """
    used = [layer for layer in layers if any(_n(moment, layer.key) for moment in moments)]
    classes = [layer.key for layer in used]
    words = {layer.key: layer.words for layer in used}
    field = _Field(moments, max(_n(moment, TOTAL) for moment in moments))
    parts = [row for moment, until in field.steps() for row in _pile(moment, until, classes)]
    ends = [
        (f"{vi_number(row['n'])} {words[row['class']]}", (row["y"] + row["y2"]) / 2, "label")
        for row in parts[len(parts) - len(classes) :]
        if row["n"] and row["x2"] == field.end
    ]
    total = _n(moments[-1], TOTAL)
    said = [{**row, "state": words[row["class"]]} for row in parts]
    return field.drawn(
        [
            {
                "data": {"name": "edges"},
                "mark": {"type": "area", "interpolate": "step-after"},
                "encoding": {
                    **field.places(),
                    "y2": {"field": "y2"},
                    "color": {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": classes}},
                },
            },
            field.hits("parts", "state", pgettext("report", "State")),
            *field.totals(moments),
        ],
        data={"parts": said, "edges": _edges(parts, field.end)},
        labels=[*ends, (_("%(n)s in all") % {"n": vi_number(total)}, total, "strong")],
        classes=[layer.look for layer in used],
    )


def burn_up(moments: Sequence[Moment]) -> dict[str, Any]:
    """Draw the duties assigned, those fallen due and those done from day to day: three lines that only seldom sink.

    Where the line of what is done lies below that of what had fallen due, work is behind. Returns a Vega-Lite
    specification, 600 pixels wide.
    """
    field = _Field(moments, max(_n(moment, "owed") for moment in moments))
    names = {"owed": _("assigned"), "fallen_due": _("fallen due"), "done": _("done")}
    rows = [
        {**_point(moment, until, name), "line": name, "class": name, "state": names[name]}
        for name in names
        for moment, until in field.steps()
    ]
    lines = [*rows, *({**row, "x": field.end} for row in rows if row["x2"] == field.end)]
    ends = [(f"{vi_number(row['n'])} {row['state']}", row["y"], "strong") for row in rows if row["x2"] == field.end]

    def line(name: str, style: str) -> Row:
        return {
            "data": {"name": "lines"},
            "transform": [{"filter": f"datum.line === '{name}'"}],
            "mark": {"type": "line", "interpolate": "step-after", "style": style},
            "encoding": field.places(),
        }

    filled = {
        "data": {"name": "lines"},
        "transform": [{"filter": "datum.line === 'done'"}],
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.25, "strokeWidth": 0},
        "encoding": {
            **field.places(),
            "color": {"field": "class", "type": "nominal", "legend": None, "scale": {"domain": ["done"]}},
        },
    }
    return field.drawn(
        [filled, line("owed", "thin"), line("fallen_due", "dashed"), line("done", "thick"), field.points("parts")],
        data={"lines": lines, "parts": rows},
        labels=ends,
        classes=["done"],
    )


def moments_drawn(spec: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Give every number in a picture over days as day, what it counts, and the number, for holding against figures."""
    return [(row["day"], row.get("line") or row["class"], row["n"]) for row in spec["datasets"]["parts"]]


def _n(moment: Moment, key: str) -> int:
    return int(moment.figures[key].value or 0)


def _point(moment: Moment, until: int, key: str) -> Row:
    figure: FigureValue = moment.figures[key]
    return {
        "x": moment.day.toordinal(),
        "x2": until,
        "y": _n(moment, key),
        "n": _n(moment, key),
        "day": vi_date(moment.day),
        "shown": vi_number(_n(moment, key)),
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


class _Field:
    """The field of a picture over days: its rulers, its steps, and the words at its right edge."""

    def __init__(self, moments: Sequence[Moment], highest: int) -> None:
        self.moments = moments
        self.first, self.last = moments[0].day, moments[-1].day
        # The last day has its width like the others.
        self.end = self.last.toordinal() + 1
        self.numbers = number_ticks(highest)

    def steps(self) -> Iterator[tuple[Moment, int]]:
        """Each day with the day on which the next one takes over."""
        followers = [*(moment.day.toordinal() for moment in self.moments[1:]), self.end]
        return zip(self.moments, followers, strict=True)

    def places(self) -> Row:
        ticks = day_ticks(self.first, self.last)
        return {
            "x": {
                "field": "x", "type": "quantitative", "axis": day_axis(ticks),
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
            (_n(after, TOTAL) - _n(before, TOTAL), after)
            for before, after in pairwise(moments)
            if _n(after, TOTAL) - _n(before, TOTAL) >= max(1, self.numbers[-1] / 20)
        ]
        largest = sorted(grown, key=lambda each: (-each[0], each[1].day))[:_JUMPS]
        room = 40 / _FIELD * (self.end - self.first.toordinal())
        rows: list[Row] = []
        for moment in sorted([moments[0], *(each for _by, each in largest)], key=lambda each: each.day):
            x = moment.day.toordinal()
            if x < self.end - room and (not rows or x - rows[-1]["x"] >= room):
                rows.append({"x": x, "y": _n(moment, TOTAL), "text": vi_number(_n(moment, TOTAL))})
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
        return drawn(
            _FIELD, _HEIGHT, [*layers, leads, *said], pad=(_LEFT, _TOP, _RIGHT, _BOTTOM),
            data={**data, "labels": words}, classes=classes,
        )  # fmt: skip

    def _labels(self, labels: Sequence[tuple[str, float, str]]) -> list[Row]:
        by_day = (self.end - self.first.toordinal()) / _FIELD
        by_number = self.numbers[-1] / _HEIGHT
        ranked = sorted(labels, key=lambda label: label[1])
        said = _lines([text for text, _at, _style in ranked])
        tall = max(map(len, said)) - 1
        heights = apart(
            [at / by_number for _text, at, _style in ranked],
            gap=_GAP + _LINE * tall, low=4 + _LINE * tall / 2, high=_HEIGHT + 8,
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
        top = max((_HEIGHT + 14) * by_number, max(row["y"] for row in rows) + _GAP * by_number)
        return [
            *rows,
            {
                "text": vi_date(self.last), "style": "quiet", "at": top, "y": top,
                "from": self.end, "to": self.end, "x": self.end + (_LEAD + 4) * by_day,
            },
        ]  # fmt: skip


def _lines(texts: Sequence[str]) -> list[list[str]]:
    """Break the words beside a picture into lines, as many as there is room for; the table has them in full."""
    most = next((n for n in (3, 2) if len(texts) * (_GAP + _LINE * (n - 1)) <= _HEIGHT + _TOP), 1)
    return [wrap(text, _WIDE, max_lines=most, placeholder=" …", break_on_hyphens=False) or [text] for text in texts]


def _opens(field: str, title: str) -> Row:
    said = (("day", pgettext("report", "Day")), (field, title), ("shown", pgettext("report", "Count")))
    return {
        "href": {"field": "url", "type": "nominal"},
        "tooltip": [{"field": name, "type": "nominal", "title": words} for name, words in said],
    }
