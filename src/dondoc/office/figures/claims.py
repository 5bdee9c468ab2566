"""Figures of claims, and how a claim is held against the figure it is bound to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import FIGURES, Counted, Figure, FigureValue, register, values
from dondoc.office.queries import claims
from dondoc.office.queries.claims import ClaimRow
from dondoc.rules.text import vi_date, vi_number

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


def hold(found: Iterable[ClaimRow], *, viewer: Viewer, known_at: datetime | None) -> list[HeldClaim]:
    """Hold claims against the figures they are bound to, each as of the day of the document that states it."""
    rows = list(found)
    computed: dict[int, FigureValue] = {}
    for day in dict.fromkeys(row.day for row in rows):
        bound = [row for row in rows if row.day == day and row.figure in FIGURES]
        numbers = values([(row.figure, row.arguments) for row in bound], viewer=viewer, as_of=day, known_at=known_at)
        computed |= {row.id: number for row, number in zip(bound, numbers, strict=True)}
    return [_held(row, computed.get(row.id)) for row in rows]


def _held(claim: ClaimRow, computed: FigureValue | None) -> HeldClaim:
    if computed is None:
        why = _("No figure of the register has been named for it yet.")
        return HeldClaim(claim, "cannot", _(VERDICTS["cannot"]), None, why)
    if computed.value is None:
        return HeldClaim(claim, "cannot", _(VERDICTS["cannot"]), computed, computed.sentence)
    if claim.value == computed.value:
        return HeldClaim(claim, "agrees", _(VERDICTS["agrees"]), computed, "")
    why = _("The document says %(claimed)s, the register counts %(computed)s.") % {
        "claimed": vi_number(claim.value),
        "computed": vi_number(computed.value),
    }
    return HeldClaim(claim, "differs", _(VERDICTS["differs"]), computed, why)


def held(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[HeldClaim]:
    """Hold every claim of documents up to a day against our own figures, the latest document first."""
    return hold(claims.claims(viewer=viewer, as_of=as_of, known_at=known_at), viewer=viewer, known_at=known_at)


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, verdict: str) -> list[HeldClaim]:
    return [row for row in held(viewer=viewer, as_of=as_of, known_at=known_at) if row.verdict == verdict]


def _count(found: list[HeldClaim], *, as_of: date, verdict: str) -> Counted:
    n = len([row for row in found if row.verdict == verdict])
    sentence = _("Of the figures stated in documents up to %(day)s, %(n)d: %(verdict)s.") % {
        "day": vi_date(as_of),
        "n": n,
        "verdict": _(VERDICTS[verdict]),
    }
    return Counted(n, _(VERDICTS[verdict]), sentence)


def _every(_found: list[HeldClaim]) -> list[Mapping[str, str]]:
    return [{"verdict": verdict} for verdict in VERDICTS]


register(
    Figure(
        key="claims.held",
        says=gettext_noop(
            "The figures stated in documents up to a day that agree with, differ from, "
            "or cannot be held against our own."
        ),
        takes=("verdict",),
        needs=("verdict",),
        among={"verdict": tuple(VERDICTS)},
        source=held,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
