"""Signing in: nowhere else is one sent, guessing is slowed down, and a role that ended shows nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dondoc.office.actions.people import add_account, revoke_role
from dondoc.office.models import Grant
from office.asking import addresses, signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db
RIGHT, ELSEWHERE = "mat khau du dai 2022", "https://example.org/"


@pytest.fixture(autouse=True)
def nobody_has_tried() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, name: str, password: str, *, to: str = "") -> object:
    address = f"/login/?next={to}" if to else "/login/"
    return client.post(address, {"login": name, "password": password, **({"next": to} if to else {})})


def test_the_right_words_open_the_board(world: World) -> None:
    client = Client()
    assert sign_in(client, "gan-officer", RIGHT).headers["Location"] == "/today/"
    assert client.get("/").status_code == 200


def test_whoever_asked_for_a_page_is_sent_there(world: World) -> None:
    assert sign_in(Client(), "gan-officer", RIGHT, to="/tasks/").headers["Location"] == "/tasks/"


@pytest.mark.parametrize(
    "to", [ELSEWHERE, "//example.org/", "/\\example.org", "javascript:alert(1)", "http:example.org"]
)
def test_nobody_is_sent_elsewhere(world: World, to: str) -> None:
    client = Client()
    places = [
        sign_in(client, "gan-officer", RIGHT, to=to),
        client.post(f"/language/?next={to}", {"language": "en", "next": to}),
        client.post("/language/", {"language": "en"}, headers={"referer": to}),
        client.post("/office/", {"office": "xa", "next": to}, headers={"referer": to}),
        client.post("/duties/4711/", {}, headers={"referer": to}),
        client.post(f"/logout/?next={to}", {"next": to}),
    ]
    assert [place.headers.get("Location", "")[:1] for place in places] == ["/", "/", "/", "/", "", "/"]
    assert [place.headers["Location"] for place in places if "example" in place.headers.get("Location", "")] == []


def test_guessing_is_stopped_after_five_times(world: World) -> None:
    client = Client()
    for _time in range(5):
        assert sign_in(client, "gan-officer", "doan mo").status_code == 200
    stopped = sign_in(client, "gan-officer", RIGHT)
    assert client.get("/").status_code == 302
    assert stopped.status_code in {200, 429}


def test_nobody_makes_an_account_by_himself(world: World) -> None:
    asked = Client()
    assert [asked.get(f"/{page}/").status_code for page in ("signup", "accounts/signup", "password/reset")] == [404] * 3
    assert not any("signup" in name or "reset" in name for name, _address in addresses())


def test_an_account_that_was_closed_sees_nothing(world: World) -> None:
    client = signed_in(world, "officer")
    assert client.get("/").status_code == 200
    world.users["officer"].is_active = False
    world.users["officer"].save()
    assert client.get("/").headers["Location"].startswith("/login/")


def test_a_role_that_was_ended_shows_nothing_from_that_moment_on(world: World) -> None:
    client = signed_in(world, "focal")
    task = f"/tasks/{world.tasks[0].pk}/"
    assert client.get(task).status_code == 200
    revoke_role(Grant.objects.get(user=world.users["focal"]), on=timezone.localdate(), actor=world.actor)
    assert {page: client.get(page).status_code for page in ("/", task, "/api/figures")} == {
        "/": 403,
        task: 403,
        "/api/figures": 403,
    }


def test_a_role_is_ended_once(world: World) -> None:
    grant = Grant.objects.get(user=world.users["focal"])
    revoke_role(grant, on=date(2022, 5, 1), actor=world.actor)
    with pytest.raises(Exception, match="đã hết hiệu lực"):
        revoke_role(grant, on=date(2022, 6, 1), actor=world.actor)


def test_no_office_is_reached_without_a_role_in_it(worlds: tuple[World, World]) -> None:
    near, _far = worlds
    client = signed_in(near, "officer")
    client.post("/office/", {"office": "xa"})
    assert "office" not in client.session
    session = client.session
    session["office"] = "xa"
    session.save()
    page = words(client.get("/"))
    assert ("Cần Thơ" in page, "Bắc Kạn" in page) == (True, False)


def test_a_person_with_roles_in_two_offices_goes_from_one_to_the_other(worlds: tuple[World, World]) -> None:
    near, far = worlds
    add_account(
        username="gan-leader", password="", full_name="", role="inspection", agency=None, on=START, actor=far.actor
    )
    client = signed_in(near, "leader")
    client.post("/office/", {"office": "xa"})
    page = words(client.get("/tasks/"))
    assert ("của Cần Thơ" in page, "của Bắc Kạn" in page) == (False, True)
    assert client.post(f"/documents/{far.resolution.pk}/note/", {"text": "Làm"}).status_code == 403
    revoke_role(
        Grant.objects.get(user=near.users["leader"], office=far.office), on=timezone.localdate(), actor=far.actor
    )
    page = words(client.get("/tasks/"))
    assert ("của Cần Thơ" in page, "của Bắc Kạn" in page) == (True, False)


def test_a_form_from_elsewhere_is_refused_in_words(world: World) -> None:
    client = signed_in(world, "officer", enforce_csrf_checks=True)
    answer = client.post(f"/documents/{world.resolution.pk}/note/", {"text": "Làm"})
    assert (answer.status_code, "tải lại trang" in words(answer)) == (403, True)
    assert world.resolution.notes.count() == 0
