"""The life that a new office begins with: whose step each move is, which needs a reason, until when it is possible."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office.access import Actor, Refused, Viewer
from dondoc.office.actions.definitions import lay_down_standard
from dondoc.office.actions.documents import write_note
from dondoc.office.actions.duties import DayRefused, DutyRefused, Move, move_duties, move_duty
from dondoc.office.actions.programmes import ProgrammeRefused, put_on_programme
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Duty
from dondoc.office.queries import duties, programmes
from dondoc.office.reports import scopes
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
MONDAY, THURSDAY, FRIDAY = date(2024, 6, 3), date(2024, 6, 6), date(2024, 6, 7)


@pytest.fixture
def duty(world: World) -> Duty:
    new = NewTask("Lập danh mục", (NewDuty(world.finance),), lay_down_standard(actor=world.actor))
    return add_task(new, on=MONDAY, actor=world.actor).duties.get()


def agency(world: World) -> Actor:
    return Actor(world.viewer("focal", world.finance), "Đầu mối")


def go(duty: Duty, to: str, actor: Actor, *, on: date = MONDAY, note: str = "vì lý do nêu trong công văn") -> None:
    move_duty(Move(duty.pk, to, on, note), actor=actor)


def state(world: World, duty: Duty) -> tuple[str, str]:
    row = duties.duty(duty.pk, viewer=world.viewer(), as_of=FRIDAY, known_at=None)
    return row.state, row.state_class


def test_the_usual_life(world: World, duty: Duty) -> None:
    for to in ("acknowledged", "in_progress", "reported"):
        go(duty, to, agency(world), note="")
    go(duty, "in_progress", world.actor, note="thiếu số liệu")
    go(duty, "reported", agency(world), note="")
    go(duty, "done", world.actor, note="")
    assert state(world, duty) == ("done", "done")


@pytest.mark.parametrize("on", [MONDAY, THURSDAY])
def test_an_agency_sends_work_back_within_three_working_days(world: World, duty: Duty, on: date) -> None:
    go(duty, "sent_back", agency(world), on=on)
    assert state(world, duty) == ("sent_back", "waiting")


def test_after_three_working_days_only_the_office_takes_work_back(world: World, duty: Duty) -> None:
    with pytest.raises(DayRefused, match="06/06/2024"):
        go(duty, "sent_back", agency(world), on=FRIDAY)
    go(duty, "sent_back", world.actor, on=FRIDAY)
    assert state(world, duty)[0] == "sent_back"


def test_what_was_sent_back_is_given_anew_by_the_office_only(world: World, duty: Duty) -> None:
    go(duty, "sent_back", agency(world))
    with pytest.raises(DutyRefused):
        go(duty, "assigned", agency(world))
    go(duty, "assigned", world.actor, note="đúng chức năng của sở")
    assert state(world, duty) == ("assigned", "waiting")


@pytest.mark.parametrize("to", ["sent_back", "dropped"])
def test_a_step_that_needs_its_reason_is_refused_without(world: World, duty: Duty, to: str) -> None:
    with pytest.raises(DutyRefused):
        go(duty, to, world.actor, note="  ")
    with pytest.raises(DutyRefused):
        move_duties([Move(duty.pk, to, MONDAY)], actor=world.actor)
    assert state(world, duty)[0] == "assigned"


@pytest.mark.parametrize("to", ["done", "paused", "deferred", "dropped"])
def test_what_ends_or_puts_off_is_the_offices_step(world: World, duty: Duty, to: str) -> None:
    go(duty, "in_progress", agency(world), note="")
    with pytest.raises(Refused):
        go(duty, to, agency(world))
    go(duty, to, world.actor)
    assert state(world, duty)[0] == to


def test_work_that_pauses_is_not_late(world: World, duty: Duty) -> None:
    go(duty, "in_progress", world.actor, note="")
    go(duty, "paused", world.actor)
    assert state(world, duty) == ("paused", "deferred")
    go(duty, "in_progress", world.actor, on=THURSDAY, note="")
    assert state(world, duty) == ("in_progress", "active")


def test_the_page_offers_each_side_its_own_steps(world: World, duty: Duty) -> None:
    go(duty, "acknowledged", agency(world), note="")
    mine = words(signed_in(world, "focal").get(f"/duties/{duty.pk}/"))
    theirs = words(signed_in(world, "officer").get(f"/duties/{duty.pk}/"))
    assert ("tạm dừng" in mine, "tạm dừng" in theirs) == (False, True)


def test_a_list_is_laid_down_under_a_document_and_takes_only_what_goes_by_its_steps(world: World, duty: Duty) -> None:
    near, client = world, signed_in(world, "officer")
    for title, start in (("Việc ở mục hai", 20), ("Việc ở mục một", 5)):
        words_of = {"document": near.resolution, "start": start, "end": start + 3}
        add_task(NewTask(title, (NewDuty(near.finance),), near.workflow, **words_of), on=MONDAY, actor=near.actor)
    address = f"/documents/{near.resolution.pk}/list/"
    assert address in client.get(f"/documents/{near.resolution.pk}/").content.decode()
    asked = {"title": "Việc  của nghị quyết", "item_noun": "việc", "workflow": near.workflow.pk, "on": "2024-06-04"}
    assert client.post(address, {**asked, "on": "2999-01-01"}).status_code == 422
    sent = client.post(address, asked)
    assert sent["Location"] == "/?programme=viec-cua-nghi-quyet"
    assert client.get(sent["Location"]).status_code == 200
    # The document leads to its lists from the day on which they are on record, and to no form on a past day.
    leader = Actor(Viewer(near.users["leader"].pk, near.office.pk, "leader"), "Lãnh đạo")
    write_note(near.resolution.pk, text="Giao Sở Tài chính", on=MONDAY, actor=leader)
    days = ("", "?as_of=2024-06-06", "?as_of=2024-06-03")
    pages = [client.get(f"/documents/{near.resolution.pk}/{day}").content.decode() for day in days]
    for link, shown in (
        ("/?programme=viec-cua-nghi-quyet", [True, True, False]),
        (address, [True, False, False]),
        ("/tasks/add/?note=", [True, False, False]),
    ):
        assert [link in one for one in pages] == shown, link
    assert "Đã có danh mục “Việc của nghị quyết”" in words(client.post(address, asked))
    moment = {"viewer": near.viewer(), "as_of": FRIDAY, "known_at": None}
    numbered = programmes.items("viec-cua-nghi-quyet", **moment)
    assert [row.title for row in numbered] == ["Việc ở mục một", "Việc ở mục hai"]
    assert ("programme", "viec-cua-nghi-quyet") in [
        (one.scope.kind, one.scope.key) for one in scopes.choices(("programme",), **moment)
    ]
    # Its groups know the states of one workflow only: what goes by another could not be counted.
    with pytest.raises(ProgrammeRefused, match=duty.task.title):
        put_on_programme(near.programme, [(duty.task, "9")], on=FRIDAY, actor=near.actor)
