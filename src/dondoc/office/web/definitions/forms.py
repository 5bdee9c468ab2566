"""The forms by which a definition, a rate, a scale or the names of states are laid down from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dondoc.office.models import StateClass
from dondoc.office.web.forms import DayInput, choice, line, offer, words
from dondoc.rules.measures import BUCKETS

BUCKET_WORDS = {
    "open": gettext_lazy("not finished, in time"),
    "due_soon": gettext_lazy("not finished, due soon"),
    "late": gettext_lazy("not finished, late"),
    "no_due": gettext_lazy("not finished, no due day"),
    "done_in_time": gettext_lazy("finished in time"),
    "done_with_due": gettext_lazy("finished late"),
    "done": gettext_lazy("finished, had no due day"),
    "owed": gettext_lazy("deferred or dropped"),
}
"""How a duty can stand on a day, in the words of the pages."""


class BasisForm(forms.Form):
    """What every laying down says: since when, and on what ground."""

    on = forms.DateField(
        label=gettext_lazy("From the day"),
        widget=DayInput(ahead=True),
        help_text=gettext_lazy("Earlier days keep what held then."),
    )
    basis = forms.ChoiceField(label=gettext_lazy("By which document"), required=False, widget=choice())
    basis_words = forms.CharField(
        label=gettext_lazy("Or a basis that is not in the register"),
        required=False,
        max_length=300,
        widget=line(autocomplete="off"),
    )

    def __init__(self, *args: Any, documents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "basis", [("", "–"), *documents])

    @property
    def ground(self) -> dict[str, Any]:
        """The basis as the actions take it."""
        basis = self.cleaned_data["basis"]
        return {"basis_id": int(basis) if basis else None, "basis_words": self.cleaned_data["basis_words"]}


class GroundForm(BasisForm):
    """What the laying down of a definition, a rate or a scale says: besides, its name, and a sentence."""

    name = forms.CharField(label=pgettext_lazy("definition", "Name"), max_length=200, widget=line(autocomplete="off"))
    sentence = forms.CharField(
        label=gettext_lazy("What it says, in a sentence"),
        max_length=1000,
        widget=words(rows=2),
        help_text=gettext_lazy("It is printed where the number stands, so that nobody has to guess."),
    )
    field_order: Iterable[str] | None = ("name", "sentence", "on", "basis", "basis_words")


class MeasureForm(GroundForm):
    """What a rate counts and out of what, a tick for each way in which a duty can stand."""

    only_due = forms.BooleanField(
        label=gettext_lazy("Only duties whose last day has come"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bucket in BUCKETS:
            for side in ("counts", "out_of"):
                self.fields[f"{side}-{bucket}"] = forms.BooleanField(
                    required=False,
                    label=_("%(side)s: %(bucket)s") % {"side": _SIDES[side], "bucket": BUCKET_WORDS[bucket]},
                    widget=forms.CheckboxInput(),
                )

    def ticked(self, side: str) -> frozenset[str]:
        """Give what was ticked on one side, "counts" or "out_of"."""
        return frozenset(bucket for bucket in BUCKETS if self.cleaned_data[f"{side}-{bucket}"])

    @property
    def lines(self) -> list[tuple[str, Any, Any]]:
        """The ticks as rows of a table: how a duty stands, and both fields."""
        return [(str(BUCKET_WORDS[b]), self[f"counts-{b}"], self[f"out_of-{b}"]) for b in BUCKETS]

    @property
    def head(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in ("name", "sentence", "only_due", "on", "basis", "basis_words")]


_SIDES = {"counts": gettext_lazy("counted"), "out_of": gettext_lazy("out of")}


class GroupForm(forms.Form):
    """A group of a definition; one without a label is no group."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    label = forms.CharField(
        required=False, max_length=300, label=gettext_lazy("Label, in the words of the source"), widget=line()
    )
    state_class = forms.ChoiceField(
        required=False, label=pgettext_lazy("group", "Sort"), choices=StateClass.choices, widget=choice()
    )


Groups = forms.formset_factory(GroupForm, extra=2, max_num=20)


class PlacesForm(forms.Form):
    """Into which group each state of the workflow falls, by the group's place in the list above."""

    def __init__(self, *args: Any, states: list[tuple[str, str]], groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in states:
            field = forms.ChoiceField(label=label, required=False, widget=choice(), choices=[("", "–"), *groups])
            self.fields[f"state-{code}"] = field

    def group_of(self, code: str) -> str:
        """Give the group that was chosen for a state; empty for none."""
        found: str = self.cleaned_data[f"state-{code}"]
        return found
