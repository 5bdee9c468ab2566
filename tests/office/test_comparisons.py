"""Two days compared: whatever happened, the lines lead from one number to the other, for any scope and instant."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from io import StringIO

import pytest

from dondoc.office import figures
from dondoc.office.actions.definitions import NewGroup, define
from dondoc.office.actions.duties import HandOver, Move, hand_over_duty, move_duty
from dondoc.office.actions.programmes import take_off_programme
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.figures.comparisons import line_request
from dondoc.office.models import Duty, LogEntry, ProgrammeTask
from dondoc.office.queries import duties
from dondoc.office.queries.comparisons import Compared, Comparison, Moment, compare
from dondoc.office.reports.movements import told
from office.asking import signed_in, words
from office.conftest import GROUPS, START, World

pytestmark = pytest.mark.django_db
STEPS = {"assigned": ("in_progress", "done", "dropped"), "in_progress": ("reported", "done"), "reported": ("done",)}
# From the middle on, what is reported counts as done.
REDEFINED = [
    GROUPS[0],
    NewGroup("active", "đang thực hiện", "active", ("in_progress",)),
    NewGroup("done", "đã hoàn thành, kể cả đã báo cáo", "done", ("reported", "done")),
    GROUPS[3],
]
DAYS = 120


def lived(world: World, seed: int) -> None:
    """Let an office live: work is added, moved and handed over, some of it recorded for earlier days, out of order."""
    chance = random.Random(seed)
    steps: dict[int, tuple[str, date]] = {}
    for task in world.tasks[1:]:
        steps[task.duties.get().pk] = ("assigned", START)
    waits = world.tasks[0].duties.get().pk  # reported and not accepted: the new definition counts it as done
    for n, state in enumerate(("in_progress", "reported")):
        move_duty(Move(waits, state, START + timedelta(days=n + 1)), actor=world.actor)
    for n in range(24):
        day = START + timedelta(days=chance.randrange(DAYS))
        if n % 6 == 0:
            new = NewTask(
                f"Việc thêm {n}", (NewDuty(world.finance), NewDuty(world.building, "coordinate")), world.workflow
            )
            listed = NewTask(new.title, new.duties, new.workflow, programmes=((world.programme, str(10 + n)),))
            task = add_task(listed if n % 12 else new, on=day, actor=world.actor)
            steps.update({duty.pk: ("assigned", day) for duty in task.duties.all()})
            continue
        duty_id = chance.choice(sorted(steps))
        state, since = steps[duty_id]
        day = max(day, since + timedelta(days=1))
        if n % 7 == 1:
            former = Duty.objects.get(pk=duty_id).bearers.latest("pk").agency_id
            agency = world.building if former == world.finance.pk else world.finance
            if state in STEPS and not Duty.objects.filter(task__duties=duty_id).exclude(pk=duty_id):
                hand_over_duty(HandOver(duty_id, agency.pk, "đúng việc hơn"), on=day, actor=world.actor)
                steps[duty_id] = ("assigned", day)
        elif STEPS.get(state):
            steps[duty_id] = (chance.choice(STEPS[state]), day)
            move_duty(Move(duty_id, steps[duty_id][0], day), actor=world.actor)
    # Some come off the list: one from a day on, one because it never belonged there.
    for place, on in zip(ProgrammeTask.objects.order_by("-pk")[:2], (START + timedelta(days=DAYS), None), strict=True):
        take_off_programme([place.pk], on=on, reason="không thuộc danh mục", actor=world.actor)
    define(
        world.workflow,
        programme=None,
        name="Định nghĩa mới",
        sentence="Đã báo cáo cũng là hoàn thành.",
        groups=REDEFINED,
        basis=None,
        on=START + timedelta(days=DAYS // 2),
        actor=world.actor,
    )


def adds_up(found: Comparison) -> bool:
    """Whether the first numbers and every line make the second numbers, column by column and in all."""
    columns = [before + sum(line.changes[place] for line in found.lines) for place, before in enumerate(found.before)]
    whole = found.before_all + sum(line.changes_all for line in found.lines)
    return (tuple(columns), whole) == (found.after, found.after_all)


def test_the_lines_add_up_for_any_two_days_instants_and_scopes(world: World) -> None:
    lived(world, 7)
    chance = random.Random(11)
    viewer = world.viewer()
    instants = list(LogEntry.objects.filter(office=world.office).order_by("seq").values_list("recorded_at", flat=True))
    scopes = [
        Compared(),
        Compared(programme=world.programme.key),
        Compared(resolution=str(world.resolution.pk)),
        Compared(agency=str(world.finance.pk)),
        Compared(agency=str(world.building.pk)),
    ]
    causes: set[tuple[str, ...]] = set()
    for n in range(45):
        what = scopes[n % len(scopes)]
        one, two = sorted(START + timedelta(days=chance.randrange(DAYS + 60)) for _each in range(2))
        known = [chance.choice(instants[-25:]) if chance.random() < 0.5 else None for _each in range(2)]
        first, second = Moment(one, known[0]), Moment(two, known[1])
        found = compare(what, first, second, viewer=viewer)
        assert adds_up(found), (what, first, second)
        # Each line opens to as many rows as it says, by its own figure.
        requests = [line_request(line, what, first) for line in found.lines]
        numbers = figures.values(requests, viewer=viewer, as_of=two, known_at=known[1])
        assert [number.value for number in numbers] == [len(line.tasks) for line in found.lines]
        assert all(sentence.endswith(".") for sentence in told(found))
        causes |= {("agency" if what.agency else "tasks", line.cause) for line in found.lines}
    expected = {("tasks", cause) for cause in ("recorded_later", "moved", "began")}
    assert causes >= expected | {("agency", cause) for cause in ("recorded_later", "moved", "began")}
    the_page_opens_each_line(world)


def the_page_opens_each_line(world: World) -> None:
    """Look at the page and the file of the same office."""
    client = signed_in(world, "officer")
    asked = {"from": START.isoformat(), "as_of": (START + timedelta(days=DAYS + 60)).isoformat()}
    for scope in (
        "office:",
        f"programme:{world.programme.key}",
        f"resolution:{world.resolution.pk}",
        f"agency:{world.finance.pk}",
    ):
        page = client.get("/compare/", {"scope": scope, **asked})
        assert page.status_code == 200, scope
        assert f'value="{scope}" selected' in page.content.decode()
        assert page.context["lines"], scope
        for line in page.context["lines"]:
            opened = client.get(line["figure"].url)
            assert (opened.status_code, opened.context["counted"]) == (200, line["figure"].value)
        before, after = page.context["before"], page.context["after"]
        found = page.context["found"]
        assert [number.value for number in before] == [*found.before, found.before_all]
        assert [number.value for number in after] == [*found.after, found.after_all]
    page = client.get("/compare/", {"scope": f"programme:{world.programme.key}", **asked})
    assert "vì đổi định nghĩa" in words(page)
    text = client.get("/compare/sheet/csv/", {"scope": f"programme:{world.programme.key}", **asked}).content.decode()
    assert page.context["told"][0].split(":")[0] in text
    rows = list(csv.reader(StringIO(text.lstrip("\ufeff"))))
    assert [row[0] for row in rows[rows.index([]) + 3 : -1]] == [line["words"] for line in page.context["lines"]]


def test_another_offices_scope_is_not_compared(worlds: tuple[World, World]) -> None:
    near, far = worlds
    client = signed_in(near, "officer")
    asked = {"from": START.isoformat()}
    assert client.get("/compare/", {"scope": f"agency:{far.finance.pk}", **asked}).status_code == 403
    assert client.get("/compare/", {"scope": f"programme:{far.programme.key}", **asked}).status_code == 403
    assert duties.in_class(str(far.finance.pk), None, viewer=near.viewer(), as_of=START, known_at=None) == []
