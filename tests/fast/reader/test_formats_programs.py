"""Promises what is read by way of LibreOffice and tesseract, what is said without them, and that nothing stays."""

import io
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest

from dondoc.reader import refusals
from dondoc.reader.api import read_bytes, to_json
from dondoc.reader.formats import load, programs
from dondoc.reader.formats.scan import frame_sizes
from fast.reader.files import FONT, Paper, container, picture_of, saved, scanned

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs LibreOffice: install libreoffice-writer"
)
needs_tesseract = pytest.mark.skipif(
    programs.tesseract() is None or not FONT.exists(), reason="needs tesseract: install tesseract-ocr-vie"
)


def left_behind() -> set[str]:
    return {p.name for p in Path(tempfile.gettempdir()).iterdir() if p.name.startswith(("dondoc-", "lu"))}


def page() -> Paper:
    paper = Paper()
    paper.add_page()
    paper.text("ỦY BAN NHÂN DÂN TỈNH HƯNG SƠN", 60, 60, 11)
    paper.text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60, 11)
    paper.text("Số: 127/UBND-YT", 90, 90)
    paper.text("Hưng Sơn, ngày 05 tháng 3 năm 2024", 310, 90)
    text = (
        "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính tổ chức tiêm phòng cho trẻ em trên địa bàn tỉnh, "
        "báo cáo kết quả trước ngày 30/6/2024."
    )
    paper.flow(text, 85, 150, 538, indent=28)
    return paper


@needs_office
def test_an_rtf_file_is_read_with_its_old_font_and_nothing_is_left_behind() -> None:
    before = left_behind()
    rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil .VnTime;}}\f0 Giao S\'eb Y t\'d5 r\'b5 so\'b8t.\par}"
    assert load(rtf.encode(), name="a.doc").text.strip() == "Giao Sở Y tế rà soát."
    assert left_behind() == before


@needs_office
def test_an_old_word_file_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Giao Sở Y tế lập kế hoạch trước ngày 05/6/2024.")
    (tmp_path / "a.docx").write_bytes(saved(document))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--convert-to", "doc"]
    programs.run_program([*command, str(tmp_path / "a.docx")], data=None, folder=tmp_path, seconds=100)
    found = to_json(read_bytes((tmp_path / "a.doc").read_bytes(), name="a.doc"))["assignments"]
    assert [(a["leads"], a["due"]["on"]) for a in found] == [(["Sở Y tế"], "2024-06-05")]


@needs_office
def test_an_old_word_file_that_libreoffice_cannot_open_is_refused() -> None:
    with pytest.raises(refusals.BrokenFile, match="LibreOffice không mở được"):
        load(container({"WordDocument": b"\xec\xa5" + bytes(200)}), name="a.doc")


@needs_tesseract
def test_a_scan_is_read_with_both_columns_and_each_word_at_its_place() -> None:
    pdf = page().saved()
    for data, name in ((scanned(pdf), "a.pdf"), (picture_of(pdf), "a.png")):
        before = left_behind()
        reading = read_bytes(data, name=name)
        assert left_behind() == before
        found = to_json(reading)
        assert (found["document"]["number"], found["document"]["issued_on"]) == ("127/UBND-YT", "2024-03-05")
        (order,) = found["assignments"]
        assert (order["leads"], order["coordinators"], order["due"]["on"]) == (
            ["Sở Y tế"],
            ["Sở Tài chính"],
            "2024-06-30",
        )
        (paper,) = reading.document.pages
        assert (paper.scanned, round(paper.width), round(paper.height)) == (True, 595, 842)
        boxes = reading.document.boxes(reading.assignments[0].span)
        assert [round(box.top / 17) for box in boxes] in ([8, 9], [8, 9, 10])


@needs_tesseract
def test_a_ruled_table_in_a_scan_is_read_row_by_row() -> None:
    paper = Paper()
    paper.add_page()
    paper.text("Phụ lục danh mục nhiệm vụ", 200, 60)
    rows = [["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Lập kế hoạch\ntiêm phòng", "Sở Y tế", "30/9/2024"]]
    paper.table(rows, [85, 120, 300, 430, 538], 100, size=12)
    pdf = paper.saved()
    for data in (scanned(pdf), picture_of(pdf)):
        lines = [line for line in load(data, name="a").text.split("\n") if line]
        # A number that stands alone in a cell is often not recognised.
        assert [line.split("\t")[1:] for line in lines[1:]] == [
            ["Nhiệm vụ", "Chủ trì", "Thời hạn"],
            ["Lập kế hoạch tiêm phòng", "Sở Y tế", "30/9/2024"],
        ]


@needs_tesseract
def test_several_threads_read_at_once() -> None:
    pdf = page().saved()
    files = [scanned(pdf, dpi=120), pdf, scanned(pdf, dpi=120), pdf]
    with ThreadPoolExecutor(4) as threads:
        texts = [loaded.text for loaded in threads.map(lambda data: load(data, name="a.pdf"), files)]
    assert texts[1] == texts[3]
    assert texts[0] == texts[2]
    assert all("127/UBND-YT" in text for text in texts)


@needs_tesseract
def test_words_that_are_hard_to_read_are_marked() -> None:
    reading = read_bytes(picture_of(page().saved(), dpi=55), name="a.png")
    text = reading.document.text
    assert 0 < len(reading.document.doubts) < len(text.split())
    assert all(doubt.confidence < 0.6 and doubt.span.cut(text).strip() for doubt in reading.document.doubts)


@pytest.mark.parametrize(
    ("data", "package"),
    [
        (rb"{\rtf1 abc}", "libreoffice-writer"),
        (container({"WordDocument": b"\xec\xa5" + bytes(200)}), "libreoffice-writer"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09", "tesseract-ocr-vie"),
    ],
)
def test_a_missing_program_is_named_with_its_package(
    data: bytes, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(refusals.ProgramMissing, match=package):
        load(data, name="a")


@pytest.mark.skipif(not FONT.exists(), reason="needs the font Tinos: run `make install`")
def test_a_picture_after_the_first_page_is_named_where_it_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = page().saved()
    both = pdfium.PdfDocument.new()
    for part in (text, scanned(text, dpi=40)):
        both.import_pages(pdfium.PdfDocument(part))
    stream = io.BytesIO()
    both.save(stream)
    monkeypatch.setenv("PATH", "")
    loaded = load(stream.getvalue(), name="a.pdf")
    assert "Giao Sở Y tế" in loaded.text
    assert [note[:8] for note in loaded.notes] == ["Trang 2 "]
    with pytest.raises(refusals.ProgramMissing):
        load(scanned(text, dpi=40), name="a.pdf")


def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    number = tmp_path / "number"
    command = ["/bin/sh", "-c", "sleep 3600 & echo $! > number; sleep 3600"]
    for seconds in (0.2, 2, 20):  # on a busy machine it may not have begun before it is ended
        assert programs.run_program(command, data=None, folder=tmp_path, seconds=seconds) is None
        if number.exists() and (started := number.read_text()):
            break
    until = time.monotonic() + 60
    while is_running(int(started)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_running(int(started))
    assert programs.run_program(["/bin/sh", "-c", "echo done"], data=None, folder=tmp_path, seconds=100) == b"done\n"


def is_running(process: int) -> bool:
    """Say whether a process is there and at work; one that has ended stays until somebody asks how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_size_of_a_picture_is_read_before_it_is_opened() -> None:
    assert list(frame_sizes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x09")) == [(256, 9)]
    jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x07\0\x05" + bytes(9)
    assert list(frame_sizes(jpeg)) == [(5, 7)]
    entry = b"\0\x01\x03\0\x01\0\0\0\x08\0\0\0\x01\x01\x03\0\x01\0\0\0\x06\0\0\0"
    tiff = b"II*\0\x08\0\0\0\x02\0" + entry + b"\0\0\0\0"
    assert list(frame_sizes(tiff)) == [(8, 6)]
    with pytest.raises(refusals.TooLarge):
        load(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\0\0\0\x01\0\0", name="a.png")
