"""Word files of an invented office, sound and unsound, made piece by piece for the tests of frames."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from docx import Document
from docx.shared import Mm, Pt

LOGO_WORDS = "ĐẢNG ỦY PHƯỜNG BẾN THỬ · 12 đường Mẫu"


def office_file(*, places: bool = True) -> bytes:
    """A file as an office would make it by hand: letterhead in the page's head, own margins, own styles, a table."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin = Mm(33), Mm(25), Mm(25)
    section.header.paragraphs[0].text = LOGO_WORDS
    section.footer.paragraphs[0].text = "Bản in {{ so_hieu }}"
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = "{{ CO_QUAN }}"
    # Word cuts a place into several runs as soon as somebody corrects a letter in it.
    cut = table.rows[0].cells[1].paragraphs[0]
    for piece in ("{", "{ di", "a_danh }", "}, {{ngày}}"):
        cut.add_run(piece).italic = True
    document.add_paragraph("{{ trich_yeu }}", style="Title")
    if places:
        body = document.add_paragraph()
        run = body.add_run("{{ noi_dung }}")
        run.font.name, run.font.size = "Arial", Pt(13)
        body.paragraph_format.left_indent = Mm(7)
        body.paragraph_format.line_spacing = Pt(21)
    document.add_paragraph("{{ co_quan_cap_tren }}")
    document.add_paragraph("Người ký: {{ NGUOI_KY }}")
    document.add_paragraph("{{ noi_nhan }}")
    return saved(document)


def saved(document: object) -> bytes:
    """The bytes of a file of python-docx."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def changed(content: bytes, parts: Mapping[str, bytes | tuple[bytes, bytes]]) -> bytes:
    """The same package with parts replaced or added; a pair stands for words to be found and put instead."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        held = {name: source.read(name) for name in source.namelist()}
        for name, new in parts.items():
            if isinstance(new, tuple):
                assert new[0] in held[name], f"{new[0]!r} is not in {name}"
                held[name] = held[name].replace(new[0], new[1])
            else:
                held[name] = new
        for name, body in held.items():
            target.writestr(name, body)
    return out.getvalue()


RELATIONS = "word/_rels/document.xml.rels"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relation(kind: str, target: str) -> tuple[bytes, bytes]:
    """A relation to something outside, to be put into the list of relations of the text."""
    xml = f'<Relationship Id="rX" Type="{KIND}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return b"</Relationships>", xml.encode()


@cache
def unsound() -> dict[str, tuple[bytes, str]]:
    """Files that cannot be frames, each with words of the sentence by which it is refused."""
    good = office_file()
    text = "word/document.xml"
    end = b"<w:sectPr"
    macro_kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    in_a_cell = Document()
    in_a_cell.add_table(1, 1).rows[0].cells[0].text = "{{ noi_dung }}"
    among_words = Document()
    among_words.add_paragraph("Nội dung: {{ noi_dung }}")
    twice = Document()
    for _ in range(2):
        twice.add_paragraph("{{ noi_dung }}")
    strange = Document()
    strange.add_paragraph("{{ noi_dung }}")
    strange.add_paragraph("{{ so_van_ban }}")
    secret = Document()
    secret.add_paragraph("TỐI MẬT")
    secret.add_paragraph("{{ noi_dung }}")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(3):
            file.writestr(f"word/media/{number}.xml", b"0" * (20 * 1024 * 1024))
    field = b'<w:p><w:fldSimple w:instr=" INCLUDEPICTURE http://mau.vn/a.png "/></w:p><w:sectPr'
    return {
        "no zip": (b"Xin ch\xc3\xa0o", "không phải là tệp Word"),
        "a zip of something else": (changed(_empty_zip(), {"a.txt": b"x"}), "không phải là tệp Word"),
        "broken": (good[: len(good) // 2], "không phải là tệp Word"),
        "too large": (b"0" * (5 * 1024 * 1024 + 1), "lớn hơn 5 MB"),
        "a bomb": (bomb.getvalue(), "giải nén lớn bất thường"),
        "macros": (changed(good, {"word/vbaProject.bin": b"x"}), "macro"),
        "a type with macros": (changed(good, {"[Content_Types].xml": (kind, macro_kind)}), "macro"),
        "a template from elsewhere": (
            changed(good, {RELATIONS: relation("attachedTemplate", "http://mau.vn/t.dotm")}),
            "lấy mẫu (template) từ nơi khác",
        ),
        "a picture from elsewhere": (
            changed(good, {RELATIONS: relation("image", "file://may-chu/anh.png")}),
            "lấy nội dung từ nơi khác (file://may-chu/anh.png)",
        ),
        "a link that runs": (
            changed(good, {RELATIONS: relation("hyperlink", "file://may-chu/chay.exe")}),
            "lấy nội dung từ nơi khác",
        ),
        "a field that fetches": (changed(good, {text: (end, field)}), "INCLUDEPICTURE"),
        "something embedded": (changed(good, {"word/embeddings/oleObject1.bin": b"x"}), "nhúng tệp khác"),
        "tracked changes": (
            changed(good, {text: (end, b'<w:p><w:ins w:id="1" w:author="A"><w:r/></w:ins></w:p><w:sectPr')}),
            "Track Changes",
        ),
        "entities": (
            changed(good, {"word/settings.xml": b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}),
            "khai báo lạ",
        ),
        "strict": (
            changed(good, {text: (b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"purl.oclc.org/ooxml/w")}),
            "Strict Open XML",
        ),
        "secret": (saved(secret), "dấu chỉ độ mật TỐI MẬT"),
        "no place": (office_file(places=False), "đúng một đoạn “{{ noi_dung }}” để ghi báo cáo vào. Hiện có 0."),
        "two places": (saved(twice), "Hiện có 2."),
        "the place in a table": (saved(in_a_cell), "phải đứng riêng một đoạn"),
        "the place among words": (saved(among_words), "phải đứng riêng một đoạn"),
        "a place that is not known": (saved(strange), "chỗ điền không rõ: so_van_ban"),
    }


def _empty_zip() -> bytes:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return out.getvalue()
