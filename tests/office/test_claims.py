"""Figures that documents state: held against the register, against each other, settled, and proposed a figure."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.actions.claims import ClaimRefused, bind_claim, settle_claim
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.tasks import NewDuty, NewTask, add_tasks
from dondoc.office.figures.claim_lines import likely_figures, since_settled
from dondoc.office.figures.claims import all_held, hold, opposed
from dondoc.office.models import ClaimSettlement
from dondoc.office.queries import claims
from dondoc.office.queries.claims import ClaimRow, Wanted
from office.asking import signed_in, words
from office.conftest import START, World, small_office

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)
PAPER = """THÀNH ỦY
*
Số {number}

Cần Thơ, ngày {day:02d} tháng 3 năm 2022

BÁO CÁO
tình hình thực hiện nghị quyết

{words}
"""


def paper(world: World, stated: str, *, number: str = "11-BC/TU", day: int = 1) -> int:
    """Put in and read a document that states something on a day of March 2022."""
    text = PAPER.format(number=number, day=day, words=stated)
    taken = take_in(Incoming(text.encode(), f"{number}.txt".replace("/", "-"), DAY), actor=world.actor)
    read_document(taken.document_id, actor=world.actor)
    return taken.document_id


def stated(world: World, document: int, value: float) -> ClaimRow:
    """Find the claim of a value in a document."""
    rows = claims.of_document(document, viewer=world.viewer(), known_at=None)
    return next(row for row in rows if float(row.value) == value)


def done(world: World, n: int) -> None:
    """Finish the first n tasks of the list."""
    for task in world.tasks[:n]:
        move_duty(Move(task.duties.get().pk, "done", START), actor=world.actor)


def bind(world: World, row: ClaimRow, figure: str, **arguments: str) -> None:
    named = {"programme": world.programme.key, **arguments}
    bind_claim(row.id, figure=figure, arguments=named, actor=world.actor)


def held(world: World, row: ClaimRow, role: str = "officer") -> tuple[str, str, float | None]:
    """The verdict on a claim, what is missing, and by how much it differs."""
    again = claims.claim(row.id, viewer=world.viewer(), as_of=DAY, known_at=None)
    found = hold([again], viewer=world.viewer(role, world.finance), known_at=None)[0]
    return found.verdict, found.missing, None if found.by is None else float(found.by)


PART = "Đến nay, {n}/{of} nhiệm vụ đã hoàn thành."


@pytest.mark.parametrize(
    ("n", "of", "verdict"),
    [
        (2, 3, ("agrees", "", None)),
        (3, 3, ("differs", "", 1.0)),
        (1, 3, ("differs", "", -1.0)),
        (2, 5, ("differs", "", 2.0)),
    ],
    ids=["the same", "one more", "one fewer", "another whole"],
)
def test_a_claim_is_held_against_the_number_of_its_day(
    world: World, n: int, of: int, verdict: tuple[str, str, float | None]
) -> None:
    done(world, 2)
    row = stated(world, paper(world, PART.format(n=n, of=of)), n)
    bind(world, row, "tasks.in_group", group="done")
    assert held(world, row) == verdict


def test_what_is_missing_is_named(world: World) -> None:
    row = stated(world, paper(world, PART.format(n=2, of=3)), 2)
    assert held(world, row) == ("cannot", "figure", None)
    bind(world, row, "tasks.in_group", group="done")
    assert held(world, row, "focal") == ("cannot", "sight", None)  # who sees a part of the register can compare nothing


def test_a_list_that_was_not_recorded_yet_is_named_with_its_day(world: World) -> None:
    text = PAPER.replace("năm 2022", "năm 2021").format(number="9-BC/TU", day=1, words=PART.format(n=2, of=3))
    taken = take_in(Incoming(text.encode(), "9.txt", DAY), actor=world.actor)
    read_document(taken.document_id, actor=world.actor)
    row = stated(world, taken.document_id, 2)
    bind(world, row, "tasks.in_group", group="done")
    found = hold(
        claims.of_document(taken.document_id, viewer=world.viewer(), known_at=None),
        viewer=world.viewer(),
        known_at=None,
    )
    mine = next(one for one in found if one.claim.id == row.id)
    assert (mine.verdict, mine.missing, "03/01/2022" in mine.why) == ("cannot", "list", True)


def test_a_percentage_is_held_against_a_share_only(world: World) -> None:
    done(world, 2)
    row = stated(world, paper(world, "Đến nay, 66,7% số nhiệm vụ đã hoàn thành."), 66.7)
    with pytest.raises(ClaimRefused, match="phần trăm"):
        bind(world, row, "tasks.in_group", group="done")
    bind(world, row, "tasks.share", group="done")
    assert held(world, row) == ("agrees", "", None)
    count = stated(world, paper(world, PART.format(n=2, of=3), number="12-BC/TU"), 2)
    with pytest.raises(ClaimRefused, match="phần trăm"):
        bind(world, count, "tasks.share", group="done")


def test_the_likely_figure_is_proposed_and_nothing_is_bound_by_it(world: World) -> None:
    done(world, 1)
    document = paper(world, PART.format(n=2, of=3))
    rows = claims.of_document(document, viewer=world.viewer(), known_at=None)
    found = likely_figures(rows, viewer=world.viewer(), known_at=None)
    assert [(one.figure, one.programme, one.group) for one in found[rows[0].id]] == [
        ("tasks.in_group", world.programme.key, "done")
    ]
    page = signed_in(world, "officer").get("/claims/")
    assert found[rows[0].id][0].value in page.content.decode()
    assert found[rows[0].id][0].value not in signed_in(world, "leader").get("/claims/").content.decode()
    assert claims.binding(rows[0].id) is None


def test_two_documents_that_contradict_each_other_stand_side_by_side(worlds: tuple[World, World]) -> None:
    world, far = worlds
    said = "Toàn thành phố có {n} công trình trọng điểm đã hoàn thành."
    first, second = (paper(world, said.format(n=n), number=f"{n}-BC/TU") for n in (7, 9))
    paper(far, said.format(n=8), number="8-BC/TU")
    paper(world, said.format(n=12), number="21-BC/TU", day=2)  # another day: progress moves
    pairs = opposed(viewer=world.viewer(), as_of=date(2022, 4, 1), known_at=None)
    assert [(p.pair.first.document_id, p.pair.second.document_id) for p in pairs] == [(first, second)]
    page = words(signed_in(world, "leader").get("/claims/?show=between"))
    assert ("7 công trình" in page, "9 công trình" in page, "8 công trình" in page) == (True, True, False)
    assert opposed(viewer=world.viewer("focal", world.finance), as_of=date(2022, 4, 1), known_at=None) == []


def test_a_difference_is_settled_with_a_reason_and_can_be_opened_again(world: World) -> None:
    done(world, 2)
    row = stated(world, paper(world, PART.format(n=3, of=3)), 3)
    bind(world, row, "tasks.in_group", group="done")
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
    assert figures.value("claims.open", **moment, arguments={}).value == 1
    client = signed_in(world, "officer")
    client.post(
        f"/claims/{row.id}/settle/", {"kind": "register_right", "reason": "Báo cáo tính cả việc chưa nghiệm thu"}
    )
    assert figures.value("claims.open", **moment, arguments={}).value == 0
    page = words(client.get("/claims/"))
    assert ("chưa nghiệm thu" in page, "officer Cần Thơ" in page) == (True, True)
    client.post(f"/claims/{row.id}/settle/", {"kind": "open", "reason": "Có số mới"})
    assert figures.value("claims.open", **moment, arguments={}).value == 1
    assert [s.kind for s in ClaimSettlement.objects.order_by("id")] == ["register_right", "open"]


def test_a_settlement_says_when_the_register_changed_after_it(world: World) -> None:
    done(world, 1)
    row = stated(world, paper(world, PART.format(n=3, of=3)), 3)
    bind(world, row, "tasks.in_group", group="done")
    settle_claim(row.id, None, kind="register_right", reason="Sổ đúng", actor=world.actor)
    settlement = claims.settlements(viewer=world.viewer(), known_at=None)[row.root, None]
    again = all_held(viewer=world.viewer(), as_of=DAY, known_at=None).bound[0]
    assert since_settled(again, settlement, viewer=world.viewer()) == ""
    move_duty(Move(world.tasks[1].duties.get().pk, "done", START), actor=world.actor)
    again = all_held(viewer=world.viewer(), as_of=DAY, known_at=None).bound[0]
    said = since_settled(again, settlement, viewer=world.viewer())
    assert (" 1" in said, " 2" in said) == (True, True)


@pytest.mark.parametrize(
    ("kind", "other", "reason"),
    [
        ("other_right", False, "vì"),
        ("claim_right", False, "  "),
        ("perhaps", False, "vì"),
        ("register_right", True, "vì"),
    ],
)
def test_a_settlement_that_says_nothing_is_refused(world: World, kind: str, other: bool, reason: str) -> None:
    first = stated(world, paper(world, PART.format(n=3, of=3)), 3)
    second = stated(world, paper(world, PART.format(n=2, of=3), number="12-BC/TU"), 2)
    with pytest.raises(ClaimRefused):
        settle_claim(first.id, second.id if other else None, kind=kind, reason=reason, actor=world.actor)


def test_nobody_settles_what_is_not_the_offices_or_not_theirs(worlds: tuple[World, World]) -> None:
    near, far = worlds
    foreign = stated(far, paper(far, PART.format(n=3, of=5)), 3)
    own = stated(near, paper(near, PART.format(n=3, of=3)), 3)
    with pytest.raises(ClaimRefused):
        settle_claim(foreign.id, None, kind="both_right", reason="vì", actor=near.actor)
    with pytest.raises(ClaimRefused):
        settle_claim(own.id, foreign.id, kind="both_right", reason="vì", actor=near.actor)
    for role in ("leader", "inspection", "focal"):
        sent = signed_in(near, role).post(f"/claims/{own.id}/settle/", {"kind": "both_right", "reason": "vì"})
        assert sent.status_code in {302, 403}
    assert ClaimSettlement.objects.count() == 0
    with pytest.raises(Refused):
        claims.claim(foreign.id, viewer=near.viewer(), as_of=DAY, known_at=None)


def test_a_focal_point_sees_the_claims_of_its_own_documents_only(world: World) -> None:
    mine, others = (paper(world, PART.format(n=n, of=3), number=f"{n}-BC/TU") for n in (2, 3))
    add_tasks(
        [
            NewTask(
                "Việc",
                (NewDuty(agency),),
                world.workflow,
                document=world.resolution.__class__(pk=document),
                start=0,
                end=5,
            )
            for agency, document in ((world.finance, mine), (world.building, others))
        ],
        on=DAY,
        actor=world.actor,
    )
    seen = claims.claims(viewer=world.viewer("focal", world.finance), as_of=DAY, known_at=None)
    assert {row.document_id for row in seen} == {mine}
    page = signed_in(world, "focal").get("/claims/").content.decode()
    assert (f"/documents/{mine}/" in page, f"/documents/{others}/" in page) == (True, False)


def test_filters_find_what_they_say(world: World) -> None:
    done(world, 2)
    agreeing, differing, free = (paper(world, PART.format(n=n, of=3), number=f"{n}-BC/TU") for n in (2, 3, 1))
    bind(world, stated(world, agreeing, 2), "tasks.in_group", group="done")
    bind(world, stated(world, differing, 3), "tasks.in_group", group="done")
    client = signed_in(world, "leader")
    named = f"tasks.in_group|{world.programme.key}|done"

    def found(query: str) -> set[int]:
        return {line.held.claim.document_id for line in client.get(f"/claims/?{query}").context["lines"]}

    assert [found(q) for q in ("", "verdict=agrees", "verdict=differs", "verdict=cannot", "figure=none")] == [
        {agreeing, differing, free}, {agreeing}, {differing}, {free}, {free},
    ]  # fmt: skip
    asked = (f"figure={named}", f"document={free}", "day=1/3/2022", "day=2022-03-02", "settled=settled")
    assert [found(q) for q in asked] == [
        {agreeing, differing}, {free}, {agreeing, differing, free}, set(), set(),
    ]  # fmt: skip


def test_claims_are_found_by_their_words_whatever_their_accents(world: World) -> None:
    mine = paper(world, PART.format(n=2, of=3))
    paper(world, "Toàn thành phố có 7 công trình trọng điểm đã hoàn thành.", number="12-BC/TU")
    for asked in ("NHIEM VU da hoan", "2/3"):
        page = signed_in(world, "leader").get("/claims/", {"q": asked})
        assert {line.held.claim.document_id for line in page.context["lines"]} == {mine}


def test_numbers_of_one_document_that_do_not_add_up_are_listed(world: World) -> None:
    document = paper(
        world,
        "Toàn thành phố có 20 dự án, trong đó: 8 dự án đã hoàn thành; 7 dự án đang thi công; 4 dự án chưa khởi công.",
    )
    found = claims.unsound(viewer=world.viewer(), as_of=DAY, known_at=None)
    assert {row.document_id for row in found} == {document}
    assert f"/documents/{document}/reading/" in signed_in(world, "leader").get("/claims/?show=within").content.decode()


@pytest.mark.parametrize("rows", [2, 3], ids=["one pair", "three pairs"])
def test_more_claims_ask_no_more_of_the_database(db: None, rows: int) -> None:
    world = small_office("gan", "Cần Thơ", tasks=3)
    for n in range(1, rows + 1):
        row = stated(world, paper(world, PART.format(n=n, of=3), number=f"{n}-BC/TU"), n)
        bind(world, row, "tasks.in_group", group="done")
    client = signed_in(world, "officer")
    asked = {}
    for page in ("/claims/", "/claims/?show=between", "/claims/?show=within", "/"):
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        asked[page] = len(queries)
    assert asked == {"/claims/": 32, "/claims/?show=between": 21, "/claims/?show=within": 17, "/": 33}


def test_the_words_of_a_claim_are_cut_by_the_database(world: World) -> None:
    document = paper(world, "x" * 5000 + ". " + PART.format(n=2, of=3) + " " + "y" * 5000)
    with CaptureQueriesContext(connection) as queries:
        row = claims.listed(Wanted(document=document), viewer=world.viewer(), as_of=DAY, known_at=None)[0]
    assert row.words == "Đến nay, 2/3 nhiệm vụ đã hoàn thành"
    cut = 'SUBSTRING("office_document"."text"'
    assert [q["sql"] for q in queries if q["sql"].count('"office_document"."text"') != q["sql"].count(cut)] == []
