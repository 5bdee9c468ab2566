"""The page of definitions: states and groups, the meanings of the rules, the rates, each with its versions."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dondoc.office.here import Here
from dondoc.office.queries import measures, scales, versions
from dondoc.office.queries.measures import MeasureHistory
from dondoc.office.queries.versions import FlowRow, ListRow
from dondoc.office.web.definitions.forms import BUCKET_WORDS
from dondoc.office.web.frame import page
from dondoc.rules.definitions import meanings_on
from dondoc.rules.measures import BUCKETS


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate on the page: its history, and in words what it counts and out of what."""

    row: MeasureHistory
    counts: str
    out_of: str


@dataclass(frozen=True, slots=True)
class FlowPart:
    """A workflow on the page, with the lists that have no definition of their own."""

    flow: FlowRow
    lists: list[ListRow]


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """Show every definition that holds on the day, with its versions."""
    flows = versions.workflows(**here.moment)
    context = {
        "parts": [_part(flow, here) for flow in flows],
        "meanings": meanings_on(here.as_of),
        "rates": [_line(row) for row in measures.histories(**here.moment)],
        "scales": scales.histories(**here.moment),
        "may_change": here.may("administrator", "officer") and not here.is_past,
    }
    return render(request, "definitions/page.html", context)


def _part(flow: FlowRow, here: Here) -> FlowPart:
    own = {scope.programme for scope in flow.scopes}
    return FlowPart(flow, [row for row in versions.lists(flow.id, **here.moment) if row.key not in own])


def _line(row: MeasureHistory) -> RateLine:
    measure = row.shown.measure
    return RateLine(row, _words(measure.counts), _words(measure.out_of))


def _words(buckets: frozenset[str]) -> str:
    if buckets >= set(BUCKETS):
        return _("everything that was assigned")
    return "; ".join(str(BUCKET_WORDS[bucket]) for bucket in BUCKETS if bucket in buckets)
