"""Links between documents: one added by number, its kind changed, one ended."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dondoc.office.access import require
from dondoc.office.actions.links import add_link, change_link, end_link
from dondoc.office.here import Here, day_asked
from dondoc.office.models import LinkKind
from dondoc.office.web.forms import DayInput, choice, line
from dondoc.office.web.frame import page


class LinkForm(forms.Form):
    """What this document does to which other one, from which day on."""

    kind = forms.ChoiceField(label=gettext_lazy("This document"), choices=LinkKind.choices, widget=choice())
    number = forms.CharField(label=gettext_lazy("the document with the number"), max_length=80, widget=line())
    on = forms.DateField(label=gettext_lazy("from"), widget=DayInput())


@require_POST
@page
def add(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Record what a document does to another one."""
    require(here.actor, "officer", "administrator")
    add_link(
        document_id,
        kind=request.POST.get("kind", ""),
        number=request.POST.get("number", ""),
        on=day_asked(request.POST.get("on", ""), here.today),
        actor=here.actor,
    )
    messages.success(request, _("The link is recorded."))
    return redirect("document", document_id)


@require_POST
@page
def change(request: HttpRequest, here: Here, link_id: int) -> HttpResponse:
    """Correct what a document does to another one."""
    row = change_link(link_id, kind=request.POST.get("kind", ""), actor=here.actor)
    messages.success(request, _("The link is corrected; what was recorded before stays in the log."))
    return redirect("document", row.document_id)


@require_POST
@page
def end(request: HttpRequest, here: Here, link_id: int) -> HttpResponse:
    """Record that a link ends today."""
    row = end_link(link_id, on=here.today, actor=here.actor)
    messages.success(request, _("The link has ended; what was recorded before stays in the log."))
    return redirect("document", row.document_id)
