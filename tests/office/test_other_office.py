"""A key of another office, wherever it is put in, opens nothing, says nothing and writes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office.actions.agencies import hand_over_duties, place_agency, rename_agency, succeed_agency
from dondoc.office.actions.claims import bind_claim
from dondoc.office.actions.documents import correct_header, write_note
from dondoc.office.actions.duties import (
    AddedDuty,
    Answer,
    Evidence,
    HandOver,
    Move,
    Naming,
    add_duty,
    answer_naming,
    change_due,
    correct_change,
    hand_over_duty,
    move_duties,
    move_duty,
    name_person,
    set_due,
    withdraw_change,
)
from dondoc.office.actions.links import add_link
from dondoc.office.actions.people import add_account, hold_post, revoke_role
from dondoc.office.actions.programmes import end_list, put_on_programme, rename_list
from dondoc.office.actions.readings import refuse_proposal
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task, name_product, split_task
from dondoc.office.models import Duty, Grant, LogEntry, Original
from dondoc.rules.deadlines import DueRule
from office.asking import ROLES, addresses, done_of, signed_in
from office.conftest import START, World
from office.test_access import deeds, filled, furnished

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


def written() -> int:
    """How much stands in the logs of all offices, and how many files are kept."""
    return LogEntry.objects.count() + Original.objects.count()


@pytest.mark.parametrize("role", ROLES)
def test_no_address_with_a_key_of_another_office_opens(worlds: tuple[World, World], role: str) -> None:
    near, far = worlds
    keys = furnished(far)
    client = signed_in(near, role)
    opened = {}
    for name, address in addresses():
        if "<id:" in address:
            for answer in (client.get(filled(address, keys)), client.post(filled(address, keys), {"text": "x"})):
                if answer.status_code not in {403, 404, 405} or "Bắc Kạn" in answer.content.decode():
                    opened[name] = answer.status_code
    assert opened == {}


@pytest.mark.parametrize("role", ROLES)
def test_no_form_with_keys_of_another_office_writes(worlds: tuple[World, World], role: str) -> None:
    near, far = worlds
    foreign = furnished(far)
    own = furnished(near)
    client = signed_in(near, role)
    before = written()
    for address, sent, _roles in deeds(far, foreign).values():
        new = ("/documents/add", "/tasks/add", "/deliveries/begin", "/urges/steps", "/progress/open", "/parameters/")
        if not address.startswith((*new, "/definitions/rates/", "/scoreboard/scale/", "/frames/add/")):
            client.post(address, sent)
    task = {"title": "Việc", "lead": far.finance.pk}
    client.post("/tasks/add/", task)
    client.post("/tasks/add/", {"title": "Việc", "lead": near.finance.pk, "coordinators": [far.finance.pk]})
    step = {"to_state": "reported", "on": "2022-03-01", "seen_state": "in_progress", "document": foreign["document_id"]}
    client.post(f"/duties/{own['duty_id']}/", step if role != "focal" else {**step, "to_state": "done"})
    client.post(f"/claims/{own['claim_id']}/bind/", {"figure": f"tasks.total|{far.programme.key}|"})
    client.post(f"/report/issue/?programme={far.programme.key}")
    client.post(f"/report/issue/?resolution={far.resolution.pk}")
    assert written() == before


def test_a_task_does_not_say_that_it_is_from_another_offices_note(worlds: tuple[World, World]) -> None:
    near, far = worlds
    foreign = furnished(far)
    client = signed_in(near, "officer")
    page = client.get(f"/tasks/add/?note={foreign['note_id']}").content.decode()
    assert "Giao Sở Tài chính làm" not in page
    client.post(f"/tasks/add/?note={foreign['note_id']}", {"title": "Việc tự nghĩ", "lead": near.finance.pk})
    assert near.finance.duties.get(duty__task__title="Việc tự nghĩ").duty.task.note is None


def test_no_list_filtered_by_a_key_of_another_office_shows_its_rows(worlds: tuple[World, World]) -> None:
    near, far = worlds
    furnished(far)
    client = signed_in(near, "leader")
    queries = [
        *(f"programme={far.programme.key}", f"resolution={far.resolution.pk}"),
        *(f"document={far.resolution.pk}", f"agency={far.finance.pk}"),
    ]
    pages = ("/", "/tasks/", "/report/", "/documents/", "/agencies/", "/figures/duties.owed", "/api/figures")
    leaks = [
        f"{page}?{query}"
        for page in pages
        for query in queries
        if "Bắc Kạn" in client.get(f"{page}?{query}").content.decode()
    ]
    assert leaks == []


def test_every_action_refuses_what_is_another_offices(worlds: tuple[World, World]) -> None:
    near, far = worlds
    keys = furnished(far)
    duty, foreign = Duty.objects.get(task=near.tasks[0]), Duty.objects.get(pk=keys["duty_id"])
    change = foreign.changes.order_by("-id")[0]
    named, stranger = foreign.assignees.values_list("pk", "person_id").get()
    grant = Grant.objects.get(user=far.users["leader"])
    actor = near.actor
    lead, new = NewDuty(near.finance), NewTask("Việc", (NewDuty(far.finance),), near.workflow)
    borrowed = NewTask("Việc", (lead,), far.workflow, first_state="assigned")
    own = NewTask("Việc", (lead,), near.workflow)
    deeds = {
        "lead": lambda: add_task(new, on=DAY, actor=actor),
        "workflow": lambda: add_task(borrowed, on=DAY, actor=actor),
        "split": lambda: split_task(far.tasks[0], [own, own], on=DAY, actor=actor),
        "list": lambda: put_on_programme(far.programme, [(near.tasks[0], "9")], on=DAY, actor=actor),
        "task on a list": lambda: put_on_programme(near.programme, [(far.tasks[0], "9")], on=DAY, actor=actor),
        "duty": lambda: move_duty(Move(foreign.pk, "done", DAY), actor=actor),
        "duties": lambda: move_duties([Move(foreign.pk, "done", DAY)], actor=actor),
        "evidence": lambda: move_duty(Move(duty.pk, "done", DAY, evidence=Evidence(keys["document_id"])), actor=actor),
        "correction": lambda: correct_change(change, to_state="done", on=DAY, note="", actor=actor),
        "withdrawal": lambda: withdraw_change(change, note="", actor=actor),
        "product": lambda: name_product(foreign.task_id, "Đề án", on=DAY, actor=actor),
        "due day": lambda: set_due(foreign, DueRule("day", DAY), words="", on=DAY, actor=actor),
        "hand-over": lambda: hand_over_duties([duty.pk], successor=far.finance, on=DAY, basis=None, actor=actor),
        "basis": lambda: hand_over_duties(
            [duty.pk], successor=near.building, on=DAY, basis=far.resolution, actor=actor
        ),
        "passing on": lambda: hand_over_duty(HandOver(foreign.pk, near.building.pk, "x"), on=DAY, actor=actor),
        "passing to": lambda: hand_over_duty(HandOver(duty.pk, far.building.pk, "x"), on=DAY, actor=actor),
        "its basis": lambda: hand_over_duty(
            HandOver(duty.pk, near.building.pk, basis_id=far.resolution.pk), on=DAY, actor=actor
        ),
        "adding to": lambda: add_duty(AddedDuty(far.tasks[0].pk, near.building.pk), on=DAY, actor=actor),
        "adding whom": lambda: add_duty(AddedDuty(near.tasks[0].pk, far.building.pk), on=DAY, actor=actor),
        "person": lambda: name_person(Naming(duty.pk, person_id=stranger), on=DAY, actor=actor),
        "person for": lambda: name_person(Naming(foreign.pk, name="A"), on=DAY, actor=actor),
        "new due day": lambda: change_due(foreign.pk, DAY, words="x", actor=actor),
        "answer": lambda: answer_naming(Answer(foreign.pk, named, "taken_on"), on=DAY, actor=actor),
        "name": lambda: rename_agency(far.finance.pk, name="Sở khác", short_name="", on=DAY, actor=actor),
        "name of a list": lambda: rename_list(far.programme.pk, title="Danh mục", on=None, actor=actor),
        "end of a list": lambda: end_list(far.programme.pk, on=DAY, reason="x", actor=actor),
        "parent": lambda: place_agency(near.finance, far.finance, hierarchy="state", on=DAY, actor=actor),
        "successor": lambda: succeed_agency(near.finance, far.finance, kind="merged", on=DAY, basis=None, actor=actor),
        "header": lambda: correct_header(far.resolution, actor=actor, number="1-NQ/TU"),
        "link": lambda: add_link(far.resolution.pk, kind="cites", number="1-CV/TU", on=DAY, actor=actor),
        "note": lambda: write_note(far.resolution.pk, text="Làm", on=DAY, actor=actor),
        "proposal": lambda: refuse_proposal(keys["proposal_id"], reason="", actor=actor),
        "claim": lambda: bind_claim(
            keys["claim_id"], figure="tasks.total", arguments={"programme": near.programme.key}, actor=actor
        ),
        "role": lambda: revoke_role(grant, on=DAY, actor=actor),
        "focal point": lambda: add_account(
            username="la",
            password="mat khau du dai 2022",
            full_name="",
            role="focal",
            agency=far.finance,
            on=DAY,
            actor=actor,
        ),
        "post": lambda: hold_post(name="Lê Thử", title="Giám đốc", agency=far.finance, on=DAY, actor=actor),
    }
    before = written()
    assert (done_of(deeds), written()) == ([], before)


def test_duties_of_another_office_in_a_list_to_hand_over_are_passed_over(worlds: tuple[World, World]) -> None:
    near, far = worlds
    ids = [Duty.objects.get(task=world.tasks[0]).pk for world in worlds]
    assert hand_over_duties(ids, successor=near.building, on=START, basis=None, actor=near.actor) == 1
    assert Duty.objects.get(task=far.tasks[0]).bearers.count() == 1
