"""The form by which it is named what is to come of a task, after the task was entered."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dondoc.office.access import require
from dondoc.office.actions.tasks import name_product
from dondoc.office.here import Here
from dondoc.office.queries import tasks
from dondoc.office.web.forms import DayInput, attempt, line
from dondoc.office.web.frame import page


class ProductForm(forms.Form):
    """What is to come of the work, and since when that is so."""

    words = forms.CharField(
        label=gettext_lazy("Product"),
        max_length=1000,
        widget=line(autocomplete="off"),
        help_text=gettext_lazy("What the work is done with: a plan, a decision, a report."),
    )
    on = forms.DateField(
        label=gettext_lazy("From the day"),
        widget=DayInput(),
        help_text=gettext_lazy("Lists and reports of earlier days keep what held then."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def product(request: HttpRequest, here: Here, task_id: int) -> HttpResponse:
    """Name what is to come of a task."""
    require(here.actor, "administrator", "officer")
    task = tasks.task(task_id, **here.moment)
    form = ProductForm(
        request.POST if request.method == "POST" else None, initial={"words": task.product, "on": here.today}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: name_product(task_id, said["words"], on=said["on"], actor=here.actor)):
            messages.success(request, _("The product is named. The timeline of each agency on the task tells it."))
            return redirect("task", task_id)
    return render(request, "tasks/product.html", {"task": task, "form": form}, status=422 if form.errors else 200)
