"""What the templates show: numbers as Vietnamese papers write them, bars whose parts fill the whole width."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from dondoc.office import actions
from dondoc.office.figures.registry import FigureValue
from dondoc.office.models import ExtensionVerdict
from dondoc.office.templatetags.look import DEEDS, bar, deed, shown
from dondoc.office.web.menu import PLACES, place_of
from office.test_access import MAY_OPEN


def figure(value: int | None) -> FigureValue:
    return FigureValue(
        key="tasks.total",
        arguments=(),
        value=value,
        label="nhiệm vụ",
        sentence="Số nhiệm vụ của danh mục.",
        as_of=date(2023, 12, 2),
        known_at=None,
        definition=None,
        url="/figures/tasks.total?as_of=2023-12-02",
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [(1234, "1.234"), (Decimal("1234.5"), "1.234,5"), (0.97, "0,97"), (0, "0"), ("92%", "92%"), (None, None)],
)
def test_numbers_are_written_as_in_vietnamese_papers(value: object, words: object) -> None:
    assert shown(value) == words


def test_the_parts_of_a_bar_stand_side_by_side_and_fill_it() -> None:
    drawn = bar(
        [("đã thực hiện", "done", figure(8)), ("đang làm", "active", figure(5)), ("hoãn", "deferred", figure(1))], ""
    )
    assert [(part["x"], part["width"]) for part in drawn["segments"]] == [
        ("0.000%", "57.143%"),
        ("57.143%", "35.714%"),
        ("92.857%", "7.143%"),
    ]


def test_a_part_without_a_number_is_not_drawn() -> None:
    drawn = bar([("đã thực hiện", "done", figure(0)), ("đang làm", "active", figure(None))], "")
    assert drawn["segments"] == []


def test_a_number_is_a_link_that_opens_its_rows_beside_the_page() -> None:
    html = render_to_string("parts/figure.html", {"figure": figure(1234)})
    assert html == (
        '<a class="figure " href="/figures/tasks.total?as_of=2023-12-02" hx-get="/figures/tasks.total?as_of=2023-12-02"'
        ' hx-target="#drawer-body" title="Số nhiệm vụ của danh mục.">1.234</a>'
    )


def test_nought_is_a_number_and_a_gap_is_none() -> None:
    assert ">0</a>" in render_to_string("parts/figure.html", {"figure": figure(0)})
    assert "<a" not in render_to_string("parts/figure.html", {"figure": figure(None)})


@pytest.mark.parametrize(
    ("timeliness", "days", "mark"), [("late", 12, "s-late"), ("due_soon", 0, "s-due_soon"), ("no_due", 0, "s-no_due")]
)
def test_lateness_is_a_mark_and_a_word_not_a_colour_alone(timeliness: str, days: int, mark: str) -> None:
    html = render_to_string("parts/timeliness.html", {"row": {"timeliness": timeliness, "days_late": days}})
    assert mark in html
    words = html.split("<span>")[1].split("</span>")[0]
    assert words.strip()
    assert ("12" in words) == (timeliness == "late")


def test_every_deed_of_the_log_is_said_in_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(actions.__file__).parent.rglob("*.py")]
    entered = re.compile(r'(?:\.record\(\s*|\()"(\w+)",\s*(?:\[|rows|reviews|batch|list|found|made|done|w\.)')
    written = {name for text in sources for name in entered.findall(text)}
    written |= {f"{verdict}_extension" for verdict in ExtensionVerdict.values}
    assert "accept_proposal" in written
    assert "hand_over_duty" in written
    assert written - DEEDS.keys() == set()


def test_an_unknown_deed_is_shown_by_its_name() -> None:
    assert deed("move_moon") == "move_moon"


def test_each_page_belongs_to_one_place_of_the_menu() -> None:
    fits = {page: [name for name, _label, begin in PLACES if page.startswith(begin)] for page in MAY_OPEN}
    assert {page for page, places in fits.items() if len(places) != 1} == {
        "account_change_password",
        *("listing", "rows", "single", "openapi-json"),
    }
    assert [place_of(page) for page in ("duty_person", "clauses", "openapi-json")] == ["tasks", "documents", ""]
