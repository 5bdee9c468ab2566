"""Choosing the office to look at, for people who have a role in several."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from dondoc.office.here import ACTING
from dondoc.office.models import User
from dondoc.office.queries import people


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Look at another office in which the person has a role."""
    wanted = request.POST.get("office", "")
    assert isinstance(request.user, User)
    if any(office.key == wanted for office in people.offices_of(request.user, on=timezone.localdate())):
        request.session["office"] = wanted
        request.session.pop(ACTING, None)  # who acts for another does so in one office only
    return redirect("board")
