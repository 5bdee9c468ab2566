"""Figures of claims, and how a claim is held against the figure it is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import FIGURES, Counted, Figure, FigureValue, register, value
from dondoc.office.queries import claims
from dondoc.office.queries.claims import ClaimRow
from dondoc.rules.text import vi_date

VERDICTS = {
    "agrees": gettext_noop("agrees"),
    "differs": gettext_noop("differs"),
    "cannot": gettext_noop("cannot be computed"),
}


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim beside our own figure for the claim's day: it agrees, differs, or cannot be computed, and why."""

    claim: ClaimRow
    verdict: str
    verdict_label: str
    computed: FigureValue | None
    why: str


def hold(claim: ClaimRow, *, viewer: Viewer, known_at: datetime | None) -> HeldClaim:
    """Hold a claim against the figure it is bound to, as of the day of the document that states it."""
    if claim.figure not in FIGURES:
        why = _("No figure of the register has been named for it yet.")
        return HeldClaim(claim, "cannot", _(VERDICTS["cannot"]), None, why)
    computed = value(
        claim.figure, viewer=viewer, as_of=claim.day, known_at=known_at, arguments=claim.arguments
    )
    if computed.value is None:
        return HeldClaim(claim, "cannot", _(VERDICTS["cannot"]), computed, computed.sentence)
    difference = claim.value - computed.value
    if difference == 0:
        return HeldClaim(claim, "agrees", _(VERDICTS["agrees"]), computed, "")
    why = _("The document says %(claimed)s, the register counts %(computed)s.") % {
        "claimed": format(claim.value.normalize(), "f"),
        "computed": computed.value,
    }
    return HeldClaim(claim, "differs", _(VERDICTS["differs"]), computed, why)


def held(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[HeldClaim]:
    """Hold every claim of documents up to a day against our own figures, the latest document first."""
    found = claims.claims(viewer=viewer, as_of=as_of, known_at=known_at)
    return [hold(claim, viewer=viewer, known_at=known_at) for claim in found]


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, verdict: str) -> list[HeldClaim]:
    return [row for row in held(viewer=viewer, as_of=as_of, known_at=known_at) if row.verdict == verdict]


def _count(*, viewer: Viewer, as_of: date, known_at: datetime | None, verdict: str) -> Counted:
    found = _rows(viewer=viewer, as_of=as_of, known_at=known_at, verdict=verdict)
    sentence = _("Of the figures stated in documents up to %(day)s, %(n)d: %(verdict)s.") % {
        "day": vi_date(as_of),
        "n": len(found),
        "verdict": _(VERDICTS[verdict]),
    }
    return Counted(len(found), _(VERDICTS[verdict]), sentence)


def _every(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    return [{"verdict": verdict} for verdict in VERDICTS]


register(
    Figure(
        key="claims.held",
        says=gettext_noop(
            "The figures stated in documents up to a day that agree with, differ from, or cannot be held against our own."
        ),
        takes=("verdict",),
        count=_count,
        rows=_rows,
        every=_every,
    )
)
