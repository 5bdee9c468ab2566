"""Promises that files of every kind are read or refused with one sentence."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.reader import refusals
from dondoc.reader.api import ReaderRefusal, read_bytes, to_json
from dondoc.reader.formats import load
from dondoc.reader.formats.numbering import as_format


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, extra: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in extra:
                new.writestr(name, old.read(name))
        for name, content in extra.items():
            new.writestr(name, content)
    return stream.getvalue()


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


def test_web_pages_are_read_as_a_person_sees_them() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><script>var a</script>"
        "<p>Giao <b>Sở Y tế</b> lập\n kế hoạch.</p><ul><li>- Báo cáo kết quả.</li></ul></body></html>"
    )
    assert load(page.encode(), name="a.html").text.split("\n")[:2] == [
        "Giao Sở Y tế lập kế hoạch.",
        "- Báo cáo kết quả.",
    ]


WORD = saved(docx.Document())
REFUSED = [
    (b"", "a.txt", refusals.EmptyFile),
    (b" \n\t ", "a.txt", refusals.EmptyFile),
    (b"\xef\xbb\xbf \n", "a.txt", refusals.EmptyFile),
    (WORD, "empty.docx", refusals.EmptyFile),
    (WORD[:900], "cut.docx", refusals.BrokenFile),
    (repacked(WORD, {"word/document.xml": b"<w:document"}), "bad.docx", refusals.BrokenFile),
    (repacked(WORD, {"word/vbaProject.bin": b"x"}), "m.docm", refusals.MacroFile),
    (repacked(WORD, {"word/media/a.bin": bytes(310 * 1024 * 1024)}), "bomb.docx", refusals.TooLarge),
    (b"PK\x05\x06" + bytes(18), "none.docx", refusals.UnknownFormat),
    (b"%PDF-1.7\n...", "a.pdf", refusals.UnknownFormat),
    (b"{\\rtf1 abc}", "a.doc", refusals.UnknownFormat),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.doc", refusals.UnknownFormat),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        refusals.EncryptedFile,
    ),
    (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "a.docx", refusals.UnknownFormat),
    ("Việt".encode("utf-16-le") + b"\xff\xff\xfe", "a.txt", refusals.BrokenFile),
    (b"\x01\x02\x03\x04\x05\x06\x07\x08abc", "a.txt", refusals.BrokenFile),
]


@pytest.mark.parametrize(("data", "name", "kind"), REFUSED, ids=[r[1] + str(i) for i, r in enumerate(REFUSED)])
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, name: str, kind: type[ReaderRefusal]) -> None:
    with pytest.raises(kind) as refused:
        read_bytes(data, name=name)
    assert type(refused.value) is kind
    assert str(refused.value).endswith(".")


def test_a_file_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dondoc.reader.formats.limits.LARGEST_FILE", 100)
    with pytest.raises(refusals.TooLarge):
        read_bytes(b"a" * 101, name="a.txt")


def test_an_entity_in_a_word_file_reaches_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("KHONG DUOC DOC")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>a &e; b</w:t></w:r></w:p></w:body></w:document>"
    )
    text = load(repacked(WORD, {"word/document.xml": xml.encode()}), name="a.docx").text
    assert "KHONG" not in text


def answer(data: bytes, name: str) -> str:
    """What the officer is told: "." for a file that was read, else the sentence of the refusal."""
    try:
        read_bytes(data, name=name)
    except ReaderRefusal as refusal:
        return str(refusal)
    return "."


@settings(deadline=None, max_examples=60)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.html", "a.docx"]),
    st.sampled_from([b"", b"PK\x03\x04", b"<html>"]),
)
def test_any_bytes_are_read_or_refused_by_name(data: bytes, name: str, start: bytes) -> None:
    assert answer(start + data, name).endswith(".")


@settings(deadline=None, max_examples=40)
@given(st.integers(min_value=0, max_value=len(WORD) - 1), st.integers(min_value=0, max_value=255))
def test_a_damaged_word_file_is_read_or_refused_by_name(place: int, byte: int) -> None:
    assert answer(WORD[:place] + bytes([byte]) + WORD[place + 1 :], "a.docx").endswith(".")
