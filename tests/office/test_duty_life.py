"""The life of a duty: named person, product, acceptance, hand-over, stages; and all of it told in plain words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dondoc.office.access import Actor, Refused, Viewer
from dondoc.office.actions import spans
from dondoc.office.actions.agencies import NewAgency, add_agency, succeed_agency
from dondoc.office.actions.duties import (
    AddedDuty,
    Answer,
    HandOver,
    Move,
    Naming,
    NewProduct,
    add_duty,
    answer_naming,
    change_due,
    correct_change,
    hand_over_duty,
    move_duty,
    name_person,
)
from dondoc.office.actions.extensions import Request, ask_extension, grant_extension
from dondoc.office.actions.obstacles import NewObstacle, end_obstacle, name_obstacle
from dondoc.office.actions.urges import NewUrge, urge_duty
from dondoc.office.models import Change, Duty, DutySpan, Product
from dondoc.office.queries import assignees, duties, happenings, today
from office.asking import signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


def duty_of(world: World, n: int = 0) -> Duty:
    return Duty.objects.get(task=world.tasks[n])


def focal(world: World) -> Actor:
    return Actor(Viewer(world.users["focal"].pk, world.office.pk, "focal", frozenset({world.finance.pk})), "Đầu mối")


def state(world: World, duty: Duty, day: date) -> str:
    return duties.duty(duty.pk, viewer=world.viewer(), as_of=day, known_at=None).state


def told(duty: Duty, day: date | None = None) -> list[str]:
    # As a page reads it: what the office laid down of late entries came with the rights.
    viewer = Viewer(None, duty.task.office_id, "officer", late_days=())
    found = happenings.history(duty.pk, viewer=viewer, as_of=day or timezone.localdate(), known_at=None)
    return [each.title for each in found]


def named(world: World, duty: Duty, day: date = DAY) -> assignees.Named | None:
    return assignees.named([duty.pk], viewer=world.viewer(), as_of=day, known_at=None).get(duty.pk)


def test_an_agency_names_a_person_who_takes_the_work_on_or_sends_it_back(world: World) -> None:
    """The person or the agency answers, once; another person begins anew; closed work needs nobody."""
    duty, actor = duty_of(world), focal(world)
    first = name_person(Naming(duty.pk, name="  Trần Thị   An "), on=DAY, actor=actor)
    found = named(world, duty)
    assert (found.person, found.answer, found.since) == ("Trần Thị An", "", DAY)
    assert named(world, duty, DAY - timedelta(days=1)) is None
    with pytest.raises(Refused, match="đang được phân công"):
        name_person(Naming(duty.pk, person_id=found.person_id), on=DAY, actor=actor)
    with pytest.raises(Refused, match="lý do"):
        answer_naming(Answer(duty.pk, first.pk, "sent_back"), on=DAY, actor=actor)
    stranger = Actor(world.viewer("focal", world.building), "Đầu mối khác")
    for deed in (
        lambda: name_person(Naming(duty.pk, name="Ai đó"), on=DAY, actor=stranger),
        lambda: answer_naming(Answer(duty.pk, first.pk, "taken_on"), on=DAY, actor=stranger),
    ):
        with pytest.raises(Refused):
            deed()
    answer_naming(Answer(duty.pk, first.pk, "sent_back", "đang đi học"), on=DAY, actor=actor)
    found = named(world, duty)
    assert (found.answer, found.reason, found.on_behalf) == ("sent_back", "đang đi học", True)
    with pytest.raises(Refused, match="đã ghi câu trả lời"):
        answer_naming(Answer(duty.pk, first.pk, "taken_on"), on=DAY, actor=actor)

    second = name_person(Naming(duty.pk, name="Lê Văn Bình"), on=DAY, actor=actor)
    user = world.users["leader"]
    user.person = second.person
    user.save()
    own = Actor(Viewer(user.pk, world.office.pk, "leader"), "Lê Văn Bình")
    answer_naming(Answer(duty.pk, second.pk, "taken_on"), on=DAY, actor=own)
    assert (named(world, duty).person, named(world, duty).on_behalf) == ("Lê Văn Bình", False)
    assert told(duty)[:4] == [
        "Lê Văn Bình nhận việc",
        "Phân công Lê Văn Bình thực hiện",
        "Trần Thị An trả lại việc",
        "Phân công Trần Thị An thực hiện",
    ]
    move_duty(Move(duty.pk, "done", DAY), actor=world.actor)
    with pytest.raises(Refused, match="không còn việc phải làm"):
        name_person(Naming(duty.pk, name="Ai đó"), on=DAY, actor=actor)


def test_work_is_done_since_the_day_on_its_product(world: World) -> None:
    """The steps recorded for later days count no longer from then on; what was known before stays known."""
    duty, actor = duty_of(world), focal(world)
    move_duty(Move(duty.pk, "in_progress", date(2022, 3, 8)), actor=actor)

    def reported(product: NewProduct) -> Change:
        return move_duty(Move(duty.pk, "reported", date(2022, 3, 10), product=product), actor=actor)

    for wrong, match in (
        (NewProduct("12/BC-STC"), "số, ký hiệu và ngày"),
        (NewProduct(issued_on=date(2022, 3, 5)), "số, ký hiệu và ngày"),
        (NewProduct("12/BC-STC", START - timedelta(days=1)), "được giao ngày"),
        (NewProduct("12/BC-STC", timezone.localdate() + timedelta(days=1)), "chưa đến"),
        (NewProduct("12/BC-STC", date(2022, 3, 11)), "từ ngày đó trở đi"),
    ):
        with pytest.raises(Refused, match=match):
            reported(wrong)
    change = reported(NewProduct("12/BC-STC", date(2022, 3, 5), "Báo cáo danh mục"))
    known_at = change.recorded_at
    page = signed_in(world, "officer").get(f"/duties/{duty.pk}/")
    assert 'name="on" value="2022-03-05"' in page.content.decode()
    assert "12/BC-STC ngày 05/03/2022, Báo cáo danh mục" in words(page)
    with pytest.raises(Refused, match="đã báo cáo"):
        move_duty(Move(duty.pk, "done", date(2022, 3, 4), seen_state="reported"), actor=world.actor)

    move_duty(Move(duty.pk, "done", date(2022, 3, 5), seen_state="reported"), actor=world.actor)
    assert [state(world, duty, date(2022, 3, day)) for day in (4, 5, 9, 11)] == ["assigned", "done", "done", "done"]
    before = duties.duty(duty.pk, viewer=world.viewer(), as_of=date(2022, 3, 11), known_at=known_at)
    assert before.state == "reported"
    story = happenings.history(duty.pk, viewer=world.viewer(), as_of=DAY.replace(month=4), known_at=None)
    assert [(each.title, each.is_void, each.is_replaced) for each in story] == [
        ("đã báo cáo hoàn thành", True, False),
        ("đang thực hiện", True, False),
        ("đã hoàn thành", False, False),
        ("Giao Sở Tài chính", False, False),
    ]
    assert story[0].product.number == "12/BC-STC"


def test_a_document_of_the_register_fills_the_product_and_an_older_one_only_proves(world: World) -> None:
    duty = duty_of(world)
    move_duty(Move(duty.pk, "in_progress", DAY), actor=world.actor)
    sent = {"to_state": "reported", "on": "2022-03-02", "seen_state": "in_progress", "document": world.resolution.pk}
    assert signed_in(world, "officer").post(f"/duties/{duty.pk}/", sent).status_code == 302
    product = Product.objects.get()
    assert (product.number, product.issued_on) == ("7-NQ/TU", date(2022, 1, 5))
    later = add_duty(AddedDuty(world.tasks[0].pk, world.building.pk, "coordinate"), on=DAY, actor=world.actor)
    sent = {"to_state": "done", "on": "2022-03-02", "seen_state": "assigned", "document": world.resolution.pk}
    assert signed_in(world, "officer").post(f"/duties/{later.pk}/", sent).status_code == 302
    assert Product.objects.count() == 1


def test_a_duty_passes_to_another_agency_which_begins_anew(world: World) -> None:
    duty, actor = duty_of(world), world.actor
    name_person(Naming(duty.pk, name="Trần Thị An"), on=START, actor=focal(world))
    move_duty(Move(duty.pk, "in_progress", DAY), actor=actor)
    ended = add_agency(NewAgency("Sở Quy hoạch", "department", "province"), on=START, actor=actor)
    succeed_agency(ended, None, kind="dissolved", on=date(2022, 2, 1), basis=None, actor=actor)
    other = add_agency(NewAgency("Sở Nội vụ", "department", "province"), on=START, actor=actor)
    add_duty(AddedDuty(world.tasks[0].pk, world.building.pk, "coordinate"), on=DAY, actor=actor)
    on = date(2022, 3, 15)
    for agency, reason, day, match in (
        (other, "", on, "lý do"),
        (world.finance, "x", on, "đang giữ"),
        (ended, "x", on, "kết thúc hoạt động"),
        (world.building, "x", on, "đã có tên"),
        (other, "x", DAY - timedelta(days=1), "bước gần nhất"),
        (other, "x", timezone.localdate() + timedelta(days=1), "bước gần nhất"),
    ):
        with pytest.raises(Refused, match=match):
            hand_over_duty(HandOver(duty.pk, agency.pk, reason), on=day, actor=actor)
    with pytest.raises(Refused):
        hand_over_duty(HandOver(duty.pk, other.pk, "x"), on=on, actor=focal(world))

    sent = {"agency": other.pk, "on": "2022-03-15", "reason": "đúng chức năng hơn"}
    sent |= {"due_kind": "quarter", "due_quarter": "2", "due_year": "2022"}
    officer = signed_in(world, "officer")
    assert officer.post(f"/duties/{duty.pk}/hand-over/", sent).status_code == 302
    row = duties.duty(duty.pk, viewer=world.viewer(), as_of=on, known_at=None)
    assert (row.agency, row.state, row.due) == ("Sở Nội vụ", "assigned", date(2022, 6, 30))
    before = duties.duty(duty.pk, viewer=world.viewer(), as_of=DAY, known_at=None)
    assert (before.agency, before.state) == ("Sở Tài chính", "in_progress")
    assert (named(world, duty, DAY).person, named(world, duty, on)) == ("Trần Thị An", None)
    assert told(duty)[:2] == ["Chuyển từ Sở Tài chính sang Sở Nội vụ", "Hạn: 30/06/2022"]
    page = words(officer.get(f"/duties/{duty.pk}/"))
    assert "đúng chức năng hơn" in page
    move_duty(Move(duty.pk, "done", on), actor=actor)
    with pytest.raises(Refused, match="khép lại"):
        hand_over_duty(HandOver(duty.pk, world.finance.pk, "x"), on=on, actor=actor)


def test_an_officer_adds_a_stage_and_sets_each_its_own_day(world: World) -> None:
    task, actor = world.tasks[0], world.actor
    officer = signed_in(world, "officer")
    sent = {"agency": world.building.pk, "role": "lead", "stage": "thẩm định", "due_on": "2030-06-30"}
    assert officer.post(f"/tasks/{task.pk}/duties/add/", sent).status_code == 302
    twice = officer.post(f"/tasks/{task.pk}/duties/add/", {**sent, "stage": ""})
    assert (twice.status_code, "đã có tên" in words(twice)) == (422, True)
    added = Duty.objects.get(task=task, stage="thẩm định")
    row = duties.duty(added.pk, viewer=world.viewer(), as_of=timezone.localdate(), known_at=None)
    assert (row.agency, row.state, row.due, row.stage) == ("Sở Xây dựng", "assigned", date(2030, 6, 30), "thẩm định")
    page = words(officer.get(f"/tasks/{task.pk}/"))
    assert "thẩm định" in page
    due = officer.post(f"/duties/{added.pk}/due/", {"due_on": "2030-07-15", "words": "chờ số liệu quý II"})
    other = Duty.objects.get(task=task, stage="")
    asked = {"viewer": world.viewer(), "as_of": timezone.localdate(), "known_at": None}
    assert (due.status_code, duties.duty(added.pk, **asked).due, duties.duty(other.pk, **asked).due) == (
        302,
        date(2030, 7, 15),
        None,
    )
    assert told(added) == ["Hạn: 15/07/2030", "Giao Sở Xây dựng"]
    with pytest.raises(Refused, match="lý do"):
        change_due(added.pk, date(2030, 8, 1), words=" ", actor=actor)
    with pytest.raises(Refused):
        change_due(added.pk, date(2030, 8, 1), words="x", actor=focal(world))


def test_stages_and_a_day_of_their_own_for_those_who_help_are_given_at_entry(world: World) -> None:
    sent = {"title": "Ban hành quy định", "lead": ["Sở Tài chính", "Sở Xây dựng"], "stages": "soạn thảo; thẩm định"}
    sent |= {"coordinators": ["Sở Nội vụ"], "new": "Sở Nội vụ", "due_on": "2030-06-30", "helped_by": "2030-05-31"}
    officer = signed_in(world, "officer")
    assert officer.post("/tasks/add/", {**sent, "stages": "soạn thảo"}).status_code == 422
    assert officer.post("/tasks/add/", sent).status_code == 302
    owed = Duty.objects.filter(task__title="Ban hành quy định").order_by("order")
    found = [(row.role, row.stage, row.dues.get().last_day.isoformat()) for row in owed]
    assert found == [
        ("lead", "soạn thảo", "2030-06-30"),
        ("lead", "thẩm định", "2030-06-30"),
        ("coordinate", "", "2030-05-31"),
    ]
    page = words(officer.get(f"/duties/{owed[1].pk}/"))
    assert "chờ Sở Tài chính: soạn thảo" in page


def test_whoever_comes_second_is_told_what_changed_and_loses_nothing(world: World) -> None:
    """Not only of another state: also of another due day, by whom and when; the next sending goes through."""
    duty = duty_of(world)
    opened = timezone.now().isoformat()
    change_due(duty.pk, date(2030, 6, 30), words="theo kết luận", actor=world.actor)
    sent = {"to_state": "in_progress", "on": timezone.localdate().isoformat(), "seen_state": "assigned"}
    sent |= {"note": "đã họp tổ", "seen": opened}
    officer = signed_in(world, "officer")
    refused = officer.post(f"/duties/{duty.pk}/", sent)
    page = words(refused)
    assert (refused.status_code, "Nguyễn Văn Thử: Hạn: 30/06/2030" in page) == (422, True), page
    assert "đã họp tổ" in refused.content.decode()
    again = refused.content.decode().split('name="seen" value="')[1].split('"')[0]
    assert officer.post(f"/duties/{duty.pk}/", {**sent, "seen": again}).status_code == 302
    for path, form in (("person", {"name": "Lê A"}), ("due", {"due_on": "2031-01-01", "words": "x"})):
        second = officer.post(f"/duties/{duty.pk}/{path}/", {**form, "seen": opened})
        assert (second.status_code, "Nguyễn Văn Thử" in words(second)) == (422, True)


def test_the_history_tells_everything_in_as_many_queries_for_one_as_for_three(world: World) -> None:
    def live(duty: Duty) -> None:
        actor, day = world.actor, {"on": DAY, "actor": world.actor}
        change_due(duty.pk, date(2030, 6, 30), words="theo kết luận", actor=actor)
        today = {"on": timezone.localdate(), "actor": actor}
        asked = ask_extension(Request(duty.pk, date(2030, 7, 30), "chờ số liệu"), **today)
        grant_extension(asked.pk, until=date(2030, 7, 15), note="đồng ý", **today)
        held = name_obstacle(NewObstacle(duty.pk, "opinion", "Chờ ý kiến", "Bộ Tài chính", DAY), **day)
        end_obstacle(held.pk, kind="removed", ended_on=DAY, note="", **day)
        urge_duty(duty.pk, NewUrge("don-doc", "cong-van", "Đề nghị báo cáo"), **today)

    def read() -> tuple[list[str], int]:
        duty = Duty.objects.select_related("task").get(pk=duty_of(world).pk)
        with CaptureQueriesContext(connection) as seen:
            found = told(duty)
        return found, len(seen)

    few, before = read()
    live(duty_of(world))
    many, after = read()
    assert (few, before, after) == (["Giao Sở Tài chính"], 3, 3)
    assert set(many) > set(few)
    assert len(many) == 7, many
    known_at = Change.objects.latest("pk").recorded_at
    unknown = happenings.history(duty_of(world).pk, viewer=world.viewer(), as_of=DAY, known_at=known_at)
    assert [each.title for each in unknown] == few
    page = words(signed_in(world, "focal").get(f"/duties/{duty_of(world).pk}/"))
    assert [title for title in many if title not in page] == []


def test_a_step_entered_wrongly_is_corrected_or_withdrawn_beside_it(world: World) -> None:
    """By an officer, with a reason that is kept; never against the order of the steps; what was believed stays."""
    duty, actor, officer = duty_of(world), world.actor, signed_in(world, "officer")
    begun = move_duty(Move(duty.pk, "in_progress", date(2022, 2, 10), note="đã họp tổ"), actor=actor)
    product = NewProduct("12/BC-STC", date(2022, 3, 5), "Báo cáo danh mục")
    reported = move_duty(Move(duty.pk, "reported", date(2022, 3, 10), product=product), actor=actor)
    done = move_duty(Move(duty.pk, "done", date(2022, 3, 5), seen_state="reported"), actor=actor)
    page, at = f"/duties/{duty.pk}/", done.recorded_at
    address = f"{page}steps/{begun.pk}/correct/"
    links = [client.get(page).content.decode().count("/steps/") for client in (officer, signed_in(world, "focal"))]
    assert links == [4, 0], "the first step and the void one stay"
    assert "/steps/" not in officer.get(f"{page}?as_of=2022-03-20").content.decode()
    first = Change.objects.filter(duty=duty).earliest("pk")
    assert officer.get(f"{page}steps/{first.pk}/correct/").status_code == 403
    other = Change.objects.get(duty=duty_of(world, 1))
    assert officer.get(f"{page}steps/{other.pk}/withdraw/").status_code == 403

    opened = timezone.now().isoformat()
    sent = {"to_state": "in_progress", "on": "2022-02-20", "note": "đã họp tổ công tác", "reason": "nhầm ngày họp"}
    for wrong, match in (
        ({"on": (timezone.localdate() + timedelta(days=1)).isoformat()}, "chưa đến"),
        ({"on": "2021-12-31"}, "Bước liền trước, “đã giao”, từ ngày"),
        ({"on": "2022-03-05"}, "Bước liền sau, “đã hoàn thành”, từ ngày 05/03/2022"),
        ({"to_state": "done"}, "Bước “đã hoàn thành” ngày 05/03/2022 khi đó liền sau “đã hoàn thành”"),
        ({"to_state": "reported"}, "không chuyển được từ bước liền trước"),
        ({"reason": ""}, "bắt buộc"),
    ):
        answer = officer.post(address, sent | wrong)
        assert (answer.status_code, match in words(answer)) == (422, True), (match, words(answer))
    assert Change.objects.filter(duty=duty).count() == 5
    assert officer.post(address, {**sent, "seen": opened}).status_code == 302
    right = Change.objects.filter(duty=duty).latest("pk")
    assert [state(world, duty, day) for day in (date(2022, 2, 15), date(2022, 2, 20))] == ["assigned", "in_progress"]
    asked = {"viewer": world.viewer(), "as_of": date(2022, 2, 15), "known_at": at}
    assert duties.duty(duty.pk, **asked).state == "in_progress", "what was believed then"
    shown = words(officer.get(page))
    assert "Đã đính chính thành “đang thực hiện” từ ngày 20/02/2022. Lý do: nhầm ngày họp" in shown
    assert "đã họp tổ công tác" in shown
    late = today.entered_late(viewer=world.viewer(), as_of=timezone.localdate(), known_at=None)
    assert sum(row.is_correction and row.on == date(2022, 2, 20) for row in late) == 1
    # Whoever comes second is told: that it is corrected already, or what else was changed meanwhile.
    gone = officer.get(address)
    assert (gone.status_code, "đính chính hoặc rút" in words(gone)) == (403, True)
    address = f"{page}steps/{done.pk}/withdraw/"
    correct_change(right, to_state="in_progress", on=date(2022, 2, 21), note="nhầm nữa", actor=actor)
    second = officer.post(address, {"reason": "chưa nghiệm thu", "seen": opened})
    assert (second.status_code, "Nguyễn Văn Thử: đang thực hiện" in words(second)) == (422, True), words(second)

    # The step that made a report void is taken back: the report counts again, with its product.
    assert officer.post(address, {"reason": "chưa nghiệm thu"}).status_code == 302
    row = duties.duty(duty.pk, viewer=world.viewer(), as_of=timezone.localdate(), known_at=None)
    assert (row.state, state(world, duty, date(2022, 3, 9))) == ("reported", "in_progress")
    again = Change.objects.filter(duty=duty).latest("pk")
    assert (again.product.number, again.replaces.replaces_id) == ("12/BC-STC", reported.pk)
    shown = words(officer.get(page))
    told_so = ("được tính lại", "Rút lại bước “đã hoàn thành”", "chưa nghiệm thu")
    assert [each for each in told_so if each not in shown] == []
    last = Change.objects.filter(duty=duty, to_state="in_progress", replaced_by=None).latest("pk")
    refused = officer.post(f"{page}steps/{last.pk}/withdraw/", {"reason": "chưa làm"})
    assert (refused.status_code, "Bước “đã báo cáo hoàn thành” ngày 10/03/2022" in words(refused)) == (422, True)
    assert officer.post(f"{page}steps/{again.pk}/withdraw/", {"reason": "chưa báo cáo"}).status_code == 302
    assert state(world, duty, timezone.localdate()) == "in_progress"

    columns = [field.attname for field in DutySpan._meta.concrete_fields if field.attname != "id"]
    kept = sorted(DutySpan.objects.values_list(*columns), key=str)
    spans.rebuild(world.office.pk)
    assert sorted(DutySpan.objects.values_list(*columns), key=str) == kept
