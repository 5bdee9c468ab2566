"""The scoreboard: agencies ranked by a scale on a day, on a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dondoc.office.here import Here
from dondoc.office.queries import documents, programmes
from dondoc.office.reports.board import Scope
from dondoc.office.reports.scoreboard import Scoreboard, scoreboard, sheet_columns, sheet_rows
from dondoc.office.reports.sheets import Sheet
from dondoc.office.web import sheets
from dondoc.office.web.frame import counted_only, page, with_query
from dondoc.rules.scales import Band
from dondoc.rules.text import vi_number

KINDS = ("programme", "resolution")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a ranking can be of, or a scale that it can be by, with its words and its address."""

    scope: Scope
    label: str
    url: str
    current: bool


@require_GET
@page
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how the agencies stand by the scale on a day."""
    scope, asked = _scope(request), request.GET.get("scale", "")
    board = scoreboard(scope, **here.moment, scale=asked)
    by = {"scale": asked} if asked else {}
    choices = _choices(here, scope, by)
    query = {**scope.arguments, **by, **here.keep}
    context = {
        "board": board,
        "bands": [(column, [_band_words(band) for band in column.criterion.bands]) for column in board.columns],
        "grades": [(_interval(band), band.label) for band in reversed(board.scale.grades)] if board.scale else [],
        "choices": choices,
        "chosen": next((one.label for one in choices if one.current), _("not recorded on this day")),
        "scales": _scales(here, board, scope) if len(board.scales) > 1 else [],
        "only": counted_only(here),
        "files": [
            (form.upper(), with_query(reverse("scoreboard_sheet", args=(form,)), query)) for form in sheets.FORMS
        ],
        "may_change": here.may("administrator", "officer") and not here.is_past,
        "empty": _empty(board),
    }
    return render(request, "scales/page.html", context)


@require_GET
@page
def sheet(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """Hand the whole ranking out as a file."""
    if form not in sheets.FORMS:
        raise Http404
    scope = _scope(request)
    board = scoreboard(scope, **here.moment, scale=request.GET.get("scale", ""))
    named = next((one.label for one in _choices(here, scope, {}) if one.current), _("not recorded on this day"))
    versions = "; ".join([*([board.scale.version] if board.scale else []), *(one.version for one in board.columns)])
    made = Sheet(
        title=_("Scoreboard"),
        says=_("Of: %(scope)s. Worked out by: %(versions)s") % {"scope": named, "versions": versions},
        columns=sheet_columns(board),
        rows=sheet_rows(board),
        office=here.office.name,
        as_of=here.as_of,
        known_at=here.known_at,
        made_at=timezone.now(),
        made_by=str(here.user),
    )
    return sheets.hand_out(made, form)


def _scope(request: HttpRequest) -> Scope:
    for kind in KINDS:
        if key := request.GET.get(kind):
            return Scope(kind, key)
    return Scope()


def _choices(here: Here, chosen: Scope, by: Mapping[str, str]) -> list[Choice]:
    named = [
        (Scope(), _("Whole office")),
        *((Scope("resolution", str(pk)), title) for pk, title in documents.resolutions(**here.moment)),
        *((Scope("programme", row.key), row.title) for row in programmes.programmes(**here.moment)),
    ]
    path = reverse("scoreboard")
    return [
        Choice(scope, label, with_query(path, {**scope.arguments, **by, **here.keep}), scope == chosen)
        for scope, label in named
    ]


def _scales(here: Here, board: Scoreboard, scope: Scope) -> list[Choice]:
    """Offer the scales that are in force, where there are several to choose from."""
    used = board.scale.key if board.scale else ""
    path, about = reverse("scoreboard"), {**scope.arguments, **here.keep}
    return [Choice(scope, name, with_query(path, {**about, "scale": key}), key == used) for key, name in board.scales]


def _interval(band: Band) -> str:
    """Say from where to where a band runs."""
    words = {"from": vi_number(band.from_value)}
    if band.below is None:
        return _("from %(from)s%% on") % words
    return _("%(from)s%% to below %(below)s%%") % {**words, "below": vi_number(band.below)}


def _band_words(band: Band) -> tuple[str, str]:
    """Say a band: its interval, and what it brings."""
    points = vi_number(band.points or 0)
    if band.per_value is None:
        return _interval(band), points
    words = _("%(points)s × rate / %(per)s%%") % {"points": points, "per": vi_number(band.per_value)}
    return _interval(band), words


def _empty(board: Scoreboard) -> dict[str, str] | None:
    if board.lines:
        return None
    if board.scale is None:
        return {
            "title": _("No scale is in force on this day"),
            "text": _("Agencies are ranked by a scale. Lay one down among the definitions, or choose another day."),
        }
    if not board.recorded:
        return {
            "title": _("Not on record on this day"),
            "text": _("What was not recorded is not counted as 0. Choose a later day, or go back to today."),
        }
    return {
        "title": _("No agency owes anything here"),
        "text": _("Agencies are ranked by their duties. Choose another list, or a later day."),
    }
