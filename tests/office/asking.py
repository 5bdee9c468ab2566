"""How the tests ask the site: somebody signed in, and what the page told them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from html import unescape

from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.rules.rates import percent, share
from office.conftest import World

ROLES = ("administrator", "officer", "leader", "inspection", "focal")
# Arguments of a number that are said as they were typed, or in the words of the source.
AS_TYPED = frozenset({"after", "before", "group", "incoming", "issuer", "q", "signer", "to"})


def worked_out(key: str, found: figures.Opened) -> int | Decimal | None:
    """Work a number out from its rows alone, as its definition declares: what a page shows must equal it."""
    definition = figures.figure(key)
    if definition.sums is not None:
        return definition.sums(found.rows)
    if definition.whole is not None:
        return percent(share(len(found.rows), len(found.rows) + len(found.rest)))
    return len(found.rows)


def signed_in(world: World, role: str, **options: object) -> Client:
    """A browser in which this office's person of a role is signed in; a fault of the site is an answer, 500."""
    client = Client(raise_request_exception=False, **options)
    client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer: HttpResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def done_of(deeds: Mapping[str, Callable[[], object]]) -> list[str]:
    """Do each of these and name those that were not refused."""
    done = []
    for name, deed in deeds.items():
        try:
            deed()
        except Refused:
            continue
        done.append(name)
    return done


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the site by name, with its parameters as Django writes them: documents/<int:document_id>/."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))
            else:
                yield pattern.name or "", f"/{before}{pattern.pattern}"

    return walk(get_resolver().url_patterns, "")


class Noted(QueryDict):
    """The words behind the question mark of an address, which note by what names a page asks for them."""

    def __init__(self, given: QueryDict) -> None:
        super().__init__(given.urlencode())
        self.asked: set[str] = set()
        self.once: set[str] = set()

    def get(self, key: str, default: object = None) -> object:
        self.asked.add(key)
        return super().get(key, default)

    def dict(self) -> dict[str, str | list[object]]:
        self.asked.update(self)
        return super().dict()

    def getlist(self, key: str, default: object = None) -> list[object]:
        # Every page asks for all of them once, whatever their names, to see that none holds a zero byte.
        (self.asked if key in self.once else self.once).add(key)
        return super().getlist(key, default)


def noting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that tells, with each answer, by what names the page asked for what stood in its address."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.GET = noted = Noted(request.GET)
        response = get_response(request)
        response.asked = noted.asked if hasattr(request, "here") else {*noted.asked, *noted.once}
        return response

    return answer
