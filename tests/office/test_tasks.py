"""Tasks by hand and from a leader's note; one lead at least, each agency once; split into parts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dondoc.office.actions.tasks import NewDuty, NewTask, TaskRefused, add_task, split_task
from dondoc.office.models import Note, Task
from dondoc.office.queries import programmes, tasks
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


def enter(world: World, role: str = "officer", query: str = "", **fields: object) -> object:
    sent = {"title": "Lập  đề án\nmới", "lead": world.finance.pk, "due_on": "2030-06-30", **fields}
    return signed_in(world, role).post(f"/tasks/add/{query}", sent)


def test_a_task_is_entered_in_one_line(world: World) -> None:
    answer = enter(world, coordinators=[world.building.pk, world.finance.pk], product="Đề án")
    task = Task.objects.latest("pk")
    assert answer.headers["Location"] == f"/tasks/{task.pk}/"
    assert (task.title, task.origin, task.product) == ("Lập đề án mới", "hand", "Đề án")
    duties = [(d.role, d.bearers.get().agency, d.dues.get().last_day) for d in task.duties.order_by("order")]
    assert duties == [
        ("lead", world.finance, date(2030, 6, 30)),
        ("coordinate", world.building, date(2030, 6, 30)),
    ]


def test_a_task_is_made_of_a_leaders_note_and_says_so(world: World) -> None:
    signed_in(world, "leader").post(
        f"/documents/{world.resolution.pk}/note/", {"text": " Giao Sở Tài chính lập đề án. "}
    )
    note = Note.objects.get()
    client = signed_in(world, "officer")
    page = client.get(f"/tasks/add/?note={note.pk}")
    assert ("leader Cần Thơ" in words(page), page.context["form"].initial["title"]) == (
        True,
        "Lập đề án",
    )
    enter(world, query=f"?note={note.pk}")
    task = Task.objects.latest("pk")
    assert (task.origin, task.note) == ("note", note)
    assert "Lập đề án mới" in words(client.get(f"/documents/{world.resolution.pk}/"))


def test_an_empty_note_is_asked_for_again(world: World) -> None:
    answer = signed_in(world, "leader").post(f"/documents/{world.resolution.pk}/note/", {"text": "  "})
    assert (answer.status_code, "trống" in words(answer), Note.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("fields", [{"title": "  "}, {"lead": ""}, {"lead": "4711"}, {"due_on": "30 tháng 2"}])
def test_a_task_that_lacks_something_is_shown_again(world: World, fields: dict[str, str]) -> None:
    answer = enter(world, **fields)
    assert answer.status_code == 422
    assert Task.objects.filter(origin="hand", title__contains="đề án").count() == 0


@pytest.mark.parametrize(
    ("title", "roles", "sentence"),
    [
        ("Việc", ["coordinate"], "chủ trì"),
        ("Việc", [], "chủ trì"),
        (" \n", ["lead"], "nội dung"),
        ("Việc", ["lead", "lead"], "hai lần"),
    ],
)
def test_a_task_without_words_or_lead_or_with_an_agency_twice_is_refused(
    world: World, title: str, roles: list[str], sentence: str
) -> None:
    duties = tuple(NewDuty(world.finance, role) for role in roles)
    before = Task.objects.count()
    with pytest.raises(TaskRefused, match=sentence):
        add_task(NewTask(title, duties, world.workflow), on=DAY, actor=world.actor)
    assert Task.objects.count() == before


def test_the_parts_of_a_task_take_its_place_on_its_lists(world: World) -> None:
    whole = world.tasks[0]
    parts = [NewTask(f"Phần {n}", (NewDuty(world.finance),), world.workflow) for n in (1, 2)]
    made = split_task(whole, parts, on=DAY, actor=world.actor)
    moment = {"viewer": world.viewer(), "known_at": None}

    def listed(day: date) -> list[str]:
        return [row.number for row in programmes.items(world.programme.key, **moment, as_of=day)]

    assert (listed(DAY - timedelta(days=1)), listed(DAY)) == (["1", "2", "3"], ["1.1", "1.2", "2", "3"])
    behind = (timezone.localdate() - DAY).days  # what was split years ago is entered today
    assert tasks.task(whole.pk, **moment, as_of=DAY).split_into == tuple((task.pk, task.title, behind) for task in made)
    assert tasks.task(made[0].pk, **moment, as_of=DAY).split_from == ((whole.pk, whole.title, behind),)


def test_a_focal_point_is_not_told_of_the_parts_of_others(world: World) -> None:
    parts = [
        NewTask("Phần một", (NewDuty(world.finance),), world.workflow),
        NewTask("Phần hai", (NewDuty(world.building),), world.workflow),
    ]
    mine, theirs = split_task(world.tasks[0], parts, on=DAY, actor=world.actor)
    page = words(signed_in(world, "focal").get(f"/tasks/{world.tasks[0].pk}/"))
    assert (mine.title in page, theirs.title in page) == (True, False)


def test_a_task_is_split_into_two_at_least(world: World) -> None:
    part = NewTask("Phần", (NewDuty(world.finance),), world.workflow)
    with pytest.raises(TaskRefused, match="hai phần"):
        split_task(world.tasks[0], [part], on=DAY, actor=world.actor)
