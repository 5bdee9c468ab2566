"""Every page answers, for each role, and never with another office's rows."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.office.actions.intake import read_document
from dondoc.office.models import Duty
from office.conftest import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def pages(world: World) -> dict[str, str]:
    """The addresses of all pages that show something of this office."""
    read_document(world.resolution.pk, actor=world.actor)
    duty = Duty.objects.get(task=world.tasks[0])
    programme = f"programme={world.programme.key}"
    return {
        "board": "/?as_of=2022-01-05",
        "board of a list": f"/?{programme}&as_of=2022-02-01&compare=2022-01-03",
        "board of the office": "/?office=all",
        "documents": reverse("documents"),
        "document": reverse("document", args=[world.resolution.pk]),
        "document_add": reverse("document_add"),
        "reading": reverse("reading", args=[world.resolution.pk]),
        "tasks": reverse("tasks"),
        "tasks late": reverse("tasks") + f"?{programme}&bucket=late&state_class=active",
        "task": reverse("task", args=[world.tasks[0].pk]),
        "task_add": reverse("task_add"),
        "duty": reverse("duty", args=[duty.pk]),
        "figure": reverse("figure_rows", args=["tasks.total"]) + f"?{programme}",
        "figure of duties": reverse("figure_rows", args=["duties.no_due"]),
        "agencies": reverse("agencies"),
        "agency": reverse("agency", args=[world.finance.pk]),
        "report": reverse("report") + f"?{programme}",
        "history": reverse("history"),
    }


def test_an_officer_can_open_every_page(worlds: tuple[World, World]) -> None:
    client = signed_in(worlds[0], "officer")
    statuses = {name: client.get(url).status_code for name, url in pages(worlds[0]).items()}
    assert statuses == dict.fromkeys(statuses, 200)


@pytest.mark.parametrize("role", ["administrator", "leader", "inspection", "focal"])
def test_no_page_fails_for_any_role(worlds: tuple[World, World], role: str) -> None:
    client = signed_in(worlds[0], role)
    statuses = {name: client.get(url).status_code for name, url in pages(worlds[0]).items()}
    assert {name: status for name, status in statuses.items() if status not in {200, 403}} == {}


def test_no_page_shows_another_offices_rows(worlds: tuple[World, World]) -> None:
    near, far = worlds
    foreign = pages(near) | {name: url for name, url in pages(far).items() if name not in {"board", "reading"}}
    client = signed_in(far, "officer")
    leaks = {}
    for name, url in {**foreign, **{f"near {n}": u for n, u in pages(near).items()}}.items():
        answer = client.get(url)
        if b"Nhi\xe1\xbb\x87m v\xe1\xbb\xa5 s\xe1\xbb\x91 1 c\xe1\xbb\xa7a C\xe1\xba\xa7n Th\xc6\xa1" in answer.content:
            leaks[name] = answer.status_code
    assert leaks == {}
