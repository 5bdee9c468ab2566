"""Arithmetic between the numbers of one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dondoc.reader.model import Check, Claim

# A share stands beside the number it is a share of: "2.477/10.825 tỷ đồng (23%)", "…, đạt 56,6% kế hoạch".
_SHARE_REACH = 40
# Parts of a set follow their total closely; further on the same number is another set's.
_PARTS_REACH = 40
# Parts that come this near to their total are meant to add up to it, whatever they are called.
_NEARLY_ALL = 0.9
_STATES_OF_WORK = frozenset(("done", "active", "waiting", "deferred", "late", "met", "unmet"))


def check_claims(claims: Sequence[Claim]) -> list[Check]:
    """Says which totals are the sum of their parts and which numbers contradict each other.

    A sum is checked where the parts are meant to be all of it: two or more that between them name more than one
    state, or come near the total. A share is value / of in percent, held against the percentage beside it with as
    many places as it is stated with. Met and unmet indicators must make up their total. Each check names its claims.
    """
    sums = list(_sums(claims))
    summed = {id(part) for check in sums for part in check.parts}
    judged = [check for check in _met_and_unmet(claims) if not all(id(part) in summed for part in check.parts)]
    checks = [*sums, *judged, *_shares(claims), *_contradictions(claims)]
    return sorted(checks, key=_first_place)


def _first_place(check: Check) -> tuple[int, int]:
    claims = [*([check.total] if check.total else []), *check.parts]
    return min((claim.span.start, claim.span.end) for claim in claims)


def _sums(claims: Sequence[Claim]) -> Iterator[Check]:
    for place, total in enumerate(claims):
        if total.unit == "%" or total.state == "rate":
            continue
        parts: list[Claim] = []
        for claim in claims[place + 1 : place + 1 + _PARTS_REACH]:
            if claim.value == total.value and claim.of is None and claim.unit == total.unit:
                break
            if claim.of == total.value and claim.unit != "%":
                parts.append(claim)
        if len(parts) >= 2 and _meant_as_all(parts, total.value):
            yield _sum(tuple(parts), total, total.value)


def _meant_as_all(parts: Sequence[Claim], total: float) -> bool:
    computed = sum(part.value for part in parts)
    if computed >= _NEARLY_ALL * total:
        return True
    states = {part.state for part in parts}
    return states <= _STATES_OF_WORK and len(states) > 1


def _met_and_unmet(claims: Sequence[Claim]) -> Iterator[Check]:
    unmet = [claim for claim in claims if claim.state == "unmet"]
    for met in claims:
        if met.state != "met" or met.of is None or met.value == met.of:
            continue
        rest = [c for c in unmet if c.unit == met.unit and c.of in (None, met.of)]
        if rest:
            nearest = min(rest, key=lambda claim: abs(claim.span.start - met.span.start))
            yield _sum((met, nearest), None, met.of)


def _sum(parts: tuple[Claim, ...], total: Claim | None, stated: float) -> Check:
    computed = round(sum(part.value for part in parts), 6)
    near = any(part.approximate for part in parts) or bool(total and total.approximate)
    holds = abs(computed - stated) <= (0.01 * stated if near else 1e-6)
    unit = total.unit if total else parts[0].unit
    written = " + ".join(format_number(part.value) for part in parts)
    if holds:
        sentence = f"{written} = {format_number(computed)} {unit}, khớp với tổng số đã nêu."
    else:
        sentence = (
            f"{written} = {format_number(computed)} {unit}, không khớp với tổng số đã nêu là {format_number(stated)}."
        )
    return Check("sum", holds, total, parts, stated, computed, sentence)


def _shares(claims: Sequence[Claim]) -> Iterator[Check]:
    for part, share in pairwise(claims):
        if share.unit != "%" or share.state != "rate" or not part.of or part.unit == "%":
            continue
        if not 0 <= share.span.start - part.span.end <= _SHARE_REACH:
            continue
        computed = round(100 * part.value / part.of, 4)
        holds = abs(computed - share.value) <= (1.0 if share.approximate else _rounding(share.value))
        written = (
            f"{format_number(part.value)}/{format_number(part.of)} {part.unit} = {format_number(round(computed, 2))}%"
        )
        end = "khớp" if holds else "không khớp"
        sentence = f"{written}, {end} với tỷ lệ đã nêu là {format_number(share.value)}%."
        yield Check("share", holds, share, (part,), share.value, computed, sentence)


def _rounding(value: float) -> float:
    """Half of the last place that the percentage is stated with."""
    _, _, places = f"{value:g}".partition(".")
    return float(0.5 * 10 ** -len(places)) + 1e-9


def _contradictions(claims: Sequence[Claim]) -> Iterator[Check]:
    """The same words said of two different numbers."""
    known: dict[tuple[str, str, str, float | None], Claim] = {}
    for claim in claims:
        scope = " ".join(claim.scope.casefold().split())
        if len(scope) < 12 or claim.state not in ("total", "rate") or claim.rule == "money":
            continue
        first = known.setdefault((scope, claim.unit, claim.state, claim.of), claim)
        if first.value != claim.value:
            sentence = (
                f"Cùng nói về “{claim.scope}” nhưng nêu hai số khác nhau: "
                f"{format_number(first.value)} và {format_number(claim.value)} {claim.unit}."
            )
            yield Check("contradiction", False, None, (first, claim), first.value, claim.value, sentence)


def format_number(value: float) -> str:
    """A number as Vietnamese writes it: 1234.5 is "1.234,5"."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
