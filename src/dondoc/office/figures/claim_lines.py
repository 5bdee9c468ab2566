"""A claim as a list shows it: held against our figure, settled or not, and the figure it is likely to mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.figures.claims import HeldClaim, HeldPair, hold, stands
from dondoc.office.queries import programmes
from dondoc.office.queries.claims import ClaimRow, Pair, SettlementRow
from dondoc.office.queries.programmes import Tally
from dondoc.rules.rates import percent, rounded, share
from dondoc.rules.text import vi_number

# The states that the reader names and the classes of groups that mean the same.
CLASSES = {"done": "done", "met": "done", "active": "active", "waiting": "waiting", "deferred": "deferred"}
DAYS = 5  # of one page, for which likely figures are looked up


@dataclass(frozen=True, slots=True)
class Likely:
    """A figure that a claim is likely to mean; somebody has to say so before it is held against it."""

    figure: str
    programme: str
    group: str
    label: str

    @property
    def value(self) -> str:
        """The figure as one value of a form."""
        return f"{self.figure}|{self.programme}|{self.group}"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A held claim with its settlement; `since` says what changed in the register after it was settled."""

    held: HeldClaim
    settlement: SettlementRow | None = None
    since: str = ""
    likely: tuple[Likely, ...] = ()


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two documents that contradict each other, with our own number where both are held against one."""

    row: HeldPair
    first: HeldClaim
    second: HeldClaim

    @property
    def is_settled(self) -> bool:
        return stands(self.row.settlement)


def lines(
    rows: Iterable[HeldClaim],
    settled: Mapping[Pair, SettlementRow],
    *,
    viewer: Viewer,
    known_at: datetime | None,
    suggest: bool,
) -> list[ClaimLine]:
    """Add to held claims what was settled of them and, to those held against nothing, the likely figures."""
    found = list(rows)
    likely = likely_figures([row.claim for row in found], viewer=viewer, known_at=known_at) if suggest else {}
    return [
        ClaimLine(
            held=row,
            settlement=(settlement := settled.get((row.claim.root, None))),
            since=since_settled(row, settlement, viewer=viewer) if settlement and not settlement.is_open else "",
            likely=likely.get(row.claim.id, ()),
        )
        for row in found
    ]


def since_settled(held: HeldClaim, settlement: SettlementRow, *, viewer: Viewer) -> str:
    """Say whether the register's number for the claim's day is another now than when the claim was settled."""
    then = hold([held.claim], viewer=viewer, known_at=settlement.at)[0]
    before = None if then.computed is None else then.computed.value
    now = None if held.computed is None else held.computed.value
    if before == now:
        return ""
    return _("Settled when the register said %(before)s; today it says %(now)s.") % {
        "before": _("nothing") if before is None else vi_number(Decimal(before)),
        "now": _("nothing") if now is None else vi_number(Decimal(now)),
    }


def likely_figures(
    rows: Iterable[ClaimRow], *, viewer: Viewer, known_at: datetime | None
) -> dict[int, tuple[Likely, ...]]:
    """Propose figures for claims held against nothing, by the claim's key: never bound by itself.

    A claim that names its whole ("8 of 14") is likely to mean the group of that state on a list that had so many tasks
    on the claim's day; a total, the list itself; a percentage, the share that comes out as it says.
    """
    free = [row for row in rows if not row.figure]
    tallies: dict[date, dict[str, Tally]] = {}
    for row in free:
        if row.day not in tallies and len(tallies) < DAYS:
            tallies[row.day] = programmes.tallies(viewer=viewer, as_of=row.day, known_at=known_at)
    return {row.id: found for row in free if (found := tuple(_likely(row, tallies.get(row.day, {}))))}


def _likely(row: ClaimRow, tallies: Mapping[str, Tally]) -> Iterable[Likely]:
    wanted = CLASSES.get(row.state)
    for key, tally in tallies.items():
        list_ = tally.programme
        if row.state == "total" and row.unit != "%" and row.value == tally.total:
            yield Likely("tasks.total", key, "", _("%(list)s: all") % {"list": list_.title})
        for group in list_.counting.groups:
            label = _("%(list)s: %(group)s") % {"list": list_.title, "group": group.label}
            if row.unit == "%":
                rate = percent(share(tally.by_group[group.code], tally.total), 4)
                places = max(-int(row.value.normalize().as_tuple().exponent), 0)
                if group.state_class == "done" and rate is not None and rounded(rate, places) == row.value:
                    yield Likely("tasks.share", key, group.code, f"{label}, %")
            elif wanted == group.state_class and row.of is not None and row.of == tally.total:
                yield Likely("tasks.in_group", key, group.code, label)


def pairs(rows: Iterable[HeldPair], *, viewer: Viewer, known_at: datetime | None) -> list[PairLine]:
    """Set the two claims of each contradiction beside our own numbers."""
    found = list(rows)
    both = {claim.id: claim for row in found for claim in (row.pair.first, row.pair.second)}
    held = {row.claim.id: row for row in hold(both.values(), viewer=viewer, known_at=known_at)}
    return [PairLine(row, held[row.pair.first.id], held[row.pair.second.id]) for row in found]
