"""The main menu: its places, and to which of them each page belongs."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# Each place by the name of its address, its words, and how the names of the pages that belong to it begin.
PLACES = (
    (
        "my_day",
        _("My day"),
        ("my_day", "working_days", "parameter", "definition", "measure", "state_names", "notice", "mails", "deput"),
    ),
    ("board", _("Board"), ("board", "picture", "compare", "figure")),
    (
        "documents",
        _("Documents"),
        ("document", "deliver", "reading", "rereading", "clause", "claim", "proposal", "original"),
    ),
    (
        "tasks",
        _("Tasks"),
        ("task", "view", "duty", "obstacle", "extension", "progress", "period", "urge", "ladder"),
    ),
    ("agencies", _("Agencies"), ("agenc", "score", "scale", "holding")),
    ("report", _("Reports"), ("report", "compilation", "issued", "frame")),
    ("history", _("Log"), ("history",)),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the menu: its words, its address, and whether the page that is looked at belongs to it."""

    label: str
    url: str
    is_current: bool


def menu(request: HttpRequest) -> list[Place]:
    """Give the main menu as the page that is looked at shows it."""
    match = request.resolver_match
    current = place_of(match.url_name or "") if match else ""
    return [Place(str(label), reverse(name), name == current) for name, label, _beginnings in PLACES]


def place_of(page: str) -> str:
    """Say to which place a page belongs, by the name of its address; empty for one that belongs to none."""
    return next((name for name, _label, beginnings in PLACES if page.startswith(beginnings)), "")
