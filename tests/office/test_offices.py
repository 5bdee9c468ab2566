"""A real office begins: its first workflow, its accounts, and the guards of its lists and first steps."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import authenticate

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.agencies import NewAgency, add_agency
from dondoc.office.actions.definitions import lay_down_standard
from dondoc.office.actions.duties import DutyRefused, Move, correct_change, move_duty, withdraw_change
from dondoc.office.actions.offices import found_office
from dondoc.office.actions.people import AccountRefused, add_account, disable_account, set_password
from dondoc.office.actions.programmes import ProgrammeRefused, put_on_programme, take_off_programme
from dondoc.office.actions.scales import end_scale
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Change
from dondoc.office.queries import definitions, people, programmes
from office.conftest import START, World

pytestmark = pytest.mark.django_db


def begun() -> Actor:
    office = found_office(
        key="moi",
        name="Văn phòng Tỉnh ủy Mới",
        place="Mới",
        hierarchy="party",
        body_name="Tỉnh ủy Mới",
        body_kind="party_body",
        on=date(2026, 11, 1),
        actor_name="Người vận hành",
    )
    return Actor(Viewer(None, office.pk, "administrator"), "Người vận hành")


def test_a_new_office_can_follow_a_task_of_an_old_document_to_its_end() -> None:
    actor = begun()
    workflow = lay_down_standard(actor=actor)
    day = date(2005, 3, 1)
    agency = add_agency(NewAgency("Sở Nội vụ", "department", "province"), on=day, actor=actor)
    task = add_task(NewTask("Lập đề án", (NewDuty(agency),), workflow), on=day, actor=actor)
    duty = task.duties.get()
    for state in ("acknowledged", "in_progress", "reported", "done"):
        move_duty(Move(duty.pk, state, date(2005, 6, 1)), actor=actor)
    counted = definitions.countings([(workflow.pk, None)], as_of=day, known_at=None)[(workflow.pk, None)]
    assert sorted(counted.group_of) == sorted(definitions.state_codes(workflow.pk, as_of=day))
    assert duty.changes.order_by("-id")[0].to_state == "done"
    # Of the definitions that it uses none is its own: the last that the program shipped is the scale of 2026.
    days = (date(2025, 12, 31), date(2026, 1, 1))
    named = [definitions.laid_on(viewer=actor.viewer, as_of=on, known_at=None) for on in days]
    assert [on >= days[1] for on in named if on is not None] == [False, True]
    end_scale("xep-hang", date(2026, 11, 10), actor=actor)  # of the program's scale, which is then used no more
    named = [definitions.laid_on(viewer=actor.viewer, as_of=date(2026, 11, n), known_at=None) for n in (9, 10)]
    assert [on == date(2026, 11, 10) for on in named] == [False, True]


def test_an_account_gets_another_password_and_loses_its_roles() -> None:
    actor = begun()
    user = add_account(
        username="moi.tonghop",
        password="mot mat khau dai",
        full_name="Trần Thị Mới",
        role="officer",
        agency=None,
        on=date(2026, 11, 1),
        actor=actor,
    )
    with pytest.raises(AccountRefused):
        set_password(user, "ngan", actor=actor)
    set_password(user, "mot mat khau khac", actor=actor)
    assert authenticate(username="moi.tonghop", password="mot mat khau dai") is None
    assert authenticate(username="moi.tonghop", password="mot mat khau khac") == user
    assert disable_account(user, on=date(2026, 11, 20), actor=actor) == 1
    assert [o.key for o in people.offices_of(user, on=date(2026, 11, 19))] == ["moi"]
    assert people.offices_of(user, on=date(2026, 11, 20)) == []


def test_a_task_stands_on_a_list_once(world: World) -> None:
    with pytest.raises(ProgrammeRefused):
        put_on_programme(world.programme, [(world.tasks[0], "9")], on=START, actor=world.actor)
    assert world.programme.items.count() == 3
    # Nor from an earlier day on: from the later one on it would stand there twice, and be counted twice.
    new = NewTask("Việc thêm sau", (NewDuty(world.finance),), world.workflow)
    late = add_task(new, on=START, actor=world.actor)
    [place] = put_on_programme(world.programme, [(late, "4")], on=date(2022, 3, 10), actor=world.actor)
    with pytest.raises(ProgrammeRefused, match="Việc thêm sau"):
        put_on_programme(world.programme, [(late, "4")], on=date(2022, 3, 1), actor=world.actor)
    take_off_programme([place.pk], on=None, reason="nhầm ngày", actor=world.actor)
    put_on_programme(world.programme, [(late, "4")], on=date(2022, 3, 1), actor=world.actor)
    assert len(programmes.on_list(world.programme.pk, as_of=START)) == 4


def test_the_first_step_of_a_duty_stays(world: World) -> None:
    first = Change.objects.get(duty__task=world.tasks[0])
    with pytest.raises(DutyRefused):
        withdraw_change(first, note="nhầm", actor=world.actor)
    with pytest.raises(DutyRefused):
        correct_change(first, to_state="in_progress", on=date(2022, 2, 1), note="nhầm", actor=world.actor)
    assert Change.objects.filter(duty__task=world.tasks[0]).count() == 1
