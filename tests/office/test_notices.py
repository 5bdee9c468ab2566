"""Promises about notices: the right people are told, nobody of what they did themselves, and no mail is lost."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.history import writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import Notice
from office.conftest import World

pytestmark = pytest.mark.django_db


def person(world: World, role: str) -> Actor:
    user = world.users[role]
    return Actor(Viewer(user.pk, world.office.pk, role), str(user))


def told(world: World, *news: News, by: Actor) -> set[tuple[str, str, str]]:
    """Tell news in an action of its own; give who was told of what."""
    Notice.objects.all().delete()
    with writing(by) as w:
        notify(w, news)
    return {(row.user.username, row.kind, row.url) for row in Notice.objects.select_related("user")}


def test_the_people_concerned_are_told_and_whoever_did_it_is_not(worlds: tuple[World, World]) -> None:
    near, far = worlds
    duty = near.tasks[0].duties.get().pk
    page = f"/duties/{duty}/"
    officer, focal = person(near, "officer"), person(near, "focal")
    assert told(near, News("duty_assigned", duty), by=officer) == {("gan-focal", "duty_assigned", page)}
    assert told(near, News("duty_reported", duty), by=focal) == {("gan-officer", "duty_reported", page)}
    assert told(near, News("duty_reported", duty), by=officer) == set(), "nobody is told of what he did"
    asked = told(near, News("extension_asked", duty), by=focal)
    assert {user for user, _kind, _url in asked} == {"gan-officer", "gan-leader"}
    # An agency without a focal point, a duty and an account of another office: nobody.
    assert told(near, News("clause_urged", agency_id=near.building.pk), by=officer) == set()
    foreign = far.tasks[0].duties.get().pk
    assert told(near, News("duty_assigned", foreign), by=officer) == set()
    strangers = tuple(user.pk for user in far.users.values())
    assert told(near, News("deputy_named", user_ids=strangers), by=officer) == set()
    row = Notice.objects.none()
    told(near, News("reminder", duty, words="còn 5 ngày làm việc"), by=officer)
    row = Notice.objects.get()
    assert (row.title, row.text) == ("Nhiệm vụ số 1 của Cần Thơ", f"{officer.name} · còn 5 ngày làm việc")
    assert date(2022, 1, 3) < row.made_at.date()
