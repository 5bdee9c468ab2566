"""Many files at once: each is said to be taken in, here already, secret or refused, and nothing taken is lost."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from rich.console import Console

from dondoc.cli.incoming import Found, Intake, files_of, named
from dondoc.cli.watching import REFUSED, TAKEN, watch_folder
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.deliveries import deliver, open_delivery
from dondoc.office.actions.intake import Incoming, Place, fail_reading, read_document, take_in
from dondoc.office.models import DeliveredFile, Delivery, Document, LogEntry, Original
from dondoc.office.queries import deliveries
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 3)
SECRET = "TỈNH ỦY MẪU\nTỐI MẬT\n*\nSố 12-BC/TU\n\nNội dung: bông súng tím.\n"


def paper(number: int, day: str = "02 tháng 3 năm 2022") -> str:
    return (
        f"THÀNH ỦY\n*\nSố {number}-CV/TU\n\nCần Thơ, ngày {day}\n\n1. Giao Sở Tài chính chủ trì lập danh mục {number}."
    )


def begun(client: Client, expected: int) -> str:
    """Begin a delivery as the page does; gives the address of the delivery."""
    answer = client.post("/deliveries/begin/", {"key": str(uuid4()), "expected": expected})
    assert answer.status_code == 201
    return answer.json()["url"]


def send(client: Client, url: str, order: int, content: bytes, name: str, **fields: object) -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return client.post(f"{url}files/", {"order": order, "received_on": "2022-03-03", "file": file, **fields})


def outcomes(url: str) -> list[tuple[str, str]]:
    """What stands written down of a delivery: the name and the outcome of each file, in their order."""
    rows = DeliveredFile.objects.filter(delivery_id=int(url.split("/")[2])).order_by("order")
    return list(rows.values_list("filename", "outcome"))


def test_each_file_gets_its_own_outcome_and_the_rest_goes_on(world: World) -> None:
    client = signed_in(world, "officer")
    take_in(Incoming(paper(1).encode(), "a.txt", DAY), actor=world.actor)
    url = begun(client, 6)
    said = [
        words(send(client, url, n, content, name))
        for n, (content, name) in enumerate(
            [
                (paper(1).encode(), "lai.txt"),
                (SECRET.encode(), "bong-sung.txt"),
                (b"", "rong.txt"),
                (b"PK\x03\x04 hong", "hong.docx"),
                (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "cong-van.docx"),
                (paper(6).encode(), "moi.txt"),
            ],
            1,
        )
    ]
    assert outcomes(url) == [
        ("lai.txt", "duplicate"),
        ("", "secret"),
        ("rong.txt", "refused"),
        ("hong.docx", "refused"),
        ("cong-van.docx", "refused"),
        ("moi.txt", "taken"),
    ]
    assert ["đã có" in said[0], "độ mật" in said[1], "rỗng" in said[2], "6-CV/TU" in said[5]] == [True] * 4
    assert "bong-sung" not in said[1]


def test_of_a_secret_file_only_its_place_is_kept(world: World) -> None:
    client = signed_in(world, "officer")
    url = begun(client, 1)
    before = (Original.objects.count(), Document.objects.count(), ProcrastinateJob.objects.count())
    send(client, url, 1, SECRET.encode(), "bong-sung-tim.txt")
    assert (Original.objects.count(), Document.objects.count(), ProcrastinateJob.objects.count()) == before
    kept = LogEntry.objects.latest("pk")
    assert (kept.action, "bong-sung" in (kept.detail or ""), "súng" in (kept.detail or "")) == (
        "refuse_file",
        False,
        False,
    )
    page = words(client.get(url))
    assert ("bong-sung" in page, "tên tệp không được giữ" in page) == (False, True)


def test_a_delivery_shows_what_is_read_what_waits_and_what_failed(world: World) -> None:
    client = signed_in(world, "officer")
    url = begun(client, 4)
    for n in (1, 2, 3):
        send(client, url, n, paper(n).encode(), f"{n}.txt")
    first, second, _third = Document.objects.order_by("-pk")[:3][::-1]
    read_document(first.pk, actor=world.actor)
    fail_reading(second.pk, reason="Máy đọc dừng ở trang 3.", actor=world.actor)
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")  # its job has come to its end
    page = words(client.get(url))
    for said in ("1 đề xuất", "Máy đọc dừng ở trang 3.", "1 chưa đọc", "1 không đọc được", "1 chưa gửi"):
        assert said in page, said
    assert deliveries.failure_of(second.pk, known_at=None) == "Máy đọc dừng ở trang 3."
    answer = client.post(f"/documents/{second.pk}/again/", {"delivery": url.split("/")[2]}, follow=True)
    assert "2 chưa đọc" in words(answer)
    read_document(second.pk, actor=world.actor)
    assert deliveries.failure_of(second.pk, known_at=None) == ""
    assert "1 chưa đọc" in words(client.get(url))


def test_a_page_asks_only_for_what_is_new(world: World) -> None:
    client = signed_in(world, "officer")
    url = begun(client, 3)
    send(client, url, 1, paper(1).encode(), "1.txt")
    send(client, url, 2, paper(2).encode(), "2.txt")
    asks = client.get(url).context["progress_url"]
    assert [client.get(asks).context[key] for key in ("changed", "added")] == [[], []]
    read_document(Document.objects.latest("pk").pk, actor=world.actor)
    send(client, url, 3, paper(3).encode(), "3.txt")
    answer = client.get(asks)
    assert [[line.row.order for line in answer.context[key]] for key in ("changed", "added")] == [[2], [3]]
    again = client.get(answer.context["progress_url"])
    assert [again.context[key] for key in ("changed", "added")] == [[], []]


def test_a_lost_answer_does_no_harm(world: World) -> None:
    client, key = signed_in(world, "officer"), str(uuid4())
    urls = {client.post("/deliveries/begin/", {"key": key, "expected": 2}).json()["url"] for _time in range(2)}
    (url,) = urls
    for _time in range(2):
        send(client, url, 1, paper(1).encode(), "1.txt", again="1")
        send(client, url, 2, b"", "rong.txt", again="1")
    assert outcomes(url) == [("1.txt", "taken"), ("rong.txt", "refused")]
    assert deliveries.delivery(int(url.split("/")[2]), viewer=world.viewer(), as_of=today(), known_at=None).unsent == 0


def today() -> date:
    return Delivery.objects.latest("pk").recorded_at.date().replace(year=2199)


def test_two_copies_in_one_delivery_are_one_document_and_both_are_said(world: World) -> None:
    client = signed_in(world, "officer")
    url = begun(client, 2)
    for n in (1, 2):
        send(client, url, n, paper(1).encode(), f"ban-{n}.txt")
    assert outcomes(url) == [("ban-1.txt", "taken"), ("ban-2.txt", "duplicate")]


def test_another_document_of_the_same_number_and_year_is_named(world: World) -> None:
    client = signed_in(world, "officer")
    url = begun(client, 3)
    send(client, url, 1, paper(5).encode(), "1.txt")
    row = words(send(client, url, 2, paper(5).encode() + b"\n2. Hai.", "2.txt"))
    assert "Có thể đã có: 5-CV/TU" in row
    assert "Có thể đã có" not in words(send(client, url, 3, paper(5, "02 tháng 3 năm 2021").encode(), "3.txt"))


def test_a_form_without_scripts_takes_many_files(world: World) -> None:
    client = signed_in(world, "officer")
    files = [SimpleUploadedFile(f"{n}.txt", paper(n).encode()) for n in (1, 2)] + [
        SimpleUploadedFile("mat.txt", SECRET.encode())
    ]
    answer = client.post("/documents/add/", {"received_on": "2022-03-03", "file": files})
    url = answer.headers["Location"]
    assert outcomes(url) == [("1.txt", "taken"), ("2.txt", "taken"), ("", "secret")]
    both = {
        "received_on": "2022-03-03",
        "incoming_number": "7",
        "file": [SimpleUploadedFile("3.txt", b"x"), SimpleUploadedFile("4.txt", b"y")],
    }
    assert client.post("/documents/add/", both).status_code == 422


def test_a_day_that_cannot_be_is_said_for_each_file(world: World) -> None:
    client = signed_in(world, "officer")
    url = begun(client, 2)
    for order, day in enumerate(("1899-12-31", "2199-01-01"), 1):
        send(client, url, order, paper(order).encode(), f"{order}.txt", received_on=day)
    assert outcomes(url) == [("1.txt", "refused"), ("2.txt", "refused")]
    assert send(client, url, 3, paper(3).encode(), "3.txt", received_on="hôm qua").status_code == 422


def test_another_office_neither_sees_nor_adds_to_a_delivery(worlds: tuple[World, World]) -> None:
    near, far = worlds
    url = begun(signed_in(near, "officer"), 2)
    send(signed_in(near, "officer"), url, 1, paper(1).encode(), "gan.txt")
    stranger = signed_in(far, "officer")
    assert [stranger.get(url).status_code, stranger.get(f"{url}progress/").status_code] == [403, 403]
    assert send(stranger, url, 2, paper(2).encode(), "xa.txt").status_code == 403
    assert "gan.txt" not in words(stranger.get("/deliveries/"))
    assert outcomes(url) == [("gan.txt", "taken")]
    document = Document.objects.latest("pk")
    assert stranger.post(f"/documents/{document.pk}/again/").status_code in {403, 404}


@pytest.mark.parametrize("role", ["focal", "leader", "inspection"])
def test_only_those_who_put_documents_in_may_and_only_the_office_looks(world: World, role: str) -> None:
    url = begun(signed_in(world, "officer"), 2)
    client = signed_in(world, role)
    assert client.post("/deliveries/begin/", {"key": str(uuid4()), "expected": 1}).status_code == 403
    assert send(client, url, 1, paper(1).encode(), "1.txt").status_code == 403
    assert client.get(url).status_code == (403 if role == "focal" else 200)
    assert outcomes(url) == []


@pytest.mark.parametrize("files", [1, 3])
def test_a_page_asks_as_much_of_the_database_for_one_file_as_for_three(world: World, files: int) -> None:
    client = signed_in(world, "officer")
    url = begun(client, files)
    for n in range(1, files + 1):
        send(client, url, n, paper(n).encode(), f"{n}.txt")
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(url)
    assert len(asked) == 19


def test_a_delivery_of_no_or_far_too_many_files_is_not_begun(world: World) -> None:
    client = signed_in(world, "officer")
    for expected in ("0", "5001", "-3", "", "ba"):
        answer = client.post("/deliveries/begin/", {"key": str(uuid4()), "expected": expected})
        assert (answer.status_code, "từ 1 đến 5000 tệp" in answer.content.decode()) == (422, True), expected
    assert client.post("/deliveries/begin/", {"key": "khoa", "expected": "1"}).status_code == 400
    assert Delivery.objects.count() == 0


# From the command line.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    for n in (1, 2, 3):
        (tmp_path / f"{n}.txt").write_text(paper(n))
    (tmp_path / "b" / "4.txt").write_text(paper(4))
    for name in (".an.txt", "~$1.docx", "Thumbs.db", "5.docx.part"):
        (tmp_path / name).write_text("x")
    return tmp_path


def intake(world: World) -> tuple[Intake, io.StringIO]:
    said = io.StringIO()
    return Intake(Actor(world.viewer(), "tonghop"), DAY, Console(file=said, width=200)), said


def test_a_folder_is_taken_in_with_what_lies_below(world: World, folder: Path) -> None:
    assert [one.name for one in files_of([folder])] == ["1.txt", "2.txt", "3.txt", "b/4.txt"]
    run, said = intake(world)
    assert run.take_all(files_of([folder]), name=named([folder])) == 0
    assert "1.txt: đã đưa vào và đọc xong: 1 đề xuất, 0 số liệu" in said.getvalue()
    assert "Tất cả 4 tệp: 4 đã nhận." in said.getvalue()
    row = deliveries.delivery(Delivery.objects.get().pk, viewer=world.viewer(), as_of=today(), known_at=None)
    assert (row.taken, row.unread, row.unsent, row.source) == (4, 0, 0, "folder")


def test_a_stopped_run_goes_on_where_it_was(world: World, folder: Path) -> None:
    class Stopped(Intake):
        def say(self, row: object, one: Found, number: int) -> None:
            if number == 3:
                raise KeyboardInterrupt

    stopped = Stopped(world.actor, DAY, Console(file=io.StringIO()))
    assert stopped.take_all(files_of([folder]), name=named([folder])) == 130
    assert Document.objects.count() == 2 + 3
    run, _said = intake(world)
    assert run.take_all(files_of([folder]), name=named([folder])) == 0
    assert (Delivery.objects.count(), Document.objects.count()) == (1, 2 + 4)
    assert list(DeliveredFile.objects.values_list("outcome", flat=True)) == ["taken"] * 4


def test_a_refused_file_is_named_and_the_command_says_so(world: World, folder: Path) -> None:
    (folder / "rong.txt").write_text("")
    (folder / "bong-sung-tim.txt").write_text(SECRET)
    run, said = intake(world)
    assert run.take_all(files_of([folder]), name=named([folder])) == 1
    assert "rong.txt: bị từ chối." in said.getvalue()
    assert ("Tệp thứ 5: bị từ chối." in said.getvalue(), "bong-sung" in said.getvalue()) == (True, False)


def test_a_watched_folder_moves_what_it_took_and_leaves_a_secret_file_alone(world: World, folder: Path) -> None:
    (folder / "rong.txt").write_text("")
    (folder / "bong-sung-tim.txt").write_text(SECRET)
    run, said = intake(world)
    watch_folder(folder, run, pause=0, once=True)
    left = sorted(path.name for path in folder.iterdir() if path.is_file())
    assert left == [".an.txt", "5.docx.part", "Thumbs.db", "bong-sung-tim.txt", "~$1.docx"]
    assert sorted(path.name for path in (folder / TAKEN).iterdir()) == ["1.txt", "2.txt", "3.txt"]
    assert sorted(path.name for path in (folder / REFUSED).iterdir()) == ["rong.txt", "rong.txt.txt"]
    assert "rỗng" in (folder / REFUSED / "rong.txt.txt").read_text()
    assert ("Tệp thứ 4" in said.getvalue(), "bong-sung" in said.getvalue()) == (True, False)
    assert [row.outcome for row in DeliveredFile.objects.order_by("order")] == ["taken"] * 3 + ["refused"]


def test_a_file_that_is_still_being_copied_waits(world: World, tmp_path: Path) -> None:
    class Copied(Intake):
        looks = 0

    file = tmp_path / "1.txt"
    file.write_text("THÀNH ỦY")
    run, _said = intake(world)
    grown: list[int] = []

    def sleep(_seconds: float) -> None:
        grown.append(1)
        if len(grown) == 1:
            file.write_text(paper(1))
        elif len(grown) > 3:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", sleep)
        watch_folder(tmp_path, run, pause=1, once=False)
    assert Document.objects.latest("pk").text == paper(1)
    assert len(grown) == 4


def test_the_same_name_twice_in_a_watched_folder_overwrites_nothing(world: World, tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / "cv.txt").write_text(paper(n))
        watch_folder(tmp_path, intake(world)[0], pause=0, once=True)
    assert sorted(path.name for path in (tmp_path / TAKEN).iterdir()) == ["cv (2).txt", "cv.txt"]
    assert Delivery.objects.count() == 1


def scan(text: str) -> bytes:
    """A page as a picture of its words, without any text."""
    image = pytest.importorskip("PIL.Image")
    drawing, font = pytest.importorskip("PIL.ImageDraw"), pytest.importorskip("PIL.ImageFont")
    page = image.new("L", (1240, 1754), 255)
    drawing.Draw(page).multiline_text((120, 120), text, fill=0, font=font.load_default(40))
    kept = io.BytesIO()
    page.save(kept, "PNG")
    return kept.getvalue()


def test_a_file_that_was_expunged_is_refused_when_it_comes_again(world: World) -> None:
    assert not deliveries.was_expunged("0" * 64, office_id=world.office.pk)


def test_a_place_belongs_to_the_office_of_its_delivery(worlds: tuple[World, World]) -> None:
    near, far = worlds
    delivery = open_delivery(uuid4(), source="page", expected=1, actor=near.actor)
    with pytest.raises(Refused):
        deliver(Place(delivery, 1), Incoming(paper(1).encode(), "1.txt", DAY), actor=far.actor)
    assert DeliveredFile.objects.count() == 0


def test_a_word_file_is_taken_like_any_other(world: World) -> None:
    file, kept = docx.Document(), io.BytesIO()
    for line in paper(1).split("\n"):
        file.add_paragraph(line)
    file.save(kept)
    client = signed_in(world, "officer")
    url = begun(client, 1)
    assert "1-CV/TU" in words(send(client, url, 1, kept.getvalue(), "cv.docx"))
