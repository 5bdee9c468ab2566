"""The form by which the states of a workflow are called by other words from a day on, or their grounds corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.office.access import require
from dondoc.office.actions.definitions import name_states
from dondoc.office.here import Here
from dondoc.office.queries import documents, versions
from dondoc.office.queries.versions import StateRow
from dondoc.office.web.definitions.forms import BasisForm
from dondoc.office.web.forms import attempt, line
from dondoc.office.web.frame import page


class NamingForm(BasisForm):
    """A word for each state, or that only its ground is mended; the day from which words hold, and on what ground."""

    def __init__(self, *args: Any, states: tuple[StateRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].help_text = _("Lists, boards and reports of earlier days keep the words that held then.")
        self.states = states
        for state in states:
            field = forms.CharField(label=state.label, max_length=200, initial=state.label, widget=line())
            self.fields[f"label-{state.code}"] = field
            tick = forms.CheckboxInput(attrs={"class": "form-check-input"})
            named = _("Only the ground of “%(label)s”") % {"label": state.label}
            self.fields[f"ground-{state.code}"] = forms.BooleanField(label=named, required=False, widget=tick)

    @property
    def lines(self) -> list[tuple[StateRow, Any, Any]]:
        """Each state with the field of its word, and the one that says that only its ground is mended."""
        return [(state, self[f"label-{state.code}"], self[f"ground-{state.code}"]) for state in self.states]

    @property
    def foot(self) -> list[Any]:
        """The fields below the words."""
        return [self[name] for name in ("on", "basis", "basis_words")]

    @property
    def changed(self) -> dict[str, str]:
        """The words that were typed anew, by the code of the state."""
        names = {f"label-{state.code}": state.code for state in self.states}
        return {names[name]: self.cleaned_data[name] for name in self.changed_data if name in names}

    @property
    def mended(self) -> list[str]:
        """The codes of the states that keep their words and get another ground."""
        return [state.code for state in self.states if self.cleaned_data[f"ground-{state.code}"]]


@page
def name(request: HttpRequest, here: Here, workflow_id: int) -> HttpResponse:
    """Call the states of a workflow by other words from a day on."""
    require(here.actor, "administrator", "officer")
    flow = versions.workflow(workflow_id, **here.moment)
    form = NamingForm(
        request.POST or None,
        initial={"on": here.today},
        states=flow.states,
        documents=documents.recent(viewer=here.viewer, as_of=here.today),
    )
    if request.method == "POST" and form.is_valid():
        said = {"on": form.cleaned_data["on"], "mended": form.mended, **form.ground}
        if attempt(form, lambda: name_states(flow.id, form.changed, actor=here.actor, **said)):
            messages.success(request, _("The words are laid down. Earlier days keep those that held then."))
            return redirect("definitions")
    context = {"flow": flow, "form": form}
    return render(request, "definitions/states.html", context, status=422 if form.errors else 200)
