"""The steps of a duty: which are allowed, to whom, from which day on, and what proves them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from dondoc.office.access import Actor, Refused
from dondoc.office.actions.agencies import hand_over_duties
from dondoc.office.actions.duties import DayRefused, Evidence, Move, move_duties, move_duty, set_due
from dondoc.office.actions.intake import SecretRefused
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Change, Duty, DutyDue, Original
from dondoc.office.queries import duties
from dondoc.rules.deadlines import DueRule
from office.asking import signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


def duty_of(world: World, n: int = 0) -> Duty:
    return Duty.objects.get(task=world.tasks[n])


def step(world: World, role: str, to: str, *, on: str = "2022-03-01", seen: str = "assigned", **more: object) -> object:
    sent = {"to_state": to, "on": on, "seen_state": seen, "note": "đã xem", **more}
    return signed_in(world, role).post(f"/duties/{duty_of(world).pk}/", sent)


def state(world: World, day: date = DAY) -> str:
    return duties.duty(duty_of(world).pk, viewer=world.viewer(), as_of=day, known_at=None).state


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (["in_progress", "reported", "done"], True),
        (["in_progress", "reported", "in_progress"], True),
        (["done"], True),
        (["dropped"], True),
        (["reported"], False),
        (["done", "in_progress"], False),
        (["assigned"], False),
        (["nowhere"], False),
    ],
)
def test_only_the_moves_of_the_workflow_are_made(world: World, path: list[str], allowed: bool) -> None:
    def go() -> bool:
        try:
            for to in path:
                move_duty(Move(duty_of(world).pk, to, DAY), actor=world.actor)
        except Refused:
            return False
        return True

    assert go() == allowed
    assert not allowed or state(world) == path[-1]


def test_a_step_with_a_file_shows_the_file_to_both_sides(world: World) -> None:
    file = SimpleUploadedFile("bien-ban.txt", b"bien ban")
    answer = step(world, "focal", "in_progress", file=file)
    change = duty_of(world).changes.latest("pk")
    assert (answer.status_code, change.note, change.original.filename) == (302, "đã xem", "bien-ban.txt")
    address = f"/originals/{change.original_id}/"
    assert [signed_in(world, role).get(address).content for role in ("focal", "officer")] == [b"bien ban"] * 2


def test_a_step_is_proved_by_a_document_of_the_register(world: World) -> None:
    step(world, "officer", "done", document=world.resolution.pk)
    assert duty_of(world).changes.latest("pk").document == world.resolution


def test_a_focal_point_reports_and_the_office_decides(world: World) -> None:
    focal = Actor(world.viewer("focal", world.finance), "Đầu mối")
    before = step(world, "focal", "done")
    move_duty(Move(duty_of(world).pk, "in_progress", DAY), actor=focal)
    move_duty(Move(duty_of(world).pk, "reported", DAY), actor=focal)
    for to in ("done", "dropped"):
        with pytest.raises(Refused):
            move_duty(Move(duty_of(world).pk, to, DAY), actor=focal)
    assert (before.status_code, state(world)) == (422, "reported")


def test_what_the_office_has_closed_no_focal_point_opens(world: World) -> None:
    focal = Actor(world.viewer("focal", world.finance), "Đầu mối")
    move_duty(Move(duty_of(world).pk, "done", DAY), actor=world.actor)
    with pytest.raises(Refused, match="khép lại"):
        move_duty(Move(duty_of(world).pk, "in_progress", DAY), actor=focal)


def test_a_focal_point_of_another_agency_does_nothing(world: World) -> None:
    other = Actor(world.viewer("focal", world.building), "Đầu mối khác")
    with pytest.raises(Refused, match="đơn vị khác"):
        move_duty(Move(duty_of(world).pk, "in_progress", DAY), actor=other)


def test_whoever_saw_an_older_state_is_told_what_it_has_become(world: World) -> None:
    step(world, "focal", "in_progress")
    late = step(world, "officer", "done", seen="assigned")
    assert (late.status_code, "đang thực hiện" in words(late), "đã xem" in late.content.decode()) == (422, True, True)
    assert (state(world), duty_of(world).changes.count()) == ("in_progress", 2)


@pytest.mark.parametrize("day", [START - timedelta(days=1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_step_before_the_assignment_or_in_the_future_is_refused(world: World, day: date) -> None:
    answer = step(world, "officer", "in_progress", on=day.isoformat())
    assert (answer.status_code, duty_of(world).changes.count()) == (422, 1)


def test_tomorrow_is_the_future_and_today_is_not(world: World) -> None:
    today = timezone.localdate()
    tomorrow = step(world, "officer", "in_progress", on=(today + timedelta(days=1)).isoformat())
    assert "chưa đến" in words(tomorrow)
    with pytest.raises(Refused, match="chưa đến"):
        move_duties([Move(duty_of(world).pk, "done", today + timedelta(days=1))], actor=world.actor)
    assert step(world, "officer", "in_progress", on=today.isoformat()).status_code == 302


def test_a_step_before_the_last_one_says_since_when_it_stands_so(world: World) -> None:
    step(world, "officer", "in_progress", on="2022-03-01")
    early = step(world, "officer", "done", on="2022-02-01", seen="in_progress")
    assert (early.status_code, "01/3/2022" in words(early) or "01/03/2022" in words(early)) == (422, True), words(early)


def test_a_file_that_is_too_large_keeps_the_rest_of_the_form(world: World, settings: object) -> None:
    settings.DONDOC_UPLOAD_LIMIT = 1000
    answer = step(world, "focal", "in_progress", file=SimpleUploadedFile("a.txt", b"0" * 2000))
    assert (answer.status_code, "đã xem" in answer.content.decode(), "lớn hơn" in words(answer)) == (422, True, True)
    assert duty_of(world).changes.count() == 1


def test_a_full_disk_keeps_what_was_typed(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create function full_disk() returns trigger language plpgsql as "
            "$$ begin raise exception 'no space left on device' using errcode = '53100'; end $$;"
            "create trigger full_disk before insert on office_change for each row execute function full_disk()"
        )
    answer = step(world, "focal", "in_progress")
    assert (answer.status_code, "đã xem" in answer.content.decode()) == (422, True)
    task = {"title": "Việc gõ dở", "lead": world.finance.pk}
    again = signed_in(world, "officer").post("/tasks/add/", task)
    assert (again.status_code, "Việc gõ dở" in again.content.decode()) == (422, True)


def test_open_duties_are_handed_over_and_closed_ones_stay(world: World) -> None:
    first, second, third = (duty_of(world, n) for n in range(3))
    move_duty(Move(first.pk, "done", DAY), actor=world.actor)
    on = DAY + timedelta(days=1)
    ids = [first.pk, second.pk]
    passed = hand_over_duties(ids, successor=world.building, on=on, basis=world.resolution, actor=world.actor)

    def bearers(day: date) -> list[int]:
        rows = duties.listed("owed", viewer=world.viewer(), as_of=day, known_at=None)
        return [next(row.agency_id for row in rows if row.id == duty.pk) for duty in (first, second, third)]

    old, new = world.finance.pk, world.building.pk
    assert (passed, bearers(DAY), bearers(on)) == (1, [old, old, old], [old, new, old])


def test_a_file_of_a_duty_that_was_handed_over_stays_with_whoever_bears_it(world: World) -> None:
    duty = duty_of(world)
    today = timezone.localdate()
    hand_over_duties([duty.pk], successor=world.building, on=START, basis=None, actor=world.actor)
    file = SimpleUploadedFile("sau.txt", b"sau khi chuyen")
    answer = step(world, "officer", "in_progress", file=file, on=today.isoformat())
    assert answer.status_code == 302
    original = duty.changes.latest("pk").original_id
    assert signed_in(world, "focal").get(f"/originals/{original}/").status_code == 403


def test_a_coordinator_has_a_state_of_its_own(world: World) -> None:
    two = (NewDuty(world.finance), NewDuty(world.building, "coordinate"))
    task = add_task(NewTask("Việc chung", two, world.workflow), on=START, actor=world.actor)
    lead, helper = task.duties.order_by("order")
    move_duty(Move(helper.pk, "done", DAY), actor=world.actor)
    rows = duties.listed("owed", viewer=world.viewer(), as_of=DAY, known_at=None)
    assert {row.id: row.state for row in rows if row.task_id == task.pk} == {lead.pk: "assigned", helper.pk: "done"}


def test_of_many_moves_none_is_kept_when_the_file_of_one_is_secret(world: World) -> None:
    secret = Evidence(content="TUYỆT MẬT\n\nTHÀNH ỦY CẦN THƠ\n\nBáo cáo kết quả.".encode(), filename="bao-cao.txt")
    before = (Change.objects.count(), Original.objects.count())
    moves = [Move(duty_of(world, 0).pk, "in_progress", DAY), Move(duty_of(world, 1).pk, "in_progress", DAY, "", secret)]
    with pytest.raises(SecretRefused):
        move_duties(moves, actor=world.actor)
    assert (Change.objects.count(), Original.objects.count()) == before


def test_the_first_due_day_stays_the_first(world: World) -> None:
    duty = duty_of(world)
    for on, due in ((DAY, date(2022, 6, 30)), (date(2022, 5, 1), date(2022, 9, 30))):
        set_due(duty, DueRule("day", due), words="", on=on, actor=world.actor)
    with pytest.raises(DayRefused):
        set_due(duty, DueRule("day", date(2022, 4, 30)), words="", on=DAY - timedelta(days=1), actor=world.actor)
    row = duties.duty(duty.pk, viewer=world.viewer(), as_of=date(2022, 5, 2), known_at=None)
    assert (row.first_due, row.due) == (date(2022, 6, 30), date(2022, 9, 30))
    assert DutyDue.objects.filter(duty=duty, last_day__isnull=False).count() == 2


def test_a_leader_who_speaks_for_an_agency_reports_for_it_and_decides_nothing(world: World) -> None:
    leader = Actor(world.viewer("leader", world.finance), "Lê Thị Thử")
    move_duty(Move(duty_of(world).pk, "in_progress", DAY), actor=leader)
    move_duty(Move(duty_of(world).pk, "reported", DAY), actor=leader)
    with pytest.raises(Refused):
        move_duty(Move(duty_of(world).pk, "done", DAY), actor=leader)
    assert state(world) == "reported"
