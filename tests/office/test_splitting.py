"""Splitting a task: the parts take its place, nothing is owed twice, and the day before looks as it did."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.programmes import put_on_programme
from dondoc.office.actions.tasks import NewDuty, NewTask, TaskRefused, add_task, split_task
from dondoc.office.models import Duty, ProgrammeTask
from dondoc.office.queries import duties, happenings, programmes
from office.conftest import START, World

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2022, 3, 1), date(2022, 2, 28)


def parts(world: World) -> list[NewTask]:
    return [NewTask(f"Phần {n}", (NewDuty(world.finance),), world.workflow) for n in (1, 2)]


def open_titles(world: World, on: date) -> list[str]:
    rows = duties.listed("open", viewer=world.viewer(), as_of=on, known_at=None)
    return sorted(row.title for row in rows)


def numbers(world: World, on: date) -> list[str]:
    rows = programmes.items(world.programme.key, viewer=world.viewer(), as_of=on, known_at=None)
    return [row.number for row in rows]


def test_only_the_parts_are_owed_from_the_day_of_the_splitting(world: World) -> None:
    titles = [task.title for task in world.tasks]
    split_task(world.tasks[0], parts(world), on=DAY, actor=world.actor, note="chia theo giai đoạn")
    assert open_titles(world, BEFORE) == sorted(titles)
    assert open_titles(world, DAY) == sorted([*titles[1:], "Phần 1", "Phần 2"])
    duty = Duty.objects.get(task=world.tasks[0])
    assert duties.duty(duty.pk, viewer=world.viewer(), as_of=DAY, known_at=None).state == "dropped"
    assert happenings.history(duty.pk, as_of=DAY, known_at=None)[0].note == "chia theo giai đoạn"


def test_what_was_done_before_the_splitting_stays_done(world: World) -> None:
    duty = Duty.objects.get(task=world.tasks[0])
    move_duty(Move(duty.pk, "done", BEFORE), actor=world.actor)
    split_task(world.tasks[0], parts(world), on=DAY, actor=world.actor)
    assert duties.duty(duty.pk, viewer=world.viewer(), as_of=DAY, known_at=None).state == "done"


def test_the_parts_stand_under_the_number_of_the_whole(world: World) -> None:
    split_task(world.tasks[0], parts(world), on=DAY, actor=world.actor)
    assert numbers(world, BEFORE) == ["1", "2", "3"]
    assert numbers(world, DAY) == ["1.1", "1.2", "2", "3"]


def test_the_parts_of_a_task_without_a_number_have_none(world: World) -> None:
    new = NewTask("Việc chưa đánh số", (NewDuty(world.finance),), world.workflow)
    task = add_task(new, on=START, actor=world.actor)
    put_on_programme(world.programme, [(task, "")], on=START, actor=world.actor)
    split_task(task, parts(world), on=DAY, actor=world.actor)
    assert numbers(world, DAY) == ["1", "2", "3", "", ""]


def test_a_task_is_split_once_and_not_ahead_of_time_or_behind_its_last_step(world: World) -> None:
    with pytest.raises(TaskRefused):
        split_task(world.tasks[0], parts(world), on=date(2999, 1, 1), actor=world.actor)
    move_duty(Move(Duty.objects.get(task=world.tasks[0]).pk, "in_progress", date(2022, 4, 1)), actor=world.actor)
    with pytest.raises(TaskRefused):
        split_task(world.tasks[0], parts(world), on=DAY, actor=world.actor)
    split_task(world.tasks[1], parts(world), on=DAY, actor=world.actor)
    with pytest.raises(TaskRefused):
        split_task(world.tasks[1], parts(world), on=DAY, actor=world.actor)
    assert ProgrammeTask.objects.filter(replaces__isnull=False).count() == 1
