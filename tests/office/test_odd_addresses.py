"""Whatever stands in an address, the site answers with a page, a sentence or "no such page": never with a fault."""

from __future__ import annotations

import re

import pytest
import pytest_django.fixtures

from dondoc.office import figures
from dondoc.office.actions.intake import read_document
from office.asking import addresses, signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
ODD = ("abc", "", "-1", "0", "²", "٣", HUGE, "1.5", "%00", "x" * 5000, "2' or '1'='1", "%", "NaN", "😀", "%ff")
PARAMETERS = (
    *("start", "before", "q", "programme", "resolution", "document", "agency"),
    *("state_class", "bucket", "compare", "note", "office", "group", "verdict", "key"),
)
FULL_OF_FILTERS = ("/", "/tasks/", "/report/")
DAYS = ("0000-00-00", "2022-02-30", "30/02/2022", "9999-12-31", "0001-01-01", "1899-12-31", "31/12/2022", "hôm qua")
INSTANTS = (
    *("0001-01-01", "0001-01-01T00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
    *("2022-01-01T25:00", "2022-13-01", "2022-01-05", "2022-01-05T10:00", "2022-01-05T10:00+07:00"),
)


def pages(world: World) -> list[str]:
    """Every page that is asked for by GET, with this office's first record of some nouns, and 1 for all others."""
    first = {
        "document_id": world.resolution.pk,
        "original_id": world.resolution.original_id,
        "task_id": world.tasks[0].pk,
        "duty_id": world.tasks[0].duties.get().pk,
        "agency_id": world.finance.pk,
        "key": "tasks.in_group",
    }
    return [
        re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(first.get(found[1], 1)), address)
        for name, address in addresses()
        if not name.startswith("account_")
    ]


def test_odd_parameters_are_answered(world: World, settings: pytest_django.fixtures.SettingsWrapper) -> None:
    """Every page with all of them; those that ask for any of them by its name, again with other odd values in turn."""
    settings.MIDDLEWARE = ["office.asking.noting", *settings.MIDDLEWARE]
    read_document(world.resolution.pk, actor=world.actor)
    client = signed_in(world, "officer")
    faults, listening = [], set()
    for page in pages(world):
        for turn in range(0, len(ODD), 3):
            odd = {name: ODD[(place + turn) % len(ODD)] for place, name in enumerate(PARAMETERS)}
            answer = client.get(address := f"{page}?{'&'.join(f'{name}={value}' for name, value in odd.items())}")
            if answer.status_code >= 500:
                faults.append(address)
            if answer.asked.isdisjoint(PARAMETERS):
                break
            listening.add(page)
    asked = [f"{page}?{name}={value}" for page in FULL_OF_FILTERS for name in PARAMETERS for value in ("abc", HUGE)]
    faults += [address for address in asked if client.get(address).status_code >= 500]
    assert faults == []
    assert listening > {*FULL_OF_FILTERS, "/api/figures/tasks.in_group/rows"}


def test_odd_days_are_answered_with_a_sentence(world: World) -> None:
    client = signed_in(world, "officer")
    found = {}
    for day in DAYS:
        answer = client.get("/", {"as_of": day})
        found[day] = (answer.status_code, "Hãy ghi" in words(answer))
    refused = (400, True)
    assert found == {**dict.fromkeys(DAYS, refused), "31/12/2022": (200, False)}


@pytest.mark.parametrize("day", ["1900-01-01", "1945-09-02", "1999-12-31", "2200-12-31"])
def test_any_day_of_three_centuries_can_be_looked_at(world: World, day: str) -> None:
    client = signed_in(world, "officer")
    pages_of_a_day = ("/", "/tasks/", "/documents/", "/agencies/", "/report/", "/figures/duties.late", "/api/figures")
    assert {page: client.get(page, {"as_of": day}).status_code for page in pages_of_a_day} == dict.fromkeys(
        pages_of_a_day, 200
    )


def test_odd_instants_are_answered(world: World) -> None:
    client = signed_in(world, "officer")
    found = {
        f"{page} {at}": client.get(page, {"known_at": at}).status_code
        for page in ("/", "/tasks/", "/report/", "/history/", "/api/figures")
        for at in INSTANTS
    }
    assert {name: status for name, status in found.items() if status >= 500} == {}


def test_numbers_in_addresses_may_be_of_any_size(world: World) -> None:
    client = signed_in(world, "officer")
    found = {}
    for _name, address in addresses():
        if "<int:" in address:
            for number in ("4711000", HUGE):
                page = re.sub(r"<int:\w+>", number, address)
                for answer in (client.get(page), client.post(page)):
                    found[page] = max(found.get(page, 0), answer.status_code)
    assert {page: status for page, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize("key", sorted(figures.FIGURES))
def test_odd_arguments_of_figures_are_answered(world: World, key: str) -> None:
    client = signed_in(world, "officer")
    faults = []
    takes = figures.figure(key).takes
    every_name = [dict.fromkeys(takes, value) for value in ("x", "1")]
    # Of the days, and of what is chosen from a list, each is read in the same way: one of them stands for all.
    alike = {argument.kind: name for name, argument in figures.figure(key).arguments.items()}
    tried = [name for name, argument in figures.figure(key).arguments.items() if argument.kind in {"record", "text"}]
    tried += [name for kind, name in alike.items() if kind not in {"record", "text"}]
    sets = [{}, *every_name, *({name: value} for name in tried for value in ("abc", "", "²", HUGE))]
    for arguments in sets:
        for page in (f"/figures/{key}", f"/api/figures/{key}/rows"):
            query = "&".join(f"{name}={value}" for name, value in arguments.items())
            if client.get(f"{page}?{query}").status_code >= 500:
                faults.append(f"{page}?{query}")
    assert faults == []
