"""The rates by which work is counted: SQL as the rule, versions from a day on, points and places of agencies."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cases.reading import params
from dondoc.office import figures
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.agencies import succeed_agency
from dondoc.office.actions.definitions import (
    DefinitionRefused,
    NewDefinition,
    NewGroup,
    lay_down_definition,
    name_states,
)
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.measures import LayingRefused, NewMeasure, lay_down_measure
from dondoc.office.actions.parameters import NewValue, ValueRefused, lay_down_parameter
from dondoc.office.actions.scales import NewScale, ScaleNotLaid, end_scale, lay_down_scale
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Change, LogEntry, Measure, Scale, WorkflowState
from dondoc.office.queries import documents, duties, happenings, measures, scales, versions
from dondoc.office.reports.board import Scope
from dondoc.office.reports.snapshot import as_text
from dondoc.office.reports.templates import make
from dondoc.rules import measures as rules
from dondoc.rules.deadlines import DueRule, due_soon_days
from dondoc.rules.measures import bucket, has_come, ratio
from dondoc.rules.scales import Band, Criterion
from office.asking import signed_in, words, worked_out
from office.conftest import START, World
from office.registers import FIRST_DAY, FIRST_INSTANT, register
from office.test_access import definition_form, scale_form
from office.test_twins import CLASSES, Filled, by_the_rules, drawn, filled, questions  # noqa: F401

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 1)
LATER = date(2022, 9, 1)
OF_DUE = "Tỷ lệ hoàn thành trên số đã đến hạn, từ 01/01/1990"


@pytest.mark.parametrize("case", params("measures"))
def test_sql_counts_what_the_rule_counts(case):
    states = {"waiting": "assigned", "active": "doing", "deferred": "deferred", "done": "done", "dropped": "dropped"}
    book = register(CLASSES)
    agency = book.agency("so")
    for duty, row in zip(book.duties(len(case["duties"])), case["duties"], strict=True):
        book.borne(duty, agency)
        book.due(duty, row["last_day"])
        begun = Change(duty=duty, to_state=states[row["state_class"]], effective_on=row.get("done_on") or FIRST_DAY)
        book.enter_all([(FIRST_INSTANT, begun)])
    asked: dict[str, Any] = {"viewer": book.viewer, "as_of": case["as_of"], "known_at": None}
    only_due = case.get("only_due", False)
    measure = rules.Measure("x", "x", "x", frozenset(case["counts"]), frozenset(case["out_of"]), only_due)
    found = replace(measures.measured(**asked), measures={"x": measure}).ratio("x")
    assert found is not None
    shown = None if found.shown is None else str(found.shown)
    assert {"counted": found.counted, "out_of": found.out_of, "shown": shown} == case["expect"]
    assert len(measures.listed(measure, "counted", **asked)) == found.counted
    assert len(measures.listed(measure, "out_of", **asked)) == found.out_of


def test_three_hundred_histories_are_counted_as_the_rule_counts_them(filled: Filled) -> None:  # noqa: F811
    for as_of, known_at in questions(20):
        cells: Counter[tuple[str, bool]] = Counter()
        for one in drawn()[0]:
            row = by_the_rules(one, filled.agencies, as_of=as_of, known_at=known_at)
            if row is not None:
                stands = bucket(
                    state_class=CLASSES[row["state"]][0],
                    last_day=row["due_on"],
                    done_on=row["since"],
                    as_of=as_of,
                    soon_days=due_soon_days(on=as_of),
                )
                cells[stands, has_come(row["due_on"], as_of=as_of)] += 1
        asked: dict[str, Any] = {"viewer": filled.book.viewer, "as_of": as_of, "known_at": known_at}
        found = measures.measured(**asked)
        for measure in rules.shipped():
            assert found.ratio(measure.key) == ratio(measure, cells)
        late = rules.shipped_on(as_of)["late-of-open"]
        assert len(measures.listed(late, "counted", **asked)) == ratio(late, cells).counted


def owed(world: World, *, due: date | None, done_on: date | None = None, building: bool = False) -> int:
    """Give an agency a duty with a due day, done on a day or not yet."""
    agency = world.building if building else world.finance
    task = NewTask("Việc có hạn", (NewDuty(agency),), world.workflow)
    duty = add_task(task, on=START, actor=world.actor).duties.get()
    if due is not None:
        set_due(duty, DueRule("day", due), words="", on=START, actor=world.actor)
    if done_on is not None:
        move_duty(Move(duty.pk, "done", done_on), actor=world.actor)
    return duty.pk


def said(world: World, measure: str, on: date, known_at: Any = None, **scope: str) -> tuple[Any, ...]:
    """Give a rate with numerator, denominator and the version that it names; and see that it opens to its rows."""
    asked: dict[str, Any] = {"viewer": world.viewer(), "as_of": on, "known_at": known_at}
    arguments = {"measure": measure, **scope}
    keys = ("measures.rate", "measures.counted", "measures.out_of")
    rate, counted, out_of = figures.values([(key, arguments) for key in keys], **asked)
    found = figures.opened("measures.rate", arguments=arguments, **asked)
    assert worked_out("measures.rate", found) == rate.value
    for number in (counted, out_of):
        assert len(figures.rows(number.key, arguments=arguments, **asked)) == (number.value or 0)
    return rate.value, counted.value, out_of.value, rate.definition


def furnish(world: World) -> None:
    """Six duties with a due day besides the three without one: of Sở Tài chính, and one of Sở Xây dựng."""
    owed(world, due=date(2022, 4, 1), done_on=date(2022, 3, 1))
    owed(world, due=date(2022, 4, 1), done_on=date(2022, 5, 1))
    owed(world, due=date(2022, 4, 1))
    owed(world, due=DAY)
    owed(world, due=date(2022, 12, 31), done_on=date(2022, 5, 1))
    owed(world, due=date(2022, 12, 31), building=True)


def test_both_completion_rates_name_their_denominator_and_a_new_version_leaves_old_days_alone(world: World) -> None:
    furnish(world)
    assert said(world, "done-of-assigned", DAY)[:3] == (Decimal("33.3"), 3, 9)
    assert said(world, "done-of-due", DAY) == (Decimal("50.0"), 2, 4, OF_DUE)
    assert said(world, "done-of-due", DAY, agency=str(world.building.pk)) == (None, 0, 0, OF_DUE)
    assert said(world, "done-of-assigned", DAY, programme=world.programme.key)[:3] == (Decimal("0.0"), 0, 3)
    assert said(world, "done-of-due", date(1989, 1, 1)) == (None, None, None, None)
    with pytest.raises(Refused, match="không hỏi cả hai"):
        said(world, "done-of-due", DAY, programme=world.programme.key, resolution=str(world.resolution.pk))

    new = NewMeasure(
        key="done-of-due",
        name="Tỷ lệ hoàn thành trên số có hạn",
        sentence="Số việc có hạn đã hoàn thành trên số việc có hạn.",
        counts=frozenset({"done_in_time", "done_with_due"}),
        out_of=frozenset({"open", "due_soon", "late", "done_in_time", "done_with_due"}),
        on=LATER,
        basis_words="Quyết định 5-QĐ/VPTU",
    )
    row = lay_down_measure(new, actor=world.actor)
    assert said(world, "done-of-due", DAY) == (Decimal("50.0"), 2, 4, OF_DUE)
    assert said(world, "done-of-due", LATER) == (
        Decimal("50.0"), 3, 6, "Tỷ lệ hoàn thành trên số có hạn, từ 01/09/2022"
    )  # fmt: skip
    # What was known before the new version came: the old one.
    assert said(world, "done-of-due", LATER, row.recorded_at - timedelta(microseconds=1))[3] == OF_DUE

    mended = lay_down_measure(replace(new, name="Tỷ lệ khác"), actor=world.actor)
    assert (mended.replaces_id, said(world, "done-of-due", LATER)[3]) == (row.pk, "Tỷ lệ khác, từ 01/09/2022")
    history = measures.history("done-of-due", viewer=world.viewer(), as_of=LATER, known_at=None)
    assert [(laid.measure.name, laid.is_replaced, laid.recorded_by) for laid in history.versions] == [
        ("Tỷ lệ khác", False, "Nguyễn Văn Thử"),
        ("Tỷ lệ hoàn thành trên số có hạn", True, "Nguyễn Văn Thử"),
        ("Tỷ lệ hoàn thành trên số đã đến hạn", False, ""),
    ]
    for wrong, says in (
        (replace(new, on=date(1989, 1, 1)), "bắt đầu từ 01/01/1990"),
        (replace(new, counts=frozenset({"tốt"})), "Không có nhóm việc “tốt”"),
        (replace(new, counts=frozenset({"no_due"})), "có thể vượt 100%"),
        (replace(new, basis_words=" "), "Hãy nêu căn cứ"),
    ):
        with pytest.raises(LayingRefused, match=says):
            lay_down_measure(wrong, actor=world.actor)
    with pytest.raises(Refused, match="Vai trò"):
        lay_down_measure(new, actor=Actor(world.viewer("leader"), "Lãnh đạo"))
    assert Measure.objects.count() == 2


def scale_of(*criteria: Criterion) -> NewScale:
    grades = (Band(Decimal(0), Decimal(50), label="kém"), Band(Decimal(50), label="tốt"))
    return NewScale("xep-hang", "Thang của ta", "Tính theo việc.", criteria, grades, LATER, basis_words="QĐ 6")


def test_agencies_are_ranked_by_what_they_can_reach_and_each_score_opens_to_its_rows(world: World) -> None:
    furnish(world)
    asked: dict[str, Any] = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
    found = scales.scored(**asked).scores("xep-hang") or {}
    finance, building = found[world.finance.pk], found[world.building.pk]
    # 2 of 4 that fell due: 40 × 50/90; 2 of 3 in time: 30 × 66,67/100; 1 of 5 open ones late, from 10% on: 10.
    points = ((Decimal("22.22"), Decimal("20.00"), Decimal("10.00")), (None, None, Decimal("30.00")))
    assert (finance.score.points, building.score.points) == points
    assert (str(finance.score.total), str(finance.score.shown)) == ("52.22", "52.22")
    assert (finance.score.grade, building.score.grade) == ("Hoàn thành", "Hoàn thành xuất sắc")
    assert (str(building.score.attainable), building.score.percent, building.rank, finance.rank) == ("30.00", 100, 1, 2)
    for key, arguments in figures.every(**asked, keys=SCORES):
        value = figures.value(key, arguments=arguments, **asked)
        assert worked_out(key, figures.opened(key, arguments=arguments, **asked)) == value.value
        assert value.definition == "Thang điểm mẫu, từ 01/01/1990"
    focal = scales.scored(**{**asked, "viewer": world.viewer("focal", world.finance)}).scores("xep-hang") or {}
    assert {key: row.rank for key, row in focal.items()} == {world.finance.pk: None}

    half = Criterion("done-of-due", Decimal(10), (Band(Decimal(0), None, Decimal(10), Decimal(100)),))
    row = lay_down_scale(scale_of(half), actor=world.actor)
    assert [scales.in_force(**{**asked, "as_of": on})["xep-hang"].version for on in (DAY, LATER)] == [
        "Thang điểm mẫu, từ 01/01/1990",
        "Thang của ta, từ 01/09/2022",
    ]
    assert scales.in_force(**{**asked, "as_of": LATER})["xep-hang"].criteria == (half,)
    again = lay_down_scale(scale_of(replace(half, points=Decimal(20))), actor=world.actor)
    assert again.replaces_id == row.pk
    gap = replace(half, bands=(Band(Decimal(0), Decimal(40), Decimal(0)), Band(Decimal(60), None, Decimal(10))))
    with pytest.raises(ScaleNotLaid, match="Tiêu chí 1: thiếu khoảng từ 40 đến dưới 60"):
        lay_down_scale(scale_of(gap), actor=world.actor)
    with pytest.raises(ScaleNotLaid, match="bắt đầu từ 01/01/1990"):
        lay_down_scale(replace(scale_of(half), on=date(1989, 1, 1)), actor=world.actor)
    assert Scale.objects.count() == 2


SCORES = ("scales.points", "scales.percent", "scales.reach", "scales.rank")
RANKED = """\
Các cơ quan, đơn vị được xếp hạng theo tỷ lệ phần trăm trên số điểm có thể đạt của “Thang mẫu, từ 01/09/2022”.
Đứng đầu, với 42,22% số điểm có thể đạt: Sở Tài chính.
Không xếp hạng, vì số điểm áp dụng được (ghi trong ngoặc) dưới 50% tổng số 100 điểm của thang: Sở Xây dựng (30).
Xếp hạng cơ quan, đơn vị, đến ngày 01/9/2022
Hạng | Cơ quan, đơn vị | Điểm | Điểm có thể đạt | Phần trăm số điểm có thể đạt | Xếp loại
1 | Sở Tài chính | 42,22 | 100 | 42,22 | Không hoàn thành
– | Sở Xây dựng | 30 | 30 | 100 | không xếp hạng
Điểm từng tiêu chí: số đạt/tổng số tính (tỷ lệ): điểm
Cơ quan, đơn vị | Tỷ lệ hoàn thành trên số đã đến hạn (tối đa 40 điểm) | Tỷ lệ đúng hạn trong số đã hoàn thành (tối \
đa 30 điểm) | Tỷ lệ quá hạn trong số chưa hoàn thành (tối đa 30 điểm)
Sở Tài chính | 2/4 (50%): 22,22 | 2/3 (66,7%): 20 | 2/5 (40%): 0
Sở Xây dựng | – | – | 0/1 (0%): 30
""".splitlines()
WHY = "30 trên 100 điểm áp dụng được, cần ít nhất 50%"


def test_an_agency_to_which_less_than_the_least_share_of_the_points_applies_is_shown_without_a_place(
    world: World,
) -> None:
    furnish(world)
    client, agency = signed_in(world, "officer"), {"scale": "xep-hang", "agency": str(world.building.pk)}
    later: dict[str, Any] = {"viewer": world.viewer(), "as_of": LATER, "known_at": None}
    sample = scales.in_force(**later)["xep-hang"]

    def stand() -> list[tuple[str, int | None, str]]:
        rows = (scales.scored(**later).scores("xep-hang") or {}).values()
        return [(row.short_name or row.name, row.rank, row.score.grade) for row in rows]

    before = stand()
    assert [row[1:] for row in before] == [(1, "Hoàn thành xuất sắc"), (2, "Không hoàn thành")]
    new = NewScale("xep-hang", "Thang mẫu", "Câu.", sample.criteria, sample.grades, LATER, basis_words="QĐ 6")
    for share in ("-1", "100,5"):
        with pytest.raises(ScaleNotLaid, match="phải từ 0 đến 100"):
            lay_down_scale(replace(new, least_share=Decimal(share.replace(",", "."))), actor=world.actor)
    lay_down_scale(replace(new, least_share=Decimal(30)), actor=world.actor)
    assert stand() == before
    lay_down_scale(replace(new, least_share=Decimal(50)), actor=world.actor)
    assert stand() == [(before[1][0], 1, "Không hoàn thành"), (before[0][0], None, "")]

    rank, reach, percent = figures.values([(f"scales.{one}", agency) for one in ("rank", "reach", "percent")], **later)
    assert (rank.value, reach.value, percent.value) == (None, Decimal("30.00"), Decimal("100.00"))
    assert (rank.label, rank.sentence) == (percent.label, percent.sentence) == (
        "không xếp hạng",
        "Đến 01/09/2022, Sở Xây dựng có 30 trên 30 điểm có thể đạt, nhưng không được xếp hạng: các tiêu chí áp dụng "
        "được cho cơ quan này chỉ chiếm 30 trên tổng số 100 điểm, tức 30%; thang điểm đòi hỏi ít nhất 50%.",
    )  # fmt: skip
    found = figures.every(**later, keys=SCORES)
    for key, arguments in found:
        opened = figures.opened(key, arguments=arguments, **later)
        assert worked_out(key, opened) == figures.value(key, arguments=arguments, **later).value
    assert [arguments["agency"] for key, arguments in found if key == "scales.rank"] == [str(world.finance.pk)]

    page = words(client.get(f"/scoreboard/?as_of={LATER}"))
    assert (f"Không xếp hạng: {WHY}." in page, "ít nhất 50% trong 100 điểm" in page) == (True, True)
    csv = client.get(f"/scoreboard/sheet/csv/?as_of={LATER}").content.decode()
    assert csv.splitlines()[-1].endswith(f'30,30,100,,"{WHY}"')
    assert WHY not in words(client.get(f"/scoreboard/?as_of={DAY}"))
    asked = client.get("/api/figures/scales.rank", {**agency, "as_of": LATER.isoformat()}).json()
    assert (asked["value"], asked["sentence"]) == (None, rank.sentence)
    report, _layout = make("agencies", Scope(), **later, issued_on=date(2026, 1, 1))
    lines = re.sub(r"\[\d+\]", "", as_text(report)).splitlines()
    begin = lines.index("# Xếp hạng cơ quan, đơn vị")
    assert [line for line in lines[begin + 1 :] if line][:11] == RANKED
    # The form keeps what was laid down, and refuses what is no share.
    field = re.search(
        r'<input[^>]*name="least_share"[^>]*>', client.get("/scoreboard/scale/xep-hang/").content.decode()
    )
    assert field is not None
    assert 'value="50"' in field[0]
    sent = {**scale_form(), "on": LATER.isoformat(), "least_share": "101"}
    assert client.post("/scoreboard/scale/xep-hang/", sent).status_code == 422
    listed = words(client.get("/definitions/"))
    assert ("xếp hạng từ 50% số điểm trở lên" in listed, "xếp hạng từ 30% số điểm trở lên" in listed) == (True, True)
    # One that is no more keeps what it did under its name, and is compared with none from then on; the page says so.
    succeed_agency(world.finance, None, kind="dissolved", on=LATER, basis=world.resolution, actor=world.actor)
    told = [words(client.get(f"/scoreboard/?as_of={day}")) for day in (LATER - timedelta(days=1), LATER)]
    assert ["Không xếp hạng: kết thúc ngày 01/09/2022." in one for one in told] == [False, True]
    (rank,) = figures.values([("scales.rank", {"scale": "xep-hang", "agency": str(world.finance.pk)})], **later)
    assert (rank.value, rank.label, "đã kết thúc hoạt động ngày 01/09/2022" in rank.sentence) == (
        None,
        "không xếp hạng",
        True,
    )


def test_an_office_has_several_scales_chooses_one_for_its_ranking_and_ends_one(worlds: tuple[World, World]) -> None:
    world, far = worlds
    furnish(world)
    half = Criterion("done-of-due", Decimal(10), (Band(Decimal(0), None, Decimal(10), Decimal(100)),))
    monthly = replace(scale_of(half), key="thang-thang", name="Thang tháng")
    lay_down_scale(monthly, actor=world.actor)
    with pytest.raises(ScaleNotLaid, match="đã có thang điểm tên “thang tháng”"):
        lay_down_scale(replace(monthly, key="x", name="thang tháng"), actor=world.actor)
    later: dict[str, Any] = {"viewer": world.viewer(), "as_of": LATER, "known_at": None}
    assert sorted(scales.in_force(**later)) == ["thang-thang", "xep-hang"]
    assert sorted(scales.in_force(**{**later, "as_of": DAY})) == ["xep-hang"]
    assert sorted(scales.in_force(**{**later, "viewer": far.viewer()})) == ["xep-hang"]
    client = signed_in(world, "officer")

    def by(page: str = "/scoreboard/?x=") -> tuple[str, list[str]]:
        shown = client.get(f"{page}&as_of={LATER}")
        said = re.search(r"Thang điểm: (Thang [^,]+),", words(shown))
        offered = re.findall(r'href="/scoreboard/\?(?:[^"]*&amp;)?scale=([a-z-]+)[^"]*"', shown.content.decode())
        assert said is not None
        return said[1], sorted(set(offered))

    both = ["thang-thang", "xep-hang"]
    assert by() == ("Thang điểm mẫu", both)
    assert by("/scoreboard/?scale=thang-thang") == ("Thang tháng", both)
    assert client.get("/scoreboard/?scale=khong-co").status_code == 403
    # Which one is used where none is chosen is laid down from a day on, too.
    choice = NewValue("ranking_scale", "thang-thang", LATER, "Quyết định 8-QĐ/VPTU")
    for wrong in (replace(choice, text="khong-co"), replace(choice, on=DAY)):
        with pytest.raises(ValueRefused, match="không có thang điểm này"):
            lay_down_parameter(wrong, actor=world.actor)
    lay_down_parameter(choice, actor=world.actor)
    assert by() == ("Thang tháng", both)
    assert "Thang tháng" in words(signed_in(world, "administrator").get(f"/parameters/?as_of={LATER}"))

    # The program's own can be ended as well, and does not come back; what was ranked before stays.
    sent = {"on": LATER.isoformat()}
    assert client.post("/scoreboard/scale/xep-hang/end/", sent).status_code == 302
    assert by()[1] == []
    assert sorted(scales.in_force(**later)) == ["thang-thang"]
    assert scales.in_force(**{**later, "as_of": DAY})["xep-hang"].criteria != ()
    assert client.post("/scoreboard/scale/xep-hang/end/", sent).status_code == 422
    on = LATER + timedelta(days=9)
    row = end_scale("thang-thang", on, actor=world.actor)
    assert (row.until_on, row.criteria.count(), row.bands.count()) == (on, 1, 3)
    assert scales.in_force(**later)["thang-thang"].criteria == (half,)
    assert scales.in_force(**{**later, "as_of": on}) == {}
    assert "Ngày này không có thang điểm nào" in words(client.get(f"/scoreboard/?as_of={on}"))
    listed = words(client.get("/definitions/"))
    assert ("đến trước 01/09/2022" in listed, "đến trước 10/09/2022" in listed) == (True, True)
    with pytest.raises(Refused, match="Vai trò"):
        end_scale("xep-hang", LATER, actor=Actor(world.viewer("leader"), "Lãnh đạo"))
    with pytest.raises(scales.NoSuchScale):
        scales.history("thang-thang", viewer=far.viewer(), as_of=LATER, known_at=None)


def test_an_old_day_keeps_the_words_that_states_had_then(worlds: tuple[World, World]) -> None:
    world, far = worlds
    owed_by = world.tasks[0].duties.get()
    duty = owed_by.pk
    move_duty(Move(duty, "in_progress", date(2022, 2, 1)), actor=world.actor)
    set_due(owed_by, DueRule("day", date(2022, 4, 1)), words="", on=START, actor=world.actor)
    client, page = signed_in(world, "officer"), f"/definitions/{world.workflow.pk}/states/"
    labels = {f"label-{code}": label for code, label in _labels(world, DAY).items()}
    before = LogEntry.objects.count()
    labels |= {"on": LATER.isoformat(), "basis_words": "Hướng dẫn số 7"}
    anew = {**labels, "label-in_progress": " đang  triển khai "}
    wrong = {**labels, "label-in_progress": "đã giao"}
    groundless = {**anew, "basis_words": " "}
    for sent, says in ((wrong, "cùng gọi là “đã giao”"), (labels, "đã được gọi như vậy"), (groundless, "nêu căn cứ")):
        answer = client.post(page, sent)
        assert (answer.status_code, says in words(answer)) == (422, True)
    assert LogEntry.objects.count() == before
    assert client.post(page, anew).status_code == 302
    days = (DAY, LATER)
    about = f"programme={world.programme.key}"
    for asked in (f"/tasks/?{about}", f"/report/?report=agencies&{about}"):
        shown = [words(client.get(f"{asked}&as_of={on}")) for on in days]
        assert ["đang triển khai" in one for one in shown] == [False, True], asked
    # Whatever page is opened names the definitions of its day; on the day before the words were laid down, the former.
    eve = LATER - timedelta(days=1)
    feet = [
        words(client.get(f"/agencies/?as_of={on}")).partition("Định nghĩa áp dụng từ ")[2][:10] for on in (eve, LATER)
    ]
    assert feet == ["03/01/2022", "01/09/2022"]
    assert [_labels(world, on)["in_progress"] for on in days] == ["đang thực hiện", "đang triển khai"]
    # What it counts as and whose step comes next stay; the history says the word of its day.
    stood = duties.duty(duty, viewer=world.viewer(), as_of=LATER, known_at=None)
    assert (stood.state, stood.state_class, stood.state_label) == ("in_progress", "active", "đang triển khai")
    assert happenings.history(duty, viewer=world.viewer(), as_of=LATER, known_at=None)[0].title == "đang thực hiện"
    # A word of the same day is mended, with the ground for it; both stay on the page.
    basis = world.resolution.pk
    (mended,) = name_states(world.workflow.pk, {"in_progress": "đang làm"}, on=LATER, basis_id=basis, actor=world.actor)
    assert (mended.replaces is not None, _labels(world, LATER)["in_progress"]) == (True, "đang làm")
    laid = words(client.get(f"/definitions/?as_of={LATER}"))
    assert "01/09/2022: đang triển khai · Căn cứ: Hướng dẫn số 7" in laid
    assert f"01/09/2022: đang làm · Căn cứ: {documents.short_titles([basis], known_at=None)[basis]}" in laid
    # The ground alone is corrected, since the day of its word: the tick takes the ground, the word stays as it is.
    ticked = {**labels, "label-in_progress": "đang làm", "ground-in_progress": "on"}
    for sent, says in (
        ({**ticked, "label-in_progress": "làm"}, "không làm cả hai"),
        ({**ticked, "basis_words": "", "basis": str(basis)}, "đã là căn cứ"),
        ({**ticked, "basis_words": ""}, "nêu căn cứ"),
    ):
        answer = client.post(page, sent)
        assert (answer.status_code, says in words(answer)) == (422, True), says
    assert client.post(page, {**ticked, "basis_words": "Hướng dẫn số 8"}).status_code == 302
    (row,) = WorkflowState.objects.filter(replaces=mended)
    assert (row.label, row.effective_on, row.basis_words) == ("đang làm", LATER, "Hướng dẫn số 8")
    assert "01/09/2022: đang làm · Căn cứ: Hướng dẫn số 8" in words(client.get(f"/definitions/?as_of={LATER}"))
    asked = f"as_of={LATER}&known_at={mended.recorded_at.isoformat().replace('+', '%2B')}"
    assert "Hướng dẫn số 8" not in words(client.get(f"/definitions/?{asked}"))
    for flow, code, label, says in (
        (far.workflow.pk, "done", "xong", "Không có định nghĩa này"),
        (world.workflow.pk, "khac", "xong", "khac"),
        (world.workflow.pk, "done", "  ", "phải có tên gọi"),
    ):
        with pytest.raises(DefinitionRefused, match=says):
            name_states(flow, {code: label}, on=LATER, basis_words="Hướng dẫn số 7", actor=world.actor)
    with pytest.raises(documents.NoSuchDocument):
        name_states(world.workflow.pk, {"done": "xong"}, on=LATER, basis_id=far.resolution.pk, actor=world.actor)


def _labels(world: World, on: date) -> dict[str, str]:
    flow = versions.workflow(world.workflow.pk, viewer=world.viewer(), as_of=on, known_at=None)
    return {state.code: state.label for state in flow.states}


def test_the_pages_show_a_change_in_numbers_before_it_is_recorded_and_old_days_as_they_were(world: World) -> None:
    furnish(world)
    client = signed_in(world, "officer")
    pages = ["/?office=all", f"/tasks/?programme={world.programme.key}", "/scoreboard/?office=all"]
    pages += [f"/?programme={world.programme.key}", f"/report/?programme={world.programme.key}", "/definitions/?x="]
    old = [f"{page}&as_of={DAY}" for page in pages]
    before = [words(client.get(page)) for page in old]
    assert "2/4 · 50,0%" in before[2]
    assert "không có việc" in before[2]
    assert "Định nghĩa chung (03/01/2022)" in before[1]
    assert "trên số đã giao, từ 01/01/1990" in before[0]
    _changed(client, world)
    # The page of definitions tells of every version that is known, also of those that come later.
    after = [words(client.get(page)) for page in old]
    assert after[:5] == before[:5]
    assert "Cách đếm mới" in after[5]
    assert "Cách đếm mới (01/09/2022)" in words(client.get(f"/tasks/?programme={world.programme.key}&as_of={LATER}"))
    csv = client.get(f"/scoreboard/sheet/csv/?as_of={DAY}").content.decode()
    assert "Sở Tài chính;" in csv.replace(",", ";")
    assert "Tỷ lệ hoàn thành trên số đã đến hạn, từ 01/01/1990" in csv


def _changed(client: Client, world: World) -> None:
    """Look at a new definition, a new rate and a new scale in numbers, then lay each down."""
    entries = LogEntry.objects.count()
    for page, form, says in (
        (f"/definitions/{world.workflow.pk}/", {**definition_form(), "name": "Cách đếm mới"}, "mọi việc – 3/3"),
        (
            "/definitions/rates/done-of-due/",
            {"name": "Mới", "sentence": "Câu.", "basis_words": "QĐ 1", "counts-late": "on", "out_of-late": "on"}
            | {"out_of-no_due": "on"},
            "Toàn cơ quan",
        ),
        ("/scoreboard/scale/", scale_form(), "Sở Tài chính"),
    ):
        sent = {**form, "on": LATER.isoformat()}
        looked = client.post(page, {**sent, "preview": "1"})
        assert (looked.status_code, says in words(looked), "Chưa ghi gì" in words(looked)) == (200, True, True)
        assert LogEntry.objects.count() == entries
        assert client.post(page, sent).status_code == 302
        entries += 1
        assert LogEntry.objects.count() == entries
    more = client.post("/scoreboard/scale/", {**scale_form(), "more": "1"})
    assert (more.status_code, len(re.findall(r'name="[^"]+from_value"', more.content.decode()))) == (200, 2 + 3 + 2)


def test_a_definition_leaves_no_state_out_and_counts_none_twice(worlds: tuple[World, World]) -> None:
    world, far = worlds
    every = ("assigned", "in_progress", "reported", "done", "dropped")
    new = NewDefinition(
        world.workflow.pk,
        None,
        "Mới",
        "Câu",
        (NewGroup("all", "mọi việc", "active", every),),
        LATER,
        basis_words="QĐ 1",
    )
    for wrong, says in (
        (replace(new, groups=(NewGroup("a", "một", "active", every[1:]),)), "bỏ sót|để sót|đã giao"),
        (replace(new, groups=(*new.groups, NewGroup("b", "hai", "done", ("done",)))), "hai lần"),
        (replace(new, groups=(*new.groups, NewGroup("b", "hai", "done", ()))), "chưa có trạng thái nào"),
        (replace(new, on=date(2021, 12, 31)), "chỉ có từ 03/01/2022"),
        (replace(new, basis_words=""), "Hãy nêu căn cứ"),
        (replace(new, workflow_id=far.workflow.pk), "Không có định nghĩa này"),
        (replace(new, programme_id=far.programme.pk), "Không có định nghĩa này"),
        (replace(new, basis_words="", basis_id=far.resolution.pk), "Không có định nghĩa này"),
    ):
        with pytest.raises(DefinitionRefused, match=says):
            lay_down_definition(wrong, actor=world.actor)
    first = lay_down_definition(new, actor=world.actor)
    assert first.sentence == "Câu. Căn cứ: QĐ 1."
    assert lay_down_definition(replace(new, name="Sửa"), actor=world.actor).replaces_id == first.pk
