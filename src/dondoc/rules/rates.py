"""Shares and percents: decided once for every page, chart and report."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

# A fixed context: the caller's thread may have another precision, and a figure must not depend on it.
_EXACT = Context(prec=50, rounding=ROUND_HALF_UP)


def rounded(value: Decimal | int, places: int) -> Decimal:
    """Round a number to so many decimals, a half away from zero: 0,125 → 0,13 and −0,125 → −0,13.

    Half away from zero, not half to even, because that is what the office's own tools do with the same
    numbers (ROUND in a spreadsheet, round(numeric) in PostgreSQL): a clerk who checks a figure by hand must
    find it.
    """
    return _EXACT.quantize(Decimal(value), Decimal(1).scaleb(-places))


def share(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """Divide a part by its whole; None when either is not recorded or the whole is not above zero.

    A share of nothing is neither 0 nor 100 percent: it is shown as "chưa có số liệu". Not rounded; 1 is the
    whole.
    """
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return _EXACT.divide(Decimal(numerator), Decimal(denominator))


def percent(part: Decimal | None, places: int = 1) -> Decimal | None:
    """Show a share in percent, rounded once and last: 0,425 → 42,5. None stays None."""
    return None if part is None else rounded(_EXACT.multiply(part, Decimal(100)), places)
