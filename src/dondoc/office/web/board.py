"""The board page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.office.here import Here, day_asked
from dondoc.office.reports.board import Big, Board, Choice, Scope, board
from dondoc.office.web.frame import page, with_query
from dondoc.rules.text import vi_date

KINDS = ("resolution", "programme", "document", "office")


@page
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how things stand on a day."""
    compare = request.GET.get("compare", "")
    found = board(_scope(request), **here.moment, compare=day_asked(compare, here.today) if compare else None)
    request.presets = [  # type: ignore[attr-defined]
        {
            "label": _("%(day)s · published numbers") % {"day": vi_date(day)},
            "url": _url(here, found.scope, as_of=day.isoformat()),
            "current": day == here.as_of,
        }
        for day in found.stated_days
    ]
    return render(request, "board/page.html", {"board": _context(found, here, compare)})


def _scope(request: HttpRequest) -> Scope | None:
    for kind in KINDS:
        if key := request.GET.get(kind):
            return Scope() if kind == "office" else Scope(kind, key)
    return None


def _url(here: Here, choice: Choice, **more: str) -> str:
    about = choice.scope.arguments or {"office": "all"}
    return with_query("/", {**about, **here.keep, **more})


def _context(found: Board, here: Here, compare: str) -> dict[str, Any]:
    days = [day for day in found.stated_days if day != here.as_of]
    return {
        "scope": {"label": found.scope.label, "full": found.scope.full},
        "scopes": [_option(here, choice, found.scope) for choice in found.choices],
        "part": {"label": found.scope.label if found.scope.scope.kind == "programme" else _("All lists")},
        "parts": [_option(here, choice, found.scope) for choice in found.parts],
        "figures": [_big(item) for item in found.big],
        "compare": {
            "label": vi_date(day_asked(compare, here.today)) if compare else _("no other day"),
            "options": [
                {
                    "label": vi_date(day),
                    "url": _url(here, found.scope, compare=day.isoformat()),
                    "current": False,
                }
                for day in days
            ],
        }
        if days
        else None,
        "programmes": [
            {
                "title": row.title,
                "url": with_query("/tasks/", {"programme": row.key, **here.keep}),
                "total": row.total,
                "groups": row.groups,
            }
            for row in found.lists
        ],
        "urgent": found.urgent,
        "urgent_all": {
            "label": _("all that is late"),
            "url": with_query("/tasks/", {**found.scope.scope.arguments, "bucket": "late", **here.keep}),
        },
        "claims": found.claims,
        "agencies": [
            {
                "name": row.name,
                "short_name": row.short_name,
                "url": with_query("/tasks/", {"agency": str(row.id), **here.keep}),
                "done": row.done,
                "active": row.active,
                "late": row.late,
                "rate": row.rate,
            }
            for row in found.agencies
        ],
        "empty": None if found.lists or found.big[0].figure.value else _empty(here),
    }


def _option(here: Here, choice: Choice, chosen: Choice) -> dict[str, Any]:
    return {"label": choice.label, "url": _url(here, choice), "current": choice.scope == chosen.scope}


def _big(item: Big) -> dict[str, Any]:
    change = None
    if item.difference and item.before is not None:
        n = abs(item.difference)
        up = item.difference > 0
        good = {"done": up, "late": not up, "due_soon": not up}.get(item.look)
        words = ngettext("%(n)d more than on %(day)s", "%(n)d more than on %(day)s", n)
        if not up:
            words = ngettext("%(n)d fewer than on %(day)s", "%(n)d fewer than on %(day)s", n)
        change = {
            "text": f"{'↑' if up else '↓'}{n}",
            "words": words % {"n": n, "day": vi_date(item.before.as_of)},
            "class": "same" if good is None else "better" if good else "worse",
        }
    return {"label": item.label, "class": item.look, "figure": item.figure, "change": change}


def _empty(here: Here) -> dict[str, str]:
    if here.is_past:
        return {
            "title": _("Not on record on this day"),
            "text": _("What was not recorded is not counted as 0. Choose a later day, or go back to today."),
            "action_url": "/",
            "action_label": _("Back to today"),
        }
    if here.may("officer", "administrator"):
        return {
            "title": _("Nothing is on record on this day"),
            "text": _("Put a resolution or a conclusion in; what it asks of whom is read and laid before you."),
            "action_url": "/documents/add/",
            "action_label": _("Put a document in"),
        }
    return {
        "title": _("Nothing is on record on this day"),
        "text": _("Choose a later day at the top of the page, or ask the compiling officer what is followed here."),
    }
