"""The forms about one duty: its next step, its person, another agency, another due day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.models import DutyRole
from dondoc.office.web.dues.rule import DueRuleField
from dondoc.office.web.forms import DayInput, choice, line, offer, words
from dondoc.rules.stages import stages


class SeenForm(forms.Form):
    """A form that knows up to which instant its writer has seen the duty."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput())


class MoveForm(SeenForm):
    """The next step of a duty: to which state, since when, on what evidence, with which product."""

    to_state = forms.ChoiceField(
        label=gettext_lazy("New state"),
        widget=choice(),
        error_messages={
            "invalid_choice": gettext_lazy(
                "Meanwhile the duty has moved on. Look at its history, then choose from what is possible now."
            )
        },
    )
    on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput())
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=1000, widget=words(rows=2))
    # A browser sends fields in their order; what stands behind a file that is too large is lost with it.
    seen_state = forms.CharField(widget=forms.HiddenInput())
    proposed_on = forms.DateField(required=False, widget=forms.HiddenInput())
    product_number = forms.CharField(
        label=gettext_lazy("Number of the product"),
        required=False,
        max_length=120,
        widget=line(),
        help_text=gettext_lazy("Number and symbol of the document in which the work ended."),
    )
    product_on = forms.DateField(label=gettext_lazy("Day on the product"), required=False, widget=DayInput())
    product_title = forms.CharField(
        label=gettext_lazy("Title of the product"), required=False, max_length=1000, widget=line()
    )
    document = forms.ChoiceField(
        label=gettext_lazy("The document that proves it"),
        required=False,
        widget=choice(),
        help_text=gettext_lazy("Its number, day and title are taken as those of the product, where these are empty."),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
    )

    def __init__(
        self,
        *args: Any,
        states: list[tuple[str, str]],
        documents: list[tuple[str, str]],
        product: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to_state", states)
        if documents:
            offer(self, "document", [("", "–"), *documents])
        else:
            del self.fields["document"]
            self.fields["file"].label = _("The file that proves it")
        if not product:
            for name in ("product_number", "product_on", "product_title"):
                del self.fields[name]
            if documents:
                self.fields["document"].help_text = ""


class CorrectForm(SeenForm):
    """A step as it should have been entered, and why it is corrected."""

    to_state = forms.ChoiceField(
        label=gettext_lazy("State"),
        widget=choice(),
        error_messages={
            "invalid_choice": gettext_lazy(
                "The workflow does not lead there from the step before. Choose from the list, or mend that step first."
            )
        },
    )
    on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput())
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=1000, widget=words(rows=2))
    product_number = forms.CharField(
        label=gettext_lazy("Number of the product"), required=False, max_length=120, widget=line()
    )
    product_on = forms.DateField(label=gettext_lazy("Day on the product"), required=False, widget=DayInput())
    product_title = forms.CharField(
        label=gettext_lazy("Title of the product"), required=False, max_length=1000, widget=line()
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the step is corrected"),
        max_length=1000,
        widget=words(rows=2),
        help_text=gettext_lazy("It stands in the history beside the step that was entered wrongly."),
    )

    def __init__(self, *args: Any, states: list[tuple[str, str]], product: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to_state", states)
        if not product:
            for name in ("product_number", "product_on", "product_title"):
                del self.fields[name]


class WithdrawForm(SeenForm):
    """Why a step is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why the step is withdrawn"),
        max_length=1000,
        widget=words(rows=3),
        help_text=gettext_lazy("It stands in the history beside the step that was entered wrongly."),
    )


class NameForm(SeenForm):
    """Who is to do the work: somebody whom the agency knows, or somebody by name."""

    person = forms.ChoiceField(label=gettext_lazy("Person"), required=False, widget=choice())
    name = forms.CharField(
        label=gettext_lazy("or the full name of somebody else"), required=False, max_length=200, widget=line()
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=1000, widget=words(rows=2))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            offer(self, "person", [("", "–"), *((str(pk), name) for pk, name in people)])
        else:
            del self.fields["person"]
            self.fields["name"].label = _("Full name of the person")


class SendBackForm(SeenForm):
    """Why the named person sends the work back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=words(rows=3))


class HandOverForm(SeenForm):
    """To which agency a duty passes, since when, why."""

    agency = forms.ChoiceField(label=gettext_lazy("To the agency"), widget=choice())
    on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=1000, widget=words(rows=2))
    basis = forms.ChoiceField(label=gettext_lazy("By the document"), required=False, widget=choice())
    due = DueRuleField(label=gettext_lazy("Due, if by another day"), required=False, may_be_none=False)

    def __init__(
        self, *args: Any, agencies: list[tuple[str, str]], documents: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", [("", "–"), *agencies])
        offer(self, "basis", [("", "–"), *documents])


class DueForm(SeenForm):
    """Another due day, and why."""

    due = DueRuleField(
        label=gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy("Leave it empty for no due day. The first due day stays on record."),
    )
    words = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=line())


class AddForm(forms.Form):
    """A further agency of a task: its role, its stage, its due day."""

    agency = forms.ChoiceField(label=gettext_lazy("Agency"), widget=choice())
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=DutyRole.choices, widget=choice())
    stage = forms.CharField(
        label=gettext_lazy("Stage of the product"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Where agencies work one after the other: this one waits for the stages before it."),
    )
    before = forms.ChoiceField(
        label=gettext_lazy("Where the stage comes"),
        required=False,
        widget=choice(),
        help_text=gettext_lazy("The stage chosen here, and those behind it, wait for the new one from today on."),
    )
    due = DueRuleField(label=gettext_lazy("Due"), required=False)
    words = forms.CharField(label=gettext_lazy("Words of the due day"), required=False, max_length=300, widget=line())

    def __init__(
        self,
        *args: Any,
        agencies: list[tuple[str, str]],
        later: list[tuple[str, str]],
        on: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", [("", "–"), *agencies])
        if later:
            offer(self, "before", [("", _("behind all other stages")), *later])
        else:
            del self.fields["before"]
        self.fields["stage"].widget = Suggested(stages(on=on))


class Suggested(forms.TextInput):
    """A line of text, with words that are offered."""

    template_name = "duties/suggested.html"

    def __init__(self, offered: tuple[str, ...]) -> None:
        super().__init__(attrs={"class": "form-control"})
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the words that are offered."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-offered"
        context["widget"]["offered"] = self.offered
        return context
