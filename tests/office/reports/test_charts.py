"""The picture of figures: their numbers only, nothing fetched, readable without colour."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from typing import Any

from django.utils.translation import override

from dondoc.office.charts import Bar, chart_numbers, chart_png, programme_bars
from dondoc.office.reports.blocks import numbers_in
from office.reports.sample import PARTY, STATE, ProgressData, figure


def bars(data: ProgressData) -> list[tuple[str, list[Bar]]]:
    """The rows of the chart as the report draws them."""
    return [(p.title, [(g.label, g.state_class, g.figure) for g in p.groups]) for p in data.programmes]


def spec_of(data: ProgressData) -> dict[str, Any]:
    """The specification of a report's chart, in Vietnamese."""
    with override("vi"):
        return programme_bars(bars(data))


def strings(thing: object) -> list[str]:
    """Every text of a specification, keys left out."""
    if isinstance(thing, dict):
        return [text for value in thing.values() for text in strings(value)]
    if isinstance(thing, list):
        return [text for value in thing for text in strings(value)]
    return [thing] if isinstance(thing, str) else []


def test_every_number_drawn_or_written_is_a_figure() -> None:
    spec = spec_of(PARTY)
    counts = [g.figure.value for p in PARTY.programmes for g in p.groups]
    assert [number.value for number in chart_numbers(spec)] == counts
    written = [number for row in spec["datasets"]["words"] for line in row["caption"] for number in numbers_in(line)]
    assert written == counts
    assert [numbers_in(row["shown"]) for row in spec["datasets"]["parts"]] == [(count,) for count in counts]


def test_another_office_draws_other_numbers() -> None:
    assert chart_numbers(spec_of(PARTY)) != chart_numbers(spec_of(STATE))


def test_what_is_not_recorded_is_written_and_not_drawn() -> None:
    spec = spec_of(STATE)
    assert spec["datasets"]["words"][-1]["caption"] == ["đã hoàn thành: chưa ghi nhận"]
    assert spec["datasets"]["parts"][-1]["value"] is None
    drawn = [layer for layer in spec["layer"] if layer["data"]["name"] == "parts"]
    assert [layer["transform"] for layer in drawn] == [[{"filter": "datum.value > 0"}]] * 2


def test_nothing_is_fetched() -> None:
    spec = spec_of(PARTY)
    assert {layer["data"]["name"] for layer in spec["layer"]} == {"parts", "words"}
    assert [text for text in strings(spec) if "://" in text] == [spec["$schema"]]


def test_expressions_are_comparisons_that_the_interpreter_reads() -> None:
    """The page allows no evaluation of code: expressions hold members, comparisons and choices, no calls."""
    text = json.dumps(spec_of(PARTY), ensure_ascii=False)
    expressions = re.findall(r'"(?:filter|test|labelExpr)": "((?:[^"\\]|\\.)*)"', text)
    assert len(expressions) >= 5
    assert [expression for expression in expressions if "(" in expression] == []


def test_states_can_be_told_apart_in_grey() -> None:
    """Two fills of one bar differ by a fifth of the way from black to white, or by the line around them."""
    color = spec_of(PARTY)["layer"][0]["encoding"]["color"]["scale"]
    dash = spec_of(PARTY)["layer"][0]["encoding"]["strokeDash"]["scale"]
    greys = []
    for fill in color["range"]:
        red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
        greys.append(0.299 * red + 0.587 * green + 0.114 * blue)
    looks = list(zip(greys, map(tuple, dash["range"]), strict=True))
    for index, (grey, line) in enumerate(looks):
        for other, other_line in looks[index + 1 :]:
            assert abs(grey - other) > 0.2 or line != other_line, (color["domain"], greys)


def test_a_long_name_is_broken_into_lines() -> None:
    name = "Nhiệm vụ " + "phối hợp với các cơ quan của thành phố " * 4
    rows: list[tuple[str, list[Bar]]] = [(name, [("đã thực hiện", "done", figure("tasks.in_group", 3, "x"))])]
    lines = programme_bars(rows)["datasets"]["words"][0]["title"]
    assert " ".join(lines) == name.strip()
    assert max(map(len, lines)) <= 85


def test_a_list_of_which_nothing_is_recorded_has_a_picture_too() -> None:
    rows: list[tuple[str, list[Bar]]] = [("Kỳ trước", [("đã xong", "done", figure("tasks.in_group", None, "x"))])]
    assert chart_png(programme_bars(rows))[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_picture_is_the_same_each_time_and_large_enough_for_paper() -> None:
    spec = spec_of(PARTY)
    first, second = chart_png(spec), chart_png(json.loads(json.dumps(spec)))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    width, height = struct.unpack(">II", first[16:24])
    assert width >= 1800
    assert height > 500


def test_the_words_of_the_picture_are_really_drawn() -> None:
    """Without a font the words vanish silently; a picture with other words would then be the same picture."""
    rows: list[list[tuple[str, list[Bar]]]] = [
        [(name, [("đã thực hiện", "done", figure("tasks.in_group", 3, "x"))])] for name in ("Đôn đốc", "Nhắc việc")
    ]
    assert chart_png(programme_bars(rows[0])) != chart_png(programme_bars(rows[1]))
