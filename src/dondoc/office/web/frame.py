"""What every page needs before it can answer: who looks, at which office, on which day; and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from dondoc.office.access import Actor, Refused, Viewer
from dondoc.office.models import Office, User
from dondoc.office.queries import history, people
from dondoc.rules.text import vi_date


class DayRefused(Refused):
    """A day or an instant was written in a way that cannot be read."""


@dataclass(frozen=True, slots=True)
class Here:
    """A request as pages understand it: the person, the office, the day that is looked at, and what was known when."""

    user: User
    office: Office
    viewer: Viewer
    today: date
    as_of: date
    known_at: datetime | None

    @property
    def moment(self) -> dict[str, Any]:
        """Whose sight, which day, what was known: the three arguments of every read."""
        return {"viewer": self.viewer, "as_of": self.as_of, "known_at": self.known_at}

    @property
    def actor(self) -> Actor:
        """The person as the one who writes."""
        return Actor(self.viewer, str(self.user))

    @property
    def is_past(self) -> bool:
        """Whether another day than today, or an earlier knowledge, is looked at."""
        return self.as_of != self.today or self.known_at is not None

    @property
    def query(self) -> str:
        """The day as the end of an address, or nothing for today."""
        return f"?{urlencode(self.keep)}" if self.is_past else ""

    @property
    def keep(self) -> dict[str, str]:
        """The day as parameters of an address."""
        found = {"as_of": self.as_of.isoformat()} if self.is_past else {}
        return found | ({"known_at": self.known_at.isoformat()} if self.known_at else {})

    def may(self, *roles: str) -> bool:
        """Whether the person has one of these roles here."""
        return self.viewer.role in roles


Page = Callable[..., HttpResponse]


def page(view: Page) -> Page:
    """Let a view be called with a `Here` after the request, for people who are signed in and have a role."""

    @login_required
    @wraps(view)
    def with_here(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.here = _here(request)  # type: ignore[attr-defined]
        return view(request, request.here, *args, **kwargs)  # type: ignore[attr-defined]

    return with_here


def _here(request: HttpRequest) -> Here:
    today = timezone.localdate()
    user = request.user
    assert isinstance(user, User)  # `login_required` let nobody else through
    offices = people.offices_of(user, on=today)
    if not offices:
        raise people.NoRole(_("You have no role in any office. Ask an administrator to give you one."))
    wanted = request.session.get("office")
    office = next((office for office in offices if office.key == wanted), offices[0])
    viewer = people.viewer_for(user, office, on=today)
    as_of = day_asked(request.GET.get("as_of", ""), today)
    known_at = instant_asked(request.GET.get("known_at", ""))
    if known_at is not None:
        history.settle(office.pk, known_at)
    return Here(user, office, viewer, today, as_of, known_at)


def day_asked(text: str, today: date) -> date:
    """Read the day of an address or a form: as browsers write it, or as Vietnamese papers do."""
    if not text:
        return today
    try:
        found = parse_date(text) or datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise DayRefused(_("“%(text)s” is no day. Write it like %(day)s.") % {"text": text, "day": vi_date(today)})
    return found


def instant_asked(text: str) -> datetime | None:
    """Read the instant up to which knowledge counts; a day alone means its end."""
    if not text:
        return None
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if day is not None:
        found = datetime(day.year, day.month, day.day, 23, 59, 59, 999999)  # noqa: DTZ001
    if found is None:
        raise DayRefused(_("“%(text)s” is no instant. Write a day and an hour.") % {"text": text})
    found = found if timezone.is_aware(found) else timezone.make_aware(found)
    return None if found >= timezone.now() else found


def frame(request: HttpRequest) -> dict[str, object]:
    """Give every template the office, the role and the day it shows."""
    here: Here | None = getattr(request, "here", None)
    if here is None:
        return {}
    keep = {key: str(value) for key, value in request.GET.items() if key not in {"as_of", "known_at"}}
    return {
        "office_name": here.office.name,
        "roles": people.role_label(here.viewer.role),
        "is_sample": here.office.is_sample,
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


def with_query(path: str, query: Mapping[str, str]) -> str:
    """Put parameters behind an address; empty ones are left out."""
    kept = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def asks_for_part(request: HttpRequest) -> bool:
    """Whether the page asks for a part of itself (htmx) rather than for a whole page."""
    return bool(getattr(request, "htmx", False))


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
        return render(request, "refusal.html", {"sentence": sentence}, status=403)
