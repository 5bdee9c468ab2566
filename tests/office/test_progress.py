"""Progress by period: opened by a person, reported by agencies, accepted or given back; who is waited for is ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from cases.reading import params
from dondoc.office import figures
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.agencies import hand_over_duties
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.intake import SecretRefused
from dondoc.office.actions.progress import (
    ChangedMeanwhile,
    NewPeriod,
    NewReport,
    Paper,
    PeriodRefused,
    ReportRefused,
    accept_all,
    accept_progress,
    complete_period,
    nothing_new,
    open_period,
    regular_period,
    return_progress,
    submit_progress,
)
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Change, Duty, LogEntry, Notice, Original, Period, PeriodDue, Progress, ProgressStep
from dondoc.office.queries import progress
from dondoc.office.queries.documents import NoSuchDocument, original_of
from office.asking import done_of, signed_in, words
from office.conftest import World
from office.registers import FIRST_DAY, FIRST_INSTANT, register

pytestmark = pytest.mark.django_db
ON = date(2022, 6, 16)  # the window ends on the 14th; due on the 17th, cut off on the 21st
CLASSES = {name: (name, n) for n, name in enumerate(("waiting", "active", "deferred", "done", "dropped"))}


def focal(world: World, *agencies: object) -> Actor:
    return Actor(world.viewer("focal", *(agencies or (world.finance,))), "Đầu mối")


def june(world: World, on: date = ON, **more: object) -> Period:
    return open_period(replace(regular_period("month", date(2022, 6, 1)), **more), on=on, actor=world.actor)


def rows(world: World, period: Period, on: date = ON, which: str = "due", **more: object) -> list[progress.ReportRow]:
    viewer = more.pop("viewer", world.viewer())
    return progress.listed(period.pk, viewer=viewer, as_of=on, known_at=None, which=which, **more)


def reported(world: World, period: Period, *said: str, on: date = ON) -> list[int]:
    """Hand in reports of the first rows, in these words; "" says that nothing happened."""
    ids = [row.id for row in sorted(rows(world, period, on), key=lambda row: row.id)][: len(said)]
    made = [NewReport(pk, result=text, nothing_new=not text) for pk, text in zip(ids, said, strict=True)]
    submit_progress(made, on=on, actor=focal(world))
    return ids


def counts(world: World, period: Period, on: date = ON, **more: str) -> dict[str, int]:
    keys = ("due", "given", "missing", "late", "submitted")
    asked = [(f"progress.{key}", {"period": str(period.pk), **more}) for key in keys]
    found = figures.values(asked, viewer=world.viewer(), as_of=on, known_at=None)
    for (key, arguments), number in zip(asked, found, strict=True):
        listed = figures.rows(key, viewer=world.viewer(), as_of=on, known_at=None, arguments=arguments)
        assert number.value == len(listed), key
    return {key: number.value for key, number in zip(keys, found, strict=True)}


def test_a_report_goes_from_the_agency_to_the_office_and_back_until_it_is_accepted(world: World) -> None:
    period = june(world)
    assert counts(world, period) == {"due": 3, "given": 0, "missing": 3, "late": 0, "submitted": 0}
    first, second = reported(world, period, "Đã trình dự thảo", "")
    return_progress(first, reason="Nêu rõ số văn bản", on=ON + timedelta(days=1), actor=world.actor)
    accept_progress([second], on=ON + timedelta(days=1), actor=world.actor)
    next_day = ON + timedelta(days=2)
    assert counts(world, period, next_day) == {"due": 3, "given": 1, "missing": 2, "late": 1, "submitted": 0}
    row = progress.report(first, viewer=world.viewer(), as_of=next_day, known_at=None)
    assert (row.state, row.reason, row.result, row.number) == ("returned", "Nêu rõ số văn bản", "Đã trình dự thảo", 2)
    page = words(signed_in(world, "focal").get(f"/progress/{period.pk}/?as_of={next_day}"))
    said = ("Nguyễn Văn Thử trả lại: Nêu rõ số văn bản", "Nguyễn Văn Thử đã duyệt", "Nguyễn Văn Thử mở ngày")
    assert [part for part in said if part not in page] == []
    again = NewReport(first, "Tờ trình 12/TTr", share=40, next_steps="Chờ thẩm định", seen=2)
    submit_progress([again], on=next_day, actor=focal(world))
    assert accept_all(period.pk, expected=1, on=next_day, actor=world.actor) == 1
    assert counts(world, period, next_day) == {"due": 3, "given": 2, "missing": 1, "late": 1, "submitted": 0}
    # What held on a day before is still there, and so are the words of then.
    assert counts(world, period) == {"due": 3, "given": 2, "missing": 1, "late": 0, "submitted": 2}
    steps = progress.steps(first, as_of=next_day, known_at=None)
    assert [(step.number, step.kind, step.result, step.reason) for step in steps] == [
        (4, "accepted", "", ""),
        (3, "submitted", "Tờ trình 12/TTr", ""),
        (2, "returned", "", "Nêu rõ số văn bản"),
        (1, "submitted", "Đã trình dự thảo", ""),
    ]
    (own,) = progress.of_duty(row.duty_id, viewer=world.viewer(), as_of=next_day, known_at=None)
    assert (own.state, own.share, own.period) == ("accepted", 40, "tháng 6/2022")


def test_every_duty_open_at_the_end_of_the_days_owes_a_report_and_no_other(world: World) -> None:
    closed, later, _open = (Duty.objects.get(task=task) for task in world.tasks)
    move_duty(Move(closed.pk, "done", date(2022, 6, 14)), actor=world.actor)
    move_duty(Move(later.pk, "done", date(2022, 6, 15)), actor=world.actor)
    period = june(world)
    assert {row.duty_id for row in rows(world, period)} == {later.pk, _open.pk}
    # Entered after the opening: one assigned within the days, one after them.
    for day in (date(2022, 6, 14), date(2022, 6, 15)):
        add_task(NewTask(f"Việc ngày {day.day}", (NewDuty(world.building),), world.workflow), on=day, actor=world.actor)
    assert [complete_period(period.pk, on=ON, actor=world.actor) for _n in range(2)] == [1, 0]
    assert {row.title for row in rows(world, period)} == {later.task.title, _open.task.title, "Việc ngày 14"}
    with pytest.raises(PeriodRefused, match="21/06/2022"):
        complete_period(period.pk, on=date(2022, 6, 22), actor=world.actor)


def test_while_its_days_run_a_duty_that_closes_within_them_owes_no_report_any_more(world: World) -> None:
    period = june(world, on=date(2022, 6, 1))
    duty = Duty.objects.get(task=world.tasks[0])
    move_duty(Move(duty.pk, "done", date(2022, 6, 3)), actor=world.actor)
    assert (len(rows(world, period, date(2022, 6, 2))), len(rows(world, period))) == (3, 2)


def test_a_level_has_its_own_due_day_and_who_has_not_reported_is_ranked(world: World) -> None:
    new = NewTask("Việc của Sở Xây dựng", (NewDuty(world.building),), world.workflow)
    add_task(new, on=date(2022, 5, 20), actor=world.actor)
    period = june(world, dues={"commune": date(2022, 6, 16), "province": date(2022, 6, 20)})
    assert {row.due_on for row in rows(world, period)} == {date(2022, 6, 20)}

    def ranking(on: date) -> list[tuple[str, int, int]]:
        by_agency = progress.tallies(viewer=world.viewer(), as_of=on, known_at=None)[period.pk]
        row = progress.period(period.pk, viewer=world.viewer(), as_of=on, known_at=None)
        found = progress.ranked(by_agency, due_on=row.due_on, dues=dict(row.dues), as_of=on, known_at=None)
        return [(rank.agency, rank.counts.missing, rank.days_late) for rank in found if rank.counts.due]

    assert ranking(date(2022, 6, 20)) == [("Sở Tài chính", 3, 0), ("Sở Xây dựng", 1, 0)]
    reported(world, period, "", "", "")
    assert ranking(date(2022, 6, 22)) == [("Sở Xây dựng", 1, 2), ("Sở Tài chính", 0, 0)]
    assert counts(world, period, date(2022, 6, 22), agency=str(world.building.pk))["late"] == 1
    # A report belongs to whoever bears the duty on the day that is looked at.
    duty = Duty.objects.get(task__title=new.title)
    hand_over_duties([duty.pk], successor=world.finance, on=date(2022, 6, 23), basis=None, actor=world.actor)
    assert (ranking(date(2022, 6, 22)), ranking(date(2022, 6, 23))) == (
        [("Sở Xây dựng", 1, 2), ("Sở Tài chính", 0, 0)],
        [("Sở Tài chính", 1, 3)],
    )


def test_nothing_happened_is_said_of_all_the_rest_in_one_press(world: World) -> None:
    period = june(world)
    first, *_rest = reported(world, period, "Đã họp")
    writing = max(row.id for row in rows(world, period))
    with pytest.raises(ChangedMeanwhile, match="3"):
        nothing_new(period.pk, expected=3, on=ON, actor=focal(world))
    with pytest.raises(ReportRefused):
        nothing_new(period.pk, expected=2, on=ON, actor=world.actor)
    assert nothing_new(period.pk, expected=2, besides=[writing], on=ON, actor=focal(world)) == 1
    assert nothing_new(period.pk, expected=0, on=ON, actor=focal(world, world.building)) == 0
    said = {row.id: (row.state, row.nothing_new) for row in rows(world, period)}
    assert (said[first], said[writing]) == (("submitted", False), ("not_begun", False))
    assert sorted(said.values())[1:] == [("submitted", False), ("submitted", True)]


def test_the_office_enters_what_an_agency_answered_on_paper(world: World) -> None:
    period = june(world)
    (first, second, third) = sorted(row.id for row in rows(world, period))
    scan = Paper("Công văn 15/STC: chưa phát sinh".encode(), "cv-15-stc.txt", date(2022, 6, 15))
    both = [NewReport(first, "Đã thẩm định"), NewReport(second, nothing_new=True)]
    with pytest.raises(ReportRefused):
        submit_progress(both, on=ON, actor=world.actor)
    with pytest.raises(Refused):
        submit_progress(both, on=ON, actor=focal(world), paper=scan)
    assert submit_progress(both, on=ON, actor=world.actor, paper=scan) == 2
    row = progress.report(first, viewer=world.viewer(), as_of=ON, known_at=None)
    assert (row.on_behalf, row.said_on, row.original_name) == (True, date(2022, 6, 15), "cv-15-stc.txt")
    # The same file is kept once; the agency opens it, another one does not.
    submit_progress([NewReport(third, "Như văn bản")], on=ON, actor=world.actor, paper=scan)
    scans = Original.objects.filter(filename="cv-15-stc.txt")
    assert scans.count() == 1
    moment = {"as_of": ON, "known_at": None}
    assert original_of(scans.get().pk, viewer=world.viewer("focal", world.finance), **moment) == scans.get()
    with pytest.raises(NoSuchDocument):
        original_of(scans.get().pk, viewer=world.viewer("focal", world.building), **moment)
    secret = replace(scan, content="THÀNH ỦY CẦN THƠ\n*\nSố 1-CV/TU\nMẬT\n\nCÔNG VĂN".encode())
    with pytest.raises(SecretRefused):
        submit_progress([NewReport(third, "Như văn bản")], on=ON, actor=world.actor, paper=secret)


def test_a_report_after_the_cut_off_is_taken_as_late_entry(world: World) -> None:
    """The replay of sample data has its own clock; here it is today, long after the cut-off of 2022."""
    period = june(world)
    reported(world, period, "Đã họp", on=ON)
    late = rows(world, period, which="given")[0]
    assert (late.is_late_entry, late.days_late) == (True, 0)  # handed in on the 16th, written down years later
    today = localdate()
    now = NewPeriod("free", "Đợt rà soát", today - timedelta(days=9), today, today, today + timedelta(days=5))
    fresh = open_period(now, on=today, actor=world.actor)
    reported(world, fresh, "Đã họp", on=today)
    assert [row.is_late_entry for row in rows(world, fresh, today, which="given")] == [False]


NO_PERIOD = [
    {"name": " "},
    {"name": "a" * 201},
    {"kind": "week"},
    {"kind": "free", "until_on": date(2022, 5, 15)},
    {"begins_on": date(2022, 6, 17), "until_on": date(2022, 6, 30), "kind": "free"},
    {"until_on": date(2022, 6, 16)},  # a month has the regulation's days
    {"cut_off_on": date(2022, 6, 16)},
    {"dues": {"province": date(2022, 6, 30)}},
    {"dues": {"planet": date(2022, 6, 16)}},
    {"due_on": date(2022, 5, 1)},
    {"programme": "xa-list"},
]


def test_a_period_that_cannot_be_is_refused(world: World) -> None:
    for wrong in NO_PERIOD:
        with pytest.raises(PeriodRefused):
            june(world, **wrong)
    assert Period.objects.count() == 0


def test_the_same_days_are_opened_once_for_the_office_and_once_for_a_list(world: World) -> None:
    june(world)
    with pytest.raises(PeriodRefused, match="tháng 6/2022"):
        june(world)
    add_task(
        NewTask("Ngoài danh mục", (NewDuty(world.finance),), world.workflow), on=date(2022, 5, 20), actor=world.actor
    )
    Notice.objects.all().delete()
    own = june(world, programme=world.programme.key)
    told = Notice.objects.filter(kind="progress_asked").values_list("user", "text", "url")
    url, name = f"/progress/{own.pk}/", f"{world.actor.name} · {own.name}"
    assert list(told) == [(world.users["focal"].pk, name, url)], "once for an agency, however many reports it owes"
    assert {row.title for row in rows(world, own)} == {task.title for task in world.tasks}
    with pytest.raises(PeriodRefused):
        june(world, programme=world.programme.key)
    for role in ("focal", "leader", "inspection"):
        with pytest.raises(Refused):
            open_period(regular_period("quarter", ON), on=ON, actor=Actor(world.viewer(role), "Ai đó"))


NO_REPORT = [
    {},
    {"share": 50},
    {"result": "Xong", "share": 101},
    {"result": "Xong", "nothing_new": True},
    {"nothing_new": True, "difficulties": "Thiếu vốn"},
]


def test_a_report_that_says_nothing_or_two_things_is_refused(world: World) -> None:
    period = june(world)
    fine, bad = sorted(row.id for row in rows(world, period))[:2]
    for wrong in NO_REPORT:
        with pytest.raises(ReportRefused, match="Nhiệm vụ số 2"):
            submit_progress([NewReport(fine, "Đã họp"), NewReport(bad, **wrong)], on=ON, actor=focal(world))
    assert ProgressStep.objects.count() == 0


def test_who_comes_second_is_told_and_nothing_is_written_over(world: World) -> None:
    period = june(world)
    (first,) = reported(world, period, "Đã họp")
    with pytest.raises(ChangedMeanwhile):
        submit_progress([NewReport(first, "Lần nữa", seen=0)], on=ON, actor=focal(world))
    with pytest.raises(ChangedMeanwhile):
        return_progress(first, reason="Thiếu", seen=0, on=ON, actor=world.actor)
    with pytest.raises(ChangedMeanwhile):
        accept_all(period.pk, expected=2, on=ON, actor=world.actor)
    with pytest.raises(ReportRefused):
        return_progress(first, reason=" ", on=ON, actor=world.actor)
    submit_progress([NewReport(first, "Đã họp, đã trình", seen=1)], on=ON, actor=focal(world))
    accept_progress([first], on=ON, actor=world.actor)
    with pytest.raises(ChangedMeanwhile):
        accept_progress([first], on=ON, actor=world.actor)
    with pytest.raises(ReportRefused):
        submit_progress([NewReport(first, "Sửa")], on=ON, actor=focal(world))
    return_progress(first, reason="Chấp nhận nhầm", on=ON, actor=world.actor)
    untouched = max(row.id for row in rows(world, period))
    with pytest.raises(ReportRefused):
        return_progress(untouched, reason="Thiếu", on=ON, actor=world.actor)
    with pytest.raises(ReportRefused):
        submit_progress([NewReport(untouched, "a"), NewReport(untouched, "b")], on=ON, actor=focal(world))
    with pytest.raises(ReportRefused):
        submit_progress(
            [NewReport(first, "Từ giấy")], on=ON, actor=world.actor, paper=Paper(b"a", "a.txt", date(2022, 6, 1))
        )


def test_an_agency_reports_its_own_duties_and_an_office_its_own(worlds: tuple[World, World]) -> None:
    near, far = worlds
    period, theirs = june(near), june(far)
    mine, foreign = rows(near, period)[0].id, rows(far, theirs)[0].id
    before = LogEntry.objects.count()
    deeds = {
        "another agency": lambda: submit_progress([NewReport(mine, "Xong")], on=ON, actor=focal(near, near.building)),
        "report": lambda: submit_progress([NewReport(foreign, "Xong")], on=ON, actor=focal(near)),
        "return": lambda: return_progress(foreign, reason="Thiếu", on=ON, actor=near.actor),
        "accept": lambda: accept_progress([foreign], on=ON, actor=near.actor),
        "accept all": lambda: accept_all(theirs.pk, expected=0, on=ON, actor=near.actor),
        "nothing": lambda: nothing_new(theirs.pk, expected=0, on=ON, actor=focal(near)),
        "complete": lambda: complete_period(theirs.pk, on=ON, actor=near.actor),
        "accept as focal": lambda: accept_progress([mine], on=ON, actor=focal(near)),
    }
    assert (done_of(deeds), LogEntry.objects.count()) == ([], before)
    moment = {"as_of": ON, "known_at": None}
    assert [row.id for row in progress.periods(viewer=near.viewer(), **moment)] == [period.pk]
    assert rows(near, theirs) == []
    assert rows(near, period, viewer=near.viewer("focal", near.building)) == []
    assert set(progress.tallies(viewer=near.viewer(), **moment)) == {period.pk}
    for ask in (progress.period, progress.report):
        with pytest.raises(Refused):
            ask(theirs.pk if ask is progress.period else foreign, viewer=near.viewer(), **moment)


@pytest.mark.parametrize("case", params("progress"))
def test_sql_answers_as_the_rule_does(case) -> None:
    book = register(CLASSES)
    [duty] = book.duties(1)
    book.borne(duty, book.agency("so"))
    first = Change(duty=duty, to_state="active", effective_on=FIRST_DAY)
    book.enter(FIRST_INSTANT, [first])
    if case["class"] != "active":
        book.changed(duty, case["class"], case["since"])
    days = {"begins_on": date(2024, 5, 15), "until_on": date(2024, 6, 15), "opened_on": date(2024, 5, 15)}
    period = Period(
        office=book.office, kind="month", name="6", due_on=case["due_on"], cut_off_on=case["due_on"], **days
    )
    book.enter(FIRST_INSTANT, [period])
    prepared = Progress(period=period, duty=duty)
    book.enter(FIRST_INSTANT, [prepared])
    for number, kind, on in case["steps"]:
        said = {"result": "Xong"} if kind == "submitted" else {"reason": "Thiếu"} if kind == "returned" else {}
        book.enter(FIRST_INSTANT, [ProgressStep(progress=prepared, number=number, kind=kind, on=on, **said)])
    moment = {"viewer": book.viewer, "as_of": case["as_of"], "known_at": None}
    found = progress.listed(period.pk, **moment)
    expected = [(case["state"], case["days_late"])] if case["is_due"] else []
    assert [(row.state, row.days_late) for row in found] == expected
    counted = progress.tallies(**moment).get(period.pk, {})
    numbers = [(c.due, c.given, c.missing, c.late) for c in counted.values()]
    given = case["state"] in {"submitted", "accepted"}
    assert numbers == ([(1, int(given), int(not given), int(case["days_late"] > 0))] if case["is_due"] else [])


def test_the_database_refuses_a_report_that_says_nothing(world: World) -> None:
    period = june(world)
    row = ProgressStep(progress_id=rows(world, period)[0].id, number=1, kind="submitted", on=ON)
    row.entry, row.recorded_at = period.entry, period.recorded_at
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert PeriodDue.objects.count() == 0
