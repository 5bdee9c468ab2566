"""Lists that are kept under a name: saved, opened by a link, renamed, shared, deleted."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.actions.saved_views import change_view, delete_view, save_view
from dondoc.office.here import Here
from dondoc.office.queries import saved_views
from dondoc.office.web.frame import of_a_day, page, with_query

NOT_KEPT = ("csrfmiddlewaretoken", "name", "is_shared", "as_of", "known_at", "view", "start", "month")


@require_POST
@page
@of_a_day
def save(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep the list that is shown under a name: its filters, order, columns and shape, not the day."""
    query = _query(request.POST)
    row = save_view(
        name=request.POST.get("name", ""), query=query, is_shared="is_shared" in request.POST, actor=here.actor
    )
    messages.success(request, _("The list is kept as “%(name)s”.") % {"name": row.name})
    return redirect(with_query("/tasks/", {**dict(parse_qsl(query)), "view": str(row.pk), **here.keep}))


def _query(sent: QueryDict) -> str:
    return urlencode([(name, value) for name, value in sent.items() if value and name not in NOT_KEPT])


@require_GET
@page
def open_view(request: HttpRequest, here: Here, view_id: int) -> HttpResponse:
    """Open a kept list; what it asks for is read again by the list itself, which says what it no longer knows."""
    row = saved_views.view(view_id, viewer=here.viewer)
    return redirect(with_query("/tasks/", {**dict(parse_qsl(row.query)), "view": str(row.id), **here.keep}))


@require_POST
@page
@of_a_day
def change(request: HttpRequest, here: Here, view_id: int) -> HttpResponse:
    """Rename a kept list, share it or no longer, or delete it."""
    if "delete" in request.POST:
        delete_view(view_id, actor=here.actor)
        messages.success(request, _("The list is deleted. The tasks on it stay as they are."))
        return redirect(with_query("/tasks/", here.keep))
    row = change_view(
        view_id, name=request.POST.get("name", ""), is_shared="is_shared" in request.POST, actor=here.actor
    )
    messages.success(request, _("Recorded."))
    return redirect(with_query(f"/tasks/views/{row.pk}/", here.keep))
