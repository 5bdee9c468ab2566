"""Every number has one definition: what the figure says is what its rows count, for each viewer and each day."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import gettext, override

from dondoc.office import figures
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.figures.asked import NAMED
from office.asking import AS_TYPED, worked_out
from office.conftest import START, World

pytestmark = pytest.mark.django_db


def test_each_figure_counts_its_rows(worlds: tuple[World, World]) -> None:
    """As focal points see them; for the whole office `test_figures_everywhere` holds each number to its rows."""
    near, _far = worlds
    move_duty(Move(near.tasks[0].duties.get().pk, "done", date(2022, 3, 1)), actor=near.actor)
    for viewer in (near.viewer("focal", near.finance), near.viewer("focal", near.building)):
        for day in (date(2021, 12, 31), START, date(2022, 3, 1)):
            for key, arguments in figures.every(viewer=viewer, as_of=day, known_at=None):
                moment = {"viewer": viewer, "as_of": day, "known_at": None, "arguments": arguments}
                number = figures.value(key, **moment)
                if number.value is not None:
                    assert number.value == worked_out(key, figures.opened(key, **moment)), (key, arguments, day)


def test_all_that_a_number_can_be_asked_for_reads_in_the_users_language() -> None:
    """Each argument of each figure has a name and, where it is chosen, words for each choice; the rest is looked up."""
    for key, definition in figures.FIGURES.items():
        for name, argument in definition.arguments.items():
            is_said = name in NAMED or name in AS_TYPED or argument.kind in {"day", "instant", "choice"}
            assert is_said, f"{key}: nothing says what “{name}” names"
            assert tuple(argument.labels) == argument.choices, (key, name)
            with override("vi"):
                said = [gettext(argument.says), *(argument.label(choice) for choice in argument.choices)]
            assert not {argument.says, *argument.choices} & set(said), (key, name, said)
            assert not any(words.isascii() for words in said), (key, name, said)


def test_before_a_list_is_recorded_there_is_no_number(world: World) -> None:
    arguments = {"programme": world.programme.key}
    before = figures.value(
        "tasks.total", viewer=world.viewer(), as_of=date(2022, 1, 2), known_at=None, arguments=arguments
    )
    on_the_day = figures.value("tasks.total", viewer=world.viewer(), as_of=START, known_at=None, arguments=arguments)
    assert (before.value, on_the_day.value) == (None, 3)


def test_an_office_never_counts_another_ones_tasks(worlds: tuple[World, World]) -> None:
    near, far = worlds
    totals = {}
    for world in worlds:
        requests = figures.every(viewer=world.viewer(), as_of=START, known_at=None, keys=("tasks.total",))
        totals[world.office.key] = [
            (number.arguments, number.value)
            for number in figures.values(requests, viewer=world.viewer(), as_of=START, known_at=None)
        ]
    assert totals == {
        near.office.key: [((("programme", "gan-list"),), 3)],
        far.office.key: [((("programme", "xa-list"),), 5)],
    }


def test_a_focal_point_counts_its_own_agencys_tasks_only(world: World) -> None:
    def total(*agencies: object) -> object:
        viewer = world.viewer("focal", *agencies)
        return figures.value(
            "tasks.total",
            viewer=viewer,
            as_of=START,
            known_at=None,
            arguments={"programme": world.programme.key},
        ).value

    assert (total(world.finance), total(world.building)) == (3, 0)
