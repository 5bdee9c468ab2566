"""Pictures over days say of each day what lists and figures say of it, and show nobody more than these do."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import altair as alt
import pytest
from django.utils.translation import override

from dondoc.office import charts, figures
from dondoc.office.access import Viewer
from dondoc.office.actions.agencies import NewAgency, add_agency
from dondoc.office.actions.clauses import tie_task
from dondoc.office.actions.duties import HandOver, Move, correct_change, hand_over_duty, move_duty, set_due
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.charts import moments_drawn
from dondoc.office.figures import timelines as figures_over_days
from dondoc.office.models import Change
from dondoc.office.queries import programmes, standing, timelines
from dondoc.office.queries.tasks import NoSuchTask
from dondoc.office.queries.timelines import DayCounts, Within, thinned
from dondoc.office.reports import pictures
from dondoc.office.reports.blocks import Chart, FigureRun, runs_of
from dondoc.office.reports.board import Scope
from dondoc.rules.ageing import BandRefused, band_of, bands
from dondoc.rules.deadlines import DueRule
from office.conftest import World
from office.resolutions import resolved
from office.test_twins import Filled, filled, questions  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
FIRST, DAY = date(2022, 1, 3), date(2022, 6, 30)


def on(found: list[DayCounts], day: date) -> dict[str, int]:
    """What a course says of a day: the last counts not after it, noughts left out."""
    counts = next((each.counts for each in reversed(found) if each.day <= day), {})
    return {key: n for key, n in counts.items() if n}


def test_courses_of_random_histories_say_what_each_day_says(filled: Filled) -> None:  # noqa: F811
    """Every kind of fact: corrected, ended, entered late, two of one day; on each day, as known at each instant."""
    viewer = filled.book.viewer
    for _as_of, known_at in questions(5):
        until = date(2019, 2, 20)
        moment: dict[str, Any] = {"viewer": viewer, "known_at": known_at}
        states = timelines.tasks_by_class(Within(), **moment, as_of=until)
        course = timelines.duties_course(Within(), **moment, as_of=until)
        for n in range(-2, 51, 4):
            day = date(2019, 1, 1) + timedelta(days=n)
            classes = standing.ask("select state_class, count(*) from task group by 1", **moment, as_of=day)
            assert on(states, day) == dict(classes)
            [(owed, done, fallen)] = standing.ask(
                """select count(*), count(*) filter (where state_class = 'done'),
                          count(*) filter (where bucket <> 'owed' and due_on <= %(as_of)s) from duty""",
                **moment,
                as_of=day,
            )
            expected = {"owed": owed, "done": done, "fallen_due": fallen}
            assert on(course, day) == {key: count for key, count in expected.items() if count}


@pytest.fixture
def busy(worlds: tuple[World, World]) -> World:
    """An office in which duties moved, were handed over, mended, and joined by others; beside it another office."""
    world = worlds[0]
    third = add_agency(NewAgency("Sở Y tế", "department", "province"), on=FIRST, actor=world.actor)
    one, two, three = (task.duties.get() for task in world.tasks)
    for duty, day in ((one, date(2022, 2, 1)), (two, date(2022, 3, 1)), (three, date(2022, 5, 1))):
        set_due(duty, DueRule("day", day), words="", on=FIRST, actor=world.actor)
    move_duty(Move(one.pk, "in_progress", date(2022, 1, 20)), actor=world.actor)
    move_duty(Move(one.pk, "done", date(2022, 2, 10)), actor=world.actor)
    move_duty(Move(two.pk, "in_progress", date(2022, 2, 15)), actor=world.actor)
    wrong = Change.objects.get(duty=two, to_state="in_progress")
    correct_change(wrong, to_state="in_progress", on=date(2022, 2, 20), note="nhầm ngày", actor=world.actor)
    hand_over_duty(HandOver(three.pk, world.building.pk, reason="chuyển"), on=date(2022, 4, 1), actor=world.actor)
    duties = (NewDuty(world.finance), NewDuty(third, "coordinate"))
    late = NewTask("Việc thêm", duties, world.workflow, programmes=((world.programme, "9"),))
    add_task(late, on=date(2022, 3, 10), actor=world.actor)
    return world


def sights(world: World) -> list[Viewer]:
    return [world.viewer(), world.viewer("focal", world.finance), world.viewer("focal", world.building)]


def scopes(world: World) -> list[Scope]:
    return [Scope(), Scope("resolution", str(world.resolution.pk)), Scope("programme", world.programme.key)]


def test_each_number_of_a_picture_over_days_is_the_figure_of_its_day(busy: World) -> None:
    """For each scope and each sight: value, sentence, definition and address are those of the registry."""
    for viewer in sights(busy):
        for scope in scopes(busy):
            within = Within(**scope.arguments)
            at: dict[str, Any] = {"viewer": viewer, "as_of": DAY, "known_at": None}
            asked = {**at, "most": 240}
            found = [ask(within, **asked) for ask in (figures_over_days.states, figures_over_days.course)]
            listed = [row for row in programmes.programmes(**at) if row.key == scope.key]
            by_groups = figures_over_days.grouped(listed[0], **asked) if listed else None
            for moments in (*found, *([by_groups.moments] if by_groups else [])):
                assert moments[-1].day == DAY
                for moment in (moments[0], moments[len(moments) // 2], moments[-1]):
                    for shown in moment.figures.values():
                        arguments = dict(shown.arguments)
                        own = figures.value(
                            shown.key, viewer=viewer, as_of=moment.day, known_at=None, arguments=arguments
                        )
                        assert shown == own
                        rows = figures.rows(
                            shown.key, viewer=viewer, as_of=moment.day, known_at=None, arguments=arguments
                        )
                        assert len(rows) == shown.value


def test_what_is_drawn_stands_in_the_table_and_opens(busy: World) -> None:
    scope = Scope("resolution", str(busy.resolution.pk))
    asked: dict[str, Any] = {"viewer": busy.viewer(), "as_of": DAY, "known_at": None}
    chart = pictures.states_over_time(scope, **asked)
    written = {run.figure.value for run in runs_of(chart) if isinstance(run, FigureRun)}
    drawn = moments_drawn(chart.spec)
    assert {n for _day, _class, n in drawn} <= written | {0}
    assert [(state, n) for day, state, n in drawn if day == "30/06/2022"] == [
        ("done", 1),
        ("active", 1),
        ("waiting", 2),
    ]
    # The resolution has one list: the picture counts by its own groups, and says by which definition.
    assert "Định nghĩa chung" in chart.alt
    course = pictures.burn_up(scope, **asked)
    assert [(line, n) for day, line, n in moments_drawn(course.spec) if day == "30/06/2022"] == [
        ("owed", 5),
        ("fallen_due", 3),
        ("done", 1),
    ]


def test_nothing_is_drawn_of_a_day_before_anything(busy: World) -> None:
    early: dict[str, Any] = {"viewer": busy.viewer(), "as_of": date(2021, 1, 1), "known_at": None}
    for draw in (pictures.states_over_time, pictures.burn_up):
        chart = draw(Scope("programme", busy.programme.key), **early)
        assert (chart.twin.rows, chart.alt) == ((), "")


def asked_of(world: World, **more: Any) -> dict[str, Any]:
    return {"viewer": world.viewer(), "as_of": DAY, "known_at": None} | more


def told(chart: Chart) -> list[list[str]]:
    """The table of a picture as words."""
    return [
        [" ".join(run.shown if isinstance(run, FigureRun) else run.text for run in cell) for cell in row.cells]  # type: ignore[union-attr]
        for row in chart.twin.rows
    ]


def test_pictures_of_a_day_count_as_the_figures_do(busy: World) -> None:
    """Who is how late, who has what, whence it comes: in the table, and the same numbers in the drawing."""
    office = asked_of(busy)
    with override("en"):
        late = pictures.ageing(Scope(), **office)
        heat = pictures.heat_map(Scope(), **office)
        way = pictures.flow(Scope(), **office)
        mine = pictures.heat_map(Scope(), **asked_of(busy, viewer=busy.viewer("focal", busy.building)))
    assert told(late) == [
        ["1 to 7 days", "0"],
        ["8 to 30 days", "0"],
        ["31 to 90 days", "1"],
        ["more than 90 days", "1"],
        ["Late in all", "2"],
    ]
    assert [row["n"] for row in late.spec["datasets"]["bands"]] == [0, 0, 1, 1]
    assert told(heat) == [
        ["Sở Tài chính", "3", "1", "1", "1", "1"],
        ["Sở Xây dựng", "1", "1", "0", "0", "1"],
        ["Sở Y tế", "1", "1", "0", "0", "0"],
        ["All agencies", "5", "3", "1", "1", "2"],
    ]
    assert [row["n"] for row in heat.spec["datasets"]["cells"]][:4] == [1, 1, 1, 1]
    assert told(mine) == [["Sở Xây dựng", "1", "1", "0", "0", "1"]]
    lines = told(way)
    assert sum(int(line[-1]) for line in lines if not line[2]) == 5
    assert sum(int(line[-1]) for line in lines if line[2]) == 5
    assert {line[0] for line in lines if not line[2]} == {"7-NQ/TU"}
    opened = [run.figure for chart in (late, heat, way) for run in runs_of(chart) if isinstance(run, FigureRun)]
    for figure in opened:
        rows = figures.rows(figure.key, **office, arguments=dict(figure.arguments))
        assert len(rows) == figure.value, figure


def test_the_pictures_of_a_document_count_what_its_board_and_its_list_count(busy: World) -> None:
    """Also a task whose first words stand in another document; each number is the figure, and opens to its rows."""
    own = resolved(busy)
    scope, early = Scope("document", str(own.resolution)), date(2022, 1, 5)
    both = (NewDuty(busy.finance), NewDuty(busy.building, "coordinate"))
    twice = NewTask("Việc của hai văn bản", both, busy.workflow, document=busy.resolution)
    for task in (add_task(twice, on=date(2022, 1, 4), actor=busy.actor), busy.tasks[1]):
        tie_task(own.clause("II.2"), task_id=task.pk, actor=busy.actor)
    draws = (pictures.states_over_time, pictures.burn_up, pictures.ageing, pictures.heat_map, pictures.flow)
    counted = []
    for viewer in sights(busy):
        asked = asked_of(busy, viewer=viewer)
        board = figures.rows("tasks.assigned", **asked, arguments=scope.arguments)
        duties = figures.rows("duties.standing", **asked, arguments=scope.arguments)
        assert {duty.task_id for duty in duties} == {task.id for task in board}
        states, course, late, heat, way = (draw(scope, **asked) for draw in draws)
        counted.append((len(board), len(duties)))
        assert told(states)[-1][1] == str(len(board))
        assert told(course)[-1][1] == str(len(duties))
        assert sum(int(line[1]) for line in told(heat) if line[0].startswith("Sở")) == len(duties)
        assert [sum(int(line[-1]) for line in told(way) if bool(line[2]) is after) for after in (False, True)] == [
            len(duties)
        ] * 2
        assert {line[0] for line in told(way) if not line[2]} == {"12-NQ/TU"}
        assert told(late)[-1][1] == str(sum(duty.days_late > 0 for duty in duties))
        shown = [
            run.figure
            for chart in (states, course, late, heat, way)
            for run in runs_of(chart)
            if isinstance(run, FigureRun)
        ]
        for figure in shown:
            at = {**asked, "as_of": figure.as_of, "arguments": dict(figure.arguments)}
            assert figures.value(figure.key, **at) == figure
            assert len(figures.rows(figure.key, **at)) == figure.value, figure
        assert [draw(scope, **asked | {"as_of": early}).twin.rows for draw in draws] == [()] * len(draws)
    assert counted == [(2, 3), (2, 2), (1, 1)]


def test_bands_leave_no_day_out(busy: World) -> None:
    found = bands((90, 7, 30))
    assert [band.code for band in found] == ["1-7", "8-30", "31-90", "91-"]
    assert [sum(band.holds(days) for band in found) for days in range(0, 200)] == [0, *[1] * 199]
    assert [band_of(band.code) for band in found] == list(found)
    for wrong in ("", "0-7", "8-3", "x", "1-2-3"):
        with pytest.raises(BandRefused):
            band_of(wrong)
    moment = asked_of(busy)
    with pytest.raises(figures.ArgumentsRefused):
        figures.value("duties.standing", **moment, arguments={"late_days": "x"})


def test_the_course_of_a_task_shows_its_duties_and_what_happened(worlds: tuple[World, World], busy: World) -> None:
    task = busy.tasks[2]
    with override("en"):
        chart = pictures.task_timeline(task.pk, **asked_of(busy))
        early = pictures.task_timeline(task.pk, **asked_of(busy, as_of=date(2022, 3, 31)))
    assert told(chart) == [
        ["Sở Xây dựng (lead)", "03/01/2022", "30/06/2022", "đã giao"],
        ["", "01/05/2022", "01/05/2022", "due day"],
    ]
    assert told(early)[0] == ["Sở Tài chính (lead)", "03/01/2022", "31/03/2022", "đã giao"]
    with pytest.raises(NoSuchTask):
        pictures.task_timeline(task.pk, **asked_of(worlds[1]))
    with pytest.raises(NoSuchTask):
        pictures.task_timeline(task.pk, **asked_of(busy, viewer=busy.viewer("focal", busy.finance)))


def drawings(world: World) -> dict[str, Chart]:
    scope = Scope("resolution", str(world.resolution.pk))
    draws = (pictures.states_over_time, pictures.burn_up, pictures.ageing, pictures.heat_map, pictures.flow)
    found = {draw.__name__: draw(scope, **asked_of(world)) for draw in draws}
    return found | {"task_timeline": pictures.task_timeline(world.tasks[0].pk, **asked_of(world))}


def test_each_drawing_keeps_to_the_schema_fetches_nothing_and_is_the_same_each_time(busy: World) -> None:
    """In another time zone too; and the page, which may not evaluate code, gets comparisons only."""
    for name, chart in drawings(busy).items():
        alt.LayerChart.from_dict(dict(chart.spec)).to_dict(validate=True)
        text = json.dumps(chart.spec, ensure_ascii=False)
        assert re.findall(r"[a-z]+://[^\"]*", text) == [chart.spec["$schema"]], name
        expressions = re.findall(r'"(?:filter|test|labelExpr)": "((?:[^"\\\\]|\\\\.)*)"', text)
        assert [one for one in expressions if "(" in one] == [], name
        svg = charts.chart_svg(chart.spec)
        assert svg == charts.chart_svg(json.loads(text)), name
        assert chart.alt != "", name
        assert chart.twin.rows != (), name
        assert "background" not in charts.on_screen(chart.spec)
        if chart.narrow:  # a phone gets the same numbers in another layout, no wider than the smallest of phones
            rows, other = chart.spec["datasets"], chart.narrow.get("datasets", {})
            small = {**chart.spec, **chart.narrow, "datasets": {**rows, **other}}
            alt.LayerChart.from_dict(small).to_dict(validate=True)
            counted = {"parts", "edges", "lines", "bands", "cells", "bars", "marks", "dues"}
            assert counted & other.keys() == set(), name
            assert small["width"] + small["padding"]["left"] + small["padding"]["right"] == charts.NARROW, name
            layout = json.dumps(chart.narrow, ensure_ascii=False)
            expressions = re.findall(r'"(?:filter|test|labelExpr)": "((?:[^"\\\\]|\\\\.)*)"', layout)
            assert [one for one in expressions if "(" in one] == [], name
    assert [name for name, chart in drawings(busy).items() if not chart.narrow] == ["flow"]


def test_many_days_are_thinned_to_the_last_of_each_period() -> None:
    days = [DayCounts(FIRST + timedelta(days=n), {"done": n}) for n in range(100)]
    kept = thinned(days, most=10, until=FIRST + timedelta(days=109))
    assert [each.counts["done"] for each in kept] == [0, 10, 21, 32, 43, 54, 65, 76, 87, 98, 99, 99]
    assert kept[-1].day == FIRST + timedelta(days=109)
