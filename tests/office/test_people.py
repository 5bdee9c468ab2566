"""Promises about persons and accounts: nobody is entered twice, a name that is taken is refused with a sentence, and
the page of one's own password speaks Vietnamese."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.offices import OfficeRefused, found_office
from dondoc.office.actions.people import (
    AccountRefused,
    DeputyRefused,
    NewDeputy,
    PostRefused,
    add_account,
    disable_account,
    end_deputy,
    hold_post,
    lay_down_deputy,
)
from dondoc.office.models import Agency, Deputy, Grant, Holding, LogEntry, Notice, Office, Person, Post, User
from dondoc.office.queries import people
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


TODAY = localdate()


def acting(world: World, role: str) -> tuple[Client, Deputy]:
    """The officer acts for somebody of the office today."""
    user, deputy = world.users[role].pk, world.users["officer"].pk
    row = lay_down_deputy(NewDeputy(user, deputy, TODAY, TODAY), actor=world.actor)
    client = signed_in(world, "officer")
    client.post("/acting/", {"deputy": row.pk})
    return client, row


def of(world: World, role: str, *agencies: Agency) -> Actor:
    user = world.users[role]
    return Actor(Viewer(user.pk, world.office.pk, role, frozenset(a.pk for a in agencies)), str(user))


def test_whoever_acts_for_another_has_that_persons_rights_and_the_log_names_both(worlds: tuple[World, World]) -> None:
    near, far = worlds
    client, row = acting(near, "leader")
    page = client.get("/tasks/")
    assert "Đang làm thay leader Cần Thơ" in words(page)
    # A leader enters no tasks, the officer would.
    assert client.get("/tasks/add/").status_code == 403
    note = client.post(f"/documents/{near.resolution.pk}/note/", {"text": "Làm sớm"})
    assert note.status_code == 302
    entry = LogEntry.objects.filter(office=near.office).latest("seq")
    assert (entry.action, entry.actor, entry.actor_name) == (
        "write_note",
        near.users["officer"],
        "officer Cần Thơ (thay leader Cần Thơ)",
    )
    # What is one's own stays one's own, and nobody is made a deputy of a deputy.
    assert client.post("/notices/preferences/", {"mail": "never", "address": ""}).status_code == 422
    assert client.post("/notices/feeds/", {}).status_code == 403
    assert client.post("/deputies/", {}).status_code == 403
    assert client.post(f"/deputies/{row.pk}/end/").status_code == 403
    # One press, and it is over; a stranger to this record never begins.
    assert client.post("/acting/", {}).status_code == 302
    assert client.get("/tasks/add/").status_code == 200
    for other in (signed_in(near, "focal"), signed_in(far, "officer")):
        assert other.post("/acting/", {"deputy": row.pk}).status_code == 403
    # So it is when one signs out.
    client.post("/acting/", {"deputy": row.pk})
    client.post("/logout/")
    client.force_login(near.users["officer"], backend="django.contrib.auth.backends.ModelBackend")
    assert "Đang làm thay" not in words(client.get("/tasks/"))


def test_acting_ends_with_its_days_and_with_the_rights_of_the_person(world: World) -> None:
    _client, former = acting(world, "leader")
    end_deputy(former.pk, actor=world.actor)
    row = Deputy.objects.create(
        office=world.office,
        user=world.users["leader"],
        deputy=world.users["officer"],
        effective_on=TODAY - timedelta(days=1),
        until_on=TODAY,
        entry_id=former.entry_id,
        recorded_at=former.recorded_at,
    )
    client = signed_in(world, "officer")
    session = client.session
    session["acting"] = row.pk  # chosen yesterday, in a session that is still open
    session.save()
    form = {"text": "Làm sớm"}
    before = LogEntry.objects.count()
    # Told once, and nothing is written with one's own rights unawares.
    assert client.post(f"/documents/{world.resolution.pk}/note/", form).status_code == 403
    assert LogEntry.objects.count() == before
    assert client.get("/tasks/add/").status_code == 200
    assert client.post("/acting/", {"deputy": row.pk}).status_code == 403

    client, row = acting(world, "inspection")
    assert client.get("/history/").status_code == 200
    disable_account(world.users["inspection"], on=TODAY, actor=world.actor)
    assert client.get("/history/").status_code == 403
    client, row = acting(world, "leader")
    end_deputy(row.pk, actor=of(world, "leader"))
    assert client.get("/tasks/").status_code == 403
    assert client.get("/tasks/").status_code == 200


def test_who_may_stand_in_for_whom(worlds: tuple[World, World]) -> None:
    near, far = worlds
    key = {role: user.pk for role, user in near.users.items()}
    clerk = add_account(
        username="chuyenvien",
        password=PASSWORD,
        full_name="Chuyên viên",
        role="focal",
        agency=near.finance,
        on=DAY,
        actor=near.actor,
    )
    day = timedelta(days=1)

    def refused(user: int, deputy: int, actor: Actor, first: date = TODAY, last: date = TODAY) -> bool:
        try:
            lay_down_deputy(NewDeputy(user, deputy, first, last), actor=actor)
        except DeputyRefused:
            return True
        return False

    leader, focal = of(near, "leader"), of(near, "focal", near.finance)
    assert refused(key["officer"], key["leader"], leader), "only one's own place"
    assert refused(key["leader"], far.users["officer"].pk, near.actor), "nobody of another office"
    assert refused(key["leader"], key["leader"], near.actor)
    assert refused(key["leader"], key["officer"], leader, first=TODAY - day)
    assert refused(key["leader"], key["officer"], leader, first=TODAY, last=TODAY - day)
    assert refused(key["focal"], key["officer"], focal), "for a focal point somebody of the same agency"
    assert not refused(key["focal"], clerk.pk, focal)
    assert not refused(key["leader"], key["officer"], leader, last=TODAY + 5 * day)
    assert refused(key["leader"], key["officer"], leader, first=TODAY + 5 * day, last=TODAY + 9 * day), "twice"
    assert refused(key["officer"], key["inspection"], near.actor), "no deputy of a deputy"
    assert refused(key["inspection"], key["leader"], near.actor), "nor one who is away"
    assert not refused(key["officer"], key["inspection"], near.actor, first=TODAY + 6 * day, last=TODAY + 6 * day)
    # Both are told, whoever laid it down is not; a focal point sees only its own line.
    assert set(Notice.objects.filter(kind="deputy_named", user=key["officer"]).values_list("url", flat=True)) == {
        "/deputies/"
    }
    assert not Notice.objects.filter(user=key["leader"], kind="deputy_named").exists()
    moment = {"as_of": TODAY, "known_at": None}
    assert [row.deputy for row in people.deputies(viewer=focal.viewer, **moment)] == ["Chuyên viên"]
    assert len(people.deputies(viewer=leader.viewer, **moment)) == 3
    assert people.deputies(viewer=far.viewer(), **moment) == []
    with pytest.raises(DeputyRefused):
        end_deputy(people.deputies(viewer=focal.viewer, **moment)[0].id, actor=leader)


def test_the_holders_of_a_post_are_shown_by_the_day(worlds: tuple[World, World]) -> None:
    near, far = worlds
    officer, admin = signed_in(near, "officer"), signed_in(near, "administrator")
    page = f"/agencies/{near.finance.pk}/posts/"
    sent = {"title": "Giám đốc", "name": "Lê Thử", "since": "2022-03-01"}
    assert officer.post(page, sent).status_code == 302
    assert officer.post(page, sent).status_code == 422, "holds it already"
    assert (
        officer.post(page, {**sent, "name": "Lý Cũ", "since": "2021-01-01", "until": "2022-03-01"}).status_code == 302
    )
    assert officer.post(page, {**sent, "name": "Lý Cũ", "until": "2022-02-01"}).status_code == 422
    held = Holding.objects.get(person__name="Lê Thử")
    assert officer.post(f"/holdings/{held.pk}/end/", {"on": "2022-02-01"}).status_code == 422
    assert officer.post(f"/holdings/{held.pk}/end/", {"on": "2022-09-01"}).status_code == 302
    assert officer.post(f"/holdings/{held.pk}/end/", {"on": "2022-10-01"}).status_code == 403, "ended meanwhile"

    def now(day: str) -> list[tuple[str, bool]]:
        rows = people.posts(near.finance.pk, viewer=near.viewer(), as_of=date.fromisoformat(day), known_at=None)
        return [(one.name, one.is_now) for row in rows for one in row.holders]

    assert now("2020-05-01") == []
    assert now("2022-05-01") == [("Lê Thử", True), ("Lý Cũ", False)]
    assert now("2022-09-01") == [("Lê Thử", False), ("Lý Cũ", False)]
    assert "31/08/2022" in words(officer.get(f"{page}?as_of=2022-05-01"))
    assert people.posts(near.finance.pk, viewer=far.viewer(), as_of=TODAY, known_at=None) == []
    # With an account the person is told; an account is one person's.
    focal = near.users["focal"]
    old = Holding.objects.get(person__name="Lý Cũ")
    assert admin.post(f"/holdings/{old.pk}/account/", {"user": focal.pk}).status_code == 302
    focal.refresh_from_db()
    assert focal.person_id == old.person_id
    other = Holding.objects.filter(person__name="Lê Thử").latest("pk")
    assert admin.post(f"/holdings/{other.pk}/account/", {"user": focal.pk}).status_code == 422
    assert admin.post(f"/holdings/{other.pk}/account/", {"user": far.users["focal"].pk}).status_code == 422
    assert admin.post(f"/holdings/{old.pk}/account/", {"user": ""}).status_code == 302
    focal.refresh_from_db()
    assert focal.person_id is None


SAYS = (
    "Mật khẩu hiện nay chưa đúng.",
    "Mật khẩu quá ngắn. Hãy dùng ít nhất 14 ký tự.",
    "Mật khẩu này quá dễ đoán.",
    "Không giống mật khẩu mới ở trên.",
)
