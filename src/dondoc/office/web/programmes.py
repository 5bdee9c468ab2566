"""Lists of tasks: one laid down under a document, so that the board, the pictures and the reports follow it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods

from dondoc.office.access import require
from dondoc.office.actions.programmes import NewList, lay_down_list
from dondoc.office.here import Here
from dondoc.office.queries import definitions, documents, programmes, tasks
from dondoc.office.queries.documents import DocumentRow
from dondoc.office.queries.tasks import Wanted
from dondoc.office.web.forms import DayInput, attempt, choice, free_key, line, offer
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
