"""Tasks: the list with its filters, and one task. How one is entered by hand is in `entry`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office.here import Here, number_asked
from dondoc.office.models import StateClass
from dondoc.office.queries import agencies, documents, programmes, tasks
from dondoc.office.queries.duties import BUCKETS
from dondoc.office.queries.tasks import Wanted
from dondoc.office.web.frame import page, with_query

SIZE = 50
TIMELINESS = {
    "late": gettext_lazy("late"),
    "due_soon": gettext_lazy("due soon"),
    "no_due": gettext_lazy("without a due day"),
}


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List tasks, filtered by what the address asks for."""
    start = number_asked(request.GET.get("start", "")) or 0
    wanted = _wanted(request)
    total = tasks.count(wanted, **here.moment)
    rows = tasks.tasks(wanted, **here.moment, start=start, size=SIZE)
    asked = {key: request.GET.get(key, "") for key in FILTERS}
    context = {
        "rows": rows,
        "filters": _filters(request, here, asked),
        "pages": _pages(request, here, asked, start, total),
        "may_add": here.may("officer", "administrator") and not here.is_past,
        "empty": {
            "title": _("No task fits"),
            "text": _("Take a filter away, or look at a later day: tasks are shown from the day they were assigned."),
            "action_url": with_query(request.path, here.keep),
            "action_label": _("Show all tasks"),
        },
    }
    return render(request, "tasks/list.html", context)


FILTERS = ("q", "programme", "resolution", "document", "agency", "state_class", "bucket")


def _wanted(request: HttpRequest) -> Wanted:
    def number(name: str) -> str | None:
        value = request.GET.get(name, "")
        return value if number_asked(value) is not None else None

    bucket = request.GET.get("bucket", "")
    return Wanted(
        words=request.GET.get("q", ""),
        programme=request.GET.get("programme") or None,
        resolution=number("resolution"),
        document=number("document"),
        agency=number("agency"),
        state_class=request.GET.get("state_class") or None,
        buckets=(bucket,) if bucket in BUCKETS else None,
    )


def _filters(request: HttpRequest, here: Here, asked: dict[str, str]) -> dict[str, Any]:
    moment = here.moment
    options = {
        "programme": [(p.key, p.title) for p in programmes.programmes(**moment)],
        "resolution": [(str(pk), title) for pk, title in documents.resolutions(**moment)],
        "document": [(str(pk), title) for pk, title in documents.assigning(**moment)],
        "agency": [(str(row.id), row.name) for row in agencies.agencies(**moment)],
        "state_class": [(value, str(label)) for value, label in StateClass.choices],
        "bucket": [(value, str(label)) for value, label in TIMELINESS.items()],
    }
    labels = {
        "programme": _("List"),
        "resolution": _("Resolution"),
        "document": _("Document"),
        "agency": _("Agency"),
        "state_class": _("State"),
        "bucket": _("Due day"),
    }
    sentences = {
        "programme": _("on the list “%s”"),
        "resolution": _("under %s"),
        "document": _("from %s"),
        "agency": _("owed by %s"),
        "state_class": _("that are: %s"),
        "bucket": "%s",
    }
    kept = {**asked, **here.keep}
    return {
        "noun": _("Tasks"),
        "chips": [
            {
                "text": sentences[name] % dict(options[name]).get(value, value),
                "remove_url": with_query(request.path, {**kept, name: ""}),
                "remove_label": _("Take this filter away"),
            }
            for name, value in asked.items()
            if value and name != "q"
        ],
        "fields": [
            {
                "name": name,
                "label": labels[name],
                "options": [
                    {"value": value, "label": label, "selected": asked[name] == value}
                    for value, label in [("", _("any")), *found]
                ],
            }
            for name, found in options.items()
            if found
        ],
        "keep": [{"name": key, "value": value} for key, value in here.keep.items()],
        "search": asked["q"],
        "clear_url": with_query(request.path, here.keep),
    }


def _pages(request: HttpRequest, here: Here, asked: dict[str, str], start: int, total: int) -> dict[str, Any] | None:
    if total <= SIZE:
        return None
    kept = {**asked, **here.keep}
    last = min(start + SIZE, total)
    return {
        "words": _("%(first)d to %(last)d of %(total)d") % {"first": start + 1, "last": last, "total": total},
        "previous_url": with_query(request.path, {**kept, "start": str(max(start - SIZE, 0))}) if start else "",
        "next_url": with_query(request.path, {**kept, "start": str(start + SIZE)}) if last < total else "",
        "items": [],
    }


@require_GET
@page
def show(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Show one task with its words and its duties."""
    context = {
        "task": tasks.task(task_id, **here.moment),
        "programmes": programmes.titles_of(task_id, as_of=here.as_of, known_at=here.known_at),
        "may_untie": here.may("officer", "administrator") and not here.is_past,
    }
    return render(request, "tasks/page.html", context)
