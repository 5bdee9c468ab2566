"""Figures of documents: how many of the register fit a wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import Argument, Labels
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.models import LinkKind
from dondoc.office.queries import register as documents
from dondoc.office.queries.documents import DocumentRow
from dondoc.rules.text import vi_date, vi_number

TYPES = {
    "q": Argument("text", gettext_noop("words in the text")),
    "kind": Argument("text", gettext_noop("the kind of document")),
    "issuer": Argument("text", gettext_noop("the issuer")),
    "hierarchy": Argument("choice", gettext_noop("of the Party or of the State")),
    "issued_from": Argument("day", gettext_noop("issued from")),
    "issued_to": Argument("day", gettext_noop("issued up to")),
    "received_from": Argument("day", gettext_noop("came in from")),
    "received_to": Argument("day", gettext_noop("came in up to")),
    "incoming": Argument("text", gettext_noop("the incoming number")),
    "signer": Argument("text", gettext_noop("the signer")),
    "link": Argument("choice", gettext_noop("what it does to another document")),
    "to": Argument("text", gettext_noop("the number of that document")),
    "programme": Argument("text", gettext_noop("the key of the list")),
    "open": Argument("choice", gettext_noop("with open proposals")),
    "tasks": Argument("choice", gettext_noop("with tasks")),
    "late": Argument("choice", gettext_noop("with late tasks")),
    "withdrawn": Argument("choice", gettext_noop("withdrawn")),
}
AMONG: Mapping[str, Labels] = {
    "hierarchy": {"party": gettext_noop("the Party"), "state": gettext_noop("the State")},
    "link": dict(LinkKind.choices),
    **{name: {"1": gettext_noop("yes")} for name in ("open", "tasks", "late", "withdrawn")},
}


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose register is counted, on which day: each wish is counted by the database when it is asked for."""

    viewer: Viewer
    as_of: date
    known_at: datetime | None

    def count(self, wishes: Mapping[str, str]) -> int:
        """Count the documents that fit a wish."""
        wanted = documents.wanted_of(wishes)
        return documents.count(wanted, viewer=self.viewer, as_of=self.as_of, known_at=self.known_at)


def _total(found: Sight, *, as_of: date, **wishes: str) -> Counted:
    n = found.count(wishes)
    sentence = _("By %(day)s the register held %(n)s documents.")
    if wishes:
        sentence = _("By %(day)s the register held %(n)s documents that fit what was asked for.")
    label = ngettext("document", "documents", n)
    return Counted(n, label, sentence % {"day": vi_date(as_of), "n": vi_number(n)})


def _rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, size: int | None = None, **wishes: str
) -> list[DocumentRow]:
    page = documents.page(
        documents.wanted_of(wishes),
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        order=documents.Order(),
        place=documents.Place(),
        size=size,
    )
    return [found.row for found in page.found]


def _every(_found: Sight) -> list[Mapping[str, str]]:
    return [{}]


register(
    Figure(
        key="documents.total",
        says=gettext_noop(
            "The documents that had been issued, or had come in, by a day and were not withdrawn, of those that fit "
            "what is asked for."
        ),
        takes=documents.WISHES,
        among=AMONG,
        types=TYPES,
        source=Sight,
        count=_total,
        rows=_rows,
        every=_every,
        tells=True,
        cuts=True,
    )
)
