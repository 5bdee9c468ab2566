"""What an officer adds to a document on its reading page: its day, and the figure that a stated number is held to."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dondoc.office.access import require
from dondoc.office.actions.claims import bind_claim
from dondoc.office.actions.documents import correct_header
from dondoc.office.here import Here
from dondoc.office.models import Document
from dondoc.office.queries import documents, programmes
from dondoc.office.web.frame import page
from dondoc.office.web.readings.forms import HeadForm


@dataclass(frozen=True, slots=True)
class Bindable:
    """A figure that a claim can be held against, as one value of a form."""

    value: str
    label: str


def bindable(here: Here) -> list[Bindable]:
    """List the figures that a stated number can be held against."""
    rows = programmes.programmes(viewer=here.viewer, as_of=here.today, known_at=None)
    found = []
    for row in rows:
        found.append(Bindable(f"tasks.total|{row.key}|", _("%(list)s: all") % {"list": row.title}))
        for group in programmes.group_codes(row.id):
            label = _("%(list)s: %(group)s") % {"list": row.title, "group": group.label}
            found.append(Bindable(f"tasks.in_group|{row.key}|{group.code}", label))
            found.append(Bindable(f"tasks.share|{row.key}|{group.code}", f"{label}, %"))
    return found


@require_POST
@page
def bind(request: HttpRequest, here: Here, claim_id: int) -> HttpResponse:
    """Hold a claim against one of our figures."""
    key, programme, group = (request.POST.get("figure", "") + "||").split("|")[:3]
    arguments = {"programme": programme} | ({"group": group} if group else {})
    binding = bind_claim(claim_id, figure=key, arguments=arguments, actor=here.actor)
    messages.success(request, _("The number is now held against this figure."))
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect(f"/documents/{binding.claim.document_id}/reading/#claim-{claim_id}-title")


@require_POST
@page
def head(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Add to a document's head what it does not state."""
    require(here.actor, "officer", "administrator")
    document = documents.document(document_id, **here.moment)
    form = HeadForm(request.POST)
    if form.is_valid():
        correct_header(Document(pk=document.id), actor=here.actor, issued_on=form.cleaned_data["issued_on"])
        messages.success(request, _("The day is noted. Due days without a year take its year."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("reading", document_id)
