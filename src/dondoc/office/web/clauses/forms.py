"""What is typed on the page of a clause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from dondoc.office.actions.indicators import NewTarget
from dondoc.office.models import Direction, LinkKind
from dondoc.office.queries import clauses
from dondoc.office.web.forms import DayInput, choice, line, words
from dondoc.rules.periods import NotAPeriod, parse_period
from dondoc.rules.text import NotANumber, parse_vi_number


class ConcreteForm(forms.Form):
    """Which document makes the clause concrete, and since when."""

    document = forms.ChoiceField(
        label=gettext_lazy("The document"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it does"),
        choices=[(kind, LinkKind(kind).label) for kind in clauses.CONCRETE],
        widget=choice(),
    )
    on = forms.DateField(
        label=gettext_lazy("Since"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Left empty: since the day of the document."),
    )


class TaskTieForm(forms.Form):
    """Which task on record comes from the clause."""

    task = forms.ChoiceField(
        label=gettext_lazy("The task"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )


class ReleaseForm(forms.Form):
    """Why a clause needs nothing, and since when."""

    reason = forms.CharField(
        label=gettext_lazy("Why it needs nothing"),
        widget=words(2),
        help_text=gettext_lazy(
            "Such as: it lays down a principle; the Government does it. Shown wherever the clause is."
        ),
    )
    on = forms.DateField(
        label=gettext_lazy("Since"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Left empty: since the day of the document."),
    )


class TargetForm(forms.Form):
    """What is to be reached in a period, typed as offices write it: 2025 or 31/12/2025, 1.234,5."""

    period = forms.CharField(
        label=gettext_lazy("Period"), widget=line(), help_text=gettext_lazy("2025, 2021-2025 or 01/7/2025 - 31/12/2025")
    )
    value = forms.CharField(label=gettext_lazy("To be reached"), widget=line(inputmode="decimal"))
    upper = forms.CharField(label=gettext_lazy("Upper end"), required=False, widget=line(inputmode="decimal"))

    def clean_period(self) -> tuple[date, date]:
        return _period(self.cleaned_data["period"])

    def clean_value(self) -> Decimal:
        return _number(self.cleaned_data["value"])

    def clean_upper(self) -> Decimal | None:
        typed = self.cleaned_data["upper"]
        return _number(typed) if typed else None

    @property
    def target(self) -> NewTarget:
        """The target that was typed."""
        data = self.cleaned_data
        begins_on, ends_on = data["period"]
        return NewTarget(begins_on, ends_on, data["value"], data["upper"])


class IndicatorForm(forms.Form):
    """What is measured, in what, and which way is better."""

    name = forms.CharField(label=gettext_lazy("What is measured"), max_length=300, widget=line())
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=80, widget=line())
    direction = forms.ChoiceField(label=gettext_lazy("The aim"), choices=Direction.choices, widget=choice())
    on = forms.DateField(
        label=gettext_lazy("Set on"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Left empty: on the day of the document."),
    )


def _period(typed: str) -> tuple[date, date]:
    try:
        return parse_period(typed)
    except NotAPeriod as wrong:
        raise forms.ValidationError(str(wrong)) from wrong


def _number(typed: str) -> Decimal:
    try:
        return parse_vi_number(typed)
    except NotANumber as wrong:
        raise forms.ValidationError(str(wrong)) from wrong
