"""The PDF, opened again: exact to the millimetre and the point, in one face, and no words of a document are markup."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest
from django.utils.translation import override

from dondoc.office.reports import pdf
from dondoc.office.reports.annex import FILE_NAME, figures_json
from dondoc.office.reports.blocks import Paragraph, Report, Text, figures_of
from dondoc.office.reports.footnotes import note_text
from dondoc.office.reports.pdf import CannotPrint, to_pdf
from dondoc.rules.layouts import layout_for
from office.reports.paper import HOSTILE, PARTY, STATE, TASKS
from office.reports.pdf_reading import Letter, attached, found, letters, rulings, text

PAPERS = {"party": PARTY, "state": STATE}
BOTH = pytest.mark.parametrize("key", ["party", "state"])


def printed(report: Report) -> bytes:
    """The PDF of a report in the layout of its day."""
    return to_pdf(report, layout_for(report.hierarchy, on=report.issued_on))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Both papers, printed once."""
    return {key: printed(report) for key, report in PAPERS.items()}


@pytest.fixture(scope="module")
def signs(files: dict[str, bytes]) -> dict[str, list[Letter]]:
    """Both papers, measured once."""
    return {key: letters(content) for key, content in files.items()}


@BOTH
def test_no_other_face_than_ours_stands_in_the_file(signs: dict[str, list[Letter]], key: str) -> None:
    assert {letter.face for letter in signs[key]} == {
        "Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"
    }  # fmt: skip


def test_without_the_face_nothing_is_printed_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_FACES", ("Tinos-Missing.ttf",))
    pdf._fonts.cache_clear()
    try:
        with pytest.raises(CannotPrint, match="Tinos-Missing"):
            printed(STATE)
    finally:
        pdf._fonts.cache_clear()


@BOTH
def test_words_of_documents_stand_as_they_were_written(files: dict[str, bytes], key: str) -> None:
    """What typst would take for code, mathematics, a comment or emphasis is printed sign by sign."""
    words, hostile = text(files[key]), "".join(HOSTILE.split())
    assert words.count(hostile) == {"party": 4, "state": 3}[key]
    assert words.count("".join(HOSTILE.upper().split())) == 1
    assert "“tiền]#[$\\”(Vănbản17/CTr-UBND,mục2)" in words


@BOTH
def test_paper_and_margins_are_exact_to_the_millimetre(
    files: dict[str, bytes], signs: dict[str, list[Letter]], key: str
) -> None:
    layout = layout_for(key, on=PAPERS[key].issued_on)
    with pypdfium2.PdfDocument(files[key]) as document:
        assert {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document} == {(210, 297)}
    body = [letter for letter in signs[key] if letter.down > 15]
    assert abs(min(letter.left for letter in body) - layout.margins.left) < 0.5
    # The last sign of a justified line ends at the margin; its origin lies one letter before.
    assert 210 - layout.margins.right - 4 < max(letter.left for letter in body) < 210 - layout.margins.right
    assert max(letter.down for letter in body) < 297 - layout.margins.bottom


@pytest.mark.parametrize(
    ("key", "words", "size", "face"),
    [
        ("state", "ỦY BAN NHÂN DÂN", 13, "Regular"),
        ("state", "VĂN PHÒNG", 13, "Bold"),
        ("state", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "Bold"),
        ("state", "Độc lập - Tự do - Hạnh phúc", 14, "Bold"),
        ("state", "Số: 07/BC-VP", 13, "Regular"),
        ("state", "Mẫu Sơn, ngày 05 tháng 02 năm 2026", 14, "Italic"),
        ("state", "BÁO CÁO", 14, "Bold"),
        ("state", "tình hình, kết quả thực hiện", 14, "Bold"),
        ("state", "1. Nhiệm vụ được giao", 14, "Bold"),
        ("state", "a) Hình vẽ", 14, "BoldItalic"),
        ("state", "Thực hiện Nghị quyết số 12-NQ/TU, Ban", 14, "Regular"),
        ("state", "KT. CHÁNH VĂN PHÒNG", 14, "Bold"),
        ("state", "PHÓ CHÁNH VĂN PHÒNG", 14, "Bold"),
        ("state", "Lê Văn Thử", 14, "Bold"),
        ("state", "Nơi nhận:", 12, "BoldItalic"),
        ("state", "- Lưu: VT, TH.", 11, "Regular"),
        ("state", "Phụ lục II", 14, "Bold"),
        ("state", "Số nhiệm vụ được giao, tính", 10, "Regular"),
        ("party", "ĐẢNG CỘNG SẢN VIỆT NAM", 15, "Bold"),
        ("party", "ĐẢNG BỘ THÀNH PHỐ", 14, "Regular"),
        ("party", "BAN THƯỜNG VỤ", 14, "Bold"),
        ("party", "Số 05-BC/ĐU", 14, "Regular"),
        ("party", "Bến Thử, ngày 03 tháng 7 năm 2026", 14, "Italic"),
        ("party", "BÁO CÁO", 16, "Bold"),
        ("party", "tình hình, kết quả thực hiện", 15, "Bold"),
        ("party", "-----", 15, "Bold"),
        ("party", "T/M BAN THƯỜNG VỤ", 14, "Bold"),
        ("party", "PHÓ BÍ THƯ", 14, "Regular"),
        ("party", "Trần Thị Mẫu", 14, "Bold"),
        ("party", "Nơi nhận:", 14, "Regular"),
        ("party", "- Lưu Văn phòng Đảng ủy.", 12, "Regular"),
        ("party", "Số nhiệm vụ được giao, tính", 11, "Regular"),
    ],
)
def test_each_part_is_set_as_the_layout_wants(
    signs: dict[str, list[Letter]], key: str, words: str, size: float, face: str
) -> None:
    assert {(letter.size, letter.face) for letter in found(signs[key], words)} == {(size, f"Tinos-{face}")}


@pytest.mark.parametrize(("key", "indent", "pitch"), [("party", 10, 18), ("state", 12.7, 14 * 1.149 * 1.15)])
def test_running_text_is_indented_and_spaced_to_the_point(
    signs: dict[str, list[Letter]], key: str, indent: float, pitch: float
) -> None:
    """Measured over two lines of which the first carries the marks of footnotes: they do not push it away."""
    first = found(signs[key], "Trong 1.235")[0]
    assert abs(first.left - 30 - indent) < 0.5
    lines = sorted({round(letter.down, 2) for letter in found(signs[key], HOSTILE, nth=0) if letter.size == 14})
    steps = {round((lower - upper) * 72 / 25.4, 1) for upper, lower in pairwise(lines)}
    assert steps == {round(pitch, 1)}


@pytest.mark.parametrize(("key", "size"), [("party", 14), ("state", 13)])
def test_page_numbers_stand_in_the_upper_margin_but_on_no_first_page(
    signs: dict[str, list[Letter]], key: str, size: float
) -> None:
    """The annexes of a State paper count their pages anew, so each of them hides its first number too."""
    above = [letter for letter in signs[key] if letter.down < 16]
    assert {(letter.size, letter.face) for letter in above} == {(size, "Tinos-Regular")}
    pages = max(letter.page for letter in signs[key])
    assert pages == 7
    expected = {"party": [2, 3, 4, 5, 6, 7], "state": [2, 4, 5, 6]}[key]
    assert [letter.page for letter in above] == expected
    says = {"party": "234567", "state": "2234"}[key]
    assert "".join(letter.sign for letter in above) == says
    # The top of the number lies 10 mm under the edge; its origin lies on its baseline.
    assert {round(letter.down - size * 0.891 * 25.4 / 72) for letter in above} == {10}


def test_the_lines_under_head_and_motto_are_as_long_as_they_should_be(
    files: dict[str, bytes], signs: dict[str, list[Letter]]
) -> None:
    motto = found(signs["state"], "Độc lập - Tự do - Hạnh phúc")
    issuer = found(signs["state"], "VĂN PHÒNG")
    under = [line for line in rulings(files["state"], 1) if line[2] < 60]
    (long,) = [line for line in under if abs(line[2] - motto[0].down) < 4]
    (short,) = [line for line in under if abs(line[2] - issuer[0].down) < 4 and line[0] < 100]
    assert abs(long[0] - motto[0].left) < 1.5
    assert abs((long[1] - long[0]) - (motto[-1].left + 2.2 - motto[0].left)) < 3
    width = issuer[-1].left + 3.5 - issuer[0].left
    assert width / 3 < short[1] - short[0] < width / 2


@BOTH
def test_each_figure_has_its_footnote_once(files: dict[str, bytes], key: str) -> None:
    """A number of a chart alone has none: its words stand in the picture and in the file for machines."""
    words = text(files[key])
    with override("vi"):
        notes = ["".join(note_text(figure).split()) for figure in figures_of(PAPERS[key])]
    assert [words.count(note) for note in notes] == [1, 1, 1, 1, 0]


@BOTH
def test_a_long_table_repeats_its_head_on_each_page(signs: dict[str, list[Letter]], key: str) -> None:
    heads = [letter.page for letter in signs[key] if letter.face == "Tinos-Bold" and letter.sign == "ơ"]
    pages = sorted(
        {letter.page for letter in found(signs[key], "thứ 1 với")}
        | {letter.page for letter in found(signs[key], f"thứ {TASKS} với")}
    )
    assert pages == [3, 6]
    assert [page for page in heads if page > 2] == [3, 4, 5, 6]


@BOTH
def test_the_figures_travel_with_the_paper(files: dict[str, bytes], key: str) -> None:
    assert attached(files[key]) == {FILE_NAME: figures_json(PAPERS[key])}


@BOTH
def test_the_same_report_is_the_same_bytes_anywhere_and_any_day(
    files: dict[str, bytes], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        with override("en"):
            assert printed(PAPERS[key]) == files[key]
    finally:
        monkeypatch.undo()
        time.tzset()
    with pypdfium2.PdfDocument(files[key]) as document:
        said = document.get_metadata_dict()
    day = f"D:{PAPERS[key].issued_on:%Y%m%d}000000Z"
    assert (said["CreationDate"], said["ModDate"]) == (day, day)


def test_another_day_or_one_word_more_is_another_file(files: dict[str, bytes]) -> None:
    assert printed(replace(STATE, issued_on=date(2026, 2, 6))) != files["state"]
    assert printed(replace(STATE, blocks=(Paragraph((Text("Một câu."),)),))) != files["state"]
