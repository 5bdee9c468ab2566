"""However many rows a list has, it asks the database as often: each page with one row and with three."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.office.actions.agencies import NewAgency, add_agency
from dondoc.office.actions.compilations import (
    NewCompilation,
    SectionWords,
    begin_compilation,
    lay_down_section,
    take_over,
    write_passage,
)
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.extensions import Request, ask_extension
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.issued import issue_report
from dondoc.office.actions.obstacles import NewObstacle, name_obstacle
from dondoc.office.actions.progress import NewPeriod, NewReport, Paper, open_period, submit_progress
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Compilation, Document, Issued, Period, Progress, ProgressStep
from dondoc.office.reports.board import Scope
from dondoc.rules.deadlines import DueRule
from office.asking import signed_in
from office.conftest import World, small_office

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)
PAPER = """THÀNH ỦY
*
Số {n}-CV/TU

Cần Thơ, ngày 0{n} tháng 3 năm 2022

Đến nay {n}/9 nhiệm vụ đã hoàn thành.

{points}
"""


def office_of(rows: int) -> World:
    """An office in which every list has as many further rows."""
    world = small_office("gan", "Cần Thơ", tasks=rows)
    for n in range(1, rows + 1):
        agency = add_agency(NewAgency(f"Sở Thứ {n}", "department", "province"), on=DAY, actor=world.actor)
        points = "\n\n".join(f"{m}. Giao Sở Thứ {m} chủ trì lập danh mục số {m}." for m in range(1, rows + 1))
        taken = take_in(Incoming(PAPER.format(n=n, points=points).encode(), f"{n}.txt", DAY), actor=world.actor)
        read_document(taken.document_id, actor=world.actor)
        task = NewTask(f"Việc {n}", (NewDuty(world.finance), NewDuty(agency, "coordinate")), world.workflow)
        add_task(task, on=DAY, actor=world.actor)
        duty = world.tasks[n - 1].duties.get()
        move_duty(Move(duty.pk, "in_progress", DAY), actor=world.actor)
        set_due(duty, DueRule("day", date(2030, 6, 30)), words="", on=DAY, actor=world.actor)
        ask_extension(Request(duty.pk, date(2030, 9, 30), "chờ"), on=DAY, actor=world.actor)
        name_obstacle(NewObstacle(duty.pk, "opinion", "chưa có ý kiến", "Bộ Tài chính", DAY), on=DAY, actor=world.actor)
        issue_report("progress", Scope("programme", world.programme.key), as_of=DAY, on=DAY, actor=world.actor)
    days = (date(2022, 1, 3), DAY, date(2030, 6, 30), date(2030, 12, 31))
    period = open_period(NewPeriod("free", "Kỳ thử", *days), on=DAY, actor=world.actor)
    compiled(world, period, rows)
    return world


def compiled(world: World, period: Period, rows: int) -> None:
    """Reports in the making; the last with passages taken over and written, and as many offered still."""
    said = [NewReport(key, "Đã họp", difficulties="Thiếu vốn") for key in standing(period)[:rows]]
    submit_progress(said, on=DAY, actor=world.actor, paper=Paper(b"cong van", "cv.txt", DAY))
    new = NewCompilation("progress", Scope("programme", world.programme.key), DAY, period.pk)
    for _each in range(rows):
        row = begin_compilation(new, on=DAY, actor=world.actor)
    steps = list(ProgressStep.objects.filter(progress__period=period).values_list("pk", flat=True))
    take_over(row.pk, "results", steps, on=DAY, actor=world.actor)
    for n in range(rows):
        write_passage(row.pk, "causes", f"Thiếu người {n}.", actor=world.actor)
        lay_down_section(row.pk, ("causes", "ahead", "limits")[n], SectionWords("Khác"), actor=world.actor)


def standing(period: Period) -> list[int]:
    """The reports of the lead's duties, whose tasks stand on the list."""
    found = Progress.objects.filter(period=period, duty__task__programmes__isnull=False)
    return sorted(set(found.values_list("pk", flat=True)))


def asked(rows: int, role: str) -> dict[str, int]:
    """How many queries each page makes, for the second person who looks at it."""
    world = office_of(rows)
    client = signed_in(world, role)
    document = Document.objects.filter(office=world.office).latest("pk").pk
    period = Period.objects.get(office=world.office).pk
    duty = world.tasks[0].duties.get()
    pages = {
        "board": "/",
        "documents": "/documents/",
        "document": f"/documents/{world.resolution.pk}/",
        "reading": f"/documents/{document}/reading/",
        "tasks": "/tasks/",
        "tasks with further columns": "/tasks/?columns=lead,coordinators,person,programmes,documents,obstacles,urges",
        "tasks in a file": "/tasks/sheet/xlsx/?role=lead",
        "calendar": "/tasks/?shape=calendar&month=2030-06",
        "timeline": "/tasks/?shape=timeline",
        "cards": "/tasks/?shape=board",
        "task": f"/tasks/{world.tasks[0].pk}/",
        "duty": f"/duties/{duty.pk}/",
        "step": f"/duties/{duty.pk}/steps/{duty.changes.latest('pk').pk}/correct/",
        "figure of tasks": f"/figures/tasks.total?programme={world.programme.key}",
        "figure of duties": "/figures/duties.owed",
        "figure of claims": "/figures/claims.held?verdict=cannot",
        "agencies": "/agencies/",
        "agency": f"/agencies/{world.finance.pk}/",
        "report": f"/report/?programme={world.programme.key}",
        "issued reports": "/issued/",
        "issued report": f"/issued/{Issued.objects.filter(office=world.office).latest('pk').pk}/",
        "report by agency": "/report/?report=agencies",
        "urging summary": "/report/?report=urging",
        "briefing": "/report/?report=briefing",
        "table of tasks": "/report/?report=annex",
        "compilations": "/report/compilations/",
        "compilation": f"/report/compilations/{Compilation.objects.filter(office=world.office).latest('pk').pk}/",
        "history": "/history/",
        "my day": "/today/",
        "parameters": "/parameters/",
        "definitions": "/definitions/",
        "scoreboard": "/scoreboard/",
        "notices": "/notices/",
        "compare": f"/compare/?programme={world.programme.key}&from=2022-01-04",
        "pictures": f"/pictures/?programme={world.programme.key}",
        "obstacles": "/obstacles/",
        "progress": "/progress/",
        "period": f"/progress/{period}/",
        "reports of an agency": f"/progress/{period}/agencies/{world.finance.pk}/",
        "extensions": "/extensions/",
        "claims": "/claims/",
        "clauses": f"/documents/{document}/clauses/",
        "urges": "/urges/",
        "deliveries": "/deliveries/",
        "full text": f"/documents/{document}/text/",
        "api": "/api/figures",
        "rows by api": "/api/figures/duties.owed/rows",
    }
    found = {}
    for name, page in pages.items():
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(page)
        if answer.status_code == 200:
            found[name] = len(queries)
    return found


OFFICER = {
    "issued reports": 6,
    "issued report": 13,
    "board": 27,
    "documents": 16,
    "document": 26,
    "reading": 23,
    "tasks": 21,
    "tasks with further columns": 31,
    "tasks in a file": 18,
    "calendar": 20,
    "timeline": 21,
    "cards": 21,
    "task": 29,
    "duty": 35,
    "step": 14,
    "figure of tasks": 19,
    "figure of duties": 7,
    "figure of claims": 11,
    "agencies": 8,
    "agency": 11,
    "report": 51,
    "report by agency": 36,
    "urging summary": 21,
    "briefing": 45,
    "table of tasks": 31,
    "compilations": 7,
    "compilation": 55,
    "history": 5,
    "pictures": 31,
    "obstacles": 9,
    "progress": 10,
    "period": 15,
    "reports of an agency": 16,
    "extensions": 9,
    "claims": 22,
    "clauses": 27,
    "urges": 7,
    "deliveries": 5,
    "full text": 9,
    "api": 115,
    "rows by api": 6,
    "compare": 21,
    "my day": 25,
    "parameters": 7,
    "definitions": 15,
    "scoreboard": 16,
    "notices": 6,
}
FOCAL = {
    "board": 36,
    "documents": 23,
    "document": 23,
    "tasks": 22,
    "tasks with further columns": 32,
    "tasks in a file": 21,
    "calendar": 21,
    "timeline": 22,
    "cards": 23,
    "task": 29,
    "duty": 32,
    "figure of tasks": 19,
    "figure of duties": 7,
    "figure of claims": 16,
    "agencies": 8,
    "agency": 11,
    "report": 52,
    "report by agency": 36,
    "urging summary": 21,
    "briefing": 45,
    "table of tasks": 31,
    "compilations": 4,
    "history": 4,
    "pictures": 34,
    "obstacles": 9,
    "progress": 13,
    "period": 17,
    "reports of an agency": 20,
    "extensions": 9,
    "claims": 22,
    "urges": 7,
    "api": 127,
    "rows by api": 6,
    "compare": 21,
    "my day": 27,
    "parameters": 7,
    "definitions": 15,
    "scoreboard": 19,
    "notices": 6,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "literal"), [("officer", OFFICER), ("focal", FOCAL)])
def test_a_list_asks_as_often_with_one_row_as_with_three(rows: int, role: str, literal: dict[str, int]) -> None:
    assert asked(rows, role) == literal
