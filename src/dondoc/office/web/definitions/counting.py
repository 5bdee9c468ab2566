"""The form by which is laid down which states count as what, with what it would make of today's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.office.access import require
from dondoc.office.actions.definitions import NewDefinition, NewGroup, check, lay_down_definition
from dondoc.office.here import Here
from dondoc.office.queries import documents, versions
from dondoc.office.queries.versions import Change, FlowRow, GroupRow, Scope
from dondoc.office.web.definitions.forms import GroundForm, Groups, PlacesForm
from dondoc.office.web.forms import attempt, free_key
from dondoc.office.web.frame import page


@dataclass(frozen=True, slots=True)
class Parts:
    """The forms of a definition together: its head, its groups, and the group of each state."""

    head: GroundForm
    groups: Any
    places: PlacesForm

    @property
    def is_valid(self) -> bool:
        """Whether all that was typed can be read; every part is looked at, so that each says what is wrong."""
        found = [part.is_valid() for part in (self.head, self.groups, self.places)]
        return all(found)


@page
def change(request: HttpRequest, here: Here, workflow_id: int) -> HttpResponse:
    """Lay down from a day on how a list is counted, or all that have no definition of their own."""
    require(here.actor, "administrator", "officer")
    flow = versions.workflow(workflow_id, **here.moment)
    scope = versions.scope(flow, request.GET.get("programme", ""), **here.moment)
    parts = _parts(request, here, flow, scope)
    preview: list[Change] | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if parts.is_valid:
            new = _typed(parts, here, flow, scope)
            if "preview" in request.POST:
                preview = _preview(parts, new, here, flow, scope)
                status = 422 if preview is None else 200
            elif attempt(parts.head, lambda: lay_down_definition(new, actor=here.actor)):
                messages.success(request, _("The definition is laid down. Earlier days keep the one that held then."))
                return redirect("definitions")
    states = [(state, parts.places[f"state-{state.code}"]) for state in flow.states]
    context = {"flow": flow, "scope": scope, "parts": parts, "states": states, "preview": preview}
    return render(request, "definitions/change.html", context, status=status)


def _parts(request: HttpRequest, here: Here, flow: FlowRow, scope: Scope) -> Parts:
    data = request.POST if request.method == "POST" else None
    laid = scope.shown
    head = GroundForm(
        data,
        initial={"name": laid.name, "sentence": laid.sentence, "on": here.today},
        documents=documents.recent(viewer=here.viewer, as_of=here.today),
    )
    initial = [{"code": g.code, "label": g.label, "state_class": g.state_class} for g in laid.groups]
    groups = Groups(data, initial=initial, prefix="g")
    # A group that is being written has no name yet: it is chosen by its place in the list.
    chosen = [(str(n), _("group %(n)d") % {"n": n + 1}) for n in range(len(groups.forms))]
    for n, group in enumerate(laid.groups):
        if n < len(chosen):
            chosen[n] = (str(n), f"{n + 1}. {group.label}")
    where = {f"state-{code}": str(n) for n, group in enumerate(laid.groups) for code, _label in group.states}
    places = PlacesForm(data, initial=where, states=[(state.code, state.label) for state in flow.states], groups=chosen)
    return Parts(head, groups, places)


def _typed(parts: Parts, here: Here, flow: FlowRow, scope: Scope) -> NewDefinition:
    head = parts.head.cleaned_data
    lists = {row.key: row.id for row in versions.lists(flow.id, **here.moment)}
    return NewDefinition(
        workflow_id=flow.id,
        programme_id=lists[scope.programme] if scope.programme else None,
        name=head["name"],
        sentence=head["sentence"],
        groups=_groups(parts, flow),
        on=head["on"],
        **parts.head.ground,
    )


def _groups(parts: Parts, flow: FlowRow) -> tuple[NewGroup, ...]:
    """Give the groups that have a label, each with the states that were put into it."""
    found = []
    taken: set[str] = set()
    for n, form in enumerate(parts.groups):
        label = " ".join((form.cleaned_data.get("label") or "").split())
        states = tuple(state.code for state in flow.states if parts.places.group_of(state.code) == str(n))
        if not label:
            continue
        code = form.cleaned_data.get("code") or ""
        if not code or code in taken:
            code = free_key(code or label, taken, otherwise=f"nhom-{n + 1}")
        taken.add(code)
        found.append(NewGroup(code, label, form.cleaned_data["state_class"], states))
    return tuple(found)


def _preview(parts: Parts, new: NewDefinition, here: Here, flow: FlowRow, scope: Scope) -> list[Change] | None:
    """Say how today's numbers would change; a refusal is said in the form."""
    if not attempt(parts.head, lambda: check(flow.id, new.groups, on=new.on)):
        return None
    groups = [
        GroupRow(group.code, group.label, group.state_class, "", tuple((code, "") for code in group.states))
        for group in new.groups
    ]
    return versions.changes(flow, scope.programme, groups, **here.moment)
