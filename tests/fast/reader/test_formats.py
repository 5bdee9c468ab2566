"""Promises what is read of Word files and web pages: every word that an officer sees, in its order, once."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dondoc.reader.api import read_bytes, to_json
from dondoc.reader.clean import clean
from dondoc.reader.formats import load
from dondoc.reader.formats.numbering import as_format
from dondoc.reader.model import Document
from fast.reader.files import repacked, saved


def test_word_paragraphs_tables_and_places() -> None:
    document = docx.Document()
    document.add_paragraph("Giao Sở Y tế lập kế hoạch trước ngày 05/6/2024.")
    table = document.add_table(rows=2, cols=4)
    for cell, text in zip(table.rows[0].cells, ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"], strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ["1", "Mua tủ lạnh", "Sở Tài chính", "Quý III/2024"], strict=True):
        cell.text = text
    loaded = load(saved(document), name="a.docx")
    for block in loaded.blocks:
        assert block.span.cut(loaded.text).strip()
    assert [b.span.cut(loaded.text) for b in loaded.blocks if b.row == 1] == [
        "1",
        "Mua tủ lạnh",
        "Sở Tài chính",
        "Quý III/2024",
    ]
    found = to_json(read_bytes(saved(document), name="a.docx"))["assignments"]
    assert [(a["leads"], a["due"]["on"]) for a in found] == [
        (["Sở Y tế"], "2024-06-05"),
        (["Sở Tài chính"], "2024-Q3"),
    ]


def test_numbered_lists_show_their_numbers() -> None:
    document = docx.Document()
    for text in ("Sở Y tế lập kế hoạch.", "Sở Tài chính bố trí kinh phí."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Rà soát danh sách.", style="List Bullet")
    assert load(saved(document), name="a.docx").text.split("\n")[:3] == [
        "1. Sở Y tế lập kế hoạch.",
        "2. Sở Tài chính bố trí kinh phí.",
        "- Rà soát danh sách.",
    ]


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [(3, "lowerLetter", "c"), (28, "upperLetter", "BB"), (14, "upperRoman", "XIV"), (7, "decimal", "7")],
)
def test_number_formats(number: int, kind: str, text: str) -> None:
    assert as_format(number, kind) == text


def test_text_boxes_are_read_once() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Thân văn bản.")
    box = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>'
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(box)
    loaded = load(saved(document), name="a.docx")
    assert loaded.text.count("Trong khung") == 1
    assert [b.kind for b in loaded.blocks] == ["paragraph", "box"]


def test_a_secrecy_mark_in_a_page_header_is_seen() -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    document.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    assert load(saved(document), name="a.docx").text.startswith("TỐI MẬT\n")
    document.sections[0].header.paragraphs[0].text = "Trang 2"
    assert load(saved(document), name="a.docx").text.startswith("Nội dung.")


def test_a_watermark_is_seen() -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    art = '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textpath string="MẬT"/></v:shape></w:pict>'
    run = parse_xml(f"<w:r {nsdecls('w')}>{art}</w:r>")
    document.sections[0].header.paragraphs[0]._p.append(run)
    assert load(saved(document), name="a.docx").text.startswith("MẬT\n")


def test_web_pages_are_read_as_a_person_sees_them() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><script>var a</script>"
        "<p>Giao <b>Sở Y tế</b> lập\n kế hoạch.</p><ul><li>- Báo cáo kết quả.</li></ul></body></html>"
    )
    assert load(page.encode(), name="a.html").text.split("\n")[:2] == [
        "Giao Sở Y tế lập kế hoạch.",
        "- Báo cáo kết quả.",
    ]


def read(document: Document) -> list[str]:
    """The lines that the finders see."""
    return clean(document.text, document.skips).text.split("\n")


def cells(document: Document, row: int) -> list[tuple[int, str, str, bool]]:
    return [(b.column, b.span.cut(document.text), b.part, b.repeated) for b in document.blocks if b.row == row]


def task_table() -> docx.document.Document:
    """A table with a head of two rows, a running heading, and one due day for two tasks."""
    document = docx.Document()
    table = document.add_table(rows=5, cols=5)
    texts = [
        ["STT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời hạn"],
        ["", "", "Chủ trì", "Phối hợp", ""],
        ["I", "Nhóm nhiệm vụ về y tế", "", "", ""],
        ["1", "Lập kế hoạch tiêm phòng", "Sở Y tế", "Sở Tài chính", "Quý II/2024"],
        ["2", "Mua tủ lạnh giữ vắc-xin", "Sở Tài chính", "Sở Y tế", ""],
    ]
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(2, 1).merge(table.cell(2, 4))
    table.cell(3, 4).merge(table.cell(4, 4))
    return document


def test_merged_cells_stand_in_each_row_and_a_head_of_two_rows_is_read_by_its_last() -> None:
    loaded = load(saved(task_table()), name="a.docx")
    assert read(loaded)[:4] == [
        "STT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời hạn",
        "I\tNhóm nhiệm vụ về y tế\t\t\t",
        "1\tLập kế hoạch tiêm phòng\tSở Y tế\tSở Tài chính\tQuý II/2024",
        "2\tMua tủ lạnh giữ vắc-xin\tSở Tài chính\tSở Y tế\tQuý II/2024",
    ]
    assert loaded.text.startswith("STT\tNhiệm vụ\tCơ quan thực hiện\t\tThời hạn\n")
    assert cells(loaded, 2) == [(0, "I", "section", False), (1, "Nhóm nhiệm vụ về y tế", "section", False)]
    assert cells(loaded, 4)[-1] == (4, "Quý II/2024", "", True)
    assert {b.part for b in loaded.blocks if b.row in (0, 1)} == {"head"}
    due = [b for b in loaded.blocks if b.row == 3 and b.column == 4]
    assert [(b.rows, b.columns) for b in due] == [(2, 1)]


def test_rows_of_a_merged_table_become_assignments() -> None:
    found = to_json(read_bytes(saved(task_table()), name="a.docx"))["assignments"]
    assert [(a["leads"], a["coordinators"], a["due"]["on"]) for a in found] == [
        (["Sở Y tế"], ["Sở Tài chính"], "2024-Q2"),
        (["Sở Tài chính"], ["Sở Y tế"], "2024-Q2"),
    ]


def test_a_signature_tied_to_a_table_is_read_as_two_columns() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    for cell, text in zip(table.rows[0].cells, ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ["1", "Lập kế hoạch", "Sở Y tế", "Tháng 6"], strict=True):
        cell.text = text
    table.cell(2, 0).merge(table.cell(2, 1)).text = "Nơi nhận:\n- Như trên;"
    table.cell(2, 2).merge(table.cell(2, 3)).text = "CHỦ TỊCH\nTrần Văn Bình"
    lines = [line for line in load(saved(document), name="a.docx").text.split("\n") if line]
    assert lines[-4:] == ["Nơi nhận:", "- Như trên;", "CHỦ TỊCH", "Trần Văn Bình"]


def test_footnotes_stand_after_the_text_and_page_headers_are_kept_but_not_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Đã xong 12 việc")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7"/></w:r>'))
    paragraph.add_run(" trong quý.")
    document.sections[0].footer.paragraphs[0].text = "Trang mẫu"
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="7"><w:p><w:r><w:t>Theo báo cáo của Sở Y tế.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    loaded = load(repacked(saved(document), {"word/footnotes.xml": notes.encode()}), name="a.docx")
    assert loaded.text == "Đã xong 12 việc trong quý.\n[1] Theo báo cáo của Sở Y tế.\nTrang mẫu\n"
    assert read(loaded) == ["Đã xong 12 việc trong quý.", "[1] Theo báo cáo của Sở Y tế.", ""]
    assert [b.kind for b in loaded.blocks] == ["paragraph", "footnote", "footer"]


def test_a_letterhead_in_the_page_header_is_read_first() -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    document.sections[0].header.paragraphs[0].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert read(load(saved(document), name="a.docx"))[:3:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nội dung."]


def test_hidden_and_deleted_words_are_not_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giao Sở Y tế")
    paragraph.add_run(" và Sở Nội vụ").font.hidden = True
    gone = f"<w:del {nsdecls('w')}><w:r><w:delText> và Sở Xây dựng</w:delText></w:r></w:del>"
    paragraph._p.append(parse_xml(gone))
    assert load(saved(document), name="a.docx").text == "Giao Sở Y tế\n"


def test_a_list_goes_on_after_text_and_begins_anew_where_the_file_says_so() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>'
    numbering = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
    )
    document = docx.Document()
    for text, number in (("a", 1), ("b", 0), ("c", 1), ("d", 2), ("e", 2), ("g", 1)):
        paragraph = document.add_paragraph(text)
        if number:
            properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(properties))
    loaded = load(repacked(saved(document), {"word/numbering.xml": numbering.encode()}), name="a.docx")
    assert loaded.text == "Điều 1. a\nb\nĐiều 2. c\nĐiều 5. d\nĐiều 6. e\nĐiều 7. g\n"


def test_tables_of_web_pages_with_merged_cells() -> None:
    page = (
        "<table><caption>Danh mục</caption><thead><tr><th rowspan=2>TT<th rowspan=2>Nhiệm vụ<th colspan=2>Cơ quan"
        "</tr><tr><th>Chủ trì<th>Phối hợp</tr></thead><tr><td>1<td>Lập kế hoạch<td rowspan=2>Sở Y tế<td>Sở Nội vụ"
        "<tr><td>2<td>Mua tủ lạnh<td>Sở Tài chính<tr style='display:none'><td>3<td>x<td>y<td>z</table>"
    )
    assert read(load(b"<html>" + page.encode(), name="a.html"))[:4] == [
        "Danh mục",
        "TT\tNhiệm vụ\tChủ trì\tPhối hợp",
        "1\tLập kế hoạch\tSở Y tế\tSở Nội vụ",
        "2\tMua tủ lạnh\tSở Y tế\tSở Tài chính",
    ]


def test_a_table_that_only_lays_out_a_page_is_read_through() -> None:
    inner = "<table><tr><td>1<td>Lập kế hoạch<td>Sở Y tế<tr><td>2<td>Mua tủ lạnh<td>Sở Tài chính</table>"
    loaded = load(f"<html><table><tr><td>Mở đầu{inner}</table>".encode(), name="a.html")
    assert [(b.row, b.column) for b in loaded.blocks if b.table is not None] == [
        (r, c) for r in (0, 1) for c in (0, 1, 2)
    ]


def test_the_items_of_a_list_on_a_web_page_carry_their_numbers() -> None:
    page = """<html><body><p>Giao:</p><ol><li>Sở Y tế lập kế hoạch;</li><li><p>Sở Tài chính</p><p>thẩm định.</p></li>
    <li>  </li><li>4. Sở Nội vụ<ol type="a"><li>rà soát;</li><li value="4">báo cáo.</li></ol></li></ol>
    <ol type="I" start="5"><li>Tổ chức</li></ol><ol style="list-style: none"><li>Nơi nhận</li></ol>
    <ul><li>Như trên</li></ul></body></html>"""
    assert load(page.encode(), name="a.html").text.split("\n") == [
        "Giao:",
        "1. Sở Y tế lập kế hoạch;",
        "2. Sở Tài chính",
        "thẩm định.",
        "4. Sở Nội vụ",
        "a. rà soát;",
        "d. báo cáo.",
        "V. Tổ chức",
        "Nơi nhận",
        "Như trên",
        "",
    ]
