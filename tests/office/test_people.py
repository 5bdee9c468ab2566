"""Promises about persons and accounts: nobody is entered twice, a name that is taken is refused with a sentence, and
the page of one's own password speaks Vietnamese."""

from __future__ import annotations

import re
import threading
from datetime import date

import pytest
from django.db import connection

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.offices import OfficeRefused, found_office
from dondoc.office.actions.people import AccountRefused, PostRefused, add_account, hold_post
from dondoc.office.models import Agency, Grant, Holding, LogEntry, Office, Person, Post, User
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db

DAY = date(2022, 5, 4)
PASSWORD = "mat khau du dai 2022"


def test_a_known_person_and_a_known_post_are_not_made_anew(world: World) -> None:
    def hold(name: str, title: str, agency: Agency, on: date = DAY) -> Holding:
        return hold_post(name=name, title=title, agency=agency, on=on, actor=world.actor)

    first = hold("Lê Thử", "Giám đốc", world.finance)
    second = hold(" Lê  Thử ", "Giám đốc", world.building)
    third = hold("Trần Mẫu", "Giám đốc", world.finance, on=date(2022, 8, 1))
    assert (second.person_id, third.post_id) == (first.person_id, first.post_id)
    assert (Person.objects.count(), Post.objects.count(), Holding.objects.count()) == (2, 2, 3)
    with pytest.raises(PostRefused):
        hold("Lê Thử", "Giám đốc", world.finance, on=date(2022, 6, 1))
    with pytest.raises(PostRefused):
        hold(" ", "Giám đốc", world.finance)
    assert Holding.objects.count() == 3


def test_a_person_of_another_office_is_another_person(worlds: tuple[World, World]) -> None:
    near, far = worlds
    held = [
        hold_post(name="Lê Thử", title="Giám đốc", agency=one.finance, on=DAY, actor=one.actor) for one in (near, far)
    ]
    assert len({one.person_id for one in held}) == len({one.post_id for one in held}) == 2


def add(world: World, username: str, role: str = "officer", actor: Actor | None = None) -> User:
    return add_account(
        username=username,
        password=PASSWORD,
        full_name="Lê Thử",
        role=role,
        agency=None,
        on=DAY,
        actor=actor or world.actor,
    )


def test_an_account_has_a_role_once_and_may_have_another(world: World) -> None:
    user = add(world, "moi")
    with pytest.raises(AccountRefused, match="đã có vai trò này"):
        add(world, " moi ")
    assert add(world, "moi", "leader") == user
    assert sorted(Grant.objects.filter(user=user).values_list("role", flat=True)) == ["leader", "officer"]


@pytest.mark.parametrize("name", ["", "  ", "hai chữ", "a/b", "x" * 151])
def test_a_name_with_which_nobody_could_sign_in_is_refused(world: World, name: str) -> None:
    before = User.objects.count()
    with pytest.raises(AccountRefused, match="không dùng làm tên đăng nhập được"):
        add(world, name)
    assert User.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_offices_that_take_a_name_in_one_moment_one_is_refused() -> None:
    actors = []
    for key in ("gan", "xa"):
        office = founded(key)
        actors.append(Actor(Viewer(None, office.pk, "administrator"), "Nguyễn Văn Thử"))
    said: list[str] = []
    start = threading.Barrier(2)

    def take(actor: Actor) -> None:
        start.wait()
        try:
            add_account(
                username="moi", password=PASSWORD, full_name="", role="officer", agency=None, on=DAY, actor=actor
            )
            said.append("")
        except AccountRefused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Whoever came second found the account, and gave it a role, or was told that the name is taken.
    assert User.objects.filter(username="moi").count() == 1
    assert said.count("") + sum("vừa có người dùng" in one for one in said) == 2
    assert Grant.objects.count() == said.count("")


def founded(key: str) -> Office:
    return found_office(
        key=key,
        name=f"Văn phòng {key}",
        place="Hà Trung",
        hierarchy="party",
        body_name=f"Thành ủy {key}",
        body_kind="party_committee",
        on=DAY,
        actor_name="hệ thống",
    )


def test_an_office_is_founded_whole_or_not_at_all() -> None:
    founded("moi")
    before = (Office.objects.count(), Agency.objects.count(), LogEntry.objects.count())
    with pytest.raises(OfficeRefused, match="đã có"):
        founded("moi")
    with pytest.raises(Exception, match="value too long"):
        found_office(
            key="dai",
            name="Văn phòng",
            place="Hà Trung",
            hierarchy="party",
            body_name="Thành ủy " * 60,
            body_kind="party_committee",
            on=DAY,
            actor_name="hệ thống",
        )
    assert (Office.objects.count(), Agency.objects.count(), LogEntry.objects.count()) == before


def test_the_page_of_the_password_says_in_vietnamese_what_is_wrong(world: World) -> None:
    client = signed_in(world, "officer")

    def said(old: str, new: str, again: str) -> list[str]:
        answer = client.post("/password/", {"oldpassword": old, "password1": new, "password2": again})
        return [one for one in SAYS if one in words(answer)] if answer.status_code == 200 else ["changed"]

    assert said("sai", PASSWORD, PASSWORD) == [SAYS[0]]
    assert said(PASSWORD, "ngan", "ngan") == [SAYS[1]]
    assert said(PASSWORD, "password123456", "password123456") == [SAYS[2]]
    assert said(PASSWORD, "mot mat khau khac", "mot mat khau") == [SAYS[3]]
    assert said(PASSWORD, "mot mat khau khac", "mot mat khau khac") == ["changed"]
    page = client.get("/password/").content.decode()
    form = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    assert [word for word in ("Current", "password", "Password", "again") if word in form] == []


SAYS = (
    "Mật khẩu hiện nay chưa đúng.",
    "Mật khẩu quá ngắn. Hãy dùng ít nhất 14 ký tự.",
    "Mật khẩu này quá dễ đoán.",
    "Không giống mật khẩu mới ở trên.",
)
