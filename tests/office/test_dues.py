"""Due days: every kind by its form; what recurs round by round; events; parameters of the office and what they move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dondoc.office import figures
from dondoc.office.access import Refused, by_itself
from dondoc.office.actions.agencies import NewAgency, add_agency
from dondoc.office.actions.dues import DueRefused, end_recurrence, make_occurrences, record_event
from dondoc.office.actions.duties import HandOver, Move, hand_over_duty, move_duty, set_due
from dondoc.office.actions.parameters import NewValue, ValueRefused, lay_down_parameter
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Duty, Task
from dondoc.office.queries import dues, duties, extensions, parameters
from dondoc.office.queries.readings import due_rule, due_words
from dondoc.office.web.dues import DueRuleField, as_parts, in_words
from dondoc.rules.deadlines import DueRule
from dondoc.rules.terms import Term
from office.asking import ROLES, signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)

FILLED = [
    (DueRule("day", date(2030, 6, 30)), "30/06/2030"),
    (DueRule("day", date(2030, 6, 30), before=True), "trước 30/06/2030"),
    (DueRule("month", date(2030, 6, 1)), "tháng 6/2030"),
    (DueRule("quarter", date(2030, 4, 1)), "quý II/2030"),
    (DueRule("half", date(2030, 7, 1)), "6 tháng cuối năm 2030"),
    (DueRule("year", date(2030, 1, 1)), "năm 2030"),
    (DueRule("recurring", date(2030, 6, 25), "month"), "hằng tháng, lần đầu 25/06/2030"),
    (DueRule("event", after=Term(15, "working_day")), "15 ngày làm việc sau sự kiện"),
    (DueRule("event", date(2030, 6, 25)), "đúng ngày xảy ra sự kiện"),
]


@pytest.mark.parametrize(("rule", "said"), FILLED)
def test_every_kind_of_due_day_goes_through_its_field_and_back(rule: DueRule, said: str) -> None:
    field = DueRuleField(required=False)
    sent = {f"due_{name}": str(value) for name, value in as_parts(rule).items() if value not in {None, False}}
    read = field.clean(field.widget.value_from_datadict(sent, {}, "due"))
    assert (read, in_words(rule)) == (rule, said)


@pytest.mark.parametrize(
    "sent",
    [
        {"due_kind": "quarter", "due_quarter": "5", "due_year": "2030"},
        {"due_kind": "month", "due_month": "6", "due_year": ""},
        {"due_kind": "recurring", "due_every": "month"},
        {"due_kind": "event", "due_after": "0"},
        {"due_kind": "someday"},
        {"due_kind": "day", "due_on": "31/2"},
    ],
)
def test_a_due_day_that_does_not_hold_together_is_refused(sent: dict[str, str]) -> None:
    field = DueRuleField(required=False)
    with pytest.raises(ValidationError):
        field.clean(field.widget.value_from_datadict(sent, {}, "due"))


def test_a_reading_keeps_the_term_after_an_event_and_the_day_of_what_recurs() -> None:
    text = "Giao Sở Tài chính báo cáo trong thời hạn 15 ngày làm việc kể từ ngày nhận được hồ sơ; nộp hồ sơ."
    event = {"kind": "event", "words": "trong thời hạn 15 ngày"}
    assert due_rule(event, issued_on=DAY, text=text) == DueRule("event", after=Term(15, "working_day"))
    assert due_words(event, text=text) == "trong thời hạn 15 ngày làm việc kể từ ngày nhận được hồ sơ"
    own = "Hoàn thành trong 10 ngày kể từ ngày ban hành văn bản này."
    found = due_rule({"kind": "event", "words": "trong 10 ngày"}, issued_on=DAY, text=own)
    assert found == DueRule("event", DAY, after=Term(10, "day"))
    monthly = {"kind": "recurring", "every": "month", "words": "trước ngày 25 hằng tháng"}
    assert due_rule(monthly, issued_on=DAY) == DueRule("recurring", date(2022, 3, 25), "month")
    assert due_rule({**monthly, "every": "quarter", "words": "hằng quý"}, issued_on=DAY) == DueRule(
        "recurring", date(2022, 3, 31), "quarter"
    )


def recurring(world: World, *, first: date, every: str = "month") -> Task:
    """A task that recurs, owed by Sở Tài chính."""
    due = DueRule("recurring", first, every)  # type: ignore[arg-type]
    new = NewTask("Báo cáo định kỳ", (NewDuty(world.finance, due=due, words="hằng tháng"),), world.workflow)
    return add_task(new, on=timezone.localdate(), actor=world.actor)


def rounds_of(task: Task) -> list[date | None]:
    return list(Duty.objects.filter(task=task).order_by("order").values_list("occurs_on", flat=True))


def test_rounds_are_made_ahead_once_each_and_follow_a_hand_over(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    today = timezone.localdate()
    first = today + timedelta(days=3)
    task, other = recurring(ours, first=first, every="week"), recurring(theirs, first=first, every="week")
    head = task.duties.get()
    assert head.dues.get().last_day == first
    program = by_itself(ours.office.pk)
    assert make_occurrences(on=today, actor=program) == 4
    assert make_occurrences(on=today, actor=program) == 0
    assert rounds_of(task) == [None, *(first + timedelta(weeks=n) for n in range(1, 5))]
    assert rounds_of(other) == [None]
    last = task.duties.order_by("order").last()
    hand_over_duty(HandOver(last.pk, ours.building.pk, reason="chuyển việc"), on=today, actor=ours.actor)
    lay_down_parameter(NewValue("occurrences_ahead_days", "60", today, "Quy chế 1"), actor=ours.actor)
    client = signed_in(ours, "officer")
    assert client.post(f"/tasks/{task.pk}/rounds/").status_code == 302
    made = dues.series_of(task.pk, viewer=ours.viewer(), as_of=today, known_at=None)[0].rounds
    assert [row.agency for row in made] == ["Sở Tài chính"] * 4 + ["Sở Xây dựng"] * 5
    page = words(client.get(f"/tasks/{task.pk}/"))
    assert "Hằng tuần: Sở Xây dựng" in page
    row = next(iter(rows for rows in duties.listed("open", viewer=ours.viewer(), as_of=today, known_at=None)))
    assert row.task_id in {task.pk, *(t.pk for t in ours.tasks)}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        dues.series_of(task.pk, viewer=ours.viewer(), as_of=today, known_at=None)
    assert len(queries) == 4


def test_what_recurs_is_counted_round_by_round_and_ends_on_a_day(world: World) -> None:
    today = timezone.localdate()
    task = recurring(world, first=today, every="week")
    make_occurrences(on=today, actor=world.actor)
    head, second, *_rest = task.duties.order_by("order")
    for duty in (head, second):
        for state in ("in_progress", "done"):
            move_duty(Move(duty.pk, state, today), actor=world.actor)
    moment = {"viewer": world.viewer(), "as_of": today, "known_at": None}
    asked = {"duty": str(head.pk)}
    counted = [
        figures.value("dues.rounds", arguments={**asked, **more}, **moment).value
        for more in ({}, {"outcome": "done_in_time"})
    ]
    assert counted == [6, 2]
    assert len(figures.rows("dues.rounds", arguments={**asked, "outcome": "done_in_time"}, **moment)) == 2
    with pytest.raises(DueRefused):
        end_recurrence(head.pk, from_on=today, reason=" ", actor=world.actor)
    client = signed_in(world, "officer")
    day = today + timedelta(days=8)
    sent = {"from_on": day.isoformat(), "reason": "đã có hệ thống báo cáo"}
    assert client.post(f"/duties/{second.pk}/recur-no-more/", sent).status_code == 302
    states = [row.state for row in dues.series_of(task.pk, **moment)[0].rounds]
    assert states == ["done", "done", "dropped", "dropped", "dropped", "dropped"]
    assert make_occurrences(on=today, actor=world.actor) == 0
    assert dues.standing(head.pk, as_of=today, known_at=None).last_day == today
    with pytest.raises(DueRefused):
        end_recurrence(head.pk, from_on=day, reason="lần nữa", actor=world.actor)


def test_nothing_more_is_made_of_what_was_dropped_and_of_no_other_office(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    today = timezone.localdate()
    task = recurring(ours, first=today)
    move_duty(Move(task.duties.get().pk, "dropped", today, note="thu hồi"), actor=ours.actor)
    assert make_occurrences(on=today, actor=ours.actor) == 0
    duty = recurring(theirs, first=today).duties.get()
    for deed in (
        lambda: end_recurrence(duty.pk, from_on=today, reason="nhầm", actor=ours.actor),
        lambda: record_event(duty.pk, happened_on=today, actor=ours.actor),
        lambda: make_occurrences(on=today + timedelta(days=1), actor=ours.actor),
        lambda: make_occurrences(
            on=today, actor=by_itself(ours.office.pk, name="x").__class__(ours.viewer("focal"), "x")
        ),
    ):
        with pytest.raises(Refused):
            deed()


def test_an_event_gives_the_last_day_when_it_has_happened(world: World) -> None:
    duty = world.tasks[0].duties.get()
    rule = DueRule("event", after=Term(15, "working_day"))
    set_due(duty, rule, words="trong 15 ngày làm việc kể từ ngày có ý kiến", on=DAY, actor=world.actor)
    client = signed_in(world, "officer")
    page = client.get(f"/duties/{duty.pk}/")
    assert (page.context["due"]["waits_for_event"], duties.due_since(duty.pk)) == (True, None)
    assert client.post(f"/duties/{duty.pk}/event/", {"happened_on": "2026-02-10"}).status_code == 302
    row = duty.dues.order_by("-id").first()
    # Tết 2026: 16 to 20 February are off.
    assert (row.last_day, row.words) == (date(2026, 3, 10), "trong 15 ngày làm việc kể từ ngày có ý kiến")
    assert client.post(f"/duties/{duty.pk}/event/", {"happened_on": "2099-02-10"}).status_code == 422
    other = world.tasks[1].duties.get()
    with pytest.raises(DueRefused):
        record_event(other.pk, happened_on=DAY, actor=world.actor)


def test_an_office_lays_down_its_own_value_from_a_day_on(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    asked = {"office_id": ours.office.pk, "known_at": None}
    lay_down_parameter(NewValue("due_soon_days", "3", date(2022, 5, 1), "QĐ 12-QĐ/VP"), actor=ours.actor)
    mended = lay_down_parameter(NewValue("due_soon_days", "4", date(2022, 5, 1), "QĐ 13-QĐ/VP"), actor=ours.actor)
    lay_down_parameter(NewValue("due_day_ends_at", "17h", date(2022, 5, 1), "QĐ 12-QĐ/VP"), actor=ours.actor)
    lay_down_parameter(NewValue("reminder_lead_days", "5, 2", date(2022, 5, 1), "QĐ 12-QĐ/VP"), actor=ours.actor)
    values = [parameters.value("due_soon_days", on=on, **asked) for on in (date(2022, 4, 30), date(2022, 5, 1))]
    assert (values, mended.replaces.value) == ([7, 4], 3)
    assert parameters.value("due_soon_days", office_id=theirs.office.pk, on=date(2022, 5, 1), known_at=None) == 7
    assert parameters.whole_numbers("reminder_lead_days", on=date(2022, 5, 1), **asked) == (5, 2)
    assert parameters.due_day_setting(on=date(2022, 5, 1), **asked).ends_at.hour == 17
    for key, text in (
        *(("due_soon_days", text) for text in ("nhiều", "-1", "91", "1, 2", "")),
        *(("due_day_ends_at", text) for text in ("25:00", "24:01", "chiều")),
        *(("before_day_counts", text) for text in ("1", "true")),
        ("no_such", "1"),
    ):
        with pytest.raises(Refused):
            lay_down_parameter(NewValue(key, text, date(2022, 5, 1), "QĐ"), actor=ours.actor)
    with pytest.raises(ValueRefused):
        lay_down_parameter(NewValue("due_soon_days", "3", date(2022, 5, 1), " "), actor=ours.actor)


def test_lists_counts_and_new_due_days_follow_the_offices_own_values(world: World) -> None:
    on = date(2022, 5, 1)
    duty, extended = (task.duties.get() for task in world.tasks[:2])
    set_due(duty, DueRule("day", date(2022, 6, 5)), words="", on=DAY, actor=world.actor)
    set_due(extended, DueRule("day", date(2022, 3, 31)), words="", on=DAY, actor=world.actor)
    set_due(extended, DueRule("day", date(2022, 12, 31)), words="gia hạn", on=date(2022, 4, 1), actor=world.actor)
    moment = {"viewer": world.viewer(), "as_of": date(2022, 5, 31), "known_at": None}

    def soon() -> tuple[int, list[str]]:
        count = figures.value("duties.due_soon", arguments={}, **moment).value
        return count, [row.timeliness for row in duties.listed("open", **moment) if row.id == duty.pk]

    assert soon() == (1, ["due_soon"])
    lay_down_parameter(NewValue("due_soon_days", "4", on, "QĐ 12"), actor=world.actor)
    assert soon() == (0, ["in_time"])
    behind = figures.rows("duties.late_first", arguments={}, **moment)
    assert [(row.id, row.timeliness, row.days_late, row.days_late_first) for row in behind] == [
        (extended.pk, "in_time", 0, 61)
    ]
    assert figures.value("duties.late_first", arguments={}, **moment).value == 1
    for key in ("due_day_moves_to_working_day", "before_day_counts"):
        lay_down_parameter(NewValue(key, "có" if key.startswith("due") else "không", on, "QĐ 12"), actor=world.actor)
    row = set_due(duty, DueRule("day", date(2026, 2, 16), before=True), words="", on=on, actor=world.actor)
    assert row.last_day == date(2026, 2, 23)  # the 15th is a Sunday, Tết lasts until the 22nd
    far = set_due(duty, DueRule("day", date(2045, 5, 6)), words="", on=on, actor=world.actor)
    assert far.last_day == date(2045, 5, 6)
    lay_down_parameter(NewValue("flagged_extension", "1", on, "QĐ 12"), actor=world.actor)
    assert extensions.undecided(**moment) == []


def test_the_pages_of_parameters_and_working_days(worlds: tuple[World, World]) -> None:
    ours, theirs = worlds
    lay_down_parameter(NewValue("due_soon_days", "4", date(2022, 5, 1), "QĐ 99-QĐ/VP"), actor=ours.actor)
    for role in ROLES:
        client = signed_in(ours, role)
        assert "QĐ 99-QĐ/VP" in words(client.get("/parameters/"))
        assert "Giỗ Tổ" in words(client.get("/working-days/?year=2024"))
        assert client.get("/working-days/?year=2050").context["missing"] == 2050
    assert "QĐ 99-QĐ/VP" not in words(signed_in(theirs, "administrator").get("/parameters/"))
    client = signed_in(ours, "administrator")
    sent = {"text": "91", "on": "2022-06-01", "source": "QĐ 100"}
    assert client.post("/parameters/due_soon_days/", sent).status_code == 422
    assert client.post("/parameters/due_soon_days/", {**sent, "text": "5"}).status_code == 302
    assert client.get("/parameters/no_such/").status_code == 403


def test_a_report_after_the_hour_is_proposed_for_the_next_day(world: World) -> None:
    today = timezone.localdate()
    duty = world.tasks[0].duties.get()
    for state in ("in_progress", "reported"):
        move_duty(Move(duty.pk, state, today), actor=world.actor)
    asked = {"office_id": world.office.pk}
    assert dues.day_of_done(duty.pk, today=today, **asked) == today
    lay_down_parameter(NewValue("due_day_ends_at", "00:00", START, "QĐ 12"), actor=world.actor)
    assert dues.day_of_done(duty.pk, today=today + timedelta(days=5), **asked) == today + timedelta(days=1)
    assert dues.day_of_done(duty.pk, today=today, **asked) == today
    add_agency(NewAgency("Sở Y tế", "department", "province"), on=START, actor=world.actor)
