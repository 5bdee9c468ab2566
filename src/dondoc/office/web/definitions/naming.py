"""The form by which the states of a workflow are called by other words from a day on."""

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
    """A word for each state, the day from which the words hold, and on what ground."""

    def __init__(self, *args: Any, states: tuple[StateRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].help_text = _("Lists, boards and reports of earlier days keep the words that held then.")
        self.states = states
        for state in states:
            field = forms.CharField(label=state.label, max_length=200, initial=state.label, widget=line())
            self.fields[f"label-{state.code}"] = field

    @property
    def lines(self) -> list[tuple[StateRow, Any]]:
        """Each state with its field."""
        return [(state, self[f"label-{state.code}"]) for state in self.states]

    @property
    def foot(self) -> list[Any]:
        """The fields below the words."""
        return [self[name] for name in ("on", "basis", "basis_words")]

    @property
    def changed(self) -> dict[str, str]:
        """The words that were typed anew, by the code of the state."""
        names = {f"label-{state.code}": state.code for state in self.states}
        return {names[name]: self.cleaned_data[name] for name in self.changed_data if name in names}


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
        said = form.cleaned_data["on"]
        if attempt(form, lambda: name_states(flow.id, form.changed, on=said, actor=here.actor, **form.ground)):
            messages.success(request, _("The words are laid down. Earlier days keep those that held then."))
            return redirect("definitions")
    context = {"flow": flow, "form": form}
    return render(request, "definitions/states.html", context, status=422 if form.errors else 200)
