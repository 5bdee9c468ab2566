"""The figure of what documents state: how many numbers stand in one document, or in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import claims
from dondoc.office.queries.claims import ClaimRow, Wanted
from dondoc.rules.text import vi_date, vi_number


@dataclass(frozen=True, slots=True)
class Stated:
    """How many numbers the documents that are asked for state, and all of them together where that is asked."""

    by_document: Mapping[int, int] = field(default_factory=dict)
    whole: int = 0


def source(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, only: Sequence[Mapping[str, str]] = ({},)
) -> Stated:
    """Count what stands in the documents that are asked for; in all of them where one asks for no document."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    ids = sorted({int(given["document"]) for given in only if "document" in given})
    return Stated(
        by_document=claims.by_document(ids, **moment) if ids else {},
        whole=claims.count(Wanted(), **moment) if any("document" not in given for given in only) else 0,
    )


def _count(found: Stated, *, as_of: date, document: str | None = None) -> Counted:
    n = found.whole if document is None else found.by_document.get(int(document), 0)
    where = _("in all documents") if document is None else _("in this document")
    sentence = _("Up to %(day)s, %(n)s numbers are stated %(where)s.")
    words = {"day": vi_date(as_of), "n": vi_number(n), "where": where}
    return Counted(n, ngettext("claim", "claims", n), sentence % words)


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, document: str | None = None) -> list[ClaimRow]:
    wanted = Wanted(document=None if document is None else int(document))
    return claims.listed(wanted, viewer=viewer, as_of=as_of, known_at=known_at)


def _every(_found: Stated) -> list[Mapping[str, str]]:
    """List the count of the whole office; that of one document is asked for with its key."""
    return [{}]


register(
    Figure(
        key="claims.stated",
        says=gettext_noop("The numbers that documents up to a day state: in one document or in all of them."),
        takes=("document",),
        source=source,
        count=_count,
        rows=_rows,
        every=_every,
        narrows=True,
    )
)
