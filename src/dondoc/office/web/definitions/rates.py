"""The form by which a rate is laid down from a day on, with what it would make of today's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.office.access import require
from dondoc.office.actions.measures import NewMeasure, as_rule, lay_down_measure
from dondoc.office.here import Here
from dondoc.office.queries import documents, measures, programmes
from dondoc.office.queries.measures import MeasureHistory
from dondoc.office.web.definitions.forms import MeasureForm
from dondoc.office.web.forms import attempt, free_key
from dondoc.office.web.frame import page
from dondoc.rules import measures as rules
from dondoc.rules.measures import BUCKETS, Measure, Ratio
from dondoc.rules.text import vi_number


@page
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Lay down a rate that the office did not have."""
    return _change(request, here, None)


@page
def rate(request: HttpRequest, here: Here, measure: str) -> HttpResponse:
    """Lay down how a rate is worked out from a day on."""
    require(here.actor, "administrator", "officer")
    return _change(request, here, measures.history(measure, **here.moment))


def _change(request: HttpRequest, here: Here, row: MeasureHistory | None) -> HttpResponse:
    require(here.actor, "administrator", "officer")
    form = MeasureForm(
        request.POST or None,
        initial=_initial(row.shown.measure if row else None) | {"on": here.today},
        documents=documents.recent(viewer=here.viewer, as_of=here.today),
    )
    preview = None
    if request.method == "POST" and form.is_valid():
        taken = measures.keys(office_id=here.office.pk) | {"add"}  # "add" is an address of its own
        new = _typed(form, row.key if row else free_key(form.cleaned_data["name"], taken, otherwise="ty-le"))
        if "preview" in request.POST:
            preview = _preview(form, new, here)
        elif attempt(form, lambda: lay_down_measure(new, actor=here.actor)):
            messages.success(request, _("The rate is laid down. Earlier days keep what held then."))
            return redirect("definitions")
    context = {"row": row, "form": form, "preview": preview}
    return render(request, "definitions/rate.html", context, status=422 if form.errors else 200)


def _initial(measure: Measure | None) -> dict[str, Any]:
    if measure is None:
        return {}
    ticks = {
        f"{side}-{bucket}": bucket in getattr(measure, side) for side in ("counts", "out_of") for bucket in BUCKETS
    }
    return {"name": measure.name, "sentence": measure.sentence, "only_due": measure.only_due, **ticks}


def _typed(form: MeasureForm, key: str) -> NewMeasure:
    data = form.cleaned_data
    return NewMeasure(
        key=key,
        name=data["name"],
        sentence=data["sentence"],
        counts=form.ticked("counts"),
        out_of=form.ticked("out_of"),
        on=data["on"],
        only_due=data["only_due"],
        **form.ground,
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """A scope with the rate as it stands today, and as it would by the new version."""

    title: str
    before: str
    after: str


def _preview(form: MeasureForm, new: NewMeasure, here: Here) -> list[Moved]:
    """Say how today's rate of the office and of each list would change; a refusal is said in the form."""
    made: list[Measure] = []
    if not attempt(form, lambda: made.append(as_rule(new))):
        return []
    found = measures.measured(**here.moment)
    places = [("", _("Whole office"))]
    places += [(f"resolution:{pk}", title) for pk, title in documents.resolutions(**here.moment)]
    places += [(f"programme:{row.key}", row.title) for row in programmes.programmes(**here.moment)]
    return [
        Moved(title, _said(found.ratio(new.key, place)), _said(_by(made[0], found.places[place])))
        for place, title in places
        if place in found.places
    ]


def _by(measure: Measure, cells: Any) -> Ratio:
    return rules.together(rules.ratio(measure, each) for each in cells.values())


def _said(ratio: Ratio | None) -> str:
    """Say a rate as pages print it: 12/15 · 80,0%."""
    if ratio is None:
        return "–"
    if ratio.shown is None:
        return _("nothing to count")
    return f"{vi_number(ratio.counted)}/{vi_number(ratio.out_of)} · {vi_number(ratio.shown, 1)}%"
