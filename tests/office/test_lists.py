"""Lists of tasks: filtered, ordered, kept, handed out as files, changed many at once; calendar, timeline, board."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO, StringIO
from itertools import chain, product
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.actions.agencies import NewAgency, add_agency
from dondoc.office.actions.bulk import BulkRefused, Seen, set_due_of_many
from dondoc.office.actions.documents import correct_header
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.intake import Incoming, take_in
from dondoc.office.actions.obstacles import NewObstacle, name_obstacle
from dondoc.office.actions.programmes import lay_down_programme, put_on_programme
from dondoc.office.actions.saved_views import change_view, delete_view, save_view
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task, name_product
from dondoc.office.actions.urges import NewUrge, urge_duty
from dondoc.office.figures.wishes import arguments_of
from dondoc.office.models import Duty, DutyBearer, DutyDue, LogEntry, ProgrammeTask, SavedView, Task
from dondoc.office.queries import clarity, duties, happenings, products, tasks, wishes
from dondoc.office.queries.wishes import Choices, Order, Wish
from dondoc.office.templatetags.look import shown
from dondoc.office.web.tasks.asking import query_of, read_asked
from dondoc.rules.deadlines import DueRule
from office.asking import signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db
DAY, LOOKED = date(2022, 3, 1), date(2022, 4, 1)


def duty_of(task: Task, role: str = "lead") -> Duty:
    return task.duties.get(role=role)


@pytest.fixture
def furnished(world: World) -> World:
    """Three tasks on a list and two beside it, so that each question has an answer that leaves others out."""
    actor, (first, second, third) = world.actor, world.tasks
    for task, due in ((first, date(2022, 3, 20)), (second, date(2022, 4, 5))):
        set_due(duty_of(task), DueRule("day", due), words="", on=DAY, actor=actor)
    move_duty(Move(duty_of(second).pk, "in_progress", date(2022, 3, 2)), actor=actor)
    move_duty(Move(duty_of(third).pk, "done", date(2022, 3, 3)), actor=actor)
    building = NewTask(
        "Đề án Cảng =1+1",
        (NewDuty(world.building), NewDuty(world.finance, "coordinate", due=DueRule("day", date(2022, 3, 10)))),
        world.workflow,
        kind="project",
        product="Đề án",
        is_sample=True,
    )
    task = add_task(building, on=DAY, actor=actor)
    obstacle = NewObstacle(duty_of(task).pk, "opinion", "chưa có ý kiến", "Bộ Tài chính", DAY)
    name_obstacle(obstacle, on=date(2022, 3, 2), actor=actor)
    urge = NewUrge(kind="don-doc", channel="cong-van", text="Làm ngay")
    urge_duty(duty_of(first).pk, urge, on=date(2022, 3, 25), actor=actor)
    add_task(
        NewTask("Việc chung", (NewDuty(world.finance), NewDuty(world.building)), world.workflow), on=DAY, actor=actor
    )
    return world


def titles(world: World, wish: Wish, order: Order = Order(), **viewed: object) -> list[str]:  # noqa: B008 -- frozen
    moment = {"viewer": world.viewer(), "as_of": LOOKED, "known_at": None, **viewed}
    found = wishes.listed(wish, order=order, **moment)
    paged = [wishes.listed(wish, order=order, start=n, size=1, **moment) for n in range(found.total + 1)]
    assert [row for page in paged for row in page.rows] == list(found.rows)
    assert {page.total for page in paged} == {len(found.rows)}
    asked = {**moment, "arguments": arguments_of(wish)}
    assert figures.value("tasks.listed", **asked).value == found.total
    counted = figures.rows("tasks.listed", **asked)
    assert sorted(row.duty.id for row in counted) == sorted(row.duty.id for row in found.rows)
    return [row.duty.title.removesuffix(" của Cần Thơ").removeprefix("Nhiệm vụ ") for row in found.rows]


def test_each_question_is_answered_and_counted(furnished: World) -> None:
    near, port, shared = furnished, "Đề án Cảng =1+1", "Việc chung"
    finance, building = near.finance.pk, near.building.pk
    every = [port, "số 1", "số 2", "số 3", shared]
    found = {
        "all": titles(near, Wish()),
        "words": titles(near, Wish(words="DE AN  cang")),
        "list": titles(near, Wish(programme=(near.programme.key,))),
        "resolution": titles(near, Wish(resolution=(near.resolution.pk,))),
        "document": titles(near, Wish(document=(near.resolution.pk,))),
        "agency": titles(near, Wish(agency=(building,))),
        "agency, lead": titles(near, Wish(agency=(finance,), role=("lead",))),
        "agency, coordinating, late": titles(near, Wish(agency=(finance,), role=("coordinate",), bucket=("late",))),
        "late": titles(near, Wish(bucket=("late",))),
        "soon": titles(near, Wish(bucket=("due_soon",))),
        "class": titles(near, Wish(state_class=("active",))),
        "state": titles(near, Wish(state=("done",))),
        "due": titles(near, Wish(due_from=date(2022, 3, 20), due_to=date(2022, 4, 4))),
        "assigned": titles(near, Wish(assigned_from=DAY, assigned_to=DAY)),
        "kind": titles(near, Wish(kind=("project",))),
        "origin": titles(near, Wish(origin=("note",))),
        "product": titles(near, Wish(product=("named",))),
        "held up": titles(near, Wish(obstacle="yes")),
        "urged": titles(near, Wish(urged="yes")),
        "not urged": titles(near, Wish(urged="no", programme=(near.programme.key,))),
        "sample": titles(near, Wish(sample="yes")),
        "no sample": titles(near, Wish(sample="no", assigned_from=DAY)),
        "person": titles(near, Wish(person=(4711,))),
        "by due day, last first": titles(near, Wish(), Order("due", descending=True)),
        "by day assigned": titles(near, Wish(), Order("assigned")),
        "by agency": titles(near, Wish(role=("lead",)), Order("agency")),
        "before it was assigned": titles(near, Wish(kind=("project",)), as_of=START),
    }
    assert found == {
        "all": every,
        "words": [port],
        "list": ["số 1", "số 2", "số 3"],
        "resolution": ["số 1", "số 2", "số 3"],
        "document": [],
        "agency": [port, shared],
        "agency, lead": ["số 1", "số 2", "số 3", shared],
        "agency, coordinating, late": [port],
        "late": ["số 1"],
        "soon": ["số 2"],
        "class": ["số 2"],
        "state": ["số 3"],
        "due": ["số 1"],
        "assigned": [port, shared],
        "kind": [port],
        "origin": [],
        "product": [port],
        "held up": [port],
        "urged": ["số 1"],
        "not urged": ["số 2", "số 3"],
        "sample": [port],
        "no sample": [shared],
        "person": [],
        "by due day, last first": ["số 2", "số 1", port, "số 3", shared],
        "by day assigned": ["số 1", "số 2", "số 3", port, shared],
        "by agency": ["số 1", "số 2", "số 3", shared, port],
        "before it was assigned": [],
    }
    for column in wishes.ORDERS:
        assert sorted(titles(near, Wish(), Order(column, descending=True))) == sorted(every)
    moment = {"as_of": LOOKED, "known_at": None}
    focal = near.viewer("focal", near.finance)
    seen = wishes.listed(Wish(), viewer=focal, **moment).rows
    assert {(row.duty.title, row.duty.agency_id) for row in seen if row.duty.title == port} == {(port, finance)}
    assert len(seen) == 5
    days = wishes.days(Wish(), first=DAY, last=date(2022, 4, 10), each=1, viewer=near.viewer(), **moment)
    assert {day: one.total for day, one in days.items()} == {date(2022, 3, 20): 1, date(2022, 4, 5): 1}
    columns = wishes.board(Wish(), by="state", each=1, viewer=near.viewer(), **moment)
    assert [(column.key, column.total, len(column.rows)) for column in columns] == [
        ("assigned", 3, 1),
        ("in_progress", 1, 1),
        ("done", 1, 1),
    ]


@dataclass(frozen=True)
class Asker:
    """Who reads an address: nothing but today."""

    today: date = DAY


DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
KEYS = st.lists(st.integers(1, 10**12), max_size=3, unique=True).map(tuple)


def some(*codes: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), max_size=3, unique=True).map(tuple)


WISHES = st.builds(
    Wish,
    words=st.text(st.characters(exclude_categories=("C", "Z")), max_size=8),
    programme=some("nq59", "ctr03"),
    **dict.fromkeys(("resolution", "document", "agency", "person"), KEYS),
    **dict.fromkeys(("due_from", "due_to", "assigned_from", "assigned_to"), DAYS),
    role=some("lead", "coordinate"),
    bucket=some("late", "open"),
    product=some("issued", "none"),
    obstacle=st.sampled_from(["", "yes", "no"]),
)


@given(WISHES, st.builds(Order, st.sampled_from(["", *wishes.ORDERS]), st.booleans()))
def test_what_an_address_asks_for_is_read_as_it_was_written(wish: Wish, order: Order) -> None:
    nothing = Choices((), (), (), (), (), ())
    found = read_asked(query_of(wish, order), Asker(), nothing)  # type: ignore[arg-type]
    assert (found.wish, found.order) == (wish, order)


def test_of_several_values_of_one_kind_a_task_fits_by_any_and_the_sentence_says_or(furnished: World) -> None:
    near = furnished
    words_of = {"key": "danh-muc-khac", "title": "Danh mục khác", "item_noun": "việc", "order": 2}
    other = lay_down_programme(
        **words_of, resolution=near.resolution, workflow=near.workflow, on=START, actor=near.actor
    )
    put_on_programme(other, [(near.tasks[0], "7")], on=DAY, actor=near.actor)
    moment = {"viewer": near.viewer(), "as_of": LOOKED, "known_at": None}
    values: dict[str, list[object]] = {
        "programme": [near.programme.key, "danh-muc-khac", "khong-co"],
        "agency": [near.finance.pk, near.building.pk, 999999],
        "role": ["lead", "coordinate"],
        "state": ["assigned", "in_progress", "done"],
        "state_class": ["waiting", "active", "done"],
        "bucket": ["late", "due_soon", "no_due"],
        "kind": ["task", "project"],
        "origin": ["document", "hand"],
        "product": ["named", "none", "issued"],
    }
    draw = random.Random(20)
    fitting = 0
    for _n in range(16):
        names = draw.sample(sorted(values), draw.choice((1, 1, 2, 3)))
        asked = {name: tuple(draw.sample(values[name], 2)) for name in names}
        # Asked one by one, and put together by hand.
        alone = [dict(zip(asked, ((one,) for one in choice), strict=True)) for choice in product(*asked.values())]
        each = [wishes.listed(Wish(**one), **moment).rows for one in alone]  # type: ignore[arg-type]
        both = wishes.listed(Wish(**asked), **moment).rows  # type: ignore[arg-type]
        assert sorted(row.task_id for row in both) == sorted({row.task_id for row in chain(*each)}), asked
        fitting += bool(both)
    assert fitting > 8
    client = signed_in(near, "officer")
    finance, building = near.finance.pk, near.building.pk
    sent = client.get(f"/tasks/?agency={finance}&agency={building}&role=lead&state=assigned&state=done&kind=")
    assert sent["Location"] == f"/tasks/?agency={finance}%2C{building}&role=lead&state=assigned%2Cdone"
    page = client.get(sent["Location"])
    assert [chip["text"] for chip in page.context["filters"]["chips"]] == [
        "do Sở Tài chính hoặc Sở Xây dựng chủ trì",
        "ở trạng thái đã giao hoặc đã hoàn thành",
    ]
    shown = [row.duty.title for row in page.context["rows"]]
    client.post("/tasks/views/", {"name": "Hai sở", **dict(parse_qsl(urlsplit(sent["Location"]).query))})
    kept = client.get(f"/tasks/views/{SavedView.objects.get(name='Hai sở').pk}/", follow=True)
    assert [row.duty.title for row in kept.context["rows"]] == shown
    file = client.get(f"/tasks/sheet/csv/?agency={finance},{building}&role=lead&state=assigned,done&columns=title")
    lines = list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"))))
    assert [line[0] for line in lines if line and line[0] in shown] == shown


def test_what_a_task_lacks_of_the_six_points_is_said_on_its_pages_and_asked_for_in_lists(furnished: World) -> None:
    """The rule on the page, and the same in SQL: of every task, on two days."""
    world, actor = furnished, furnished.actor
    classes = add_agency(NewAgency("Các sở, ngành", "unknown", "province", is_class=True), on=START, actor=actor)
    correct_header(world.resolution, actor=actor, issuer_name="Thành ủy Cần Thơ")
    given = {"document": world.resolution, "product": "Danh mục"}
    stages = (NewDuty(world.finance, stage="soạn thảo"), NewDuty(world.building, stage="thẩm định"))
    by_event = (NewDuty(world.finance, due=DueRule("event")),)
    for title, owed, more in (
        ("Việc rõ", (NewDuty(world.finance, due=DueRule("day", date(2022, 5, 1))),), given),
        ("Việc theo sự kiện", by_event, given),
        ("Việc của nhiều đơn vị", (NewDuty(classes),), {}),
        ("Việc theo công đoạn", stages, given),
        ("Việc định hướng", (NewDuty(classes),), {"kind": "orientation"}),
    ):
        add_task(NewTask(title, owed, world.workflow, **more), on=DAY, actor=actor)
    every = ["who", "when", "answers", "product", "authority"]
    for day in (DAY, LOOKED):
        moment = {"viewer": world.viewer(), "as_of": day, "known_at": None}
        lacks = {
            row.duty.title: [
                one.key for one in clarity.missing(tasks.task(row.task_id, **moment), as_of=day, known_at=None)
            ]
            for row in wishes.listed(Wish(), **moment).rows
        }
        asked = {key: {row.duty.title for row in wishes.listed(Wish(unclear=(key,)), **moment).rows} for key in every}
        assert asked == {key: {title for title, keys in lacks.items() if key in keys} for key in every}
    assert lacks == {
        "Nhiệm vụ số 1 của Cần Thơ": ["product", "authority"],
        "Nhiệm vụ số 2 của Cần Thơ": ["product", "authority"],
        "Nhiệm vụ số 3 của Cần Thơ": [],  # it is done
        "Đề án Cảng =1+1": ["when", "authority"],
        "Việc chung": ["when", "answers", "product", "authority"],
        "Việc rõ": [],
        "Việc theo sự kiện": [],
        "Việc của nhiều đơn vị": ["who", "when", "product", "authority"],
        "Việc theo công đoạn": ["when"],
        "Việc định hướng": [],
    }
    shared = Task.objects.get(title="Việc chung")
    officer, focal = signed_in(world, "officer"), signed_in(world, "focal")
    for address in (f"/tasks/{shared.pk}/", f"/duties/{shared.duties.earliest('pk').pk}/"):
        page = officer.get(address).content.decode()
        assert page.count("<li><b>Rõ ") == 4
        assert f'href="/duties/{shared.duties.earliest("pk").pk}/due/"' in page
        told = focal.get(address).content.decode()
        assert (told.count("<li><b>Rõ "), "Gắn vào điều khoản" in told) == (4, False), "only officers are led on"
    page = words(officer.get("/tasks/?unclear=who,answers"))
    assert ("Việc chung" in page, "Việc của nhiều đơn vị" in page, "Việc rõ" in page) == (True, True, False)
    assert "chưa rõ người thực hiện hoặc chưa rõ trách nhiệm" in page
    _name_its_product(world, shared)


def _name_its_product(world: World, task: Task) -> None:
    """Named after the task was entered it is clear from that day on: on its pages, in lists, by what was known."""
    officer, before = signed_in(world, "officer"), LogEntry.objects.latest("recorded_at").recorded_at
    address, sent = f"/tasks/{task.pk}/product/", {"words": " Bảng  chung ", "on": LOOKED.isoformat()}
    assert f'href="{address}"' in officer.get(f"/tasks/{task.pk}/").content.decode()
    early = {**sent, "on": (START - timedelta(days=1)).isoformat()}
    for wrong, says in (({**sent, "words": " "}, ""), (early, "từ ngày đó hoặc sau đó")):
        answer = officer.post(address, wrong)
        assert (answer.status_code, says in words(answer)) == (422, True)
    assert officer.post(address, sent).status_code == 302
    again = officer.post(address, sent)
    assert (again.status_code, "đã là sản phẩm" in words(again)) == (422, True)
    eve = LOOKED - timedelta(days=1)
    asked = [(LOOKED, None), (eve, None), (LOOKED, before)]
    named = []
    for on, known_at in asked:
        moment = {"viewer": world.viewer(), "as_of": on, "known_at": known_at}
        listed = {row.task_id: row.product for row in wishes.listed(Wish(), order=Order("product"), **moment).rows}
        fits = {row.task_id for row in wishes.listed(Wish(product=("named",)), **moment).rows}
        unclear = {row.task_id for row in wishes.listed(Wish(unclear=("product",)), **moment).rows}
        missing = [one.key for one in clarity.missing(tasks.task(task.pk, **moment), as_of=on, known_at=known_at)]
        found = products.expected([task.pk], **moment).get(task.pk, "")
        assert (listed[task.pk], task.pk in fits, task.pk not in unclear) == (found, bool(found), bool(found))
        assert ("product" in missing) == (not found)
        named.append(found)
    assert named == ["Bảng chung", "", ""]
    # Of the same day it is mended; both are told with each duty, with how late they were entered.
    name_product(task.pk, "Bảng của thành phố", on=LOOKED, actor=world.actor)
    late = f"ghi nhận muộn {shown((localdate() - LOOKED).days)} ngày"
    for page in (f"/tasks/{task.pk}/", f"/duties/{task.duties.earliest('pk').pk}/"):
        told = words(officer.get(page))
        assert ("Bảng của thành phố" in told, late in told) == (True, True), page
    story = happenings.history(task.duties.earliest("pk").pk, viewer=world.viewer(), as_of=LOOKED, known_at=None)
    found = [(one.title, one.is_replaced) for one in story if one.kind == "product_named"]
    assert found == [("Sản phẩm: Bảng của thành phố", False), ("Sản phẩm: Bảng chung", True)]


def test_filters_read_as_a_sentence_and_what_is_not_understood_is_said(furnished: World) -> None:
    client = signed_in(furnished, "officer")
    query = f"agency={furnished.finance.pk}&role=lead&bucket=late&due_to=2022-12-31&as_of=2022-04-01"
    page = client.get(f"/tasks/?{query}")
    chips = [chip["text"] for chip in page.context["filters"]["chips"]]
    assert chips == ["do Sở Tài chính chủ trì", "quá hạn", "hạn đến hết 31/12/2022"]
    first = page.context["filters"]["chips"][0]["remove_url"]
    assert first == "/tasks/?bucket=late&due_to=2022-12-31&as_of=2022-04-01"
    odd = words(client.get("/tasks/?due_from=hom-qua&agency=999999&sort=mau&columns=ten,due"))
    assert [piece in odd for piece in ("hom-qua", "999999", "mau")] == [True, True, True]


def test_all_that_is_shown_goes_into_a_file(furnished: World) -> None:
    client = signed_in(furnished, "officer")
    query = "as_of=2022-04-01&columns=title,agency,due,timeliness,urges&role=lead&sort=due"
    answer = client.get(f"/tasks/sheet/csv/?{query}")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert (answer.content[:3], answer.headers["Content-Type"]) == (b"\xef\xbb\xbf", "text/csv; charset=utf-8")
    assert (rows[0][0], rows[2][0], rows[5]) == (
        f"Nhiệm vụ · {furnished.office.name}",
        "Tính đến ngày 01/04/2022",
        ["Nhiệm vụ", "Đơn vị", "Hạn", "Tiến độ", "Đôn đốc", "Quá hạn (ngày)"],
    )
    assert "officer Cần Thơ" in rows[3][0]
    assert rows[6] == ["Nhiệm vụ số 1 của Cần Thơ", "Sở Tài chính", "20/03/2022", "quá hạn 12 ngày", "1", "12"]
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/tasks/sheet/xlsx/?{query}").content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[6] == ["Nhiệm vụ số 1 của Cần Thơ", "Sở Tài chính", date(2022, 3, 20), "quá hạn 12 ngày", 1.0, 12.0]
    assert [len(rows), len(sheet)] == [11, 11]
    made = add_task(
        NewTask("=HYPERLINK(1)", (NewDuty(furnished.finance),), furnished.workflow), on=DAY, actor=furnished.actor
    )
    found = client.get("/tasks/sheet/csv/?q=hyperlink").content.decode()
    assert ("'=HYPERLINK(1)" in found, ",=HYPERLINK" in found, made.title) == (True, False, "=HYPERLINK(1)")
    assert client.get("/tasks/sheet/pdf/").status_code == 404


def test_a_list_is_kept_shared_renamed_and_deleted(worlds: tuple[World, World]) -> None:
    near, far = worlds
    officer, leader, stranger = signed_in(near, "officer"), signed_in(near, "leader"), signed_in(far, "officer")
    officer.post("/tasks/views/", {"name": " Quá  hạn ", "bucket": "late", "shape": "board", "agency": "987654"})
    row = SavedView.objects.get()
    address = f"/tasks/views/{row.pk}/"
    assert (row.name, row.query, row.is_shared) == ("Quá hạn", "bucket=late&shape=board&agency=987654", False)
    opened = officer.get(address, follow=True)
    assert (opened.context["opened"].name, "987654" in words(opened)) == ("Quá hạn", True)
    assert [client.get(address).status_code for client in (leader, stranger)] == [403, 403]
    officer.post(f"{address}change/", {"name": "Quá hạn của sở", "is_shared": "on"})
    assert [client.get(address).status_code for client in (leader, stranger)] == [302, 403]
    assert [view.name for view in leader.get("/tasks/").context["views"]] == ["Quá hạn của sở"]
    assert stranger.get("/tasks/").context["views"] == []
    before = LogEntry.objects.count()
    for client in (leader, stranger):
        client.post(f"{address}change/", {"delete": "1"})
        client.post(f"{address}change/", {"name": "Của tôi"})
    assert (SavedView.objects.get().name, LogEntry.objects.count()) == ("Quá hạn của sở", before)
    actor = type(near.actor)(type(near.actor.viewer)(near.users["officer"].pk, near.office.pk, "officer"), "A")
    other = save_view(name="Khác", query="", is_shared=False, actor=actor)
    with pytest.raises(Refused, match="Quá hạn của sở"):
        change_view(other.pk, name="Quá hạn của sở", is_shared=False, actor=actor)
    with pytest.raises(Refused):
        save_view(name=" ", query="", is_shared=False, actor=actor)
    assert save_view(name="Khác", query="q=a", is_shared=False, actor=actor).pk == other.pk
    delete_view(other.pk, actor=actor)
    officer.post(f"{address}change/", {"delete": "1"})
    assert SavedView.objects.count() == 0


def ticked(*duties: Duty, state: str = "assigned") -> str:
    return ",".join(f"{duty.pk}:{state}" for duty in duties)


def test_a_step_for_many_is_taken_by_all_or_by_none(worlds: tuple[World, World]) -> None:
    near, far = worlds
    client = signed_in(near, "officer")
    first, second, third = (duty_of(task) for task in near.tasks)
    foreign = duty_of(far.tasks[0])
    move_duty(Move(third.pk, "done", DAY), actor=near.actor)

    def standing() -> list[int]:
        tables = (LogEntry, DutyDue, DutyBearer, ProgrammeTask)
        return [table.objects.count() for table in tables]

    before = standing()
    due = {"due_on": "2030-06-30", "words": "theo kết luận giao ban"}
    asked = client.get(f"/tasks/bulk/due/?duty={first.pk}&duty={third.pk}&duty={foreign.pk}")
    assert ("2 việc của 1 đơn vị" in words(asked), "Bắc Kạn" in words(asked)) == (True, False)
    refused = client.post("/tasks/bulk/due/", {**due, "duties": f"{ticked(first)},{ticked(third, state='done')}"})
    assert (refused.status_code, [row.duty.id for row, _why in refused.context["refused"]]) == (422, [third.pk])
    assert refused.context["able"] == ticked(first)
    stale = client.post("/tasks/bulk/due/", {**due, "duties": ticked(first, second, third)})
    assert "Trong lúc đó" in stale.context["refused"][0][1]
    foreign_sent = client.post("/tasks/bulk/due/", {**due, "duties": ticked(first, foreign)})
    assert (foreign_sent.status_code, "Bắc Kạn" in words(foreign_sent)) == (422, False)
    nowhere = {"to_state": "reported", "on": "2022-04-01", "duties": ticked(first, second)}
    assert client.post("/tasks/bulk/move/", nowhere).status_code == 422
    assert (
        client.post("/tasks/bulk/programme/", {"programme": far.programme.key, "duties": ticked(first)}).status_code
        == 422
    )
    basis = {"agency": far.building.pk, "reason": "x", "duties": ticked(first)}
    assert client.post("/tasks/bulk/hand-over/", basis).status_code == 422
    assert standing() == before

    both = ticked(first, second)
    assert client.post("/tasks/bulk/due/", {**due, "duties": both}).status_code == 302
    assert [duty.dues.latest("pk").last_day for duty in (first, second)] == [date(2030, 6, 30)] * 2
    # Any rule that can be typed for one can be typed for many.
    quarter = {"due_kind": "quarter", "due_quarter": "2", "due_year": "2031", "words": "chờ số liệu"}
    assert client.post("/tasks/bulk/due/", {**quarter, "duties": both}).status_code == 302
    event = {"due_kind": "event", "due_after": "10", "due_unit": "working_day", "words": "sau khi có ý kiến"}
    assert client.post("/tasks/bulk/due/", {**event, "duties": ticked(first)}).status_code == 302
    found = [[(row.kind, row.last_day) for row in duty.dues.order_by("-pk")[:2]] for duty in (first, second)]
    assert found == [
        [("event", None), ("quarter", date(2031, 6, 30))],
        [("quarter", date(2031, 6, 30)), ("day", date(2030, 6, 30))],
    ]
    moved = {"to_state": "in_progress", "on": "2022-04-01", "note": "", "duties": both}
    assert client.post("/tasks/bulk/move/", moved).status_code == 302
    assert [duty.changes.latest("pk").to_state for duty in (first, second)] == ["in_progress"] * 2
    going = ticked(first, second, state="in_progress")
    passed = {"agency": near.building.pk, "reason": "đổi đơn vị chủ trì", "duties": going}
    passed |= {"due_kind": "month", "due_month": "9", "due_year": "2031"}
    assert client.post("/tasks/bulk/hand-over/", passed).status_code == 302
    assert [duty.bearers.latest("pk").agency for duty in (first, second)] == [near.building] * 2
    assert [duty.dues.latest("pk").last_day for duty in (first, second)] == [date(2031, 9, 30)] * 2
    added = add_task(NewTask("Ngoài danh mục", (NewDuty(near.finance),), near.workflow), on=DAY, actor=near.actor)
    listed = {"programme": near.programme.key, "duties": ticked(duty_of(added))}
    assert client.post("/tasks/bulk/programme/", listed).status_code == 302
    assert client.post("/tasks/bulk/programme/", listed).status_code == 422
    assert added.programmes.count() == 1
    everything = client.get("/tasks/bulk/due/?all=1&q=nhiem vu&agency=x")
    assert everything.status_code == 403  # a filter that is not understood does not mean all
    assert len(client.get("/tasks/bulk/due/?all=1&q=nhiem vu").context["first"]) == 3
    assert client.get("/tasks/bulk/due/?all=1&as_of=2022-04-01").status_code == 403
    for n in range(10):
        add_task(NewTask(f"Việc {n}", (NewDuty(near.finance),), near.workflow), on=DAY, actor=near.actor)
    assert "và 2 việc nữa" in words(client.get("/tasks/bulk/due/?all=1"))
    with pytest.raises(BulkRefused) as held:
        set_due_of_many([Seen(foreign.pk, "assigned")], due=None, words="x", on=DAY, actor=near.actor)
    assert [one.duty_id for one in held.value.refusals] == [foreign.pk]


def test_a_card_is_moved_by_the_same_action(worlds: tuple[World, World]) -> None:
    near, far = worlds
    client, duty = signed_in(near, "focal"), duty_of(near.tasks[0])
    page = client.get("/tasks/?shape=board")
    card = next(card for card in page.context["columns"][0].cards if card.row.duty.id == duty.pk)
    assert (card.back, card.forward.code) == (None, "in_progress")
    part = client.post(
        "/tasks/move/?by=state", {"move": f"{duty.pk}:assigned:in_progress"}, headers={"HX-Request": "true"}
    )
    assert (part.status_code, [column.head.key for column in part.context["columns"]]) == (
        200,
        ["assigned", "in_progress"],
    )
    late = client.post("/tasks/move/", {"move": f"{duty.pk}:assigned:done"}, headers={"HX-Request": "true"})
    assert (late.status_code, "đang thực hiện" in words(late)) == (422, True)
    foreign = client.post("/tasks/move/", {"move": f"{duty_of(far.tasks[0]).pk}:assigned:in_progress"})
    assert (foreign.status_code, duty.changes.count()) == (403, 2)


def test_each_number_of_a_list_opens_to_the_rows_it_stands_for(furnished: World) -> None:
    """In every shape, and where two duties of one task fit: the task counts once, where it is shown."""
    port = Task.objects.get(title="Đề án Cảng =1+1")
    move_duty(Move(duty_of(port, "coordinate").pk, "in_progress", date(2022, 3, 20)), actor=furnished.actor)
    two = f"agency={furnished.building.pk},{furnished.finance.pk}"
    viewers = {"officer": furnished.viewer(), "focal": furnished.viewer("focal", furnished.finance)}
    clients = {role: signed_in(furnished, role) for role in viewers}
    asked = [("officer", ""), ("officer", two), ("officer", "state_class=active"), ("focal", two)]
    shown = {}
    for (role, query), shape in product(asked, ("board", "board&by=state", "calendar")):
        context = clients[role].get(f"/tasks/?as_of=2022-04-01&{query}&shape={shape}").context
        squares = [square for week in context.get("weeks", ()) for square in week if square.total]
        parts = [(column.figure, column.head.total) for column in context.get("columns", ())]
        parts += [(square.figure, square.total) for square in squares]
        for number, total in [(context["counted"], context["total"]), *parts]:
            moment = {"viewer": viewers[role], "as_of": LOOKED, "known_at": None, "arguments": dict(number.arguments)}
            counted = figures.value(number.key, **moment).value, len(figures.rows(number.key, **moment))
            assert (number.value, counted) == (total, (total, total)), (role, number)
            assert len(figures.opened(number.key, **moment, size=1).rows) == min(total, 1), "a page shows a few of many"
        shown[role, query, shape] = [total for _number, total in parts]
    assert shown["officer", two, "board"] == [3, 1, 1, 0, 0]
    assert shown["officer", "state_class=active", "board"] == [1]
    taken = take_in(Incoming("Thư cảm ơn.".encode(), "thu.txt", START), actor=furnished.actor)
    other = f"/tasks/?document={taken.document_id}"
    taskless = clients["officer"].get(other).context
    assert (taskless["unknown"], taskless["empty"]["title"]) == ((), "Chưa có nhiệm vụ nào từ văn bản này")
    assert taskless["empty"]["action_url"] == f"/documents/{taken.document_id}/reading/"
    not_seen = clients["focal"].get(other).context
    assert (len(not_seen["unknown"]), not_seen["empty"]["title"]) == (1, "Không có nhiệm vụ phù hợp")
    unknown = clients["officer"].get("/tasks/?kind=boat").context["counted"]
    assert (unknown.value, unknown.url) == (0, ""), "what no register knows opens to nothing"
    opened = words(clients["officer"].get(f"/figures/tasks.listed?{two}&in_class=waiting&role=lead&as_of=2022-04-01"))
    assert "đơn vị: Sở Xây dựng; Sở Tài chính · vai trò: chủ trì · ở cột nhóm trạng thái: chờ" in opened


@pytest.mark.parametrize("month", ["2022-04", "1900-01", "2200-12", "0000-00", "x"])
def test_a_month_is_shown_whatever_is_asked_for(furnished: World, month: str) -> None:
    page = signed_in(furnished, "officer").get(f"/tasks/?shape=calendar&month={month}&as_of=2022-04-01")
    weeks = page.context["weeks"]
    assert {len(week) for week in weeks} == {7}
    days = [square.on for week in weeks for square in week]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    if month == "2022-04":
        assert {square.on: square.total for week in weeks for square in week if square.total} == {date(2022, 4, 5): 1}


def test_a_bar_says_in_words_what_it_draws(furnished: World) -> None:
    set_due(
        duty_of(furnished.tasks[0]),
        DueRule("day", date(2022, 3, 28)),
        words="",
        on=date(2022, 3, 5),
        actor=furnished.actor,
    )
    for span in ("", "year", "quarter", "x"):
        page = signed_in(furnished, "officer").get(f"/tasks/?shape=timeline&q=so 1&as_of=2022-04-01&span={span}")
        bar = page.context["bars"][0]
        assert bar.says == "giao ngày 03/01/2022, hạn 28/03/2022, hạn ban đầu 20/03/2022"
        assert (bool(bar.first_due), bool(bar.late_x), bool(bar.done)) == (True, True, False)


# Thousands of tasks, each with a lead and two that coordinate; five ways in which each duty stood, and five in
# which it was for a day believed to stand.
CROWD = """
    insert into office_task (entry_id, recorded_at, kind, origin, title, product, assigned_on, is_sample, folded,
        sort_key, office_id, workflow_id)
    select t.entry_id, t.recorded_at, 'task', 'hand', 'Việc ' || n, '', t.assigned_on + n %% 300, false,
        'viec ' || n || case when n %% 500 = 0 then ' xuyenvan' else '' end, 'viec ' || n, t.office_id, t.workflow_id
    from office_task t, generate_series(1, 4000) n where t.id = %(task)s"""
CROWD_STANDS = """
    insert into office_dutyspan (office_id, workflow_id, task_id, duty_id, role, place, sole_lead, bearer_id, state,
        since, due_on, first_due_on, valid_from, valid_until, known_from, known_until)
    select t.office_id, t.workflow_id, t.id, 10 * t.id + d, case d when 0 then 'lead' else 'coordinate' end, d, d = 0,
        %(agency)s + t.id %% 7, case when (t.id + d) %% 3 = 0 then 'in_progress' else 'done' end, t.assigned_on,
        t.assigned_on + 90, t.assigned_on + 90, t.assigned_on + greatest(former, 0),
        case when former between 0 and 3 then t.assigned_on + former + 1 end,
        t.recorded_at + make_interval(days => greatest(-former, 0)),
        case when former < 0 then t.recorded_at + make_interval(days => 1 - former) end
    from office_task t, generate_series(0, 2) d, generate_series(-5, 4) former where t.title like 'Việc %%'"""


def asked_of_the_database(ask: Callable[[], object]) -> list[str]:
    """Ask, and give the plan of each query that was made for it."""
    with CaptureQueriesContext(connection) as made:
        ask()
    with connection.cursor() as cursor:
        plans = []
        for query in made.captured_queries:
            cursor.execute(f"explain {query['sql']}")
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
    return plans


def test_pages_searches_and_counts_of_a_large_office_come_from_indexes(world: World) -> None:
    """By the plans that the server itself chooses: no large table is read through for a page of a hundred."""
    with connection.cursor() as cursor:
        cursor.execute(CROWD, {"task": world.tasks[0].pk})
        cursor.execute(CROWD_STANDS, {"agency": world.finance.pk})
        for table in ("office_task", "office_dutyspan"):
            cursor.execute(f"analyze {table}")
    moment = {"viewer": world.viewer(), "as_of": date(2024, 1, 2), "known_at": None}
    pages = {
        Wish(): "task_by_title",
        Wish(words="xuyenvan"): "task_by_letters",
        Wish(state=("in_progress",)): "task_by_title",
        Wish(state_class=("active",), bucket=("late",)): "task_by_title",
        Wish(
            state_class=("active",), bucket=("late",), assigned_from=date(2022, 2, 1), assigned_to=DAY
        ): "span_now_lead",
    }
    for wish, index in pages.items():
        plans = asked_of_the_database(lambda wish=wish: wishes.listed(wish, size=100, **moment))
        assert index in "".join(plans), plans
        assert [plan for plan in plans if READ_THROUGH.search(plan)] == []
    by_day = asked_of_the_database(lambda: wishes.listed(Wish(), order=Order("assigned"), size=100, **moment))
    assert "task_by_day_assigned" in "".join(by_day), by_day
    assert [plan for plan in by_day if READ_THROUGH.search(plan)] == []
    # A day and an instant long past are found among all that is over and all that was believed for a time.
    known_at = world.tasks[0].recorded_at + timedelta(days=2, hours=1)
    then = {"viewer": world.viewer(), "as_of": date(2022, 6, 1), "known_at": known_at}
    for ask in (lambda: duties.by_class(**then), lambda: wishes.listed(Wish(state=("done",)), size=100, **then)):
        plans = asked_of_the_database(ask)
        assert re.search(r"\bspan_known_then\b", "".join(plans)), plans
        assert [plan for plan in plans if READ_THROUGH.search(plan)] == []
    plans = asked_of_the_database(lambda: duties.by_class(**then | {"known_at": None}))
    assert re.search(r"\bspan_then\b", "".join(plans)), plans


# To count all tasks that were ever assigned, their table may be read; for nothing else.
READ_THROUGH = re.compile(r"Seq Scan on office_dutyspan\b|^Limit[^$]*Seq Scan on office_task\b")
