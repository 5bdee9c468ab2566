"""The pictures of a resolution, a list or the whole office, on a page and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dondoc.office.charts import chart_png, chart_svg, on_screen
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import documents, programmes
from dondoc.office.queries.programmes import ProgrammeRow
from dondoc.office.reports import pictures
from dondoc.office.reports.blocks import Chart
from dondoc.office.reports.board import Choice, Scope
from dondoc.office.web.frame import counted_only, page, with_query

KINDS = ("resolution", "programme", "document", "office")
PICTURES: dict[str, Callable[..., Chart]] = {
    "states": pictures.states_over_time,
    "burn-up": pictures.burn_up,
    "ageing": pictures.ageing,
    "agencies": pictures.heat_map,
    "flow": pictures.flow,
}
RECORDS = ("resolution", "document")
OF_A_TASK = "task"
FORMS = {"png": "image/png", "svg": "image/svg+xml"}


@require_GET
@page
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the pictures of a resolution, a list or the whole office as of a day."""
    resolutions, listed = _resolutions(here), programmes.programmes(**here.moment)
    lists = tuple(Choice(Scope("programme", row.key), row.title, row.title) for row in listed)
    scope = _scope(request, resolutions, here)
    chosen = _named(scope, (*resolutions, *lists), here)
    about = {**_asked(scope), **here.keep}
    found = [
        {
            **on_page(which, draw(scope, **here.moment)),
            "files": _files(here, which, scope),
            "groups": _own_groups(scope, listed, here) if which == "states" else [],
        }
        for which, draw in PICTURES.items()
    ]
    context = {
        "chosen": chosen,
        "listed": chosen.label if scope.kind == "programme" else "",
        "above": _above(chosen, listed, resolutions),
        "only": counted_only(here),
        "pictures": found,
        "empty": None if any(row["chart"].twin.rows for row in found) else _empty(scope, listed, here),
        "scopes": [_option(here, choice, chosen) for choice in resolutions],
        "lists": [_option(here, choice, chosen) for choice in lists],
        "board_url": with_query("/", about),
    }
    return render(request, "pictures/page.html", context)


@require_GET
@page
def file(request: HttpRequest, here: Here, picture: str, drawn_as: str) -> HttpResponse:
    """Give one picture as a file for a paper of one's own: the same as in the report."""
    task = number_asked(request.GET.get("task", "")) if picture == OF_A_TASK else None
    if drawn_as not in FORMS or (picture not in PICTURES and task is None):
        raise Http404
    if task is not None:
        chart = pictures.task_timeline(task, **here.moment)
    else:
        chart = PICTURES[picture](_scope(request, _resolutions(here), here), **here.moment)
    content = chart_png(chart.spec) if drawn_as == "png" else chart_svg(chart.spec)
    answer = HttpResponse(content, content_type=FORMS[drawn_as])
    answer["Content-Disposition"] = f'attachment; filename="{picture}-{here.as_of.isoformat()}.{drawn_as}"'
    return answer


def on_page(key: str, chart: Chart) -> dict[str, Any]:
    """Give a picture as a page shows it: in the looks of the screen, under a name for its places."""
    return {
        "key": f"picture-{key}",
        "chart": replace(chart, spec=on_screen(chart.spec), narrow=on_screen(chart.narrow)),
    }


def _scope(request: HttpRequest, resolutions: tuple[Choice, ...], here: Here) -> Scope:
    """Say what the pictures are about; without a wish the first resolution, for a focal point all that it owes."""
    for kind in KINDS:
        key = request.GET.get(kind)
        if key and (kind not in RECORDS or number_asked(key) is not None):
            return Scope() if kind == "office" else Scope(kind, key)
    return resolutions[0].scope if resolutions and not here.may("focal") else Scope()


def _empty(scope: Scope, listed: Sequence[ProgrammeRow], here: Here) -> dict[str, str]:
    """Say that there is nothing to draw at all, and what to do next."""
    said = {
        "title": _("Nothing is on record on this day"),
        "text": _(
            "What was not recorded cannot be drawn. Choose a later day, or something else at the top of the page."
        ),
    }
    if here.is_past:
        return said | {"action_url": with_query("/pictures/", _asked(scope)), "action_label": _("Back to today")}
    if not here.may("officer", "administrator"):
        return said
    under = [row.resolution_id for row in listed if scope == Scope("programme", row.key)]
    if under:
        text = _("No task is on this list. Tasks are put on it from the page of its document.")
        return said | {"text": text, "action_url": f"/documents/{under[0]}/", "action_label": _("Open the document")}
    return said | {
        "text": _("Put a resolution or a conclusion in; what it asks of whom is read and laid before you."),
        "action_url": "/documents/add/",
        "action_label": _("Put a document in"),
    }


def _above(chosen: Choice, listed: Sequence[ProgrammeRow], resolutions: tuple[Choice, ...]) -> Choice:
    """Give the resolution under which a list stands, to name it where resolutions are chosen."""
    found = [row.resolution_id for row in listed if chosen.scope == Scope("programme", row.key)]
    return next((each for each in resolutions if found and each.scope.key == str(found[0])), chosen)


def _own_groups(scope: Scope, listed: Sequence[ProgrammeRow], here: Here) -> list[dict[str, str]]:
    """Give the lists of a resolution that has several: what is drawn over time by the groups of each stands there."""
    own = [row for row in listed if scope == Scope("resolution", str(row.resolution_id))]
    return [
        {"label": row.title, "url": with_query("/pictures/", {"programme": row.key, **here.keep})}
        for row in own
        if len(own) > 1
    ]


def _asked(scope: Scope) -> dict[str, str]:
    return scope.arguments or {"office": "all"}


def _named(scope: Scope, choices: tuple[Choice, ...], here: Here) -> Choice:
    titles = {choice.scope: choice for choice in choices}
    if scope.kind == "document":
        titles |= {
            Scope("document", str(pk)): Choice(Scope("document", str(pk)), title, title)
            for pk, title in documents.assigning(**here.moment)
        }
    unknown = _("not recorded on this day")
    return titles.get(scope, Choice(scope, unknown, unknown))


def _option(here: Here, choice: Choice, chosen: Choice) -> dict[str, Any]:
    url = with_query("/pictures/", {**_asked(choice.scope), **here.keep})
    return {"label": choice.full, "url": url, "current": choice.scope == chosen.scope}


def _files(here: Here, which: str, scope: Scope) -> list[dict[str, str]]:
    query = {**_asked(scope), "as_of": here.as_of.isoformat(), **here.keep}
    return [{"label": form.upper(), "url": with_query(f"/pictures/{which}.{form}", query)} for form in FORMS]


def _resolutions(here: Here) -> tuple[Choice, ...]:
    whole = _("The work of my agency") if here.may("focal") else _("Whole office")
    resolutions = tuple(
        Choice(Scope("resolution", str(pk)), title, title) for pk, title in documents.resolutions(**here.moment)
    )
    return (*resolutions, Choice(Scope(), whole, whole))
