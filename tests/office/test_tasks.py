"""Tasks as they are entered and listed: odd numbers on a list, days before the workflow."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office.actions.programmes import put_on_programme
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.queries import programmes
from dondoc.office.queries.definitions import NoStates
from office.conftest import START, World

pytestmark = pytest.mark.django_db


def test_a_list_is_in_the_order_of_its_numbers_and_then_of_what_is_no_number(world: World) -> None:
    for number in ("", "1a", "10", "2.10", "2.9", "IV"):
        new = NewTask(f"Việc {number or 'không số'}", (NewDuty(world.finance),), world.workflow)
        task = add_task(new, on=START, actor=world.actor)
        put_on_programme(world.programme, [(task, number)], on=START, actor=world.actor)
    rows = programmes.items(world.programme.key, viewer=world.viewer(), as_of=START, known_at=None)
    assert [row.number for row in rows] == ["1", "2", "2.9", "2.10", "3", "10", "1a", "IV", ""]


def test_a_task_of_a_day_before_the_workflow_is_refused_in_words(world: World) -> None:
    new = NewTask("Việc cũ", (NewDuty(world.finance),), world.workflow)
    with pytest.raises(NoStates, match="31/12/2019"):
        add_task(new, on=date(2019, 12, 31), actor=world.actor)
