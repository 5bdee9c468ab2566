"""The demo offices have a real history: every published day can be asked again, and so can the days around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate

from dondoc import demo
from dondoc.cli.figures import Asked, as_json, numbers
from dondoc.demo import data
from dondoc.office import figures
from dondoc.office.access import Actor, Viewer, operator_of
from dondoc.office.actions.definitions import name_states
from dondoc.office.actions.indicators import NewTarget, set_target
from dondoc.office.actions.measures import NewMeasure, lay_down_measure
from dondoc.office.actions.parameters import NewValue, lay_down_parameter
from dondoc.office.actions.people import end_holding, hold_post
from dondoc.office.charts import moments_drawn
from dondoc.office.figures.claims import HeldClaim, hold
from dondoc.office.models import Document, DocumentHeader, DutyBearer, LogEntry, Office, Target, Task, TaskLineage, User
from dondoc.office.queries import (
    agencies,
    claims,
    comparisons,
    compilations,
    documents,
    frames,
    history,
    issued,
    people,
    programmes,
    readings,
    tasks,
)
from dondoc.office.queries.comparisons import Compared, Moment
from dondoc.office.reports.board import Scope
from dondoc.office.reports.movements import told
from dondoc.office.reports.pictures import states_over_time
from dondoc.office.reports.remaking import remade
from dondoc.rules import chain

pytestmark = pytest.mark.django_db

BUILT_ON = date(2025, 6, 30)
MEETING, CONFERENCE = date(2022, 11, 21), date(2023, 12, 2)
LOCAL = timezone(timedelta(hours=7))
BEFORE_THE_DOCUMENT = datetime(2023, 12, 4, 8, 0, tzinfo=LOCAL)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[demo.Built]:
    """Both offices, built once for this file and rolled back after it: the records refuse to be deleted."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # as Django's own test classes do
        around.__enter__()
        try:
            yield demo.build(today=BUILT_ON)
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


def office(key: str) -> Office:
    return Office.objects.get(key=key)


@pytest.fixture
def cantho(built: demo.Built) -> Viewer:
    return operator_of(office("cantho"))


@pytest.fixture
def backan(built: demo.Built) -> Viewer:
    return operator_of(office("backan"))


def counts(viewer: Viewer, programme: str, day: date, known_at: datetime | None = None) -> dict[str, int] | None:
    """The counts of a list by group, with their sum as the registry counts it; None when it is not on record."""
    asked = {"viewer": viewer, "as_of": day, "known_at": known_at}
    requests = figures.every(**asked, keys=("tasks.total", "tasks.in_group"))
    mine = [(key, arguments) for key, arguments in requests if arguments["programme"] == programme]
    found = figures.values(mine, **asked)
    if not found:
        total = figures.value("tasks.total", **asked, arguments={"programme": programme})
        assert total.value is None
        return None
    by_group = {dict(number.arguments)["group"]: number.value for number in found if number.key == "tasks.in_group"}
    assert [number.value for number in found if number.key == "tasks.total"] == [sum(by_group.values())]
    return by_group


def titles(viewer: Viewer, programme: str, group: str, day: date) -> set[str]:
    return {row.title for row in programmes.items(programme, viewer=viewer, as_of=day, known_at=None, group=group)}


# The list, the day, and how many stood in each group; around each event the day before it and the day itself.
PUBLISHED = [
    ("nq59-trung-uong", MEETING, {"done": 2, "doing": 4}),
    ("nq59-trung-uong", CONFERENCE, {"done": 2, "doing": 4}),
    ("nq59-thanh-pho", MEETING, {"done": 7, "doing": 7}),
    ("nq59-thanh-pho", CONFERENCE, {"done": 8, "doing": 5, "studying": 1}),
    ("nq59-trong-tam", MEETING, {"done": 9, "doing": 11}),
    ("nq59-trong-tam", CONFERENCE, {"done": 10, "doing": 9, "studying": 1}),
    ("nq98-du-an", MEETING, {"construction": 10, "decided": 5, "proposal": 8, "deferred": 2}),
    ("nq98-du-an", CONFERENCE, {"construction": 10, "decided": 5, "proposal": 8, "deferred": 2}),
    ("nq98-giao-so-nganh", MEETING, {"done": 22, "doing": 11, "under_review": 2}),
    ("nq98-giao-so-nganh", CONFERENCE, {"issued": 25, "doing": 8, "deferred": 2}),
    ("ctr03", CONFERENCE, {"done": 9, "doing": 36}),
]
AROUND = [
    ("nq59-trung-uong", date(2021, 9, 14), None),
    ("nq59-trung-uong", date(2021, 9, 15), {"done": 0, "doing": 6}),
    ("nq59-trung-uong", date(2022, 1, 10), {"done": 0, "doing": 6}),
    ("nq59-trung-uong", date(2022, 1, 11), {"done": 1, "doing": 5}),
    ("nq59-trung-uong", date(2022, 2, 27), {"done": 1, "doing": 5}),
    ("nq59-trung-uong", date(2022, 2, 28), {"done": 2, "doing": 4}),
    ("nq59-thanh-pho", date(2022, 5, 19), {"done": 0, "doing": 14}),
    ("nq59-thanh-pho", date(2022, 5, 20), {"done": 4, "doing": 10}),
    ("nq59-thanh-pho", date(2022, 10, 27), {"done": 4, "doing": 10}),
    ("nq59-thanh-pho", date(2022, 10, 28), {"done": 7, "doing": 7}),
    ("nq59-thanh-pho", date(2022, 12, 31), {"done": 7, "doing": 7}),
    ("nq59-thanh-pho", date(2023, 1, 1), {"done": 7, "doing": 7, "studying": 0}),
    ("nq59-thanh-pho", date(2023, 6, 14), {"done": 7, "doing": 7, "studying": 0}),
    ("nq59-thanh-pho", date(2023, 6, 15), {"done": 8, "doing": 6, "studying": 0}),
    ("nq59-thanh-pho", date(2023, 9, 19), {"done": 8, "doing": 6, "studying": 0}),
    ("nq59-thanh-pho", date(2023, 9, 20), {"done": 8, "doing": 5, "studying": 1}),
    ("nq98-du-an", date(2021, 9, 14), None),
    ("nq98-du-an", date(2022, 6, 29), {"construction": 6, "decided": 3, "proposal": 10, "deferred": 0}),
    ("nq98-du-an", date(2022, 6, 30), {"construction": 6, "decided": 3, "proposal": 16, "deferred": 0}),
    ("nq98-du-an", date(2022, 10, 9), {"construction": 6, "decided": 9, "proposal": 8, "deferred": 2}),
    ("nq98-du-an", date(2022, 10, 10), {"construction": 10, "decided": 5, "proposal": 8, "deferred": 2}),
    ("nq98-giao-so-nganh", date(2021, 12, 9), None),
    ("nq98-giao-so-nganh", date(2021, 12, 10), {"done": 0, "doing": 35, "under_review": 0}),
    ("nq98-giao-so-nganh", date(2022, 4, 14), {"done": 0, "doing": 35, "under_review": 0}),
    ("nq98-giao-so-nganh", date(2022, 4, 15), {"done": 0, "doing": 33, "under_review": 2}),
    ("nq98-giao-so-nganh", date(2022, 11, 17), {"done": 12, "doing": 21, "under_review": 2}),
    ("nq98-giao-so-nganh", date(2022, 11, 18), {"done": 22, "doing": 11, "under_review": 2}),
    ("nq98-giao-so-nganh", date(2022, 12, 31), {"done": 22, "doing": 11, "under_review": 2}),
    ("nq98-giao-so-nganh", date(2023, 1, 1), {"issued": 24, "doing": 11, "deferred": 0}),
    ("nq98-giao-so-nganh", date(2023, 5, 11), {"issued": 24, "doing": 11, "deferred": 0}),
    ("nq98-giao-so-nganh", date(2023, 5, 12), {"issued": 25, "doing": 10, "deferred": 0}),
    ("nq98-giao-so-nganh", date(2023, 8, 14), {"issued": 25, "doing": 10, "deferred": 0}),
    ("nq98-giao-so-nganh", date(2023, 8, 15), {"issued": 25, "doing": 8, "deferred": 2}),
    ("ctr03", MEETING, None),
    ("ctr03", CONFERENCE - DAY, None),
]


@pytest.mark.parametrize(("programme", "day", "expected"), PUBLISHED)
def test_a_published_day_shows_the_published_counts_and_so_do_its_neighbours_unless_the_list_begins(
    cantho: Viewer, programme: str, day: date, expected: dict[str, int]
) -> None:
    assert counts(cantho, programme, day) == expected
    assert counts(cantho, programme, day + DAY) == expected
    if programme != "ctr03":
        assert counts(cantho, programme, day - DAY) == expected


@pytest.mark.parametrize(("programme", "day", "expected"), AROUND)
def test_the_day_before_an_event_and_the_day_itself(
    cantho: Viewer, programme: str, day: date, expected: dict[str, int] | None
) -> None:
    assert counts(cantho, programme, day) == expected


def test_before_the_document_of_2023_was_entered_its_counts_were_not_known(cantho: Viewer) -> None:
    def known(programme: str) -> dict[str, int] | None:
        return counts(cantho, programme, CONFERENCE, BEFORE_THE_DOCUMENT)

    assert known("nq98-giao-so-nganh") == {"done": 22, "doing": 11, "under_review": 2}
    assert known("nq59-thanh-pho") == {"done": 7, "doing": 7}
    assert known("ctr03") is None
    issued = figures.value(
        "tasks.in_group",
        viewer=cantho,
        as_of=CONFERENCE,
        known_at=BEFORE_THE_DOCUMENT,
        arguments={"programme": "nq98-giao-so-nganh", "group": "issued"},
    )
    assert issued.value is None


def test_a_report_issued_before_that_document_is_the_same_again_and_says_other_numbers_today(cantho: Viewer) -> None:
    (row,) = issued.issued(viewer=cantho, known_at=None)
    again = remade(row.id, viewer=cantho)
    assert again.then.is_same
    shown = {(f["key"], f["arguments"].get("group", "")): f["value"] for f in again.issued.figures}
    groups = ("done", "doing", "under_review")
    assert [shown["tasks.in_group", group] for group in groups] == [22, 11, 2]
    assert ("đang thực hiện", "11", "8") in {(one.label, one.then, one.now) for one in again.today.figures}
    kinds = {cause.kind for one in again.today.figures for cause in one.causes}
    assert kinds >= {"definition", "recorded_later"}
    # It went into the office's own Word file, in which the report in the making is begun, too.
    (frame,) = frames.frames(viewer=cantho, as_of=BUILT_ON, known_at=None)
    (begun,) = compilations.compilations(viewer=cantho, known_at=None)
    assert (again.issued.frame_id, begun.frame_id) == (frame.id, frame.id)


def test_of_the_25_one_was_moved_by_work_and_two_by_the_new_definition(cantho: Viewer) -> None:
    was = titles(cantho, "nq98-giao-so-nganh", "done", MEETING)
    now = programmes.items("nq98-giao-so-nganh", viewer=cantho, as_of=CONFERENCE, known_at=None, group="issued")
    then = {
        row.id: row.state for row in programmes.items("nq98-giao-so-nganh", viewer=cantho, as_of=MEETING, known_at=None)
    }
    moved = Counter((then[row.id], row.state) for row in now if row.title not in was)
    assert was < {row.title for row in now}
    assert moved == {("in_progress", "done"): 1, ("plan_issued", "plan_issued"): 2}


def test_what_is_still_studied_is_the_innovation_centre(cantho: Viewer) -> None:
    assert titles(cantho, "nq59-thanh-pho", "studying", CONFERENCE) == {
        "Đề án Trung tâm đổi mới sáng tạo tại thành phố Cần Thơ nối với Trung tâm đổi mới sáng tạo quốc gia"
    }


def test_groups_are_named_in_the_words_of_their_year(cantho: Viewer) -> None:
    def labels(day: date) -> list[str]:
        row = programmes.programme("nq59-thanh-pho", viewer=cantho, as_of=day, known_at=None)
        return [group.label for group in row.counting.groups]

    assert labels(MEETING) == ["đã hoàn thành", "đang triển khai thực hiện"]
    assert labels(CONFERENCE) == ["đã thực hiện", "đang tổ chức thực hiện", "đang tiếp tục nghiên cứu thực hiện"]


def test_nineteen_projects_became_twenty_five_by_splitting_five(cantho: Viewer) -> None:
    lineage = TaskLineage.objects.filter(origin__office_id=cantho.office_id)
    assert sorted(Counter(lineage.values_list("origin_id", flat=True)).values()) == [2, 2, 2, 2, 3]
    numbers_after = [row.number for row in programmes.items("nq98-du-an", viewer=cantho, as_of=MEETING, known_at=None)]
    assert len(numbers_after) == 25
    assert [n for n in numbers_after if n.startswith("3")] == ["3.1", "3.2", "3.3"]


BOUND_ON = {MEETING: 16, CONFERENCE: 19}


def held(viewer: Viewer, day: date) -> list[HeldClaim]:
    """Every claim of the documents up to a day, also those that nobody named a figure for, against our own figures."""
    return hold(claims.claims(viewer=viewer, as_of=day, known_at=None), viewer=viewer, known_at=None)


@pytest.mark.parametrize("day", BOUND_ON)
def test_each_count_of_the_two_reports_agrees_with_the_register(cantho: Viewer, day: date) -> None:
    verdicts = Counter(one.verdict for one in held(cantho, day) if one.claim.day == day)
    assert verdicts["agrees"] == BOUND_ON[day]
    assert verdicts["differs"] == 0


def test_claims_that_cannot_be_computed_are_kept_as_claims(cantho: Viewer, backan: Viewer) -> None:
    def cannot(viewer: Viewer, day: date) -> set[tuple[float, float | None]]:
        found = held(viewer, day)
        return {
            (float(one.claim.value), None if one.claim.of is None else float(one.claim.of))
            for one in found
            if one.verdict == "cannot" and one.claim.day == day
        }

    assert cannot(cantho, date(2022, 1, 17)) == {(99, None), (11, 19), (1635, None), (102, None), (8, 19)}
    assert cannot(backan, date(2023, 5, 31)) == {(16, None), (12, None)}
    about = [c for c in claims.claims(viewer=cantho, as_of=date(2022, 1, 17), known_at=None) if c.value == 99]
    assert [claim.is_approximate for claim in about] == [True]


def test_what_the_files_expect_of_the_documents_was_read_in_them(built: demo.Built) -> None:
    assert built.missing == ()


def test_letter_1022_is_three_tasks_without_a_due_day(cantho: Viewer) -> None:
    letter = DocumentHeader.objects.filter(number="1022-CV/TU", document__office_id=cantho.office_id).latest("id")
    rows = tasks.tasks(
        tasks.Wanted(document=str(letter.document_id)), viewer=cantho, as_of=date(2024, 7, 1), known_at=None
    )
    pages = [tasks.task(row.id, viewer=cantho, as_of=date(2024, 7, 1), known_at=None) for row in rows]
    owed = {page.words[0].clause: [(duty.role, duty.agency, duty.due) for duty in page.duties] for page in pages}
    assert owed == {
        "1": [("lead", "Các cấp ủy, tổ chức đảng", None)],
        "2": [
            ("lead", "Đảng đoàn Hội đồng nhân dân thành phố", None),
            ("lead", "Ban cán sự đảng Ủy ban nhân dân thành phố", None),
        ],
        "3": [
            ("lead", "Ban Tuyên giáo Thành ủy", None),
            ("coordinate", "Văn phòng Thành ủy", None),
            ("coordinate", "các cơ quan, đơn vị có liên quan", None),
        ],
    }


def test_the_assignments_of_bac_kan_are_tasks_and_its_petitions_are_not(backan: Viewer) -> None:
    (report,) = Document.objects.filter(office_id=backan.office_id)
    page = readings.reading(report.pk, viewer=backan, known_at=None)
    assert page is not None
    # Whatever the reader offers besides, only the chair's four conclusions became tasks.
    accepted = [p.clause for p in page.proposals if p.verdict in {"accepted", "changed"}]
    assert accepted == ["III.1", "III.2", "III.3", "III.4"]


@pytest.mark.parametrize("day", [CONFERENCE, BUILT_ON])
def test_something_is_late_and_something_falls_due_soon(cantho: Viewer, day: date) -> None:
    requests = [("duties.late", {}), ("duties.due_soon", {})]
    found = figures.values(requests, viewer=cantho, as_of=day, known_at=None)
    assert [bool(number.value) for number in found] == [True, True]


def test_open_duties_went_to_the_successor_and_done_ones_stayed(cantho: Viewer) -> None:
    names = ("Sở Kế hoạch và Đầu tư", "Sở Tài chính")
    before, after = (
        [agencies.named(name, office_id=cantho.office_id, as_of=date(2025, 2, 28)) for name in names][i] for i in (0, 1)
    )

    def borne(agency: int | None, day: date, key: str) -> int:
        arguments = {"agency": str(agency)}
        found = figures.values([(key, arguments)], viewer=cantho, as_of=day, known_at=None)
        return int(found[0].value or 0)

    last, first = date(2025, 2, 28), date(2025, 3, 1)
    open_before, done_before = borne(before, last, "duties.open"), borne(before, last, "duties.done")
    assert open_before > 0
    assert done_before > 0
    assert (borne(before, first, "duties.open"), borne(before, first, "duties.done")) == (0, done_before)
    assert borne(after, first, "duties.open") == borne(after, last, "duties.open") + open_before
    passed = DutyBearer.objects.filter(agency_id=after, effective_on=first)
    assert {row.basis.headers.latest("id").short_title for row in passed if row.basis} == {
        "Nghị quyết sắp xếp các sở (mẫu)"
    }
    (row,) = (
        row
        for row in agencies.agencies(viewer=cantho, as_of=first, known_at=None)
        if row.name == "Sở Kế hoạch và Đầu tư"
    )
    assert (row.successors, row.ended_on) == (("Sở Tài chính",), first)


def titles_in_the_files(key: str) -> set[str]:
    lists = data.read(key, "lists").values()
    rows = [
        row
        for file in lists
        for row in (*file.get("tasks", []), *(p for t in file.get("tasks", []) for p in t.get("split", [])))
    ]
    brief = [
        title for file in lists for leads in file.get("brief", {}).values() for many in leads.values() for title in many
    ]
    accepted = [one["title"] for file in data.read(key, "documents").values() for one in file.get("accept", [])]
    return {row["title"] for row in rows} | set(brief) | set(accepted)


@pytest.mark.parametrize("key", data.OFFICES)
def test_an_office_sees_its_own_tasks_agencies_and_documents_and_no_others(built: demo.Built, key: str) -> None:
    viewer = operator_of(office(key))
    asked = {"viewer": viewer, "as_of": BUILT_ON, "known_at": None}
    assert {row.title for row in tasks.tasks(tasks.Wanted(), **asked)} == titles_in_the_files(key)
    assert {doc.office_id for doc in documents.visible(**asked)} == {viewer.office_id}
    assert documents.visible(**asked).count() == len(data.read(key, "documents"))
    file = data.read(key, "agencies")
    own = {row[0] for row in (*file["rows"].values(), *file["classes"].values())}
    own |= {body["name"] for body in file.get("bodies", {}).values()} | {
        data.read(key, "office")["office"]["body_name"]
    }
    own |= {row[0] for follow in file.get("successions", []) for row in follow["new"].values()}
    assert {row.name for row in agencies.agencies(**asked)} == own


@pytest.mark.parametrize("account", demo.accounts(), ids=lambda account: account.username)
def test_every_account_signs_in_to_its_own_office_in_its_role(built: demo.Built, account: data.Account) -> None:
    user = authenticate(username=account.username, password=account.password)
    assert isinstance(user, User)
    assert [one.key for one in people.offices_of(user, on=BUILT_ON)] == [account.office]
    viewer = people.viewer_for(user, office(account.office), on=BUILT_ON)
    assert viewer.role == account.role
    rows = tasks.tasks(tasks.Wanted(), viewer=viewer, as_of=BUILT_ON, known_at=None)
    assert {row.title for row in rows} <= titles_in_the_files(account.office)
    assert rows, "an account that sees nothing shows nothing"
    if account.role != "focal":
        assert len(rows) == Task.objects.filter(office__key=account.office).count()


@pytest.mark.parametrize(("key", "begins", "ends"), [("cantho", 2020, 2025), ("backan", 2020, 2023)])
def test_the_log_is_one_chain_in_the_order_in_which_things_were_learned(
    built: demo.Built, key: str, begins: int, ends: int
) -> None:
    log = LogEntry.objects.filter(office__key=key).order_by("seq")
    instants = list(log.values_list("recorded_at", flat=True))
    assert instants == sorted(instants)
    # What depends on the day of the building comes last and is written down on that day.
    started = LogEntry.objects.order_by("recorded_at").last().recorded_at - timedelta(hours=1)
    replayed, today = ([instant for instant in instants if (instant < started) == before] for before in (True, False))
    assert (replayed[0].year, replayed[-1].year) == (begins, ends)
    assert instants == replayed + today
    assert today
    assert chain.check(history.lines(office(key)), sealed=False).faults == ()


def test_the_printed_figures_leave_out_what_is_not_recorded(cantho: Viewer) -> None:
    asked = Asked("cantho", cantho, MEETING, None, BUILT_ON)
    found = numbers(asked, ("tasks.total",), "", unrecorded=True)
    assert {dict(n.arguments)["programme"]: n.value for n in found} == {
        "nq59-trong-tam": 20,
        "nq59-trung-uong": 6,
        "nq59-thanh-pho": 14,
        "nq98-du-an": 25,
        "nq98-giao-so-nganh": 35,
        "ctr03": None,
    }
    (only,) = numbers(asked, ("tasks.total",), "nq98-du-an", unrecorded=False)
    assert as_json(asked, only) == {
        "key": "tasks.total",
        "arguments": {"programme": "nq98-du-an"},
        "value": 25,
        "sentence": only.sentence,
        "office": "cantho",
        "as_of": "2022-11-21",
    }


def test_the_documents_say_that_they_are_samples(built: demo.Built) -> None:
    folder = Path(demo.__file__).parent / "data"
    texts = list(folder.rglob("*.txt"))
    assert len(texts) > 10
    assert [path.name for path in texts if "Tài liệu mẫu" not in path.read_text("utf-8")] == []
    assert not Document.objects.filter(is_sample=False, office__key__in=data.OFFICES).exists()


def lines(found: comparisons.Comparison) -> list[tuple[str, str, str, int]]:
    return [(line.cause, line.from_label, line.to_label, len(line.tasks)) for line in found.lines]


def adds_up(found: comparisons.Comparison) -> bool:
    each = [sum(numbers) for numbers in zip(found.before, *(line.changes for line in found.lines), strict=True)]
    whole = found.before_all + sum(line.changes_all for line in found.lines)
    return (tuple(each), whole) == (found.after, found.after_all)


def test_the_published_days_differ_by_work_that_was_done_and_by_the_new_definition(cantho: Viewer) -> None:
    what = Compared(programme="nq98-giao-so-nganh")
    found = comparisons.compare(what, Moment(MEETING), Moment(CONFERENCE), viewer=cantho)
    assert [column.code for column in found.columns] == ["issued", "doing", "deferred", "done", "under_review"]
    assert (found.before, found.after) == ((0, 11, 0, 22, 2), (25, 8, 2, 0, 0))
    assert adds_up(found)
    # The picture of the list says of each day what its board says: 22, 11, 2 and, by the new definition, 25, 8, 2.
    whole = Scope("programme", what.programme)
    drawn = moments_drawn(states_over_time(whole, viewer=cantho, as_of=CONFERENCE, known_at=None).spec)
    days: dict[date, dict[str, int]] = {}
    for shown, group, n in drawn:
        day, month, year = map(int, shown.split("/"))
        days.setdefault(date(year, month, day), {})[group] = n
    for day, counts in ((MEETING, found.before), (CONFERENCE, found.after)):
        said = days[max(each for each in days if each <= day)]
        assert tuple(said[column.code] for column in found.columns) == counts
    done, issued = "đã tổ chức thực hiện", "đã được ban hành chương trình, đề án, kế hoạch cụ thể"
    assert lines(found) == [
        ("moved", "đang thực hiện", done, 1),
        ("redefined", "đang thực hiện", issued, 2),
        ("redefined", done, issued, 23),
        ("redefined", "đang được rà soát", "được tổ chức thực hiện sau năm 2024", 2),
    ]


def test_what_was_not_known_yet_and_what_was_redefined_are_lines_of_their_own(cantho: Viewer) -> None:
    what = Compared(programme="nq98-giao-so-nganh")
    before = Moment(CONFERENCE, BEFORE_THE_DOCUMENT)
    found = comparisons.compare(what, before, Moment(CONFERENCE), viewer=cantho)
    assert adds_up(found)
    assert (found.before, found.after) == ((0, 11, 0, 22, 2), (25, 8, 2, 0, 0))
    assert [(line.cause, line.from_label, len(line.tasks)) for line in found.lines] == [
        ("recorded_later", "đang thực hiện", 1),
        ("redefined", "đang thực hiện", 2),
        ("redefined", "đã tổ chức thực hiện", 23),
        ("redefined", "đang được rà soát", 2),
    ]
    # What is done has another name by then, and is one number all the same.
    assert told(found)[0] == (
        "Từ 02/12/2023 (biết đến 08:00 04/12/2023) đến 02/12/2023 (biết đến nay), “đã tổ chức thực hiện” "
        "(sau đó là “đã được ban hành chương trình, đề án, kế hoạch cụ thể”) từ 22 thành 25: +1 vì ghi nhận sau, "
        "+2 vì đổi định nghĩa."
    )


def test_what_the_office_lays_down_late_says_so_and_what_it_began_with_does_not(cantho: Viewer) -> None:
    """What it had when its register began in 2020 is no late entry; the definitions of 2023 came with a document."""
    user, today = User.objects.get(username="quantri"), localdate()
    client = Client()
    client.force_login(user)
    actor = Actor(people.viewer_for(user, office("cantho"), on=today), "Người quản trị")
    agency = DutyBearer.objects.filter(duty__task__office=cantho.office_id).latest("pk").agency
    target = Target.objects.get(indicator__office=cantho.office_id)
    pages = {
        "posts": f"/agencies/{agency.pk}/posts/",
        "parameters": "/parameters/",
        "definitions": "/definitions/",
        "clause": f"/clauses/{target.indicator.clause_id}/",
    }

    def marks(days: int) -> list[int]:
        told = (unescape(client.get(page).content.decode()) for page in pages.values())
        return [page.count(f"ghi nhận muộn {days} ngày") for page in told]

    # Five lists are counted anew since 01/01/2023, by a document that came on 04/12/2023: now, and among the versions.
    assert (marks(337), unescape(client.get("/definitions/").content.decode()).count("ghi nhận muộn")) == (
        [0, 0, 10, 0],
        10,
    )
    on = today - 20 * DAY
    held = hold_post(name="Trần Thử", title="Giám đốc thử", agency=agency, on=on, actor=actor)
    assert marks(20) == [1, 0, 0, 0]
    end_holding(held.pk, on=on + DAY, actor=actor)  # it began as late as before, and its end is a day less late
    lay_down_parameter(NewValue("due_soon_days", "9", on, "QĐ 12-QĐ/VP"), actor=actor)
    counted = {"counts": frozenset({"done"}), "out_of": frozenset({"done", "late"}), "basis_words": "Hướng dẫn số 7"}
    lay_down_measure(NewMeasure("done-of-due", "Mới", "Câu.", on=on, **counted), actor=actor)
    flow = Task.objects.filter(office=cantho.office_id).earliest("pk").workflow
    name_states(flow.pk, {"in_progress": "đang làm"}, on=on, basis_words="Hướng dẫn số 7", actor=actor)
    set_target(target.indicator_id, NewTarget(on, today, Decimal(7)), on=on, actor=actor)
    # A value stands with its history, a rate too; a target with what was made of the clause, and where it is mended.
    assert (marks(20), marks(19)) == ([1, 2, 3, 2], [1, 0, 0, 0])
