"""What `bench/large.py` does with a large office beside asking: reports and files made, rows taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from filling import TODAY, Filled

if TYPE_CHECKING:
    from dondoc.office.access import Actor
    from dondoc.office.reports.sheets import Sheet

COLUMNS = ("title", "agency", "state", "due", "timeliness")
REPORT_FORMS = ("html", "docx", "xlsx")
TAKEN_IN = 2000  # tasks, each with three duties; and as many moves


def files(filled: Filled) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give the making of a report by agency about one list in each form, and of files of all tasks."""
    from dondoc.office.access import office_wide
    from dondoc.office.reports import templates
    from dondoc.office.reports.board import Scope
    from dondoc.office.reports.printing import print_as
    from dondoc.office.reports.sheets import csv_lines, to_xlsx

    moment: dict[str, Any] = {"viewer": office_wide(filled.office.pk), "as_of": TODAY, "known_at": None}
    made: list[Any] = []

    def make(scope: Scope) -> None:
        made[:] = templates.make("agencies", scope, issued_on=TODAY, **moment)

    def printed(form: str) -> bytes:
        return print_as(form, made[0], made[1], frame=None)

    yield "report by agency on a list, gathered", partial(make, Scope("programme", filled.programme))
    for form in REPORT_FORMS:
        yield f"  printed as {form.upper()}", partial(printed, form)
    sheets: list[Sheet] = []
    yield "file of all tasks: rows", lambda: sheets.append(_sheet(filled, moment))
    yield "  written as CSV", lambda: sum(len(lines) for lines in csv_lines(sheets[0]))
    yield "  written as XLSX", lambda: to_xlsx(sheets[0])


def _sheet(filled: Filled, moment: dict[str, Any]) -> Sheet:
    from dondoc.office.queries import wishes
    from dondoc.office.reports.sheets import Sheet
    from dondoc.office.web.tasks import columns

    rows = wishes.listed(wishes.Wish(), **moment).rows
    return Sheet(
        title="Nhiệm vụ",
        says="Tất cả nhiệm vụ",
        columns=columns.sheet_columns(COLUMNS),
        rows=columns.sheet_rows(rows, COLUMNS),
        office=filled.office.name,
        as_of=TODAY,
        known_at=None,
        made_at=datetime.combine(TODAY, time(12), UTC),
        made_by="Nguyễn Văn Thử",
    )


def taking_in(filled: Filled) -> Iterator[tuple[str, int, Callable[[], object]]]:
    """Give imports into the large office by the actions themselves, with how many rows each writes and checks."""
    from dondoc.office.actions.duties import Move, move_duties
    from dondoc.office.actions.tasks import NewDuty, NewTask, add_tasks
    from dondoc.office.models import Agency
    from dondoc.office.queries.definitions import standard_workflow
    from dondoc.office.queries.standing import duties_standing

    actor = _officer(filled)
    bearers = list(Agency.objects.filter(office=filled.office).order_by("id")[:3])
    workflow = standard_workflow(office_id=filled.office.pk)
    owed = (NewDuty(bearers[0]), *(NewDuty(agency, "coordinate") for agency in bearers[1:]))
    many = [NewTask(f"Nhiệm vụ nhập thêm số {n}", owed, workflow) for n in range(TAKEN_IN)]
    yield "tasks with three duties each", TAKEN_IN, lambda: add_tasks(many, on=TODAY, actor=actor)
    begun = duties_standing(
        "state = 'acknowledged' order by id limit %(most)s",
        viewer=actor.viewer,
        as_of=TODAY,
        known_at=None,
        most=TAKEN_IN,
    )
    moves = [Move(duty.id, "in_progress", TODAY, note="Theo báo cáo") for duty in begun]
    yield "moves of duties", len(moves), lambda: move_duties(moves, actor=actor)


def _officer(filled: Filled) -> Actor:
    """Someone who enters things on the last day that the office knows of, a second after one another."""
    from dondoc.office.access import Actor, Viewer

    instants = (datetime.combine(TODAY + timedelta(days=1), time(1), UTC) + timedelta(seconds=n) for n in range(9999))
    return Actor(Viewer(None, filled.office.pk, "officer"), "Nguyễn Văn Thử", clock=lambda: next(instants))
