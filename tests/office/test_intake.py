"""What comes in: kept once as it came, refused with a sentence where it cannot be read, and never half."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.actions.intake import Incoming, IntakeRefused, TakenIn, read_document, take_in
from dondoc.office.models import Document, DocumentHeader, LogEntry, Original, Proposal
from dondoc.office.queries import documents, readings
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
TEXT = "THÀNH ỦY\n*\nSố 8-CV/TU\n\nCần Thơ, ngày 02 tháng 3 năm 2022\n\n1. Giao Sở Tài chính chủ trì lập danh mục."
DAY = date(2022, 3, 3)


def word_file(text: str = TEXT) -> bytes:
    file, kept = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        file.add_paragraph(line)
    file.save(kept)
    return kept.getvalue()


def send(client: Client, content: bytes | None = None, name: str = "cv.txt", **fields: object) -> object:
    file = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    return client.post("/documents/add/", {"received_on": "2022-03-03", **file, **fields})


@pytest.mark.parametrize(
    "sent",
    [{"content": TEXT.encode()}, {"content": word_file(), "name": "cv.docx"}, {"text": TEXT.replace("\n", "\r\n")}],
)
def test_a_document_comes_in_by_file_or_by_paste(world: World, sent: dict[str, object]) -> None:
    answer = send(signed_in(world, "officer"), **sent)
    document = Document.objects.latest("pk")
    assert answer.headers["Location"] == f"/documents/{document.pk}/reading/"
    head = documents.header_row(document.pk)
    assert (head.number, head.issued_on, document.received_on) == ("8-CV/TU", date(2022, 3, 2), DAY)
    assert "\r" not in document.text


def test_the_same_bytes_are_one_document(world: World) -> None:
    client = signed_in(world, "officer")
    first, again = (
        send(client, TEXT.encode(), "cv.txt"),
        send(client, TEXT.encode(), "ban-sao.txt", incoming_number="9"),
    )
    assert first.headers["Location"] == again.headers["Location"]
    assert "đã có" in words(client.get(again.headers["Location"]))
    assert Original.objects.filter(size=len(TEXT.encode())).count() == 1


def test_another_office_keeps_its_own_copy(worlds: tuple[World, World]) -> None:
    kept = {take_in(Incoming(TEXT.encode(), "cv.txt", DAY), actor=world.actor).document_id for world in worlds}
    assert len(kept) == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_document(world: World) -> None:
    def bring(n: int) -> TakenIn:
        try:
            return take_in(Incoming(TEXT.encode(), f"{n}.txt", DAY), actor=world.actor)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as officers:
        taken = list(officers.map(bring, range(4)))
    assert (len({t.document_id for t in taken}), sorted(t.was_here for t in taken)) == (1, [False, True, True, True])
    assert ProcrastinateJob.objects.filter(args={"document_id": taken[0].document_id}).count() == 1


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<w>" + b"0" * 300_000_000)
    return kept.getvalue()


def with_macro() -> bytes:
    kept = io.BytesIO(word_file())
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    return kept.getvalue()


REFUSED = {
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "anh.png"),
    "a program": (b"MZ\x90\x00" + bytes(range(256)) * 20, "cv.docx"),
    "half a Word file": (word_file()[:2000], "cv.docx"),
    "a bomb": (b"", "bomb.docx"),
    "a package of something else": (b"PK\x03\x04 no package", "cv.zip"),
    "nothing": (b"", "cv.txt"),
    "white space": (b" \r\n\t ", "cv.txt"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence_and_not_kept(world: World, what: str) -> None:
    before = (Original.objects.count(), LogEntry.objects.count(), ProcrastinateJob.objects.count())
    answer = send(signed_in(world, "officer"), *((bomb(), "cv.docx") if what == "a bomb" else REFUSED[what]))
    page = words(answer)
    assert answer.status_code == 422
    assert "Không thực hiện được:" in page or "rỗng" in page, page
    assert (Original.objects.count(), LogEntry.objects.count(), ProcrastinateJob.objects.count()) == before


def test_a_macro_is_neither_run_nor_in_the_way(world: World) -> None:
    answer = send(signed_in(world, "officer"), with_macro(), "cv.docm")
    assert answer.status_code in {302, 422}
    assert "macro" not in Document.objects.latest("pk").text


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\Users\\a\\cv.txt",
        "x" * 400 + ".txt",
        "công văn “mật” số 8\n.txt",
        "a\u202etxt.exe",
        "\x07.txt",
        "..",
    ],
)
def test_a_file_may_have_any_name_and_lies_under_none(world: World, name: str) -> None:
    taken = take_in(Incoming(TEXT.encode(), name, DAY), actor=world.actor)
    original = Document.objects.get(pk=taken.document_id).original
    client = signed_in(world, "officer")
    given = client.get(f"/originals/{original.pk}/")
    assert (given.content, given.status_code) == (TEXT.encode(), 200)
    assert "\n" not in given.headers["Content-Disposition"]
    assert len(original.filename) < 256
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/documents/{taken.document_id}/").status_code == 200
    if name != "..":  # a browser cannot send a file of this name
        assert send(client, TEXT.encode() + b"\n2. Hai.", name).status_code == 302


def test_nuls_and_odd_letters_in_a_text_do_no_harm(world: World) -> None:
    for n, text in enumerate((TEXT + "\x00\x01", TEXT + "\ufffe \U0001f600", "\ufeff" + TEXT)):
        answer = send(signed_in(world, "officer"), text.encode(), f"{n}.txt")
        assert answer.status_code in {302, 422}, text[-4:]


def test_very_long_heads_and_huge_numbers_are_taken_in_and_read(world: World) -> None:
    long = " ".join(["VÀ PHÁT TRIỂN"] * 60)
    text = (
        f"ỦY BAN NHÂN DÂN {long}\n*\nSố {'9' * 90}-CV/TU\n\nCần Thơ, ngày 02 tháng 3 năm 2022\n\n"
        f"Căn cứ Nghị quyết số {'8' * 100}-NQ/TW.\n"
        f"Đến nay {'7' * 40} nhiệm vụ đã hoàn thành.\n"
        f"1. Giao Sở {long.title()} chủ trì, báo cáo trước ngày 30/6.\n\nKIẾN NGHỊ\n\n"
        f"Đề nghị Bộ {long.title()} xem xét.\n\nTM. {long}\n{long}\n\n{long.title()}"
    )
    taken = take_in(Incoming(text.encode(), "dai.txt", DAY), actor=world.actor)
    read_document(taken.document_id, actor=world.actor)
    client = signed_in(world, "officer")
    assert client.get(f"/documents/{taken.document_id}/reading/").status_code == 200
    assert client.get("/documents/").status_code == 200


def test_days_of_the_future_and_of_other_centuries_are_asked_again(world: World) -> None:
    client = signed_in(world, "officer")
    tomorrow = timezone.localdate() + timedelta(days=1)
    for field in ("received_on", "issued_on"):
        for day in (tomorrow, date(9999, 12, 31), date(1899, 12, 31), date(1, 1, 1)):
            answer = send(client, text=TEXT, **{field: f"{day:%Y-%m-%d}".rjust(10, "0")})
            assert (answer.status_code, "Số 8-CV/TU" in answer.content.decode()) == (422, True), (field, day)
    assert Document.objects.count() == 2
    old = TEXT.replace("2022", "1900").replace("Số 8", "Số 1")
    assert send(client, text=old).status_code == 302
    assert DocumentHeader.objects.latest("pk").issued_on == date(1900, 3, 2)


def test_one_of_the_two_a_file_or_words(world: World) -> None:
    client = signed_in(world, "officer")
    assert [send(client).status_code, send(client, TEXT.encode(), text=TEXT).status_code] == [422, 422]
    assert Document.objects.count() == 2


def test_reading_again_changes_nothing(world: World) -> None:
    first = read_document(world.resolution.pk, actor=world.actor)
    counts = (Proposal.objects.count(), LogEntry.objects.count())
    assert read_document(world.resolution.pk, actor=world.actor) == first
    assert (Proposal.objects.count(), LogEntry.objects.count()) == counts
    page = readings.reading(world.resolution.pk, viewer=world.viewer(), known_at=None)
    assert page is not None
    assert [world.resolution.text[p.start : p.end] for p in page.proposals] == [p.text for p in page.proposals]


class Endless(io.RawIOBase):
    """A body of so many bytes that is never in memory at once."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self._parts, self._size, self._tail, self.length = head, size, tail, len(head) + size + len(tail)

    def read(self, size: int = -1) -> bytes:
        if self._parts:
            part, self._parts = self._parts[:size], self._parts[size:]
            return part
        if self._size:
            part = b"0" * min(size, self._size)
            self._size -= len(part)
            return part
        part, self._tail = self._tail[:size], self._tail[size:]
        return part


@pytest.mark.parametrize("megabytes", [51, 200])
def test_a_file_over_the_limit_is_refused_in_words_and_never_held(world: World, megabytes: int) -> None:
    client = signed_in(world, "officer", enforce_csrf_checks=True)
    token = client.get("/documents/add/").context["csrf_token"]
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="to.docx"\r\n\r\n'
    )
    body = Endless(parts.encode(), megabytes * 1024 * 1024, b"\r\n--x--\r\n")
    before = (Original.objects.count(), LogEntry.objects.count())
    tracemalloc.start()
    answer = client.generic(
        "POST",
        "/documents/add/",
        **{"wsgi.input": body, "CONTENT_LENGTH": str(body.length), "CONTENT_TYPE": "multipart/form-data; boundary=x"},
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.status_code, "lớn hơn" in words(answer)) == (422, True)
    assert peak < 70 * 1024 * 1024
    assert (Original.objects.count(), LogEntry.objects.count()) == before


@pytest.mark.parametrize("table", ["office_original", "office_logentry", "procrastinate_jobs"])
def test_a_full_disk_loses_nothing_that_was_typed(world: World, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create function full_disk() returns trigger language plpgsql as "
            "$$ begin raise exception 'no space left on device' using errcode = '53100'; end $$"
        )
        cursor.execute(f"create trigger full_disk before insert on {table} for each row execute function full_disk()")
    answer = send(signed_in(world, "officer"), text=TEXT, incoming_number="127")
    page = answer.content.decode()
    assert (answer.status_code, "Giao Sở Tài chính chủ trì lập danh mục." in page, "127" in page) == (422, True, True)
    assert "chưa có gì được ghi" in words(answer)
    assert Document.objects.count() == 2


def test_a_form_far_too_long_is_refused(world: World) -> None:
    answer = send(signed_in(world, "officer"), text="0" * 21 * 1024 * 1024)
    assert (answer.status_code, Document.objects.count()) == (400, 2)


def test_a_refusal_is_a_sentence_in_vietnamese(world: World) -> None:
    with pytest.raises(IntakeRefused, match="rỗng"):
        take_in(Incoming(b"", "cv.txt", DAY), actor=world.actor)
