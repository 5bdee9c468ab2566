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
from dondoc.office.actions.programmes import NewList, end_list, lay_down_list, rename_list, take_off_programme
from dondoc.office.here import Here
from dondoc.office.queries import definitions, documents, list_names, programmes, tasks
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


class ListNameForm(forms.Form):
    """What a list is called, and whether it was to be called so from the first."""

    title = forms.CharField(label=gettext_lazy("Name of the list"), max_length=300, widget=line())
    how = forms.ChoiceField(
        label=gettext_lazy("What is so"),
        choices=(
            ("mistake", gettext_lazy("The present name was written wrong: it was never right")),
            ("from", gettext_lazy("The list is called otherwise from a day on")),
        ),
        widget=choice(),
    )
    on = forms.DateField(
        label=gettext_lazy("From the day"),
        widget=DayInput(),
        help_text=gettext_lazy("Not looked at where the name was written wrong. Earlier days keep the old name."),
    )
    use_required_attribute = False  # what was written wrong has no day

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["on"].required = self.data.get("how") != "mistake"

    @property
    def begin(self) -> date | None:
        """The first day of the name; None where the present one was never right."""
        return self.cleaned_data["on"] if self.cleaned_data["how"] == "from" else None


class ListEndForm(TakeOffForm):
    """From which day on a list is followed no more, or that it was laid down by mistake; and why."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offer(
            self,
            "how",
            [
                ("from", _("It is followed no more from a day on")),
                ("mistake", _("It was laid down by mistake: there never was such a list")),
            ],
        )
        self.fields["off_on"].label = _("Followed no more from")
        self.fields["off_on"].help_text = _("Not looked at where it was a mistake. Earlier days keep the list.")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def rename(request: HttpRequest, here: Here, list_id: int) -> HttpResponse:
    """Correct the name of a list, or give it another from a day on."""
    require(here.actor, "administrator", "officer")
    row = list_names.list_row(list_id, **here.moment)
    document = documents.document(row.document_id, **here.moment)
    begun = {"title": row.title, "how": "mistake", "on": here.today}
    form = ListNameForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        if attempt(form, lambda: rename_list(list_id, title=title, on=form.begin, actor=here.actor), field="title"):
            messages.success(request, _("The name is recorded. What the list was called before stays on record."))
            return redirect("document", row.document_id)
    context = {"list": row, "document": document, "form": form}
    return render(request, "programmes/rename.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def end(request: HttpRequest, here: Here, list_id: int) -> HttpResponse:
    """End a list from a day on, or withdraw one that was laid down by mistake."""
    require(here.actor, "administrator", "officer")
    row = list_names.list_row(list_id, **here.moment)
    document = documents.document(row.document_id, **here.moment)
    begun = {"how": "from" if row.has_tasks else "mistake", "off_on": here.today}
    form = ListEndForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: end_list(list_id, on=form.end, reason=reason, actor=here.actor)):
            messages.success(request, _("The list is followed no more. What was counted before stays on record."))
            return redirect("document", row.document_id)
    context = {"list": row, "document": document, "form": form}
    return render(request, "programmes/end.html", context, status=422 if form.errors else 200)


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
