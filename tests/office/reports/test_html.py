"""The sheet on a page: safe whatever the words are, each number a link, tables and pictures read aloud."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from lxml import html

from dondoc.office.charts import chart_numbers
from dondoc.office.reports.blocks import (
    Column,
    FigureRun,
    Paragraph,
    Quote,
    Row,
    Table,
    Text,
    figures_of,
    runs_of,
)
from dondoc.office.reports.footnotes import figure_records, note_text
from dondoc.office.reports.html import to_html
from dondoc.office.reports.progress_data import ClaimCheck
from dondoc.rules.layouts import layout_for
from office.reports.reading import select
from office.reports.sample import CITY, PARTY, STATE, ProgressData, progress_report

BOTH = pytest.mark.parametrize("data", [PARTY, STATE], ids=["party", "state"])


def sheet(data: ProgressData) -> html.HtmlElement:
    """The sheet of a report as a browser would read it."""
    report = progress_report(data)
    return html.fromstring(to_html(report, layout_for(report.hierarchy, on=report.issued_on)))


def small_print(data: ProgressData) -> list[str]:
    """The notes under the table of a report."""
    return [note.text_content() for note in select(sheet(data), "p.note")]


@BOTH
def test_every_number_opens_its_rows_beside_the_page(data: ProgressData) -> None:
    report = progress_report(data)
    runs = [
        run
        for block in (*report.blocks, *(block for annex in report.annexes for block in annex.blocks))
        for run in runs_of(block)
        if isinstance(run, FigureRun)
    ]
    links = select(sheet(data), "a.figure")
    with override("vi"):
        assert [(link.text_content(), link.get("href")) for link in links] == [
            (run.shown, run.figure.url) for run in runs
        ]
    assert {(link.get("hx-target"), link.get("hx-get") == link.get("href")) for link in links} == {
        ("#drawer-body", True)
    }


def test_no_line_is_broken_within_a_symbol_and_the_text_to_copy_is_as_it_was() -> None:
    said = "Theo 59-NQ/TW, 01/2026/NĐ-CP và 17/CTr-UBND (và/hoặc) 2021-2025, 08-QC/TW."
    report = progress_report(STATE)
    table = Table((Column(said),), (Row(((Text(said),),)),), said)
    words = (Paragraph((Text(said), Quote(said, said, "mục 1"))), table)
    layout = layout_for(report.hierarchy, on=report.issued_on)
    plain, page = (
        html.fromstring(to_html(replace(report, title="A", notes=(), annexes=(), blocks=blocks), layout))
        for blocks in ((), words)
    )
    whole = [one.text_content() for one in select(page, "span.symbol")]
    symbols = ["59-NQ/TW", "01/2026/NĐ-CP", "17/CTr-UBND", "08-QC/TW"]
    assert whole == [*(one.text_content() for one in select(plain, "span.symbol")), *symbols * 6]
    assert [select(page, path)[0].text_content() for path in ("p.body", "caption", "thead th", "tbody th")] == [
        f"{said}{said} ({said}, mục 1)", said, said, said
    ]  # fmt: skip


@BOTH
def test_the_margin_names_each_figure_once_where_it_is_first_mentioned(data: ProgressData) -> None:
    page = sheet(data)
    with override("vi"):
        expected = [
            f"{number} {note_text(figure)}" for number, figure in enumerate(figures_of(progress_report(data)), 1)
        ]
    assert [note.text_content() for note in select(page, "aside.margin .margin-note")] == expected
    for link in select(page, "a.figure"):
        assert page.get_element_by_id(link.get("aria-describedby")) is not None
    assert [mark.get("href") for mark in select(page, "sup.mark a")] == [
        f"#note-{number}" for number in range(1, len(expected) + 1)
    ]


@BOTH
def test_tables_tell_what_their_cells_belong_to(data: ProgressData) -> None:
    for table in select(sheet(data), "table"):
        heads = select(table, "thead th")
        assert {head.get("scope") for head in heads} == {"col"}
        for row in select(table, "tbody tr"):
            assert [cell.get("scope") for cell in select(row, "th")] == ["row"]
            spans = [int(cell.get("colspan") or 1) for cell in row]
            assert sum(spans) == len(heads)


@BOTH
def test_the_picture_brings_its_own_numbers_and_their_table(data: ProgressData) -> None:
    page = sheet(data)
    (place,) = select(page, "figure.chart .drawing")
    spec = json.loads(page.get_element_by_id(place.get("data-spec")).text)
    expected = [(p.title, g.label, g.figure.value) for p in data.programmes for g in p.groups]
    assert [tuple(number) for number in chart_numbers(spec)] == expected
    rows = select(page, "figure.chart details tbody tr")
    assert [select(row[2], "a.figure")[0].get("href") for row in rows] == [
        group.figure.url for programme in data.programmes for group in programme.groups
    ]
    assert place.get("role") == "img"
    assert place.get("aria-label")


def test_words_of_documents_and_names_are_never_markup() -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=\"alert('1')\">&"
    claim = ClaimCheck(Quote(nasty, nasty, nasty, '/documents/7?"><b>'), nasty, None, "cannot", nasty)
    first = replace(CITY, title=nasty, total=replace(CITY.total, sentence=nasty, definition=nasty))
    data = replace(
        PARTY, issuer_name=nasty, place=nasty, scope=nasty, speaker=nasty, recipients=(nasty, nasty),
        programmes=(first,), claims=(claim,), notes=(nasty,),
    )  # fmt: skip
    page = sheet(data)
    assert {script.get("type") for script in page.iter("script")} == {"application/json"}
    assert list(page.iter("img")) == []
    assert select(page, "h3")[0].text_content() == f"1- {nasty}"
    assert select(page, "q")[0].text_content() == nasty
    assert select(page, ".margin-note")[0].text_content().startswith(f"1 {nasty}")


def test_the_sheet_needs_no_permission_of_the_policy() -> None:
    for element in sheet(PARTY).iter():
        names = set(element.attrib)
        assert "style" not in names
        assert not any(name.startswith("on") for name in names)
        assert element.tag not in {"style", "link", "iframe", "object"}


def test_the_language_of_the_reader_does_not_change_the_paper() -> None:
    report = progress_report(PARTY)
    layout = layout_for("party", on=report.issued_on)
    with override("en"):
        english = to_html(report, layout)
    assert english == to_html(report, layout)
    assert "BÁO CÁO" in english


def test_what_was_known_when_is_written_in_the_office_s_own_time() -> None:
    moment = datetime(2023, 12, 3, 18, 30, tzinfo=UTC)
    known = replace(PARTY, known_at=moment, programmes=(replace(CITY, total=replace(CITY.total, known_at=moment)),))
    page = sheet(replace(known, claims=()))
    assert "Theo dữ liệu đã ghi nhận đến 01:30 04/12/2023." in page.text_content()
    assert select(page, ".margin-note")[0].text_content().endswith("Theo dữ liệu đã ghi nhận đến 01:30 04/12/2023.")


def test_states_that_do_not_add_up_are_said() -> None:
    short = replace(CITY, total=replace(CITY.total, value=15))
    notes = small_print(replace(PARTY, programmes=(short,)))
    assert notes[-1] == (
        "Các trạng thái của “Nhiệm vụ do thành phố chủ trì” cộng lại không bằng tổng số: cần kiểm tra lại "
        "dữ liệu đã nhập."
    )
    assert small_print(replace(PARTY, programmes=(CITY,))) == notes[:-1]


def test_the_archive_keeps_what_was_asked_and_what_was_printed() -> None:
    report = progress_report(replace(PARTY, programmes=(CITY,), claims=()))
    records = figure_records(report)
    assert json.loads(json.dumps(records)) == records
    assert [(record["key"], record["value"]) for record in records] == [
        ("tasks.total", 14), ("tasks.in_group", 8), ("tasks.in_group", 5), ("tasks.in_group", 1),
        ("duties.late", 1), ("duties.due_soon", 2),
    ]  # fmt: skip
    assert records[1]["arguments"] == {"programme": "thanh-pho", "group": "đã thực hiện"}
    assert records[1]["definition"] == "“đã thực hiện”, áp dụng từ 01/01/2023"
