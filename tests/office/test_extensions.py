"""Later due days: asked for by whoever owes, decided by whoever assigned, one at a time, the first day kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dondoc.office import figures
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.extensions import (
    AlreadyDecided,
    ExtensionRefused,
    Request,
    ask_extension,
    grant_extension,
    refuse_extension,
    take_extension_back,
)
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Duty, Extension
from dondoc.office.queries import duties, extensions
from dondoc.rules.deadlines import DueRule
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
ON = date(2022, 5, 4)
JUNE, JULY, AUGUST, SEPTEMBER = (date(2022, 6, 30), date(2022, 7, 31), date(2022, 8, 31), date(2022, 9, 30))


def owed(world: World, n: int = 0, *, by: date = JUNE) -> Duty:
    duty = Duty.objects.get(task=world.tasks[n])
    set_due(duty, DueRule("day", by), words="", on=date(2022, 2, 1), actor=world.actor)
    return duty


def focal(world: World) -> Actor:
    return Actor(world.viewer("focal", world.finance), "Trần Văn Thử")


def ask(world: World, duty: Duty, until: date = JULY, *, reason: str = "chờ thẩm định") -> Extension:
    return ask_extension(Request(duty.pk, until, reason), on=ON, actor=focal(world))


def due(world: World, duty: Duty, day: date = ON) -> tuple[date | None, date | None]:
    row = duties.duty(duty.pk, viewer=world.viewer(), as_of=day, known_at=None)
    return row.first_due, row.due


def test_a_granted_extension_moves_the_due_day_from_that_day_on_and_keeps_the_first(world: World) -> None:
    duty = owed(world)
    asked = ask(world, duty)
    assert due(world, duty) == (JUNE, JUNE)
    grant_extension(asked.pk, until=JULY, note="", on=ON, actor=world.actor)
    assert due(world, duty) == (JUNE, JULY)
    assert due(world, duty, ON - timedelta(days=1)) == (JUNE, JUNE)


@pytest.mark.parametrize("until", [JUNE, date(2022, 5, 31)])
def test_a_day_that_is_not_later_is_refused(world: World, until: date) -> None:
    with pytest.raises(ExtensionRefused, match="30/06/2022"):
        ask(world, owed(world), until)


def test_without_a_reason_without_a_due_day_or_when_closed_nothing_is_asked_for(world: World) -> None:
    with pytest.raises(ExtensionRefused):
        ask(world, owed(world), reason="  ")
    with pytest.raises(ExtensionRefused):
        ask(world, Duty.objects.get(task=world.tasks[1]))
    closed = owed(world, 2)
    move_duty(Move(closed.pk, "done", date(2022, 3, 1)), actor=world.actor)
    with pytest.raises(ExtensionRefused):
        ask(world, closed)
    assert Extension.objects.count() == 0


def test_one_request_waits_at_a_time(world: World) -> None:
    duty = owed(world)
    first = ask(world, duty)
    with pytest.raises(ExtensionRefused):
        ask(world, duty, AUGUST)
    take_extension_back(first.pk, on=ON, actor=focal(world))
    assert ask(world, duty, AUGUST).number == 2


def test_a_request_is_decided_once_and_only_by_those_who_assign(world: World) -> None:
    asked = ask(world, owed(world))
    with pytest.raises(Refused):
        grant_extension(asked.pk, until=JULY, note="", on=ON, actor=focal(world))
    with pytest.raises(ExtensionRefused):
        refuse_extension(asked.pk, note=" ", on=ON, actor=world.actor)
    refuse_extension(asked.pk, note="đã gia hạn đủ", on=ON, actor=world.actor)
    with pytest.raises(AlreadyDecided, match=world.actor.name):
        grant_extension(asked.pk, until=JULY, note="", on=ON, actor=world.actor)


def test_whoever_coordinates_gets_no_longer_than_the_lead_has(world: World) -> None:
    new = NewTask(
        "Việc chung",
        (
            NewDuty(world.building, due=DueRule("day", JULY)),
            NewDuty(world.finance, "coordinate", due=DueRule("day", JUNE)),
        ),
        world.workflow,
    )
    task = add_task(new, on=date(2022, 2, 1), actor=world.actor)
    mine = task.duties.get(role="coordinate")
    with pytest.raises(ExtensionRefused, match="31/07/2022"):
        ask(world, mine, AUGUST)
    assert ask(world, mine, JULY).wanted_on == JULY
    lead = task.duties.get(role="lead")
    asker = Actor(world.viewer("focal", world.building), "Lê Văn Thử")
    assert ask_extension(Request(lead.pk, AUGUST, "chờ"), on=ON, actor=asker).wanted_on == AUGUST


def test_the_third_request_is_marked(world: World) -> None:
    duty = owed(world)
    for until in (JULY, AUGUST, SEPTEMBER):
        grant_extension(ask(world, duty, until).pk, until=until, note="", on=ON, actor=world.actor)
    asked = {"viewer": world.viewer(), "as_of": ON, "known_at": None}
    rows = extensions.of_duty(duties.duty(duty.pk, **asked), **asked)
    assert [(row.number, row.is_flagged, row.verdict) for row in rows] == [
        (3, True, "granted"),
        (2, False, "granted"),
        (1, False, "granted"),
    ]
    assert due(world, duty) == (JUNE, SEPTEMBER)


def test_another_agency_or_office_neither_asks_nor_sees(worlds: tuple[World, World]) -> None:
    near, far = worlds
    duty = owed(near)
    stranger = Actor(near.viewer("focal", near.building), "Người khác")
    with pytest.raises(Refused):
        ask_extension(Request(duty.pk, JULY, "chờ"), on=ON, actor=stranger)
    with pytest.raises(Refused):
        ask_extension(Request(duty.pk, JULY, "chờ"), on=ON, actor=far.actor)
    asked = ask(near, duty)
    with pytest.raises(Refused):
        refuse_extension(asked.pk, note="không", on=ON, actor=far.actor)
    seen = {
        name: [row.id for row in extensions.undecided(viewer=viewer, as_of=ON, known_at=None)]
        for name, viewer in {
            "office": near.viewer(),
            "bearer": near.viewer("focal", near.finance),
            "other agency": near.viewer("focal", near.building),
            "other office": far.viewer(),
        }.items()
    }
    assert seen == {"office": [asked.pk], "bearer": [asked.pk], "other agency": [], "other office": []}


def test_the_figure_counts_what_waits_on_the_day_as_it_was_known(world: World) -> None:
    before = world.tasks[0].recorded_at
    asked = ask(world, owed(world))
    later = ON + timedelta(days=7)
    grant_extension(asked.pk, until=JULY, note="", on=later, actor=world.actor)

    def waits(day: date, known_at: object = None) -> object:
        return figures.value(
            "extensions.undecided", viewer=world.viewer(), as_of=day, known_at=known_at, arguments={}
        ).value

    assert [waits(ON - timedelta(days=1)), waits(ON), waits(later), waits(ON, before)] == [0, 1, 0, 0]


def test_it_is_asked_for_and_decided_on_the_pages(world: World) -> None:
    duty = owed(world, by=date(2030, 6, 30))
    agency, office = signed_in(world, "focal"), signed_in(world, "officer")
    sent = {"wanted_on": "31/7/2030", "reason": "chờ thẩm định"}
    assert agency.post(f"/duties/{duty.pk}/extension/", sent).status_code == 302
    asked = Extension.objects.get()
    assert "từ 30/06/2030 đến 31/07/2030" in words(agency.get(f"/duties/{duty.pk}/"))
    refused = office.post(f"/extensions/{asked.pk}/", {"refuse": "1", "note": ""})
    assert refused.status_code == 422
    assert office.post(f"/extensions/{asked.pk}/", {"granted_on": "31/7/2030", "note": ""}).status_code == 302
    assert due(world, duty, date(2030, 1, 1)) == (date(2030, 6, 30), date(2030, 7, 31))
    assert agency.get("/extensions/").status_code == 200
