"""Figures of extensions: how many requests wait to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_noop, ngettext

from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import extensions
from dondoc.office.queries.extensions import ExtensionRow
from dondoc.rules.text import vi_date


def _count(found: list[ExtensionRow], *, as_of: date) -> Counted:
    n = len(found)
    sentence = ngettext(
        "On %(day)s, %(n)d request for a later due day waited to be decided.",
        "On %(day)s, %(n)d requests for a later due day waited to be decided.",
        n,
    )
    return Counted(n, ngettext("request", "requests", n), sentence % {"day": vi_date(as_of), "n": n})


def _every(_found: list[ExtensionRow]) -> list[Mapping[str, str]]:
    return [{}]


register(
    Figure(
        key="extensions.undecided",
        says=gettext_noop("The requests for a later due day on which nobody had decided by a day."),
        takes=(),
        source=extensions.undecided,
        count=_count,
        rows=extensions.undecided,
        every=_every,
    )
)
