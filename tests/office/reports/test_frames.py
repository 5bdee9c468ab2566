"""A report in an office's own Word file: what stays, what is filled in, what is refused, and who may bring one."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from docx import Document
from docx.shared import Mm, Pt

from dondoc.office.access import Refused
from dondoc.office.actions.frames import NewFrame, bring_frame, end_frame
from dondoc.office.queries import frames
from dondoc.office.reports.annex import figures_json
from dondoc.office.reports.blocks import figures_of
from dondoc.office.reports.docx import to_docx
from dondoc.office.reports.footnotes import note_text
from dondoc.office.reports.frame_files import PLACES, FrameRefused, checked
from dondoc.office.reports.frame_samples import starter
from dondoc.rules.layouts import layout_for
from office.asking import signed_in, words
from office.conftest import World
from office.reports.frames import LOGO_WORDS, RELATIONS, changed, office_file, relation, saved, unsound
from office.reports.paper import HOSTILE, PARTY, STATE, TASKS
from office.reports.reading import noted, opened, paragraphs, part, pictures, tables

LAYOUT = layout_for("party", on=PARTY.issued_on)
OWN = office_file()


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The Party's paper in the office's own file, printed once."""
    return to_docx(PARTY, LAYOUT, frame=OWN)


def test_head_foot_margins_and_styles_of_the_office_stay(printed: bytes) -> None:
    document = opened(printed)
    section = document.sections[0]
    assert [round(side.mm, 1) for side in (section.top_margin, section.left_margin, section.right_margin)] == [
        33,
        25,
        25,
    ]
    assert section.header.paragraphs[0].text == LOGO_WORDS
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Title"] == [PARTY.title]
    kept = {style.name: style.element.xml for style in opened(OWN).styles}
    assert {style.name: style.element.xml for style in document.styles if style.name in kept} == kept


def test_every_place_is_filled_also_one_that_word_has_cut(printed: bytes) -> None:
    lines = paragraphs(printed)
    assert opened(printed).sections[0].footer.paragraphs[0].text == "Bản in 05-BC/ĐU"
    assert lines[0] == "BAN THƯỜNG VỤ ĐẢNG ỦY PHƯỜNG BẾN THỬ"
    assert lines[1] == "Bến Thử, ngày 03 tháng 7 năm 2026"
    assert "Người ký: TRẦN THỊ MẪU" in lines
    assert (
        f"- Thường trực Thành ủy (để báo cáo),\n- Các chi bộ trực thuộc {HOSTILE},\n- Lưu Văn phòng Đảng ủy." in lines
    )
    assert not any("{{" in line for line in lines)


def test_a_line_that_has_nothing_to_say_is_left_out() -> None:
    alone = to_docx(replace(PARTY, parent_name=""), LAYOUT, frame=OWN)
    assert [line for line in paragraphs(alone) if line == ""] == []
    assert "Đảng bộ thành phố Sông Mẫu" not in paragraphs(alone)


def test_the_report_stands_in_its_place_and_looks_like_it(printed: bytes) -> None:
    document = opened(printed)
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines.index(PARTY.title) < lines.index("1- Nhiệm vụ được giao") < lines.index("Người ký: TRẦN THỊ MẪU")
    (sentence,) = [p for p in document.paragraphs if p.text.startswith("Trong 1.235")]
    form, run = sentence.paragraph_format, sentence.runs[0]
    assert (round(form.left_indent / Mm(1), 1), form.line_spacing) == (7, Pt(21))
    assert (run.font.name, run.font.size) == ("Arial", Pt(13))
    (item,) = [p for p in document.paragraphs if p.text == "- +1 đậm"]
    assert [run.font.bold for run in item.runs if run.text.strip("- ")] == [None, True]
    assert {run.font.name for run in item.runs} == {"Arial"}


def test_a_long_text_flows_over_its_pages_and_the_end_stays_with_who_signs() -> None:
    document = Document(io.BytesIO(OWN))
    (place,) = [paragraph for paragraph in document.paragraphs if "noi_dung" in paragraph.text]
    place.paragraph_format.keep_with_next = place.paragraph_format.page_break_before = True
    written = opened(to_docx(PARTY, LAYOUT, frame=saved(document))).paragraphs
    body = [p.paragraph_format for p in written if p.runs and p.runs[0].font.name == "Arial"]
    # One paragraph that is held to the next is as good as a heading; if all are, a page holds none of them.
    assert [form.keep_with_next for form in body if form.keep_with_next] == [True]
    assert [form.page_break_before for form in body if form.page_break_before] == []


def test_tables_pictures_notes_and_annexes_come_along(printed: bytes) -> None:
    assert len(tables(printed)) == 3
    assert len(pictures(printed)) == 1
    width = sum(column.width for column in opened(printed).tables[1].columns)
    assert round(width / Mm(1)) == 210 - 25 - 25
    with override("vi"):
        assert [mark.note for mark in noted(printed)] == [note_text(figure) for figure in figures_of(PARTY)[:4]]
    element = part(printed, "customXml/item2.xml")
    assert (element.text or "").encode() == figures_json(PARTY)
    lines = paragraphs(printed)
    assert lines.index("Người ký: TRẦN THỊ MẪU") < lines.index("Phụ lục I") < lines.index("Phụ lục II")
    assert len(tables(printed)[1]) == TASKS + 1


def test_the_same_report_in_the_same_frame_is_the_same_bytes(printed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        with override("en"):
            assert to_docx(PARTY, LAYOUT, frame=OWN) == printed
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("report", [PARTY, STATE], ids=["party", "state"])
def test_the_file_to_begin_with_is_a_frame_and_prints_as_the_layout(report: object) -> None:
    paper = PARTY if report is PARTY else STATE
    layout = layout_for(paper.hierarchy, on=paper.issued_on)
    begin = starter(layout, on=paper.issued_on)
    assert set(checked(begin)) == PLACES.keys() - {"ngay_so", "so_lieu_den"}
    framed, plain = opened(to_docx(paper, layout, frame=begin)), opened(to_docx(paper, layout))
    for name in ("Normal", "Heading 1", "Bảng", "Nơi nhận", "Họ tên người ký"):
        assert framed.styles[name].element.xml == plain.styles[name].element.xml
    bare = [p.text.replace("\n", " ") for p in plain.paragraphs if p.text]
    assert [p.text for p in framed.paragraphs if p.text.startswith("Trong")] == [
        t for t in bare if t.startswith("Trong")
    ]
    # The day of issue stands on one line, as where the program lays the head out for the very words.
    own, ours = (document.tables[0].columns[1].width for document in (framed, plain))
    assert own >= ours


@pytest.mark.parametrize("case", sorted(unsound()))
def test_what_cannot_be_a_frame_is_refused_with_a_sentence(case: str) -> None:
    content, says = unsound()[case]
    with override("vi"), pytest.raises(FrameRefused) as refusal:
        to_docx(PARTY, LAYOUT, frame=content)
    assert says in str(refusal.value)


def test_a_mail_address_that_somebody_may_click_is_no_reason_to_refuse() -> None:
    linked = changed(OWN, {RELATIONS: relation("hyperlink", "mailto:vanphong@mau.vn")})
    assert "noi_dung" in checked(linked)


QUERIES = 6  # one of them when the register of the office began, before which no file can have been brought


def asked(client: Client) -> int:
    """How often the page of frames asks the database."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/frames/").status_code == 200
    return len(queries)


@pytest.mark.django_db
def test_an_office_brings_tries_replaces_and_ends_its_frames(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    today = timezone.localdate()
    client = signed_in(ours, "officer")

    def send(name: str, content: bytes, on: date) -> int:
        file = SimpleUploadedFile("khung.docx", content)
        return client.post("/frames/add/", {"name": name, "file": file, "on": on.isoformat()}).status_code

    assert "Chưa có khung nào" in words(client.get("/frames/"))
    assert send("Báo cáo của Đảng ủy", OWN, today) == 302
    assert send("Báo cáo của Đảng ủy", OWN, today) == 422
    assert send("Khung khác", unsound()["macros"][0], today) == 422
    assert client.post("/frames/add/", {"name": "", "on": ""}).status_code == 422
    assert "{{ noi_dung }}" in words(client.get("/frames/add/"))

    moment = {"as_of": today, "known_at": None}
    (row,) = frames.frames(viewer=ours.viewer(), **moment)
    assert (row.name, row.since, row.size) == ("Báo cáo của Đảng ủy", today, len(OWN))
    assert client.get(row.url).content == OWN
    sample = client.get(f"{row.url}sample/")
    assert LOGO_WORDS in opened(sample.content).sections[0].header.paragraphs[0].text
    assert "noi_dung" in checked(client.get("/frames/begin/").content)
    assert "Báo cáo của Đảng ủy" in words(client.get("/frames/"))

    # Two more frames, and the page asks the database as often as with one.
    one = asked(client)
    for name in ("Báo cáo tháng", "Báo cáo quý"):
        bring_frame(NewFrame(name, OWN, today), actor=ours.actor)
    assert (one, asked(client)) == (QUERIES, QUERIES)
    for other in frames.frames(viewer=ours.viewer(), **moment):
        if other.id != row.id:
            end_frame(other.id, today, actor=ours.actor)

    # Another office sees nothing of it, and a focal point of this one neither.
    assert frames.frames(viewer=theirs.viewer(), **moment) == []
    for stranger in (signed_in(theirs, "administrator"), signed_in(ours, "focal")):
        assert [stranger.get(address).status_code for address in (row.url, f"{row.url}sample/")] == [403, 403]
        assert stranger.post(f"{row.url}end/").status_code == 403
    assert signed_in(ours, "focal").get("/frames/").status_code == 403

    # A newer file of the same name takes its place from its day, and the day before still has the old one.
    new = starter(layout_for("state", on=today), on=today)
    tomorrow = today + timedelta(days=1)
    bring_frame(NewFrame("Báo cáo của Đảng ủy", new, tomorrow), actor=ours.actor)
    assert [f.id for f in frames.frames(viewer=ours.viewer(), **moment)] == [row.id]
    (later,) = frames.frames(viewer=ours.viewer(), as_of=tomorrow, known_at=None)
    assert frames.content(later.id, viewer=ours.viewer()) == new

    assert client.post(f"{row.url}end/").status_code == 302
    assert frames.frames(viewer=ours.viewer(), **moment) == []
    with pytest.raises(Refused):
        end_frame(row.id, today, actor=ours.actor)
    # The file itself can still be had by its address, for reports that were issued in it.
    assert frames.content(row.id, viewer=ours.viewer()) == OWN
