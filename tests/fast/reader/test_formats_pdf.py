"""Promises what is read of a PDF: columns in their order, whole paragraphs, tables by row, each word at its place."""

import subprocess
import sys

import pytest
from pypdfium2 import raw

from dondoc.reader import refusals
from dondoc.reader.api import read_bytes, secret_marking, to_json
from dondoc.reader.clean import clean
from dondoc.reader.formats import load, page_picture
from dondoc.reader.formats.scan import frame_sizes
from dondoc.reader.model import Document, Span
from fast.reader.files import FONT, Paper

pytestmark = pytest.mark.skipif(not FONT.exists(), reason="needs the font Tinos: run `make install`")

LONG = (
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính và Ủy ban nhân dân các huyện tổ chức tiêm phòng cho toàn bộ "
    "trẻ em dưới 5 tuổi trên địa bàn tỉnh, nhất là vùng sâu, vùng xa, báo cáo kết quả trước ngày 30/6/2024."
)


def read(document: Document) -> list[str]:
    """The lines that the finders see, without empty ones."""
    return [line for line in clean(document.text, document.skips).text.split("\n") if line.strip()]


def letterhead(paper: Paper) -> None:
    """The head of a State document: the columns nearly touch, the left one has a line more."""
    paper.text("ỦY BAN NHÂN DÂN", 100, 60, 12)
    paper.text("TỈNH HƯNG SƠN", 110, 76, 12)
    paper.text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 60, 12)
    paper.text("Độc lập - Tự do - Hạnh phúc", 300, 76, 12)
    paper.text("Số: 127/UBND-YT", 105, 105)
    paper.text("Hưng Sơn, ngày 05 tháng 3 năm 2024", 290, 105)
    paper.text("V/v tiêm phòng cho trẻ em", 95, 120, 12)


def test_both_columns_of_the_head_and_the_foot_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.add_page()
    letterhead(paper)
    paper.text("Kính gửi: Sở Y tế", 240, 160)
    y = paper.flow(LONG, 85, 190, 538, indent=28)
    paper.text("Nơi nhận:", 85, y + 30, 12)
    paper.text("TM. ỦY BAN NHÂN DÂN", 350, y + 30)
    paper.text("- Như trên;", 85, y + 44, 11)
    paper.text("CHỦ TỊCH", 390, y + 46)
    paper.text("- Lưu: VT.", 85, y + 58, 11)
    paper.text("Trần Văn Bình", 380, y + 130)
    data = paper.saved()
    assert read(load(data, name="a.pdf")) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH HƯNG SƠN",
        "Số: 127/UBND-YT",
        "V/v tiêm phòng cho trẻ em",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hưng Sơn, ngày 05 tháng 3 năm 2024",
        "Kính gửi: Sở Y tế",
        LONG,
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Văn Bình",
    ]
    head = to_json(read_bytes(data, name="a.pdf"))["document"]
    assert (head["number"], head["issued_on"], head["issuer"], head["signer"]) == (
        "127/UBND-YT",
        "2024-03-05",
        "Ủy ban nhân dân tỉnh Hưng Sơn",
        "Trần Văn Bình",
    )


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_and_running_heads_are_kept_but_not_read() -> None:
    paper = Paper()
    for number in (1, 2, 3):
        paper.add_page()
        paper.text("Kế hoạch tiêm phòng năm 2024", 200, 40, 11)
        paper.text(f"Trang {number}/3", 280, 815, 11)
        text = "Sở Y tế rà soát danh sách, " * 11 + "không để sót trẻ em nào ở vùng"
        y = paper.flow(text if number < 3 else "sâu.", 85, 80, 538)
        assert y < 800
    loaded = load(paper.saved(), name="a.pdf")
    assert len(read(loaded)) <= 3
    assert "Trang" not in clean(loaded.text, loaded.skips).text
    assert [f"Trang {n}/3" in loaded.text for n in (1, 2, 3)] == [True] * 3
    assert loaded.text.count("Kế hoạch tiêm phòng năm 2024") == 3
    assert "Kế hoạch" not in clean(loaded.text, loaded.skips).text
    assert [page.number for page in loaded.pages] == [1, 2, 3]


def test_a_hyphen_at_the_end_of_a_line_is_not_read_but_one_of_a_symbol_is() -> None:
    paper = Paper()
    paper.add_page()
    paper.text("Ủy ban nhân dân tỉnh đề nghị các đơn vị thực hiện nghiêm các quy định về ngh-", 85, 80)
    paper.text("iệp vụ theo hướng dẫn tại văn bản số 15/QĐ-", 85, 97)
    paper.text("UBND ngày 05/3/2024.", 85, 114)
    paper.text("Dòng cuối cùng.", 85, 131)
    loaded = load(paper.saved(), name="a.pdf")
    assert "quy định về nghiệp vụ theo" in read(loaded)[0]
    assert read(loaded)[0].endswith("số 15/QĐ-UBND ngày 05/3/2024.")
    assert "ngh- iệp" in loaded.text


TABLE = [
    ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"],
    ["1", "Lập kế hoạch\ntiêm phòng", "Sở Y tế", "Sở Tài chính", "Quý II/2024"],
    ["2", "Mua tủ lạnh", "Sở Tài chính", "Sở Y tế", "30/9/2024"],
]
EDGES = [85, 115, 260, 350, 450, 538]


def test_a_ruled_table_is_read_row_by_row_and_goes_on_over_the_page_without_its_second_head() -> None:
    paper = Paper()
    paper.add_page()
    paper.text("Phụ lục", 270, 60)
    paper.table(TABLE, EDGES, 600)
    paper.add_page()
    paper.text("2", 295, 45)
    paper.table([TABLE[0], ["3", "Mở lớp tập huấn", "Sở Nội vụ", "", "Tháng 10/2024"]], EDGES, 70)
    data = paper.saved()
    loaded = load(data, name="a.pdf")
    assert read(loaded) == [
        "Phụ lục",
        "STT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời hạn",
        "1\tLập kế hoạch tiêm phòng\tSở Y tế\tSở Tài chính\tQuý II/2024",
        "2\tMua tủ lạnh\tSở Tài chính\tSở Y tế\t30/9/2024",
        "3\tMở lớp tập huấn\tSở Nội vụ\t\tTháng 10/2024",
    ]
    assert {b.table for b in loaded.blocks if b.kind == "cell"} == {0}
    found = to_json(read_bytes(data, name="a.pdf"))["assignments"]
    assert [(a["leads"], a["due"]["on"]) for a in found] == [
        (["Sở Y tế"], "2024-Q2"),
        (["Sở Tài chính"], "2024-09-30"),
        (["Sở Nội vụ"], "2024-10"),
    ]


def test_a_row_cut_by_the_end_of_the_page_is_put_together() -> None:
    paper = Paper()
    paper.add_page()
    paper.table([*TABLE[:2], ["2", "Mua tủ lạnh và", "Sở Tài chính", "", "30/9/2024"]], EDGES, 700)
    paper.add_page()
    paper.table([["", "bình giữ lạnh", "", "", ""], ["3", "Tập huấn", "Sở Nội vụ", "", "Quý IV/2024"]], EDGES, 70)
    assert read(load(paper.saved(), name="a.pdf"))[-2:] == [
        "2\tMua tủ lạnh và bình giữ lạnh\tSở Tài chính\t\t30/9/2024",
        "3\tTập huấn\tSở Nội vụ\t\tQuý IV/2024",
    ]


def test_cells_that_no_line_parts_are_one() -> None:
    paper = Paper()
    paper.add_page()
    xs, ys = [85, 120, 300, 420], [100, 120, 140, 160, 180]
    for x, y, text in (
        (88, 115, "TT"), (123, 115, "Nhiệm vụ"), (303, 115, "Cơ quan chủ trì"),
        (88, 135, "I"), (123, 135, "Nhóm nhiệm vụ về y tế"),
        (88, 155, "1"), (123, 155, "Lập kế hoạch"), (303, 165, "Sở Y tế"),
        (88, 175, "2"), (123, 175, "Mua tủ lạnh"),
    ):  # fmt: skip
        paper.text(text, x, y, 11)
    for y in ys:
        paper.rule(xs[0], y, xs[2] if y == 160 else xs[-1], y)
    for x in xs:
        paper.rule(x, ys[0], x, 120)
        paper.rule(x, 140, x, ys[-1])
        if x in (xs[0], xs[1], xs[-1]):
            paper.rule(x, 120, x, 140)
    loaded = load(paper.saved(), name="a.pdf")
    assert read(loaded) == [
        "TT\tNhiệm vụ\tCơ quan chủ trì",
        "I\tNhóm nhiệm vụ về y tế\t",
        "1\tLập kế hoạch\tSở Y tế",
        "2\tMua tủ lạnh\tSở Y tế",
    ]
    assert [(b.columns, b.part) for b in loaded.blocks if b.row == 1] == [(1, "section"), (2, "section")]


def test_footnotes_are_read_after_the_text_and_their_numbers_do_not_touch_the_words() -> None:
    paper = Paper()
    paper.add_page()
    y = 80.0
    for _ in range(4):
        y = paper.flow("Sở Y tế rà soát danh sách trẻ em chưa tiêm đủ mũi trên toàn địa bàn, báo cáo", 85, y, 538)
    y = paper.flow("Ủy ban nhân dân tỉnh.", 85, y, 538)
    end = paper.text("Đến nay đã hoàn thành 12 nhiệm vụ", 85, y)
    paper.text("1", end, y - 5, 7)
    paper.text("trong quý.", end + 8, y)
    paper.text("1", 85, 768, 6)
    paper.text("Theo báo cáo của Sở Y tế.", 90, 770, 9)
    loaded = load(paper.saved(), name="a.pdf")
    assert read(loaded)[-2:] == ["Đến nay đã hoàn thành 12 nhiệm vụ trong quý.", "1 Theo báo cáo của Sở Y tế."]
    assert loaded.blocks[-1].kind == "footnote"


def test_every_run_of_words_is_found_again_at_its_place_on_the_page() -> None:
    paper = Paper()
    paper.add_page()
    paper.text("Kế hoạch", 260, 60)
    paper.flow(LONG, 85, 100, 538)
    paper.add_page()
    paper.table(TABLE, EDGES, 300)
    loaded = load(paper.saved(), name="a.pdf")
    start = loaded.text.index(LONG)
    boxes = loaded.boxes(Span(start, start + len(LONG)))
    assert [box.page for box in boxes] == [1, 1, 1]
    assert all(84 < box.left < 90 and box.right < 540 for box in boxes)
    assert [round(box.bottom - 103) for box in boxes] == [0, 17, 34]
    cell = loaded.text.index("Sở Tài chính\tSở Y tế")
    (box,) = loaded.boxes(Span(cell, cell + len("Sở Tài chính")))
    assert (box.page, 260 < box.left < 265, 300 < box.top < box.bottom < 420) == (2, True, True)
    words = [loaded.text[s:e] for p in loaded.pages for s, e in zip(p.starts, p.ends, strict=True)]
    assert words == loaded.text.split()


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    paper = Paper()
    paper.add_page()
    paper.page.set_rotation(90)
    paper.text("Dòng một của trang", 100, 100, turned=True)
    paper.text("Dòng hai của trang", 300, 400, turned=True)
    loaded = load(paper.saved(), name="a.pdf")
    assert read(loaded) == ["Dòng một của trang", "Dòng hai của trang"]
    (page,) = loaded.pages
    assert (page.width, page.height) == (842, 595)
    first, second = (loaded.boxes(Span(*line))[0] for line in ((0, 18), (len(loaded.text) - 19, len(loaded.text) - 1)))
    assert (99 < first.left < 102, 88 < first.top < first.bottom < 105) == (True, True)
    assert (299 < second.left < 302, 388 < second.top < second.bottom < 405) == (True, True)


def test_a_secrecy_stamp_is_seen_wherever_it_lies() -> None:
    paper = Paper()
    paper.add_page()
    letterhead(paper)
    paper.text("MẬT", 130, 150)
    paper.flow(LONG, 85, 190, 538)
    assert secret_marking(load(paper.saved(), name="a.pdf").text) == "MẬT"
    paper = Paper()
    paper.add_page()
    letterhead(paper)
    note = raw.FPDFPage_CreateAnnot(paper.page, raw.FPDF_ANNOT_STAMP)
    words = (raw.FPDF_WCHAR * 8)(*map(ord, "TỐI MẬT"))
    raw.FPDFAnnot_SetStringValue(note, b"Contents", words)
    raw.FPDFPage_CloseAnnot(note)
    loaded = load(paper.saved(), name="a.pdf")
    assert secret_marking(loaded.text) == "TỐI MẬT"
    assert "TỐI" not in "".join(read(loaded))


def test_a_page_can_be_drawn_for_the_reading_page() -> None:
    paper = Paper()
    paper.add_page()
    paper.text("Nội dung", 100, 100)
    data = paper.saved()
    picture, kind = page_picture(data, 1)
    assert (kind, [round(side) for side in next(frame_sizes(picture))]) == ("image/png", [827, 1170])
    assert page_picture(picture, 1) == (picture, kind)
    for content, number in ((data, 2), (data, 0), (picture, 2), (b"II*\0", 1)):
        with pytest.raises(refusals.ReaderRefusal):
            page_picture(content, number)


def test_five_hundred_pages_take_less_than_three_hundred_megabytes() -> None:
    code = (
        # The peak of this process alone: what getrusage tells is inherited from the parent.
        "import re, sys; from pathlib import Path; sys.path[:0] = ['src', 'tests']\n"
        "from fast.reader.files import Paper\n"
        "from dondoc.reader.formats import load\n"
        "data = sys.stdin.buffer.read()\n"
        "document = load(data, name='a.pdf')\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024\n"
        "print(len(document.pages), peak)"
    )
    paper = Paper()
    paper.add_page()
    for line in range(40):
        paper.text("Sở Y tế rà soát danh sách trẻ em chưa tiêm đủ mũi trên địa bàn tỉnh.", 85, 80 + 17 * line)
    data = paper.repeated(500)
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    pages, megabytes = map(int, done.stdout.split())
    assert pages == 500
    assert megabytes < 300
