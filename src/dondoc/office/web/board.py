"""The board page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.office.here import Here, day_asked, number_asked
from dondoc.office.queries import duties, programmes, urges
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.programmes import TakenOff
from dondoc.office.reports.board import Big, Board, Choice, Scope, board
from dondoc.office.web.clauses import coverage
from dondoc.office.web.frame import counted_only, page, with_query
from dondoc.rules.text import vi_date

ASSIGNED = "assigned"  # the state of a duty that nobody has acknowledged yet
KINDS = ("resolution", "programme", "document", "office")
URGES = 5


@page
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how things stand on a day."""
    compare = request.GET.get("compare", "")
    found = board(_scope(request, here), **here.moment, compare=day_asked(compare, here.today) if compare else None)
    request.presets = [  # type: ignore[attr-defined]
        {
            "label": _("%(day)s · published numbers") % {"day": vi_date(day)},
            "url": _url(here, found.scope, as_of=day.isoformat()),
            "current": day == here.as_of,
        }
        for day in found.stated_days
    ]
    return render(request, "board/page.html", {"board": _context(found, here, compare)})


def _scope(request: HttpRequest, here: Here) -> Scope | None:
    for kind in KINDS:
        if key := request.GET.get(kind):
            return Scope() if kind == "office" else Scope(kind, key)
    # Whoever speaks for an agency comes for all that it owes, not for one resolution.
    return Scope() if here.may("focal") else None


def _url(here: Here, choice: Choice, **more: str) -> str:
    about = choice.scope.arguments or {"office": "all"}
    return with_query("/", {**about, **here.keep, **more})


def _why(here: Here, choice: Choice, compare: str) -> str:
    """Give the address of the page that says why the numbers of two days differ; "" where it has no answer."""
    about = choice.scope.arguments
    ahead = bool(compare) and day_asked(compare, here.today) > here.as_of
    if not {"programme", "resolution"} & about.keys() or not compare or ahead:
        return ""
    return with_query("/compare/", {**about, "from": compare, **here.keep})


def _context(found: Board, here: Here, compare: str) -> dict[str, Any]:
    of_one_document = found.scope.scope.kind == "document"
    above = _above(here, found)
    return {
        "scope": {"label": _named(here, above), "full": _named(here, found.scope)},
        "only": counted_only(here),
        "new": _new(here),
        "urges": urges.urges(**here.moment, size=URGES) if here.may("focal") else None,
        **_clauses(here, found),
        **_ways_on(here, found.scope.scope),
        "scopes": [_option(here, choice, found.scope) for choice in found.choices],
        "part": {"label": found.scope.label if found.scope.scope.kind == "programme" else _("All lists")},
        "parts": _parts(here, found, above),
        "figures": [_big(item, _noun(found)) for item in found.big],
        "compare": _compared(here, found, compare),
        "programmes": [
            {
                "title": row.title,
                "url": with_query("/tasks/", {"programme": row.key, **here.keep}),
                "total": row.total,
                "groups": row.groups,
                "outside": row.outside,
            }
            for row in found.lists
        ],
        "taken_off": _taken_off(here, found.scope.scope),
        "urgent": None if of_one_document else found.urgent,
        "claims": [
            row for row in found.claims if not of_one_document or str(row.claim.document_id) == found.scope.scope.key
        ],
        "agencies": found.agencies,
        "rates": [rate.definition for row in found.agencies[:1] for rate in (row.of_assigned, row.of_due)],
        "empty": None if found.lists or found.big[0].figure.value else _empty(here),
    }


def _taken_off(here: Here, scope: Scope) -> list[TakenOff]:
    """List what came off the list that the board is about."""
    return programmes.taken_off(programme=scope.key, **here.moment) if scope.kind == "programme" else []


def _ways_on(here: Here, scope: Scope) -> dict[str, Any]:
    """Give the addresses of other pages about the same scope; a document without lists of its own ranks nobody."""
    of_one_document = scope.kind == "document"
    late = {**scope.arguments, "bucket": "late", **here.keep}
    return {
        "scoreboard_url": "" if of_one_document else with_query("/scoreboard/", {**scope.arguments, **here.keep}),
        "pictures_url": with_query("/pictures/", {**(scope.arguments or {"office": "all"}), **here.keep}),
        "tasks_url": with_query("/tasks/", {**scope.arguments, **here.keep}) if of_one_document else "",
        "urgent_all": {"label": _("all that is late"), "url": with_query("/tasks/", late)},
    }


def _compared(here: Here, found: Board, compare: str) -> dict[str, Any] | None:
    """Give the days with which this one can be compared; nothing where there is none."""
    days = [day for day in found.stated_days if day != here.as_of]
    if not days and not compare:
        return None
    options = [
        {
            "label": vi_date(day),
            "url": _url(here, found.scope, compare=day.isoformat()),
            "current": day.isoformat() == compare,
        }
        for day in days
    ]
    if compare:
        options.append({"label": _("no comparison"), "url": _url(here, found.scope), "current": False})
    return {
        "label": vi_date(day_asked(compare, here.today)) if compare else _("no other day"),
        "options": options,
        "why_url": _why(here, found.scope, compare),
    }


def _clauses(here: Here, found: Board) -> dict[str, Any]:
    """Say what was made of the clauses of the document that the board is about."""
    scope = found.scope.scope
    document = number_asked(scope.key) if scope.kind in {"resolution", "document"} else None
    if document is None:
        return {"clauses": [], "clauses_url": ""}
    return {
        "clauses": coverage(document, here),
        "clauses_url": with_query(f"/documents/{document}/clauses/", here.keep),
    }


def _option(here: Here, choice: Choice, chosen: Choice) -> dict[str, Any]:
    return {"label": _named(here, choice), "url": _url(here, choice), "current": choice.scope == chosen.scope}


def _named(here: Here, choice: Choice) -> str:
    """Name what a board is about; the whole office of a focal point is the agency that it speaks for."""
    return _("The work of my agency") if here.may("focal") and choice.scope.kind == "office" else choice.full


def _new(here: Here) -> list[DutyRow] | None:
    """List what the viewer's own agency has been assigned and has not acknowledged."""
    if not here.may("focal"):
        return None
    return [
        row
        for row in duties.listed("open", **here.moment)
        if row.state == ASSIGNED and row.agency_id in here.viewer.agency_ids
    ]


def _above(here: Here, found: Board) -> Choice:
    """Find the resolution that a list stands under, to name it where resolutions are chosen."""
    if found.scope.scope.kind != "programme":
        return found.scope
    under = {row.key: str(row.resolution_id) for row in programmes.programmes(**here.moment)}
    resolution = Scope("resolution", under.get(found.scope.scope.key, ""))
    return next((choice for choice in found.choices if choice.scope == resolution), found.scope)


def _parts(here: Here, found: Board, above: Choice) -> list[dict[str, Any]]:
    if not found.parts:
        return []
    everything = {"label": _("All lists"), "url": _url(here, above), "current": above == found.scope}
    return [everything, *(_option(here, choice, found.scope) for choice in found.parts)]


def _noun(found: Board) -> str:
    """Name the items of a list as its source does: tasks, projects."""
    return found.lists[0].item_noun if found.scope.scope.kind == "programme" and found.lists else ""


def _big(item: Big, noun: str) -> dict[str, Any]:
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
    label = noun if noun and item.figure.key == "tasks.total" else item.label
    return {"label": label, "class": item.look, "figure": item.figure, "change": change}


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
