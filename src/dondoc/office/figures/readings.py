"""Figures of proposals: what the reader offered, and how far people have decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import readings
from dondoc.office.queries.readings import OfferedRow, OfferedTally
from dondoc.rules.text import vi_date

VERDICTS = {
    "open": gettext_noop("left to decide"),
    "taken": gettext_noop("became tasks"),
    "refused": gettext_noop("refused"),
}


def _count(found: OfferedTally, *, as_of: date, document: str | None = None, verdict: str | None = None) -> Counted:
    counts = found.counts(document)
    offered = sum(counts.values())
    where = _("in this document") if document else _("in all documents")
    words = {"where": where, "day": vi_date(as_of), "n": offered}
    if verdict is None:
        sentence = ngettext(
            "On %(day)s the reader offered %(n)d proposal %(where)s.",
            "On %(day)s the reader offered %(n)d proposals %(where)s.",
            offered,
        )
        return Counted(offered, _("proposals"), sentence % words)
    n, label = counts[verdict], _(VERDICTS[verdict])
    sentence = ngettext(
        "Of %(offered)d proposal that the reader offered %(where)s by %(day)s, %(n)d: %(verdict)s.",
        "Of %(offered)d proposals that the reader offered %(where)s by %(day)s, %(n)d: %(verdict)s.",
        offered,
    )
    return Counted(n, label, sentence % {**words, "n": n, "offered": offered, "verdict": label})


def _rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, document: str | None = None, verdict: str | None = None
) -> list[OfferedRow]:
    return readings.offered(verdict, viewer=viewer, as_of=as_of, known_at=known_at, document=document)


def _every(_found: OfferedTally) -> list[Mapping[str, str]]:
    """List the counts of the whole office; those of one document are asked for with its key."""
    return [{}, *({"verdict": verdict} for verdict in VERDICTS)]


register(
    Figure(
        key="proposals.by_verdict",
        says=gettext_noop(
            "What the reader offered as tasks, in one document or in all: left to decide, become tasks, or refused."
        ),
        takes=("document", "verdict"),
        among={"verdict": VERDICTS},
        source=readings.tally,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
