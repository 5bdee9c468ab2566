"""The register of documents: filtered, ordered, paged, searched; for each viewer, each day, each instant."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.office import figures
from dondoc.office.actions import register as listing
from dondoc.office.actions.documents import correct_header
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.links import add_link
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Document, DocumentWords, LogEntry
from dondoc.office.queries import register
from dondoc.office.queries.register import Order, Place, Wanted
from dondoc.rules.deadlines import DueRule
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 31)
PAPER = """{head}
*
Số {number}

Cần Thơ, ngày {day} tháng {month} năm 2022

{kind}
{subject}

{body}
"""


def taken(
    world: World,
    number: str,
    *,
    on: date = date(2022, 3, 1),
    head: str = "THÀNH ỦY CẦN THƠ",
    kind: str = "CÔNG VĂN",
    subject: str = "về việc chung",
    body: str = "Nội dung.",
    incoming: str = "",
    received: date | None = None,
) -> Document:
    """Take a paper in, whose words are all its own."""
    text = PAPER.format(
        head=head, number=number, day=f"{on.day:02d}", month=f"{on.month:02d}", kind=kind, subject=subject, body=body
    )
    into = Incoming(text.encode(), f"{number}.txt".replace("/", "-"), received or on, incoming_number=incoming)
    return Document.objects.get(pk=take_in(into, actor=world.actor).document_id)


def numbers(
    world: World,
    order: Order = Order(),  # noqa: B008 -- frozen
    *,
    viewer: object = None,
    as_of: date = DAY,
    known_at: datetime | None = None,
    **wishes: str,
) -> list[str]:
    """The numbers of the documents that a wish gives, in their order."""
    asked = {"viewer": viewer or world.viewer(), "as_of": as_of, "known_at": known_at}
    page = register.page(Wanted(**wishes), **asked, order=order, place=Place())
    assert len(page.found) == register.count(Wanted(**wishes), **asked)
    return [found.row.number for found in page.found]


def test_each_wish_keeps_what_fits_and_the_other_offices_stay_out(worlds: tuple[World, World]) -> None:
    near, far = worlds
    for world in worlds:
        taken(world, "9-CV/TU", on=date(2022, 3, 1), incoming="12", subject="về giải ngân")
        taken(
            world, "10-CV/TU", on=date(2022, 3, 2), incoming="120", received=date(2022, 3, 20), subject="về quy hoạch"
        )
        taken(world, "45/QĐ-UBND", on=date(2022, 3, 3), head="ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", kind="QUYẾT ĐỊNH")
    assert numbers(near) == ["45/QĐ-UBND", "10-CV/TU", "9-CV/TU", "7-NQ/TU"]
    assert numbers(near, hierarchy="state") == ["45/QĐ-UBND"]
    assert numbers(near, hierarchy="party") == ["10-CV/TU", "9-CV/TU", "7-NQ/TU"]
    assert numbers(near, kind="Quyết định") == ["45/QĐ-UBND"]
    issuer = next(name for name in choices(near, "issuer") if "nhân dân" in name.lower())
    assert numbers(near, issuer=issuer.upper()) == ["45/QĐ-UBND"]
    assert numbers(near, issued_from="2022-03-02", issued_to="2022-03-02") == ["10-CV/TU"]
    assert numbers(near, received_from="2022-03-19") == ["10-CV/TU"]
    assert numbers(near, received_to="2022-03-01") == ["9-CV/TU", "7-NQ/TU"]
    assert numbers(near, incoming="12") == ["9-CV/TU"]
    assert numbers(near, programme="gan-list") == ["7-NQ/TU"]
    assert numbers(near, programme="xa-list") == []
    assert numbers(far, programme="xa-list") == ["7-NQ/TU"]
    assert numbers(near, as_of=date(2022, 3, 2)) == ["10-CV/TU", "9-CV/TU", "7-NQ/TU"]


def choices(world: World, column: str) -> list[str]:
    return register.choices(column, viewer=world.viewer(), as_of=DAY, known_at=None)


def test_the_choices_are_those_of_the_office_each_once_in_order(worlds: tuple[World, World]) -> None:
    near, far = worlds
    for n in (1, 2):
        taken(near, f"{n}-CV/TU")
    taken(far, "1-BC/TU", kind="BÁO CÁO")
    assert choices(near, "kind") == ["công văn", "nghị quyết"]
    assert choices(far, "kind") == ["báo cáo", "nghị quyết"]


def test_proposals_tasks_and_late_tasks_are_wishes_too(world: World) -> None:
    read = taken(world, "9-CV/TU", body="1. Giao Sở Tài chính chủ trì lập danh mục công trình.")
    read_document(read.pk, actor=world.actor)
    owed = taken(world, "10-CV/TU", on=date(2022, 3, 2))
    late = NewDuty(world.finance, due=DueRule("day", date(2022, 3, 10)))
    task = add_task(
        NewTask("Lập danh mục", (late,), world.workflow, document=owed), on=date(2022, 3, 2), actor=world.actor
    )
    assert numbers(world, open="1") == ["9-CV/TU"]
    assert numbers(world, Order("open")) == ["9-CV/TU", "10-CV/TU", "7-NQ/TU"]
    assert numbers(world, tasks="1") == ["10-CV/TU"]
    assert numbers(world, late="1") == ["10-CV/TU"]
    assert numbers(world, late="1", as_of=date(2022, 3, 10)) == []
    move_duty(Move(task.duties.get().pk, "done", date(2022, 3, 20)), actor=world.actor)
    assert numbers(world, late="1") == []
    assert numbers(world, tasks="1") == ["10-CV/TU"]


def test_what_names_another_document_is_found_by_its_number_and_by_what_it_does(world: World) -> None:
    one, two = taken(world, "9-CV/TU"), taken(world, "10-CV/TU", on=date(2022, 3, 2))
    add_link(one.pk, kind="implements", number="7-NQ/TU", on=DAY, actor=world.actor)
    add_link(two.pk, kind="cites", number="7-nq/tu", on=DAY, actor=world.actor)
    assert numbers(world, to="7-NQ/TU") == ["10-CV/TU", "9-CV/TU"]
    assert numbers(world, to="7-NQ/TU", link="implements") == ["9-CV/TU"]
    assert numbers(world, to="7-NQ/TU", as_of=date(2022, 3, 30)) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order("issued"), ["45/QĐ-UBND", "9-CV/TU", "10-CV/TU", "7-NQ/TU"]),
        (Order("issued", descending=False), ["7-NQ/TU", "10-CV/TU", "9-CV/TU", "45/QĐ-UBND"]),
        (Order("number", descending=False), ["7-NQ/TU", "9-CV/TU", "10-CV/TU", "45/QĐ-UBND"]),
        (Order("received"), ["10-CV/TU", "45/QĐ-UBND", "9-CV/TU", "7-NQ/TU"]),
        (Order("issuer", descending=False), ["7-NQ/TU", "10-CV/TU", "9-CV/TU", "45/QĐ-UBND"]),
    ],
)
def test_every_order_is_the_same_page_by_page_forwards_and_backwards(
    world: World, order: Order, expected: list[str]
) -> None:
    taken(world, "10-CV/TU", on=date(2022, 3, 1), received=date(2022, 3, 30))
    taken(world, "9-CV/TU", on=date(2022, 3, 2))
    taken(world, "45/QĐ-UBND", on=date(2022, 3, 3), head="ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", kind="QUYẾT ĐỊNH")
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": None, "order": order, "size": 1}
    assert numbers(world, order) == expected
    page, forwards, last = register.page(Wanted(), **moment, place=Place()), [], None
    assert page.before is None
    while True:
        forwards += [found.row.number for found in page.found]
        if page.after is None:
            break
        last = page = register.page(Wanted(), **moment, place=Place(after=page.after))
    backwards = [page.found[0].row.number]
    assert last is not None
    while page.before is not None:
        page = register.page(Wanted(), **moment, place=Place(before=page.before))
        backwards.append(page.found[0].row.number)
    assert forwards == expected
    assert backwards == expected[::-1]


def test_words_are_found_whatever_their_accents_with_their_places(worlds: tuple[World, World]) -> None:
    near, _far = worlds
    body = "Văn phòng theo dõi, ĐÔN  ĐỐC các sở. " + "Mọi việc đều rõ. " * 20 + "Việc đôn đốc được ghi lại."
    for world in worlds:
        taken(world, "1022-CV/TU", body=body)
        taken(world, "8-BC/TU", on=date(2022, 3, 2), kind="BÁO CÁO", body="Đôn vị đốc thúc.")
    for typed in ("don doc", "đôn đốc", "ĐÔN ĐỐC", "đốc đôn"):
        assert numbers(near, q=typed) == ["8-BC/TU", "1022-CV/TU"], typed
    for typed in ('"don doc"', "“đôn đốc”", "1022-cv/tu", "1022-CV", "theo doi “don doc” so", "theo | doi:*"):
        assert numbers(near, q=typed) == ["1022-CV/TU"], typed
    for typed in ("đôn đốcc", '"doc don"', "///", "don ! khong & co"):
        assert numbers(near, q=typed) == [], typed
    page = register.page(
        Wanted(q="“don doc”"), viewer=near.viewer(), as_of=DAY, known_at=None, order=Order(), place=Place()
    )
    [found] = page.found
    text = Document.objects.get(pk=found.row.id).text
    assert [[piece for piece, is_found in one.pieces if is_found] for one in found.snippets] == [
        ["ĐÔN  ĐỐC"],
        ["đôn đốc"],
    ]
    assert [text[one.start :][:7] for one in found.snippets] == ["ĐÔN  ĐỐ", "đôn đốc"]


def test_a_focal_point_finds_its_own_documents_and_only_by_their_heads(world: World) -> None:
    other = taken(world, "11-CV/TU", subject="về kho bạc", body="Giao Sở Xây dựng đôn đốc.")
    own = taken(world, "12-CV/TU", subject="về ngân sách", body="Giao Sở Tài chính đôn đốc; Sở Xây dựng kiểm kê.")
    for document, agency in ((other, world.building), (own, world.finance)):
        new = NewTask("Việc", (NewDuty(agency),), world.workflow, document=document)
        add_task(new, on=date(2022, 3, 2), actor=world.actor)
    focal = world.viewer("focal", world.finance)
    assert numbers(world, viewer=focal) == ["12-CV/TU", "7-NQ/TU"]
    assert numbers(world, viewer=focal, q="ngan sach") == ["12-CV/TU"]
    assert numbers(world, viewer=focal, q="kho bac") == []
    assert numbers(world, viewer=focal, q="kiem ke") == []
    assert numbers(world, q="kiem ke") == ["12-CV/TU"]
    assert numbers(world, viewer=focal, open="1") == []
    answer = signed_in(world, "focal").get("/documents/?q=don+doc&as_of=2022-03-31")
    assert [found.row.number for found in answer.context["found"]] == []
    assert signed_in(world, "focal").get(f"/documents/{own.pk}/text/").status_code == 403


def test_what_was_known_then_is_listed_and_found_as_it_was_known_then(world: World) -> None:
    document = taken(world, "9-CV/TU", subject="về giải ngân")
    before = LogEntry.objects.filter(office=world.office).latest("seq").recorded_at
    correct_header(document, actor=world.actor, number="19-CV/TU", subject="về quyết toán", issued_on=date(2022, 3, 5))
    assert numbers(world, q="quyet toan") == ["19-CV/TU"]
    assert numbers(world, q="quyet toan", known_at=before) == []
    assert numbers(world, known_at=before) == ["9-CV/TU", "7-NQ/TU"]
    assert numbers(world, as_of=date(2022, 3, 1), known_at=before) == ["9-CV/TU", "7-NQ/TU"]
    assert numbers(world, as_of=date(2022, 3, 1)) == ["7-NQ/TU"]


def kept() -> list[dict[str, object]]:
    return list(DocumentWords.objects.order_by("header_id").values())


def test_the_rows_can_be_deleted_and_made_again_and_are_the_same(worlds: tuple[World, World]) -> None:
    near, _far = worlds
    document = taken(near, "9-CV/TU")
    correct_header(document, actor=near.actor, number="19-CV/TU")
    before = kept()
    assert len(before) == 4
    assert listing.rebuild(near.office.pk) == 3
    assert kept() == before
    DocumentWords.objects.all().delete()
    assert numbers(near) == []
    assert [listing.rebuild(world.office.pk) for world in worlds] == [3, 1]
    assert kept() == before


def test_the_total_is_a_figure_that_opens_to_its_rows(world: World) -> None:
    taken(world, "9-CV/TU")
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
    for arguments, n in (({}, 2), ({"kind": "công văn"}, 1), ({"q": "khongco"}, 0)):
        assert figures.value("documents.total", **moment, arguments=arguments).value == n
        assert len(figures.rows("documents.total", **moment, arguments=arguments)) == n
    with pytest.raises(figures.ArgumentsRefused):
        figures.value("documents.total", **moment, arguments={"issued_from": "hôm qua"})


def test_the_page_says_what_was_asked_and_how_many_fit(world: World) -> None:
    taken(world, "9-CV/TU", incoming="123")
    client = signed_in(world, "officer")
    told = words(client.get("/documents/?kind=công văn&issued_from=01/03/2022&to=7-NQ/TU&link=implements"))
    for chip in ("ban hành từ 01/03/2022", "thực hiện 7-NQ/TU"):
        assert chip in told
    told = words(client.get("/documents/?q=9-cv"))
    assert "123" in told
    assert "1 văn bản" in told
    odd = (
        "issued_from=x",
        "hierarchy=x",
        "sort=x&way=y",
        "after=99999",
        "before=0",
        "q=%27%27",
        "link=cites",
        "late=2",
    )
    answers = {query: client.get(f"/documents/?{query}").status_code for query in odd}
    refused = {"issued_from=x": 400, "hierarchy=x": 403, "late=2": 403}
    assert answers == dict.fromkeys(odd, 200) | refused


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "literal"), [("/documents/", 16), ("/documents/?q=tu", 17), ("/documents/?tasks=1&programme=gan-list", 17)]
)
def test_a_page_asks_as_often_with_one_row_as_with_three(world: World, path: str, literal: int, rows: int) -> None:
    for n in range(rows):
        taken(world, f"{n + 1}-CV/TU", subject=f"về việc {n}")
    client = signed_in(world, "officer")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert len(queries) == literal
