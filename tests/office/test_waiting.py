"""For whom a duty waits, and whose the days of a delay are: obstacles, coordinators, stages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dondoc.office.access import Refused
from dondoc.office.actions.agencies import NewAgency, add_agency
from dondoc.office.actions.duties import AddedDuty, Move, add_duty, move_duty, set_due
from dondoc.office.actions.obstacles import NewObstacle, end_obstacle, name_obstacle
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Duty
from dondoc.office.queries.happenings import history
from dondoc.office.queries.waiting import waiting_for
from dondoc.rules.deadlines import DueRule
from office.conftest import START, World

pytestmark = pytest.mark.django_db


def due(day: int) -> DueRule:
    return DueRule("day", date(2022, 6, day))


def parts(world: World, duty: Duty, day: int, *, viewer: object = None) -> tuple[object, ...]:
    asked = {"viewer": viewer or world.viewer(), "as_of": date(2022, 6, day), "known_at": None}
    found = waiting_for([duty.pk], **asked)[duty.pk]
    return found.late, found.waited, found.own, found.on_whom, tuple(one.whom for one in found.holding)


def test_the_days_of_a_delay_belong_to_whoever_held_the_work_up(
    world: World, django_assert_num_queries: object
) -> None:
    """A coordinator late against a day of its own, a ministry's obstacle, one named by mistake, an own obstacle."""
    actor, lead_on = world.actor, {"on": date(2022, 6, 1), "actor": world.actor}
    justice = add_agency(NewAgency("Sở Tư pháp", "department", "province"), on=START, actor=actor)
    new = NewTask(
        "Trình đề án",
        (NewDuty(world.finance, "lead", due(10)), NewDuty(world.building, "coordinate", due(5)),
         NewDuty(justice, "coordinate", due(10))),
        world.workflow,
    )  # fmt: skip
    lead, building, same_day = add_task(new, on=START, actor=actor).duties.order_by("order")
    assert parts(world, lead, 5) == (0, 0, 0, (), ())
    assert parts(world, lead, 12) == (2, 7, 0, ("Sở Xây dựng",), ("Sở Xây dựng",))
    assert parts(world, building, 12) == (7, 0, 7, (), ())
    assert parts(world, same_day, 12) == (2, 0, 2, (), ())

    move_duty(Move(same_day.pk, "done", date(2022, 6, 10)), actor=actor)
    move_duty(Move(building.pk, "done", date(2022, 6, 11)), actor=actor)
    assert parts(world, lead, 12) == (2, 6, 1, ("Sở Xây dựng",), ())

    def obstacle(remover: str, day: int) -> int:
        new = NewObstacle(lead.pk, "opinion", "Chờ ý kiến", remover, date(2022, 6, day))
        return name_obstacle(new, on=date(2022, 6, 14), actor=actor).pk

    ministry = obstacle("Bộ Tài chính", 12)
    obstacle("Sở Tài chính", 10)
    mistaken = obstacle("Bộ Xây dựng", 1)
    ended = {"note": "", "on": date(2022, 6, 16), "actor": actor}
    end_obstacle(mistaken, kind="mistaken", ended_on=date(2022, 6, 15), **ended)
    assert parts(world, lead, 15) == (5, 9, 1, ("Bộ Tài chính", "Sở Xây dựng"), ("Bộ Tài chính",))
    end_obstacle(ministry, kind="removed", ended_on=date(2022, 6, 14), **ended)
    assert parts(world, lead, 15) == (5, 8, 2, ("Bộ Tài chính", "Sở Xây dựng"), ())

    set_due(lead, due(13), words="lùi hạn", **lead_on)
    with django_assert_num_queries(5):
        assert parts(world, lead, 15) == (2, 8, 1, ("Bộ Tài chính", "Sở Xây dựng"), ())
    move_duty(Move(lead.pk, "done", date(2022, 6, 14)), actor=actor)
    assert parts(world, lead, 30) == (1, 8, 0, ("Bộ Tài chính", "Sở Xây dựng"), ())
    focal = world.viewer("focal", world.building)
    asked = {"as_of": date(2022, 6, 15), "known_at": None}
    assert list(waiting_for([lead.pk, building.pk], viewer=focal, **asked)) == [building.pk]


def test_a_stage_waits_for_the_one_before_it(world: World) -> None:
    """Only the first that is not done holds up; a dropped one does no longer; an agency does not wait for itself."""
    actor = world.actor
    justice = add_agency(NewAgency("Sở Tư pháp", "department", "province"), on=START, actor=actor)
    new = NewTask(
        "Ban hành quy định",
        (
            NewDuty(world.finance, due=due(5), stage="soạn thảo"),
            NewDuty(justice, due=due(10), stage="thẩm định"),
            NewDuty(world.finance, due=due(15), stage="trình"),
            NewDuty(world.building, due=due(16)),
        ),
        world.workflow,
    )
    draft, review, submit, unstaged = add_task(new, on=date(2022, 6, 1), actor=actor).duties.order_by("order")
    assert parts(world, draft, 12) == (7, 0, 7, (), ())
    assert parts(world, review, 12) == (2, 11, 0, ("Sở Tài chính",), ("Sở Tài chính",))
    assert parts(world, submit, 12) == (0, 11, 0, ("Sở Tư pháp",), ("Sở Tư pháp",))
    assert parts(world, unstaged, 20) == (4, 0, 4, (), ())
    move_duty(Move(draft.pk, "done", date(2022, 6, 11)), actor=actor)
    assert parts(world, review, 14) == (4, 10, 3, ("Sở Tài chính",), ())
    move_duty(Move(review.pk, "dropped", date(2022, 6, 17), note="không cần"), actor=actor)
    assert parts(world, submit, 20) == (5, 16, 3, ("Sở Tư pháp",), ())
    asked = {"viewer": world.viewer(), "as_of": date(2022, 6, 20), "known_at": None}
    assert waiting_for([review.pk], **asked)[review.pk].holds_now is False
    # A stage that turns out to be needed is put in between: what comes behind waits for it from then on, not before.
    again = AddedDuty(submit.task_id, justice.pk, stage="thẩm định lại", before_id=submit.pk)
    later = add_duty(again, on=date(2022, 6, 22), actor=actor)
    assert list(later.task.duties.exclude(stage="").order_by("order")) == [draft, review, later, submit]
    assert parts(world, submit, 20) == (5, 16, 3, ("Sở Tư pháp",), ())
    assert parts(world, submit, 25) == (10, 19, 5, ("Sở Tư pháp",), ("Sở Tư pháp",))
    then = {**asked, "as_of": date(2022, 6, 25)}
    told = [each.title for each in history(submit.pk, **then)]
    assert told == ["Công đoạn “thẩm định lại” được chèn trước công đoạn này: Sở Tư pháp", "Giao Sở Tài chính"]
    assert history(later.pk, **then)[0].details == ("Công đoạn: thẩm định lại",)
    for refused in (
        replace(again, stage="x", before_id=review.pk),
        replace(again, stage="x", before_id=unstaged.pk),
        replace(again, stage="", agency_id=world.building.pk),
        replace(again, stage="x", role="monitor"),
    ):
        with pytest.raises(Refused):
            add_duty(refused, on=date(2022, 6, 22), actor=actor)
    # Between two neighbours there is room for seven more; then it is said, and behind them is room still.
    for n in range(7):
        add_duty(replace(again, stage=f"lần {n}"), on=date(2022, 6, 22), actor=actor)
    with pytest.raises(Refused, match="Không còn chỗ"):
        add_duty(replace(again, stage="lần 8"), on=date(2022, 6, 22), actor=actor)
    add_duty(replace(again, stage="công bố", before_id=None), on=date(2022, 6, 22), actor=actor)
