"""The same thing stated with different numbers by several documents.

Two claims speak of the same thing where their words (without the small ones), unit and state are the same; a part
of a set ("7 of 14 done") where the sets are. Numbers for different days may differ: progress moves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.reader.find.checks import format_number
from dondoc.reader.find.dates import DAY, read_day
from dondoc.reader.find.lexicon import fold, terms
from dondoc.reader.model import Claim, Conflict, Stated

_SMALL = terms(
    "và của các những có là được đã đang sẽ để cho trong tại trên theo về do với từ đến hết ngày tính nay hiện tổng số "
    "cộng thực gồm bao cả toàn đạt khoảng ước thành phố tỉnh địa bàn này đó"
)
_WORD = re.compile(r"[^\W_]+")
_DAY = re.compile(DAY)
_LEAST_WORDS = 2
# Rounded and approximate numbers this near to each other say the same.
_NEAR = 0.02
_PARTS = frozenset({"done", "active", "waiting", "deferred", "late", "met", "unmet"})
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The claims of one document, its name, and the day it stands for (None where unknown)."""

    name: str
    on: date | None
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class _Said:
    source: Source
    claim: Claim
    what: str
    on: date | None


def find_conflicts(sources: Sequence[Source]) -> list[Conflict]:
    """Lists what documents state differently, contradictions first; each names all its claims.

    One document's own contradictions are its checks and are left out here.
    """
    said: dict[Key, list[_Said]] = defaultdict(list)
    for source in sources:
        for key, one in _keyed(source):
            said[key].append(one)
    found = [conflict for group in said.values() for conflict in _compare(group)]
    return sorted(found, key=lambda c: (c.kind != "contradiction", c.what, c.unit))


def _words(text: str) -> Key:
    folded = _DAY.sub(" ", fold(text))
    return tuple(sorted({word for word in _WORD.findall(folded) if word not in _SMALL}))


def _keyed(source: Source) -> Iterator[tuple[Key, _Said]]:
    """The claims of a document under what they speak of; what it says of one thing twice is left out."""
    totals: dict[tuple[float, str], Claim] = {}
    groups: dict[Key, list[_Said]] = defaultdict(list)
    for claim in source.claims:
        if claim.state == "total":
            totals[claim.value, claim.unit] = claim
        what = claim.scope
        if claim.state in _PARTS and claim.of is not None:
            whole = totals.get((claim.of, claim.unit))
            if whole is None:
                continue
            what = f"{whole.scope} ({claim.scope})" if claim.scope else whole.scope
            words = _words(whole.scope)
        else:
            words = _words(claim.scope)
        if len(words) >= _LEAST_WORDS and claim.state != "other":
            key = (claim.state, claim.unit.casefold(), *words)
            groups[key].append(_Said(source, claim, what, _day(claim) or source.on))
    for key, group in groups.items():
        if len({(one.claim.value, one.claim.of) for one in group}) == 1:
            yield key, group[0]


def _day(claim: Claim) -> date | None:
    """The day that the words of a claim name ("đến hết ngày 20/11/2025")."""
    for match in _DAY.finditer(fold(claim.scope)):
        read = read_day(match)
        if read and read.year:
            return date(read.year, read.month, read.day)
    return None


def _compare(group: Sequence[_Said]) -> Iterator[Conflict]:
    """At most one contradiction and one movement of what several documents say of one thing."""
    if len({one.source.name for one in group}) < 2:
        return
    same_day: dict[date | None, list[_Said]] = defaultdict(list)
    for one in group:
        same_day[one.on].append(one)
    unknown = same_day.pop(None, [])
    at_odds = [day + unknown for day in same_day.values()] or [unknown]
    for said in at_odds:
        if _differ(said):
            yield _conflict("contradiction", said)
            return
    days = sorted((one for one in group if one.on), key=lambda one: one.on or date.min)
    if _differ(days):
        yield _conflict("moved", days)


def _differ(said: Sequence[_Said]) -> bool:
    if len(said) < 2:
        return False
    values = [one.claim.value for one in said]
    near = any(one.claim.approximate for one in said)
    spread = max(values) - min(values)
    return spread > (_NEAR * max(abs(v) for v in values) if near else 1e-6)


def _conflict(kind: str, said: Iterable[_Said]) -> Conflict:
    ones = list(said)
    what = " ".join(ones[0].what.split())
    numbers = "; ".join(f"{one.source.name}: {_number(one.claim)}{_on(one.on)}" for one in ones)
    if kind == "contradiction":
        sentence = f"Cùng nói về “{what}” nhưng các văn bản nêu số khác nhau: {numbers}."
        return Conflict("contradiction", what, ones[0].claim.unit, _stated(ones), sentence)
    sentence = f"Số về “{what}” thay đổi theo ngày: {numbers}."
    return Conflict("moved", what, ones[0].claim.unit, _stated(ones), sentence)


def _stated(said: Iterable[_Said]) -> tuple[Stated, ...]:
    return tuple(Stated(one.source.name, one.claim) for one in said)


def _number(claim: Claim) -> str:
    of = f"/{format_number(claim.of)}" if claim.of is not None else ""
    return f"{format_number(claim.value)}{of} {claim.unit}".strip()


def _on(on: date | None) -> str:
    return f" ({on:%d/%m/%Y})" if on else ""
