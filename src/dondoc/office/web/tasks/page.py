"""The page of one task."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dondoc.office.here import Here
from dondoc.office.queries import clauses, programmes, tasks, wishes
from dondoc.office.reports import pictures
from dondoc.office.web import clarity, dues
from dondoc.office.web.duties.owed import owed
from dondoc.office.web.frame import page
from dondoc.office.web.pictures import on_page


@require_GET
@page
def show(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Show one task with its words and its duties."""
    task = tasks.task(task_id, **here.moment)
    late = wishes.late_entries(task_id, [row.id for row in task.duties], **here.moment)
    context = {
        "task": task,
        "late_entry": late.task,
        "lacks": clarity.part(here, task),
        "ended": clauses.untied(task=task_id, **here.moment),
        "owed": owed(here, task, late.duties),
        "series": dues.series(here, task_id),
        "may_add_duty": here.may("officer", "administrator") and not here.is_past,
        "programmes": programmes.lists_of(task_id, **here.moment),
        "taken_off": programmes.taken_off(task=task_id, **here.moment),
        "course": on_page("course", pictures.task_timeline(task_id, **here.moment)),
        "may_name_product": here.may("officer", "administrator") and not here.is_past and not task.is_read,
        "may_untie": here.may("officer", "administrator") and not here.is_past,
    }
    return render(request, "tasks/page.html", context)
