"""The ladder in an office: reminders by themselves, urges in one press, nobody urged for the delay of others."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document as WordFile

from dondoc.office import figures
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.extensions import Request, ask_extension, grant_extension
from dondoc.office.actions.ladder import StepsRefused, lay_down_ladder
from dondoc.office.actions.obstacles import NewObstacle, end_obstacle, name_obstacle
from dondoc.office.actions.offices import NewLetterhead, set_letterhead
from dondoc.office.actions.reminders import send_reminders
from dondoc.office.actions.urges import HeldUp, NewUrge, UrgeRefused, urge_duties, urge_duty
from dondoc.office.models import Duty, LadderStep, LogEntry, Notice, Reminder, Urge, UrgeAnswer, UrgeReceipt
from dondoc.office.queries import ladder, reminders, urges
from dondoc.rules.deadlines import DueRule
from dondoc.rules.ladder import Step, step_day, steps
from office.asking import signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LETTER = NewUrge("don-doc", "cong-van", "Làm ngay", step_day(TODAY, 5))


def owed(world: World, n: int, days: int) -> Duty:
    """Give a task's duty a due day so many working days from today."""
    duty = world.tasks[n].duties.get()
    set_due(duty, DueRule("day", step_day(TODAY, days)), words="", on=START, actor=world.actor)
    return duty


def stands(world: World, duty: Duty, day: date = TODAY) -> tuple[str, str]:
    (row,) = ladder.standing(viewer=world.viewer(), as_of=day, known_at=None, ids=[duty.pk])
    return (row.rung.step.key if row.rung.step else "", row.rung.why)


def remind(world: World, day: date = TODAY) -> list[tuple[int, str, int]]:
    return [(row.duty_id, row.step, row.agency_id) for row in send_reminders(on=day, actor=world.actor)]


def test_reminders_go_out_once_a_day_to_whoever_bears_open_work(worlds: tuple[World, World]) -> None:
    near, far = worlds
    soon, late, far_off = owed(near, 0, 1), owed(near, 1, -6), owed(near, 2, 60)
    owed(far, 0, 1)
    assert remind(near) == [(late.pk, "qua-han-5", near.finance.pk), (soon.pk, "truoc-han-1", near.finance.pk)]
    assert remind(near) == [], "once a day"
    assert [stands(near, duty) for duty in (soon, late, far_off)] == [
        ("qua-han-1", "not_yet"),
        ("qua-han-10", "not_yet"),
        ("truoc-han-7", "not_yet"),
    ]
    row = Reminder.objects.get(duty=late)
    assert row.text.startswith("Nhắc Sở Tài chính thực hiện: “Nhiệm vụ số 2 của Cần Thơ”. Hạn ")
    assert (row.on, row.due_on) == (TODAY, step_day(TODAY, -6))
    told = Notice.objects.filter(kind="reminder", user=near.users["focal"])
    assert [notice.text.split(" · ")[-1] for notice in told.order_by("pk")] == [
        "nhắc quá hạn 5 ngày làm việc",
        "nhắc trước hạn 1 ngày làm việc",
    ]
    assert LogEntry.objects.filter(action="send_reminder").count() == 2
    # The other office reminds of its own, and nobody sees the other's.
    assert len(remind(far)) == 1
    asked = {"as_of": TODAY, "known_at": None}
    assert len(reminders.reminders(viewer=near.viewer(), **asked)) == 2
    assert reminders.reminders(viewer=near.viewer("focal", near.building), **asked) == []
    assert figures.value("reminders.sent", viewer=near.viewer(), **asked, arguments={}).value == 2
    with pytest.raises(Refused):
        send_reminders(on=TODAY, actor=Actor(near.viewer("focal", near.finance), "Đầu mối"))


def test_nothing_goes_out_for_work_that_is_closed_reported_or_extended(world: World) -> None:
    closed, reported, extended = owed(world, 0, 1), owed(world, 1, -14), owed(world, 2, -14)
    move_duty(Move(closed.pk, "done", START), actor=world.actor)
    move_duty(Move(reported.pk, "in_progress", START), actor=world.actor)
    move_duty(Move(reported.pk, "reported", START), actor=world.actor)
    assert stands(world, extended) == ("nhac-nho", "due")
    until = step_day(TODAY, 30)
    asked = ask_extension(Request(extended.pk, until, "chờ"), on=TODAY, actor=world.actor)
    grant_extension(asked.pk, until=until, note="", on=TODAY, actor=world.actor)
    assert stands(world, extended) == ("truoc-han-7", "not_yet"), "a later due day begins anew"
    assert (stands(world, closed), stands(world, reported)) == (("", "closed"), ("", "closed"))
    assert remind(world) == []
    found = urge_duties([closed.pk, reported.pk, extended.pk], channel_key="cong-van", on=TODAY, actor=world.actor)
    assert (found.sent, len(found.left_out)) == ((), 3)


def test_nobody_is_urged_for_what_others_hold_up_and_they_are_reminded_instead(world: World) -> None:
    soon, late = owed(world, 0, 1), owed(world, 1, -14)
    ids = {}
    for duty, remover in ((soon, "Sở Xây dựng"), (late, "Bộ Tài chính")):
        new = NewObstacle(duty.pk, "opinion", "chưa có ý kiến", remover, START)
        ids[duty.pk] = name_obstacle(new, on=TODAY, actor=world.actor).pk
    assert (stands(world, soon)[1], stands(world, late)) == ("held_up", ("nhac-nho", "held_up"))
    letter = NewUrge("nhac-nho", "cong-van", "Đề nghị thực hiện.")
    with pytest.raises(HeldUp, match="Bộ Tài chính"):
        urge_duty(late.pk, letter, on=TODAY, actor=world.actor)
    assert urge_duties([late.pk], channel_key="cong-van", on=TODAY, actor=world.actor).sent == ()
    page = words(signed_in(world, "officer").get("/urges/today/"))
    assert "Bộ Tài chính" in page
    assert remind(world) == [(soon.pk, "truoc-han-1", world.building.pk)]
    assert remind(world) == []
    assert "tháo gỡ vướng mắc để Sở Tài chính thực hiện" in Reminder.objects.get().text
    end_obstacle(ids[late.pk], kind="removed", ended_on=TODAY, note="", on=TODAY, actor=world.actor)
    assert stands(world, late) == ("nhac-nho", "due")


def test_many_are_urged_in_one_press_each_by_its_own_step_and_number(worlds: tuple[World, World]) -> None:
    near, far = worlds
    first, second, quiet = owed(near, 0, -14), owed(near, 1, -40), owed(near, 2, 60)
    foreign = owed(far, 0, -14)
    urge_duty(
        second.pk,
        NewUrge("nhac-nho", "cong-van", "Làm ngay"),
        on=step_day(TODAY, -20),
        actor=near.actor,
    )
    assert Urge.objects.get().step == "nhac-nho", "a letter of one's own counts as the step of its kind"
    with pytest.raises(Refused):
        urge_duties([first.pk, foreign.pk], channel_key="cong-van", on=TODAY, actor=near.actor)
    client = signed_in(near, "officer")
    page = client.get("/urges/today/")
    assert words(page).count("Nhiệm vụ số") == 2
    ticked = words(client.get(f"/urges/today/?duty={first.pk}&duty={quiet.pk}&duty={foreign.pk}"))
    assert (ticked.count("Nhiệm vụ số"), "2 việc đã chọn chưa phải đôn đốc hôm nay" in ticked) == (1, True)
    assert client.post("/urges/today/", {"channel": "cong-van", "duty": [first.pk, second.pk, quiet.pk]}).url == (
        "/urges/today/"
    )
    made = {row.duty_id: row for row in Urge.objects.filter(urged_on=TODAY)}
    assert {duty: (row.number, row.kind, row.step) for duty, row in made.items()} == {
        first.pk: (1, "nhac-nho", "nhac-nho"),
        second.pk: (2, "phe-binh", "phe-binh"),
    }
    assert made[first.pk].answer_by == step_day(TODAY, 5)
    late = (TODAY - step_day(TODAY, -14)).days
    assert f"chưa hoàn thành, quá hạn {late} ngày (hạn " in made[first.pk].text
    said = words(client.get("/urges/today/"))
    assert "Đã ghi nhận 2 đôn đốc." in said
    assert "Nhiệm vụ số 3 của Cần Thơ: chưa đến bước tiếp theo" in said
    again = urge_duties([first.pk], channel_key="cong-van", on=TODAY, actor=near.actor)
    assert (again.sent, again.left_out[0].rung.why) == ((), "not_yet")
    with pytest.raises(UrgeRefused, match="đánh dấu"):
        urge_duties([], channel_key="cong-van", on=TODAY, actor=near.actor)
    focal = near.viewer("focal", near.finance)
    assert len(Notice.objects.filter(kind="urge_sent", user=near.users["focal"])) == 3
    asked = {"as_of": TODAY, "known_at": None}
    for viewer, sent in ((near.viewer(), 3), (focal, 3), (near.viewer("focal", near.building), 0), (far.viewer(), 0)):
        assert figures.value("urges.sent", viewer=viewer, **asked, arguments={}).value == sent
    arguments = {"kind": "nhac-nho", "agency": str(near.finance.pk)}
    assert figures.value("urges.unanswered", viewer=near.viewer(), **asked, arguments=arguments).value == 1


def test_a_reminder_of_the_day_is_enough_for_the_day(world: World) -> None:
    duty = owed(world, 0, -6)
    remind(world)
    with pytest.raises(UrgeRefused, match="ngày mai"):
        urge_duty(duty.pk, NewUrge("don-doc", "cong-van", "Làm ngay"), on=TODAY, actor=world.actor)


OWN = [
    Step("nhac", "nhắc trước", "reminder", -2),
    Step("nhac-nho", "nhắc nhở", "urge", 3, "nhac-nho", 4),
    Step("giao-ban", "đưa ra giao ban", "agenda", 9, "giao-ban"),
]


def test_an_office_lays_down_its_own_steps_from_a_day_on_and_goes_back(worlds: tuple[World, World]) -> None:
    near, far = worlds
    admin = near.actor
    later = TODAY + timedelta(days=3)

    def held(world: World, day: date) -> tuple[bool, list[str], date | None]:
        found = ladder.ladder(viewer=world.viewer(), as_of=day, known_at=None)
        return found.is_own, [step.key for step in found.steps], found.since

    program = [step.key for step in steps(on=TODAY)]
    lay_down_ladder(OWN, on=TODAY, actor=admin)
    assert held(near, TODAY) == (True, ["nhac", "nhac-nho", "giao-ban"], TODAY)
    assert held(near, TODAY - timedelta(days=1)) == (False, program, None)
    assert held(far, TODAY) == (False, program, None)
    duty = owed(near, 0, -5)
    assert stands(near, duty) == ("nhac-nho", "due")
    lay_down_ladder(OWN[1:], on=later, actor=admin)
    assert held(near, TODAY)[1] == ["nhac", "nhac-nho", "giao-ban"]
    assert held(near, later) == (True, ["nhac-nho", "giao-ban"], later)
    lay_down_ladder([], on=TODAY, actor=admin)
    assert held(near, TODAY) == held(near, later) == (False, program, None)
    assert ladder.coming(viewer=near.viewer(), as_of=TODAY) is None
    refused = [
        (lambda: lay_down_ladder(OWN, on=TODAY - timedelta(days=1), actor=admin), "từ hôm nay"),
        (lambda: lay_down_ladder([OWN[1], replace(OWN[2], after_days=3)], on=TODAY, actor=admin), "phải sau bước"),
        (lambda: lay_down_ladder([replace(OWN[1], urge_kind="x")], on=TODAY, actor=admin), "chọn"),
        (lambda: lay_down_ladder([replace(OWN[1], answer_days=90)], on=TODAY, actor=admin), "60"),
        (lambda: lay_down_ladder([], on=TODAY, actor=admin), "chưa có bước riêng"),
    ]
    for deed, says in refused:
        with pytest.raises(StepsRefused, match=f"(?i){says}"):
            deed()
    before = LadderStep.objects.count()
    with pytest.raises(Refused):
        lay_down_ladder(OWN, on=TODAY, actor=Actor(near.viewer("officer"), "Chuyên viên"))
    assert LadderStep.objects.count() == before


def test_the_administrator_writes_the_steps_on_their_page(world: World) -> None:
    client = signed_in(world, "administrator")
    page = client.get("/urges/steps/")
    assert "áp dụng các bước của phần mềm" in words(page)
    sent = {"on": TODAY.isoformat(), "form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    lines = [("", "Nhắc sớm", "reminder", "-2", ""), ("", "Nhắc nhở", "urge:nhac-nho", "3", "5"), ("",) * 5]
    for n, line in enumerate(lines):
        names = ("key", "label", "what", "after_days", "answer_days")
        sent |= {f"form-{n}-{name}": value for name, value in zip(names, line, strict=True)}
    wrong = client.post("/urges/steps/", {**sent, "form-1-after_days": "-2"})
    assert (wrong.status_code, "đứng trước hạn" in words(wrong)) == (422, True)
    assert client.post("/urges/steps/", sent).status_code == 302
    assert [(row.key, row.after_days) for row in LadderStep.objects.order_by("after_days")] == [
        ("nhac-som", -2),
        ("nhac-nho", 3),
    ]
    said = words(signed_in(world, "leader").get("/urges/steps/"))
    assert f"từ ngày {TODAY:%d/%m/%Y}, do administrator Cần Thơ đặt" in said
    assert client.post("/urges/steps/", {"reset": "1"}).status_code == 302
    assert not ladder.ladder(viewer=world.viewer(), as_of=TODAY, known_at=None).is_own


def test_an_urge_is_received_answered_late_and_read_by_the_office(worlds: tuple[World, World]) -> None:
    near, far = worlds
    duty = owed(near, 0, -40)
    new = NewUrge("giai-trinh", "cong-van", "Kính gửi: Sở Tài chính\n\nĐề nghị giải trình.", step_day(TODAY, -5))
    row = urge_duty(duty.pk, new, on=step_day(TODAY, -10), actor=near.actor)
    page = f"/urges/{row.pk}/"
    focal, officer = signed_in(near, "focal"), signed_in(near, "officer")
    assert "chưa trả lời" in words(officer.get("/urges/"))
    assert focal.post(f"{page}receive/").status_code == 302
    receipt = UrgeReceipt.objects.get()
    assert (receipt.received_on, receipt.received_by) == (TODAY, "focal Cần Thơ")
    assert focal.post(f"{page}receive/").status_code == 422, "once and for all"
    file = SimpleUploadedFile("giai-trinh.txt", "Nguyên nhân chậm: chờ số liệu".encode())
    early = {"text": "Chờ số liệu", "answered_on": step_day(TODAY, -30).isoformat()}
    assert focal.post(f"{page}answer/", early).status_code == 422
    sent = {"text": "Chậm vì chờ số liệu.", "answered_on": TODAY.isoformat(), "file": file}
    assert focal.post(f"{page}answer/", sent).status_code == 302
    answer = UrgeAnswer.objects.get()
    said = words(officer.get(page))
    assert "Chậm vì chờ số liệu." in said
    assert "sau ngày phải trả lời" in said
    assert officer.get(f"/urges/answers/{answer.pk}/file/").content.decode().startswith("Nguyên nhân")
    assert Notice.objects.filter(kind="urge_answered", user=near.users["officer"]).count() == 1
    yesterday = urges.urge(row.pk, viewer=near.viewer(), as_of=TODAY - timedelta(days=1), known_at=None)
    assert (yesterday.received_on, yesterday.answers, yesterday.is_unanswered) == (None, (), True)
    # Neither another agency nor another office gets in.
    for client in (signed_in(far, "officer"), signed_in(far, "focal")):
        assert [client.get(page).status_code, client.get(f"/urges/answers/{answer.pk}/file/").status_code] == [403, 403]
    other = Actor(near.viewer("focal", near.building), "Đầu mối khác")
    with pytest.raises(Refused):
        urges.urge(row.pk, viewer=other.viewer, as_of=TODAY, known_at=None)


@pytest.mark.parametrize("hierarchy", ["party", "state"])
def test_the_letter_is_a_word_file_to_one_agency_in_the_layout_of_its_hierarchy(world: World, hierarchy: str) -> None:
    type(world.office).objects.filter(pk=world.office.pk).update(hierarchy=hierarchy)
    symbol = "TU" if hierarchy == "party" else "UBND"
    head = NewLetterhead("Thành ủy Cần Thơ", symbol, "Ban Thường vụ", "PHÓ BÍ THƯ", recipients=("Lưu Văn phòng",))
    set_letterhead(head, on=START, actor=world.actor)
    duties = [owed(world, n, -14) for n in range(3)]
    urge_duties([duty.pk for duty in duties], channel_key="cong-van", on=TODAY, actor=world.actor)
    client = signed_in(world, "officer")
    one = Urge.objects.order_by("pk")[0]

    def read(address: str) -> tuple[list[str], list[list[str]]]:
        answer = client.get(address)
        assert answer.headers["Content-Type"].startswith("application/vnd.openxmlformats")
        file = WordFile(io.BytesIO(answer.content))
        cells = [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]
        return [paragraph.text for paragraph in file.paragraphs if paragraph.text.strip()], cells

    text, cells = read(f"/urges/{one.pk}/letter/")
    assert text[0] == "Kính gửi: Sở Tài chính"
    assert text[1].startswith("Sở Tài chính được giao: “Nhiệm vụ số 1 của Cần Thơ”")
    assert text[-1].endswith("./." if hierarchy == "state" else ".")
    number = "Số \u00a0" if hierarchy == "party" else "Số: \u00a0"
    assert cells[1][0].startswith(number)
    assert "nhắc nhở" in cells[1][0].replace("\n", " ")
    assert cells[-1][0].split("\n")[:2] == ["Nơi nhận:", "- Như trên" + ("," if hierarchy == "party" else ";")]
    text, cells = read(f"/urges/{one.pk}/letter/?together=1")
    listed = [row for row in cells if row[0] in {"1", "2", "3"}]
    assert [(row[1], row[-1]) for row in listed] == [(f"Nhiệm vụ số {n} của Cần Thơ", "1") for n in (1, 2, 3)]
    assert {row[4] for row in listed} == {str((TODAY - step_day(TODAY, -14)).days)}
    assert signed_in(world, "focal").get(f"/urges/{one.pk}/letter/").status_code == 403


def test_the_pages_of_urging_ask_as_often_with_three_rows_as_with_one(world: World) -> None:
    client = signed_in(world, "officer")

    def asked(rows: int) -> list[int]:
        late, told = owed(world, rows - 1, -14), step_day(TODAY, -30)
        urge_duty(late.pk, replace(LETTER, text=f"Lần {rows}"), on=told, actor=world.actor)
        counts = []
        for page in ("/urges/today/", "/urges/", f"/urges/{Urge.objects.latest('pk').pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
        return counts

    client.get("/urges/today/")
    assert asked(1) == [21, 11, 10]
    asked(2)
    assert asked(3) == [21, 11, 10]
