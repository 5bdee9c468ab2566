"""What every page needs before it can answer: who looks, at which office, on which day; and how a refusal is said.

The links of a page that shows the past lead to that past: `web/past.py` sees to it for every page alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from dondoc.office.access import Refused
from dondoc.office.here import AddressRefused, DayRefused, Here, here_of
from dondoc.office.queries import agencies, notices, people
from dondoc.office.queries.documents import DocumentRemoved
from dondoc.office.queries.duties import DutyRow
from dondoc.office.web.menu import menu
from dondoc.office.web.past import ONLY_WRITE, keep_day

Page = Callable[..., HttpResponse]


class PastRefused(Refused):
    """Nothing is written while the past is looked at."""


def page(view: Page) -> Page:
    """Let a view be called with a `Here` after the request, for people who are signed in and have a role."""

    @login_required
    @wraps(view)
    def with_here(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        here = request.here = here_of(request)  # type: ignore[attr-defined]
        match = request.resolver_match
        writes = request.method == "POST" or (match is not None and match.url_name in ONLY_WRITE)
        if writes and here.is_past and not getattr(view, "of_a_day", False):
            raise PastRefused(
                _("You are looking at the past, where nothing can be recorded. Go back to today, then do it again.")
            )
        answer = view(request, here, *args, **kwargs)
        return keep_day(answer, here) if here.is_past and request.method in {"GET", "HEAD"} else answer

    return with_here


def of_a_day(view: Page) -> Page:
    """Let a view write while a past day stands in the address: the day is what it is about."""
    view.of_a_day = True  # type: ignore[attr-defined]
    return view


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was opened before the last sign-in, or comes from elsewhere."""
    sentence = _("This page was opened before you signed in last. Go back, load it again and send it once more.")
    return render(request, "refusal.html", {"sentence": sentence}, status=403)


def frame(request: HttpRequest) -> dict[str, object]:
    """Give every template the menu, the office, the role and the day it shows."""
    here: Here | None = getattr(request, "here", None)
    if here is None:
        return {"menu": partial(menu, request)}
    keep = {key: str(value) for key, value in request.GET.items() if key not in {"as_of", "known_at"}}
    return {
        "menu": partial(menu, request),
        "office_name": here.office.name,
        "may_read": here.viewer.sees_all,
        "roles": people.role_label(here.viewer.role),
        "offices": here.offices,
        "head": SimpleLazyObject(lambda: notices.head(on=here.today, **here.moment)),
        "stands_for": str(here.stands_for) if here.stands_for else "",
        "day": {
            "as_of": here.as_of,
            "known_at": here.known_at,
            "past": here.is_past,
            "query": here.query,
            "today_url": with_query(request.path, keep),
            "presets": getattr(request, "presets", []),
            "keep": [{"name": key, "value": value} for key, value in keep.items()],
        },
    }


def counted_only(here: Here) -> str:
    """Say whose work is counted, to those who do not see the whole office."""
    if here.viewer.sees_all:
        return ""
    mine = [row.name for row in agencies.agencies(**here.moment) if row.id in here.viewer.agency_ids]
    return _("Counted here: only what %(agency)s owes.") % {"agency": ", ".join(mine)}


def with_query(path: str, query: Mapping[str, str]) -> str:
    """Put parameters behind an address; empty ones are left out."""
    kept = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def asks_for_part(request: HttpRequest) -> bool:
    """Whether the page asks for a part of itself (htmx) rather than for a whole page."""
    return bool(getattr(request, "htmx", False))


class LanguageMiddleware:
    """Speaks Vietnamese unless the person chose otherwise: what the browser would like does not decide."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        return answer


class RefusalMiddleware:
    """Says a refusal in its own words: on the page it came from, or on a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        sentence = str(exception)
        if asks_for_part(request):
            answer = render(request, "parts/refusal.html", {"sentence": sentence}, status=422)
            answer["HX-Retarget"], answer["HX-Reswap"] = "#toast", "innerHTML"
            return answer
        origin = request.META.get("HTTP_REFERER", "")
        ours = url_has_allowed_host_and_scheme(origin, {request.get_host()}, require_https=request.is_secure())
        if request.method == "POST" and ours:
            messages.error(request, sentence)
            return HttpResponseRedirect(origin)
        if isinstance(exception, DocumentRemoved):
            return redirect("document_removal", exception.document_id)
        # A day or an address that cannot be read is no question of rights.
        status = 400 if isinstance(exception, DayRefused | AddressRefused) else 403
        return render(request, "refusal.html", {"sentence": sentence}, status=status)


def sheet(
    request: HttpRequest, form: Form, duty: DutyRow, *, title: str, label: str, says: str = "", part: str = ""
) -> HttpResponse:
    """Show a form of its own about one duty; `part` is the part of the duty's page that it leads back to."""
    context = {
        "duty": duty,
        "form": form,
        "title": title,
        "says": says,
        "label": label,
        "back": f"{duty.url}#{part}" if part else duty.url,
    }
    return render(request, "duties/ask.html", context, status=422 if form.errors else 200)
