"""The form by which a scale is laid down from a day on, with what it would make of today's ranking."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.access import require
from dondoc.office.actions.scales import NewScale, as_rule, end_scale, lay_down_scale
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import documents, scales
from dondoc.office.queries.scales import AgencyScore, ScaleHistory
from dondoc.office.web.definitions.forms import GroundForm
from dondoc.office.web.forms import DayInput, NumberField, attempt, choice, free_key, line, offer
from dondoc.office.web.frame import page, with_query
from dondoc.rules.scales import MOST, Band, Criterion, Scale

NO_SCALE = Scale("", "", "", (), ())  # what a form begins with where there is none
SHOWN = 40  # agencies in the preview
SPARE = 1  # empty lines below those that are there


class ScaleForm(GroundForm):
    """What a scale says besides its criteria: name, sentence, since when, on what ground, and from which share on."""

    least_share = NumberField(
        required=False,
        label=gettext_lazy("Least share of the points that must apply, %"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy(
            "An agency to which criteria of fewer points apply is shown with its points, but has neither place nor "
            "grade. Empty or 0: all are ranked."
        ),
    )
    field_order: Any = ("name", "sentence", "least_share", "on", "basis", "basis_words")


class BandForm(forms.Form):
    """One interval with its points; an empty line is none."""

    from_value = NumberField(required=False, label=gettext_lazy("From, %"), min_value=0, max_value=1000)
    below = NumberField(required=False, label=gettext_lazy("To below, %"), min_value=0, max_value=1000)
    points = NumberField(required=False, label=gettext_lazy("Points"), min_value=0, max_value=1000)
    per_value = NumberField(required=False, label=gettext_lazy("In proportion, per %"), min_value=0, max_value=1000)

    def clean(self) -> dict[str, Any]:
        """An interval that is begun says where it begins."""
        data = super().clean() or {}
        begun = any(value not in {None, ""} for value in data.values())
        if begun and data.get("from_value") is None and "from_value" not in self.errors:
            self.add_error("from_value", _("This must be filled in."))
        return data

    @property
    def band(self) -> Band | None:
        """What was typed, as the rules take it; None for an empty line."""
        data = self.cleaned_data
        if data.get("from_value") is None:
            return None
        return Band(
            data["from_value"], data["below"], data.get("points"), data.get("per_value"), data.get("label") or ""
        )


class GradeForm(BandForm):
    """One interval of the sum with the grade it is."""

    points = per_value = None  # type: ignore[assignment]
    label = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Grade"), widget=line(autocomplete="off")
    )


class CriterionForm(forms.Form):
    """One criterion: the rate it looks at and the most points it brings; without a rate it is none."""

    measure = forms.ChoiceField(required=False, label=gettext_lazy("Rate"), widget=choice())
    points = NumberField(required=False, label=gettext_lazy("At most, points"), min_value=0, max_value=1000)

    def __init__(self, *args: Any, measures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "measure", [("", "–"), *measures])

    def clean(self) -> dict[str, Any]:
        """A criterion says how many points it brings."""
        data = super().clean() or {}
        if data.get("measure") and data.get("points") is None and "points" not in self.errors:
            self.add_error("points", _("This must be filled in."))
        return data


Criteria = forms.formset_factory(CriterionForm, extra=0, max_num=MOST, absolute_max=MOST)
Bands = forms.formset_factory(BandForm, extra=0, max_num=MOST, absolute_max=MOST)
Grades = forms.formset_factory(GradeForm, extra=0, max_num=MOST, absolute_max=MOST)


@dataclass(frozen=True, slots=True)
class Parts:
    """The forms of a scale together: its head, its criteria each with its bands, its grades."""

    head: ScaleForm
    criteria: Any
    bands: list[Any]
    grades: Any

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Each criterion with its bands."""
        return list(zip(self.criteria, self.bands, strict=True))

    @property
    def is_valid(self) -> bool:
        """Whether all that was typed can be read; every part is looked at, so that each says what is wrong."""
        found = [part.is_valid() for part in (self.head, self.criteria, *self.bands, self.grades)]
        return all(found)

    def new(self, key: str) -> NewScale:
        """What was typed, as the action takes it."""
        data = self.head.cleaned_data
        criteria = tuple(
            Criterion(form.cleaned_data["measure"], form.cleaned_data["points"], _typed(bands))
            for form, bands in self.pairs
            if form.cleaned_data.get("measure")
        )
        about = {"name": data["name"], "sentence": data["sentence"], "on": data["on"], **self.head.ground}
        least = data["least_share"] or Decimal(0)
        return NewScale(key=key, criteria=criteria, grades=_typed(self.grades), least_share=least, **about)


@page
def change(request: HttpRequest, here: Here, scale: str = "") -> HttpResponse:
    """Lay a scale down from a day on; look first at what it would make of today's ranking."""
    require(here.actor, "administrator", "officer")
    if not scale:
        scale = scales.chosen("", scales.in_force(**here.moment), **here.moment)
    return _lay_down(request, here, scales.history(scale, **here.moment))


@page
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Lay down a further scale; it begins as the one by which the office ranks now."""
    require(here.actor, "administrator", "officer")
    return _lay_down(request, here, None)


def _lay_down(request: HttpRequest, here: Here, row: ScaleHistory | None) -> HttpResponse:
    parts = _parts(request, here, row.shown.scale if row else _begun_with(here), is_new=row is None)
    preview = None
    asks_for_lines = "more" in request.POST
    if request.method == "POST" and not asks_for_lines and parts.is_valid:
        taken = scales.keys(office_id=here.office.pk) | {"add"}  # "add" is an address of its own
        new = parts.new(row.key if row else free_key(parts.head.cleaned_data["name"], taken, otherwise="thang-diem"))
        if "preview" in request.POST:
            preview = _preview(parts, new, here)
        elif attempt(parts.head, lambda: lay_down_scale(new, actor=here.actor)):
            messages.success(request, _("The scale is laid down. Earlier days keep the one that held then."))
            return redirect(with_query(reverse("scoreboard"), {"scale": new.key if new.on <= here.today else ""}))
    refused = request.method == "POST" and not asks_for_lines and not parts.is_valid
    context = {"parts": parts, "row": row, "preview": preview}
    return render(request, "scales/change.html", context, status=422 if refused or parts.head.errors else 200)


def _begun_with(here: Here) -> Scale | None:
    """Give the scale by which the office ranks today; None where it has none."""
    found = scales.in_force(**here.moment)
    return found.get(scales.chosen("", found, **here.moment))


class EndForm(forms.Form):
    """From which day on a scale is used no more."""

    on = forms.DateField(
        label=gettext_lazy("From the day"),
        widget=DayInput(ahead=True),
        help_text=gettext_lazy("Earlier days are still ranked by it."),
    )


@page
def end(request: HttpRequest, here: Here, scale: str) -> HttpResponse:
    """End a scale from a day on."""
    require(here.actor, "administrator", "officer")
    row = scales.history(scale, **here.moment)
    form = EndForm(request.POST or None, initial={"on": here.today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["on"]
        if attempt(form, lambda: end_scale(row.key, day, actor=here.actor)):
            messages.success(request, _("The scale is ended. Earlier days are still ranked by it."))
            return redirect("definitions")
    return render(request, "scales/end.html", {"row": row, "form": form}, status=422 if form.errors else 200)


def _parts(request: HttpRequest, here: Here, scale: Scale | None, *, is_new: bool) -> Parts:
    found = scales.scored(**here.moment)
    measures = [(key, measure.name) for key, measure in found.measured.measures.items()]
    data = _with_more(request.POST) if request.method == "POST" else None
    scale = scale or NO_SCALE
    named = {} if is_new else {"name": scale.name, "sentence": scale.sentence}
    head = ScaleForm(
        data,
        initial={**named, "least_share": scale.least_share, "on": here.today},
        documents=documents.recent(viewer=here.viewer, as_of=here.today),
    )
    initial = [{"measure": c.measure, "points": c.points} for c in scale.criteria]
    criteria = Criteria(data, initial=_spaced(initial), prefix="c", form_kwargs={"measures": measures})
    bands = [
        Bands(data, initial=_spaced(_lines(scale.criteria[n].bands) if n < len(scale.criteria) else []), prefix=f"b{n}")
        for n in range(len(criteria.forms))
    ]
    grades = Grades(data, initial=_spaced(_lines(scale.grades)), prefix="g")
    return Parts(head, criteria, bands, grades)


def _with_more(sent: QueryDict) -> QueryDict:
    """Give one line more of everything where that was asked for; what was typed stays."""
    if "more" not in sent:
        return sent
    data = sent.copy()
    before = number_asked(str(data.get("c-TOTAL_FORMS"))) or 0
    for name in [key for key in data if key.endswith("-TOTAL_FORMS")]:
        data[name] = str(min((number_asked(str(data[name])) or 0) + 1, MOST))
    if before < MOST:
        data[f"b{before}-TOTAL_FORMS"], data[f"b{before}-INITIAL_FORMS"] = "3", "0"
    return data


def _spaced(initial: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give a form some empty lines below those that it begins with."""
    return [*initial, *({} for _n in range(SPARE if initial else 3))][:MOST]


def _lines(bands: tuple[Band, ...]) -> list[dict[str, Any]]:
    return [
        {
            "from_value": band.from_value,
            "below": band.below,
            "points": band.points,
            "per_value": band.per_value,
            "label": band.label,
        }
        for band in bands
    ]


def _typed(bands: Any) -> tuple[Band, ...]:
    return tuple(band for form in bands if (band := form.band) is not None)


@dataclass(frozen=True, slots=True)
class Moved:
    """An agency as it stands today by the scale that holds, and as it would by the new one."""

    before: AgencyScore | None
    after: AgencyScore


def _preview(parts: Parts, new: NewScale, here: Here) -> dict[str, Any] | None:
    """Say how today's ranking of the whole office would change; a refusal is said in the form."""
    made: list[Scale] = []
    if not attempt(parts.head, lambda: made.append(as_rule(new, office_id=here.office.pk))):
        return None
    found = scales.scored(**here.moment)
    # A further scale is held against the one by which the office ranks now.
    held = new.key if new.key in found.scales else scales.chosen("", found.scales, **here.moment)
    before = found.scores(held) or {}
    after = found.scores_by(made[0])
    rows = [Moved(before.get(row.agency_id), row) for row in after]
    moved = sum(
        1
        for row in rows
        if row.before is None or (row.before.rank, row.before.grade) != (row.after.rank, row.after.grade)
    )
    return {"rows": rows[:SHOWN], "moved": moved, "whole": len(rows), "version": made[0].version}
