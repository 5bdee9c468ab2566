"""One number, wherever it stands: figure, rows, page, files, JSON and command line say the same, for every figure."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localtime
from python_calamine import CalamineWorkbook

from dondoc.cli.asked import Asked
from dondoc.cli.figures import as_json, numbers
from dondoc.office import figures
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.figures import FigureValue
from dondoc.office.figures.comparisons import line_request
from dondoc.office.models import LogEntry
from dondoc.office.queries import documents
from dondoc.office.queries.comparisons import Compared, Moment, compare
from dondoc.office.reports.counted import COLUMNS, shown
from office.asking import AS_TYPED, signed_in, worked_out
from office.conftest import START, World, two_offices
from office.kept_rows import Kept, keep
from office.test_access import furnished

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 8)
Office = tuple[World, dict[str, int], datetime]


@pytest.fixture(scope="module")
def kept_office() -> list[Kept[Office]]:
    """Where the furnished office is kept once the first test has built it."""
    return []


@pytest.fixture
def office(db: None, kept_office: list[Kept[Office]]) -> Office:
    """An office with a record of each noun, another one beside it, and an instant amid its recording."""
    if kept_office:
        return kept_office[0].put_in()
    kept_office.append(keep(_office))
    return kept_office[0].made


def _office() -> Office:
    near, _far = two_offices()
    keys = furnished(near)
    move_duty(Move(near.tasks[1].duties.get().pk, "done", date(2022, 3, 1)), actor=near.actor)
    instants = LogEntry.objects.filter(office=near.office).order_by("seq").values_list("recorded_at", flat=True)
    return near, keys, instants[len(instants) // 2]


def moments(world: World, known_at: datetime) -> list[dict[str, Any]]:
    """Two days, and the later one with what was known amid the recording."""
    viewer = world.viewer()
    return [
        {"viewer": viewer, "as_of": day, "known_at": at} for day, at in ((START, None), (DAY, None), (DAY, known_at))
    ]


@pytest.mark.parametrize("key", sorted(figures.FIGURES))
def test_a_number_is_the_same_wherever_it_stands(key: str, office: Office) -> None:
    world, _keys, known_at = office
    client = signed_in(world, "officer")
    for moment in moments(world, known_at):
        requests = figures.every(**moment, keys=(key,))
        found = figures.values(requests + more(key, world, moment), **moment)
        for number in found:
            if number.value is not None:
                opened = figures.opened(key, **moment, arguments=dict(number.arguments))
                assert worked_out(key, opened) == number.value, number
                assert {type(row).__name__ for row in opened.rows} <= COLUMNS.keys(), number
            raw = {given for name, given in number.arguments if name not in AS_TYPED}
            told = figures.said(key, dict(number.arguments), **moment)
            assert not raw & {words for _name, words in told}, f"what {number.arguments} asks for is not in words"
        plain = [(dict(number.arguments), as_number(number.value)) for number in found[: len(requests)]]
        query = {"as_of": moment["as_of"].isoformat()}
        if moment["known_at"]:
            query["known_at"] = moment["known_at"].isoformat()
        given = client.get("/api/figures", {"key": key, **query}).json()
        assert [(row["arguments"], row["value"]) for row in given] == plain
        asked = Asked(world.office.key, moment["viewer"], moment["as_of"], moment["known_at"], DAY)
        printed = [
            as_json(asked, number)
            for number in numbers(asked, (key,), "", unrecorded=False)
            if number.value is not None
        ]
        assert [(row["arguments"], row["value"]) for row in printed] == [pair for pair in plain if pair[1] is not None]
        for number in sorted(found, key=lambda one: one.value or 0)[-1:]:
            opened_and_exported(client, number, {**dict(number.arguments), **query})


def more(key: str, world: World, moment: dict[str, Any]) -> list[figures.registry.Request]:
    """Numbers that nobody lists, since only who asks knows the days between which they lie."""
    if key in {"duties.standing", "duties.fallen_due"}:
        scopes: list[dict[str, str]] = [{"document": str(pk)} for pk, _title in documents.assigning(**moment)]
        if key == "duties.standing":
            scopes += [{**each, "standing": "active"} for each in scopes] + [
                {"whence": each["document"]} for each in scopes
            ]
        return [(key, each) for each in scopes]
    if key != "comparisons.line":
        return []
    first = Moment(date(2022, 1, 4))
    compared = (Compared(), Compared(programme=world.programme.key), Compared(agency=str(world.finance.pk)))
    if moment["as_of"] < first.as_of:
        return []
    return [
        line_request(line, what, first)
        for what in compared
        for line in compare(what, first, Moment(moment["as_of"], moment["known_at"]), viewer=moment["viewer"]).lines
    ]


def as_number(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def opened_and_exported(client: Client, number: FigureValue, query: dict[str, str]) -> None:
    """Hold the page of a number and its two files against it."""
    page = client.get(f"/figures/{number.key}", query)
    html = page.content.decode()
    total = re.search(r'<p class="total">(.*?)</p>', html)
    assert page.status_code == 200, number
    assert total is not None
    assert unescape(total[1]) == shown(number)
    assert unescape(number.sentence) in unescape(html)
    opened = page.context["counted"]
    assert html.count("<li data-row") - html.count("data-rest") * len(page.context["rest"]) == min(opened, 500)
    files = {form: client.get(f"/figures/{number.key}/{form}", query) for form in ("csv", "xlsx")}
    lines = list(csv.reader(StringIO(files["csv"].content.decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(BytesIO(files["xlsx"].content))
    sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for above in (
        ["\n".join(line) for line in lines[:9]],
        [str(row[0]) for row in sheet[:9]],
    ):
        said = "\n".join(above)
        assert number.sentence in said
        assert f"({number.key})" in said
        assert f"{number.as_of:%d/%m/%Y}" in said
        assert number.known_at is None or f"{localtime(number.known_at):%d/%m/%Y}" in said
    head = lines.index([])
    whole = page.context["whole"]
    assert len(lines) - head - 2 == (opened if whole is None else whole), number
    assert len(sheet) == head + 2 + (opened if whole is None else whole)
