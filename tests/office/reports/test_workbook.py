"""The workbook and the file for machines, opened again: numbers are numbers, no text is a formula, bytes are steady."""

from __future__ import annotations

import io
import json
import time
import zipfile
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from dondoc.office.charts import chart_png
from dondoc.office.reports.annex import figures_json
from dondoc.office.reports.blocks import figures_of
from dondoc.office.reports.footnotes import figure_records
from dondoc.office.reports.xlsx import to_xlsx
from dondoc.rules.layouts import layout_for
from office.reports.paper import CHART, DAY, FORMULAS, HOSTILE, PARTY, STATE, TASKS

LAYOUT = layout_for("party", on=PARTY.issued_on)


@pytest.fixture(scope="module")
def content() -> bytes:
    """The workbook of the Party's paper, written once."""
    return to_xlsx(PARTY, LAYOUT)


@pytest.fixture(scope="module")
def book(content: bytes) -> dict[str, list[list[Any]]]:
    """Its sheets by name, as rows of values."""
    opened = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def test_there_is_a_sheet_for_the_text_each_table_each_annex_and_the_figures(book: dict[str, list[list[Any]]]) -> None:
    assert list(book) == ["Báo cáo", "Biểu đồ 1", "Bảng 1", "Phụ lục I", "Phụ lục II", "Số liệu"]


def test_a_sentence_has_its_numbers_beside_it(book: dict[str, list[list[Any]]]) -> None:
    (line,) = [row for row in book["Báo cáo"] if str(row[0]).startswith("Trong 1.235")]
    # What is not recorded is no number.
    assert [value for value in line[1:] if value != ""] == [1235.0, 8.0, 41.5]


def test_a_chart_stands_beside_its_numbers_as_the_picture_that_the_word_file_has(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
        picture = package.read("xl/media/image1.png")
        assert "xl/drawings/_rels/drawing1.xml.rels" in package.namelist()
    assert picture == chart_png(CHART.spec)
    assert f'descr="{CHART.alt}"' in drawing
    # Beside the table of two columns, a line below its head; as high as it is, however high the lines turn out.
    corner = "<xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row>"
    assert (drawing.count("<xdr:oneCellAnchor>"), corner in drawing, "twoCellAnchor" in drawing) == (1, True, False)


def test_counted_numbers_are_numbers_and_days_are_days(book: dict[str, list[list[Any]]]) -> None:
    assert [row[2] for row in book["Bảng 1"][1:]] == ["Số lượng", "", 1235.0, 41.5, "chưa ghi nhận", 1234.0]
    assert book["Biểu đồ 1"][3:] == [["đã xong", 8.0], ["đang làm", 1227.0]]
    tasks = book["Phụ lục I"][5:]
    assert len(tasks) == TASKS
    # A day that does not exist stays what somebody wrote.
    assert [row[3] for row in tasks[:2]] == [date(2026, 9, 30), "31/02/2026"]
    assert [row[0] for row in tasks[:2]] == [1.0, 2.0]


def test_every_figure_is_listed_with_what_it_counts(book: dict[str, list[list[Any]]]) -> None:
    rows, figures = book["Số liệu"][1:], figures_of(PARTY)
    assert [row[0] for row in rows] == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert [row[1:6] for row in rows] == [
        [
            figure.key,
            "scope=mau",
            "chưa ghi nhận" if figure.value is None else float(figure.value),
            figure.sentence,
            DAY,
        ]
        for figure in figures
    ]
    assert {row[6] for row in rows} == {"2026-07-02T01:30:00+00:00"}
    assert [row[7] for row in rows] == [figure.definition or "" for figure in figures]
    assert [row[8] for row in rows] == [figure.url for figure in figures]


def test_no_text_is_taken_for_a_formula_or_a_link(content: bytes, book: dict[str, list[list[Any]]]) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheets = [file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(name.endswith("externalLink1.xml") for name in file.namelist())
    assert len(sheets) == 6
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    said = {str(cell) for rows in book.values() for row in rows for cell in row}
    assert {f"{formula} đậm" for formula in FORMULAS} <= said
    assert FORMULAS[4] in said
    assert f"Nhóm {HOSTILE}" in said


def test_the_file_for_machines_says_of_each_number_what_it_is_and_where_it_stands() -> None:
    read = json.loads(figures_json(PARTY))
    assert read["format"] == "dondoc-figures/1"
    assert read["report"]["issued_on"] == "2026-07-03"
    kept = [
        {name: each[name] for name in ("number", "key", "arguments", "value", "sentence", "url")}
        for each in read["figures"]
    ]
    assert kept == [
        {name: record[name] for name in ("number", "key", "arguments", "value", "sentence", "url")}
        for record in figure_records(PARTY)
    ]
    done = read["figures"][1]
    assert done["note"].startswith("Số nhiệm vụ đã xong, tính đến ngày 01/7/2026. Định nghĩa: “đã xong”")
    assert done["places"] == [
        {"part": "body", "block": 4, "shown": "08"},
        {"part": "body", "block": 11, "chart": "Tình hình thực hiện", "row": 1, "column": 2, "shown": "8"},
    ]
    assert read["figures"][2]["value"] == "41.5"
    assert [place["part"] for place in read["figures"][3]["places"]] == ["body", "body", "annex 2"]
    assert read["figures"][3]["value"] is None


def test_the_same_report_is_the_same_bytes_anywhere_and_any_day(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    annex = figures_json(PARTY)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        with override("en"):
            assert to_xlsx(PARTY, LAYOUT) == content
            assert figures_json(PARTY) == annex
    finally:
        monkeypatch.undo()
        time.tzset()
    assert to_xlsx(STATE, layout_for("state", on=STATE.issued_on)) != content
