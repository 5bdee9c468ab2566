"""Obstacles: what holds work up, who must remove it, how long it has been waited for; listed across all tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.office import figures
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.obstacles import AlreadyEnded, NewObstacle, ObstacleRefused, end_obstacle, name_obstacle
from dondoc.office.models import Duty, Obstacle
from dondoc.office.queries import duties, obstacles
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
ON = date(2022, 5, 4)
BEGAN = date(2022, 4, 1)


def duty_of(world: World, n: int = 0) -> Duty:
    return Duty.objects.get(task=world.tasks[n])


def new(world: World, n: int = 0, **more: object) -> NewObstacle:
    made = NewObstacle(duty_of(world, n).pk, "opinion", "chưa có ý kiến về quy hoạch", "Bộ Giao thông vận tải", BEGAN)
    return replace(made, **more)


def named(world: World, n: int = 0, **more: object) -> Obstacle:
    return name_obstacle(new(world, n, **more), on=ON, actor=Actor(world.viewer("focal", world.finance), "Đầu mối"))


def standing(world: World, day: date = ON, **more: object) -> list[tuple[str, int]]:
    found = obstacles.standing(viewer=world.viewer(), as_of=day, known_at=None)
    return [(row.remover, row.days_waited) for row in found.of(**more)]


def test_it_is_waited_for_until_it_is_removed(world: World) -> None:
    one = named(world)
    assert standing(world) == [("Bộ Giao thông vận tải", 33)]
    removed = date(2022, 6, 1)
    end_obstacle(one.pk, kind="removed", ended_on=removed, note="công văn trả lời", on=removed, actor=world.actor)
    assert (standing(world, removed - timedelta(days=1)), standing(world, removed)) == (
        [("Bộ Giao thông vận tải", 60)],
        [],
    )
    asked = {"viewer": world.viewer(), "as_of": date(2023, 1, 1), "known_at": None}
    (row,) = obstacles.of_duty(duties.duty(one.duty_id, **asked), **asked)
    assert (row.ended_on, row.days_waited, row.end_note) == (removed, 61, "công văn trả lời")


def test_what_was_named_by_mistake_never_stood(world: World) -> None:
    one = named(world)
    end_obstacle(one.pk, kind="mistaken", ended_on=ON, note="", on=ON, actor=world.actor)
    assert (standing(world), standing(world, BEGAN)) == ([], [])
    with pytest.raises(AlreadyEnded, match=world.actor.name):
        end_obstacle(one.pk, kind="removed", ended_on=ON, note="", on=ON, actor=world.actor)


@pytest.mark.parametrize(
    "wrong",
    [
        {"cause": "weather forecast"},
        {"text": " "},
        {"remover": ""},
        {"began_on": ON + timedelta(days=1)},
        {"needed_by": BEGAN - timedelta(days=1)},
    ],
)
def test_what_cannot_be_is_refused(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(ObstacleRefused):
        named(world, **wrong)
    assert Obstacle.objects.count() == 0


def test_work_that_was_closed_is_held_up_by_nothing(world: World) -> None:
    named(world)
    move_duty(Move(duty_of(world).pk, "done", ON), actor=world.actor)
    assert (standing(world, ON - timedelta(days=1)), standing(world)) == ([("Bộ Giao thông vận tải", 32)], [])
    with pytest.raises(ObstacleRefused):
        named(world)


def test_a_remover_of_the_register_is_known_by_its_name_of_the_day(world: World) -> None:
    named(world, remover="sở xây dựng")
    (row,) = obstacles.standing(viewer=world.viewer(), as_of=ON, known_at=None).rows
    assert (row.remover_id, row.remover) == (world.building.pk, "Sở Xây dựng")
    assert standing(world, agency=str(world.building.pk)) == standing(world, agency=str(world.finance.pk))


def test_another_agency_or_office_neither_names_nor_sees(worlds: tuple[World, World]) -> None:
    near, far = worlds
    for stranger in (Actor(near.viewer("focal", near.building), "Người khác"), far.actor):
        with pytest.raises(Refused):
            name_obstacle(new(near), on=ON, actor=stranger)
    one = named(near)
    with pytest.raises(Refused):
        end_obstacle(one.pk, kind="removed", ended_on=ON, note="", on=ON, actor=far.actor)
    named(far, remover="Bộ Tài chính")
    viewers = {
        "office": near.viewer(),
        "bearer": near.viewer("focal", near.finance),
        "other agency": near.viewer("focal", near.building),
        "other office": far.viewer(),
    }
    seen = {
        name: [row.remover for row in obstacles.standing(viewer=viewer, as_of=ON, known_at=None).rows]
        for name, viewer in viewers.items()
    }
    assert seen == {
        "office": ["Bộ Giao thông vận tải"],
        "bearer": ["Bộ Giao thông vận tải"],
        "other agency": [],
        "other office": ["Bộ Tài chính"],
    }


def test_the_figure_counts_its_rows_by_cause_list_and_agency(world: World) -> None:
    named(world)
    named(world, 1, cause="land", remover="UBND quận Ninh Kiều")
    asked = {
        "all": {},
        "land": {"cause": "land"},
        "capital": {"cause": "capital"},
        "list": {"programme": world.programme.key},
        "resolution": {"resolution": str(world.resolution.pk)},
        "finance": {"agency": str(world.finance.pk)},
        "building": {"agency": str(world.building.pk)},
    }
    moment = {"viewer": world.viewer(), "as_of": ON, "known_at": None}
    counted = {
        name: figures.value("obstacles.standing", **moment, arguments=given).value for name, given in asked.items()
    }
    listed = {name: len(figures.rows("obstacles.standing", **moment, arguments=given)) for name, given in asked.items()}
    assert counted == listed == {
        "all": 2, "land": 1, "capital": 0, "list": 2, "resolution": 2, "finance": 2, "building": 0,
    }  # fmt: skip
    before = world.tasks[0].recorded_at
    assert figures.value("obstacles.standing", **(moment | {"known_at": before}), arguments={}).value == 0


def test_it_is_named_and_ended_on_the_pages(world: World) -> None:
    duty = duty_of(world)
    agency = signed_in(world, "focal")
    sent = {"cause": "land", "text": "chưa bàn giao mặt bằng", "remover": "UBND quận Ninh Kiều", "began_on": "1/4/2022"}
    assert agency.post(f"/duties/{duty.pk}/obstacle/", sent | {"needed_by": ""}).status_code == 302
    assert "chưa bàn giao mặt bằng" in words(agency.get("/obstacles/?cause=land"))
    assert "chưa bàn giao mặt bằng" not in words(agency.get("/obstacles/?cause=capital"))
    one = Obstacle.objects.get()
    done = {"kind": "removed", "ended_on": "1/5/2022", "note": "đã bàn giao"}
    assert agency.post(f"/obstacles/{one.pk}/end/", done).status_code == 302
    assert "chưa bàn giao mặt bằng" not in words(agency.get("/obstacles/"))
    assert signed_in(world, "inspection").post(f"/duties/{duty.pk}/obstacle/", sent).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_with_one_row_as_with_three(world: World, rows: int) -> None:
    for n in range(rows):
        named(world, n)
    client = signed_in(world, "officer")
    client.get("/obstacles/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/obstacles/")
    assert len(queries) == 9
