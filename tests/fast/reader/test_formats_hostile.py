"""Promises that whatever file comes, it is read or refused by name, with one sentence that says what to do."""

import functools
import io
import re
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import nsdecls
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dondoc.reader import refusals
from dondoc.reader.api import ReaderRefusal, read_bytes
from dondoc.reader.formats import load
from dondoc.reader.formats.legacy import without_marks
from dondoc.reader.formats.ole import MAGIC
from dondoc.reader.formats.paper import document_of
from dondoc.reader.formats.words import PageWords, Word
from dondoc.reader.model import Document
from fast.reader.files import container, excel, old_excel, repacked, saved
from fast.reader.speed import quickest

EMPTY = saved(docx.Document())
OLE_EXCEL = old_excel([["STT", "Việc", "Chủ trì"], ["1", "a", "Sở Y tế"]])
SHEET = excel({"A": [["STT", "Việc", "Chủ trì"], ["1", "a", "Sở Y tế"], ["2", "b"]]}, ["C2:C3"])
BOMB = b"4 0 obj\n<</Filter/FlateDecode/Length 9>>stream\n%s\nendstream"


SMALL_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 0/Contents 5 0 R/Resources<</Font<</F 4 0 R>>/XObject
<</X 6 0 R>>>>>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
5 0 obj<</Length 330>>stream
BT /F 12 Tf 85 750 Td (Giao So Y te) Tj 300 0 Td (Ha Noi) Tj -300 -20 Td (So: 12) Tj 300 0 Td (ngay 5) Tj ET
BT /F 11 Tf 90 605 Td (STT) Tj 60 0 Td (Viec) Tj 150 0 Td (Chu tri) Tj ET
85 620 m 400 620 l S 85 600 m 400 600 l S 85 580 m 400 580 l S
85 620 m 85 580 l S 140 620 m 140 580 l S 290 620 m 290 580 l S 400 620 m 400 580 l S
BT /F 7 Tf 130 755 Td (1) Tj ET /X Do
endstream endobj
6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Length 31>>stream
10 10 m 90 10 l S 5 5 50 50 re S
endstream endobj
trailer<</Root 1 0 R/Size 7>>
%%EOF"""


def pdf_stream(content: bytes) -> bytes:
    return b"%PDF-1.4\n" + BOMB.replace(b"%s", content)


def zeros(megabytes: int) -> bytes:
    import zlib

    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


REFUSED = [
    (b"", "a.txt", refusals.EmptyFile),
    (b" \n\t ", "a.txt", refusals.EmptyFile),
    (b"\xef\xbb\xbf \n", "a.txt", refusals.EmptyFile),
    (EMPTY, "empty.docx", refusals.EmptyFile),
    (EMPTY[:900], "cut.docx", refusals.BrokenFile),
    (repacked(EMPTY, {"word/document.xml": b"<w:document"}), "bad.docx", refusals.BrokenFile),
    (repacked(EMPTY, {"word/document.xml": b"<a/>"}), "other.docx", refusals.BrokenFile),
    (repacked(EMPTY, {"word/vbaProject.bin": b"x"}), "m.docm", refusals.MacroFile),
    (repacked(EMPTY, {"word/media/a.bin": bytes(310 * 1024 * 1024)}), "bomb.docx", refusals.TooLarge),
    (b"PK\x05\x06" + bytes(18), "none.docx", refusals.UnknownFormat),
    (b"%PDF-1.7\n...", "a.pdf", refusals.BrokenFile),
    (b"%PDF-1.7\n...", "a.docx", refusals.BrokenFile),
    (pdf_stream(zeros(200)), "bomb.pdf", refusals.TooLarge),
    (pdf_stream(b"").replace(b"/FlateDecode", b"[/FlateDecode/FlateDecode]"), "twice.pdf", refusals.TooLarge),
    (MAGIC + b"x" * 600, "a.doc", refusals.BrokenFile),
    (MAGIC + b"\xff" * 4000, "a.doc", refusals.BrokenFile),
    (MAGIC + "EncryptedPackage".encode("utf-16-le"), "a.docx", refusals.EncryptedFile),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.docx", refusals.BrokenFile),
    (b"\xff\xd8\xff\xe0\xff", "a.jpg", refusals.BrokenFile),
    (b"II*\0\xff\xff\xff\x7f", "a.tif", refusals.BrokenFile),
    (b"GIF89a" + b"x" * 50, "a.gif", refusals.UnknownFormat),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a.doc", refusals.UnknownFormat),
    ("Việt".encode("utf-16-le") + b"\xff\xff\xfe", "a.txt", refusals.BrokenFile),
    (b"\x01\x02\x03\x04\x05\x06\x07\x08abc", "a.txt", refusals.BrokenFile),
    (b"a\x00b", "a.txt", refusals.BrokenFile),
    (b"<html>" + b"<div>" * 400 + b"a", "a.html", refusals.BrokenFile),
]


@pytest.mark.parametrize(("data", "name", "kind"), REFUSED, ids=[r[1] + str(i) for i, r in enumerate(REFUSED)])
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, name: str, kind: type[ReaderRefusal]) -> None:
    with pytest.raises(kind) as refused:
        read_bytes(data, name=name)
    assert type(refused.value) is kind
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 250


def test_a_pdf_locked_by_a_password_is_refused() -> None:
    # Lines of the security handler of a file whose password is not empty (PDF 1.4, RC4).
    with pytest.raises(refusals.EncryptedFile):
        load(LOCKED_PDF, name="a.pdf")


LOCKED_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<""" + b"41" * 32 + b">/U<" + b"42" * 32 + b""">>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<41><41>]/Size 5>>
%%EOF"""  # fmt: skip


def test_a_file_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dondoc.reader.formats.limits.LARGEST_FILE", 100)
    with pytest.raises(refusals.TooLarge):
        read_bytes(b"a" * 101, name="a.txt")


def test_the_content_of_a_file_decides_what_it_is_and_not_its_name() -> None:
    document = docx.Document()
    document.add_paragraph("Giao Sở Y tế lập kế hoạch.")
    assert load(saved(document), name="a.pdf").text == "Giao Sở Y tế lập kế hoạch.\n"
    assert load(SHEET, name="a.docx").blocks[0].table == 0
    assert load(b"<html><p>Giao</p></html>", name="a.doc").text == "Giao\n"


def test_an_entity_in_a_word_file_reaches_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("KHONG DUOC DOC")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>a &e; b</w:t></w:r></w:p></w:body></w:document>"
    )
    text = load(repacked(EMPTY, {"word/document.xml": xml.encode()}), name="a.docx").text
    assert "KHONG" not in text


def test_a_drawing_that_draws_itself_is_refused_before_memory_is_gone() -> None:
    data = SMALL_PDF.replace(b"10 10 m 90 10 l S", b"/X Do /X Do /X Do").replace(
        b"/BBox[0 0 99 99]", b"/BBox[0 0 99 99]/Resources<</XObject<</X 6 0 R>>>>"
    )
    begun = time.monotonic()
    assert answer(data, "a.pdf").endswith(".")
    assert time.monotonic() - begun < 100


@pytest.mark.parametrize(
    "page",
    [
        "<tr>" + "<td rowspan=9999 colspan=9999>a" * 300,
        "<tr>" + "<td rowspan=65000>" + "a" * 1000 + "<tr><td>b" * 5000,
        "<tr><td>a<td>b<td>c" * 20000,
    ],
)
def test_tables_made_to_grow_end_soon(page: str) -> None:
    def taken() -> float:
        begun = time.process_time()
        answer(f"<html><table>{page}</table>".encode(), "a.html")
        return time.process_time() - begun

    assert quickest(taken, 8) < 8


def answer(data: bytes, name: str) -> str:
    """What the officer is told: "." for a file that was read, else the sentence of the refusal."""
    try:
        loaded = load(data, name=name)
    except ReaderRefusal as refusal:
        return str(refusal)
    return "." if is_whole(loaded) else "a place outside the text"


def is_whole(document: Document) -> bool:
    """Whether every place that a document names lies in its text."""
    length = len(document.text)
    spans = [*(b.span for b in document.blocks), *document.skips, *(d.span for d in document.doubts)]
    pages = [(s, e) for page in document.pages for s, e in zip(page.starts, page.ends, strict=True)]
    apart = all(a.end <= b.start for a, b in zip(document.skips, document.skips[1:], strict=False))
    return apart and all(0 <= s.start <= s.end <= length for s in spans) and all(0 <= s < e <= length for s, e in pages)


@functools.cache
def samples() -> dict[str, bytes]:
    """A file of each kind, small and full of what the kind can hold."""
    document = docx.Document()
    document.add_paragraph("Giao Sở Y tế lập kế hoạch.", style="List Number")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "STT"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "Việc"
    found = {"a.docx": saved(document), "a.xlsx": SHEET, "a.xls": OLE_EXCEL}
    found["a.html"] = b"<html><table><tr><th rowspan=2>a<td colspan=3>b<tr><td>c</table><p>d<!-- e --></html>"
    found["a.txt"] = "Giao Sở Y tế\r\nUû ban nh©n d©n tØnh".encode()
    found["a.pdf"] = SMALL_PDF
    return found


@pytest.fixture(autouse=True)
def _no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other programs are not started here: they would take seconds for every example."""
    monkeypatch.setenv("PATH", "")


STARTS = [
    b"",
    b"PK\x03\x04",
    b"<html>",
    b"%PDF-1.7\n1 0 obj",
    MAGIC,
    b"{\\rtf1",
    b"\x89PNG\r\n\x1a\n",
    b"II*\0",
    b"\xff\xd8\xff",
]
NAMES = st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a.xls", ""])


@given(st.binary(max_size=400), NAMES, st.sampled_from(STARTS))
def test_any_bytes_are_read_or_refused_by_name(data: bytes, name: str, start: bytes) -> None:
    assert answer(start + data, name).endswith(".")


# PDF and Excel files are read in a process of their own, which takes a while to start.
IN_PROCESS = ("a.docx", "a.html", "a.txt")
EDITS = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 12)), min_size=1, max_size=6)


def edited(data: bytes, edits: list[tuple[float, bytes, int]]) -> bytes:
    """The bytes with some taken out and others put in, here and there."""
    for place, put, taken in edits:
        at = int(place * len(data))
        data = data[:at] + put + data[at + taken :]
    return data


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.xls", "a.html", "a.txt", "a.pdf"])
def test_a_damaged_file_is_read_or_refused_by_name(name: str) -> None:
    @given(EDITS, st.floats(0, 1), st.booleans())
    @settings(max_examples=settings.default.max_examples if name in IN_PROCESS else settings.default.max_examples // 5)
    def damaged(edits: list[tuple[float, bytes, int]], cut: float, is_cut: bool) -> None:
        data = samples()[name]
        data = data[: int(cut * len(data))] if is_cut else edited(data, edits)
        assert answer(data, name).endswith(".")

    damaged()


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_package_with_damaged_parts_is_read_or_refused_by_name(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(samples()[name])) as package:
        parts = {n: package.read(n) for n in package.namelist() if n.endswith((".xml", ".rels"))}

    @given(st.sampled_from(sorted(parts)), EDITS)
    @settings(max_examples=settings.default.max_examples if name in IN_PROCESS else settings.default.max_examples // 5)
    def damaged(part: str, edits: list[tuple[float, bytes, int]]) -> None:
        assert answer(repacked(samples()[name], {part: edited(parts[part], edits)}), name).endswith(".")

    damaged()


TAGS = re.compile(rb"<[^<>]*>")


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=5))
def test_a_word_file_with_its_tags_in_another_order_is_read_or_refused_by_name(swaps: list[tuple[int, int]]) -> None:
    with zipfile.ZipFile(io.BytesIO(samples()["a.docx"])) as package:
        pieces = TAGS.findall(package.read("word/document.xml"))
    for first, second in swaps:
        a, b = first % len(pieces), second % len(pieces)
        pieces[a], pieces[b] = pieces[b], pieces[a]
    assert answer(repacked(EMPTY, {"word/document.xml": b"".join(pieces)}), "a.docx").endswith(".")


PLACES = st.floats(-50, 900)
WORDS = st.builds(
    Word, st.text(min_size=1, max_size=4).map(lambda t: "".join(t.split()) or "a"), PLACES, PLACES, PLACES, PLACES
)
RULES = st.lists(st.tuples(PLACES, PLACES, PLACES), max_size=12)
PAGES = st.builds(PageWords, st.just(1), st.just(595.0), st.just(842.0), st.lists(WORDS, max_size=25), RULES, RULES)


@given(st.lists(PAGES, max_size=4))
@example([PageWords(1, 595.0, 842.0, [Word("a", 0, 0, 0, 0), Word("\ufdd0", 0, 0, 0, 0)], [], [])])
def test_any_words_at_any_places_make_a_document(pages: list[PageWords]) -> None:
    # A word of the noncharacters that mark old fonts inside the reader is nothing that stands on paper.
    words = sum(1 for page in pages for word in page.words if without_marks(word.text))
    made = document_of(iter(pages), "a.pdf")
    assert is_whole(made)
    assert sum(len(page.starts) for page in made.pages) == words


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.text(max_size=4)), max_size=30))
def test_any_grid_of_merged_cells_is_read(cells: list[tuple[int, int, str]]) -> None:
    rows = "".join(
        f"<td rowspan={rows} colspan={columns}>{re.sub('[<>&]', '', text)}" + ("<tr>" if i % 4 == 3 else "")
        for i, (rows, columns, text) in enumerate(cells)
    )
    assert answer(f"<html>a<table><tr>{rows}</table>".encode(), "a.html") == "."


def test_old_files_without_their_programs_are_refused_by_name() -> None:
    for data in (b"{\\rtf1 a}", container({"WordDocument": b"x" * 600})):
        assert "libreoffice-writer" in answer(data, "a.doc")
