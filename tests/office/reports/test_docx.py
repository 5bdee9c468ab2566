"""The Word file, opened again: every number is its figure's, the layout is exact, the bytes are steady."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override
from docx.shared import Pt

from dondoc.office.charts import chart_numbers, chart_png
from dondoc.office.reports.annex import figures_json
from dondoc.office.reports.blocks import (
    Chart,
    FigureRun,
    Paragraph,
    Report,
    Text,
    figures_of,
    numbers_in,
    runs_of,
)
from dondoc.office.reports.docx import to_docx
from dondoc.office.reports.footnotes import note_text
from dondoc.office.reports.measure import balanced
from dondoc.rules.layouts import layout_for
from dondoc.rules.text import vi_number
from office.reports.reading import W, noted, opened, paragraphs, part, pictures, tables
from office.reports.sample import PARTY, STATE, ProgressData, progress_report

BOTH = pytest.mark.parametrize("data", [PARTY, STATE], ids=["party", "state"])


def printed(data: ProgressData) -> bytes:
    """The Word file of a report, in the layout of its issuer on its day of issue."""
    report = progress_report(data)
    return to_docx(report, layout_for(report.hierarchy, on=report.issued_on))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Both files, printed once."""
    return {data.hierarchy: printed(data) for data in (PARTY, STATE)}


def shown(value: int | None) -> str:
    """A value as it must stand on paper."""
    return "chưa ghi nhận" if value is None else vi_number(value)


def chart_of(report: Report) -> Chart:
    """The one chart of a report."""
    (chart,) = [block for block in report.blocks if isinstance(block, Chart)]
    return chart


@BOTH
def test_each_figure_has_one_footnote_set_to_its_own_number(files: dict[str, bytes], data: ProgressData) -> None:
    with override("vi"):
        figures = {note_text(figure): figure for figure in figures_of(progress_report(data))}
    marks = noted(files[data.hierarchy])
    assert sorted(mark.note for mark in marks) == sorted(figures)
    for mark in marks:
        value = figures[mark.note].value
        said = numbers_in(mark.shown)
        assert said == (() if not value and not said else (value,)), mark


@BOTH
def test_footnotes_name_sentence_day_and_definition(files: dict[str, bytes], data: ProgressData) -> None:
    notes = [mark.note for mark in noted(files[data.hierarchy])]
    for programme in data.programmes:
        for group in programme.groups:
            figure = group.figure
            assert f"{figure.sentence}. Định nghĩa: {figure.definition}." in notes
            assert "02/12/2023" in figure.sentence


def test_sentences_print_the_numbers_of_the_figures(files: dict[str, bytes]) -> None:
    lines = paragraphs(files["party"])
    assert (
        "Trong 14 nhiệm vụ do thành phố chủ trì, có 8 nhiệm vụ đã thực hiện, "
        "5 nhiệm vụ đang tổ chức thực hiện và 1 nhiệm vụ đang tiếp tục nghiên cứu."
    ) in lines
    assert "Đến ngày 02/12/2023, có 1 nhiệm vụ quá hạn và 2 nhiệm vụ sắp đến hạn." in lines
    assert "Cả 1.235 nhiệm vụ giao các sở, ngành đều đang tổ chức thực hiện." in lines


@BOTH
def test_no_number_of_a_sentence_is_anything_but_a_figure(data: ProgressData) -> None:
    """Plain words hold days and the names given to the report; take these away and no digit is left."""
    report = progress_report(data)
    for block in report.blocks:
        if isinstance(block, Paragraph) and block.style == "body":
            words = " ".join(run.text for run in block.runs if isinstance(run, Text))
            assert numbers_in(re.sub(r"\d\d/\d\d?/\d{4}", "", words.replace(data.scope, ""))) == (), words


@BOTH
def test_the_summary_table_prints_every_figure(files: dict[str, bytes], data: ProgressData) -> None:
    table = tables(files[data.hierarchy])[0]
    assert table[0] == ["STT", "Danh mục, tình hình thực hiện", "Số lượng", "Quá hạn", "Sắp đến hạn"]
    expected = []
    for number, programme in enumerate(data.programmes, start=1):
        counted = [shown(f.value) for f in (programme.total, programme.late, programme.due_soon)]
        expected.append([str(number), programme.title, *counted])
        expected += [["", f"- {group.label}", shown(group.figure.value), "", ""] for group in programme.groups]
    assert table[1:] == expected


@BOTH
def test_the_picture_is_drawn_from_the_figures(files: dict[str, bytes], data: ProgressData) -> None:
    chart = chart_of(progress_report(data))
    assert [tuple(number) for number in chart_numbers(chart.spec)] == [
        (programme.title, group.label, group.figure.value)
        for programme in data.programmes
        for group in programme.groups
    ]
    assert pictures(files[data.hierarchy]) == [chart_png(chart.spec)]


@BOTH
def test_the_picture_is_told_in_words(files: dict[str, bytes], data: ProgressData) -> None:
    (alt,) = [shape.get("descr") for shape in part(files[data.hierarchy], "word/document.xml").iter("{*}docPr")]
    for programme in data.programmes:
        counts = ", ".join(f"{group.label}: {shown(group.figure.value)}" for group in programme.groups)
        assert f"{programme.title} ({counts})" in alt


def test_another_office_prints_other_numbers(files: dict[str, bytes]) -> None:
    party, state = ([row[2] for row in tables(files[key])[0][1:]] for key in ("party", "state"))
    assert party == [
        "6",
        "2",
        "4",
        "14",
        "8",
        "5",
        "1",
        "25",
        "10",
        "5",
        "8",
        "2",
        "1.235",
        "0",
        "1.235",
        "0",
    ]
    assert state == ["45", "9", "36", "1", "1", "0", "0", "chưa ghi nhận", "chưa ghi nhận"]


def test_published_figures_stand_beside_ours(files: dict[str, bytes]) -> None:
    rows = tables(files["party"])[1]
    assert rows[0] == ["Số liệu đã công bố", "Công bố", "Sổ theo dõi", "Kết quả đối chiếu"]
    assert [row[1:] for row in rows[1:]] == [
        ["8", "8", "khớp"],
        ["7", "5", "lệch: thông cáo tính cả nhiệm vụ mới giao sau ngày này"],
        ["16%", "–", "chưa tính được: chưa có kế hoạch vốn trong sổ theo dõi"],
    ]
    assert rows[1][0] == "“có 8 nhiệm vụ đã thực hiện xong” (Thông cáo hội nghị ngày 02/12/2023, đoạn 12)"


@pytest.mark.parametrize(("key", "margins"), [("party", (20, 20, 30, 15)), ("state", (20, 20, 30, 20))])
def test_paper_and_margins_are_exact_to_the_millimetre(
    files: dict[str, bytes], key: str, margins: tuple[int, int, int, int]
) -> None:
    for section in opened(files[key]).sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert tuple(round(side.mm, 1) for side in sides) == margins
        assert round(section.header_distance.mm, 1) == 10


@pytest.mark.parametrize(
    ("key", "words", "size", "bold", "italic"),
    [
        ("state", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False),
        ("state", "Độc lập - Tự do - Hạnh phúc", 14, True, False),
        ("state", "ỦY BAN NHÂN DÂN\nTỈNH MẪU SƠN", 13, False, False),
        ("state", "VĂN PHÒNG", 13, True, False),
        ("state", "Số: 07/BC-VP", 13, False, False),
        ("state", "Mẫu Sơn, ngày 05 tháng 02 năm 2024", 14, False, True),
        ("state", "BÁO CÁO", 14, True, False),
        ("state", "KT. CHÁNH VĂN PHÒNG", 14, True, False),
        ("state", "PHÓ CHÁNH VĂN PHÒNG", 14, True, False),
        ("state", "Lê Văn Thử", 14, True, False),
        ("state", "Nơi nhận:", 12, True, True),
        ("state", "- Thường trực Tỉnh ủy;", 11, False, False),
        ("state", "- Lưu: VT, TH.", 11, False, False),
        ("state", "Phụ lục", 14, True, False),
        ("party", "ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False),
        ("party", "THÀNH ỦY SÔNG MẪU", 14, True, False),
        ("party", "*", 14, False, False),
        ("party", "Số 215-BC/TU", 14, False, False),
        ("party", "Sông Mẫu, ngày 05 tháng 12 năm 2023", 14, False, True),
        ("party", "BÁO CÁO", 16, True, False),
        ("party", "-----", 15, True, False),
        ("party", "T/M BAN THƯỜNG VỤ", 14, True, False),
        ("party", "PHÓ BÍ THƯ", 14, False, False),
        ("party", "Trần Thị Mẫu", 14, True, False),
        ("party", "Nơi nhận:", 14, False, False),
        ("party", "- Các đồng chí Thành ủy viên,", 12, False, False),
        ("party", "- Lưu Văn phòng Thành ủy.", 12, False, False),
    ],
)
def test_each_part_is_set_as_the_layout_wants(
    files: dict[str, bytes], key: str, words: str, size: int, bold: bool, italic: bool
) -> None:
    document = opened(files[key])
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    every = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    (style,) = {paragraph.style.style_id: paragraph.style for paragraph in every if paragraph.text == words}.values()
    assert (style.font.size, bool(style.font.bold), bool(style.font.italic)) == (Pt(size), bold, italic)


@pytest.mark.parametrize(("key", "first", "line"), [("state", 12.7, 1.15), ("party", 10, Pt(18))])
def test_the_running_text_is_set_as_the_layout_wants(
    files: dict[str, bytes], key: str, first: float, line: float
) -> None:
    style = opened(files[key]).styles["Normal"]
    form = style.paragraph_format
    assert (style.font.size, round(form.first_line_indent.mm, 1), form.space_after) == (Pt(14), first, Pt(6))
    assert form.line_spacing == line
    assert form.alignment == 3  # justified


@BOTH
def test_no_other_font_is_named_anywhere(files: dict[str, bytes], data: ProgressData) -> None:
    faces = {
        face
        for name in ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/header1.xml")
        for fonts in part(files[data.hierarchy], name).iter(f"{W}rFonts")
        for face in fonts.attrib.values()
    }
    assert faces == {"Times New Roman"}


@BOTH
def test_the_page_number_is_hidden_on_the_first_page(files: dict[str, bytes], data: ProgressData) -> None:
    document = opened(files[data.hierarchy])
    first = document.sections[0]
    assert first.different_first_page_header_footer
    assert [paragraph.text for paragraph in first.first_page_header.paragraphs] == [""]
    field = part(files[data.hierarchy], "word/header1.xml")
    assert [instruction.text for instruction in field.iter(f"{W}instrText")] == [" PAGE "]
    size = document.styles["Header"].font.size
    assert size == Pt({"party": 14, "state": 13}[data.hierarchy])
    assert first.header.paragraphs[0].alignment is None
    assert document.styles["Header"].paragraph_format.alignment == 1  # centred


@pytest.mark.parametrize(("key", "starts"), [("state", ["1"]), ("party", [])])
def test_only_the_annex_of_a_state_paper_counts_its_pages_anew(
    files: dict[str, bytes], key: str, starts: list[str]
) -> None:
    numbers = part(files[key], "word/document.xml").iter(f"{W}pgNumType")
    assert [number.get(f"{W}start") for number in numbers] == starts


@BOTH
def test_a_paper_ends_as_its_hierarchy_ends_papers(files: dict[str, bytes], data: ProgressData) -> None:
    (closing,) = [line for line in paragraphs(files[data.hierarchy]) if line.startswith("Trên đây là")]
    assert closing.endswith({"party": "kèm theo.", "state": "kèm theo./."}[data.hierarchy])


@BOTH
def test_headings_are_numbered_as_its_hierarchy_numbers(files: dict[str, bytes], data: ProgressData) -> None:
    lines = [p.text for p in opened(files[data.hierarchy]).paragraphs if p.style.name.startswith("Heading")]
    dash = {"party": "-", "state": "."}[data.hierarchy]
    assert lines[0] == f"I{dash} KẾT QUẢ THỰC HIỆN"
    assert lines[1:5] == [f"{n}{dash} {p.title}" for n, p in enumerate(data.programmes, start=1)]
    assert lines[5] == f"II{dash} TỔNG HỢP SỐ LIỆU"


@BOTH
def test_the_annex_lists_every_task(files: dict[str, bytes], data: ProgressData) -> None:
    rows = tables(files[data.hierarchy])[-1]
    tasks = [row for programme in data.programmes for row in programme.rows]
    assert [row[1] for row in rows if row[0].isdigit()] == [task.task for task in tasks]
    assert [row[5] for row in rows if row[0].isdigit()] == [
        "" if task.days_late is None else str(task.days_late) for task in tasks
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("THÀNH ỦY SÔNG MẪU", "THÀNH ỦY SÔNG MẪU"),
        ("ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", "ỦY BAN NHÂN DÂN\nTỈNH MẪU SƠN"),
        (
            "BAN THƯỜNG VỤ ĐẢNG ỦY PHƯỜNG BẾN THỬ VÀ CÁC CƠ QUAN",
            "BAN THƯỜNG VỤ\nĐẢNG ỦY PHƯỜNG BẾN\nTHỬ VÀ CÁC CƠ QUAN",
        ),
        ("MỘT-TỪ-DÀI-HƠN-CẢ-DÒNG-KHÔNG-NGẮT-ĐƯỢC", "MỘT-TỪ-DÀI-HƠN-CẢ-DÒNG-KHÔNG-NGẮT-ĐƯỢC"),
    ],
)
def test_a_long_name_is_broken_into_even_lines(text: str, lines: str) -> None:
    assert balanced(text, 13, 62) == lines


def test_the_lines_under_head_and_motto_are_as_long_as_they_should_be(files: dict[str, bytes]) -> None:
    """The motto is 60 mm long as measured on a page printed at 14 points, the issuer's name 26 mm at 13."""
    document = opened(files["state"])
    left, right = document.tables[0].rows[0].cells
    line = right.paragraphs[-1].paragraph_format
    length = right.width.mm - line.left_indent.mm - line.right_indent.mm
    assert abs(length - 60) < 2
    part_line = left.paragraphs[-1].paragraph_format
    words = 26
    assert words / 3 < left.width.mm - part_line.left_indent.mm - part_line.right_indent.mm < words / 2


@BOTH
def test_the_same_report_is_the_same_bytes_anywhere_and_any_day(
    files: dict[str, bytes], data: ProgressData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        with override("en"):
            assert printed(data) == files[data.hierarchy]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert os.environ.get("TZ") != "Pacific/Kiritimati"


@BOTH
def test_the_figures_travel_with_the_file(files: dict[str, bytes], data: ProgressData) -> None:
    element = part(files[data.hierarchy], "customXml/item1.xml")
    assert element.tag == "{urn:dondoc:figures:1}figures"
    assert (element.text or "").encode() == figures_json(progress_report(data))


def test_another_day_of_issue_or_another_number_is_another_file(files: dict[str, bytes]) -> None:
    """The guard above can fail: one figure or one day more, and the bytes differ."""
    assert printed(replace(STATE, issued_on=date(2024, 2, 6))) != files["state"]
    first = STATE.programmes[0]
    late = replace(first.late, value=12)
    changed = replace(STATE, programmes=(replace(first, late=late), *STATE.programmes[1:]))
    assert printed(changed) != files["state"]


def test_the_layout_of_the_day_of_issue_is_used() -> None:
    """A Party paper of 2026 follows the rules of 27/5/2026, one of the day before those of 2018."""
    assert layout_for("party", on=date(2026, 5, 26)).key == "party-36-2018"
    assert layout_for("party", on=date(2026, 5, 27)).key == "party-05-2026"
    content = printed(replace(PARTY, issued_on=date(2026, 6, 1)))
    assert round(opened(content).sections[0].right_margin.mm) == 15


def test_text_that_looks_like_markup_stays_text() -> None:
    nasty = "A & B <w:t> “ngoặc” ]]>"
    unseen = nasty.replace("<", "\x0b\x01<")  # pasted out of Word: XML cannot hold such signs
    first = STATE.programmes[0]
    figure = replace(first.total, sentence=unseen)
    pasted = replace(first, total=figure, rows=(replace(first.rows[0], task=unseen),))
    content = printed(replace(STATE, scope=unseen, issuer_name=unseen, programmes=(pasted,)))
    assert any(nasty in line for line in paragraphs(content))
    assert any(nasty in mark.note for mark in noted(content))
    assert any(nasty in cell for table in tables(content) for row in table for cell in row)


def test_a_resolution_without_any_list_says_so() -> None:
    lines = paragraphs(printed(replace(STATE, programmes=())))
    assert f"Tại ngày 02/12/2023, chưa ghi nhận danh mục nhiệm vụ nào của {STATE.scope}." in lines


def test_a_list_without_defined_states_has_a_table_and_no_picture() -> None:
    content = printed(replace(STATE, programmes=(replace(STATE.programmes[0], groups=()),)))
    assert pictures(content) == []
    assert tables(content)[0][1:] == [["1", "Nhiệm vụ giao các huyện", "45", "11", "3"]]


def test_every_mentioned_figure_is_found() -> None:
    report = progress_report(PARTY)
    mentioned = {
        run.figure
        for block in (*report.blocks, *(block for annex in report.annexes for block in annex.blocks))
        for run in runs_of(block)
        if isinstance(run, FigureRun)
    }
    assert set(figures_of(report)) == mentioned
    assert len(figures_of(report)) == 24
