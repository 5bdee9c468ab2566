"""How the tests ask the site: somebody signed in, and what the page told them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from office.conftest import World

ROLES = ("administrator", "officer", "leader", "inspection", "focal")


def signed_in(world: World, role: str, **options: object) -> Client:
    """A browser in which this office's person of a role is signed in; a fault of the site is an answer, 500."""
    client = Client(raise_request_exception=False, **options)
    client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer: HttpResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the site by name, with its parameters as Django writes them: documents/<int:document_id>/."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))
            else:
                yield pattern.name or "", f"/{before}{pattern.pattern}"

    return walk(get_resolver().url_patterns, "")
