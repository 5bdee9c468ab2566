"""Lists of tasks: one laid down under a document, so that the board, the pictures and the reports follow it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods

from dondoc.office.access import require
from dondoc.office.actions.programmes import NewList, lay_down_list, take_off_programme
from dondoc.office.here import Here
from dondoc.office.queries import definitions, documents, programmes, tasks
from dondoc.office.queries.documents import DocumentRow
from dondoc.office.queries.tasks import Wanted
from dondoc.office.web.forms import DayInput, attempt, choice, free_key, line, offer, words
from dondoc.office.web.frame import page


class ListForm(forms.Form):
    """What a list is called, what its items are, how they go, and since when it is on record."""

    title = forms.CharField(label=gettext_lazy("Name of the list"), max_length=300, widget=line())
    item_noun = forms.CharField(
        label=gettext_lazy("What one item is called"),
        max_length=60,
        widget=line(),
        help_text=gettext_lazy("As a report counts them: task, project, scheme."),
    )
    workflow = forms.ChoiceField(label=gettext_lazy("Goes by the steps of"), widget=choice())
    on = forms.DateField(
        label=gettext_lazy("On record from"),
        widget=DayInput(),
        help_text=gettext_lazy("Before this day the board says “not recorded”, never 0."),
    )


class TakeOffForm(forms.Form):
    """From which day on a task is off a list, or that it never belonged there; and why."""

    how = forms.ChoiceField(
        label=gettext_lazy("What is so"),
        choices=(
            ("from", gettext_lazy("It comes off the list from a day on")),
            ("mistake", gettext_lazy("It was put there by mistake: it never belonged on the list")),
        ),
        widget=choice(),
    )
    off_on = forms.DateField(
        label=gettext_lazy("Off the list from"),
        widget=DayInput(),
        help_text=gettext_lazy("Not looked at where it was a mistake. The numbers of the others stay as they are."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=1000, widget=words(rows=2))
    use_required_attribute = False  # a mistake has no day

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["off_on"].required = self.data.get("how") != "mistake"

    @property
    def end(self) -> date | None:
        """The first day off the list; None of a mistake."""
        return self.cleaned_data["off_on"] if self.cleaned_data["how"] == "from" else None


@require_http_methods(["GET", "HEAD", "POST"])
@page
def take_off(request: HttpRequest, here: Here, place_id: int) -> HttpResponse:
    """Take a task off a list."""
    require(here.actor, "administrator", "officer")
    place = programmes.place(place_id, **here.moment)
    task = tasks.task(place.task_id, **here.moment)
    how = "mistake" if place.since >= here.today else "from"
    form = TakeOffForm(request.POST if request.method == "POST" else None, initial={"how": how, "off_on": here.today})
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: take_off_programme([place_id], on=form.end, reason=reason, actor=here.actor)):
            messages.success(request, _("It is off the list. What was counted before is still shown as it was known."))
            return redirect(task.row.url)
    context = {"place": place, "task": task, "form": form}
    return render(request, "programmes/take_off.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def lay_down(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Lay down a list under a document, with the tasks that came from its words."""
    require(here.actor, "administrator", "officer")
    document = documents.document(document_id, **here.moment)
    form = ListForm(request.POST if request.method == "POST" else None, initial=_begins(document, here))
    offer(form, "workflow", [(str(row.pk), row.name) for row in definitions.workflows(viewer=here.viewer)])
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        key = free_key(given["title"], programmes.keys(viewer=here.viewer), otherwise="danh-muc")
        new = NewList(key, given["title"], given["item_noun"], int(given["workflow"]), given["on"])
        counts: list[int] = []
        if attempt(form, lambda: counts.append(lay_down_list(document_id, new, actor=here.actor))):
            said = ngettext(
                "The list is laid down, with %(n)d task. The board, the pictures and the reports follow it.",
                "The list is laid down, with %(n)d tasks. The board, the pictures and the reports follow it.",
                counts[0],
            )
            messages.success(request, said % {"n": counts[0]})
            return redirect(f"/?programme={key}")
    context = {
        "document": document,
        "form": form,
        "tasks": tasks.tasks(Wanted(document=str(document_id)), **here.moment),
    }
    return render(request, "programmes/lay_down.html", context, status=422 if form.errors else 200)


def _begins(found: DocumentRow, here: Here) -> dict[str, object]:
    """Propose what a list under a document would be called, and the document's own day."""
    return {
        "title": _("Tasks of %(title)s") % {"title": found.title},
        "item_noun": pgettext("an item of a list", "task"),
        "workflow": str(definitions.standard_workflow(office_id=here.office.pk).pk),
        "on": min(found.issued_on or here.today, here.today),
    }
