"""Figures as pictures: one Vega-Lite specification for screen and paper, with every number in it a figure's
value.

The specification carries its data, fetches nothing, and uses only expressions that Vega's interpreter can
read, so that the page needs no permission to evaluate code. There is no axis of numbers: a tick would be a
number that nobody counted.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import altair as alt
import vl_convert
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.figures.registry import FigureValue
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_number

FONT = "Tinos, 'Times New Roman', 'Liberation Serif', serif"
FONTS_FOLDER = Path(__file__).parent / "static" / "vendor" / "fonts"
WIDTH = 600
"""Pixels at 96 to the inch: a little under the text width of an A4 page (165 mm)."""

Bar = tuple[str, StateClass, FigureValue]
"""One part of a bar: the state's words in the source, its class, its figure."""

_INK = "#333333"
_LOOKS: Mapping[StateClass, tuple[str, tuple[int, ...]]] = {
    # Fill and dash of the outline. The greys of the fills lie far apart: a black-and-white print still reads.
    "done": ("#1d6b45", (1, 0)),
    "active": ("#79acd2", (1, 0)),
    "waiting": ("#dedede", (1, 0)),
    "deferred": ("#ffffff", (4, 2)),
    "dropped": ("#ffffff", (1, 2)),
}
_BAR, _LINE, _GAP = 20, 15, 6
_LETTERS, _TITLE_LETTERS = 100, 85
_NARROWEST = Decimal("0.03")


class ChartNumber(NamedTuple):
    """A number as it stands in a specification: whose bar, which state, which value (None: not recorded)."""

    programme: str
    group: str
    value: Decimal | None


def programme_bars(rows: Sequence[tuple[str, Sequence[Bar]]]) -> dict[str, Any]:
    """Draw one bar for each programme, cut into its states, with the states written under it in their own
    words.

    Every bar is as long as the others: it shows how a list stands, and the words say how long the list is.
    The order of programmes and of states is kept. A state without a value has no part in the bar and is
    written as not recorded. Returns a Vega-Lite specification, 600 pixels wide.
    """
    titles = [textwrap.wrap(name, _TITLE_LETTERS) or [""] for name, _bars in rows]
    captions = [_caption(bars) for _name, bars in rows]
    above, below = _tallest(titles) + _GAP, _tallest(captions) + 2 * _GAP
    step = above + _BAR + below
    parts, words = alt.Chart(alt.NamedData("parts")), alt.Chart(alt.NamedData("words"))
    data = {
        "parts": list(_parts(rows)),
        "words": [
            {"row": number, "title": title, "caption": caption}
            for number, (title, caption) in enumerate(zip(titles, captions, strict=True))
        ],
    }
    row = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0), sort=None)
    shift = above + _BAR / 2 - step / 2
    layers = alt.layer(
        _fills(parts, row, shift, _classes(rows)),
        _counts(parts, row, shift),
        _words(words, row, "title", dy=shift - _BAR / 2 - 4, bold=True),
        _words(words, row, "caption", dy=shift + _BAR / 2 + 4, bold=False),
    )
    spec = layers.properties(
        width=WIDTH, height=alt.Step(step), background="#ffffff", datasets=data, padding=0
    ).configure(font=FONT, view=alt.ViewConfig(stroke=None), text=alt.MarkConfig(font=FONT))
    return dict(spec.to_dict())


def _tallest(texts: Sequence[Sequence[str]]) -> int:
    return max((len(lines) for lines in texts), default=1) * _LINE


def _parts(rows: Sequence[tuple[str, Sequence[Bar]]]) -> Iterator[dict[str, Any]]:
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
                "shown": _shown(figure),
                "roomy": bool(value) and Decimal(value or 0) >= whole * _NARROWEST,
                "url": figure.url,
            }


def _classes(rows: Sequence[tuple[str, Sequence[Bar]]]) -> list[StateClass]:
    used = {state_class for _name, bars in rows for _label, state_class, _figure in bars}
    return [state_class for state_class in _LOOKS if state_class in used]


def _length() -> alt.X:
    return alt.X("value:Q", axis=None, stack="normalize", scale=alt.Scale(nice=False, zero=True))


def _fills(data: alt.Chart, row: alt.Y, shift: float, classes: Sequence[StateClass]) -> alt.Chart:
    looks = [_LOOKS[state_class] for state_class in classes]
    names = {
        "done": pgettext("state class", "done"),
        "active": pgettext("state class", "under way"),
        "waiting": pgettext("state class", "not begun"),
        "deferred": pgettext("state class", "deferred"),
        "dropped": pgettext("state class", "dropped"),
    }
    # The legend writes the classes in words by a chain of comparisons: plain enough for the interpreter.
    words = '""'
    for name in classes:
        words = f'datum.value === "{name}" ? {json.dumps(names[name], ensure_ascii=False)} : {words}'
    legend = alt.Legend(
        title=None, orient="top", labelExpr=words, labelFontSize=12, labelLimit=0, symbolType="square",
        symbolStrokeWidth=0.8, symbolSize=140,
    )  # fmt: skip
    return (
        data.transform_filter("datum.value > 0")
        .mark_bar(height=_BAR, yOffset=shift, strokeWidth=0.8)
        .encode(
            x=_length(),
            y=row,
            order=alt.Order("order:Q"),
            color=alt.Color(
                "class:N",
                scale=alt.Scale(domain=list(classes), range=[fill for fill, _dash in looks]),
                legend=legend,
            ),
            strokeDash=alt.StrokeDash(
                "class:N",
                scale=alt.Scale(domain=list(classes), range=[list(dash) for _fill, dash in looks]),
                legend=legend,
            ),
            stroke=alt.Stroke(
                "class:N", scale=alt.Scale(domain=list(classes), range=[_INK] * len(classes)), legend=legend
            ),
            href="url:N",
            tooltip=[
                alt.Tooltip("programme:N", title=pgettext("report", "List")),
                alt.Tooltip("group:N", title=pgettext("report", "State")),
                alt.Tooltip("shown:N", title=pgettext("report", "Count")),
            ],
        )
    )


def _counts(data: alt.Chart, row: alt.Y, shift: float) -> alt.Chart:
    """The number inside each part that has room for it; every number stands in the words below as well."""
    length = _length().bandPosition(0.5)
    filled = data.transform_filter("datum.value > 0")
    return filled.mark_text(yOffset=shift, fontSize=13, fontWeight="bold", baseline="middle").encode(
        x=length,
        y=row,
        order=alt.Order("order:Q"),
        text="shown:N",
        color=alt.condition("datum.class === 'done'", alt.value("#ffffff"), alt.value("#111111")),
        opacity=alt.condition("datum.roomy", alt.value(1), alt.value(0)),
    )


def _words(data: alt.Chart, row: alt.Y, field: str, *, dy: float, bold: bool) -> alt.Chart:
    """Words left-bound over a bar (negative `dy`) or under it."""
    return data.mark_text(
        align="left",
        baseline="bottom" if dy < 0 else "top",
        yOffset=dy,
        fontSize=13,
        fontWeight="bold" if bold else "normal",
        lineHeight=_LINE,
        color=_INK,
    ).encode(x=alt.value(0), y=row, text=f"{field}:N")


def _shown(figure: FigureValue) -> str:
    return _("not recorded") if figure.value is None else vi_number(figure.value)


def _caption(bars: Sequence[Bar]) -> list[str]:
    """The states of one bar in words: "8 đã thực hiện · 5 đang tổ chức thực hiện", broken between states
    if it can be.
    """
    words = [
        f"{label}: {_shown(figure)}" if figure.value is None else f"{_shown(figure)} {label}"
        for label, _class, figure in bars
    ]
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} · {word}" if lines[-1] else word
        if len(longer) <= _LETTERS:
            lines[-1] = longer
        else:
            lines += textwrap.wrap(word, _LETTERS)
    return [line for line in lines if line] or [""]


def chart_numbers(spec: Mapping[str, Any]) -> tuple[ChartNumber, ...]:
    """Every counted number in a specification of `programme_bars`, in drawing order, for holding against
    the figures.
    """
    return tuple(
        ChartNumber(row["programme"], row["group"], None if row["value"] is None else Decimal(str(row["value"])))
        for row in spec["datasets"]["parts"]
    )


def chart_png(spec: Mapping[str, Any]) -> bytes:
    """Draw a specification as a picture for paper, 288 dots to the inch, without leaving the machine.

    Tinos (the metrics of Times New Roman) is drawn from the office's own files where `make install` has put
    them; a machine without them draws with its own serif, and the picture then differs from machine to
    machine.
    """
    if FONTS_FOLDER.is_dir():
        vl_convert.register_font_directory(str(FONTS_FOLDER))
    return bytes(vl_convert.vegalite_to_png(dict(spec), scale=3, allowed_base_urls=[]))
