"""Agencies, people, documents, definitions and claims: what the office lays down, and what it may not."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.actions.agencies import AgencyRefused, NewAgency, add_agency, rename_agency, succeed_agency
from dondoc.office.actions.claims import ClaimRefused, bind_claim
from dondoc.office.actions.definitions import DefinitionRefused, NewGroup, define
from dondoc.office.actions.documents import DocumentRefused, correct_header
from dondoc.office.actions.people import AccountRefused, add_account, hold_post
from dondoc.office.models import Agency, ClaimBinding, Definition, DocumentHeader, Succession, User
from dondoc.office.queries import agencies, claims, definitions, documents, register
from dondoc.office.queries.register import Order, Place, Wanted
from office.asking import signed_in, words
from office.conftest import GROUPS, START, World
from office.test_access import furnished

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)


def listed(world: World, day: date) -> dict[str, tuple[tuple[str, ...], date | None]]:
    rows = agencies.agencies(viewer=world.viewer(), as_of=day, known_at=None)
    return {row.name: (row.successors, row.ended_on) for row in rows}


def test_an_agency_is_followed_by_another_from_a_day_on(world: World) -> None:
    succeed_agency(world.building, world.finance, kind="merged", on=DAY, basis=world.resolution, actor=world.actor)
    before, after = listed(world, date(2023, 2, 28)), listed(world, DAY)
    assert (before["Sở Xây dựng"], after["Sở Xây dựng"]) == (((), None), (("Sở Tài chính",), DAY))


@pytest.mark.parametrize(
    ("kind", "successor"),
    [("merged", None), ("dissolved", "finance"), ("swallowed", "finance"), ("renamed", "building")],
)
def test_an_agency_ends_in_no_other_way(world: World, kind: str, successor: str | None) -> None:
    follower = getattr(world, successor) if successor else None
    with pytest.raises(AgencyRefused):
        succeed_agency(world.building, follower, kind=kind, on=DAY, basis=None, actor=world.actor)
    assert Succession.objects.count() == 0


@pytest.mark.parametrize("name", ["", "  ", "Sở  Tài chính", "sở tài chính", "x" * 301])
def test_an_agency_has_a_name_of_its_own(world: World, name: str) -> None:
    before = Agency.objects.count()
    with pytest.raises(AgencyRefused):
        add_agency(NewAgency(name, "department", "province"), on=DAY, actor=world.actor)
    assert Agency.objects.count() == before


def test_the_longest_name_is_kept_whole(world: World) -> None:
    name = ("Ủy ban Đặc biệt về Phường " * 20)[:299] + "ậ"
    made = add_agency(NewAgency(name, "committee", "province"), on=DAY, actor=world.actor)
    assert agencies.names([made.pk], as_of=DAY, known_at=None)[made.pk][0] == name


def test_a_new_name_begins_on_its_day(world: World) -> None:
    client, address = signed_in(world, "officer"), f"/agencies/{world.building.pk}/rename/"
    assert address in client.get(f"/agencies/{world.building.pk}/").content.decode()
    assert address not in client.get(f"/agencies/{world.building.pk}/?as_of=2023-03-01").content.decode()
    sent = {"name": " Sở Xây dựng  và Giao thông", "short_name": "Sở XDGT", "on": DAY.isoformat()}
    assert client.post(address, sent)["Location"] == f"/agencies/{world.building.pk}/"
    names = [
        agencies.names([world.building.pk], as_of=day, known_at=None)[world.building.pk][0] for day in (START, DAY)
    ]
    assert names == ["Sở Xây dựng", "Sở Xây dựng và Giao thông"]
    with pytest.raises(AgencyRefused):
        rename_agency(world.building.pk, name=" ", short_name="", on=DAY, actor=world.actor)
    for wrong, says in (
        (sent, "đã mang tên đó"),
        ({**sent, "name": "sở tài chính"}, "Đã có cơ quan khác"),
        ({**sent, "on": "2999-01-01"}, "chưa đến"),
    ):
        answer = client.post(address, wrong)
        assert (answer.status_code, says in words(answer)) == (422, True), says
    # The short name of the same day is mended; papers under the old name still mean the agency.
    assert client.post(address, {**sent, "short_name": "Sở XD-GT"}).status_code == 302
    assert agencies.names([world.building.pk], as_of=DAY, known_at=None)[world.building.pk][1] == "Sở XD-GT"
    assert agencies.named("Sở Xây dựng", office_id=world.office.pk, as_of=DAY) == world.building.pk


def test_an_account_is_made_with_a_long_password_and_a_focal_point_with_an_agency(world: World) -> None:
    def make(**changed: object) -> User:
        usual = {"username": "moi", "password": "mat khau du dai 2022", "full_name": "Lê Thử", "role": "focal"}
        return add_account(**{**usual, "agency": world.finance, "on": DAY, "actor": world.actor, **changed})

    for changed in ({"password": "ngan"}, {"password": "password123456"}, {"agency": None}):
        with pytest.raises(AccountRefused):
            make(**changed)
    assert not User.objects.filter(username="moi").exists()
    assert make().check_password("mat khau du dai 2022")


def test_a_person_holds_a_post_from_a_day_on(world: World) -> None:
    holding = hold_post(name="Lê Thử", title="Giám đốc", agency=world.finance, on=DAY, actor=world.actor)
    assert (holding.person.name, holding.post.agency, holding.effective_on) == ("Lê Thử", world.finance, DAY)


def test_a_corrected_head_is_found_by_its_new_words_and_the_old_row_stays(world: World) -> None:
    correct_header(world.resolution, actor=world.actor, subject="phát triển hạ tầng số", issued_on=date(2022, 1, 6))
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
    page = register.page(Wanted(q="“hạ tầng số”"), **moment, order=Order(), place=Place())
    head = documents.header_row(world.resolution.pk)
    assert [found.row.id for found in page.found] == [world.resolution.pk]
    assert (head.number, head.issued_on, head.effective_on) == ("7-NQ/TU", date(2022, 1, 6), date(2022, 1, 6))
    assert DocumentHeader.objects.filter(document=world.resolution).count() == 2


def test_a_head_takes_no_other_fields_and_no_novel(world: World) -> None:
    with pytest.raises(ValueError, match="folded"):
        correct_header(world.resolution, actor=world.actor, folded="x")
    with pytest.raises(DocumentRefused, match="quá dài"):
        correct_header(world.resolution, actor=world.actor, number="9" * 81)
    assert DocumentHeader.objects.filter(document=world.resolution).count() == 1


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        (GROUPS[:-1], "đã thu hồi"),
        ([*GROUPS, NewGroup("again", "lại", "done", ("done",))], "hai lần"),
        ([*GROUPS, NewGroup("other", "khác", "done", ("nowhere",))], "nowhere"),
        ([*GROUPS, NewGroup("done", "khác", "done", ())], "trùng mã"),
        ([], "đã giao"),
    ],
)
def test_a_definition_counts_every_state_once_and_no_other(world: World, groups: list[NewGroup], sentence: str) -> None:
    before = Definition.objects.count()
    with pytest.raises(DefinitionRefused, match=sentence):
        define(
            world.workflow,
            programme=None,
            name="Mới",
            sentence="",
            groups=groups,
            basis=None,
            on=DAY,
            actor=world.actor,
        )
    assert Definition.objects.count() == before


def test_a_new_definition_counts_from_its_day_on(world: World) -> None:
    merged = [NewGroup("all", "tất cả", "active", tuple(state for group in GROUPS for state in group.states))]
    define(
        world.workflow,
        programme=world.programme,
        name="Mới",
        sentence="Gộp.",
        groups=merged,
        basis=world.resolution,
        on=DAY,
        actor=world.actor,
    )
    scope = (world.workflow.pk, world.programme.pk)
    codes = [
        [group.code for group in definitions.countings([scope], as_of=day, known_at=None)[scope].groups]
        for day in (date(2023, 2, 28), DAY)
    ]
    assert codes == [["waiting", "active", "done", "dropped"], ["all"]]


def test_a_claim_is_held_against_a_number_and_later_against_another(world: World) -> None:
    keys = furnished(world)
    client = signed_in(world, "officer")
    programme = world.programme.key
    for figure in (f"tasks.total|{programme}|", f"tasks.in_group|{programme}|done"):
        answer = client.post(f"/claims/{keys['claim_id']}/bind/", {"figure": figure})
        assert answer.headers["Location"].startswith(f"/documents/{keys['document_id']}/reading/")
    row = next(
        c
        for c in claims.of_document(keys["document_id"], viewer=world.viewer(), known_at=None)
        if c.id == keys["claim_id"]
    )
    assert (row.figure, row.arguments) == ("tasks.in_group", {"programme": programme, "group": "done"})
    held = figures.claims.hold([row], viewer=world.viewer(), known_at=None)[0]
    assert (held.verdict, held.computed.value) == ("differs", 0)


@pytest.mark.parametrize(
    ("figure", "arguments"),
    [
        ("tasks.in_group", {"programme": "gan-list"}),
        ("tasks.in_group", {"programme": "gan-list", "group": "nowhere"}),
        ("tasks.total", {"programme": "xa-list"}),
        ("tasks.total", {}),
        ("tasks.none", {"programme": "gan-list"}),
        ("claims.held", {"verdict": "agrees"}),
        ("duties.owed", {"agency": "abc"}),
        ("duties.owed", {"agency": "1", "programme": "gan-list"}),
        ("tasks.in_class", {"resolution": "1", "state_class": "lost"}),
    ],
)
def test_a_claim_is_held_against_nothing_that_cannot_be_worked_out(
    world: World, figure: str, arguments: dict[str, str]
) -> None:
    keys = furnished(world)
    with pytest.raises((ClaimRefused, figures.ArgumentsRefused)):
        bind_claim(keys["claim_id"], figure=figure, arguments=arguments, actor=world.actor)
    signed_in(world, "officer").post(
        f"/claims/{keys['claim_id']}/bind/", {"figure": "|".join([figure, *arguments.values()])}
    )
    assert ClaimBinding.objects.count() == 0
    assert signed_in(world, "leader").get("/").status_code == 200


def test_a_report_is_issued_of_a_day_that_has_come(world: World) -> None:
    client = signed_in(world, "officer")
    address = f"/report/issue/?programme={world.programme.key}"
    assert client.post(f"{address}&as_of=2022-01-03").status_code == 302
    for query in ("&as_of=2199-01-01", "&as_of=2022-01-03&known_at=2022-01-04"):
        assert client.post(address + query).status_code == 403
    issued = client.get("/report/").context["issued"]
    assert [(one["row"].as_of, one["row"].actor) for one in issued] == [(START, "officer Cần Thơ")]


@pytest.mark.parametrize("query", ["?as_of=2022-01-05", "?known_at=2022-01-05", "?as_of=2100-01-01"])
def test_nothing_is_written_while_another_day_is_looked_at(world: World, query: str) -> None:
    keys = furnished(world)
    client = signed_in(world, "officer")
    step = {"to_state": "reported", "on": "2022-03-01", "seen_state": "in_progress"}
    sent = {
        f"/duties/{keys['duty_id']}/": step,
        f"/documents/{keys['document_id']}/note/": {"text": "Làm"},
        f"/proposals/{keys['proposal_id']}/accept/": {},
        "/documents/add/": {"text": "x", "received_on": "2022-03-01"},
        "/tasks/add/": {"title": "Việc", "lead": world.finance.pk},
    }
    answers = [client.post(address + query, fields) for address, fields in sent.items()]
    refused = "không ghi nhận được"
    assert [(answer.status_code, refused in words(answer)) for answer in answers] == [(403, True)] * len(sent)


def test_every_refusal_is_a_sentence(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        add_agency(NewAgency("Sở Tài chính", "department", "province"), on=DAY, actor=world.actor)
    assert str(refusal.value).endswith(".")
