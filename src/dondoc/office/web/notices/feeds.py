"""Calendar feeds: made and revoked by their person, and answered to whoever knows the secret address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dondoc.office.actions.notices import make_feed, revoke_feed
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import notices
from dondoc.office.reports.calendars import calendar as written
from dondoc.office.web.frame import of_a_day, page
from dondoc.office.web.notices.page import settings_page


@require_POST
@of_a_day
@page
def feed_add(request: HttpRequest, here: Here) -> HttpResponse:
    """Make a secret address, in place of the former one of the same due days; it is shown in this answer only."""
    agency_id = number_asked(request.POST.get("agency", ""))
    secret = make_feed(agency_id=agency_id, viewer=here.viewer, now=timezone.now())
    address = reverse("calendar_feed", args=[secret])
    site = settings.DONDOC_SITE_URL or request.build_absolute_uri("/").rstrip("/")
    return settings_page(request, here, secret=f"{site}{address}")


@require_POST
@of_a_day
@page
def feed_revoke(request: HttpRequest, here: Here, feed_id: int) -> HttpResponse:
    """Revoke a secret address."""
    revoke_feed(feed_id, viewer=here.viewer, now=timezone.now())
    messages.success(request, _("The address is revoked. Whoever uses it gets nothing any more."))
    return redirect("notice_preferences")


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program that knows a secret address; what has not changed is not sent again.

    Nobody is signed in here: the address is the key, and what it shows is what its person may see today.
    """
    today = timezone.localdate()
    found = notices.feed(secret, on=today)
    if found is None:
        raise Http404
    tag = f'"{found.seal}"'
    answer: HttpResponse
    if tag in [part.strip() for part in request.headers.get("If-None-Match", "").split(",")]:
        answer = HttpResponseNotModified()
    else:
        content = written(found, notices.dues(found, on=today), site=settings.DONDOC_SITE_URL)
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="han-nhiem-vu.ics"'
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer
