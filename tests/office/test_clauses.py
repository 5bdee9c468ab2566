"""Clause by clause: what became of each clause of a resolution, on any day, and what an office does about it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dondoc.office import figures
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.clauses import (
    ClauseRefused,
    end_release,
    make_concrete,
    release_clause,
    tie_task,
    untie_task,
)
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.indicators import (
    IndicatorRefused,
    NewIndicator,
    NewTarget,
    add_indicator,
    correct_target,
    set_target,
    withdraw_target,
)
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.links import LinkRefused, add_link, end_link
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.actions.urges import NewUrge, urge_clause
from dondoc.office.models import Document, DocumentLink, Duty, LogEntry
from dondoc.office.queries import clauses, documents, links, register, tasks
from dondoc.office.queries.clauses import NoSuchClause
from dondoc.office.queries.indicators import NoSuchIndicator
from dondoc.office.templatetags.look import shown
from office.asking import signed_in, words
from office.conftest import START, World
from office.resolutions import DAY, PLAN, YEAR, Resolved, resolved, task_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(worlds: tuple[World, World]) -> tuple[Resolved, Resolved]:
    return resolved(worlds[0]), resolved(worlds[1])


@pytest.fixture
def here(both: tuple[Resolved, Resolved]) -> Resolved:
    return both[0]


COUNTS = ("total", "with_tasks", "made_concrete", "with_indicators", "needing_nothing", "with_nothing")


def counted(*numbers: int | None) -> dict[str, int | None]:
    return dict(zip(COUNTS, numbers, strict=True))


def test_the_clauses_stand_in_their_tree_under_addresses_of_their_own(here: Resolved) -> None:
    rows = here.rows()
    assert {a: (row.depth, row.is_counted, row.above) for a, row in rows.items()} == {
        "I": (0, False, ()),
        "I.1": (1, False, ("I",)),
        "II": (0, False, ()),
        "II.1": (1, False, ("II",)),
        "II.1.a": (2, True, ("II", "II.1")),
        "II.1.b": (2, True, ("II", "II.1")),
        "II.2": (1, True, ("II",)),
        "III": (0, True, ()),
    }
    assert rows["II.1"].words == "1. Quy hoạch bến cảng"
    assert rows["II.1.a"].url == f"/documents/{here.resolution}/clauses/#II.1.a"
    assert here.counts() == counted(4, 0, 0, 0, 0, 4)


def test_reading_the_document_again_changes_no_address(here: Resolved) -> None:
    before = here.rows()
    read_document(here.resolution, actor=here.world.actor)
    assert here.rows() == before


def test_each_clause_shows_what_was_made_of_it_and_of_no_other(here: Resolved) -> None:
    task = task_of(here, "II.1.a")
    make_concrete(here.clause("II.2"), document_id=here.plan, on=DAY, actor=here.world.actor)
    aim = NewIndicator("Chiều dài luồng được nạo vét", "higher", "km")
    target = NewTarget(*YEAR, Decimal("12.5"))
    add_indicator(here.clause("III"), aim, [target], on=DAY, actor=here.world.actor)
    rows = here.rows()
    made = {
        address: (
            [t.lead.task_id for t in row.tasks],
            [link.title for link in row.links],
            [(i.name, i.unit, [(t.period, t.value) for t in i.targets]) for i in row.indicators],
        )
        for address, row in rows.items()
        if row.tasks or row.links or row.indicators
    }
    assert made == {
        "II.1.a": ([task], [], []),
        "II.2": ([], ["5/KH-UBND"], []),
        "III": ([], [], [("Chiều dài luồng được nạo vét", "km", [("2022", Decimal("12.5"))])]),
    }
    assert [address for address, row in rows.items() if row.has_nothing] == ["II.1.b"]
    assert here.counts() == counted(4, 1, 1, 1, 0, 1)


def test_what_is_tied_to_a_part_does_not_hide_the_gaps_below_it(here: Resolved) -> None:
    make_concrete(here.clause("II.1"), document_id=here.plan, on=DAY, actor=here.world.actor)
    task_of(here, "II")
    assert len(here.rows()["II.1"].links) == 1
    assert here.counts() == counted(4, 0, 0, 0, 0, 4)


def test_words_without_a_named_clause_belong_to_the_innermost_clause_they_lie_in(here: Resolved) -> None:
    start = Document.objects.get(pk=here.resolution).text.index("Công bố quy hoạch")
    new = NewTask(
        "Công bố",
        (NewDuty(here.world.finance),),
        here.world.workflow,
        document=Document(pk=here.resolution),
        start=start,
        end=start + 17,
    )
    task = add_task(new, on=DAY, actor=here.world.actor).pk
    assert {a: [t.lead.task_id for t in row.tasks] for a, row in here.rows().items() if row.tasks} == {"II.1.b": [task]}


def test_a_clause_counts_once_however_much_was_made_of_it(here: Resolved) -> None:
    for _n in range(3):
        task_of(here, "II.2")
    make_concrete(here.clause("II.2"), document_id=here.plan, on=DAY, actor=here.world.actor)
    assert here.counts() == counted(4, 1, 1, 0, 0, 3)


def test_filters_keep_what_was_asked_for_with_the_parts_above(here: Resolved) -> None:
    task_of(here, "II.1.a", due=DAY - timedelta(days=3), day=START)
    task_of(here, "II.2", due=DAY + timedelta(days=3))
    rows = list(here.rows().values())
    assert [row.address for row in clauses.kept(rows, "late")] == ["II", "II.1", "II.1.a"]
    assert [row.address for row in clauses.kept(rows, "nothing")] == ["II", "II.1", "II.1.b", "III"]
    assert clauses.kept(rows, "all") == rows


def test_a_late_task_that_is_done_makes_no_clause_late(here: Resolved) -> None:
    task = task_of(here, "II.1.a", due=DAY - timedelta(days=3), day=START)
    assert here.rows()["II.1.a"].is_late
    move_duty(Move(Duty.objects.get(task=task).pk, "done", DAY), actor=here.world.actor)
    assert not here.rows()["II.1.a"].is_late


# The two clocks


def test_on_an_earlier_day_less_had_been_made(here: Resolved) -> None:
    task_of(here, "II.1.a", day=date(2022, 3, 1))
    make_concrete(here.clause("II.2"), document_id=here.plan, on=date(2022, 3, 8), actor=here.world.actor)
    aim = NewIndicator("Số bến", "higher")
    add_indicator(here.clause("III"), aim, [NewTarget(*YEAR, Decimal(3))], on=date(2022, 3, 9), actor=here.world.actor)
    days = [date(2022, 2, 28), date(2022, 3, 1), date(2022, 3, 7), date(2022, 3, 8), date(2022, 3, 9)]
    assert [here.counts(day) for day in days] == [
        counted(4, 0, 0, 0, 0, 4),
        counted(4, 1, 0, 0, 0, 3),
        counted(4, 1, 0, 0, 0, 3),
        counted(4, 1, 1, 0, 0, 2),
        counted(4, 1, 1, 1, 0, 1),
    ]


def test_before_the_document_nothing_is_counted_and_that_is_not_nought(here: Resolved) -> None:
    assert here.counts(date(2022, 1, 9)) == counted(*[None] * 6)
    assert here.rows(date(2022, 1, 9)) == {}


def test_what_was_known_at_an_instant_stays_as_it_was(here: Resolved) -> None:
    before = LogEntry.objects.latest("id").recorded_at
    link = make_concrete(here.clause("II.2"), document_id=here.plan, on=DAY, actor=here.world.actor)
    during = link.recorded_at
    ended = end_link(link.pk, on=DAY, actor=here.world.actor)
    assert here.counts(known_at=before)["made_concrete"] == 0
    assert here.counts(known_at=during)["made_concrete"] == 1
    assert here.counts(known_at=ended.recorded_at)["made_concrete"] == 0


def test_a_link_that_ended_holds_until_the_day_before(here: Resolved) -> None:
    link = make_concrete(here.clause("II.2"), document_id=here.plan, on=date(2022, 3, 6), actor=here.world.actor)
    end_link(link.pk, on=DAY, actor=here.world.actor)
    assert [here.counts(day)["made_concrete"] for day in (date(2022, 3, 5), date(2022, 3, 9), DAY)] == [0, 1, 0]
    again = make_concrete(here.clause("II.2"), document_id=here.plan, on=DAY, actor=here.world.actor)
    assert [row.id for row in here.rows()["II.2"].links] == [again.pk]


def test_a_link_to_a_clause_is_none_to_the_whole_document(here: Resolved) -> None:
    number = documents.header_row(here.resolution).number
    make_concrete(here.clause("II.2"), document_id=here.plan, on=DAY, actor=here.world.actor)
    whole = {"kind": "makes_concrete", "number": number, "on": DAY, "actor": here.world.actor}
    add_link(here.plan, **whole)
    with pytest.raises(LinkRefused, match="đã có quan hệ"):
        add_link(here.plan, **whole)
    rows = links.links(here.plan, viewer=here.world.viewer(), as_of=DAY, known_at=None)
    assert [(row.number, row.clause) for row in rows if row.kind == "makes_concrete"] == [
        (number, "II.2"),
        (number, ""),
    ]
    page = words(signed_in(here.world, "officer").get(f"/documents/{here.plan}/"))
    assert page.count(f"{number} , mục II.2") == 1


# Sight


def test_a_focal_point_sees_the_clauses_of_documents_in_its_sight_only(here: Resolved) -> None:
    world = here.world
    finance, building = world.viewer("focal", world.finance), world.viewer("focal", world.building)
    assert here.rows(viewer=finance) == {}
    task_of(here, "II.2")
    make_concrete(here.clause("II.1.a"), document_id=here.plan, on=DAY, actor=world.actor)
    seen = here.rows(viewer=finance)
    assert set(seen) == set(here.rows())
    assert {address for address, row in seen.items() if row.tasks or row.links} == {"II.2"}
    assert here.counts(viewer=finance) == counted(4, 1, 0, 0, 0, 3)
    assert here.rows(viewer=building) == {}
    assert here.counts(viewer=building) == counted(*[None] * 6)


def test_two_offices_see_nothing_of_each_others_clauses(both: tuple[Resolved, Resolved]) -> None:
    near, far = both
    task_of(far, "II.2")
    make_concrete(far.clause("II.1.a"), document_id=far.plan, on=DAY, actor=far.world.actor)
    stranger = near.world.viewer()
    assert far.rows(viewer=stranger) == {}
    assert far.counts(viewer=stranger) == counted(*[None] * 6)
    with pytest.raises(clauses.NoSuchClause):
        clauses.clause(far.clause("II.2"), viewer=stranger, as_of=DAY, known_at=None)
    listed = figures.every(viewer=stranger, as_of=DAY, known_at=None, keys=("clauses.total",))
    assert listed == []
    own = figures.every(viewer=far.world.viewer(), as_of=DAY, known_at=None, keys=("clauses.total",))
    assert own == [("clauses.total", {"document": str(far.resolution)})]


def test_what_is_another_offices_is_tied_to_nothing(both: tuple[Resolved, Resolved]) -> None:
    near, far = both
    own, foreign, actor = near.clause("II.2"), far.clause("II.2"), near.world.actor
    link = make_concrete(foreign, document_id=far.plan, on=DAY, actor=far.world.actor)
    aim, target = NewIndicator("Số bến", "higher"), NewTarget(*YEAR, Decimal(3))
    there = add_indicator(foreign, aim, [target], on=DAY, actor=far.world.actor)
    set_there = there.targets.get()
    tie = tie_task(foreign, task_id=far.world.tasks[0].pk, actor=far.world.actor)
    release = release_clause(far.clause("III"), reason="nguyên tắc", on=DAY, actor=far.world.actor)
    deeds = [
        lambda: make_concrete(foreign, document_id=near.plan, on=DAY, actor=actor),
        lambda: make_concrete(own, document_id=far.plan, on=DAY, actor=actor),
        lambda: end_link(link.pk, on=DAY, actor=actor),
        lambda: tie_task(foreign, task_id=near.world.tasks[0].pk, actor=actor),
        lambda: tie_task(own, task_id=far.world.tasks[0].pk, actor=actor),
        lambda: untie_task(tie.pk, reason="x", actor=actor),
        lambda: release_clause(foreign, reason="x", on=DAY, actor=actor),
        lambda: end_release(release.pk, on=DAY, actor=actor),
        lambda: add_indicator(foreign, aim, [target], on=DAY, actor=actor),
        lambda: set_target(there.pk, target, on=DAY, actor=actor),
        lambda: correct_target(set_there.pk, target, actor=actor),
        lambda: withdraw_target(set_there.pk, actor=actor),
    ]
    before = LogEntry.objects.count()
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize("role", ["leader", "focal", "inspection"])
def test_only_the_compiling_officers_tie_things_to_clauses(here: Resolved, role: str) -> None:
    actor = Actor(here.world.viewer(role, here.world.finance), "Người khác")
    clause, before = here.clause("II.2"), LogEntry.objects.count()
    aim, target = NewIndicator("Số bến", "higher"), NewTarget(*YEAR, Decimal(3))
    for deed in (
        lambda: make_concrete(clause, document_id=here.plan, on=DAY, actor=actor),
        lambda: tie_task(clause, task_id=here.world.tasks[0].pk, actor=actor),
        lambda: untie_task(1, reason="x", actor=actor),
        lambda: release_clause(clause, reason="x", on=DAY, actor=actor),
        lambda: end_release(1, on=DAY, actor=actor),
        lambda: add_indicator(clause, aim, [target], on=DAY, actor=actor),
    ):
        with pytest.raises(Refused, match="Vai trò"):
            deed()
    assert LogEntry.objects.count() == before


# What is refused, and what it says


def test_a_document_makes_a_clause_concrete_once_and_not_before_its_own_day(here: Resolved) -> None:
    clause, actor = here.clause("II.2"), here.world.actor

    def refused(document: int, day: date, **more: str) -> str:
        with pytest.raises(ClauseRefused) as refusal:
            make_concrete(clause, document_id=document, on=day, actor=actor, **more)
        return str(refusal.value)

    assert "không tự cụ thể hóa" in refused(here.resolution, DAY)
    assert "05/03/2022" in refused(here.plan, date(2022, 3, 4))
    assert "chưa đến" in refused(here.plan, date(2100, 1, 1))
    assert "Hãy chọn một" in refused(here.plan, DAY, kind="cites")
    link = make_concrete(clause, document_id=here.plan, on=DAY, actor=actor)
    assert "đã được ghi" in refused(here.plan, DAY)
    for day, says in ((DAY - timedelta(days=1), "từ ngày 10/03/2022"), (date(2100, 1, 1), "chưa đến")):
        with pytest.raises(LinkRefused, match=says):
            end_link(link.pk, on=day, actor=actor)
    # What the plan's own words say of the whole resolution stands beside it.
    whole = DocumentLink.objects.get(document=here.plan, target_clause=None)
    found = clauses.of_whole(here.resolution, viewer=here.world.viewer(), as_of=DAY, known_at=None)
    assert [row.id for row in found] == [whole.pk]


def test_a_task_is_tied_to_a_clause_once_and_a_mistaken_tie_counts_nowhere(here: Resolved) -> None:
    world, clause, task = here.world, here.clause("II.2"), here.world.tasks[0].pk
    before = LogEntry.objects.latest("pk").recorded_at
    tie = tie_task(clause, task_id=task, actor=world.actor)
    assert [t.lead.task_id for t in here.rows()["II.2"].tasks] == [task]
    with pytest.raises(ClauseRefused, match="đã được gắn"):
        tie_task(clause, task_id=task, actor=world.actor)
    with pytest.raises(ClauseRefused, match="vì sao"):
        untie_task(tie.pk, reason=" ", actor=world.actor)
    between = LogEntry.objects.latest("pk").recorded_at

    def found() -> tuple[object, ...]:
        """What every list says that knows from which document the task comes."""
        asked = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
        focal = {**asked, "viewer": world.viewer("focal", world.finance)}
        return (
            here.counts()["with_tasks"],
            len(tasks.tasks(tasks.Wanted(document=str(here.resolution)), **asked)),
            tasks.from_documents([here.resolution], **asked),
            here.resolution in tasks.by_class("document", **asked),
            here.resolution in dict(documents.assigning(**asked)),
            here.resolution in {row.row.id for row in listed_with_tasks(asked)},
            [words.document_id for words in tasks.task(task, **asked).words].count(here.resolution),
            documents.visible(**focal).filter(pk=here.resolution).exists(),
        )

    assert found() == (1, 1, {here.resolution: 1}, True, True, True, 1, True)
    page = signed_in(world, "officer")
    answer = page.post(f"/clauses/ties/{tie.pk}/end/", {"reason": "nhầm mục"}, follow=True)
    assert answer.redirect_chain == [(f"/tasks/{task}/", 302)]
    assert found() == (0, 0, {}, False, False, False, 0, False)
    assert [here.counts(known_at=at)["with_tasks"] for at in (before, between)] == [0, 1]
    with pytest.raises(NoSuchClause, match="đã được gỡ"):
        untie_task(tie.pk, reason="lần nữa", actor=world.actor)
    # The task's page and the clause's say what was a mistake, and that the tie, and a link, were entered years late.
    again = tie_task(clause, task_id=task, actor=world.actor)
    assert found() == (1, 1, {here.resolution: 1}, True, True, True, 1, True)
    link = make_concrete(clause, document_id=here.plan, on=DAY, actor=world.actor)
    gone = end_link(link.pk, on=DAY + timedelta(days=9), actor=world.actor)
    held = here.rows()["II.2"]
    began = max(here.world.tasks[0].assigned_on, documents.received_on(here.resolution))
    behind = [(timezone.localdate() - on).days for on in (began, DAY, DAY + timedelta(days=9))]
    assert [(one.tie_id, one.late_entry) for one in held.tasks] == [(again.pk, behind[0])]
    assert [(one.id, one.late_entry, one.late_end) for one in held.links] == [(gone.pk, *behind[1:])]
    told = [words(page.get(at)) for at in (f"/tasks/{task}/", f"/clauses/{clause}/", f"/clauses/{clause}/?as_of={DAY}")]
    late = [f"ghi nhận muộn {shown(days)} ngày" for days in behind]
    assert [[mark in one for mark in late] for one in told[1:]] == [[True] * 3] * 2
    assert [("gắn nhầm" in one, "nhầm mục" in one) for one in told] == [(True, True)] * 3
    asked = {"as_of": DAY, "known_at": None, "task": task}
    assert len(clauses.untied(viewer=world.viewer(), **asked)) == 1
    assert clauses.untied(viewer=world.viewer("focal", world.finance), **asked) == []


def listed_with_tasks(asked: dict[str, object]) -> list[register.Found]:
    wanted = register.Wanted(tasks=True)
    return list(register.page(wanted, **asked, order=register.Order(), place=register.Place(), size=9).found)


def test_what_was_read_in_the_words_of_a_document_is_not_untied(here: Resolved) -> None:
    new = NewTask(
        "Việc",
        (NewDuty(here.world.finance),),
        here.world.workflow,
        document=Document(pk=here.resolution),
        start=1,
        end=5,
    )
    tie = add_task(new, on=DAY, actor=here.world.actor).clauses.get()
    with pytest.raises(ClauseRefused, match="trang đọc"):
        untie_task(tie.pk, reason="nhầm", actor=here.world.actor)


def test_a_clause_that_needs_nothing_is_counted_apart_until_the_mark_ends(here: Resolved) -> None:
    actor, clause = here.world.actor, here.clause("II.2")

    def refused(which: str, reason: str, day: date) -> str:
        with pytest.raises(ClauseRefused) as refusal:
            release_clause(here.clause(which), reason=reason, on=day, actor=actor)
        return str(refusal.value)

    assert "không được tính" in refused("II.1", "nguyên tắc", DAY)
    assert "không được tính" in refused("I.1", "nguyên tắc", DAY)
    assert "vì sao" in refused("II.2", " ", DAY)
    assert "chưa đến" in refused("II.2", "nguyên tắc", date(2100, 1, 1))
    assert "10/01/2022" in refused("II.2", "nguyên tắc", date(2022, 1, 9))
    page = signed_in(here.world, "officer")
    sent = {"reason": "Trung ương làm", "on": DAY.isoformat()}
    assert page.post(f"/clauses/{clause}/release/", sent, follow=True).status_code == 200
    assert "đã được ghi" in refused("II.2", "nguyên tắc", DAY)
    told = words(page.get(f"/documents/{here.resolution}/clauses/?day={DAY}"))
    assert "không cần cụ thể hóa: Trung ương làm" in told
    row = here.rows()["II.2"]
    assert (row.has_nothing, row.release and row.release.reason) == (False, "Trung ương làm")
    assert here.counts(DAY - timedelta(days=1)) == counted(4, 0, 0, 0, 0, 4)
    assert here.counts() == counted(4, 0, 0, 0, 1, 3)
    later, at = DAY + timedelta(days=9), row.release.id if row.release else 0
    with pytest.raises(ClauseRefused, match="10/03/2022"):
        end_release(at, on=DAY - timedelta(days=1), actor=actor)
    end_release(at, on=later, actor=actor)
    assert [here.counts(day)["needing_nothing"] for day in (DAY, later)] == [1, 0]
    again = release_clause(clause, reason="nhầm", on=later, actor=actor)
    end_release(again.pk, on=later, actor=actor)
    assert here.counts(later) == counted(4, 0, 0, 0, 0, 4)


def test_a_target_is_corrected_by_a_further_row_and_set_anew_from_a_day(here: Resolved) -> None:
    actor = here.world.actor
    aim = NewIndicator("Tỷ lệ bến được công bố", "range", "%")
    row = add_indicator(
        here.clause("III"), aim, [NewTarget(*YEAR, Decimal(60), Decimal(80))], on=date(2022, 3, 1), actor=actor
    )
    first = row.targets.get()

    def targets(day: date = DAY) -> list[tuple[str, Decimal, Decimal | None]]:
        return [(t.period, t.value, t.upper) for i in here.rows(day)["III"].indicators for t in i.targets]

    right = correct_target(first.pk, NewTarget(*YEAR, Decimal(65), Decimal(80)), actor=actor)
    assert targets() == [("2022", Decimal(65), Decimal(80))]
    with pytest.raises(NoSuchIndicator, match="vừa được đính chính"):
        correct_target(first.pk, NewTarget(*YEAR, Decimal(1), Decimal(2)), actor=actor)
    later = set_target(row.pk, NewTarget(*YEAR, Decimal(70), Decimal(90)), on=date(2022, 3, 8), actor=actor)
    assert targets(date(2022, 3, 7)) == [("2022", Decimal(65), Decimal(80))]
    assert targets() == [("2022", Decimal(70), Decimal(90))]
    withdraw_target(later.pk, actor=actor)
    assert targets() == [("2022", Decimal(65), Decimal(80))]
    withdraw_target(right.pk, actor=actor)
    assert targets() == []
    assert here.rows()["III"].has_nothing


@pytest.mark.parametrize(
    ("aim", "targets", "says"),
    [
        (NewIndicator(" ", "higher"), [NewTarget(*YEAR, Decimal(1))], "chưa có tên"),
        (NewIndicator("x" * 301, "higher"), [NewTarget(*YEAR, Decimal(1))], "quá dài"),
        (NewIndicator("Số bến", "sideways"), [NewTarget(*YEAR, Decimal(1))], "Hãy chọn càng cao"),
        (NewIndicator("Số bến", "higher"), [], "chưa có mức phấn đấu"),
        (NewIndicator("Số bến", "higher"), [NewTarget(*YEAR[::-1], Decimal(1))], "kết thúc trước khi"),
        (NewIndicator("Số bến", "range"), [NewTarget(*YEAR, Decimal(1))], "mức dưới"),
        (NewIndicator("Số bến", "higher"), [NewTarget(*YEAR, Decimal(1), Decimal(2))], "Chỉ chỉ tiêu trong khoảng"),
        (NewIndicator("Số bến", "higher"), [NewTarget(*YEAR, Decimal("1e19"))], "bốn chữ số thập phân"),
        (NewIndicator("Số bến", "higher"), [NewTarget(*YEAR, Decimal("0.00001"))], "bốn chữ số thập phân"),
        (NewIndicator("Số bến", "higher"), [NewTarget(*YEAR, Decimal(1))] * 2, "hai lần"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused(
    here: Resolved, aim: NewIndicator, targets: list[NewTarget], says: str
) -> None:
    with pytest.raises(IndicatorRefused, match=says):
        add_indicator(here.clause("III"), aim, targets, on=DAY, actor=here.world.actor)


# The pages

PAGES = {
    "clauses": "/documents/{document}/clauses/",
    "with nothing": "/documents/{document}/clauses/?show=nothing",
    "clause": "/clauses/{clause}/",
    "search": "/clauses/{clause}/?find=KH&find_task=Việc",
    "letter": "/clauses/{clause}/urge/",
    "figure": "/figures/clauses.with_tasks?document={document}",
    "urges": "/urges/",
}


def asked(here: Resolved, rows: int, role: str) -> dict[str, int]:
    """How many queries each page makes, with as many things tied to the clauses."""
    world, actor = here.world, here.world.actor
    client = signed_in(world, role)
    places = [here.clause(address) for address in ("II.1.a", "II.1.b", "III")]
    for n, place in enumerate(places[:rows], 1):
        task_of(here, ("II.1.a", "II.1.b", "III")[n - 1])
        text = PLAN.format(n=n, place=world.office.place)
        plan = take_in(Incoming(text.encode(), f"{n}.txt", DAY), actor=actor).document_id
        read_document(plan, actor=actor)
        make_concrete(place, document_id=plan, on=DAY, actor=actor)
        aim = NewIndicator(f"Chỉ tiêu {n}", "higher")
        add_indicator(place, aim, [NewTarget(*YEAR, Decimal(n))], on=DAY, actor=actor)
        letter = NewUrge("don-doc", "cong-van", "Làm ngay")
        day = DAY + timedelta(days=n)
        urge_clause(here.clause("II.2"), letter, agency_id=world.finance.pk, on=day, actor=actor)
    found = {}
    for name, page in PAGES.items():
        address = page.format(document=here.resolution, clause=here.clause("II.2"))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code == 200:
            found[name] = len(queries)
    return found


OFFICER = {"clauses": 34, "with nothing": 34, "clause": 23, "search": 30, "letter": 23, "figure": 30, "urges": 13}
FOCAL = {"clauses": 40, "with nothing": 40, "clause": 24, "search": 24, "figure": 33, "urges": 13}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "literal"), [("officer", OFFICER), ("focal", FOCAL)])
def test_a_page_of_clauses_asks_as_often_with_one_row_as_with_three(
    here: Resolved, rows: int, role: str, literal: dict[str, int]
) -> None:
    assert asked(here, rows, role) == literal


def test_an_officer_ties_a_document_and_an_indicator_on_the_page_of_a_clause(here: Resolved) -> None:
    client = signed_in(here.world, "officer")
    page = f"/clauses/{here.clause('II.2')}/"
    offered = client.get(f"{page}?find=5/KH-UBND").context["concrete"].fields["document"].choices
    assert [key for key, _label in offered] == [str(here.plan)]
    client.post(f"{page}concrete/", {"document": here.plan, "kind": "makes_concrete", "on": ""})
    wrong = {"name": "Chiều dài luồng", "direction": "higher", "0-period": "quý tới", "0-value": "1.23"}
    refused = client.post(f"{page}indicator/", wrong)
    assert refused.status_code == 422
    assert "không đọc được là một kỳ" in words(refused)
    assert "không đọc được là một số" in words(refused)
    right = {
        **wrong,
        **{"unit": "km", "0-period": "31/12/2025", "0-value": "1.234,5", "1-period": "2026", "1-value": "2.000"},
    }
    assert client.post(f"{page}indicator/", right).status_code == 302
    row = here.rows(date(2022, 3, 10))["II.2"]
    assert [(link.title, link.since) for link in row.links] == [("5/KH-UBND", date(2022, 3, 5))]
    assert [(t.period, t.value) for i in row.indicators for t in i.targets] == [
        ("2025", Decimal("1234.5")),
        ("2026", Decimal(2000)),
    ]
    assert "2025: 1.234,5 km" in words(client.get(f"/documents/{here.resolution}/clauses/"))


def test_a_task_is_made_of_a_clause(here: Resolved) -> None:
    client = signed_in(here.world, "officer")
    address = f"/tasks/add/?clause={here.clause('II.2')}"
    assert "Nạo vét luồng chính" in client.get(address).content.decode()
    sent = {"title": "Nạo vét luồng chính", "lead": "Sở Xây dựng"}
    assert client.post(address, sent).status_code == 302
    assert [t.lead.title for t in here.rows(timezone.localdate())["II.2"].tasks] == ["Nạo vét luồng chính"]


def test_nothing_is_tied_while_the_past_is_looked_at(here: Resolved) -> None:
    client = signed_in(here.world, "officer")
    page = f"/clauses/{here.clause('II.2')}/"
    before = LogEntry.objects.count()
    assert client.post(f"{page}concrete/?as_of=2022-03-20", {"document": here.plan}).status_code == 403
    assert "Tìm văn bản" not in client.get(f"{page}?as_of=2022-03-20").content.decode()
    assert LogEntry.objects.count() == before


def test_the_board_and_the_document_show_the_same_numbers_as_the_page(here: Resolved) -> None:
    task_of(here, "II.2")
    client = signed_in(here.world, "leader")
    line = (
        "4 mục cần cụ thể hóa 1 mục có nhiệm vụ 0 mục có văn bản cụ thể hóa 0 mục có chỉ tiêu "
        "0 mục được đánh dấu không cần cụ thể hóa 3 mục chưa có gì"
    )
    assert line in words(client.get(f"/documents/{here.resolution}/clauses/"))
    assert line in words(client.get(f"/documents/{here.resolution}/"))
    assert line in words(client.get(f"/?document={here.resolution}"))
