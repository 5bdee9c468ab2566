"""Numbers and rows as JSON: the registry's own, for whoever is signed in, and of no other office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from dondoc.office import figures
from dondoc.office.access import Viewer
from office.asking import ROLES, signed_in
from office.conftest import START, World
from office.test_access import furnished

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 5)
BEFORE = (date(2021, 1, 1), START)


def viewer_of(world: World, role: str) -> Viewer:
    """The one who is signed in: some numbers are everybody's own."""
    seen = world.viewer(role, *([world.finance] if role == "focal" else []))
    return replace(seen, user_id=world.users[role].pk)


def as_json(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize(
    ("role", "day"),
    [*((role, DAY) for role in ROLES), *(("officer", day) for day in BEFORE)],
)
def test_the_numbers_are_those_of_the_registry(worlds: tuple[World, World], role: str, day: date) -> None:
    near, _far = worlds
    furnished(near)
    moment = {"viewer": viewer_of(near, role), "as_of": day, "known_at": None}
    wanted = [
        {"key": n.key, "arguments": dict(n.arguments), "value": as_json(n.value), "sentence": n.sentence}
        for n in figures.values(figures.every(**moment), **moment)
    ]
    given = signed_in(near, role).get("/api/figures", {"as_of": day.isoformat()}).json()
    assert [{name: row[name] for name in ("key", "arguments", "value", "sentence")} for row in given] == wanted
    assert {row["as_of"] for row in given} <= {day.isoformat()}
    assert all(row["value"] is None or type(row["value"]) in {int, float} for row in given)


def test_every_number_opens_to_as_many_rows(world: World) -> None:
    """As a focal point sees them; for the whole office `test_figures_everywhere` holds each number to its rows."""
    furnished(world)
    client = signed_in(world, "focal")
    for number in client.get("/api/figures", {"as_of": DAY.isoformat()}).json():
        definition = figures.figure(number["key"])
        if definition.whole is None and definition.sums is None:
            query = {**number["arguments"], "as_of": DAY.isoformat()}
            rows = client.get(f"/api/figures/{number['key']}/rows", query).json()
            assert len(rows) == number["value"], number


def test_one_key_can_be_asked_for(world: World) -> None:
    client = signed_in(world, "officer")
    given = client.get("/api/figures", {"key": "tasks.total"}).json()
    assert [(row["key"], row["arguments"], row["value"]) for row in given] == [
        ("tasks.total", {"programme": world.programme.key}, 3)
    ]
    for address in ("/api/figures?key=tasks.none", "/api/figures?key=", "/api/figures/tasks.none/rows"):
        answer = client.get(address)
        assert (answer.status_code, list(answer.json())) == (404, ["detail"]), address


def test_nobody_is_answered_without_signing_in(world: World) -> None:
    for address in ("/api/figures", "/api/figures/duties.owed/rows"):
        assert Client().get(address).status_code == 401


@pytest.mark.parametrize("key", ["duties.owed", "tasks.total", "tasks.followed", "tasks.assigned", "tasks.listed"])
def test_arguments_of_another_office_give_nothing(worlds: tuple[World, World], key: str) -> None:
    near, far = worlds
    furnished(far)
    foreign = {
        "programme": far.programme.key,
        "resolution": str(far.resolution.pk),
        "agency": str(far.finance.pk),
        "document": str(far.resolution.pk),
    }
    for name in foreign.keys() & set(figures.figure(key).takes):
        answer = signed_in(near, "officer").get(f"/api/figures/{key}/rows", {name: foreign[name]})
        assert (answer.status_code, answer.json()) == (200, []), name


@pytest.mark.parametrize(
    "address",
    [
        "/api/figures/tasks.total/rows",
        "/api/figures/tasks.in_class/rows?resolution=x&state_class=done",
        "/api/figures/duties.owed/rows?agency=1&programme=gan-list",
        "/api/figures/claims.held/rows?verdict=perhaps",
        "/api/figures?as_of=hom-qua",
        "/api/figures?known_at=25:00",
    ],
)
def test_what_is_not_understood_is_refused_in_words(world: World, address: str) -> None:
    answer = signed_in(world, "officer").get(address)
    assert (answer.status_code, answer.json()["detail"].endswith(".")) == (403, True)


def test_a_focal_point_is_given_its_own_agencys_numbers_only(world: World) -> None:
    other = signed_in(world, "focal").get("/api/figures/duties.owed/rows", {"agency": str(world.building.pk)})
    assert other.json() == []
