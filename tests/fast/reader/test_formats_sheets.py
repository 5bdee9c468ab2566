"""Promises what is read of Excel files: the title, the rows of tasks, the signature; hidden sheets are not read."""

from datetime import date

import pytest

from dondoc.reader import refusals
from dondoc.reader.api import read_bytes, secret_marking, to_json
from dondoc.reader.formats import load
from fast.reader.files import container, excel, old_excel, repacked

TASKS = [
    ["UBND TỈNH HƯNG SƠN", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["SỞ Y TẾ", "", "", "Độc lập - Tự do - Hạnh phúc"],
    ["DANH MỤC NHIỆM VỤ NĂM 2024"],
    [],
    ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"],
    ["I", "Nhóm nhiệm vụ về y tế"],
    [1, "Lập kế hoạch\ntiêm phòng", "Sở Y tế", "Sở Tài chính", "Quý II/2024"],
    [2, "Mua tủ lạnh", "", "Sở Nội vụ", date(2024, 6, 30)],
    [],
    ["", "Nơi nhận:", "", "GIÁM ĐỐC"],
]


def test_a_list_of_tasks_becomes_assignments_a_row() -> None:
    data = excel({"Nhiệm vụ": TASKS, "Nháp": [["Giao", "Sở Xây dựng", "x"]]}, ["B6:E6", "C7:C8"], hidden="Nháp")
    loaded = load(data, name="a.xlsx")
    assert [line for line in loaded.text.split("\n") if line] == [
        "UBND TỈNH HƯNG SƠN",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "DANH MỤC NHIỆM VỤ NĂM 2024",
        "STT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời hạn",
        "I\tNhóm nhiệm vụ về y tế\t\t\t",
        "1\tLập kế hoạch tiêm phòng\tSở Y tế\tSở Tài chính\tQuý II/2024",
        "2\tMua tủ lạnh\tSở Y tế\tSở Nội vụ\t30/06/2024",
        "Nơi nhận:",
        "GIÁM ĐỐC",
    ]
    found = to_json(read_bytes(data, name="a.xlsx"))["assignments"]
    assert [(a["leads"], a["coordinators"], a["due"]["on"]) for a in found] == [
        (["Sở Y tế"], ["Sở Tài chính"], "2024-Q2"),
        (["Sở Y tế"], ["Sở Nội vụ"], "2024-06-30"),
    ]


def test_each_sheet_and_each_list_under_another_is_a_table_of_its_own() -> None:
    rows = [["STT", "Việc", "Chủ trì"], ["1", "a", "Sở Y tế"], ["STT", "Việc", "Chủ trì"], ["1", "b", "Sở Nội vụ"]]
    loaded = load(excel({"A": rows, "B": rows[:2]}), name="a.xlsx")
    assert [(b.table, b.row, b.span.cut(loaded.text)) for b in loaded.blocks if b.column == 1] == [
        (0, 0, "Việc"),
        (0, 1, "a"),
        (1, 0, "Việc"),
        (1, 1, "b"),
        (2, 0, "Việc"),
        (2, 1, "a"),
    ]


def test_an_old_excel_file_is_read_alike() -> None:
    rows = [["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Lập kế hoạch", "Sở Y tế", "Quý II/2024"]]
    assert load(old_excel(rows), name="a.xls").text == load(excel({"A": rows}), name="a.xlsx").text


def test_a_file_that_claims_more_than_there_is_kills_only_the_process_that_reads_it() -> None:
    data = old_excel([["STT", "Việc", "Chủ trì"], ["1", "a", "Sở Y tế"]], claimed=(2**32 - 1, 2**16 - 1))
    with pytest.raises(refusals.BrokenFile, match="bất thường"):
        load(data, name="a.xls")


def test_a_secrecy_mark_printed_or_drawn_over_a_sheet_is_seen() -> None:
    data = excel({"A": TASKS})
    drawing = (
        '<xdr:wsDr xmlns:xdr="x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>TUYỆT</a:t>'
        "</a:r><a:r><a:t> MẬT</a:t></a:r></a:p></xdr:wsDr>"
    )
    drawn = load(repacked(data, {"xl/drawings/drawing1.xml": drawing.encode()}), name="a.xlsx")
    assert secret_marking(drawn.text) == "TUYỆT MẬT"
    assert drawn.skips[0].cut(drawn.text) == "TUYỆT MẬT\n"
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1">'
        "<v>1</v></c></row></sheetData><headerFooter><oddHeader>&amp;R&amp;&quot;Arial,Bold&quot;&amp;14MẬT</oddHeader>"
        "</headerFooter></worksheet>"
    )
    printed = load(repacked(data, {"xl/worksheets/sheet1.xml": sheet.encode()}), name="a.xlsx")
    assert (printed.text, secret_marking(printed.text)) == ("MẬT\n1\n", "MẬT")


def cell_at(place: str) -> bytes:
    """A sheet with two cells far from each other."""
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{place[3:]}"><c r="{place}"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    return repacked(excel({"A": TASKS}), {"xl/worksheets/sheet1.xml": xml.encode()})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (cell_at("XFD1048576"), refusals.TooLarge),
        (old_excel([["a", "b", "c"]], locked=True), refusals.EncryptedFile),
        (container({"EncryptedPackage": b"", "EncryptionInfo": b""}), refusals.EncryptedFile),
        (container({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}), refusals.MacroFile),
        (container({"WordDocument": b"\xec\xa5" + bytes(9) + b"\x01", "1Table": b""}), refusals.EncryptedFile),
        (container({"PowerPoint Document": b"x"}), refusals.UnknownFormat),
        (container({"Workbook": b"\x09\x08"}), refusals.BrokenFile),
        (old_excel([["a", "b", "c"]])[:900], refusals.BrokenFile),
        (repacked(excel({"A": TASKS}), {"xl/workbook.xml": b"<workbook"}), refusals.BrokenFile),
        (repacked(excel({"A": TASKS}), {"xl/vbaProject.bin": b"x"}), refusals.MacroFile),
        (repacked(excel({"A": TASKS}), {"xl/workbook.bin": b"x"}), refusals.UnknownFormat),
        (excel({"A": [[]]}), refusals.EmptyFile),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, kind: type[refusals.ReaderRefusal]) -> None:
    with pytest.raises(kind) as refused:
        load(data, name="a.xlsx")
    assert type(refused.value) is kind
