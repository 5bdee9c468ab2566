"""Promises that text of before Unicode (TCVN3, VNI) is read as Vietnamese, and each letter found again in the file."""

import re
import unicodedata

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reader.api import read_bytes, read_text, to_json
from dondoc.reader.formats import load
from dondoc.reader.formats.legacy import encoding_of_font, guess
from dondoc.reader.formats.syllables import is_syllable
from fast.reader.files import Paper, saved

PLAIN = "Giao Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Tài chính rà soát các dự án chậm trước ngày 30/6/2004."
TCVN3 = (
    "Giao Së KÕ ho¹ch vµ §Çu t\u00ad chñ tr×, phèi hîp víi Së Tµi chÝnh rµ so¸t c¸c dù ¸n chËm "
    "tr\u00adíc ngµy 30/6/2004."
)
VNI = (
    "Giao Sôû Keá hoaïch vaø Ñaàu tö chuû trì, phoái hôïp vôùi Sôû Taøi chính raø soaùt caùc döï aùn chaäm "
    "tröôùc ngaøy 30/6/2004."
)
OLD = pytest.mark.parametrize(("old", "table"), [(TCVN3, "tcvn3"), (VNI, "vni")])


@OLD
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_an_old_text_file_is_read_and_its_places_are_those_of_the_file(old: str, table: str, encoding: str) -> None:
    data = old.encode(encoding)
    loaded = load(data, name="a.txt")
    assert loaded.text == PLAIN
    assert loaded.origin is not None
    assert (loaded.origin.text, loaded.origin.encodings) == (old, (table,))
    found = to_json(read_bytes(data, name="a.txt"))
    (order,) = found["assignments"]
    assert (order["leads"], order["coordinators"]) == (["Sở Kế hoạch và Đầu tư"], ["Sở Tài chính"])
    assert old[slice(*order["span"])] == old[old.index("S") : -1]
    assert found["encodings"] == [table]
    assert order["text"] == PLAIN[5:-1]


@OLD
def test_pasted_and_printed_text_is_converted_too(old: str, table: str) -> None:
    page = f"<html><body><p>{old}</p></body></html>"
    assert load(page.encode(), name="a.html").text == PLAIN + "\n"
    assert read_text(PLAIN).document.origin is None
    paper = Paper()
    paper.add_page()
    paper.flow(old, 50, 100, 560)
    loaded = load(paper.saved(), name="a.pdf")
    assert loaded.text == PLAIN + "\n"
    words = [loaded.text[s:e] for s, e in zip(loaded.pages[0].starts, loaded.pages[0].ends, strict=True)]
    assert words == PLAIN.split()


def test_a_word_file_tells_its_fonts_even_letter_by_letter() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in (
        ("uû ban nh©n d©n tØnh", ".VnTimeH"),
        (" và ", "Arial"),
        ("Sôû Y teá", "VNI-Times"),
        (" Ñ®", "Arial"),
    ):
        paragraph.add_run(text).font.name = font
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("chñ tr×")
    loaded = load(saved(document), name="a.docx")
    assert loaded.text == "UỶ BAN NHÂN DÂN TỈNH và Sở Y tế Ñ®\nchủ trì\n"
    assert loaded.origin is not None
    assert loaded.origin.text == "uû ban nh©n d©n tØnh và Sôû Y teá Ñ®\nchñ tr×\n"
    for block in loaded.blocks:
        assert loaded.in_origin(block.span).cut(loaded.origin.text) in (
            "uû ban nh©n d©n tØnh và Sôû Y teá Ñ®",
            "chñ tr×",
        )


def test_a_title_typed_in_capitals_becomes_capitals() -> None:
    text = load(f"CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\n{TCVN3}\n".encode(), name="a.txt").text
    assert text == f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{PLAIN}\n"


def test_a_windows_1258_file_is_read() -> None:
    text = "Giao Sở Y tế lập kế hoạch; Sở Tài chính bố trí kinh phí."
    # This code table holds ă, â, ê, ô, ơ, ư whole, and most tones as marks of their own.
    data = re.sub("[ởếạốậị]", lambda m: _TONED.get(m[0], m[0]), text).encode("cp1258")
    assert unicodedata.normalize("NFC", load(data, name="a.txt").text) == text


_TONED = {"ở": "ơ\u0309", "ế": "ê\u0301", "ạ": "a\u0323", "ố": "ô\u0301", "ậ": "â\u0323", "ị": "i\u0323"}


@given(st.text(max_size=200) | st.text(alphabet="àáâãèéêìíòóôõùúýăđĩơưạảấầẩ ế.,1a\n", max_size=200))
def test_unicode_text_is_never_taken_for_old_text(text: str) -> None:
    if not {"ế", "ạ", "ơ"} & set(text) and guess(text) is not None:
        assert not any(char in text for char in "ăđĩơưạảấầẩế")
    assert guess(PLAIN + text) is None


@pytest.mark.parametrize(
    "text", ["Café à Paris, déjà vu, élève, forêt, où", "© 2024 ® ™ 25 µm ¼ ½ ¾ § 12", PLAIN, "abc"]
)
def test_other_languages_stay_as_they_are(text: str) -> None:
    assert guess(text) is None
    assert load(text.encode(), name="a.txt").text == text


@pytest.mark.parametrize(
    ("font", "table"),
    [(".VnTime", "tcvn3"), (".VnTimeH", "tcvn3-capitals"), ("VNI-Times", "vni"), ("Times New Roman", None), ("", None)],
)
def test_fonts_name_their_table(font: str, table: str | None) -> None:
    assert encoding_of_font(font) == table


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("nghiệp", True),
        ("ĐƯỜNG", True),
        ("quý", True),
        ("uỷ", True),
        ("nghệip", False),
        ("ngh", False),
        ("ho¹ch", False),
    ],
)
def test_syllables(word: str, is_one: bool) -> None:
    assert is_syllable(word) is is_one
