"""My day: what waits for each role, in one look; what others recorded since the last one; one press to acknowledge."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.extensions import Request, ask_extension
from dondoc.office.actions.progress import NewPeriod, open_period
from dondoc.office.actions.today import VISIT, look
from dondoc.office.models import Progress, ProgressStep
from dondoc.office.queries import today
from dondoc.rules.deadlines import DueRule
from office.asking import ROLES, signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


def of(world: World, role: str) -> Viewer:
    """The sight of the account of a role."""
    agencies = (world.finance,) if role == "focal" else ()
    return Viewer(world.users[role].pk, world.office.pk, role, frozenset(a.pk for a in agencies))


def busy(world: World) -> None:
    """One duty is late and a later day is asked for, one is reported, one waits to be acknowledged."""
    late, reported, _new = (task.duties.get() for task in world.tasks[:3])
    move_duty(Move(late.pk, "in_progress", DAY), actor=world.actor)
    set_due(late, DueRule("day", date(2022, 3, 31)), words="trước 31/3", on=DAY, actor=world.actor)
    ask_extension(Request(late.pk, date(2099, 9, 30), "chờ thẩm định"), on=DAY, actor=world.actor)
    move_duty(Move(reported.pk, "in_progress", DAY), actor=world.actor)
    move_duty(Move(reported.pk, "reported", DAY), actor=world.actor)


TITLES = {
    "focal": ["unacknowledged", "late", "late_first"],
    "officer": ["reported", "extensions", "late", "late_first", "agencies"],
    "administrator": ["reported", "extensions", "late", "late_first", "agencies"],
    "leader": ["extensions", "agencies", "late", "late_first"],
    "inspection": ["entered_late", "agencies", "late", "late_first"],
}


def test_each_role_sees_what_waits_for_it_and_nothing_of_the_other_office(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    busy(ours)
    for role in ROLES:
        answer = signed_in(ours, role).get("/today/")
        assert [section.key for section in answer.context["waits"]] == TITLES[role]
        assert "của Cần Thơ" in words(answer)
        assert "của Bắc Kạn" not in words(answer)
        numbers = {s.key: s.figure.value for s in answer.context["waits"] if s.figure}
        assert {key: n for key, n in numbers.items() if key != "unacknowledged"} == {
            key: n
            for key, n in {"reported": 1, "late": 1, "extensions": 1, "entered_late": 3}.items()
            if key in TITLES[role]
        }
        other = signed_in(theirs, role).get("/today/")
        assert "của Cần Thơ" not in words(other)


def test_a_new_duty_is_acknowledged_in_one_press_by_its_own_agency(world: World) -> None:
    duty = world.tasks[0].duties.get()
    client = signed_in(world, "focal")
    assert f"/today/duties/{duty.pk}/acknowledge/" in client.get("/today/").content.decode()
    answer = client.post(f"/today/duties/{duty.pk}/acknowledge/")
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    latest = duty.changes.order_by("-id").first()
    assert (latest.from_state, latest.to_state, latest.effective_on) == (
        "assigned",
        "in_progress",
        timezone.localdate(),
    )
    again = client.post(f"/today/duties/{duty.pk}/acknowledge/")
    assert (again.status_code, duty.changes.count()) == (403, 2)
    assert (
        signed_in(world, "leader").post(f"/today/duties/{world.tasks[1].duties.get().pk}/acknowledge/").status_code
        == 403
    )


def test_nothing_new_is_said_of_one_report_or_of_all_that_a_period_waits_for(worlds: tuple[World, World]) -> None:
    ours, _theirs = worlds
    days = (date(2022, 1, 3), DAY, date(2022, 3, 5), timezone.localdate())
    periods = [open_period(NewPeriod("free", "Tháng 2", *days), on=DAY, actor=world.actor) for world in worlds]
    keys = list(Progress.objects.filter(period=periods[0]).order_by("id").values_list("pk", flat=True))
    first, second = keys[:2]
    client = signed_in(ours, "focal")

    def waits() -> list[tuple[str, int, int]]:
        shown = {section.key: section.rows for section in client.get("/today/").context["waits"]}
        found = [line.awaited for line in shown.get("progress", [])]
        assert [line.figure.value for line in shown.get("progress", [])] == [len(owed.rows) for owed in found]
        return [(owed.period, owed.not_begun, len(owed.rows)) for owed in found]

    assert waits() == [("Tháng 2", 3, 3)]
    said = client.post(f"/today/reports/{first}/nothing/", {"seen": 0}, follow=True)
    assert f"/progress/{periods[0].pk}/#report-{first}" in said.content.decode()  # the way back from a slip
    assert waits() == [("Tháng 2", 2, 2)]
    again = [
        client.post(f"/today/reports/{first}/nothing/", {"seen": 0}).status_code,
        client.post(f"/today/periods/{periods[0].pk}/nothing/", {"expected": 3}).status_code,
        client.post(f"/today/reports/{Progress.objects.filter(period=periods[1])[0].pk}/nothing/").status_code,
        client.post(f"/today/periods/{periods[1].pk}/nothing/", {"expected": 3}).status_code,
    ]
    assert (again, ProgressStep.objects.count()) == ([403] * 4, 1)
    # A report that is being written is left out; the number the person saw counts it.
    client.post(f"/today/periods/{periods[0].pk}/nothing/", {"expected": 2, "besides": second})
    assert waits() == [("Tháng 2", 1, 1)]
    found = ProgressStep.objects.order_by("progress_id").values_list("progress_id", "kind", "nothing_new")
    assert list(found) == [(key, "submitted", True) for key in keys if key != second]


def test_a_look_is_kept_and_the_visit_before_says_since_when(world: World) -> None:
    viewer = of(world, "officer")
    first = timezone.now()
    minute = timedelta(minutes=1)
    asked = [look(viewer=viewer, now=first + after) for after in (0 * minute, 5 * minute, VISIT + 6 * minute)]
    assert asked == [None, None, first + 5 * minute]
    assert look(viewer=viewer, now=first + VISIT + 9 * minute) == first + 5 * minute


def test_what_changed_is_what_others_recorded_of_duties_in_sight(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    since = timezone.now()
    busy(ours)
    busy(theirs)
    officer = Actor(of(ours, "officer"), "Nguyễn Văn Thử")
    moment = {"since": since, "as_of": timezone.localdate(), "known_at": None}
    before = today.news(viewer=officer.viewer, **moment)
    move_duty(Move(ours.tasks[2].duties.get().pk, "in_progress", DAY), actor=officer)
    said = [(one.says, one.title) for one in today.news(viewer=officer.viewer, **moment)]
    assert said == [(one.says, one.title) for one in before]
    assert len(today.news(viewer=of(ours, "focal"), **moment)) == len(before) + 1
    assert {one.title.rsplit(" của ", 1)[1] for one in before} == {"Cần Thơ"}
    assert sorted(one.says for one in before) == sorted(
        [
            "đang thực hiện",
            "đang thực hiện",
            "đã báo cáo hoàn thành",
            "đặt hạn: 31/03/2022",
            "đề nghị gia hạn đến 30/09/2099",
        ]
    )
    nobody = Viewer(None, ours.office.pk, "focal", frozenset({ours.building.pk}))
    assert today.news(viewer=nobody, **moment) == []


def test_a_report_given_back_waits_for_the_agency_again(world: World) -> None:
    duty = world.tasks[0].duties.get()
    for state in ("in_progress", "reported", "in_progress"):
        move_duty(Move(duty.pk, state, DAY, note="thiếu sản phẩm"), actor=world.actor)
    found = today.groups(viewer=of(world, "focal"), as_of=DAY, known_at=None, most=1)
    assert {kind: (group.total, len(group.rows)) for kind, group in found.items()} == {
        "unacknowledged": (2, 1),
        "given_back": (1, 1),
        "reported": (0, 0),
        "sent_back": (0, 0),
        "late": (0, 0),
        "due_soon": (0, 0),
    }
    by = today.to_acknowledge_by(found["unacknowledged"], office_id=world.office.pk, as_of=DAY, known_at=None)
    assert list(by.values()) == [date(2022, 1, 5)]


def test_the_day_of_a_past_day_keeps_no_look_and_offers_no_deed(world: World) -> None:
    client = signed_in(world, "focal")
    text = client.get("/today/?as_of=2022-02-01").content.decode()
    assert "/acknowledge/" not in text
    assert today.last_look(viewer=of(world, "focal")) is None
    assert isinstance(timezone.now(), datetime)
