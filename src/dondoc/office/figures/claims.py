"""Figures of claims, and how a claim is held against the figure it is bound to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import FIGURES, Counted, Figure, FigureValue, Request, register, values
from dondoc.office.queries import claims, contradictions, programmes
from dondoc.office.queries.claims import ClaimRow, Pair, SettlementRow, Wanted
from dondoc.office.queries.contradictions import Contradiction
from dondoc.rules.rates import rounded
from dondoc.rules.text import vi_date, vi_number

VERDICTS = {
    "agrees": gettext_noop("agrees"),
    "differs": gettext_noop("differs"),
    "cannot": gettext_noop("cannot be computed"),
}
NEAR = Decimal("0.02")  # "gần 99%" agrees with what lies this near to it, as in the reader's own checks


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim beside our own figure for the claim's day: it agrees, differs, or cannot be computed, and why.

    `whole` is our own total where the document names one ("8 of 14"). `by` is how much the document says more (or
    less) than the register. `missing` names what stands in the way of computing: figure, list, definition, group,
    share, sight or record.
    """

    claim: ClaimRow
    verdict: str
    verdict_label: str
    computed: FigureValue | None
    why: str
    whole: FigureValue | None = None
    by: Decimal | None = None
    missing: str = ""


def hold(found: Iterable[ClaimRow], *, viewer: Viewer, known_at: datetime | None) -> list[HeldClaim]:
    """Hold claims against the figures they are bound to, each as of the day of the document that states it."""
    rows = list(found)
    numbers: dict[int, list[FigureValue]] = {}
    bound = [row for row in rows if row.figure in FIGURES and viewer.sees_all and not _of_another_kind(row)]
    for day in dict.fromkeys(row.day for row in bound):
        of_day = [row for row in bound if row.day == day]
        requests = [request for row in of_day for request in _requests(row)]
        answers = iter(values(requests, viewer=viewer, as_of=day, known_at=known_at))
        for row in of_day:
            numbers[row.id] = [next(answers) for _request in _requests(row)]
    lost = {row.arguments.get("programme", "") for row in bound if numbers[row.id][0].value is None} - {""}
    begun = programmes.begun(lost, office_id=viewer.office_id) if lost else {}
    return [_held(row, numbers.get(row.id, []), begun, sees_all=viewer.sees_all) for row in rows]


def _requests(row: ClaimRow) -> list[Request]:
    """The number itself, and the whole that it is a part of where the list tells it."""
    own: Request = (row.figure, row.arguments)
    programme = row.arguments.get("programme")
    if programme is None or row.figure not in {"tasks.in_group", "tasks.share"}:
        return [own]
    return [own, ("tasks.total", {"programme": programme})]


def _of_another_kind(row: ClaimRow) -> bool:
    """Whether a percentage is held against a count, or a count against a percentage."""
    return (row.unit == "%") != (FIGURES[row.figure].unit == "%")


def _held(
    claim: ClaimRow, numbers: list[FigureValue], begun: Mapping[str, tuple[str, date]], *, sees_all: bool
) -> HeldClaim:
    if not claim.figure:
        return _cannot(claim, "figure", _("No figure of the register has been named for it yet."))
    if not sees_all:
        why = _("The register's number counts the whole office; you see only what your agency owes.")
        return _cannot(claim, "sight", why)
    if claim.figure not in FIGURES:
        return _cannot(claim, "figure", _("The register does not keep that number any more. Name another."))
    if _of_another_kind(claim):
        why = _(
            "The document states a percentage and the figure is a count, or the other way round. "
            "Name a figure of its kind."
        )
        return _cannot(claim, "share", why)
    computed = numbers[0]
    whole = numbers[1] if len(numbers) > 1 else None
    if computed.value is None:
        missing, why = _missing(claim, computed, whole, begun)
        return _cannot(claim, missing, why, computed)
    return _compared(claim, computed, whole)


def _cannot(claim: ClaimRow, missing: str, why: str, computed: FigureValue | None = None) -> HeldClaim:
    return HeldClaim(claim, "cannot", _(VERDICTS["cannot"]), computed, why, missing=missing)


def _missing(
    claim: ClaimRow, computed: FigureValue, whole: FigureValue | None, begun: Mapping[str, tuple[str, date]]
) -> tuple[str, str]:
    """Say what stands in the way of a number: the list, its definition, the group, or simply the records."""
    words = {"day": vi_date(claim.day)}
    title, since = begun.get(claim.arguments.get("programme", ""), ("", None))
    if since is None:
        return "record", computed.sentence
    words |= {"list": title, "since": vi_date(since)}
    if claim.day < since:
        return "list", _("The list “%(list)s” was not recorded on %(day)s: it is on record from %(since)s.") % words
    if whole is not None and whole.value is not None:
        group = {"group": claim.arguments.get("group", "")}
        return "group", _("The definition in force on %(day)s counts no group “%(group)s” on the list “%(list)s”.") % {
            **words,
            **group,
        }
    return "definition", _("No definition in force on %(day)s says how the list “%(list)s” is counted.") % words


def _compared(claim: ClaimRow, computed: FigureValue, whole: FigureValue | None) -> HeldClaim:
    assert computed.value is not None
    ours = Decimal(computed.value)
    if claim.unit == "%":
        ours = rounded(ours, max(-int(claim.value.normalize().as_tuple().exponent), 0))
    by = claim.value - ours
    shares = whole if claim.of is not None and whole is not None and whole.value is not None else None
    if by and not (claim.is_approximate and abs(by) <= NEAR * abs(claim.value)):
        why = _("The document says %(claimed)s, the register counts %(computed)s: %(by)s.") % {
            "claimed": vi_number(claim.value),
            "computed": vi_number(ours),
            "by": _by(by),
        }
        return HeldClaim(claim, "differs", _(VERDICTS["differs"]), computed, why, shares, by)
    if shares is not None and claim.of is not None and shares.value is not None and claim.of != shares.value:
        words = {"claimed": vi_number(claim.of), "computed": vi_number(shares.value)}
        if f"{vi_number(claim.value)}/{vi_number(claim.of)}" in claim.words.replace(" ", ""):
            why = _("The part agrees, the whole does not: the document says %(claimed)s, the register %(computed)s.")
            by = claim.of - shares.value
            return HeldClaim(claim, "differs", _(VERDICTS["differs"]), computed, why % words, shares, by)
        # The whole was read into the sentence, not written beside the part: it is said, and does not decide.
        why = _("The whole was read as %(claimed)s; the register counts %(computed)s.")
        return HeldClaim(claim, "agrees", _(VERDICTS["agrees"]), computed, why % words, shares)
    why = _("The document says about %(claimed)s.") % {"claimed": vi_number(claim.value)} if by else ""
    return HeldClaim(claim, "agrees", _(VERDICTS["agrees"]), computed, why, shares, None)


def _by(difference: Decimal) -> str:
    words = {"n": vi_number(abs(difference))}
    return (_("%(n)s more") if difference > 0 else _("%(n)s fewer")) % words


@dataclass(frozen=True, slots=True)
class Held:
    """All claims in sight: how many there are, those that are held against a figure, and what was settled.

    What nobody named a figure for is only counted, so that a page of many documents stays quick.
    """

    total: int
    bound: tuple[HeldClaim, ...]
    settled: Mapping[Pair, SettlementRow]

    def of(self, verdict: str) -> list[HeldClaim]:
        """Those of the bound claims that have this verdict."""
        return [row for row in self.bound if row.verdict == verdict]

    @property
    def differing(self) -> list[HeldClaim]:
        """Those that differ and that nobody has settled."""
        return [row for row in self.of("differs") if not stands(self.settled.get((row.claim.root, None)))]


def stands(settlement: SettlementRow | None) -> bool:
    """Whether something was settled, and not opened again."""
    return settlement is not None and not settlement.is_open


def all_held(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> Held:
    """Hold the claims that are bound to a figure against it, and count the others."""
    bound = claims.bound(viewer=viewer, as_of=as_of, known_at=known_at)
    return Held(
        total=claims.count(Wanted(), viewer=viewer, as_of=as_of, known_at=known_at),
        bound=tuple(hold(bound, viewer=viewer, known_at=known_at)),
        settled=claims.settlements(viewer=viewer, known_at=known_at),
    )


@dataclass(frozen=True, slots=True)
class HeldPair:
    """Two documents that contradict each other, and how that was settled, if it was."""

    pair: Contradiction
    settlement: SettlementRow | None


def opposed(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[HeldPair]:
    """List the contradictions between documents in sight, each with what was settled of it."""
    found = contradictions.contradictions(viewer=viewer, as_of=as_of, known_at=known_at)
    settled = claims.settlements(viewer=viewer, known_at=known_at) if found else {}
    return [HeldPair(pair, settled.get(pair.key)) for pair in found]


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, verdict: str) -> list[HeldClaim]:
    found = all_held(viewer=viewer, as_of=as_of, known_at=known_at).of(verdict)
    if verdict != "cannot":
        return found
    wanted = Wanted(figure="")
    free = claims.listed(wanted, viewer=viewer, as_of=as_of, known_at=known_at)
    return [*found, *hold(free, viewer=viewer, known_at=known_at)]


def _count(found: Held, *, as_of: date, verdict: str) -> Counted:
    n = len(found.of(verdict)) + (found.total - len(found.bound) if verdict == "cannot" else 0)
    sentence = _("Of the figures stated in documents up to %(day)s, %(n)d: %(verdict)s.") % {
        "day": vi_date(as_of),
        "n": n,
        "verdict": _(VERDICTS[verdict]),
    }
    return Counted(n, _(VERDICTS[verdict]), sentence)


def _every(_found: Held) -> list[Mapping[str, str]]:
    return [{"verdict": verdict} for verdict in VERDICTS]


def _open(found: Held, *, as_of: date) -> Counted:
    n = len(found.differing)
    sentence = _("Of the figures stated in documents up to %(day)s, %(n)d differ from our own and are not settled.")
    return Counted(n, _("differ, not settled"), sentence % {"day": vi_date(as_of), "n": n})


def _open_rows(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[HeldClaim]:
    return all_held(viewer=viewer, as_of=as_of, known_at=known_at).differing


def _opposed(found: list[HeldPair], *, as_of: date) -> Counted:
    n = len([row for row in found if not stands(row.settlement)])
    sentence = _("In documents up to %(day)s, %(n)d pairs of numbers contradict each other and are not settled.")
    return Counted(n, _("contradictions"), sentence % {"day": vi_date(as_of), "n": n})


def _opposed_rows(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[HeldPair]:
    return [row for row in opposed(viewer=viewer, as_of=as_of, known_at=known_at) if not stands(row.settlement)]


register(
    Figure(
        key="claims.held",
        says=gettext_noop(
            "The figures stated in documents up to a day that agree with, differ from, "
            "or cannot be held against our own."
        ),
        takes=("verdict",),
        needs=("verdict",),
        among={"verdict": VERDICTS},
        source=all_held,
        count=_count,
        rows=_rows,
        every=_every,
    )
)
register(
    Figure(
        key="claims.open",
        says=gettext_noop(
            "The figures stated in documents up to a day that differ from our own and that nobody has settled."
        ),
        takes=(),
        source=all_held,
        count=_open,
        rows=_open_rows,
        every=lambda _found: [{}],
    )
)
register(
    Figure(
        key="claims.contradictions",
        says=gettext_noop(
            "The pairs of documents that state different numbers of the same thing for the same day, "
            "as long as nobody has settled them."
        ),
        takes=(),
        source=opposed,
        count=_opposed,
        rows=_opposed_rows,
        every=lambda _found: [{}],
    )
)
